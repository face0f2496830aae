package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.NativeValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A deal or a lead that is a conversation. A lead keeps its custom fields at its root, and is closed by being archived. */
final class TicketShape implements Shape {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectKind kind;
    private final Settings settings;
    private final Catalogue catalogue;
    private final CustomFields customs;
    private final boolean staged;

    TicketShape(ObjectKind kind, Settings settings, Catalogue catalogue) {
        this.kind = kind;
        this.settings = settings;
        this.catalogue = catalogue;
        this.customs = new CustomFields(settings.customFields(kind), catalogue);
        this.staged = settings.statuses().keySet().stream().anyMatch(state -> Character.isDigit(state.charAt(0)));
    }

    private boolean lead() {
        return kind.equals(ObjectKind.LEAD);
    }

    @Override
    public ObjectKind kind() {
        return kind;
    }

    @Override
    public Map<String, NativeValue> properties(JsonNode row) {
        Map<String, NativeValue> values = new TreeMap<>();
        customs.read(lead() ? row : row.path("custom_fields"), values);
        Members.text(row, TicketMapping.TITLE, values);
        owner(row, values);
        Members.id(row, TicketMapping.PERSON, values);
        String state = state(row);
        if (!state.isEmpty()) {
            values.put(TicketMapping.STATE, NativeValue.text(state));
            closed(row, state, values);
        }
        return values;
    }

    /** Somebody owns every ticket: what the sync's own user owns, nobody attends to. */
    private void owner(JsonNode row, Map<String, NativeValue> values) {
        Members.id(row, TicketMapping.OWNER, values);
        NativeValue owner = values.get(TicketMapping.OWNER);
        if (settings.userId() != null && NativeValue.text(settings.userId()).equals(owner)) {
            values.put(TicketMapping.OWNER, NativeValue.EMPTY);
        }
    }

    private String state(JsonNode row) {
        if (lead()) {
            JsonNode archived = row.path("is_archived");
            return archived.isBoolean() ? archived.booleanValue() ? TicketMapping.ARCHIVED : TicketMapping.OPEN : "";
        }
        String status = row.path("status").asText("");
        return status.equals(TicketMapping.OPEN) && staged
                ? row.path("stage_id").asText("")
                : status;
    }

    /** One that is open has no time of closing; when a closed one was closed, the row need not tell. */
    private static void closed(JsonNode row, String state, Map<String, NativeValue> values) {
        if (!state.equals("won") && !state.equals("lost") && !state.equals(TicketMapping.ARCHIVED)) {
            values.put(TicketMapping.CLOSED, NativeValue.EMPTY);
            return;
        }
        Times.of(row.path(state + "_time"))
                .or(() -> Times.of(row.path("close_time")))
                .or(() -> Times.of(row.path("archive_time")))
                .ifPresent(time -> values.put(TicketMapping.CLOSED, NativeValue.text(time.toString())));
    }

    @Override
    public Optional<ChangeKind> gone(JsonNode row) {
        if (Shape.deleted(row) || row.path("status").asText("").equals("deleted")) {
            return Optional.of(ChangeKind.DELETE);
        }
        return !lead() && row.path("is_archived").asBoolean(false) ? Optional.of(ChangeKind.ARCHIVE) : Optional.empty();
    }

    /** A deal that does not tell its pipeline is followed. */
    @Override
    public boolean follows(JsonNode row) {
        String own = row.path("pipeline_id").asText("");
        return lead()
                || settings.pipeline() == null
                || own.isEmpty()
                || own.equals("null")
                || own.equals(settings.pipeline());
    }

    @Override
    public boolean needsCurrent(Write write) {
        return false;
    }

    @Override
    public Draft draft(Write write, @Nullable JsonNode current) {
        Draft draft = new Draft();
        write.properties().forEach((property, value) -> put(write.creates(), property, value, draft));
        if (write.creates()) {
            if (!draft.has(TicketMapping.TITLE)) {
                draft.put(TicketMapping.TITLE, NODES.textNode(settings.ticketTitle()));
            }
            if (!lead() && settings.pipeline() != null && !draft.has("stage_id")) {
                draft.put("pipeline_id", NODES.numberNode(Long.parseLong(settings.pipeline())));
            }
        }
        Members.externalId(write, customs, !lead(), draft);
        return draft;
    }

    private void put(boolean creates, String property, NativeValue value, Draft draft) {
        if (CustomFields.isCustom(property)) {
            Members.custom(property, value, customs, !lead(), creates, draft);
            return;
        }
        switch (property) {
            case TicketMapping.TITLE -> Members.putText(TicketMapping.TITLE, value, property, creates, draft);
            case TicketMapping.OWNER -> Members.putId(TicketMapping.OWNER, owner(value), property, creates, draft);
            case TicketMapping.PERSON -> Members.putId(TicketMapping.PERSON, value, property, creates, draft);
            case TicketMapping.STATE ->
                state(CustomFields.text(value).orElse(""), value.isBlank() && creates, creates, draft);
            default -> draft.refuse(Rejection.READ_ONLY, property, "a ticket has no such property that is written");
        }
    }

    /** A ticket is taken from somebody by giving it to the sync's own user, where that is known. */
    private NativeValue owner(NativeValue value) {
        return value.isBlank() && settings.userId() != null ? NativeValue.text(settings.userId()) : value;
    }

    private void state(String state, boolean nothing, boolean creates, Draft draft) {
        if (nothing) {
            return;
        } else if (lead() && (state.equals(TicketMapping.OPEN) || state.equals(TicketMapping.ARCHIVED))) {
            // A new lead is open whatever one says; what is wanted otherwise is written then.
            if (!creates) {
                draft.put("is_archived", NODES.booleanNode(state.equals(TicketMapping.ARCHIVED)), TicketMapping.STATE);
            }
        } else if (!lead() && Set.of(TicketMapping.OPEN, "won", "lost").contains(state)) {
            draft.put("status", NODES.textNode(state), TicketMapping.STATE);
        } else if (!lead() && state.matches("[0-9]{1,18}")) {
            draft.put("stage_id", NODES.numberNode(Long.parseLong(state)), TicketMapping.STATE);
            draft.put("status", NODES.textNode(TicketMapping.OPEN), TicketMapping.STATE);
        } else {
            draft.refuse(Rejection.NOT_AN_OPTION, TicketMapping.STATE, "it is no state of a ticket");
        }
    }

    @Override
    public boolean outOfDate() {
        Set<AccountField> before = Set.copyOf(catalogue.fields());
        return !Set.copyOf(catalogue.refresh()).equals(before);
    }
}
