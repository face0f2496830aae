package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
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
    static final String CHANGED = "lastmodifieddate";
    static final String MERGED_IDS = "hs_merged_object_ids";

    private final String system;
    private final SortedSet<String> known;

    /**
     * @param known the properties that reads ask for
     */
    Rows(String system, SortedSet<String> known) {
        this.system = system;
        this.known = known;
    }

    /** The properties to ask for: those that are known, and those that the adapter itself looks at. */
    SortedSet<String> asked() {
        SortedSet<String> asked = new TreeSet<>(known);
        asked.add(CHANGED);
        asked.add(MERGED_IDS);
        return asked;
    }

    /** A record that shows every property that was asked for, as far as the account has it. */
    ChangeEvent full(JsonNode row, HttpAnswer answer, Evidence evidence) {
        return ChangeEvent.full(ref(row, answer), properties(row, known), asOf(row, answer), evidence);
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
            throw SyncException.of(Kind.TRANSIENT, answer + " with a contact that has no id; it is tried again")
                    .inSystem(system);
        }
        return ref(id);
    }

    RecordRef ref(String id) {
        return new RecordRef(system, Contact.TYPE, id);
    }

    static String id(JsonNode row) {
        JsonNode id = row.path("id");
        return id.isValueNode() && !id.isNull() ? id.asText() : "";
    }

    /** When the record was changed last, on HubSpot's clock. */
    static Optional<Instant> changed(JsonNode row) {
        return Stream.of(row.path("properties").path(CHANGED), row.path("updatedAt"))
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

    private static Map<String, NativeValue> properties(JsonNode row, Set<String> wanted) {
        Map<String, NativeValue> values = new TreeMap<>();
        row.path("properties").properties().forEach(entry -> {
            if (wanted.contains(entry.getKey()) && entry.getValue().isValueNode()) {
                values.put(entry.getKey(), NativeText.of(entry.getValue()));
            }
        });
        return values;
    }
}
