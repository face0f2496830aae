package dev.crmsync.planning;

import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads off a plan what an input that is no change of identity has done to the records of a link. Pure. */
public final class Told {
    private Told() {}

    /**
     * What is to be written down in a link's identity log.
     *
     * @param before the link before the input
     * @param after the link after it
     * @param input the input
     * @param decisions what was decided on it, about this link or others
     * @return the changes, in the order of the systems; none for a change of identity, which speaks for itself
     */
    public static List<IdentityChange> of(LinkState before, LinkState after, Input input, List<Decision> decisions) {
        if (input instanceof Input.Identity || before.erased()) {
            return List.of();
        }
        String link = after.id();
        if (after.erased()) {
            return List.of(new IdentityChange.Erased(link));
        }
        List<IdentityChange> told = new ArrayList<>();
        Set<String> systems = new TreeSet<>(before.sides().keySet());
        systems.addAll(after.sides().keySet());
        for (String system : systems) {
            Side earlier = before.side(system);
            Side later = after.side(system);
            if (input instanceof Input.WriteStarted && makes(later.inFlight(), earlier.inFlight())) {
                told.add(new IdentityChange.Claimed(link, system));
            }
            boolean created = decisions.stream()
                    .anyMatch(decision -> decision.reason() == Reason.CREATED
                            && decision.link().equals(link)
                            && decision.system().equals(system));
            if (created) {
                made(before, after, system).forEach(ref -> told.add(new IdentityChange.Confirmed(link, ref)));
            }
            RecordRef ref = after.ref(system);
            if (ref != null && ref.id().equals(earlier.record()) && gone(earlier) != gone(later)) {
                told.add(gone(later) ? new IdentityChange.Gone(link, ref) : new IdentityChange.Undeleted(link, ref));
            }
        }
        return told;
    }

    private static boolean makes(@Nullable InFlight flight, @Nullable InFlight earlier) {
        return flight != null && flight.create() && (earlier == null || earlier.seq() != flight.seq());
    }

    /** What the link has gained there; the primary one, where what was made had joined it before the answer came. */
    private static Set<RecordRef> made(LinkState before, LinkState after, String system) {
        Set<RecordRef> gained = new TreeSet<>(after.refs());
        gained.removeAll(before.refs());
        gained.removeIf(ref -> !ref.system().equals(system));
        RecordRef primary = after.ref(system);
        if (gained.isEmpty() && primary != null) {
            gained.add(primary);
        }
        return gained;
    }

    private static boolean gone(Side side) {
        return side.presence() == Presence.ARCHIVED || side.presence() == Presence.DELETED;
    }
}
