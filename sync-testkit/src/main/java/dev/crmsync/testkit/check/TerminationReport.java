package dev.crmsync.testkit.check;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TerminationCheck} has found, field by field. Immutable.
 *
 * @param policy the policy's name
 * @param fields one finding for each field that was asked for
 */
public record TerminationReport(String policy, List<OfField> fields) {
    /** Copies the list. */
    public TerminationReport {
        fields = List.copyOf(fields);
    }

    /** How far a field's coming to rest is known. */
    public enum Rest {
        /** Every state of the abstraction was looked at: writing ends. */
        PROVED,
        /** A resolver decides, whose answers to other values nobody knows: writing ends for the values that were tried. */
        SAMPLED,
        /** Something goes round for ever. */
        NEVER,
        /** There are more states than the limit allowed to look at. */
        NOT_EXHAUSTED
    }

    /**
     * One field.
     *
     * @param field its name
     * @param rest what is known
     * @param mostWrites how many writes begin at the most once nobody edits any more; 0 unless it was proved or sampled
     * @param classes the values that stand for all others
     * @param states how many states were found
     * @param broken the counterexample, or null
     */
    public record OfField(
            String field,
            Rest rest,
            int mostWrites,
            List<String> classes,
            int states,
            @Nullable Counterexample broken) {
        /** Copies the list. */
        public OfField {
            classes = List.copyOf(classes);
        }

        /**
         * The counterexample.
         *
         * @return it, or empty when there is none
         */
        public Optional<Counterexample> counterexample() {
            return Optional.ofNullable(broken);
        }

        @Override
        public String toString() {
            return field + ": "
                    + switch (rest) {
                        case PROVED ->
                            "quiet after at most " + mostWrites + " writes (" + states + " states, values " + classes
                                    + ")";
                        case SAMPLED ->
                            "sampled, not proved, for a resolver decides: quiet after at most " + mostWrites
                                    + " writes (" + states + " states, values " + classes + ")";
                        case NOT_EXHAUSTED -> "not exhausted after " + states + " states: nothing is proved";
                        case NEVER -> "never quiet\n" + broken;
                    };
        }
    }

    /**
     * Whether every field is proved to come to rest.
     *
     * @return false too where it was sampled only, or not exhausted
     */
    public boolean proved() {
        return fields.stream().allMatch(field -> field.rest() == Rest.PROVED);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("policy " + policy + "\n");
        fields.forEach(field -> text.append("  ").append(field).append('\n'));
        return text.toString();
    }
}
