package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpReply;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a data source, by which names become ids. It is read when it is first needed, and again when something shows
 * that it is out of date. A property that was found by its name is known by its id from then on, so that renaming it does no harm
 * before the next restart; one that the definition names by its id may be renamed at any time. Thread-safe.
 *
 * @see <a href="https://developers.notion.com/reference/property-object">Notion: data source properties</a>
 */
final class Schema {
    /** The id of the title property of every data source. */
    static final String TITLE = "title";

    /** What is still unknown after a look is not looked for again before. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Api api;
    private final String dataSource;
    private final InstantSource clock;
    private final Map<String, String> ids = new ConcurrentHashMap<>();
    private volatile @Nullable Known known;

    private record Known(List<SchemaProperty> properties, Instant at) {}

    Schema(Api api, String dataSource, InstantSource clock) {
        this.api = api;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    String dataSource() {
        return dataSource;
    }

    /** All properties, as they were last seen. */
    List<SchemaProperty> properties() {
        Known seen = known;
        return seen == null ? refresh() : seen.properties();
    }

    /** The property of an id, or else of a name; empty when there is none. */
    Optional<SchemaProperty> property(String nameOrId) {
        return choose(properties(), nameOrId);
    }

    /** The same, after another look at the data source when it is not there, unless that was done a moment ago. */
    Optional<SchemaProperty> sought(String nameOrId) {
        Optional<SchemaProperty> seen = property(nameOrId);
        return seen.isPresent() ? seen : choose(refreshIfOld(), nameOrId);
    }

    Optional<SchemaProperty> choose(List<SchemaProperty> properties, String nameOrId) {
        String bound = ids.getOrDefault(nameOrId, nameOrId);
        Optional<SchemaProperty> byId =
                properties.stream().filter(property -> property.hasId(bound)).findFirst();
        Optional<SchemaProperty> found = byId.isPresent()
                ? byId
                : properties.stream()
                        .filter(property -> property.name().strip().equals(nameOrId.strip()))
                        .findFirst();
        found.ifPresent(property -> ids.put(nameOrId, property.id()));
        return found;
    }

    /** Reads the properties anew. */
    synchronized List<SchemaProperty> refresh() {
        HttpAnswer answer = api.within(dataSource, HttpCall.get("/v1/data_sources/{id}", dataSource));
        JsonNode told = Api.body(answer).path("properties");
        if (!told.isObject()) {
            throw SyncException.of(Kind.TRANSIENT, answer + " without properties; it is tried again")
                    .inSystem(api.system());
        }
        List<SchemaProperty> found = new ArrayList<>();
        told.properties()
                .forEach(entry ->
                        SchemaProperty.of(entry.getKey(), entry.getValue()).ifPresent(found::add));
        known = new Known(List.copyOf(found), clock.instant());
        return List.copyOf(found);
    }

    /** Reads the properties anew unless that was done a moment ago. */
    List<SchemaProperty> refreshIfOld() {
        Known seen = known;
        return seen != null && seen.at().plus(PATIENCE).isAfter(clock.instant()) ? seen.properties() : refresh();
    }

    /** Forgets what was read, as when Notion tells that it has changed. */
    void forget() {
        known = null;
    }

    /** Makes a property; what came back is for the caller to judge. */
    HttpReply make(String name, JsonNode configuration) {
        ObjectNode body = Json.object();
        body.putObject("properties").set(name, configuration);
        return api.send(HttpCall.patch("/v1/data_sources/{id}", dataSource).body(body));
    }
}
