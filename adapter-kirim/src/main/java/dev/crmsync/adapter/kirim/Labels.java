package dev.crmsync.adapter.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.TagsMany.Tag;
import dev.crmsync.spi.adapter.TagsMany.Tagged;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The organisation's labels, and putting one on many contacts at once.
 *
 * @see <a href="https://developers.kirim.chat/api/operations/">Kirim: operations</a>
 */
final class Labels {
    /** The most contacts of one call (bulk_label). */
    static final int MOST = 1000;

    private static final int MOST_PAGES = 100;
    private static final int LONGEST_NAME = 50;

    private final String system;
    private final Settings settings;
    private final Api api;

    Labels(String system, Settings settings, Api api) {
        this.system = system;
        this.settings = settings;
        this.api = api;
    }

    List<Tag> all() {
        List<Tag> tags = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            HttpCall call = HttpCall.get("/labels").query("limit", "100");
            HttpAnswer answer = api.need(cursor.isEmpty() ? call : call.query("cursor", cursor));
            JsonNode body = Api.body(answer);
            if (!body.path("data").isArray()) {
                throw SyncException.of(Kind.TRANSIENT, answer + " without a list of labels; it is tried again")
                        .inSystem(system);
            }
            body.path("data").forEach(row -> tag(row).ifPresent(tags::add));
            String next = body.path("next_cursor").textValue();
            if (!body.path("has_more").asBoolean(false) || next == null || next.isEmpty()) {
                return tags;
            }
            cursor = next;
        }
        // To take one for missing that is beyond the end would make a second one of its name.
        throw SyncException.of(
                        Kind.PERMANENT,
                        "system " + system + ": the list of labels does not end; delete unused ones in Kirim")
                .inSystem(system);
    }

    Tag create(String name, String idempotencyKey) {
        if (name.isBlank() || name.codePointCount(0, name.length()) > LONGEST_NAME) {
            throw SyncException.of(
                            Kind.VALIDATION,
                            "system " + system + ": a label's name has 1 to " + LONGEST_NAME
                                    + " characters; give another")
                    .inSystem(system);
        }
        ObjectNode body = Json.object().put("name", name);
        if (settings.team() != null) {
            body.put("team_id", settings.team());
        }
        HttpAnswer answer = api.need(HttpCall.post("/labels").body(body).header("Idempotency-Key", idempotencyKey));
        return tag(Api.data(answer))
                .orElseThrow(() -> SyncException.of(
                                Kind.TRANSIENT, answer + " without the label that was made; it is tried again")
                        .inSystem(system));
    }

    private static Optional<Tag> tag(JsonNode row) {
        String name = row.path("name").textValue();
        return ConversationShape.id(row.path("id")).filter(id -> name != null).map(id -> new Tag(id, name));
    }

    /** Puts a label on contacts, or takes it off. Some editions of the answer wrap the counters, and some know two of them. */
    Tagged tag(String label, List<RecordRef> contacts, boolean attach, String idempotencyKey) {
        ObjectNode body = Json.object().put("label_id", label).put("operation", attach ? "attach" : "detach");
        contacts.forEach(contact -> body.withArray("contact_ids").add(contact.id()));
        HttpAnswer answer = put(HttpCall.post("/{phoneNumberId}/contacts/bulk_label", api.phoneNumberId())
                .body(body)
                .header("Idempotency-Key", idempotencyKey));
        JsonNode counted = Api.data(answer);
        if (!counted.path("applied").canConvertToInt()) {
            throw SyncException.of(Kind.TRANSIENT, answer + " without the number of contacts; it is tried again")
                    .inSystem(system);
        }
        int skipped = counted.path("skipped_cross_org").asInt(0)
                + counted.path("skipped_team_mismatch").asInt(0);
        return new Tagged(counted.path("applied").intValue(), skipped);
    }

    /** The only thing that such a call names and that may not be there is the label. */
    private HttpAnswer put(HttpCall call) {
        try {
            return api.need(call);
        } catch (SyncException fault) {
            if (fault.kind() == Kind.NOT_FOUND) {
                throw SyncException.of(
                                Kind.VALIDATION,
                                "system " + system + ": there is no such label; look it up anew",
                                fault)
                        .inSystem(system);
            }
            throw fault;
        }
    }
}
