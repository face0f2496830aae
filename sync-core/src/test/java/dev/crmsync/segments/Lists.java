package dev.crmsync.segments;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.ListsSegments;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A toy CRM that keeps lists of its records, and shows them three at a time. */
final class Lists extends Toy implements ListsSegments {
    private static final int PAGE = 3;

    final Map<String, Set<RecordRef>> lists = new TreeMap<>();
    boolean complete = true;
    boolean fails;
    boolean stuck;

    Lists(World world) {
        super("crm", world.clock, World.contacts().withExternalId("kirim_id"));
    }

    Set<RecordRef> list(String id) {
        return lists.computeIfAbsent(id, fresh -> new TreeSet<>());
    }

    @Override
    public List<Segment> segments() {
        return lists.keySet().stream().map(id -> new Segment(id, "List " + id)).toList();
    }

    @Override
    public Members members(String segment, @Nullable String cursor) {
        if (!lists.containsKey(segment)) {
            throw SyncException.of(Kind.VALIDATION, "there is no list " + segment);
        }
        List<RecordRef> all = List.copyOf(list(segment));
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        if (fails && from > 0) {
            throw SyncException.of(Kind.PERMANENT, "the second page is broken");
        }
        int to = Math.min(all.size(), from + PAGE);
        String next = to < all.size() ? String.valueOf(stuck && from > 0 ? from : to) : null;
        return new Members(all.subList(from, to), next, complete);
    }
}
