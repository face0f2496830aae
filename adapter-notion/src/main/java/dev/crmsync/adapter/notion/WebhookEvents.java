package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.Json;
import dev.crmsync.http.Signatures;
import dev.crmsync.spi.adapter.Receipt.Keyed;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes change events of webhooks. They bear no values, several changes come as one, and in no order: each says which page to read,
 * and what is read says the rest, that the page is in the trash included.
 *
 * @see <a href="https://developers.notion.com/reference/webhooks-events-delivery">Notion: event types and delivery</a>
 */
final class WebhookEvents {
    private static final Pattern KEY = Pattern.compile("[0-9a-zA-Z-]{8,64}");

    private final String system;
    private final Map<String, Schema> schemas = new LinkedHashMap<>();
    private final Map<String, String> types = new LinkedHashMap<>();
    private final Authors authors;
    private final InstantSource clock;

    /**
     * @param followed the data sources, each with the canonical type of its pages
     */
    WebhookEvents(String system, Map<Schema, String> followed, Authors authors, InstantSource clock) {
        this.system = system;
        this.authors = authors;
        this.clock = clock;
        followed.forEach((schema, type) -> {
            schemas.put(schema.dataSource(), schema);
            types.put(schema.dataSource(), type);
        });
    }

    /**
     * The events of one webhook.
     *
     * @return none when it is of a kind that is not followed; empty when it cannot be understood
     */
    Optional<List<Keyed>> read(JsonNode event) {
        String type = event.path("type").asText("");
        Optional<String> entity = Ids.of(event.path("entity").path("id"));
        if (type.isEmpty() || entity.isEmpty()) {
            return Optional.empty();
        } else if (type.startsWith("data_source.")) {
            dataSource(entity.get());
            return Optional.of(List.of());
        }
        return type.startsWith("page.") ? page(event, type, entity.get()) : Optional.of(List.of());
    }

    /** Its properties may be others now. */
    private void dataSource(String id) {
        Schema schema = schemas.get(id);
        if (schema != null) {
            schema.forget();
        }
    }

    private Optional<List<Keyed>> page(JsonNode event, String what, String id) {
        JsonNode parent = event.path("data").path("parent");
        Optional<String> told = Ids.of(parent.path("data_source_id"))
                .or(() -> parent.path("type").asText("").equals("data_source")
                        ? Ids.of(parent.path("id"))
                        : Optional.empty());
        if (told.isEmpty() && !parent.isObject()) {
            return Optional.empty();
        }
        String own = told.map(types::get).orElse(null);
        if (own != null) {
            return Optional.of(List.of(keyed(event, own, id, ChangeKind.GAP, "")));
        } else if (told.isEmpty() && parent.path("type").asText("").equals("database")) {
            // Subscriptions of older versions name the database alone: whose page it is, only a read can tell.
            return Optional.of(types.values().stream()
                    .map(type -> keyed(event, type, id, ChangeKind.GAP, ":" + type))
                    .toList());
        } else if (!what.equals("page.moved")) {
            return Optional.of(List.of());
        }
        // Where it was moved to is told, and not from where: it may have been either, and whoever was not known is of
        // no account.
        List<Keyed> away = new ArrayList<>();
        for (String former : types.values()) {
            away.add(keyed(event, former, id, ChangeKind.NOT_VISIBLE, ":" + former));
        }
        return Optional.of(away);
    }

    private Keyed keyed(JsonNode event, String type, String id, ChangeKind kind, String suffix) {
        Instant at = Times.of(event.path("timestamp")).orElseGet(clock::instant);
        ChangeEvent said = ChangeEvent.of(new RecordRef(system, type, id), kind, AsOf.at(at), Evidence.EVENT);
        return new Keyed(key(event) + suffix, said.withOrigin(authors.origin(event)));
    }

    /** The same for every attempt at one delivery: the event's own id, else what it says apart from the attempt. */
    private static String key(JsonNode event) {
        String own = event.path("id").asText("");
        if (KEY.matcher(own).matches()) {
            return own;
        }
        var said = Json.object();
        for (String member : List.of("type", "timestamp", "entity", "data", "authors")) {
            said.set(member, event.path(member).deepCopy());
        }
        return "sha256:" + Signatures.hex(Signatures.sha256(Json.bytes(said)));
    }
}
