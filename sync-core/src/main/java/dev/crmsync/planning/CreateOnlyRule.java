package dev.crmsync.planning;

/** The value is given when a record is made; what becomes of it there is nobody else's. */
final class CreateOnlyRule extends SharedRule {
    CreateOnlyRule(Planning planning, Standings standings) {
        super(planning, standings);
    }

    @Override
    Reason differing(Sight sight) {
        return Reason.BASELINE_KEPT;
    }

    @Override
    Reason edited(Sight sight) {
        Agreed origin = origin(sight);
        boolean supplier = origin != null && origin.system().equals(sight.system());
        boolean may = (supplier || sight.nothingAgreed()) && !sight.value().isBlank();
        return may ? agree(sight, Reason.SUPPLIED) : Reason.CREATE_ONLY;
    }
}
