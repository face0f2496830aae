package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsMany;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesMany;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The adapter of a toy vendor that takes several records in one call. */
final class ToyBatches extends ToySystem implements ReadsMany, WritesMany {
    private static final int BATCH = 3;

    ToyBatches(ToyVendor vendor, Wire wire) {
        super(vendor, wire);
    }

    @Override
    public int readBatchSize() {
        return BATCH;
    }

    @Override
    public Map<RecordRef, Read> readMany(List<RecordRef> refs) {
        reach();
        wire.travel();
        Map<RecordRef, Looked> looked = new LinkedHashMap<>();
        refs.forEach(ref -> looked.put(ref, look(ref)));
        wire.answerTravels();
        Map<RecordRef, Read> answers = new TreeMap<>();
        looked.forEach((ref, one) -> answers.put(ref, tell(one)));
        return answers;
    }

    @Override
    public int writeBatchSize() {
        return BATCH;
    }

    @Override
    public boolean batches(Write write) {
        return !write.creates();
    }

    @Override
    public Map<String, Outcome> writeMany(List<Write> writes) {
        reach();
        List<Call> calls = new ArrayList<>();
        writes.forEach(write -> calls.add(begin(write)));
        wire.travel();
        Map<Call, Served> served = new LinkedHashMap<>();
        for (Call call : calls) {
            served.put(call, new Served(serve(call), wire.world.tick()));
        }
        wire.answerTravels();
        Map<String, Outcome> answers = new TreeMap<>();
        Set<Class<?>> kinds = new HashSet<>();
        served.forEach((call, one) -> {
            boolean leftOut = served.size() > 1 && wire.leavesOut();
            Outcome told = leftOut ? new Outcome.Unknown("the toy did not name it") : one.outcome();
            Outcome answer = answer(call, told, one.taken());
            kinds.add(answer.getClass());
            if (!leftOut) {
                answers.put(call.write.key(), answer);
            }
        });
        if (kinds.size() > 1) {
            wire.chronicle.happened(Happening.PARTIAL_BATCH);
        }
        return answers;
    }

    private record Served(Outcome outcome, long taken) {}
}
