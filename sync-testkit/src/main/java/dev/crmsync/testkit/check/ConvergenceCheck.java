package dev.crmsync.testkit.check;

import dev.crmsync.policy.Policy;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import dev.crmsync.spi.resolver.Resolver;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * An exhaustive search of a small world: one link, a few systems and fields, and every order in which a few edits, their events,
 * reads, writes, answers and faults can follow each other. The planner is the one that runs in production; each state and move is
 * held against the laws.
 *
 * <pre>{@code
 * CheckReport report = ConvergenceCheck.of(policy)
 *         .systems("kirim", "crm").fields(NAME)
 *         .edits(2).crashes(1).duplicates(1).lostAnswers(1)
 *         .run();
 * assertThat(report.holds()).as(report.toString()).isTrue();
 * }</pre>
 *
 * It proves what it says of that world alone: see docs/laboratory.md for what the world leaves out. Immutable and thread-safe; a
 * run keeps to one thread, knows no clock, and gives the same report each time.
 */
public final class ConvergenceCheck {
    private static final Duration SHORTEST_APART = Duration.ofMillis(2);
    private static final Duration LONGEST_APART = Duration.ofHours(1);

    private final Setting setting;

    private ConvergenceCheck(Setting setting) {
        this.setting = setting;
    }

    /**
     * A check of a policy between systems called {@code kirim} and {@code crm}, with two edits and no faults.
     *
     * @param policy the policy
     * @return the check, to which fields have to be added
     */
    public static ConvergenceCheck of(Policy policy) {
        return new ConvergenceCheck(new Setting(Objects.requireNonNull(policy, "policy")));
    }

    private ConvergenceCheck with(Consumer<Setting> change) {
        Setting copy = setting.copy();
        change.accept(copy);
        return new ConvergenceCheck(copy);
    }

    Setting setting() {
        return setting.copy();
    }

    /**
     * The same check between other systems.
     *
     * @param names their names; the first issues the join key
     * @return a copy
     * @throws SyncException of kind CONFIGURATION when there are less than two
     */
    public ConvergenceCheck systems(String... names) {
        if (names.length < 2) {
            throw SyncException.configuration("a world needs two systems at least: " + List.of(names));
        }
        return with(copy -> copy.systems = List.of(names));
    }

    /**
     * The same check of some fields of one record type.
     *
     * @param fields the fields, entries of bags among them
     * @return a copy
     */
    public ConvergenceCheck fields(Field... fields) {
        return fields(Stream.of(fields).map(Field::name).toArray(String[]::new));
    }

    /**
     * The same check of some fields of one record type.
     *
     * @param names the names of the fields
     * @return a copy
     */
    public ConvergenceCheck fields(String... names) {
        return with(copy -> copy.fields = List.of(names));
    }

    /**
     * The same check with a system's own mapping in place of one that carries every field as it is.
     *
     * @param system the system
     * @param mapping its mapping; what it declares as rendering is what the system does
     * @return a copy
     */
    public ConvergenceCheck mapping(String system, Mapping mapping) {
        return with(copy -> copy.mappings = Setting.with(copy.mappings, system, mapping));
    }

    /**
     * The same check with the resolvers that the policy names.
     *
     * @param named the resolvers, which must give the same answer to the same question
     * @return a copy
     */
    public ConvergenceCheck resolvers(Resolver... named) {
        return with(copy -> copy.resolvers = List.of(named));
    }

    /**
     * The same check where people enter other values.
     *
     * @param field the field's name
     * @param values what may be entered, the first being what every system holds to begin with; "" for nothing, and
     *     members of a set with commas between them
     * @return a copy
     */
    public ConvergenceCheck values(String field, String... values) {
        return with(copy -> copy.values = Setting.with(copy.values, field, List.of(values)));
    }

    /**
     * The same check where a system holds another value to begin with.
     *
     * @param system the system
     * @param field the field's name
     * @param value what it holds, as in {@link #values}
     * @return a copy
     */
    public ConvergenceCheck holding(String system, String field, String value) {
        return with(copy -> copy.starts = Setting.with(copy.starts, Setting.place(system, field), value));
    }

    /**
     * The same check where sync has seen nothing to begin with: what the records hold is told first, in every order.
     *
     * @return a copy
     */
    public ConvergenceCheck unseen() {
        return with(copy -> copy.unseen = true);
    }

    /**
     * The same check where a system has no record to begin with: sync makes one where the policy says so, as an upsert by the join
     * key.
     *
     * @param system the system
     * @return a copy
     */
    public ConvergenceCheck missing(String system) {
        return with(copy -> copy.missing = Setting.with(copy.missing, system));
    }

    /**
     * The same check where a system dates its values in another way than one by one.
     *
     * @param system the system
     * @param grade how; of {@link AsOfGrade#COARSE} everything happens within one minute
     * @return a copy
     */
    public ConvergenceCheck dated(String system, AsOfGrade grade) {
        return with(copy -> copy.grades = Setting.with(copy.grades, system, grade));
    }

    /**
     * The same check where the answers to writes show nothing of the record.
     *
     * @param system the system
     * @return a copy
     */
    public ConvergenceCheck silent(String system) {
        return with(copy -> copy.silent = Setting.with(copy.silent, system));
    }

    /**
     * The same check where a system shows a field otherwise than it was given, and its mapping does not say so.
     *
     * @param system the system
     * @param field the field's name
     * @param renderings what it does to values
     * @return a copy
     */
    public ConvergenceCheck undeclared(String system, String field, Rendering... renderings) {
        return with(copy -> copy.habits = Setting.with(copy.habits, Setting.place(system, field), List.of(renderings)));
    }

    /**
     * The same check where an automation puts a value back, some time after sync has written another one there: as often as that
     * happens.
     *
     * @param system the system
     * @param field the field's name
     * @param value the value
     * @return a copy
     */
    public ConvergenceCheck automation(String system, String field, String value) {
        return with(copy ->
                copy.automations = Setting.with(copy.automations, new Setting.Automation(system, field, value)));
    }

    /**
     * The same check where deeds follow each other faster or more slowly. Clocks of systems are right: two deeds are told to be so
     * far apart as they were, or farther. Only rules that compare times of two systems heed it.
     *
     * @param time how far at least, from two milliseconds to an hour; by default an hour, which is beyond any skew
     * @return a copy
     * @throws SyncException of kind CONFIGURATION when it is more or less than that
     */
    public ConvergenceCheck apart(Duration time) {
        if (time.compareTo(SHORTEST_APART) < 0 || time.compareTo(LONGEST_APART) > 0) {
            throw SyncException.configuration("deeds lie between two milliseconds and an hour apart: " + time);
        }
        return with(copy -> copy.apart = time);
    }

    /**
     * The same check with so many edits by people, of any field anywhere.
     *
     * @param count how many at the most
     * @return a copy
     */
    public ConvergenceCheck edits(int count) {
        return with(copy -> copy.budget =
                new Budget(count, copy.budget.crashes(), copy.budget.duplicates(), copy.budget.lostAnswers()));
    }

    /**
     * The same check with no more than so many edits at one system.
     *
     * @param count how many at the most
     * @return a copy
     */
    public ConvergenceCheck editsEach(int count) {
        return with(copy -> copy.editsEach = count);
    }

    /**
     * The same check where the engine dies so often while it is doing something.
     *
     * @param count how often at the most
     * @return a copy
     */
    public ConvergenceCheck crashes(int count) {
        return with(copy -> copy.budget =
                new Budget(copy.budget.edits(), count, copy.budget.duplicates(), copy.budget.lostAnswers()));
    }

    /**
     * The same check where so many events come twice.
     *
     * @param count how many at the most
     * @return a copy
     */
    public ConvergenceCheck duplicates(int count) {
        return with(copy ->
                copy.budget = new Budget(copy.budget.edits(), copy.budget.crashes(), count, copy.budget.lostAnswers()));
    }

    /**
     * The same check where so many writes are not answered, whether or not they took effect.
     *
     * @param count how many at the most
     * @return a copy
     */
    public ConvergenceCheck lostAnswers(int count) {
        return with(copy ->
                copy.budget = new Budget(copy.budget.edits(), copy.budget.crashes(), copy.budget.duplicates(), count));
    }

    /**
     * The same check with another limit. About 300 bytes are kept of each state, and some kilobytes of each that waits to be looked
     * at.
     *
     * @param states after how many states the search gives up; 400,000 by default
     * @return a copy
     */
    public ConvergenceCheck limit(int states) {
        return with(copy -> copy.limit = states);
    }

    /**
     * The same check, which tells from time to time how far it is.
     *
     * @param progress is told
     * @return a copy
     */
    public ConvergenceCheck progress(CheckProgress progress) {
        return with(copy -> copy.progress = Objects.requireNonNull(progress, "progress"));
    }

    /**
     * The same check, under a name by which printed tests find it. Without one they hold the policy as JSON, which knows no code:
     * a check with resolvers needs one.
     *
     * @param expression Java that gives this check, such as {@code com.acme.Checks.contacts()}
     * @return a copy
     */
    public ConvergenceCheck source(String expression) {
        return with(copy -> copy.source = Objects.requireNonNull(expression, "expression"));
    }

    ConvergenceCheck mind(Mind mind) {
        return with(copy -> copy.mind = mind);
    }

    /**
     * Searches the world.
     *
     * @return what was found: of all ways to break a law one of the shortest
     * @throws SyncException of kind CONFIGURATION when the policy, the fields and the systems do not fit together
     */
    public CheckReport run() {
        Arena arena = new Arena(setting);
        Search search = new Search(arena, List.of(new Beginning(arena).begin()));
        search.run();
        Search.Found found = search.found();
        Counterexample broken = found == null ? null : counterexample(setting, found);
        Verdict verdict = found != null ? Verdict.BROKEN : search.exhausted() ? Verdict.HOLDS : Verdict.NOT_EXHAUSTED;
        return new CheckReport(
                words(), verdict, search.states(), search.transitions(), search.depth(), search.mostWrites(), broken);
    }

    static Counterexample counterexample(Setting setting, Search.Found found) {
        List<String> steps = found.moves().stream().map(Move::toString).toList();
        String test = new PrintedTest(setting).print(found.breach(), steps);
        return new Counterexample(found.breach().law(), found.breach().what(), steps, test);
    }

    private String words() {
        Budget budget = setting.budget;
        return "policy " + setting.policy.name() + ", " + String.join(", ", setting.fields) + " between "
                + String.join(" and ", setting.systems) + ", " + budget.edits() + " edits, " + budget.crashes()
                + " crashes, " + budget.duplicates() + " duplicates, " + budget.lostAnswers() + " lost answers";
    }

    /**
     * Begins to walk one way through the world.
     *
     * @return the walk, at its beginning
     */
    public Replay replay() {
        Arena arena = new Arena(setting);
        return new Replay(arena, new Beginning(arena).begin());
    }
}
