package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Refusal;
import dev.crmsync.sandbox.http.Reply;
import java.util.List;

/** Pipedrive's error bodies, each in the shape of the endpoint that it comes from. */
final class PipedriveErrors {
    private static final String INFO = "Please check developers.pipedrive.com";

    private PipedriveErrors() {}

    static Refusal of(int status, String error, String code) {
        return new Refusal(error, Reply.json(status, body(error, code)));
    }

    /** A body or a query that is not as it should be. */
    static Refusal invalid(String error) {
        return of(400, error, "ERR_SCHEMA_VALIDATION_FAILED");
    }

    static Refusal invalid(List<String> wrongs) {
        return invalid("Validation failed: " + String.join("; ", wrongs));
    }

    static Refusal missing(PipedriveKind kind) {
        return kind == PipedriveKind.LEAD
                ? of(404, "requested lead not found", "")
                : of(404, kind.title() + " not found", "ERR_NOT_FOUND");
    }

    static Refusal forbidden(String error) {
        return of(403, error, "ERR_FORBIDDEN");
    }

    /** What webhooks answer to a wrong field. */
    static Refusal webhook(int status, String field, String message) {
        ObjectNode body = Json.object().put("status", "error").put("success", false);
        body.putObject("errors").putArray(field).add(message);
        return new Refusal(field + ": " + message, Reply.json(status, body));
    }

    /** The short shape of users/me and webhooks. */
    static ObjectNode brief(int status, String error) {
        return Json.object().put("success", false).put("error", error).put("errorCode", status);
    }

    static ObjectNode body(String error, String code) {
        ObjectNode body =
                Json.object().put("success", false).put("error", error).put("error_info", INFO);
        body.putNull("data");
        body.putNull("additional_data");
        if (!code.isEmpty()) {
            body.put("code", code);
        }
        return body;
    }
}
