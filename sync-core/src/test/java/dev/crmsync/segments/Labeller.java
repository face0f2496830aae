package dev.crmsync.segments;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.TagsMany;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A toy that labels contacts in batches, tells only how many it passed over, and answers the same key the same. */
final class Labeller extends Toy implements TagsMany {
    final Map<String, String> labels = new TreeMap<>();
    final Map<String, Set<RecordRef>> borne = new HashMap<>();
    final Set<RecordRef> elsewhere = new HashSet<>();
    final List<List<RecordRef>> calls = new ArrayList<>();
    final Deque<RuntimeException> faults = new ArrayDeque<>();
    final Map<String, Object> answers = new HashMap<>();
    int size = 4;

    /** The call takes effect, and then the fault is thrown. */
    boolean faultsAfterwards;

    Labeller(World world) {
        super("kirim", world.clock, World.contacts());
        anchor();
    }

    Set<RecordRef> bearing(String label) {
        return borne.computeIfAbsent(label, fresh -> new TreeSet<>());
    }

    @Override
    public List<Tag> tags() {
        List<Tag> tags = new ArrayList<>();
        labels.forEach((id, name) -> tags.add(new Tag(id, name)));
        return tags;
    }

    @Override
    public Tag createTag(String name, String idempotencyKey) {
        return (Tag) answers.computeIfAbsent(idempotencyKey, fresh -> {
            String id = "lbl_" + (labels.size() + 1);
            labels.put(id, name);
            return new Tag(id, name);
        });
    }

    @Override
    public int tagBatchSize() {
        return size;
    }

    @Override
    public Tagged tag(String label, List<RecordRef> records, boolean attach, String idempotencyKey) {
        if (records.size() > size) {
            throw new AssertionError("a batch of " + records.size());
        }
        calls.add(records);
        RuntimeException fault = faults.poll();
        if (fault != null && !faultsAfterwards) {
            throw fault;
        }
        if (!labels.containsKey(label)) {
            throw SyncException.of(Kind.VALIDATION, "there is no label " + label);
        }
        Tagged tagged = (Tagged) answers.computeIfAbsent(idempotencyKey, fresh -> applied(label, records, attach));
        if (fault != null) {
            throw fault;
        }
        return tagged;
    }

    private Tagged applied(String label, List<RecordRef> records, boolean attach) {
        int skipped = 0;
        for (RecordRef ref : records) {
            if (elsewhere.contains(ref)) {
                skipped++;
            } else if (attach) {
                bearing(label).add(ref);
            } else {
                bearing(label).remove(ref);
            }
        }
        return new Tagged(records.size() - skipped, skipped);
    }
}
