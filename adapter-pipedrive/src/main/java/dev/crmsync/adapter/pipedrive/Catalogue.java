package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpReply;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The account's fields of one kind of records, by which names become keys and options become names. It is read when it is first
 * needed, and again when something shows that it is out of date. A restart reads it anew: it is remembered and never relied on.
 * Thread-safe.
 *
 * @see <a href="https://pipedrive.readme.io/docs/core-api-concepts-custom-fields">Pipedrive: custom fields</a>
 */
final class Catalogue {
    /** What is still unknown after a look is not looked for again before: each look costs ten tokens. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int MOST_PAGES = 50;
    private static final String PAGE = "500";

    private final Api api;
    private final String path;
    private final InstantSource clock;
    private volatile @Nullable Known known;

    private record Known(List<AccountField> fields, Instant at) {}

    Catalogue(Api api, String fields, InstantSource clock) {
        this.api = api;
        this.path = ObjectKind.V2 + "/" + fields;
        this.clock = clock;
    }

    /** All fields, as they were last seen. */
    List<AccountField> fields() {
        Known seen = known;
        return seen == null ? refresh() : seen.fields();
    }

    /** The field of a key, or else of a name that no other field has. */
    Optional<AccountField> field(String nameOrKey) {
        return choose(fields(), nameOrKey);
    }

    static Optional<AccountField> choose(List<AccountField> fields, String nameOrKey) {
        Optional<AccountField> keyed =
                fields.stream().filter(field -> field.code().equals(nameOrKey)).findFirst();
        List<AccountField> named = named(fields, nameOrKey);
        return keyed.isPresent() || named.size() != 1 ? keyed : Optional.of(named.get(0));
    }

    /** The custom fields that people see under a name, which need not be one. */
    static List<AccountField> named(List<AccountField> fields, String name) {
        return fields.stream()
                .filter(AccountField::custom)
                .filter(field -> field.name().strip().equals(name.strip()))
                .toList();
    }

    /** Reads the fields anew. */
    synchronized List<AccountField> refresh() {
        List<AccountField> found = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            HttpCall call = HttpCall.get(path).query("limit", PAGE);
            HttpAnswer answer = api.read(cursor.isEmpty() ? call : call.query("cursor", cursor));
            JsonNode rows = Api.data(answer);
            if (!rows.isArray()) {
                throw SyncException.of(Kind.TRANSIENT, answer + " without a list of fields; it is tried again")
                        .inSystem(api.system());
            }
            rows.forEach(row -> AccountField.of(row).ifPresent(found::add));
            String next =
                    Api.body(answer).path("additional_data").path("next_cursor").asText("");
            if (next.isEmpty() || next.equals("null")) {
                known = new Known(List.copyOf(found), clock.instant());
                return found;
            }
            cursor = next;
        }
        throw SyncException.of(
                        Kind.PERMANENT,
                        "system " + api.system() + ": the list of fields does not end; delete unused ones in Pipedrive")
                .inSystem(api.system());
    }

    /** Reads the fields anew when something is not among them, unless that was done a moment ago. */
    List<AccountField> refreshIfOld() {
        Known seen = known;
        return seen != null && seen.at().plus(PATIENCE).isAfter(clock.instant()) ? seen.fields() : refresh();
    }

    /** Makes a field; what came back is for the caller to judge. */
    HttpReply make(String name, String type) {
        ObjectNode body = Json.object().put("field_name", name).put("field_type", type);
        return api.send(HttpCall.post(path).body(body));
    }

    /** Adds an option to a field and leaves the others alone; what came back is for the caller to judge. */
    HttpReply addOption(AccountField field, String label) {
        var options = Json.array();
        options.addObject().put("label", label);
        return api.send(HttpCall.post(path + "/{code}/options", field.code()).body(options));
    }
}
