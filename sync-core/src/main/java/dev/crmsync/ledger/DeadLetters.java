package dev.crmsync.ledger;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.DeadLetterRow;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes dead letters, and says why in words that bear no personal values. */
public final class DeadLetters {
    /** The kind of one that holds a change event. */
    public static final String EVENT = "event";

    /** The kind of one that holds a webhook that was not understood. */
    public static final String WEBHOOK = "webhook";

    /** The kind of one that stands for work on a link at a system; it holds nothing. */
    public static final String WORK = "work";

    private DeadLetters() {}

    /**
     * Makes a dead letter.
     *
     * @param context the sync
     * @param kind one of the kinds above
     * @param system the system that it came from or was meant for
     * @param link the link that it concerns, or null
     * @param reason why, without personal values
     * @param content what it holds, or null
     * @return the row
     */
    public static DeadLetterRow of(
            SyncContext context,
            String kind,
            String system,
            @Nullable String link,
            String reason,
            @Nullable Bytes content) {
        return new DeadLetterRow(context.ids().get(), system, link, kind, reason, context.now(), content);
    }

    /**
     * Tells of a failure without its message, unless that is one of ours: others may quote what they were given.
     *
     * @param failure the failure
     * @return what failed and where
     */
    public static String reason(Throwable failure) {
        if (failure instanceof SyncException ours) {
            return ours.kind() + ": " + ours.getMessage();
        }
        String place = Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("dev.crmsync."))
                .findFirst()
                .map(frame -> " at " + frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
                .orElse("");
        return failure.getClass().getName() + place;
    }
}
