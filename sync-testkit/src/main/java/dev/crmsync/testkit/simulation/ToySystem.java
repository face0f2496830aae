package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.Archives;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.FindsCreated;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.ReceivesWebhooks;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The adapter of a toy vendor, over a wire that is slow and fails. The engine calls it from one thread, and while a call is
 * under way people go on with their work.
 */
class ToySystem implements Adapter, ReceivesWebhooks, ReadsOne, ListsAll, WritesOne, FindsCreated, Archives {
    private static final int PAGE = 2;

    final ToyVendor vendor;
    final Wire wire;

    ToySystem(ToyVendor vendor, Wire wire) {
        this.vendor = vendor;
        this.wire = wire;
    }

    static ToySystem of(ToyVendor vendor, Wire wire) {
        return vendor.shape.batches() ? new ToyBatches(vendor, wire) : new ToySystem(vendor, wire);
    }

    @Override
    public Declaration declaration() {
        return vendor.shape.declaration();
    }

    @Override
    public List<Mapping> defaultMappings() {
        return List.of(vendor.shape.mapping());
    }

    /** The body is the number of a notice, and behind a hash sign what makes its key another one. */
    @Override
    public Receipt receive(WebhookRequest request) {
        String[] body = request.body().toUtf8().split("#", -1);
        Notice notice = vendor.notices.get(Integer.parseInt(body[0]));
        String key = notice.key() + (body.length > 1 ? "#" + body[1] : "");
        return new Receipt.Accepted(List.of(new Receipt.Keyed(key, notice.event())));
    }

    @Override
    public Read read(RecordRef ref) {
        reach();
        wire.travel();
        Looked looked = look(ref);
        wire.answerTravels();
        return tell(looked);
    }

    final void reach() {
        wire.reach(vendor.shape.system());
    }

    /** What the books showed, and when. */
    record Looked(@Nullable RecordRef ref, Read read, long taken) {}

    final Looked look(RecordRef ref) {
        ToyRecord record = vendor.find(ref.id()).orElse(null);
        Read read = record == null || record.hidden
                ? new Read.NotVisible()
                : record.live()
                        ? new Read.Found(vendor.read(record, Evidence.READ))
                        : record.became == null
                                ? new Read.Gone(AsOf.read(record.updated, vendor.clock()), record.archived)
                                : merged(vendor.survivor(record));
        return new Looked(ref, read, wire.world.tick());
    }

    /** Some show the survivor at once, others only name it. */
    private Read merged(ToyRecord survivor) {
        boolean shown = survivor.live() && vendor.shape.answers() == Shape.Answers.WHOLE;
        return new Read.MergedInto(survivor.ref, shown ? vendor.read(survivor, Evidence.READ) : null);
    }

    final Read tell(Looked looked) {
        wire.chronicle.count("reads");
        if (wire.losesRead()) {
            return new Read.Unknown("the toy's answer was lost", null);
        }
        if (looked.read() instanceof Read.Found found) {
            wire.chronicle.answered(found.record(), looked.taken());
            wire.world.tell("read " + found.record().ref());
        } else if (looked.read() instanceof Read.Gone gone && looked.ref() != null) {
            ChangeKind kind = gone.restorable() ? ChangeKind.ARCHIVE : ChangeKind.DELETE;
            wire.chronicle.answered(ChangeEvent.of(looked.ref(), kind, gone.asOf(), Evidence.READ), looked.taken());
        }
        if (looked.read() instanceof Read.MergedInto merged && looked.ref() != null) {
            wire.chronicle.answered(
                    ChangeEvent.merged(looked.ref(), merged.into(), AsOf.at(vendor.clock()), Evidence.READ),
                    looked.taken());
            if (merged.record() != null) {
                wire.chronicle.answered(merged.record(), looked.taken());
            }
        }
        return looked.read();
    }

    @Override
    public Page list(String type, @Nullable String cursor) {
        reach();
        wire.travel();
        List<ToyRecord> all = vendor.all().stream()
                .filter(record -> record.live() && !record.hidden)
                .toList();
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        List<ChangeEvent> page = new ArrayList<>();
        for (ToyRecord record : all.subList(Math.min(from, all.size()), Math.min(from + PAGE, all.size()))) {
            ChangeEvent row = vendor.read(record, Evidence.LISTING);
            page.add(row);
            wire.chronicle.answered(row, wire.world.tick());
        }
        wire.chronicle.count("pages");
        return new Page(page, from + PAGE < all.size() ? String.valueOf(from + PAGE) : null, true);
    }

    @Override
    public String scopeFingerprint(String type) {
        return "everything";
    }

    @Override
    public Outcome write(Write write) {
        reach();
        Call call = begin(write);
        wire.travel();
        Outcome outcome = serve(call);
        long taken = wire.world.tick();
        wire.answerTravels();
        return answer(call, outcome, taken);
    }

    @Override
    public Outcome archive(RecordRef ref) {
        reach();
        Call call = begin(new Write("archive of " + ref, ref.type(), ref, Map.of(), null, null), true);
        wire.travel();
        Outcome outcome = serve(call);
        long taken = wire.world.tick();
        wire.answerTravels();
        return answer(call, outcome, taken);
    }

    final Call begin(Write write) {
        return begin(write, false);
    }

    private Call begin(Write write, boolean archives) {
        Call call = new Call(vendor.calls.size(), vendor.shape.system(), write, archives, wire.world.tick());
        vendor.calls.add(call);
        wire.chronicle.count(archives ? "archives" : "writes");
        return call;
    }

    final Outcome serve(Call call) {
        if (wire.losesRequest()) {
            return new Outcome.Unknown("the toy never got it");
        }
        Outcome busy = wire.defers();
        return busy == null ? vendor.take(call) : busy;
    }

    final Outcome answer(Call call, Outcome outcome, long taken) {
        Outcome told = wire.losesAnswer() ? new Outcome.Unknown("the toy's answer was lost") : outcome;
        call.answer = told;
        wire.chronicle.answered(call);
        RecordRef named = call.write.ref();
        if (told instanceof Outcome.Done done && named != null && !named.equals(done.ref())) {
            wire.chronicle.answered(
                    ChangeEvent.merged(named, done.ref(), AsOf.at(vendor.clock()), Evidence.READ), taken);
        }
        if (told instanceof Outcome.Done done && done.record() != null) {
            wire.chronicle.answered(done.record(), taken);
        }
        wire.world.tell("write #" + call.number + " at " + call.system + " " + call.write + " answered "
                + told.getClass().getSimpleName());
        return told;
    }

    @Override
    public Read find(String type, Write.ExternalId externalId) {
        reach();
        wire.travel();
        List<ToyRecord> found = vendor.findable(externalId.value());
        wire.chronicle.count("look-ups");
        Read read = found.isEmpty()
                ? new Read.Gone(AsOf.at(vendor.clock()), false)
                : new Read.Found(vendor.read(found.get(0), Evidence.READ));
        Looked looked = new Looked(null, read, wire.world.tick());
        wire.answerTravels();
        return tell(looked);
    }
}
