package dev.crmsync.adapter.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpFaults;
import dev.crmsync.http.HttpReply;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lists, reads and writes conversations. The reference knows a listing and no more: whether one conversation can be read by its
 * id, and below which path it is patched, is found out by trying, and remembered. A conversation that no such call shows is looked
 * for in the listing, newest message first, in a limited number of pages.
 *
 * @see <a href="https://developers.kirim.chat/api/operations/">Kirim: operations</a>
 */
final class Conversations {
    private static final String BY_PHONE = "/{phoneNumberId}/conversations/{id}";
    private static final String BY_ROOT = "/conversations/{id}";
    private static final String NOWHERE = "";
    private static final String WALK = "kirim-conversations-1:";
    private static final List<String> WALKED = List.of(ConversationMapping.OPEN, ConversationMapping.PENDING);

    private final String system;
    private final Settings settings;
    private final Api api;

    /** Where one conversation can be read; null while nobody knows, and {@link #NOWHERE} when it cannot be. */
    private volatile @Nullable String readPath;

    /** Where one is patched; null while nobody knows. */
    private volatile @Nullable String patchPath;

    Conversations(String system, Settings settings, Api api) {
        this.system = system;
        this.settings = settings;
        this.api = api;
    }

    /**
     * Walks those that are open, and then those that wait: what is resolved is history. The order moves while it is walked, so
     * that one may be missed whose newest message came meanwhile; it is looked for, and found, by a read.
     */
    Page list(@Nullable String cursor) {
        int phase = 0;
        String vendors = "";
        if (cursor != null) {
            int colon = cursor.indexOf(':', WALK.length());
            phase = cursor.startsWith(WALK) && colon > 0 ? WALKED.indexOf(cursor.substring(WALK.length(), colon)) : -1;
            if (phase < 0) {
                throw SyncException.of(
                                Kind.VALIDATION,
                                "system " + system + ": the cursor is none of a walk over Kirim's conversations; begin"
                                        + " the walk anew")
                        .inSystem(system);
            }
            vendors = cursor.substring(colon + 1);
        }
        Rows page = rows(WALKED.get(phase), vendors);
        List<ChangeEvent> events = new ArrayList<>();
        boolean complete = page.sound();
        for (JsonNode row : page.rows()) {
            List<ChangeEvent> shown = events(row, page.answer(), Evidence.LISTING);
            complete &= !shown.isEmpty();
            events.addAll(shown);
        }
        if (!page.next().isEmpty()) {
            return new Page(events, WALK + WALKED.get(phase) + ":" + page.next(), complete);
        }
        String next = phase + 1 < WALKED.size() ? WALK + WALKED.get(phase + 1) + ":" : null;
        return new Page(events, next, complete);
    }

    /** One page of Kirim's, and whether its end contradicts itself. */
    private record Rows(List<JsonNode> rows, String next, boolean sound, HttpAnswer answer) {}

    private Rows rows(@Nullable String status, String cursor) {
        HttpCall call = HttpCall.get("/{phoneNumberId}/conversations", api.phoneNumberId())
                .query("limit", "100");
        call = status == null ? call : call.query("status", status);
        HttpAnswer answer = api.need(cursor.isEmpty() ? call : call.query("cursor", cursor));
        JsonNode body = Api.body(answer);
        if (!body.path("data").isArray()) {
            throw SyncException.of(Kind.TRANSIENT, answer + " without a page of conversations; it is tried again")
                    .inSystem(system);
        }
        List<JsonNode> rows = new ArrayList<>();
        body.path("data").forEach(rows::add);
        boolean more = body.path("has_more").asBoolean(false);
        String next =
                more ? Optional.ofNullable(body.path("next_cursor").textValue()).orElse("") : "";
        return new Rows(rows, next, more == !next.isEmpty(), answer);
    }

    private List<ChangeEvent> events(JsonNode row, HttpAnswer answer, Evidence evidence) {
        ConversationShape shape = new ConversationShape(system, row);
        Instant answered = answer.date();
        AsOf asOf = AsOf.read(shape.updatedAt().orElse(answered), answered);
        return shape.id().isEmpty() ? List.of() : shape.events(asOf, AsOf.read(answered, answered), evidence);
    }

    /** Reads a conversation: by its id where that is possible, else out of the listing. */
    Read read(RecordRef ref) {
        String known = readPath;
        if (known == null || !known.equals(NOWHERE)) {
            for (String path : known == null ? List.of(BY_PHONE, BY_ROOT) : List.of(known)) {
                Optional<HttpAnswer> answer = api.find(HttpCall.get(path, segments(path, ref)));
                if (answer.isPresent()) {
                    readPath = path;
                    return shown(ref, Api.data(answer.get()), answer.get());
                }
            }
            if (known != null) {
                return new Read.NotVisible();
            }
        }
        Search search = search(row ->
                new ConversationShape(system, row).id().filter(ref.id()::equals).isPresent());
        if (search.row() != null) {
            // It is there, and reading it by its id was answered as if it were not.
            readPath = NOWHERE;
            return shown(ref, search.row(), search.answer());
        }
        return search.whole()
                ? new Read.NotVisible()
                : new Read.Unknown(
                        "Kirim shows no conversation by its id, and it is not among the newest "
                                + settings.conversationPages() * 100L
                                + "; raise conversationPages(..) on the Kirim system",
                        null);
    }

    private String[] segments(String path, RecordRef ref) {
        return path.equals(BY_ROOT) ? new String[] {ref.id()} : new String[] {api.phoneNumberId(), ref.id()};
    }

    private Read shown(RecordRef ref, JsonNode row, HttpAnswer answer) {
        String digits = new ConversationShape(system, row).accountDigits();
        if (settings.displayDigits() != null && !digits.isEmpty() && !digits.equals(settings.displayDigits())) {
            // Of another number of the organisation: its contact could not be seen either.
            return new Read.NotVisible();
        }
        return events(row, answer, Evidence.READ).stream()
                .filter(event -> event.ref().equals(ref))
                .findFirst()
                .<Read>map(Read.Found::new)
                .orElseGet(() -> new Read.Unknown(answer + " without the conversation that was asked for", null));
    }

    /** What a look through the newest conversations came to. */
    private record Search(@Nullable JsonNode row, boolean whole, HttpAnswer answer) {}

    private Search search(Predicate<JsonNode> wanted) {
        String cursor = "";
        for (int page = 1; ; page++) {
            Rows rows = rows(null, cursor);
            Optional<JsonNode> found = rows.rows().stream().filter(wanted).findFirst();
            boolean end = rows.next().isEmpty();
            if (found.isPresent() || end || page >= settings.conversationPages()) {
                return new Search(found.orElse(null), end && rows.sound(), rows.answer());
            }
            cursor = rows.next();
        }
    }

    /** A user is shown only as who attends to some conversation; one who attends to none of the newest is not seen. */
    Read readUser(RecordRef ref) {
        Search search = search(row -> user(row, ref, AsOf.at(Instant.EPOCH)).isPresent());
        JsonNode row = search.row();
        Instant answered = search.answer().date();
        return row == null
                ? new Read.NotVisible()
                : user(row, ref, AsOf.read(answered, answered))
                        .<Read>map(Read.Found::new)
                        .orElseGet(Read.NotVisible::new);
    }

    private Optional<ChangeEvent> user(JsonNode row, RecordRef ref, AsOf asOf) {
        return new ConversationShape(system, row)
                .user(asOf, Evidence.READ)
                .filter(user -> user.ref().equals(ref));
    }

    /** Changes status and assignee, with one attempt that has an effect: a path that is not there has none. */
    Outcome write(Write write) {
        RecordRef ref = write.ref();
        if (ref == null) {
            return new Outcome.Rejected(
                    Rejection.READ_ONLY, null, null, "Kirim makes conversations itself, when a contact writes");
        }
        ObjectNode body = Json.object();
        for (Map.Entry<String, NativeValue> property : write.properties().entrySet()) {
            String name = property.getKey();
            NativeValue value = property.getValue();
            boolean status = name.equals(ConversationMapping.STATUS) && value instanceof NativeValue.Text;
            boolean assignee = name.equals(ConversationMapping.ASSIGNED_TO)
                    && (value instanceof NativeValue.Text || value instanceof NativeValue.Empty);
            if (!status && !assignee) {
                return new Outcome.Rejected(
                        Rejection.READ_ONLY,
                        name,
                        null,
                        "property " + name + " was not sent: of a conversation Kirim takes a status and an assignee");
            }
            body.set(name, Json.fromNative(value));
        }
        return patched(ref, body);
    }

    private Outcome patched(RecordRef ref, ObjectNode body) {
        String known = patchPath;
        Outcome outcome = new Outcome.Unknown("nothing was sent");
        for (String path : known == null ? List.of(BY_ROOT, BY_PHONE) : List.of(known)) {
            HttpReply reply = api.send(HttpCall.patch(path, segments(path, ref)).body(body));
            if (!(reply instanceof HttpAnswer answer)) {
                return HttpFaults.ofWrite(reply);
            } else if (answer.ok()) {
                patchPath = path;
                return done(ref, answer);
            }
            outcome = Rejections.of(answer);
            if (!Api.missing(answer)) {
                return outcome;
            }
        }
        return outcome;
    }

    private Outcome done(RecordRef ref, HttpAnswer answer) {
        ChangeEvent record = answer.json().isEmpty()
                ? null
                : events(Api.data(answer), answer, Evidence.READ).stream()
                        .filter(event -> event.ref().equals(ref))
                        .findFirst()
                        .orElse(null);
        return new Outcome.Done(ref, record);
    }

    /** Another account or number is another question. */
    String scopeQuestion() {
        return String.join("\n", settings.baseUrl(), settings.phoneNumberId(), WALKED.toString());
    }
}
