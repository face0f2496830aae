package dev.crmsync.planning;

/** The first full value stands; others stay where they were made. */
final class AppendOnlyRule extends SharedRule {
    AppendOnlyRule(Planning planning, Standings standings) {
        super(planning, standings);
    }

    @Override
    Reason supply(Sight sight) {
        Reason reason = super.supply(sight);
        return sight.agreed() == null ? Reason.APPENDED : reason;
    }

    @Override
    Reason differing(Sight sight) {
        return Reason.BASELINE_KEPT;
    }

    @Override
    Reason edited(Sight sight) {
        if (sight.nothingAgreed()) {
            planning.agree(sight.link(), sight.field(), sight.value(), sight.system());
            return Reason.APPENDED;
        }
        return keep(sight, Reason.APPEND_ONLY);
    }
}
