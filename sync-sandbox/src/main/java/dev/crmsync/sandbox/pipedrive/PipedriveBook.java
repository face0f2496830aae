package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import dev.crmsync.sandbox.search.LaggingIndex;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The records of one kind and how they change: written, told of, and remembered. Guarded by the stand-in's lock. */
final class PipedriveBook {
    /** A deletion is final after thirty days. */
    static final long FINAL_MS = 30L * 86_400_000;

    private final PipedriveKind kind;
    private final Parts parts;
    private final PipedriveState state;
    private final PipedriveRules rules;
    private final PipedriveReferences references;
    private final LaggingIndex<Item> index;
    private final PipedriveHistory history;
    private final PipedriveEvents events;
    private final PipedriveTeam team;

    PipedriveBook(
            PipedriveKind kind,
            Parts parts,
            PipedriveState state,
            PipedriveRules rules,
            PipedriveReferences references,
            PipedriveHistory history,
            PipedriveEvents events,
            PipedriveTeam team) {
        this.kind = kind;
        this.parts = parts;
        this.state = state;
        this.rules = rules;
        this.references = references;
        this.index = new LaggingIndex<>(parts, "search.lag_ms", "search.lag_jitter_ms");
        this.history = history;
        this.events = events;
        this.team = team;
        rebuild();
    }

    PipedriveKind kind() {
        return kind;
    }

    LaggingIndex<Item> index() {
        return index;
    }

    Collection<Item> all() {
        return state.shelf(kind).items.values();
    }

    /** Builds the index anew; search sees everything at once. */
    void rebuild() {
        index.clear();
        all().forEach(this::noted);
        index.catchUp();
    }

    /** A record that is there and that the token's user may see; a 404 otherwise. */
    Item live(String id) {
        Item item = present(id);
        if (hidden(item)) {
            throw PipedriveErrors.missing(kind);
        }
        return item;
    }

    /** A record that is there. */
    Item present(String id) {
        Item item = references.record(kind, id);
        if (item == null) {
            throw PipedriveErrors.missing(kind);
        }
        return item;
    }

    /** What GET finds: a deleted record too, as the dial says, until its deletion is final. */
    Item found(String id) {
        Item item = references.any(kind, id);
        if (item == null || !item.deleted) {
            return live(id);
        }
        boolean over = parts.clock().millis() - item.updateTime >= FINAL_MS;
        boolean shown = parts.dials().is("deleted.get", "found") && item.mergedInto.isEmpty();
        if (over || hidden(item) || !shown) {
            boolean gone = parts.dials().is("deleted.get", "410") && !over && item.mergedInto.isEmpty();
            throw gone ? PipedriveErrors.of(410, kind.title() + " is gone", "ERR_GONE") : PipedriveErrors.missing(kind);
        }
        return item;
    }

    /** Whether the token's user may not see it. */
    boolean hidden(Item item) {
        return !team.tokenSees(item);
    }

    Item create(JsonNode body, PipedriveOrigin origin, boolean emit) {
        ObjectNode values = rules.accept(null, body, origin);
        Item item = new Item();
        item.number = state.next(kind.word());
        item.id = kind == PipedriveKind.LEAD ? uuid(item.number) : String.valueOf(item.number);
        item.addTime = parts.clock().millis();
        item.updateTime = item.addTime;
        Long given = PipedriveTimes.parse(values.path("add_time").asText(""));
        if (given != null) {
            item.addTime = given;
        }
        values.remove("add_time");
        item.values = PipedriveDiff.of(Json.object(), values).after();
        state.shelf(kind).items.put(item.number, item);
        noted(item);
        history.created(kind, item, origin);
        if (emit) {
            events.created(kind, item, origin);
        }
        parts.changed().run();
        return item;
    }

    void update(Item item, JsonNode body, PipedriveOrigin origin) {
        apply(item, rules.accept(item, body, origin), origin, null);
    }

    /** Sets values that need no checking; a change that a merge brings about names the loser. */
    void apply(Item item, ObjectNode values, PipedriveOrigin origin, @Nullable Item mergedFrom) {
        PipedriveDiff diff = PipedriveDiff.of(item.values, values);
        if (diff.isEmpty() && mergedFrom == null && !parts.dials().on("writes.same_value_emits")) {
            return;
        }
        long before = item.updateTime;
        item.values = diff.after();
        item.updateTime = parts.clock().millis();
        noted(item);
        history.changed(kind, item, diff, origin);
        events.changed(kind, item, events.previous(kind, item, diff.before(), before), origin, mergedFrom);
        parts.changed().run();
    }

    /** Changes a value beside the rules; only the time of change tells of it, if that. */
    void move(Item item, ObjectNode values, boolean touched) {
        item.values = PipedriveDiff.of(item.values, values).after();
        if (touched) {
            item.updateTime = parts.clock().millis();
        }
        noted(item);
    }

    void delete(Item item, PipedriveOrigin origin, @Nullable Item mergedTo) {
        ObjectNode last = events.shown(kind, item);
        item.deleted = true;
        item.mergedInto = mergedTo == null ? "" : mergedTo.id;
        item.updateTime = parts.clock().millis();
        noted(item);
        events.deleted(kind, item, last, origin, mergedTo);
        parts.changed().run();
    }

    /** Undoes a deletion that is not final; what tells of it is not documented. */
    void restore(Item item, PipedriveOrigin origin) {
        boolean over = parts.clock().millis() - item.updateTime >= FINAL_MS;
        if (!item.deleted || over || !item.mergedInto.isEmpty()) {
            throw PipedriveErrors.missing(kind);
        }
        item.deleted = false;
        item.updateTime = parts.clock().millis();
        noted(item);
        switch (parts.dials().word("restore.event")) {
            case "change" -> events.changed(kind, item, Json.object().put("is_deleted", true), origin, null);
            case "create" -> events.created(kind, item, origin);
            default -> {}
        }
        parts.changed().run();
    }

    /** Any record, deleted ones too. */
    Item any(String id) {
        Item item = references.any(kind, id);
        if (item == null) {
            throw PipedriveErrors.missing(kind);
        }
        return item;
    }

    private String uuid(long number) {
        return new UUID(
                        parts.chance().bits("lead", 2 * number) & ~0xf000L | 0x4000L,
                        parts.chance().bits("lead", 2 * number + 1) & ~(3L << 62) | 1L << 63)
                .toString();
    }

    private void noted(Item item) {
        index.note(item.id, item.deleted ? null : item.copy());
    }
}
