package dev.crmsync.planning;

/** The first full value fills blanks; every other difference waits for a person. */
final class ManualRule extends SharedRule {
    ManualRule(Planning planning, Standings standings) {
        super(planning, standings);
    }

    @Override
    Reason differing(Sight sight) {
        return Reason.BASELINE_REVIEW;
    }

    @Override
    Reason edited(Sight sight) {
        if (sight.agreed() != null) {
            return Reason.MANUAL_REVIEW;
        }
        return sight.value().isBlank() ? Reason.EQUIVALENT : agree(sight, Reason.SUPPLIED);
    }
}
