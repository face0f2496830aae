package dev.crmsync.adapter.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.Receipt.Keyed;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.Message;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.Origin;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes change events of webhooks about conversations and messages. A conversation's event names neither contact nor phone
 * number: what it lacks is read. What it tells was so at the time of the event, which is its envelope's; a closing has no other
 * time.
 *
 * @see <a href="https://developers.kirim.chat/webhooks/payloads/">Kirim: payloads</a>
 */
final class TalkEvents {
    private static final Set<String> WHOLE_MESSAGE = Set.of(
            MessageMapping.TEXT, MessageMapping.SENT_AT, MessageMapping.DIRECTION, MessageMapping.CONVERSATION_ID);

    private final String system;
    private final InstantSource clock;

    TalkEvents(String system, InstantSource clock) {
        this.system = system;
        this.clock = clock;
    }

    Receipt conversation(String key, boolean closed, JsonNode envelope) {
        JsonNode data = envelope.path("data");
        Optional<String> id = ConversationShape.id(data.path("conversation").path("id"));
        if (id.isEmpty()) {
            return new Receipt.Malformed("the event " + envelope.path("type").asText("") + " names no conversation");
        }
        RecordRef ref = new RecordRef(system, Conversation.TYPE, id.get());
        Optional<Instant> made = ContactShape.time(envelope.path("created_at"));
        if (made.isEmpty()) {
            return new Receipt.Accepted(List.of(new Keyed(key, gap(ref))));
        }
        Map<String, NativeValue> told = new TreeMap<>();
        Optional<String> status =
                ConversationShape.status(data.path("conversation").path("status"));
        if (closed) {
            told.put(ConversationMapping.STATUS, NativeValue.text(ConversationMapping.RESOLVED));
            told.put(ConversationMapping.CLOSED_AT, NativeValue.text(made.get().toString()));
        } else {
            status.ifPresent(word -> {
                told.put(ConversationMapping.STATUS, NativeValue.text(word));
                ConversationShape.notClosed(word, told);
            });
            assignee(data.path("assignee"), told);
        }
        return new Receipt.Accepted(List.of(new Keyed(key, event(ref, told, false, made.get()))));
    }

    /** Nobody attends to it when that is said; what is not said is not known. */
    private static void assignee(JsonNode assignee, Map<String, NativeValue> told) {
        JsonNode user = assignee.path("user_id");
        if (assignee.isNull() || user.isNull()) {
            told.put(ConversationMapping.ASSIGNED_TO, NativeValue.EMPTY);
        } else {
            ConversationShape.id(user).ifPresent(id -> told.put(ConversationMapping.ASSIGNED_TO, NativeValue.text(id)));
        }
    }

    /** How Kirim tells of messages is not documented: each likely place is looked into, and what is not found is not known. */
    Receipt message(String key, JsonNode envelope) {
        JsonNode message = envelope.path("data").path("message");
        Optional<String> id = ConversationShape.id(message.path("id"));
        if (id.isEmpty()) {
            return new Receipt.Malformed("the event " + envelope.path("type").asText("") + " names no message");
        }
        RecordRef ref = new RecordRef(system, Message.TYPE, id.get());
        Optional<Instant> made = ContactShape.time(envelope.path("created_at"));
        Optional<Instant> sent = ContactShape.time(message.path("created_at"))
                .or(() -> ContactShape.time(message.path("timestamp")))
                .or(() -> made);
        if (sent.isEmpty()) {
            return new Receipt.Accepted(List.of(new Keyed(key, gap(ref))));
        }
        Map<String, NativeValue> told = new TreeMap<>();
        told.put(MessageMapping.SENT_AT, NativeValue.text(sent.get().toString()));
        text(message).ifPresent(text -> told.put(MessageMapping.TEXT, NativeValue.text(text)));
        direction(message, envelope).ifPresent(word -> told.put(MessageMapping.DIRECTION, NativeValue.text(word)));
        ConversationShape.id(message.path(MessageMapping.CONVERSATION_ID))
                .or(() -> ConversationShape.id(message.path("conversation").path("id")))
                .or(() -> ConversationShape.id(
                        envelope.path("data").path("conversation").path("id")))
                .ifPresent(of -> told.put(MessageMapping.CONVERSATION_ID, NativeValue.text(of)));
        boolean full = told.keySet().containsAll(WHOLE_MESSAGE);
        return new Receipt.Accepted(List.of(new Keyed(key, event(ref, told, full, made.orElse(sent.get())))));
    }

    private static Optional<String> text(JsonNode message) {
        return Optional.ofNullable(message.path("text").path("body").textValue())
                .or(() -> Optional.ofNullable(message.path("text").textValue()))
                .or(() -> Optional.ofNullable(message.path("body").textValue()));
    }

    private static Optional<String> direction(JsonNode message, JsonNode envelope) {
        String said = message.path(MessageMapping.DIRECTION).asText("");
        if (said.equals(Message.INBOUND) || said.equals(Message.OUTBOUND)) {
            return Optional.of(said);
        }
        return Optional.of(
                envelope.path("type").asText("").equals("message.received") ? Message.INBOUND : Message.OUTBOUND);
    }

    private ChangeEvent gap(RecordRef ref) {
        return ChangeEvent.of(ref, ChangeKind.GAP, AsOf.at(clock.instant()), Evidence.EVENT);
    }

    private static ChangeEvent event(RecordRef ref, Map<String, NativeValue> told, boolean full, Instant time) {
        return new ChangeEvent(ref, ChangeKind.UPSERT, told, full, AsOf.at(time), Origin.UNKNOWN, Evidence.EVENT, null);
    }
}
