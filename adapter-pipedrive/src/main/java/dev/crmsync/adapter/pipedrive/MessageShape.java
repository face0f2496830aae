package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.NativeValue;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A note or an activity that keeps a message of a ticket. */
final class MessageShape implements Shape {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectKind kind;
    private final ObjectKind ticket;
    private final String activityType;
    private final String subject;

    /**
     * @param kind NOTE or ACTIVITY
     * @param ticket the kind of records that they belong to
     */
    MessageShape(ObjectKind kind, ObjectKind ticket, Settings settings) {
        this.kind = kind;
        this.ticket = ticket;
        this.activityType = settings.activityType();
        this.subject = settings.ticketTitle();
    }

    private boolean note() {
        return kind.equals(ObjectKind.NOTE);
    }

    private String html() {
        return note() ? "content" : "note";
    }

    private String parent() {
        return ticket.entity() + "_id";
    }

    @Override
    public ObjectKind kind() {
        return kind;
    }

    @Override
    public Map<String, NativeValue> properties(JsonNode row) {
        Map<String, NativeValue> values = new TreeMap<>();
        NoteText text = NoteText.parse(row.path(html()).asText(""));
        if (row.path(html()).isTextual() || row.path(html()).isNull()) {
            values.put(MessageMapping.BODY, text.body().isEmpty() ? NativeValue.EMPTY : NativeValue.text(text.body()));
            values.put(MessageMapping.EXTERNAL_ID, NativeValue.text(text.key()));
            values.put(MessageMapping.DIRECTION, NativeValue.text(text.direction()));
        }
        time(row, text).ifPresent(at -> values.put(MessageMapping.TIME, NativeValue.text(at.toString())));
        Map<String, NativeValue> ids = new TreeMap<>();
        Members.id(row, parent(), ids);
        ids.values().forEach(id -> values.put(MessageMapping.TICKET, id));
        return values;
    }

    /** Pipedrive keeps whole seconds, and our own line the rest, as long as nobody has moved the time. */
    private Optional<Instant> time(JsonNode row, NoteText text) {
        Optional<Instant> kept = note()
                ? Times.of(row.path("add_time"))
                : Times.parse(row.path("due_date").asText("") + " "
                        + seconds(row.path("due_time").asText("")));
        Instant exact = text.at();
        return exact != null && kept.map(time -> sameMinute(time, exact)).orElse(true) ? Optional.of(exact) : kept;
    }

    private boolean sameMinute(Instant kept, Instant exact) {
        // An activity is due at a minute, and a note is made at a second.
        long grain = note() ? 1 : 60;
        return Math.floorDiv(kept.getEpochSecond(), grain) == Math.floorDiv(exact.getEpochSecond(), grain);
    }

    private static String seconds(String time) {
        return time.length() == 5 ? time + ":00" : time;
    }

    @Override
    public Optional<ChangeKind> gone(JsonNode row) {
        return Shape.deleted(row) ? Optional.of(ChangeKind.DELETE) : Optional.empty();
    }

    /** An edit of the text must not lose the last line. */
    @Override
    public boolean needsCurrent(Write write) {
        return !write.creates();
    }

    @Override
    public Draft draft(Write write, @Nullable JsonNode current) {
        Draft draft = new Draft();
        for (String property : write.properties().keySet()) {
            boolean settled = !property.equals(MessageMapping.BODY) && !write.creates();
            if (settled || !isOurs(property)) {
                draft.refuse(Rejection.READ_ONLY, property, "it is settled when the message is kept");
            }
        }
        NoteText before =
                NoteText.parse(current == null ? "" : current.path(html()).asText(""));
        Write.ExternalId key = write.externalId();
        if (key != null && !key.value().matches("[^\\s\\[\\]]{1,200}")) {
            draft.refuse(Rejection.INVALID, key.property(), "it is no id that a line of a note can hold");
        }
        Instant at = text(write, MessageMapping.TIME).flatMap(Times::parse).orElse(before.at());
        String body = write.properties().containsKey(MessageMapping.BODY)
                ? text(write, MessageMapping.BODY).orElse("")
                : before.body();
        NoteText text = new NoteText(
                body.strip(),
                key == null ? before.key() : key.value(),
                text(write, MessageMapping.DIRECTION)
                        .filter(way -> way.matches("inbound|outbound"))
                        .orElse(before.direction()),
                at);
        draft.put(html(), NODES.textNode(text.html()), MessageMapping.BODY);
        if (write.creates()) {
            born(write, at, draft);
        }
        return draft;
    }

    private static boolean isOurs(String property) {
        return switch (property) {
            case MessageMapping.BODY, MessageMapping.TIME, MessageMapping.DIRECTION, MessageMapping.TICKET -> true;
            default -> false;
        };
    }

    private void born(Write write, @Nullable Instant at, Draft draft) {
        String id = text(write, MessageMapping.TICKET).orElse("");
        if (id.isBlank()) {
            draft.refuse(Rejection.REQUIRED, MessageMapping.TICKET, "a message is kept with its ticket");
        } else if (ticket.equals(ObjectKind.LEAD)) {
            draft.put(parent(), NODES.textNode(id), MessageMapping.TICKET);
        } else {
            Members.putId(parent(), NativeValue.text(id), MessageMapping.TICKET, true, draft);
        }
        if (!note()) {
            draft.put("subject", NODES.textNode(subject));
            draft.put("type", NODES.textNode(activityType));
            draft.put("done", NODES.booleanNode(true));
        }
        if (at != null) {
            String plain = Times.plain(at);
            if (note()) {
                draft.put("add_time", NODES.textNode(plain), MessageMapping.TIME);
            } else {
                draft.put("due_date", NODES.textNode(plain.substring(0, 10)), MessageMapping.TIME);
                draft.put("due_time", NODES.textNode(plain.substring(11, 16)), MessageMapping.TIME);
            }
        }
    }

    private static Optional<String> text(Write write, String property) {
        NativeValue value = write.properties().get(property);
        return value == null ? Optional.empty() : CustomFields.text(value);
    }

    @Override
    public boolean outOfDate() {
        return false;
    }
}
