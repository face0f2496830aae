package dev.crmsync.testkit.adapter;

import dev.crmsync.spi.adapter.Adapter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The contract of an adapter as numbered rules, measured on an account by experiments. An adapter's author extends it, says how
 * to reach an account, and runs it in any test framework by one method:
 *
 * <pre>{@code
 * class AcmeContractTest extends AdapterContract {
 *     @Override
 *     protected TestAccount open() {
 *         return new AcmeAccount();
 *     }
 *
 *     @TestFactory
 *     Stream<DynamicTest> contract() {
 *         return rules().stream().map(rule -> dynamicTest(rule.toString(), () -> verify(rule)));
 *     }
 * }
 * }</pre>
 *
 * <p>{@link #measure()} makes a report of all rules with the {@linkplain ConformanceLevel level} that was reached. A rule about
 * something that the adapter does not claim counts as kept to; a rule whose {@link Lever} the account lacks is <em>not
 * measured</em>: it never passes in silence, but must be named in {@link #notMeasured()}. The rules are explained in
 * docs/adapter-contract.md. One subclass measures one record type. Not thread-safe.
 */
public abstract class AdapterContract {
    /** Records are told apart by numbers, which are not used again while the process lives: an account may be kept. */
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** For subclasses. */
    protected AdapterContract() {}

    /** One rule of the contract. Immutable. */
    public static final class Rule {
        private final String number;
        private final ConformanceLevel level;
        private final String sentence;
        private final Check check;

        Rule(String number, ConformanceLevel level, String sentence, Check check) {
            this.number = number;
            this.level = level;
            this.sentence = sentence;
            this.check = check;
        }

        /**
         * The number of the rule, such as {@code A12}; it never changes its meaning.
         *
         * @return the number
         */
        public String number() {
            return number;
        }

        /**
         * The level that an adapter does not reach before this rule is measured.
         *
         * @return BASIC, DECLARED or COMPLETE
         */
        public ConformanceLevel level() {
            return level;
        }

        /**
         * What the rule demands.
         *
         * @return one sentence
         */
        public String sentence() {
            return sentence;
        }

        @Override
        public String toString() {
            return number + " " + sentence;
        }
    }

    /** Does what a rule needs, and throws when the adapter does not keep it. */
    @FunctionalInterface
    interface Check {
        void run(AccountBench bench) throws Exception;
    }

    /**
     * Opens an account with an adapter for it. Called for each rule, and closed after it: a fresh stand-in each time, or an
     * account that is kept.
     *
     * @return the account
     */
    protected abstract TestAccount open();

    /**
     * The rules that this account has no lever for, each with the reason: for {@link #verify}, to which a rule that is not
     * measured and not named here is broken, and so is one that is named here and measured after all.
     *
     * @return the reasons by the numbers of rules; none by default
     */
    protected Map<String, String> notMeasured() {
        return Map.of();
    }

    /**
     * All rules.
     *
     * @return the rules in the order of their numbers
     */
    public static List<Rule> rules() {
        return Stream.of(
                        DeclaringRules.rules(),
                        ReadingRules.rules(),
                        WritingRules.rules(),
                        CreatingRules.rules(),
                        RenderingRules.rules(),
                        WholeRules.rules(),
                        DatingRules.rules(),
                        TellingRules.rules(),
                        WalkingRules.rules(),
                        SigningRules.rules(),
                        TroubleRules.rules(),
                        SafetyRules.rules(),
                        AccountRules.rules())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Measures all rules.
     *
     * @return the report
     */
    public final ConformanceReport measure() {
        List<Finding> findings = new ArrayList<>();
        rules().forEach(rule -> findings.add(measure(rule)));
        try (TestAccount account = open();
                Adapter adapter = account.adapter()) {
            return new ConformanceReport(
                    adapter.declaration().vendor(), account.specimen().type(), findings);
        }
    }

    /**
     * Measures one rule.
     *
     * @param rule the rule
     * @return what was found
     */
    public final Finding measure(Rule rule) {
        try (TestAccount account = open();
                AccountBench bench = new AccountBench(account, NUMBERS)) {
            rule.check.run(bench);
            return new Finding(rule, Verdict.KEPT, "");
        } catch (NotClaimed not) {
            return new Finding(rule, Verdict.NOT_CLAIMED, words(not));
        } catch (NotMeasured | Lever.Missing not) {
            return new Finding(rule, Verdict.NOT_MEASURED, words(not));
        } catch (AssertionError broken) {
            return new Finding(rule, Verdict.BROKEN, words(broken));
        } catch (Exception thrown) {
            return new Finding(rule, Verdict.BROKEN, "threw " + thrown);
        }
    }

    /**
     * Measures one rule and asserts that it is kept, or about something that is not claimed, or named in {@link #notMeasured()}.
     *
     * @param rule the rule
     * @throws AssertionError when it is broken, or not measured and not named, or named and measured; the message begins with the
     *     rule's number
     */
    public final void verify(Rule rule) {
        Finding finding = measure(rule);
        boolean named = notMeasured().containsKey(rule.number());
        boolean open = finding.verdict() == Verdict.NOT_MEASURED;
        if (finding.verdict() == Verdict.BROKEN) {
            throw new AssertionError(finding.toString());
        } else if (open && !named) {
            throw new AssertionError(finding + "; give the account that lever, or name the rule in notMeasured()");
        } else if (named && !open) {
            throw new AssertionError(finding + "; it is named in notMeasured(): take it out there");
        }
    }

    /**
     * Asserts that a level is reached, as {@link ConformanceReport#assertReaches}, and that {@link #notMeasured()} names exactly what
     * was not measured.
     *
     * @param least the level
     * @return the report
     * @throws AssertionError with the text of the report when it is not so
     */
    public final ConformanceReport verify(ConformanceLevel least) {
        ConformanceReport report = measure();
        report.assertReaches(least);
        List<String> open = report.of(Verdict.NOT_MEASURED).stream()
                .map(finding -> finding.rule().number())
                .sorted()
                .toList();
        List<String> named = notMeasured().keySet().stream().sorted().toList();
        if (!open.equals(named)) {
            throw new AssertionError("notMeasured() must name " + open + ", and names "
                    + named.stream().collect(Collectors.joining(", ", "[", "]")) + "\n" + report.text());
        }
        return report;
    }

    private static String words(Throwable thrown) {
        return Objects.requireNonNullElse(thrown.getMessage(), thrown.toString());
    }

    /** The adapter does not claim what the rule is about. */
    static final class NotClaimed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotClaimed(String what) {
            super(what);
        }
    }

    /** The account lacks what the experiment needs. */
    static final class NotMeasured extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotMeasured(String what) {
            super(what);
        }
    }
}
