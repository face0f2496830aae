package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.RecordRef;
import java.util.Set;
import java.util.TreeSet;

/** Turns HubSpot's refusals into typed outcomes, in words of our own. */
final class Rejections {
    private final Rows rows;

    Rejections(Rows rows) {
        this.rows = rows;
    }

    /** A whole answer that refuses one write. */
    Outcome ofAnswer(Write write, HttpAnswer answer) {
        return of(write, Refusal.of(Api.body(answer)), answer.status(), answer.toString());
    }

    /** An error row of a batch that was carried out in part. */
    Outcome ofRow(Write write, JsonNode error, HttpAnswer answer) {
        Refusal refusal = Refusal.of(error);
        String message = answer + " with an error row: " + refusal;
        if (refusal.names("RATE_LIMITS") || refusal.names("RATE_LIMIT")) {
            return new Outcome.Deferred(null, Limits.BURST, message);
        } else if (refusal.names("INTERNAL_ERROR") || refusal.names("SERVER_ERROR")) {
            return new Outcome.Unknown(message);
        }
        return of(write, refusal, answer.status(), message);
    }

    private Outcome of(Write write, Refusal refusal, int status, String message) {
        Rejection kind = refusal.kind(status);
        Set<String> written = new TreeSet<>(write.properties().keySet());
        if (write.externalId() != null) {
            written.add(write.externalId().property());
        }
        String property = refusal.property(written);
        String existing = refusal.existing();
        if (kind == Rejection.UNIQUE && property == null && written.contains("email")) {
            // "Contact already exists" is HubSpot's word for a taken e-mail address, and names no property.
            property = "email";
        }
        ObjectKind.Link link = rows.kind().link();
        if (kind == Rejection.NOT_FOUND && write.creates() && link != null && written.contains(link.property())) {
            // A new object cannot be missing itself: it is the one that it was to belong to.
            return new Outcome.Rejected(Rejection.MISSING_PARENT, link.property(), null, message);
        }
        RecordRef holder = kind == Rejection.UNIQUE && existing != null ? rows.ref(existing) : null;
        return new Outcome.Rejected(kind, property, holder, message);
    }
}
