package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.field.Message;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The blocks or comments on the pages of tickets that keep messages: how they look, how they are read, and how one is found by the
 * message's id in its last line.
 */
final class Messages {
    /** With a hundred to a page: beyond that nothing is said rather than something false. */
    private static final int MOST_PAGES = 50;

    private static final String PARAGRAPH = "paragraph";

    private final Api api;
    private final MessageKind kind;

    Messages(Api api, MessageKind kind) {
        this.api = api;
        this.kind = kind;
    }

    Api api() {
        return api;
    }

    MessageKind kind() {
        return kind;
    }

    RecordRef ref(String id) {
        return new RecordRef(api.system(), Message.TYPE, id);
    }

    /** The text of a block or comment; of a block that people have made another kind of, that kind's. */
    MessageText text(JsonNode object) {
        JsonNode pieces = kind == MessageKind.COMMENT
                ? object.path("rich_text")
                : object.path(object.path("type").asText("")).path("rich_text");
        return MessageText.parse(RichText.plain(pieces));
    }

    /** The object with a text in it, as a write takes it. */
    ObjectNode body(String type, ArrayNode pieces) {
        ObjectNode body = Json.object();
        if (kind == MessageKind.COMMENT) {
            body.set("rich_text", pieces);
        } else {
            body.putObject(type.isEmpty() ? PARAGRAPH : type).set("rich_text", pieces);
        }
        return body;
    }

    /** The call that adds one to a ticket's page. */
    HttpCall adding(String ticket, ArrayNode pieces) {
        ObjectNode made = body(PARAGRAPH, pieces);
        if (kind == MessageKind.COMMENT) {
            made.putObject("parent").put("type", "page_id").put("page_id", ticket);
            return HttpCall.post("/v1/comments").body(made);
        }
        ObjectNode body = Json.object();
        body.putArray("children").add(made.put("object", "block").put("type", PARAGRAPH));
        body.putObject("position").put("type", "end");
        return HttpCall.patch("/v1/blocks/{id}/children", ticket).body(body);
    }

    Map<String, NativeValue> properties(JsonNode object) {
        MessageText text = text(object);
        Map<String, NativeValue> values = new TreeMap<>();
        values.put(MessageMapping.BODY, text.body().isEmpty() ? NativeValue.EMPTY : NativeValue.text(text.body()));
        values.put(MessageMapping.EXTERNAL_ID, NativeValue.text(text.key()));
        values.put(MessageMapping.DIRECTION, NativeValue.text(text.direction()));
        values.put(
                MessageMapping.TIME,
                NativeValue.text(text.at() == null ? null : text.at().toString()));
        Ids.of(object.path("parent").path("page_id"))
                .ifPresent(page -> values.put(MessageMapping.TICKET, NativeValue.text(page)));
        return values;
    }

    Read read(RecordRef ref) {
        if (Ids.of(ref.id()).isEmpty()) {
            return new Read.NotVisible();
        }
        Optional<HttpAnswer> found = api.find(HttpCall.get(kind.path() + "/{id}", ref.id()));
        if (found.isEmpty()) {
            return new Read.NotVisible();
        }
        JsonNode object = Api.body(found.get());
        if (Ids.of(object.path("id")).filter(ref.id()::equals).isEmpty()) {
            return new Read.Unknown(found.get() + " without the " + kind.noun() + " that was asked for", null);
        }
        return Rows.trashed(object)
                ? new Read.Gone(Rows.goneSince(object, found.get()), true)
                : new Read.Found(full(object, found.get()));
    }

    private ChangeEvent full(JsonNode object, HttpAnswer answer) {
        RecordRef ref = ref(Ids.of(object.path("id")).orElse(""));
        return ChangeEvent.full(ref, properties(object), Rows.asOf(object, answer), Evidence.READ);
    }

    /** What the answer to a write shows. */
    ChangeEvent shown(JsonNode object, HttpAnswer answer) {
        RecordRef ref = ref(Ids.of(object.path("id")).orElse(""));
        return ChangeEvent.partial(ref, properties(object), Rows.asOf(object, answer), Evidence.READ);
    }

    /** Looks through the ticket's page: no query goes by what blocks and comments say. */
    Read find(Write.ExternalId key, Map<String, NativeValue> sent) {
        String ticket = Optional.ofNullable(sent.get(MessageMapping.TICKET))
                .flatMap(Values::asText)
                .flatMap(Ids::of)
                .orElse("");
        if (ticket.isEmpty()) {
            return new Read.Unknown("the ticket whose page it was put on is not known", null);
        }
        String cursor = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            Optional<HttpAnswer> found = api.find(children(ticket, cursor));
            if (found.isEmpty()) {
                return new Read.Unknown("the page of its ticket is not visible", null);
            }
            HttpAnswer answer = found.get();
            JsonNode results = Api.body(answer).path("results");
            if (!results.isArray()) {
                throw SyncException.of(Kind.TRANSIENT, answer + " without a list; it is tried again")
                        .inSystem(api.system());
            }
            for (JsonNode object : results) {
                boolean bears = key.value().equals(text(object).key())
                        && Ids.of(object.path("id")).isPresent()
                        && !Rows.trashed(object);
                if (bears) {
                    return new Read.Found(full(object, answer));
                }
            }
            cursor = Queries.next(Api.body(answer));
            if (cursor.isEmpty()) {
                return new Read.Gone(AsOf.at(answer.date()), false);
            }
        }
        return new Read.Unknown("it is not among the first " + MOST_PAGES * 100 + " of its page", null);
    }

    private HttpCall children(String ticket, String cursor) {
        HttpCall call = kind == MessageKind.COMMENT
                ? HttpCall.get("/v1/comments").query("block_id", ticket)
                : HttpCall.get("/v1/blocks/{id}/children", ticket);
        HttpCall sized = call.query("page_size", "100");
        return cursor.isEmpty() ? sized : sized.query("start_cursor", cursor);
    }
}
