package dev.crmsync.planning;

import dev.crmsync.policy.FieldRule;

/** The first system of a list that ever supplied a full value decides. */
final class PreferredRule extends RuleOfField {
    private final FieldRule.Preferred rule;

    PreferredRule(Planning planning, Standings standings, FieldRule.Preferred rule) {
        super(planning, standings);
        this.rule = rule;
    }

    @Override
    Reason joined(Sight sight) {
        boolean full = !sight.value().isBlank();
        if (full && decides(sight)) {
            return supply(sight);
        }
        if (sight.nothingAgreed()) {
            return full ? Reason.BASELINE_KEPT : Reason.BASELINE_EQUAL;
        }
        return Reason.BASELINE_OVERRULED;
    }

    @Override
    Reason edited(Sight sight) {
        if (decides(sight)) {
            return agree(sight, Reason.PREFERRED_EDIT);
        }
        if (sight.agreed() == null) {
            return keep(sight, Reason.KEPT_LOCALLY);
        }
        return overruled(sight, rule.otherEdits(), Reason.OVERRULED_BY_PREFERRED);
    }

    /** Who comes earlier in the order and enters the agreed value is who supplied it. */
    @Override
    void confirmed(Sight sight) {
        Agreed origin = origin(sight);
        if (origin != null && !sight.nothingAgreed() && rule.rank(sight.system()) < rule.rank(origin.system())) {
            sight.link().agreed.put(sight.field().name(), origin.suppliedBy(sight.system(), planning.seq));
        }
    }

    /** Whether no system that comes before this one in the order has supplied the agreed value. */
    private boolean decides(Sight sight) {
        int rank = rule.rank(sight.system());
        Agreed origin = origin(sight);
        if (rank == rule.order().size()) {
            return false;
        }
        boolean open = origin == null
                || sight.nothingAgreed()
                || !sight.link().side(origin.system()).everSeen();
        return open || origin != null && rank <= rule.rank(origin.system());
    }
}
