package dev.crmsync.planning;

import dev.crmsync.policy.NonOwnerEdit;
import org.jspecify.annotations.Nullable;

/** What a field's rule does with a value. The answer is the reason code; one that asks for a person holds the field. */
abstract class RuleOfField {
    final Planning planning;
    final Standings standings;

    RuleOfField(Planning planning, Standings standings) {
        this.planning = planning;
        this.standings = standings;
    }

    /** A value that differs from the agreed one is seen for the first time: never a removal, never a comparison of times. */
    abstract Reason joined(Sight sight);

    /** A real edit that differs from the agreed value. */
    abstract Reason edited(Sight sight);

    /** Somebody entered the agreed value at a system. Most rules need not know. */
    void confirmed(Sight sight) {}

    /** The value is agreed, and what stood against it at its system stands no more. */
    Reason agree(Sight sight, Reason reason) {
        planning.agree(sight.link(), sight.field(), sight.value(), sight.system());
        standings.agreesAgain(sight.link(), sight.system(), sight.field());
        return reason;
    }

    /** The value joins: it is agreed, and nothing stood yet. */
    Reason supply(Sight sight) {
        planning.agree(sight.link(), sight.field(), sight.value(), sight.system());
        return Reason.BASELINE_AGREED;
    }

    Reason keep(Sight sight, Reason reason) {
        return standings.keep(sight.link(), sight.system(), sight.field(), reason);
    }

    Reason revert(Sight sight, Reason reason) {
        return standings.revert(sight.link(), sight.system(), sight.field(), reason);
    }

    /** An edit by a system that does not decide, while another does. */
    Reason overruled(Sight sight, NonOwnerEdit answer, Reason reason) {
        return switch (answer) {
            case KEEP -> keep(sight, Reason.KEPT_LOCALLY);
            case REVERT -> revert(sight, reason);
            case REVIEW -> Reason.NON_OWNER_REVIEW;
        };
    }

    /** Whether a system ever held a record of the link that carries the field. */
    boolean everHeld(Sight sight, String system) {
        return sight.link().side(system).everSeen()
                && planning.carrying(system, sight.link().type(), sight.field()).isPresent();
    }

    /** The agreed value with its origin, or null when there is none. */
    static @Nullable Agreed origin(Sight sight) {
        return sight.link().agreed.get(sight.field().name());
    }
}
