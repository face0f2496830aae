package dev.crmsync.testkit.simulation;

import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Reason;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Law 4: every outside edit that reached the engine became agreed, or stands in the journal with the reason why not. What
 * was answered with 200 has reached it.
 */
final class NoSilentLoss extends Law {
    NoSilentLoss(Findings found) {
        super(4, found);
    }

    @Override
    void check() {
        for (Sighting sighting : found.chronicle.sightings) {
            if (sighting.notice != null && sighting.planned == 0) {
                broken("event " + sighting.notice.key() + " of " + sighting.event.ref()
                        + " was answered with 200 and never taken into account");
            } else if (sighting.planned > 0) {
                seen(sighting);
            }
        }
    }

    private void seen(Sighting sighting) {
        RecordRef ref = sighting.event.ref();
        String link = found.linkOf(ref);
        if (link == null) {
            boolean unknown = sighting.event.kind() != ChangeKind.UPSERT;
            if (!unknown) {
                broken(ref + " was seen and belongs to no link");
            }
            return;
        }
        List<Decision> decisions = found.decisions(found.last(link));
        for (Field field : found.shown(sighting)) {
            Deed deed = lastEdit(sighting, field);
            if (deed != null && deed.byPerson()) {
                accounted(sighting, deed, field, decisions);
            }
        }
    }

    /** What made the value that was seen. */
    private @Nullable Deed lastEdit(Sighting sighting, Field field) {
        Deed last = null;
        for (Deed deed : found.deeds(sighting.event.ref())) {
            if (deed.tick() <= sighting.taken && found.fields(deed).contains(field)) {
                last = deed;
            }
        }
        return last;
    }

    private void accounted(Sighting sighting, Deed deed, Field field, List<Decision> decisions) {
        String system = deed.ref().system();
        Value value = found.value(deed.ref(), field, deed.after());
        boolean told = decisions.stream().anyMatch(decision -> {
            boolean whole = decision.field() == null
                    && decision.system().equals(system)
                    && (decision.reason() == Reason.SECONDARY || decision.reason() == Reason.GONE)
                    && found.tickOf(decision) == sighting.planned;
            boolean same = field.name().equals(decision.field());
            boolean saw = same && decision.system().equals(system) && found.same(field, decision.saw(), value);
            boolean dated = same
                    && decision.system().equals(system)
                    && sighting.event.asOf().equals(decision.asOf());
            boolean agreed = same && found.same(field, decision.after(), value);
            return whole || saw || dated || agreed;
        });
        if (!told) {
            broken("the edit of " + field + " to " + found.show(value) + " at " + deed.ref() + " (tick " + deed.tick()
                    + ") was observed, was never agreed, and stands nowhere in the journal");
        }
    }
}
