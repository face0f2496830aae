package dev.crmsync.toy;

import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsMany;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesMany;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A toy that reads and writes many records in a call, and whose whole call fails when it holds a spoilt one. */
public final class ToyBatches extends Toy implements ReadsMany, WritesMany {
    public final List<Integer> batches = new ArrayList<>();
    public Predicate<Write> spoils = write -> false;
    public Predicate<RecordRef> unreadable = ref -> false;
    /** What its records are declared to lack. */
    public Operation[] lacking = {};

    public ToyBatches(String name, SettableClock clock, Mapping... mappings) {
        super(name, clock, mappings);
    }

    @Override
    public Declaration declaration() {
        Declaration all = super.declaration();
        return new Declaration(
                all.vendor(),
                all.issuesJoinKey(),
                all.types().stream().map(type -> type.without(lacking)).toList(),
                all.quotas());
    }

    @Override
    public int writeBatchSize() {
        return 100;
    }

    @Override
    public boolean batches(Write write) {
        return true;
    }

    @Override
    public Map<String, Outcome> writeMany(List<Write> writes) {
        batches.add(writes.size());
        if (writes.stream().anyMatch(spoils)) {
            throw new IllegalStateException("one of them cannot be put into JSON");
        }
        Map<String, Outcome> outcomes = new TreeMap<>();
        writes.forEach(write -> outcomes.put(write.key(), write(write)));
        return outcomes;
    }

    @Override
    public int readBatchSize() {
        return 100;
    }

    @Override
    public Map<RecordRef, Read> readMany(List<RecordRef> refs) {
        if (refs.stream().anyMatch(unreadable)) {
            throw new IllegalStateException("one of them cannot be understood");
        }
        Map<RecordRef, Read> answers = new TreeMap<>();
        refs.forEach(ref -> answers.put(ref, read(ref)));
        return answers;
    }
}
