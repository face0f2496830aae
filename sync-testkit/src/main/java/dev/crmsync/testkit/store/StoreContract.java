package dev.crmsync.testkit.store;

import dev.crmsync.spi.store.Store;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The contract of a {@link Store} as numbered rules that any test framework can run. A test of a store runs all of
 * them, each as a test of its own:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> contract() {
 *     return StoreContract.rules().stream()
 *             .map(rule -> dynamicTest(rule.toString(), () -> rule.verify(() -> new AcmeStore(url))));
 * }
 * }</pre>
 *
 * <p>Each rule works in syncs and leases of its own, so that all may share one database. Whether what was acknowledged
 * outlives a killed process is beyond these rules: a durable store needs a test of its own for that. Immutable and
 * thread-safe.
 */
public final class StoreContract {
    private StoreContract() {}

    /** One rule of the contract. Immutable. */
    public static final class Rule {
        private final String number;
        private final String sentence;
        private final Check check;

        Rule(String number, String sentence, Check check) {
            this.number = number;
            this.sentence = sentence;
            this.check = check;
        }

        /**
         * The number of the rule, such as {@code S12}; it never changes its meaning.
         *
         * @return the number
         */
        public String number() {
            return number;
        }

        /**
         * What the rule demands.
         *
         * @return one sentence
         */
        public String sentence() {
            return sentence;
        }

        /**
         * Checks the rule.
         *
         * @param stores opens the store under test; called twice, and both answers must show the same data, as those of
         *     two engines on one database do. Both are closed afterwards
         * @throws AssertionError when the store breaks the rule; the message begins with the rule's number
         */
        public void verify(Supplier<? extends Store> stores) {
            try (Store one = stores.get();
                    Store two = stores.get()) {
                check.run(new Bench(one, two));
            } catch (AssertionError | Exception broken) {
                throw new AssertionError(this + " " + broken.getMessage(), broken);
            }
        }

        @Override
        public String toString() {
            return number + " " + sentence;
        }
    }

    /** Does what a rule needs, and throws when the store does not keep it. */
    @FunctionalInterface
    interface Check {
        void run(Bench bench) throws Exception;
    }

    /**
     * All rules.
     *
     * @return the rules in the order of their numbers
     */
    public static List<Rule> rules() {
        return Stream.of(
                        LinkRules.rules(),
                        CommitRules.rules(),
                        InboxRules.rules(),
                        DueRules.rules(),
                        ClaimRules.rules(),
                        RecordRules.rules(),
                        LeaseRules.rules(),
                        KeepingRules.rules(),
                        RaceRules.rules(),
                        DueRaceRules.rules())
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Checks all rules and stops at the first that is broken.
     *
     * @param stores opens the store under test, see {@link Rule#verify}
     * @throws AssertionError when the store breaks a rule
     */
    public static void verify(Supplier<? extends Store> stores) {
        rules().forEach(rule -> rule.verify(stores));
    }
}
