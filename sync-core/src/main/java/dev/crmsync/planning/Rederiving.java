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
 * Holds what is believed against changed rules. What nobody decided before joins as if it were seen now; who decides now, and
 * was left alone before, decides. What is left alone stays so: no value is overwritten because the rules changed.
 */
final class Rederiving {
    private final Planning planning;
    private final Deciding deciding;

    Rederiving(Planning planning, Deciding deciding) {
        this.planning = planning;
        this.deciding = deciding;
    }

    void link(LinkDraft link) {
        List.copyOf(link.sides.keySet()).forEach(system -> {
            SideDraft side = link.side(system);
            if (side.presence == Presence.PRESENT) {
                planning.mapping(system, link.type())
                        .ifPresent(mapping -> planning.lenses()
                                .fieldsOf(mapping, side.seen.keySet())
                                .forEach(field -> field(link, system, side, field)));
            }
        });
    }

    private void field(LinkDraft link, String system, SideDraft side, Field field) {
        Optional<FieldPolicy> policy = planning.rules.policy().field(link.type(), field);
        Value held = planning.held(link, system, field);
        if (policy.isEmpty() || held == null || held.isBlank()) {
            return;
        }
        Standing standing = side.standings.get(field.name());
        boolean kept = standing != null && standing.stance() == Stance.KEPT && standing.reason() != Reason.ANSWERED;
        Agreed agreed = link.before.agreed().get(field.name());
        if (agreed == null || kept && decides(policy.get().rule(), system, agreed)) {
            deciding.joined(link, system, field, asOf(link, system, side, field), held);
        }
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
