package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.Origin;
import dev.crmsync.spi.model.RecordRef;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes change events of the records in HubSpot's answers. */
final class Rows {
    static final String MERGED_IDS = "hs_merged_object_ids";

    private final String system;
    private final ObjectKind kind;
    private final SortedSet<String> known;

    /**
     * @param kind the kind of objects
     * @param known the properties that reads ask for
     */
    Rows(String system, ObjectKind kind, SortedSet<String> known) {
        this.system = system;
        this.kind = kind;
        this.known = known;
    }

    /** The properties to ask for: those that are known, and those that the adapter itself looks at. */
    SortedSet<String> asked() {
        SortedSet<String> asked = new TreeSet<>(known);
        asked.add(kind.changed());
        asked.add(MERGED_IDS);
        return asked;
    }

    /** The kind of objects. */
    ObjectKind kind() {
        return kind;
    }

    /** The property that holds the time of the last change. */
    String changedBy() {
        return kind.changed();
    }

    /** A record that shows every property that was asked for, as far as the account has it. */
    ChangeEvent full(JsonNode row, HttpAnswer answer, Evidence evidence) {
        Map<String, NativeValue> values = properties(row, known);
        boolean whole = linked(row, values);
        return new ChangeEvent(
                ref(row, answer), ChangeKind.UPSERT, values, whole, asOf(row, answer), Origin.UNKNOWN, evidence, null);
    }

    /** What the answer to a write shows: the properties that were written, and whichever known ones it adds. */
    ChangeEvent shown(JsonNode row, HttpAnswer answer, Set<String> written) {
        Set<String> wanted = new TreeSet<>(known);
        wanted.addAll(written);
        return ChangeEvent.partial(ref(row, answer), properties(row, wanted), asOf(row, answer), Evidence.READ);
    }

    RecordRef ref(JsonNode row, HttpAnswer answer) {
        String id = id(row);
        if (id.isEmpty()) {
            throw SyncException.of(
                            Kind.TRANSIENT,
                            answer + " with a " + kind.singular() + " that has no id; it is tried again")
                    .inSystem(system);
        }
        return ref(id);
    }

    RecordRef ref(String id) {
        return new RecordRef(system, kind.type(), id);
    }

    static String id(JsonNode row) {
        JsonNode id = row.path("id");
        return id.isValueNode() && !id.isNull() ? id.asText() : "";
    }

    /** When the record was changed last, on HubSpot's clock. */
    Optional<Instant> changed(JsonNode row) {
        return Stream.of(row.path("properties").path(kind.changed()), row.path("updatedAt"))
                .flatMap(node -> time(node).stream())
                .max(Instant::compareTo);
    }

    /** When the record was archived, or empty when it is not or does not tell. */
    static Optional<Instant> archived(JsonNode row) {
        return time(row.path("archivedAt"));
    }

    static Optional<Instant> time(JsonNode node) {
        String text = node.isValueNode() ? node.asText() : "";
        try {
            return text.chars().allMatch(Character::isDigit)
                    ? Optional.of(Instant.ofEpochMilli(Long.parseLong(text)))
                    : Optional.of(Instant.parse(text));
        } catch (DateTimeException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    private AsOf asOf(JsonNode row, HttpAnswer answer) {
        Instant read = answer.date();
        return AsOf.read(changed(row).orElse(read), read);
    }

    /**
     * Takes over the association that stands for a property, where the row shows it: of one the other id, of none nothing. Which
     * of several is meant nobody can say, so then it is not known.
     *
     * @return whether all is known that this kind of object has
     */
    private boolean linked(JsonNode row, Map<String, NativeValue> values) {
        ObjectKind.Link link = kind.link();
        if (link == null) {
            return true;
        }
        JsonNode shown = row.path(Links.SHOWN).path(link.to());
        if (!shown.isArray() || shown.size() > 1) {
            return false;
        }
        values.put(
                link.property(),
                shown.isEmpty()
                        ? NativeValue.EMPTY
                        : NativeValue.text(shown.path(0).asText()));
        return true;
    }

    private Map<String, NativeValue> properties(JsonNode row, Set<String> wanted) {
        Map<String, NativeValue> values = new TreeMap<>();
        row.path("properties").properties().forEach(entry -> {
            if (wanted.contains(entry.getKey()) && entry.getValue().isValueNode()) {
                values.put(entry.getKey(), value(entry.getKey(), entry.getValue()));
            }
        });
        return values;
    }

    /** What a property holds: the body of a note is HTML, and everything else flat text. */
    private NativeValue value(String name, JsonNode shown) {
        NativeValue value = NativeText.of(shown);
        return kind.equals(ObjectKind.NOTE) && name.equals(NoteMapping.BODY) && value instanceof NativeValue.Text html
                ? NativeValue.text(NoteHtml.toText(html.text()))
                : value;
    }
}
