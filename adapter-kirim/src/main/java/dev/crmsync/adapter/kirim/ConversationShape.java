package dev.crmsync.adapter.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.User;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.Origin;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as Kirim shows it in REST, read with suspicion, as {@link ContactShape} reads contacts. Who attends to it is
 * shown as {@code assignee} or as {@code assigned_to}, by whichever page is right.
 */
final class ConversationShape {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Set<String> WHOLE =
            Set.of(ConversationMapping.STATUS, ConversationMapping.ASSIGNED_TO, ConversationMapping.CONTACT_ID);

    private final String system;
    private final JsonNode json;

    ConversationShape(String system, JsonNode json) {
        this.system = system;
        this.json = json;
    }

    static Optional<String> id(JsonNode node) {
        return Optional.ofNullable(node.textValue()).filter(ID.asMatchPredicate());
    }

    Optional<String> id() {
        return id(json.path("id"));
    }

    Optional<Instant> updatedAt() {
        return ContactShape.time(json.path("updated_at"));
    }

    String accountDigits() {
        return Settings.digits(
                json.path("whatsapp_account").path("phone_number").asText(""));
    }

    /** Who attends to it, when it is somebody and the id can be read. */
    Optional<String> assignee() {
        return id(json.path("assignee").path("id")).or(() -> id(json.path(ConversationMapping.ASSIGNED_TO)));
    }

    /** The events that it makes: first who attends to it, as far as anything is told of them, then the conversation. */
    List<ChangeEvent> events(AsOf asOf, AsOf answered, Evidence evidence) {
        List<ChangeEvent> events = new ArrayList<>();
        user(answered, evidence).ifPresent(events::add);
        id().map(id -> event(new RecordRef(system, Conversation.TYPE, id), properties(), WHOLE, asOf, evidence))
                .ifPresent(events::add);
        return events;
    }

    /** The user who attends to it. Kirim lists no users: this is all that is ever told of one. */
    Optional<ChangeEvent> user(AsOf answered, Evidence evidence) {
        JsonNode assignee = json.path("assignee");
        Map<String, NativeValue> known = new TreeMap<>();
        for (String name : List.of(ContactMapping.NAME, ContactMapping.EMAIL)) {
            put(known, name, text(assignee.path(name)));
        }
        Set<String> whole = Set.of(ContactMapping.NAME, ContactMapping.EMAIL);
        return id(assignee.path("id"))
                .filter(id -> !known.isEmpty())
                .map(id -> event(new RecordRef(system, User.TYPE, id), known, whole, answered, evidence));
    }

    private static ChangeEvent event(
            RecordRef ref, Map<String, NativeValue> known, Set<String> whole, AsOf asOf, Evidence evidence) {
        boolean full = known.keySet().containsAll(whole);
        return new ChangeEvent(ref, ChangeKind.UPSERT, known, full, asOf, Origin.UNKNOWN, evidence, null);
    }

    Map<String, NativeValue> properties() {
        Map<String, NativeValue> known = new TreeMap<>();
        status(json.path(ConversationMapping.STATUS)).ifPresent(status -> {
            known.put(ConversationMapping.STATUS, NativeValue.text(status));
            notClosed(status, known);
        });
        boolean nobody = json.path("assignee").isNull()
                || json.path(ConversationMapping.ASSIGNED_TO).isNull();
        NativeValue assignee = assignee().<NativeValue>map(NativeValue::text).orElse(nobody ? NativeValue.EMPTY : null);
        put(known, ConversationMapping.ASSIGNED_TO, assignee);
        id(json.path("contact").path("id"))
                .or(() -> id(json.path(ConversationMapping.CONTACT_ID)))
                .ifPresent(id -> known.put(ConversationMapping.CONTACT_ID, NativeValue.text(id)));
        return known;
    }

    /** Its status in Kirim's word for it; the guide's word for a closed one is read as well. */
    static Optional<String> status(JsonNode node) {
        return Optional.ofNullable(node.textValue())
                .filter(status -> !status.isBlank())
                .map(status -> status.equals("closed") ? ConversationMapping.RESOLVED : status);
    }

    /** One that is not closed has no time of closing; when a closed one was closed, the event alone tells. */
    static void notClosed(String status, Map<String, NativeValue> known) {
        if (status.equals(ConversationMapping.OPEN) || status.equals(ConversationMapping.PENDING)) {
            known.put(ConversationMapping.CLOSED_AT, NativeValue.EMPTY);
        }
    }

    private static void put(Map<String, NativeValue> known, String name, @Nullable NativeValue value) {
        if (value != null) {
            known.put(name, value);
        }
    }

    private static @Nullable NativeValue text(JsonNode value) {
        if (value.isNull()) {
            return NativeValue.EMPTY;
        }
        return value.isTextual() ? NativeValue.text(value.asText()) : null;
    }
}
