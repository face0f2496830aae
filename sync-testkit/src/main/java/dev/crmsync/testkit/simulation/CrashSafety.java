package dev.crmsync.testkit.simulation;

import dev.crmsync.json.ReviewCodec;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Reason;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Law 6: however often the engine dies, no person has two records at one vendor by our doing. Where a create of unknown
 * outcome cannot be found again, that means: a person is asked, and nothing is made meanwhile.
 */
final class CrashSafety extends Law {
    private final ReviewCodec codec = new ReviewCodec();

    CrashSafety(Findings found) {
        super(6, found);
    }

    @Override
    void check() {
        found.vendors.forEach((system, vendor) -> {
            Map<String, List<Deed>> made = new TreeMap<>();
            for (Call call : vendor.calls) {
                Deed deed = call.deed;
                if (deed != null && deed.kind() == Deed.Kind.CREATED) {
                    String link = found.last(call.write.key());
                    made.computeIfAbsent(link, fresh -> new ArrayList<>()).add(deed);
                }
            }
            made.forEach((link, records) -> {
                if (records.stream().anyMatch(record -> besides(record, records))) {
                    broken("sync made " + records.stream().map(Deed::ref).toList() + " at " + system + " ("
                            + vendor.shape.lookup() + ") for one link " + link);
                }
                records.stream()
                        // Of one that people took away again nobody has two.
                        .filter(record -> !replaced(record, records) && !takenAway(record.ref(), Long.MAX_VALUE))
                        .forEach(record -> held(system, vendor.shape.lookup(), link, record.ref()));
            });
        });
    }

    /** Whether a record was made while an earlier one of its link was there: nobody had taken that away again. */
    private boolean besides(Deed made, List<Deed> records) {
        return records.stream()
                .anyMatch(earlier -> earlier.tick() < made.tick()
                        && !takenAway(earlier.ref(), made.tick())
                        && !takenOut(earlier.ref(), made.tick())
                        && !mergedElsewhere(earlier, made));
    }

    /** Whether two records were made for two links, which became one because people have merged their records at some system. */
    private boolean mergedElsewhere(Deed one, Deed other) {
        Call first = one.call();
        Call second = other.call();
        if (first == null || second == null || first.write.key().equals(second.write.key())) {
            return false;
        }
        String link = found.last(first.write.key());
        return found.records(link).stream()
                .map(ref -> found.vendor(ref.system()).find(ref.id()).orElse(null))
                .anyMatch(record -> record != null
                        && record.became != null
                        && found.records(link).contains(record.became));
    }

    /** Whether a record was taken away, and another was made in its place. */
    private boolean replaced(Deed record, List<Deed> records) {
        return records.stream()
                .anyMatch(later -> later.tick() > record.tick() && takenAway(record.ref(), later.tick()));
    }

    /** Whether a person had taken a record out of its link by then, which lacks one since. */
    private boolean takenOut(RecordRef ref, long tick) {
        return found.chronicle.parted.stream().anyMatch(parted -> parted.ref().equals(ref) && parted.tick() < tick);
    }

    private boolean takenAway(RecordRef ref, long tick) {
        boolean away = false;
        for (Deed deed : found.deeds(ref)) {
            if (deed.tick() < tick) {
                away = deed.kind() == Deed.Kind.DELETED
                        || deed.kind() == Deed.Kind.ARCHIVED
                        || away && deed.kind() != Deed.Kind.RESTORED;
            }
        }
        return away;
    }

    /** A record that we made belongs to the link that we made it for, unless a person took it out, or a person is being asked about it. */
    private void held(String system, CreateLookup lookup, String link, RecordRef record) {
        String holder = found.linkOf(record);
        if (holder != null && found.kin(link).contains(found.last(holder))) {
            return;
        }
        LinkState state = found.links.get(link);
        Reason held = state == null ? null : state.side(system).held();
        if (held == null && !asked(link, holder)) {
            broken("the record " + record + " that sync made at " + system + " (" + lookup + ") for " + link
                    + " belongs to " + holder + ", and nobody is asked about it");
        }
    }

    /** Whether a person is asked if a link and the one that has the record are the same. */
    private boolean asked(String link, @Nullable String holder) {
        return holder != null
                && found.reviews.stream().map(codec::decode).anyMatch(review -> {
                    Set<String> links = new TreeSet<>();
                    links.add(found.last(review.link()));
                    review.candidates().forEach(candidate -> links.add(found.last(candidate)));
                    return links.contains(link) && links.contains(found.last(holder));
                });
    }
}
