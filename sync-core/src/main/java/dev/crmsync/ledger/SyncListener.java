package dev.crmsync.ledger;

import dev.crmsync.planning.Due;
import dev.crmsync.planning.Reason;
import dev.crmsync.replay.Disagreement;
import java.time.Duration;
import java.util.Map;

/**
 * Is told what an engine does, for metrics and progress bars. It is told after the fact, carries no personal values, and
 * what it throws is logged and otherwise ignored. Implementations are thread-safe and quick.
 */
public interface SyncListener {
    /** Listens to nothing. */
    SyncListener NONE = new SyncListener() {};

    /**
     * Webhook events were stored.
     *
     * @param sync the sync
     * @param system the system that they came from
     * @param events how many a webhook bore
     * @param fresh how many of these were not known yet
     */
    default void received(String sync, String system, int events, int fresh) {}

    /**
     * Inputs were planned and committed.
     *
     * @param sync the sync
     * @param reasons how many decisions were made for each reason
     */
    default void planned(String sync, Map<Reason, Long> reasons) {}

    /**
     * A candidate policy in the shadow of the live one would have done otherwise. Nothing was done about it.
     *
     * @param sync the sync
     * @param disagreement what, without personal values
     */
    default void disagreed(String sync, Disagreement disagreement) {}

    /**
     * A record was read or looked up.
     *
     * @param sync the sync
     * @param system the system
     * @param need READ or LOOKUP
     * @param answer the kind of answer, such as {@code Found}
     */
    default void read(String sync, String system, Due.Need need, String answer) {}

    /**
     * A write was answered.
     *
     * @param sync the sync
     * @param system the system
     * @param need CREATE or UPDATE
     * @param outcome the kind of outcome, such as {@code Done}
     */
    default void wrote(String sync, String system, Due.Need need, String outcome) {}

    /**
     * Work was put off.
     *
     * @param sync the sync
     * @param system the system
     * @param delay for how long
     * @param reason why, without personal values
     */
    default void deferred(String sync, String system, Duration delay, String reason) {}

    /**
     * Something cannot succeed without help and became a dead letter.
     *
     * @param sync the sync
     * @param system the system
     * @param kind what it is, such as {@code event} or {@code write}
     * @param reason why, without personal values
     */
    default void deadLetter(String sync, String system, String kind, String reason) {}

    /**
     * A system was paused.
     *
     * @param sync the sync
     * @param system the system
     * @param reason why
     */
    default void paused(String sync, String system, String reason) {}

    /**
     * A system goes on.
     *
     * @param sync the sync
     * @param system the system
     */
    default void resumed(String sync, String system) {}

    /**
     * A long run went on.
     *
     * @param sync the sync
     * @param progress how far it is
     */
    default void progress(String sync, Progress progress) {}
}
