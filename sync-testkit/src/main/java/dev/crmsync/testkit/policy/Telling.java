package dev.crmsync.testkit.policy;

import dev.crmsync.planning.Agreed;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.Stances;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes down what happened in a scenario, to be shown beside what was expected. Not thread-safe. */
final class Telling {
    private final List<String> story = new ArrayList<>();

    void deed(String what) {
        story.add("  " + what);
    }

    void decided(List<Decision> decisions) {
        decisions.stream()
                .filter(decision -> decision.reason() != Reason.UNCHANGED)
                .forEach(decision -> story.add("    " + line(decision)));
    }

    private static String line(Decision decision) {
        return decision.system()
                + (decision.field() == null ? "" : "." + decision.field())
                + ": " + decision.reason()
                + (decision.saw() == null ? "" : ", saw " + show(decision.saw()))
                + change(decision)
                + (decision.stance() == null ? "" : ", " + decision.stance())
                + (decision.rule() == null ? "" : " (" + decision.rule() + ")");
    }

    private static String change(Decision decision) {
        Value before = decision.before();
        Value after = decision.after();
        if (before == null && after == null) {
            return "";
        }
        return after != null && after.equals(before)
                ? ", agreed stays " + show(after)
                : ", agreed " + show(before) + " -> " + show(after);
    }

    /** What was expected, how the field stands everywhere, and the whole story. */
    AssertionError failure(
            String what, LinkState link, Rules rules, @Nullable Field field, Function<String, @Nullable Value> held) {
        List<String> lines = new ArrayList<>();
        lines.add(what);
        if (field != null) {
            lines.add("How " + field + " stands:");
            Agreed agreed = link.agreed().get(field.name());
            lines.add(
                    agreed == null
                            ? "  nothing is agreed"
                            : "  agreed is " + show(agreed.value()) + ", supplied by " + agreed.system());
            for (String system : rules.systems().keySet()) {
                lines.add("  " + system + " holds " + show(held.apply(system)) + ", "
                        + Stances.of(link, system, field, rules));
            }
        }
        lines.add("The story so far (codes: docs/reasons.md):");
        lines.addAll(story);
        return new AssertionError(String.join("\n", lines));
    }

    static String show(@Nullable Value value) {
        if (value instanceof Value.Text text) {
            return "\"" + text.text() + "\"";
        } else if (value instanceof Value.Members members) {
            return members.members().toString();
        } else if (value instanceof Value.Empty) {
            return "empty";
        }
        return value == null ? "nothing" : value.toString();
    }
}
