package dev.crmsync.testkit.simulation;

import dev.crmsync.planning.Rules;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.Set;

/**
 * Law 1 of archives: a record is archived only where the policy lets sync archive, only because a person removed the record of
 * the same link at a system whose deletions are followed, and never over what somebody did elsewhere after that and the
 * engine had seen when it began.
 */
final class NoLateArchive extends Law {
    NoLateArchive(Findings found) {
        super(1, found);
    }

    @Override
    void check() {
        for (Deed deed : found.chronicle.deeds) {
            Call call = deed.call();
            if (call != null && call.archives) {
                found.chronicle.count("archived by sync");
                judge(deed, call);
            } else if (call != null && (deed.kind() == Deed.Kind.DELETED || deed.kind() == Deed.Kind.RESTORED)) {
                broken(NoClobber.told(deed, call) + " did what sync never does: " + deed.kind());
            }
        }
    }

    private RecordRule rule(RecordRef ref) {
        Rules rules = found.rules;
        return rules.policy()
                .type(ref.type())
                .map(type -> type.records(ref.system()))
                .orElse(RecordRule.FOLLOW);
    }

    private void judge(Deed deed, Call call) {
        if (!rule(deed.ref()).mayArchive()) {
            broken(NoClobber.told(deed, call) + " archived a record where the policy does not let it");
        }
        String link = found.linkOf(deed.ref());
        List<RecordRef> others = link == null
                ? List.of()
                : found.records(found.last(link)).stream()
                        .filter(other -> !other.system().equals(deed.ref().system()))
                        .toList();
        boolean follows = others.stream()
                .filter(other -> rule(other).deletes() != null)
                .anyMatch(other -> removed(other, call, deed.ref(), others));
        if (!follows) {
            broken(NoClobber.told(deed, call) + " archived a record, and nobody had removed that of a system whose"
                    + " deletions are followed, or somebody had done something elsewhere after that");
        }
    }

    /** Whether a person's removal had been seen when the call was begun, and nothing that was done after it. */
    private boolean removed(RecordRef gone, Call call, RecordRef archived, List<RecordRef> others) {
        return found.deeds(gone).stream()
                .filter(deed -> deed.byPerson() && removes(deed) && deed.tick() < call.begun)
                .filter(deed -> sawGone(deed, call.begun))
                .anyMatch(removal -> others.stream().noneMatch(other -> later(other, removal, gone, call))
                        && !later(archived, removal, gone, call));
    }

    private static boolean removes(Deed deed) {
        return deed.kind() == Deed.Kind.ARCHIVED || deed.kind() == Deed.Kind.DELETED;
    }

    private boolean sawGone(Deed removal, long by) {
        return found.chronicle.sightings.stream()
                .filter(sighting -> sighting.event.ref().equals(removal.ref()))
                .filter(sighting ->
                        sighting.event.kind() == ChangeKind.ARCHIVE || sighting.event.kind() == ChangeKind.DELETE)
                .anyMatch(
                        sighting -> sighting.taken >= removal.tick() && sighting.planned > 0 && sighting.planned < by);
    }

    /** Whether a person did something to a record after the removal, and the engine had seen it when the call was begun. */
    private boolean later(RecordRef ref, Deed removal, RecordRef gone, Call call) {
        return found.deeds(ref).stream()
                .filter(deed -> deed.byPerson() && deed.tick() > removal.tick() && deed.tick() < call.begun)
                .filter(deed -> ref.equals(gone) ? deed.kind() == Deed.Kind.RESTORED : !removes(deed))
                .filter(deed -> !takenBack(deed, call.begun))
                .anyMatch(deed -> seen(deed, call.begun));
    }

    /** Whether people removed the very record again in which they had done something, and the engine had seen that. */
    private boolean takenBack(Deed done, long by) {
        return found.deeds(done.ref()).stream()
                .filter(deed -> deed.byPerson() && removes(deed) && deed.tick() >= done.tick() && deed.tick() < by)
                .anyMatch(deed -> sawGone(deed, by));
    }

    private boolean seen(Deed deed, long by) {
        if (deed.kind() == Deed.Kind.RESTORED) {
            boolean told = sighted(deed, by, Set.of(ChangeKind.RESTORE));
            return told || wasGone(deed, by) && sighted(deed, by, Set.of(ChangeKind.UPSERT));
        }
        return found.fields(deed).stream().anyMatch(field -> {
            long observed = found.sights.seenInTime(deed, field);
            return observed > 0 && observed < by && changed(deed, field, observed);
        });
    }

    private boolean sighted(Deed deed, long by, Set<ChangeKind> kinds) {
        return found.chronicle.sightings.stream()
                .filter(sighting -> sighting.event.ref().equals(deed.ref()) && sighting.taken >= deed.tick())
                .filter(sighting -> kinds.contains(sighting.event.kind()))
                .anyMatch(sighting -> sighting.planned > 0 && sighting.planned < by);
    }

    /** Whether the engine knew of the removal that was taken back: that one is there which it never missed is no news to it. */
    private boolean wasGone(Deed restored, long by) {
        return found.deeds(restored.ref()).stream()
                .filter(deed -> removes(deed) && deed.tick() < restored.tick())
                .reduce((earlier, later) -> later)
                .filter(deed -> sawGone(deed, by))
                .isPresent();
    }

    /**
     * Whether an edit was one to the engine, too: another spelling, a blank of another kind, what stood there again before
     * anybody looked, or what a write of its own was about to bring, is nothing that somebody did; nor is it to be seen that
     * something is not there any more where nobody had ever looked.
     */
    private boolean changed(Deed deed, Field field, long observed) {
        long known = found.sights.knownAt(deed.ref(), field, deed.tick(), observed);
        Value after = found.value(deed.ref(), field, deed.after());
        Value before =
                known == 0 ? found.value(deed.ref(), field, deed.before()) : found.valueAt(deed.ref(), field, known);
        boolean unseen = known == 0 && NoClobber.blank(after);
        return !unseen && !found.same(field, before, after) && !found.beingSent(deed, field, observed);
    }
}
