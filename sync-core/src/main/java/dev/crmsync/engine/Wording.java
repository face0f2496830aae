package dev.crmsync.engine;

import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Reason;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How explanations say things to people. With values: for the eyes of those who may see them. */
final class Wording {
    private Wording() {}

    /** One decision in a line: when, who told it, what was seen, as of when, by which rule, and what came of it. */
    static String of(Decision decision) {
        return decision.at() + " " + (decision.system().isEmpty() ? "" : decision.system() + " ") + decision.reason()
                + (decision.saw() == null ? "" : ": saw " + of(decision.saw()))
                + (decision.asOf() == null ? "" : " as of " + of(decision.asOf()))
                + (decision.after() == null ? "" : ", agreed " + of(decision.after()))
                + (decision.stance() == null ? "" : ", " + decision.stance())
                + (decision.rule() == null ? "" : " (rule " + decision.rule() + ")");
    }

    static String of(AsOf asOf) {
        return asOf.from().equals(asOf.to()) ? asOf.from().toString() : asOf.from() + " to " + asOf.to();
    }

    static String of(@Nullable Value value) {
        if (value instanceof Value.Text text) {
            return "\"" + text.text() + "\"";
        } else if (value instanceof Value.Number number) {
            return number.number().toPlainString();
        } else if (value instanceof Value.Flag flag) {
            return flag.flag() ? "yes" : "no";
        } else if (value instanceof Value.Time time) {
            return time.time().toString();
        } else if (value instanceof Value.Members members) {
            return members.members().toString();
        } else if (value instanceof Value.Reference reference) {
            return "link " + reference.link();
        } else if (value instanceof Value.References references) {
            return "links " + references.links();
        }
        return value == null ? "nothing known" : "empty";
    }

    /** Where a reason code is explained. */
    static String documentation(Reason reason) {
        return "docs/reasons.md#" + reason.name().toLowerCase(Locale.ROOT);
    }
}
