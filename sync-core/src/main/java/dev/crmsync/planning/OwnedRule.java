package dev.crmsync.planning;

import dev.crmsync.policy.FieldRule;
import dev.crmsync.spi.field.Value;
import org.jspecify.annotations.Nullable;

/** One system decides; others may seed it while it has no record. */
final class OwnedRule extends RuleOfField {
    private final FieldRule.Owned rule;

    OwnedRule(Planning planning, Standings standings, FieldRule.Owned rule) {
        super(planning, standings);
        this.rule = rule;
    }

    @Override
    Reason joined(Sight sight) {
        Value agreed = sight.agreed();
        if (agreed == null) {
            return sight.value().isBlank() ? Reason.BASELINE_EQUAL : first(sight);
        }
        return switch (rule.onJoin()) {
            case OWNER -> byOwner(sight);
            case FILL_EMPTY, UNION -> agreed.isBlank() ? supply(sight) : Reason.BASELINE_OVERRULED;
            case KEEP -> Reason.BASELINE_KEPT;
            case REVIEW -> Reason.BASELINE_REVIEW;
        };
    }

    /** The first value of all: the owner's, or that of a system that may fill what the owner left blank. */
    private Reason first(Sight sight) {
        if (!rule.owner().equals(sight.system())) {
            boolean ownerBlank =
                    !everHeld(sight, rule.owner()) || blank(planning.held(sight.link(), rule.owner(), sight.field()));
            if (!rule.seeds().contains(sight.system()) || !ownerBlank) {
                return Reason.BASELINE_KEPT;
            }
        }
        return supply(sight);
    }

    private static boolean blank(@Nullable Value value) {
        return value != null && value.isBlank();
    }

    private Reason byOwner(Sight sight) {
        if (!rule.owner().equals(sight.system())) {
            return sight.nothingAgreed() ? Reason.BASELINE_KEPT : Reason.BASELINE_OVERRULED;
        }
        boolean fillable = planning.mapping(sight.system(), sight.link().type())
                .map(mapping -> Stances.canBeWritten(
                        mapping, sight.field(), sight.link().side(sight.system()).record))
                .orElse(false);
        return sight.value().isBlank() && fillable ? Reason.BASELINE_OVERRULED : supply(sight);
    }

    @Override
    Reason edited(Sight sight) {
        if (rule.owner().equals(sight.system())) {
            return agree(sight, Reason.OWNER_EDIT);
        }
        if (!everHeld(sight, rule.owner())) {
            if (rule.seeds().contains(sight.system())) {
                planning.agree(sight.link(), sight.field(), sight.value(), sight.system());
                return Reason.SEEDED;
            }
            return keep(sight, Reason.NOT_SEEDED);
        }
        if (sight.agreed() == null) {
            return keep(sight, Reason.KEPT_LOCALLY);
        }
        return overruled(sight, rule.otherEdits(), Reason.OVERRULED_BY_OWNER);
    }
}
