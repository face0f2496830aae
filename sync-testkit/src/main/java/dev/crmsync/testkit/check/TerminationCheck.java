package dev.crmsync.testkit.check;

import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.resolver.Resolver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Proves of single fields that writing ends: over a finite abstraction of what systems can hold, and in every order in which it
 * can come to be known.
 *
 * <pre>{@code
 * TerminationReport report = TerminationCheck.of(policy).systems("kirim", "crm").fields(NAME, EMAIL).run();
 * }</pre>
 *
 * A rule looks at values only through whether they are equivalent, blank, and shown otherwise; so a few values of each kind stand
 * for all. Every system holds any of these to begin with, told for the first time in every order; and once that is over, each system
 * is edited to any other of them, at any moment of all that telling and delivery can do. Answers of a resolver may depend on
 * anything: a field that one decides is sampled, and said to be so. The limits are in docs/laboratory.md. Immutable and
 * thread-safe.
 */
public final class TerminationCheck {
    private static final int LIMIT = 1_000_000;

    private final ConvergenceCheck check;

    private TerminationCheck(ConvergenceCheck check) {
        this.check = check;
    }

    /**
     * A check of a policy between systems called {@code kirim} and {@code crm}.
     *
     * @param policy the policy
     * @return the check, to which fields have to be added
     */
    public static TerminationCheck of(Policy policy) {
        return new TerminationCheck(ConvergenceCheck.of(policy).limit(LIMIT));
    }

    private TerminationCheck with(UnaryOperator<ConvergenceCheck> change) {
        return new TerminationCheck(change.apply(check));
    }

    /**
     * The same check between other systems.
     *
     * @param names their names; the first issues the join key
     * @return a copy
     */
    public TerminationCheck systems(String... names) {
        return with(known -> known.systems(names));
    }

    /**
     * The same check of some fields, each by itself.
     *
     * @param fields the fields
     * @return a copy
     */
    public TerminationCheck fields(Field... fields) {
        return with(known -> known.fields(Stream.of(fields).map(Field::name).toArray(String[]::new)));
    }

    /**
     * The same check with a system's own mapping, and the renderings that it declares.
     *
     * @param system the system
     * @param mapping its mapping
     * @return a copy
     */
    public TerminationCheck mapping(String system, Mapping mapping) {
        return with(known -> known.mapping(system, mapping));
    }

    /**
     * The same check with the resolvers that the policy names.
     *
     * @param named the resolvers
     * @return a copy
     */
    public TerminationCheck resolvers(Resolver... named) {
        return with(known -> known.resolvers(named));
    }

    /**
     * The same check with other values of a field: for resolvers that look closer, or to leave some out.
     *
     * @param field the field's name
     * @param values the values, as in {@link ConvergenceCheck#values}
     * @return a copy
     */
    public TerminationCheck values(String field, String... values) {
        return with(known -> known.values(field, values));
    }

    /**
     * The same check with something added to its world: an automation, a rendering that nobody declared, another way to date.
     *
     * @param change adds it
     * @return a copy
     */
    public TerminationCheck world(UnaryOperator<ConvergenceCheck> change) {
        return with(change);
    }

    /**
     * Checks each field by itself.
     *
     * @return what was found
     * @throws SyncException of kind CONFIGURATION when the policy, the fields and the systems do not fit together
     */
    public TerminationReport run() {
        List<TerminationReport.OfField> found = new ArrayList<>();
        Setting setting = check.setting();
        for (String field : setting.fields) {
            found.add(run(field));
        }
        return new TerminationReport(setting.policy.name(), found);
    }

    private TerminationReport.OfField run(String name) {
        Setting setting = check.fields(name).setting();
        Arena whole = new Arena(setting);
        Field field = whole.field(name);
        ValueClasses values = new ValueClasses(whole, field);
        List<String> classes = values.all();
        setting.values = Setting.with(setting.values, name, classes);
        setting.editsEach = 1;
        setting.budget = new Budget(setting.systems.size(), 0, 0, 0);
        setting.lawful = false;
        Arena arena = new Arena(setting);
        List<Setting> starts = new ArrayList<>();
        List<World> worlds = new ArrayList<>();
        boolean opaque = setting.policy
                .field(arena.type.name(), field)
                .filter(policy -> policy.rule() instanceof FieldRule.Resolved)
                .isPresent();
        for (Map<String, String> start : starts(setting.systems, name, classes)) {
            if (opaque || values.firstOfAlike(start.values(), classes)) {
                begin(setting, start, starts, worlds);
            }
        }
        Search search = new Search(arena, worlds);
        search.run();
        Search.Found circle = search.found();
        if (circle != null) {
            Setting from = starts.get(circle.beginning());
            return new TerminationReport.OfField(
                    name,
                    TerminationReport.Rest.NEVER,
                    0,
                    classes,
                    search.states(),
                    ConvergenceCheck.counterexample(from, circle));
        }
        TerminationReport.Rest rest = !search.exhausted()
                ? TerminationReport.Rest.NOT_EXHAUSTED
                : opaque ? TerminationReport.Rest.SAMPLED : TerminationReport.Rest.PROVED;
        return new TerminationReport.OfField(name, rest, search.mostWrites(), classes, search.states(), null);
    }

    /** Two beginnings: nobody edits what is told for the first time, or all of that is behind and every system is edited once. */
    private static void begin(Setting setting, Map<String, String> start, List<Setting> starts, List<World> worlds) {
        Setting first = setting.copy();
        first.starts = start;
        first.unseen = true;
        first.budget = new Budget(0, 0, 0, 0);
        starts.add(first);
        worlds.add(new Beginning(new Arena(first)).joining(start));
        Setting then = setting.copy();
        then.starts = start;
        // What never comes to rest by itself is found to go round from the other beginning.
        new Beginning(new Arena(then)).settled(start).ifPresent(world -> {
            starts.add(then);
            worlds.add(world);
        });
    }

    /** Every way in which the systems can hold the values to begin with. */
    private static List<Map<String, String>> starts(List<String> systems, String field, List<String> classes) {
        List<Map<String, String>> starts = new ArrayList<>(List.of(Map.of()));
        for (String system : systems) {
            List<Map<String, String>> more = new ArrayList<>();
            for (Map<String, String> start : starts) {
                for (String value : classes) {
                    Map<String, String> longer = new LinkedHashMap<>(start);
                    longer.put(Setting.place(system, field), value);
                    more.add(longer);
                }
            }
            starts = more;
        }
        return starts;
    }
}
