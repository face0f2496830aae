package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpFaults;
import dev.crmsync.http.HttpReply;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.RecordRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes one record a call, with one attempt. Pipedrive knows no upsert and no key that makes a create safe to repeat: what became of
 * one whose answer was lost, the look-up by the join key tells, and until then nobody knows.
 */
final class Writing {
    private final Api api;
    private final Rows rows;

    Writing(Api api, Rows rows) {
        this.api = api;
        this.rows = rows;
    }

    Outcome write(Write write) {
        Draft draft;
        try {
            JsonNode current = null;
            if (rows.shape().needsCurrent(write) && write.ref() != null) {
                Optional<JsonNode> found = current(write.ref());
                if (found.isEmpty()) {
                    return new Outcome.Rejected(
                            Rejection.NOT_FOUND, null, null, "the record is not there, or not visible");
                }
                current = found.get();
            }
            draft = rows.shape().draft(write, current);
        } catch (SyncException fault) {
            return notBegun(fault);
        }
        return draft.refused().orElseGet(() -> send(write, draft));
    }

    /** What stands there now, from the record itself. */
    private Optional<JsonNode> current(RecordRef ref) {
        return api.record(rows.kind(), ref.id())
                .map(Api::data)
                .filter(row -> Rows.id(row).equals(ref.id()))
                .filter(row -> rows.shape().gone(row).isEmpty());
    }

    /** A fault of what comes before the write: for certain nothing was written. */
    private static Outcome notBegun(SyncException fault) {
        return switch (fault.kind()) {
            case AUTH, RATE_LIMITED -> throw fault;
            default -> new Outcome.Deferred(fault.retryAfter().orElse(null), null, String.valueOf(fault.getMessage()));
        };
    }

    private Outcome send(Write write, Draft draft) {
        RecordRef ref = write.ref();
        if (ref != null && draft.body().isEmpty()) {
            return new Outcome.Done(ref, null);
        }
        HttpReply reply = api.send(call(ref).body(draft.body()));
        if (!(reply instanceof HttpAnswer answer)) {
            return HttpFaults.ofWrite(reply);
        } else if (Api.succeeded(answer)) {
            return done(write, answer);
        }
        Outcome outcome = Rejections.of(answer, write.creates(), draft.properties());
        return outcome instanceof Outcome.Rejected && answer.status() == 400 && keysMoved()
                ? new Outcome.Deferred(null, null, answer + "; the account's fields had changed, it is written anew")
                : outcome;
    }

    private HttpCall call(@Nullable RecordRef ref) {
        ObjectKind kind = rows.kind();
        if (ref == null) {
            return HttpCall.post(kind.path(""));
        }
        return kind.equals(ObjectKind.NOTE)
                ? HttpCall.put(kind.path("/{id}"), ref.id())
                : HttpCall.patch(kind.path("/{id}"), ref.id());
    }

    private Outcome done(Write write, HttpAnswer answer) {
        JsonNode row = Api.data(answer);
        String id = Rows.id(row);
        RecordRef ref = write.ref();
        if (id.isEmpty() || ref != null && !ref.id().equals(id)) {
            return new Outcome.Unknown(answer + " without the record that was written");
        }
        try {
            return new Outcome.Done(rows.ref(id), rows.shown(row, answer));
        } catch (SyncException fault) {
            // The names of options could not be read: what was written was written all the same.
            return new Outcome.Done(rows.ref(id), null);
        }
    }

    /** A refusal may be about keys or options that are no longer those of the account. */
    private boolean keysMoved() {
        try {
            return rows.shape().outOfDate();
        } catch (SyncException fault) {
            return false;
        }
    }
}
