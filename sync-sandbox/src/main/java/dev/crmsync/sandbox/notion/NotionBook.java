package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.notion.NotionState.DataSource;
import dev.crmsync.sandbox.notion.NotionState.Page;
import dev.crmsync.sandbox.notion.NotionState.Property;
import dev.crmsync.sandbox.search.LaggingIndex;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages: what becomes of them, and who is told. Guarded by the stand-in's lock. */
final class NotionBook {
    private final Parts parts;
    private final NotionState state;
    private final NotionValues values;
    private final NotionEvents events;
    private final LaggingIndex<Page> queried;
    private final LaggingIndex<Page> searched;

    NotionBook(Parts parts, NotionState state, NotionValues values, NotionEvents events) {
        this.parts = parts;
        this.state = state;
        this.values = values;
        this.events = events;
        this.queried = new LaggingIndex<>(parts, "query.lag_ms", "query.lag_jitter_ms");
        this.searched = new LaggingIndex<>(parts, "search.lag_ms", "search.lag_jitter_ms");
    }

    /** The pages as queries see them, in no order. */
    List<Page> queried() {
        return queried.visible();
    }

    /** The pages as search sees them, in no order. */
    List<Page> searched() {
        return searched.visible();
    }

    /** Lets queries and search see everything now. */
    void catchUp() {
        queried.catchUp();
        searched.catchUp();
    }

    /** Builds both indexes anew. */
    void rebuild() {
        queried.clear();
        searched.clear();
        state.pages.values().forEach(this::note);
        catchUp();
    }

    /** A page, whether the integration may see it or not. */
    Page any(String id) {
        String known = NotionIds.read(id);
        Page page = known == null ? null : state.pages.get(known);
        if (page == null) {
            throw NotionErrors.missing("page", id);
        }
        return page;
    }

    Page create(DataSource source, JsonNode properties, NotionActor actor, boolean emit) {
        ObjectNode accepted = values.accept(source, properties, actor);
        Page page = new Page();
        page.number = state.next("page");
        page.id = NotionIds.uuid(parts, "page", page.number);
        page.dataSource = source.id;
        page.unique = ++source.lastUnique;
        page.values = merged(page.values, accepted);
        page.by(actor, parts.clock().millis());
        state.pages.put(page.id, page);
        note(page);
        if (emit) {
            events.page("created", page, actor);
            events.rows(source, page, actor);
        }
        parts.changed().run();
        return page;
    }

    /** Sets what is named and leaves everything else. */
    void update(Page page, JsonNode properties, NotionActor actor) {
        DataSource source = state.dataSources.get(page.dataSource);
        if (source == null) {
            throw NotionErrors.invalid("Page " + page.id + " is no row of a data source, so it has no properties.");
        }
        ObjectNode accepted = values.accept(source, properties, actor);
        ObjectNode after = merged(page.values, accepted);
        List<String> changed = new ArrayList<>();
        accepted.fieldNames().forEachRemaining(id -> {
            if (parts.dials().on("writes.same_value_emits")
                    || !page.values.path(id).equals(after.path(id))) {
                changed.add(id);
            }
        });
        if (changed.isEmpty()) {
            return;
        }
        page.values = after;
        touch(page, actor);
        events.properties(page, actor, changed);
    }

    /** Puts a page into the trash, or takes it out again; nothing happens when it is there already. */
    void trash(Page page, boolean trashed, NotionActor actor) {
        if (page.trashed == trashed) {
            return;
        }
        page.trashed = trashed;
        touch(page, actor);
        events.page(trashed ? "deleted" : "undeleted", page, actor);
        rows(page, actor);
    }

    /** Locks a page in the workspace's own pages, or unlocks it. */
    void lock(Page page, boolean locked, NotionActor actor) {
        if (page.locked != locked) {
            page.locked = locked;
            touch(page, actor);
            events.page(locked ? "locked" : "unlocked", page, actor);
        }
    }

    /** Moves a page to another data source, where properties of the same name and type keep their values, or out of all. */
    void move(Page page, @Nullable DataSource to, NotionActor actor) {
        DataSource from = state.dataSources.get(page.dataSource);
        ObjectNode kept = Json.object();
        if (from != null && to != null) {
            for (Property old : from.properties.values()) {
                Property same = NotionSchema.find(to, old.name);
                if (same != null
                        && same.type.equals(old.type)
                        && !NotionSchema.type(old).hasOptions()) {
                    JsonNode value = page.values.get(old.id);
                    if (value != null) {
                        kept.set(same.id, value);
                    }
                }
            }
        }
        page.values = kept;
        page.dataSource = to == null ? "" : to.id;
        touch(page, actor);
        if (to != null) {
            page.unique = ++to.lastUnique;
            events.page("moved", page, actor);
            events.rows(to, page, actor);
        } else if (from != null && parts.dials().on("events.moved_out")) {
            events.movedOut(page, from, actor);
        }
        if (from != null) {
            events.rows(from, page, actor);
        }
    }

    /** Takes a page away for good; nobody is told. */
    void erase(Page page) {
        state.pages.remove(page.id);
        state.blocks.values().removeIf(one -> one.page.equals(page.id));
        state.comments.values().removeIf(one -> one.page.equals(page.id));
        queried.note(page.id, null);
        searched.note(page.id, null);
        parts.changed().run();
    }

    /** Notes that a page was edited now. */
    void touch(Page page, NotionActor actor) {
        page.edited(actor, parts.clock().millis());
        note(page);
        parts.changed().run();
    }

    private void rows(Page page, NotionActor actor) {
        DataSource source = state.dataSources.get(page.dataSource);
        if (source != null) {
            events.rows(source, page, actor);
        }
    }

    private void note(Page page) {
        Page version = page.copy();
        queried.note(page.id, version);
        searched.note(page.id, version);
    }

    private static ObjectNode merged(ObjectNode before, ObjectNode changes) {
        ObjectNode after = before.deepCopy();
        changes.properties().forEach(one -> {
            if (one.getValue().isNull()) {
                after.remove(one.getKey());
            } else {
                after.set(one.getKey(), one.getValue());
            }
        });
        return after;
    }
}
