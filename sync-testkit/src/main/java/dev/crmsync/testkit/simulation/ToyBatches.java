package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsMany;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesMany;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        wire.travel();
        Map<RecordRef, Looked> looked = new LinkedHashMap<>();
        refs.forEach(ref -> looked.put(ref, look(ref)));
        wire.travel();
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
        List<Call> calls = new ArrayList<>();
        writes.forEach(write -> calls.add(begin(write)));
        wire.travel();
        Map<Call, Served> served = new LinkedHashMap<>();
        for (Call call : calls) {
            served.put(call, new Served(serve(call), wire.world.tick()));
        }
        wire.travel();
        Map<String, Outcome> answers = new TreeMap<>();
        served.forEach((call, one) -> answers.put(call.write.key(), answer(call, one.outcome(), one.taken())));
        return answers;
    }

    private record Served(Outcome outcome, long taken) {}
}
