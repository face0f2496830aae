package com.example.ledgerly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What Ledgerly's JSON of a contact is in native values, and back. */
final class ContactShape {
    private static final List<String> PROPERTIES = List.of(
            LedgerlyMapping.NAME,
            LedgerlyMapping.EMAIL,
            LedgerlyMapping.PHONE,
            LedgerlyMapping.NOTE,
            LedgerlyMapping.TAGS,
            LedgerlyMapping.CUSTOM);

    private final String system;
    private final InstantSource clock;

    ContactShape(String system, InstantSource clock) {
        this.system = system;
        this.clock = clock;
    }

    RecordRef ref(String id) {
        return new RecordRef(system, Contact.TYPE, id);
    }

    /**
     * A whole contact; empty when it has no id or no time. A read was true from the contact's time of change until now
     * (A50, A51). "Now" is our own clock: where it goes before Ledgerly's, an edit may look as if it were of the same
     * time, and is read once more.
     */
    Optional<ChangeEvent> whole(JsonNode row, Evidence evidence) {
        Optional<Instant> updated = time(row.path("updated_at"));
        String id = row.path("id").asText("");
        return updated.filter(known -> !id.isEmpty())
                .map(known -> ChangeEvent.full(ref(id), properties(row), AsOf.read(known, clock.instant()), evidence));
    }

    /** The properties that are there. One that is left out is unknown, and one that is null is empty (A14, A61). */
    static Map<String, NativeValue> properties(JsonNode row) {
        Map<String, NativeValue> properties = new TreeMap<>();
        for (String name : PROPERTIES) {
            if (row.has(name)) {
                properties.put(name, Json.toNative(row.path(name)));
            }
        }
        return properties;
    }

    /** The body of a create or a change: what the write names and nothing else, null for what is cleared (A20). */
    static ObjectNode body(Write write) {
        ObjectNode body = Json.object();
        write.properties().forEach((name, value) -> body.set(name, Json.fromNative(value)));
        Write.ExternalId externalId = write.externalId();
        return externalId == null ? body : body.put(externalId.property(), externalId.value());
    }

    /** A time as Ledgerly writes it; empty when it is none. */
    static Optional<Instant> time(JsonNode text) {
        try {
            return Optional.of(Instant.parse(text.asText("")));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
