package dev.crmsync.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.resolver.Conflict;
import dev.crmsync.spi.resolver.Resolution;
import dev.crmsync.spi.resolver.Resolver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules as a document: policy, mappings and declarations, under the digest that they have. The tables of who is the same
 * person are left out: they name people, and nothing that is planned asks for them. Immutable.
 */
public final class RulesCodec {
    private static final int FORMAT = 1;

    private static final String HASH = "hash";
    private static final String REGION = "region";
    private static final String POLICY = "policy";
    private static final String SYSTEMS = "systems";

    /** Makes the codec. */
    public RulesCodec() {}

    /**
     * Writes rules.
     *
     * @param rules the rules
     * @return their document
     */
    public Bytes encode(Rules rules) {
        return Json.bytes(write(rules));
    }

    ObjectNode write(Rules rules) {
        ObjectNode node = Json.document(FORMAT)
                .put(HASH, rules.hash())
                .put(REGION, rules.lenses().canon().defaultRegion());
        node.set(POLICY, PolicyCodec.write(rules.policy(), false));
        ObjectNode systems = node.putObject(SYSTEMS);
        rules.systems().forEach((name, system) -> systems.set(name, RulesJson.write(system)));
        return node;
    }

    /**
     * Reads rules.
     *
     * @param document their document
     * @param resolvers resolvers that the policy may name; one that it names and that is not given fails when it is asked
     * @return the rules, under the digest that they had when they were written
     * @throws dev.crmsync.spi.SyncException of kind PERMANENT when the document is damaged or of a newer version
     */
    public Rules decode(Bytes document, Collection<? extends Resolver> resolvers) {
        return read(Json.read(document, FORMAT, "a document of rules"), resolvers);
    }

    Rules read(JsonNode node, Collection<? extends Resolver> resolvers) {
        Policy policy = new PolicyCodec().decode(node.path(POLICY).toString());
        Map<String, SystemRules> systems = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node.path(SYSTEMS).properties()) {
            systems.put(entry.getKey(), RulesJson.read(entry.getValue()));
        }
        Rules rules = Rules.of(policy, systems, node.path(REGION).asText(), complete(policy, resolvers));
        return rules.restored(node.path(HASH).asText(), rules.lenses(), resolver -> resolver);
    }

    private static List<Resolver> complete(Policy policy, Collection<? extends Resolver> given) {
        List<Resolver> all = new ArrayList<>(given);
        policy.policies().values().stream()
                .flatMap(type -> type.fields().values().stream())
                .forEach(field -> {
                    if (field.rule() instanceof FieldRule.Resolved named) {
                        all.add(new Missing(named.resolver(), named.version()));
                    }
                });
        return all;
    }

    /** Stands behind those that were given. */
    private record Missing(String id, int version) implements Resolver {
        @Override
        public Resolution resolve(Conflict conflict) {
            throw new IllegalStateException("the resolver " + id + " version " + version + " was not given");
        }
    }
}
