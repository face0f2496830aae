package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Refusal;
import dev.crmsync.sandbox.http.Reply;
import java.util.List;

/** Notion's error bodies; the desk adds the request's id. */
final class NotionErrors {
    private NotionErrors() {}

    static Refusal of(int status, String code, String message) {
        return new Refusal(message, Reply.json(status, body(status, code, message)));
    }

    static Refusal invalid(String message) {
        return of(400, "validation_error", message);
    }

    /** A part of a body that is not as it should be, named by its path. */
    static Refusal invalid(String path, String wanted) {
        return invalid("body failed validation: body." + path + " " + wanted);
    }

    /** What is not there and what is not shared look alike. */
    static Refusal missing(String kind, String id) {
        return of(
                404,
                "object_not_found",
                "Could not find " + kind + " with ID: " + id
                        + ". Make sure the relevant pages and databases are shared with your integration.");
    }

    static Refusal restricted(String what) {
        return of(403, "restricted_resource", "Insufficient permissions for this endpoint: " + what);
    }

    static Refusal conflict() {
        return of(409, "conflict_error", "Conflict occurred while saving. Please try again.");
    }

    /** A version that knows one data source only met a database that has several. */
    static Refusal several(String database, List<String> dataSources) {
        String message = "Database with ID " + database
                + " contains multiple data sources, which are not supported in this API version.";
        ObjectNode body = body(400, "validation_error", message);
        ObjectNode more = body.putObject("additional_data").put("error_type", "multiple_data_sources_for_database");
        more.put("database_id", database);
        more.set("child_data_source_ids", Json.tree(dataSources));
        more.put("minimum_api_version", NotionEdition.DATA_SOURCES.date());
        return new Refusal(message, Reply.json(400, body));
    }

    static ObjectNode body(int status, String code, String message) {
        return Json.object()
                .put("object", "error")
                .put("status", status)
                .put("code", code)
                .put("message", message);
    }

    /** The code that belongs to a status of the 5xx. */
    static String code(int status) {
        return switch (status) {
            case 502 -> "bad_gateway";
            case 503 -> "service_unavailable";
            case 504 -> "gateway_timeout";
            case 529 -> "service_overload";
            default -> "internal_server_error";
        };
    }
}
