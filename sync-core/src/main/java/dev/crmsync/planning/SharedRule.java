package dev.crmsync.planning;

/** A rule under which any system may supply the first value, and blanks are filled. */
abstract class SharedRule extends RuleOfField {
    SharedRule(Planning planning, Standings standings) {
        super(planning, standings);
    }

    @Override
    Reason joined(Sight sight) {
        if (sight.agreed() == null) {
            return sight.value().isBlank() ? Reason.BASELINE_EQUAL : supply(sight);
        }
        if (sight.nothingAgreed()) {
            return supply(sight);
        }
        return blankJoining(sight) ? Reason.BASELINE_OVERRULED : differing(sight);
    }

    /** Whether a joining blank is filled without asking the rule. */
    boolean blankJoining(Sight sight) {
        return sight.value().isBlank();
    }

    /** A full value that joins differs from a full one that is agreed. */
    abstract Reason differing(Sight sight);
}
