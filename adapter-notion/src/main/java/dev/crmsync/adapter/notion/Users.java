package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Describes.NativeProperty;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.field.User;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The people of the workspace, who are read and never written. Bots are left out, and so are guests, whom Notion does not list. Users
 * bear no time of change, and their addresses are shown only where the connection may see them.
 *
 * @see <a href="https://developers.notion.com/reference/user">Notion: users</a>
 */
final class Users {
    private static final String CURSOR = "notion-users-1:";

    private final Api api;

    Users(Api api) {
        this.api = api;
    }

    Page list(@Nullable String cursor) {
        if (cursor != null && (!cursor.startsWith(CURSOR) || cursor.length() == CURSOR.length())) {
            throw SyncException.of(
                            SyncException.Kind.VALIDATION,
                            "system " + api.system()
                                    + ": the cursor is none of a walk over Notion's users; begin the walk anew")
                    .inSystem(api.system());
        }
        HttpCall call = HttpCall.get("/v1/users").query("page_size", "100");
        HttpAnswer answer =
                api.read(cursor == null ? call : call.query("start_cursor", cursor.substring(CURSOR.length())));
        JsonNode results = Api.body(answer).path("results");
        List<ChangeEvent> events = new ArrayList<>();
        for (JsonNode user : results) {
            event(user, answer, Evidence.LISTING).ifPresent(events::add);
        }
        String next = Queries.next(Api.body(answer));
        return new Page(events, next.isEmpty() ? null : CURSOR + next, results.isArray());
    }

    Read read(RecordRef ref) {
        if (Ids.of(ref.id()).isEmpty()) {
            return new Read.NotVisible();
        }
        Optional<HttpAnswer> found = api.find(HttpCall.get("/v1/users/{id}", ref.id()));
        if (found.isEmpty()) {
            return new Read.NotVisible();
        }
        JsonNode user = Api.body(found.get());
        if (Ids.of(user.path("id")).filter(ref.id()::equals).isEmpty()) {
            return new Read.Unknown(found.get() + " without the user that was asked for", null);
        }
        return event(user, found.get(), Evidence.READ)
                .<Read>map(Read.Found::new)
                .orElseGet(Read.NotVisible::new);
    }

    private Optional<ChangeEvent> event(JsonNode user, HttpAnswer answer, Evidence evidence) {
        Optional<String> id = Ids.of(user.path("id"));
        if (id.isEmpty() || !user.path("type").asText("").equals("person")) {
            return Optional.empty();
        }
        Map<String, NativeValue> values = new TreeMap<>();
        text(user.path("name"), ContactMapping.USER_NAME, values);
        text(user.path("person").path("email"), ContactMapping.USER_EMAIL, values);
        RecordRef ref = new RecordRef(api.system(), User.TYPE, id.get());
        // Nothing tells when it was changed: it is true now, to the second.
        AsOf asOf = AsOf.read(answer.date(), answer.date().plusSeconds(1));
        return Optional.of(ChangeEvent.full(ref, values, asOf, evidence));
    }

    private static void text(JsonNode held, String property, Map<String, NativeValue> values) {
        if (held.isTextual() || held.isNull()) {
            String text = held.asText("");
            values.put(property, held.isNull() || text.isEmpty() ? NativeValue.EMPTY : NativeValue.text(text));
        }
    }

    static List<NativeProperty> described() {
        return List.of(
                new NativeProperty(ContactMapping.USER_NAME, "Name", "text", false, false),
                new NativeProperty(ContactMapping.USER_EMAIL, "E-mail", "email", false, true));
    }
}
