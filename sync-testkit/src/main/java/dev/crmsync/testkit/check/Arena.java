package dev.crmsync.testkit.check;

import dev.crmsync.fields.Lenses;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.policy.FieldPolicy;
import dev.crmsync.policy.FieldRule;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What never changes in one small world: its rules, its systems, and what people may enter. Immutable. */
final class Arena {
    static final String LINK = "link";

    final Setting setting;
    final RecordType type;
    final Rules rules;
    final List<ToySystem> systems;
    final List<Field> fields;

    Arena(Setting setting) {
        this.setting = setting;
        if (setting.fields.isEmpty()) {
            throw SyncException.configuration("a check is about some fields: name them with fields(..)");
        }
        this.type = setting.policy.types().stream()
                .filter(known -> setting.fields.stream()
                        .allMatch(name -> known.field(name).isPresent()))
                .findFirst()
                .orElseThrow(() -> SyncException.configuration("policy " + setting.policy.name()
                        + " has no type with all of " + setting.fields + "; check the fields of one type at a time"));
        this.fields = setting.fields.stream()
                .map(name -> type.field(name).orElseThrow())
                .toList();
        boolean shared = comparesTimes();
        List<ToySystem> all = new ArrayList<>();
        for (int index = 0; index < setting.systems.size(); index++) {
            Mapping own = setting.mappings.get(setting.systems.get(index));
            all.add(new ToySystem(setting, type.name(), index, own == null ? perfect(type) : own, shared));
        }
        this.systems = List.copyOf(all);
        Map<String, SystemRules> known = new TreeMap<>();
        systems.forEach(system -> known.put(system.name, system.rules()));
        this.rules = Rules.of(setting.policy, known, "ID", setting.resolvers);
    }

    /** Where no rule holds times of two systems against each other, which of two deeds came first matters only within a system. */
    private boolean comparesTimes() {
        return setting.policy.policies().values().stream()
                .flatMap(policy -> policy.fields().values().stream())
                .map(FieldPolicy::rule)
                .anyMatch(rule -> rule instanceof FieldRule.LastWriter || rule instanceof FieldRule.Resolved);
    }

    private static Mapping perfect(RecordType type) {
        List<FieldMapping> mapped = new ArrayList<>();
        for (Field field : type.fields()) {
            if (field.target() == null) {
                mapped.add(FieldMapping.of(field, lens(field)));
            }
        }
        return Mapping.of(type.name(), mapped.toArray(FieldMapping[]::new));
    }

    private static Lens lens(Field field) {
        return switch (field.type()) {
            case MEMBERS -> new Lens.ListOf(field.name());
            case BAG -> new Lens.BagOf(field.name());
            case TIME -> new Lens.Timestamp(field.name(), Lens.TimeFormat.ISO);
            default -> new Lens.Direct(field.name());
        };
    }

    Lenses lenses() {
        return rules.lenses();
    }

    int index(String system) {
        for (int index = 0; index < systems.size(); index++) {
            if (systems.get(index).name.equals(system)) {
                return index;
            }
        }
        throw new IllegalArgumentException("the world has no system " + system);
    }

    Field field(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the world has no field " + name));
    }

    @Nullable FieldPolicy policy(Field field) {
        return rules.policy().field(type.name(), field).orElse(null);
    }

    /** What people may enter, the first being what is held to begin with. */
    List<String> values(Field field) {
        List<String> own = setting.values.get(field.name());
        return own == null ? usual(field) : own;
    }

    private static List<String> usual(Field field) {
        return switch (field.type()) {
            case TEXT, BAG_ENTRY -> List.of("a", "b", "c", "");
            case EMAIL -> List.of("a@x.test", "b@x.test", "c@x.test", "");
            case PHONE -> List.of("+6281111111111", "+6281122222222", "+6281133333333", "");
            case NUMBER -> List.of("1", "2", "3", "");
            case MEMBERS -> List.of("x", "x,y", "y", "");
            default ->
                throw SyncException.configuration(
                        "what may be entered as " + field + ", a " + field.type() + ", must be said with values(..)");
        };
    }

    boolean same(Field field, @Nullable Value one, @Nullable Value other) {
        Value left = one == null ? Value.EMPTY : one;
        Value right = other == null ? Value.EMPTY : other;
        return left.isBlank() && right.isBlank() || lenses().canon().equivalent(field, left, right);
    }

    static boolean blank(@Nullable Value value) {
        return value == null || value.isBlank();
    }

    static String show(@Nullable Value value) {
        if (value instanceof Value.Text text) {
            return "\"" + text.text() + "\"";
        } else if (value instanceof Value.Members members) {
            return members.members().toString();
        }
        return value == null || value instanceof Value.Empty ? "nothing" : value.toString();
    }
}
