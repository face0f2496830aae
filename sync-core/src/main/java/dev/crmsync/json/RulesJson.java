package dev.crmsync.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.FeedOrder;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.mapping.Mapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the rules say of one system: what its adapter declares and how it is mapped. Quotas are no rules and left out. */
final class RulesJson {
    private static final String TYPE = "type";
    private static final String CREATES = "creates";

    private RulesJson() {}

    static ObjectNode write(SystemRules rules) {
        ObjectNode node = Json.object()
                .put("vendor", rules.declaration().vendor())
                .put("issuesJoinKey", rules.declaration().issuesJoinKey())
                .put("archives", rules.archives());
        ArrayNode types = node.putArray("types");
        rules.declaration().types().forEach(type -> types.add(write(type)));
        ArrayNode mappings = node.putArray("mappings");
        rules.mappings().values().forEach(mapping -> mappings.add(MappingCodec.write(mapping)));
        return node;
    }

    private static ObjectNode write(TypeDeclaration type) {
        ObjectNode node = Json.object()
                .put(TYPE, type.type())
                .put("asOf", type.asOf().name())
                .put("marksOwnWrites", type.marksOwnWrites());
        ArrayNode creates =
                node.putArray(CREATES).add(type.createLookup().getClass().getSimpleName());
        if (type.createLookup() instanceof CreateLookup.IdempotencyKey key) {
            creates.add(key.ttl().toString());
        } else if (type.createLookup() instanceof CreateLookup.Lookup lookup) {
            creates.add(lookup.lag().toString());
        }
        node.put("tellsDeletes", type.tellsDeletes())
                .put("tellsMerges", type.tellsMerges())
                .put("echoHorizon", type.echoHorizon().toString())
                .put("overlap", type.overlap().toString());
        ArrayNode unobserved = node.putArray("mayGoUnobserved");
        type.mayGoUnobserved().forEach(unobserved::add);
        node.put("feed", type.feed().name()).put("listsSome", type.listsSome());
        ArrayNode lacking = node.putArray("lacking");
        type.lacking().forEach(operation -> lacking.add(operation.name()));
        return node;
    }

    static SystemRules read(JsonNode node) {
        List<TypeDeclaration> types = new ArrayList<>();
        node.path("types").forEach(type -> types.add(type(type)));
        Map<String, Mapping> mappings = new TreeMap<>();
        for (JsonNode one : node.path("mappings")) {
            Mapping mapping = new MappingCodec().decode(one.toString());
            mappings.put(mapping.type(), mapping);
        }
        Declaration declaration = new Declaration(
                node.path("vendor").asText(), node.path("issuesJoinKey").asBoolean(), types, List.of());
        return new SystemRules(declaration, mappings, node.path("archives").asBoolean());
    }

    private static TypeDeclaration type(JsonNode node) {
        List<String> unobserved = new ArrayList<>();
        node.path("mayGoUnobserved").forEach(one -> unobserved.add(one.asText()));
        Set<Operation> lacking = new TreeSet<>();
        node.path("lacking").forEach(one -> lacking.add(Json.constant(Operation.class, one.asText())));
        return new TypeDeclaration(
                node.path(TYPE).asText(),
                Json.constant(AsOfGrade.class, node.path("asOf").asText()),
                node.path("marksOwnWrites").asBoolean(),
                creates(node.path(CREATES)),
                node.path("tellsDeletes").asBoolean(),
                node.path("tellsMerges").asBoolean(),
                Duration.parse(node.path("echoHorizon").asText()),
                Duration.parse(node.path("overlap").asText()),
                unobserved,
                Json.constant(FeedOrder.class, node.path("feed").asText()),
                node.path("listsSome").asBoolean(),
                lacking);
    }

    private static CreateLookup creates(JsonNode node) {
        return switch (node.path(0).asText()) {
            case "UniqueUpsert" -> new CreateLookup.UniqueUpsert();
            case "IdempotencyKey" ->
                new CreateLookup.IdempotencyKey(Duration.parse(node.path(1).asText()));
            case "Lookup" -> new CreateLookup.Lookup(Duration.parse(node.path(1).asText()));
            case "None" -> new CreateLookup.None();
            default ->
                throw Json.unreadable(
                        "rules hold the look-up '" + node.path(0).asText()
                                + "', which this version of crm-sync does not know; run the version that wrote them, or a newer one");
        };
    }
}
