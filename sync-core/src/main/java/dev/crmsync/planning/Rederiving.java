package dev.crmsync.planning;

import dev.crmsync.policy.FieldPolicy;
import dev.crmsync.policy.FieldRule;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what is believed against changed rules. What nobody decided before joins as if it were seen now, and so does what a
 * system holds that receives the field of late; who decides now, and was left alone before, decides. What is left alone stays
 * so: no value is overwritten because the rules changed. A system that is no part of the sync any more keeps what is known of
 * it, so that it can come back as it went.
 */
final class Rederiving {
    private final Planning planning;
    private final Deciding deciding;

    Rederiving(Planning planning, Deciding deciding) {
        this.planning = planning;
        this.deciding = deciding;
    }

    void link(LinkDraft link) {
        List.copyOf(link.sides.keySet()).stream()
                .filter(system -> !planning.rules.systems().containsKey(system))
                .forEach(system -> left(link, system));
        fields(link, this::readAnew);
        fields(link, this::decideAnew);
    }

    /** Does something about each field that a record at hand shows. */
    private void fields(LinkDraft link, Step step) {
        List.copyOf(link.sides.keySet()).forEach(system -> {
            SideDraft side = link.side(system);
            if (side.presence == Presence.PRESENT) {
                planning.mapping(system, link.type())
                        .ifPresent(mapping -> planning.lenses()
                                .fieldsOf(mapping, side.seen.keySet())
                                .forEach(field -> step.take(link, system, side, field)));
            }
        });
    }

    private interface Step {
        void take(LinkDraft link, String system, SideDraft side, Field field);
    }

    /** Nobody knows what happens there until it is read again; what a person was asked about it stays a question. */
    private void left(LinkDraft link, String system) {
        SideDraft side = link.side(system);
        if (side.wanted == null || side.wanted.reason() != Reason.SYSTEM_LEFT) {
            side.wanted = new WantedRead(Reason.SYSTEM_LEFT, planning.seq, 0);
            planning.decided(link, system, Reason.SYSTEM_LEFT);
        }
    }

    /**
     * The system that supplied the agreed value, and follows it, shows another one though nobody edited it: by the changed
     * mapping or canonical form it reads otherwise. The raw value is what was meant.
     */
    private void readAnew(LinkDraft link, String system, SideDraft side, Field field) {
        Agreed agreed = link.before.agreed().get(field.name());
        Value held = planning.held(link, system, field);
        boolean follows = side.inFlight == null && side.standings.get(field.name()) == null;
        if (agreed != null
                && agreed.system().equals(system)
                && follows
                && held != null
                && !held.isBlank()
                && !planning.equivalent(field, held, agreed.value())
                && asWellFormed(field, held, agreed.value())
                && speaksForItself(link, system, field)) {
            planning.agree(link, field, held, system);
            planning.decided(
                    link, system, field, Reason.RULES_CHANGED, asOf(link, system, side, field), held, agreed.value());
        }
    }

    /** A mapping under which a good value makes no sense any more is hardly meant. */
    private boolean asWellFormed(Field field, Value held, Value agreed) {
        return planning.lenses().canon().wellFormed(field, held)
                || !planning.lenses().canon().wellFormed(field, agreed);
    }

    /** Whether an agreed value is what its supplier shows, and neither made up of what several hold nor shown in part. */
    private boolean speaksForItself(LinkDraft link, String system, Field field) {
        Carried carried = planning.rules.carried(system, link.type(), field);
        if (carried == null || carried.policy() == null) {
            return false;
        }
        FieldRule rule = carried.policy().rule();
        return carried.mapped().renderings().isEmpty()
                && !(rule instanceof FieldRule.SetMerge)
                && !(rule instanceof FieldRule.Resolved);
    }

    private void decideAnew(LinkDraft link, String system, SideDraft side, Field field) {
        Optional<FieldPolicy> policy = planning.rules.policy().field(link.type(), field);
        Value held = planning.held(link, system, field);
        if (policy.isEmpty() || held == null || held.isBlank()) {
            return;
        }
        Standing standing = side.standings.get(field.name());
        if (standing != null && standing.stance() == Stance.NOT_RECEIVED) {
            if (!leftOut(link, system, side, field)) {
                side.standings.remove(field.name());
                deciding.joined(link, system, field, asOf(link, system, side, field), held);
            }
            return;
        }
        boolean kept = standing != null && standing.stance() == Stance.KEPT && standing.reason() != Reason.ANSWERED;
        Agreed agreed = link.before.agreed().get(field.name());
        if (agreed == null || kept && decides(policy.get().rule(), system, agreed)) {
            deciding.joined(link, system, field, asOf(link, system, side, field), held);
        }
    }

    private boolean leftOut(LinkDraft link, String system, SideDraft side, Field field) {
        Carried carried = planning.rules.carried(system, link.type(), field);
        return carried == null || carried.ruled(side.record) == Stance.NOT_RECEIVED;
    }

    private static boolean decides(FieldRule rule, String system, Agreed agreed) {
        if (rule instanceof FieldRule.Owned owned) {
            return owned.owner().equals(system);
        }
        if (rule instanceof FieldRule.ReadOnly source) {
            return source.source().equals(system);
        }
        return rule instanceof FieldRule.Preferred preferred
                && preferred.rank(system) < preferred.rank(agreed.system());
    }

    private AsOf asOf(LinkDraft link, String system, SideDraft side, Field field) {
        return planning.carrying(system, link.type(), field).stream()
                .flatMap(mapped -> planning.lenses().slotsOf(mapped, field).stream())
                .map(slot -> asOf(side.seen.get(slot)))
                .filter(known -> known != null)
                .findFirst()
                .orElse(AsOf.at(planning.at));
    }

    private static @Nullable AsOf asOf(@Nullable Seen seen) {
        return seen == null ? null : seen.asOf();
    }
}
