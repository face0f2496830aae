package dev.crmsync.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.policy.FieldPolicy;
import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.Leaving;
import dev.crmsync.policy.OnRendering;
import dev.crmsync.policy.OnTaken;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.Scope;
import dev.crmsync.policy.Skew;
import dev.crmsync.policy.TypePolicy;
import dev.crmsync.policy.TypePolicyBuilder;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Policies as documents that people write and keep under version control, with the same power as policies in Java. What is
 * written reads back as an equal policy with the same hash. Immutable and thread-safe.
 */
public final class PolicyCodec {
    /** The format of the documents that are written, and the only one that is read. */
    public static final int FORMAT = 1;

    /** Makes the codec. */
    public PolicyCodec() {}

    /**
     * Writes a policy.
     *
     * @param policy the policy
     * @return JSON with one member a line
     */
    public String encode(Policy policy) {
        return Place.pretty(write(policy, true));
    }

    /** The document; without the tables of who is the same person when these are not wanted. */
    static ObjectNode write(Policy policy, boolean people) {
        ObjectNode root =
                Json.object().put("format", FORMAT).put("policy", policy.name()).put("version", policy.version());
        ObjectNode types = root.putObject("types");
        policy.types()
                .forEach(type -> types.set(
                        type.name(), type(type, policy.type(type.name()).orElseThrow(), people)));
        return root;
    }

    private static ObjectNode type(RecordType type, TypePolicy policy, boolean people) {
        ObjectNode node = Json.object();
        if (!FieldJson.known(type)) {
            node.set("has", FieldJson.write(type));
        }
        ObjectNode fields = node.putObject("fields");
        policy.fields().forEach((name, field) -> fields.set(name, field(field)));
        if (!policy.records().isEmpty()) {
            ObjectNode records = node.putObject("records");
            policy.records().forEach((system, rule) -> records.set(system, record(rule)));
        }
        if (!policy.matchedBy().isEmpty()) {
            ArrayNode match = node.putArray("matchedBy");
            policy.matchedBy().forEach(match::add);
        }
        if (people && !policy.same().isEmpty()) {
            ArrayNode same = node.putArray("same");
            policy.same().forEach(row -> row.forEach(same.addObject()::put));
        }
        return node;
    }

    private static ObjectNode field(FieldPolicy field) {
        ObjectNode node = FieldRuleJson.write(field.rule());
        if (field.receivers() != null) {
            ArrayNode receivers = node.putArray("receivedBy");
            field.receivers().forEach(receivers::add);
        }
        if (!field.debounce().isZero()) {
            node.put("debounce", field.debounce().toString());
        }
        if (field.onRendering() != OnRendering.REMEMBER) {
            node.put("onRendering", Place.word(field.onRendering()));
        }
        if (field.onTaken() != OnTaken.REVIEW) {
            node.put("onTaken", Place.word(field.onTaken()));
        }
        return node;
    }

    private static ObjectNode record(RecordRule rule) {
        ObjectNode node = Json.object().put("create", rule.mayCreate()).put("archive", rule.mayArchive());
        Scope scope = rule.scope();
        if (scope != null) {
            ObjectNode within =
                    node.putObject("within").put("field", scope.field().name());
            if (!scope.values().isEmpty()) {
                ArrayNode values = within.putArray("values");
                scope.values().forEach(values::add);
            }
            node.put("leaving", Place.word(rule.leaving()));
        }
        if (!rule.knownAt().isEmpty()) {
            rule.knownAt().forEach(node.putArray("knownAt")::add);
        }
        Skew deletes = rule.deletes();
        if (deletes != null) {
            FieldRuleJson.skew(node.putObject("deletesFollowed"), deletes);
        }
        return node;
    }

    /**
     * Reads a policy.
     *
     * @param text the document
     * @return the policy
     * @throws dev.crmsync.spi.SyncException of kind CONFIGURATION that names the place in the document and the remedy
     */
    public Policy decode(String text) {
        Place root = Place.read("the policy", text, FORMAT).only("format", "policy", "version", "types");
        Policy policy = Policy.named(root.text("policy")).version(root.whole("version"));
        for (Map.Entry<String, Place> entry : root.needed("types").members().entrySet()) {
            Place place = entry.getValue().only("has", "fields", "records", "matchedBy", "same");
            RecordType type = FieldJson.type(entry.getKey(), place);
            policy = policy.type(type, builder -> define(builder, type, place));
        }
        return policy;
    }

    private static TypePolicyBuilder define(TypePolicyBuilder builder, RecordType type, Place place) {
        place.needed("fields").members().forEach((name, field) -> field(builder, type, name, field));
        Place records = place.member("records");
        if (records != null) {
            records.members()
                    .forEach((system, rule) -> rule.building(() -> builder.records(system, record(type, rule))));
        }
        Place match = place.member("matchedBy");
        if (match != null) {
            Field[] fields = match.items().stream()
                    .map(named -> known(type, named.text(), named))
                    .toArray(Field[]::new);
            match.building(() -> builder.matchedBy(fields));
        }
        Place same = place.member("same");
        if (same != null) {
            same.items().forEach(row -> row.building(() -> builder.same(texts(row))));
        }
        return builder;
    }

    private static Map<String, String> texts(Place row) {
        Map<String, String> texts = new TreeMap<>();
        row.members().forEach((name, value) -> texts.put(name, value.text()));
        return texts;
    }

    private static void field(TypePolicyBuilder builder, RecordType type, String name, Place place) {
        Field field = known(type, name, place);
        FieldRule rule = FieldRuleJson.read(place, "receivedBy", "debounce", "onRendering", "onTaken");
        place.building(() -> builder.rule(field, rule));
        Place receivers = place.member("receivedBy");
        if (receivers != null) {
            List<String> systems = receivers.items().stream().map(Place::text).toList();
            receivers.building(() -> builder.receivedBy(field, systems.toArray(String[]::new)));
        }
        Place debounce = place.member("debounce");
        if (debounce != null) {
            debounce.building(() -> builder.debounced(field, debounce.time()));
        }
        Place rendering = place.member("onRendering");
        if (rendering != null) {
            OnRendering answer = place.constant("onRendering", OnRendering.class, OnRendering.REMEMBER);
            rendering.building(() -> builder.onRendering(field, answer));
        }
        Place taken = place.member("onTaken");
        if (taken != null) {
            OnTaken answer = place.constant("onTaken", OnTaken.class, OnTaken.REVIEW);
            taken.building(() -> builder.onTaken(field, answer));
        }
    }

    private static Field known(RecordType type, String name, Place place) {
        return type.field(name)
                .orElseThrow(() -> place.wrong("is no field of " + type.name() + "; it has "
                        + type.fields().stream().map(Field::name).toList()
                        + ", and keys of its bags are written as bag.key"));
    }

    private static RecordRule record(RecordType type, Place place) {
        place.only("create", "archive", "within", "leaving", "deletesFollowed", "knownAt");
        Place within = place.member("within");
        Scope scope = null;
        if (within != null) {
            Place named = within.only("field", "values").needed("field");
            scope = new Scope(known(type, named.text(), named), new TreeSet<>(within.texts("values")));
        }
        Place deletes = place.member("deletesFollowed");
        SortedSet<String> knownAt = new TreeSet<>(place.texts("knownAt"));
        if (!knownAt.isEmpty() && !place.flag("create")) {
            throw place.wrong("says where a record must be known before one is made, and none is made; set create");
        }
        return new RecordRule(
                place.flag("create"),
                place.flag("archive"),
                scope,
                place.constant("leaving", Leaving.class, Leaving.STOP_FOLLOWING),
                deletes == null ? null : FieldRuleJson.skew(deletes.only("skew", "skews")),
                knownAt);
    }
}
