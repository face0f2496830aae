package dev.crmsync.testkit.policy;

import dev.crmsync.lint.LintRule;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.policy.FieldPolicy;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.resolver.Resolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tests a policy as its author would say it, without an engine, a store, a thread or a clock:
 *
 * <pre>{@code
 * PolicyTest policy = PolicyTest.of(Policies.guide().kirim("kirim").primaryCrm("crm"));
 *
 * policy.given("kirim", NAME, "Budi").and("crm", NAME, "Budi Santoso")
 *       .when("kirim", NAME, "budi 🌴")
 *       .then("crm", NAME, "Budi Santoso").because(OVERRULED_BY_OWNER);
 * }</pre>
 *
 * The systems are perfect ones that carry every field as it is; the planner is the one that runs in production. Immutable
 * and thread-safe: one instance may serve many tests.
 */
public final class PolicyTest {
    static final String JOIN_KEY = "join_key";

    private final Policy policy;
    private final Set<String> systems;
    private final Map<String, Mapping> mappings;

    private final List<Resolver> resolvers;

    private PolicyTest(Policy policy, Set<String> systems, Map<String, Mapping> mappings, List<Resolver> resolvers) {
        this.policy = policy;
        this.resolvers = List.copyOf(resolvers);
        this.systems = new TreeSet<>(systems);
        this.mappings = new TreeMap<>(mappings);
    }

    /**
     * Tests a policy between the systems that it names.
     *
     * @param policy the policy
     * @return the beginning of tests
     */
    public static PolicyTest of(Policy policy) {
        Set<String> named = new TreeSet<>();
        policy.policies().values().forEach(type -> {
            named.addAll(type.records().keySet());
            type.fields().values().forEach(field -> named.addAll(systems(field)));
        });
        return new PolicyTest(policy, named, Map.of(), List.of());
    }

    private static Set<String> systems(FieldPolicy field) {
        Set<String> named = new TreeSet<>();
        if (field.receivers() != null) {
            named.addAll(field.receivers());
        }
        named.addAll(field.rule().systems());
        return named;
    }

    /**
     * The same test with systems that the policy does not name.
     *
     * @param more their names
     * @return a copy
     */
    public PolicyTest and(String... more) {
        Set<String> all = new TreeSet<>(systems);
        all.addAll(List.of(more));
        return new PolicyTest(policy, all, mappings, resolvers);
    }

    /**
     * The same test with a system's own mapping in place of the perfect one.
     *
     * @param system the system
     * @param mapping its mapping
     * @return a copy
     */
    public PolicyTest mapping(String system, Mapping mapping) {
        Map<String, Mapping> all = new TreeMap<>(mappings);
        all.put(system + "/" + mapping.type(), mapping);
        return and(system).with(all);
    }

    /**
     * The same test with the resolvers that the policy names.
     *
     * @param named the resolvers
     * @return a copy
     */
    public PolicyTest resolvers(Resolver... named) {
        return new PolicyTest(policy, systems, mappings, List.of(named));
    }

    /**
     * Asserts what lint finds in the policy, between the systems of this test.
     *
     * @param expected lint rules whose warnings are known and meant
     * @return this
     * @throws AssertionError with all other findings
     */
    public PolicyTest lint(LintRule... expected) {
        LintAssert.assertClean(rules(), expected);
        return this;
    }

    private PolicyTest with(Map<String, Mapping> all) {
        return new PolicyTest(policy, systems, all, resolvers);
    }

    /** The first type of the policy that has the field; a field that none has is told of by the scenario. */
    private RecordType typeOf(Field field) {
        return policy.types().stream()
                .filter(type -> type.field(field.name()).filter(field::equals).isPresent())
                .findFirst()
                .orElse(policy.types().get(0));
    }

    /**
     * Begins a test with a record that holds a value. The record is of the first type of the policy that has the field.
     *
     * @param system the system that has the record
     * @param field the field
     * @param value its value; for a set of members any number of them; null for a field that is given and holds nothing
     * @return the scenario
     */
    public Scenario given(String system, Field field, @Nullable String... value) {
        return new Scenario(rules(), typeOf(field)).and(system, field, value);
    }

    private Rules rules() {
        Map<String, SystemRules> rules = new TreeMap<>();
        boolean first = true;
        for (String system : systems) {
            rules.put(system, rules(system, isAnchor(system, first)));
            first = false;
        }
        return Rules.of(policy, rules, "ID", resolvers);
    }

    /** A system called kirim issues the join key; where there is none, the first by name does. */
    private boolean isAnchor(String system, boolean first) {
        return systems.contains("kirim") ? system.equals("kirim") : first;
    }

    private SystemRules rules(String system, boolean anchor) {
        Map<String, Mapping> all = new TreeMap<>();
        List<TypeDeclaration> types = new ArrayList<>();
        for (RecordType type : policy.types()) {
            Mapping own = mappings.get(system + "/" + type.name());
            Mapping perfect = own == null ? perfect(type) : own;
            all.put(type.name(), anchor || perfect.externalId() != null ? perfect : perfect.withExternalId(JOIN_KEY));
            types.add(new TypeDeclaration(
                    type.name(),
                    AsOfGrade.PROPERTY,
                    false,
                    new CreateLookup.UniqueUpsert(),
                    true,
                    true,
                    TypeDeclaration.DEFAULT_ECHO_HORIZON,
                    Duration.ZERO,
                    List.of()));
        }
        return new SystemRules(new Declaration("perfect", anchor, types, List.of()), all, true);
    }

    private static Mapping perfect(RecordType type) {
        List<FieldMapping> fields = new ArrayList<>();
        for (Field field : type.fields()) {
            if (field.target() == null) {
                fields.add(FieldMapping.of(field, lens(field)));
            }
        }
        return Mapping.of(type.name(), fields.toArray(FieldMapping[]::new));
    }

    private static Lens lens(Field field) {
        return switch (field.type()) {
            case MEMBERS -> new Lens.ListOf(field.name());
            case BAG -> new Lens.BagOf(field.name());
            case TIME -> new Lens.Timestamp(field.name(), Lens.TimeFormat.ISO);
            default -> new Lens.Direct(field.name());
        };
    }
}
