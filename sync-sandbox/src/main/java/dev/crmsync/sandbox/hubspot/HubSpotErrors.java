package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Refusal;
import dev.crmsync.sandbox.http.Reply;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** HubSpot's error bodies, for whole answers and for rows of a batch. */
final class HubSpotErrors {
    private static final AtomicLong NUMBER = new AtomicLong();

    private HubSpotErrors() {}

    /** A refusal that can also stand as a row of a 207. */
    static final class Refused extends Refusal {
        private static final long serialVersionUID = 1;
        private final transient ObjectNode body;

        Refused(int status, ObjectNode body) {
            super(body.path("message").asText(), Reply.json(status, body));
            this.body = body;
        }

        /** The row, which names the input that it answers. */
        ObjectNode row(String inputId, String traceId) {
            ObjectNode row = body.deepCopy();
            row.remove("correlationId");
            ObjectNode context = row.withObjectProperty("context");
            if (!inputId.isEmpty()) {
                context.putArray("ids").add(inputId);
            }
            if (!traceId.isEmpty()) {
                context.putArray("objectWriteTraceId").add(traceId);
            }
            return row;
        }

        boolean about(String category) {
            return body.path("category").asText().equals(category);
        }
    }

    /** One wrong property. */
    record Wrong(String property, String code, String message) {}

    static Refused of(int status, String category, String message) {
        return new Refused(status, body(category, message));
    }

    static Refused validation(String message) {
        return of(400, "VALIDATION_ERROR", message);
    }

    static Refused properties(List<Wrong> wrongs) {
        ArrayNode inline = Json.array();
        ArrayNode errors = Json.array();
        for (Wrong wrong : wrongs) {
            inline.addObject()
                    .put("isValid", false)
                    .put("message", wrong.message)
                    .put("error", wrong.code)
                    .put("name", wrong.property);
            ObjectNode error = errors.addObject().put("message", wrong.message).put("code", wrong.code);
            error.putObject("context").putArray("propertyName").add(wrong.property);
        }
        ObjectNode body = body("VALIDATION_ERROR", "Property values were not valid: " + Json.text(inline));
        body.set("errors", errors);
        return new Refused(400, body);
    }

    static Refused exists(ObjectType type, String id) {
        return of(409, "CONFLICT", type.word() + " already exists. Existing ID: " + id);
    }

    static Refused notFound(String id) {
        Refused refused = of(404, "OBJECT_NOT_FOUND", "Object not found.  objectId are usually numeric.");
        return id.isEmpty() ? refused : new Refused(404, refused.row(id, ""));
    }

    static ObjectNode body(String category, String message) {
        return Json.object()
                .put("status", "error")
                .put("message", message)
                .put("correlationId", uuid())
                .put("category", category);
    }

    static String uuid() {
        return new UUID(0x5a4dL, NUMBER.incrementAndGet()).toString();
    }
}
