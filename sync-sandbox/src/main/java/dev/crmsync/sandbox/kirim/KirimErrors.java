package dev.crmsync.sandbox.kirim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Refusal;
import dev.crmsync.sandbox.http.Reply;
import org.jspecify.annotations.Nullable;

/** Kirim's error bodies. The request id is put in when the answer leaves. */
final class KirimErrors {
    private KirimErrors() {}

    static Refusal invalid(String code, String message, @Nullable String param) {
        return refusal(400, "invalid_request_error", code, message, param);
    }

    static Refusal missing(String param) {
        return invalid("missing_required_field", param + " is required", param);
    }

    static Refusal badField(String param, String message) {
        return invalid("invalid_field_value", message, param);
    }

    static Refusal notFound() {
        return refusal(404, "not_found", "resource_not_found", "No such resource", null);
    }

    static Refusal forbiddenPhone() {
        return refusal(403, "permission_error", "phone_number_forbidden", "This key may not use this number", null);
    }

    static Refusal refusal(int status, String type, String code, String message, @Nullable String param) {
        return new Refusal(message, reply(status, type, code, message, param));
    }

    static Reply reply(int status, String type, String code, String message, @Nullable String param) {
        ObjectNode error = Json.object().put("type", type).put("code", code).put("message", message);
        if (param != null) {
            error.put("param", param);
        }
        return Reply.json(status, Json.object().set("error", error));
    }
}
