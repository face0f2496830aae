package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes change events of pages of one data source. */
final class Rows {
    private static final String PREFIX = "properties.";

    private final String system;
    private final RecordKind kind;
    private final Schema schema;
    private final PropertyItems items;

    Rows(String system, RecordKind kind, Schema schema, PropertyItems items) {
        this.system = system;
        this.kind = kind;
        this.schema = schema;
        this.items = items;
    }

    /** The native property of a property, in the definition's word for it. */
    static String property(String nameOrId) {
        return PREFIX + nameOrId;
    }

    static boolean isProperty(String property) {
        return property.startsWith(PREFIX) && property.length() > PREFIX.length();
    }

    /** The property that a native one names, in the definition's word for it. */
    static String nameOrId(String property) {
        return property.substring(PREFIX.length());
    }

    RecordKind kind() {
        return kind;
    }

    Schema schema() {
        return schema;
    }

    /** Whether a page belongs to the data source; one that was moved away is out of scope, and not deleted. */
    boolean holds(JsonNode page) {
        return Ids.of(page.path("parent").path("data_source_id"))
                .filter(kind.dataSource()::equals)
                .isPresent();
    }

    static boolean trashed(JsonNode page) {
        return page.path("in_trash").asBoolean(page.path("archived").asBoolean(false));
    }

    /** What a row of a query says: the page, that it is in the trash, or, where it shows nothing, that it is to be read. */
    ChangeEvent event(JsonNode page, HttpAnswer answer, Evidence evidence) {
        RecordRef ref = ref(page, answer);
        if (trashed(page)) {
            return ChangeEvent.of(ref, ChangeKind.ARCHIVE, asOf(page, answer), evidence);
        } else if (!page.path("properties").isObject()) {
            return ChangeEvent.of(ref, ChangeKind.GAP, asOf(page, answer), evidence);
        }
        return full(page, answer, evidence);
    }

    /** A page that shows every property that the adapter can read, as far as the data source has it. */
    ChangeEvent full(JsonNode page, HttpAnswer answer, Evidence evidence) {
        RecordRef ref = ref(page, answer);
        return ChangeEvent.full(ref, properties(ref.id(), page), asOf(page, answer), evidence);
    }

    /** What the answer to a write shows. */
    ChangeEvent shown(JsonNode page, HttpAnswer answer) {
        RecordRef ref = ref(page, answer);
        return ChangeEvent.partial(ref, properties(ref.id(), page), asOf(page, answer), Evidence.READ);
    }

    private Map<String, NativeValue> properties(String id, JsonNode page) {
        Map<String, NativeValue> values = new TreeMap<>();
        for (String name : kind.properties()) {
            JsonNode held = held(page, name);
            String type = held.path("type").asText("");
            boolean single = kind.single(name);
            // The first of a list that is cut is the first all the same.
            boolean whole = held.isMissingNode() || single || !PropertyItems.cut(held);
            JsonNode entries =
                    whole ? held.path(type) : items.all(id, held.path("id").asText());
            NativeValue value = Values.read(held, entries, single);
            if (value != null) {
                values.put(property(name), value);
            }
        }
        return values;
    }

    /** Where a page holds a property, by the property's id. */
    JsonNode held(JsonNode page, String nameOrId) {
        SchemaProperty property = schema.sought(nameOrId).orElse(null);
        if (property != null) {
            for (JsonNode held : page.path("properties")) {
                if (property.hasId(held.path("id").asText(""))) {
                    return held;
                }
            }
        }
        return MissingNode.getInstance();
    }

    /** All entries of a property, read to the end where the page shows only its beginning. */
    JsonNode entries(String page, JsonNode held) {
        return PropertyItems.cut(held)
                ? items.all(page, held.path("id").asText())
                : held.path(held.path("type").asText(""));
    }

    RecordRef ref(JsonNode page, HttpAnswer answer) {
        return Ids.of(page.path("id"))
                .map(this::ref)
                .orElseThrow(() -> SyncException.of(
                                Kind.TRANSIENT, answer + " with a page that has no id; it is tried again")
                        .inSystem(system));
    }

    RecordRef ref(String id) {
        return new RecordRef(system, kind.type(), id);
    }

    /** When a page was edited last, floored to the minute. */
    static Optional<Instant> edited(JsonNode page) {
        return Times.of(page.path("last_edited_time")).map(Times::minute);
    }

    static Optional<Instant> created(JsonNode page) {
        return Times.of(page.path("created_time")).map(Times::minute);
    }

    /** The whole minute of the last edit: whatever happened within it is not ordered. */
    static AsOf asOf(JsonNode page, HttpAnswer answer) {
        return Times.asOf(edited(page).orElse(answer.date()));
    }

    /** Nothing promises that putting a page into the trash counts as an edit: it was there at its last one, and is not now. */
    static AsOf goneSince(JsonNode page, HttpAnswer answer) {
        Instant now = answer.date().plusSeconds(1);
        return AsOf.read(edited(page).orElse(answer.date()), now);
    }
}
