package dev.crmsync.engine;

import dev.crmsync.planning.Agreed;
import dev.crmsync.planning.Decision;
import dev.crmsync.spi.field.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a field of a link does not hold a certain value. {@link #text()} is for people and shows values; {@link #toString()}
 * shows none. Immutable.
 *
 * @param link the link
 * @param field the field's name
 * @param value the value that was asked about, in canonical form
 * @param verdict the answer
 * @param agreed the agreed value and where it came from, or null when nothing was agreed
 * @param decided the decision that the answer rests on: that which turned the value down, or which replaced it; null when
 *     the value is the agreed one or was never seen
 * @param sightings the decisions in which the value was seen, newest first, as far as the journal reaches back
 * @param consequences what was written and answered since that decision, oldest first
 */
public record WhyNot(
        String link,
        String field,
        Value value,
        Verdict verdict,
        @Nullable Agreed agreed,
        @Nullable Decision decided,
        List<Decision> sightings,
        List<Decision> consequences) {
    /** Copies the lists. */
    public WhyNot {
        sightings = List.copyOf(sightings);
        consequences = List.copyOf(consequences);
    }

    /** What is so with the value that was asked about. */
    public enum Verdict {
        /** It is the agreed value, perhaps in another spelling. */
        IS_AGREED,
        /** It was the agreed value, and another one took its place. */
        WAS_REPLACED,
        /** It was seen at a system, and a rule decided against it, or a person has still to decide. */
        TURNED_DOWN,
        /** No input that the journal tells of bore it. */
        NEVER_SEEN
    }

    /**
     * The whole explanation in words.
     *
     * @return lines of text, with values
     */
    public String text() {
        List<String> lines = new ArrayList<>();
        String what = field + " of link " + link;
        switch (verdict) {
            case IS_AGREED -> lines.add(what + " is " + Wording.of(value) + ".");
            case WAS_REPLACED -> lines.add(what + " was " + Wording.of(value) + " until another value took its place.");
            case TURNED_DOWN -> lines.add(what + " is not " + Wording.of(value) + ", though it was seen.");
            case NEVER_SEEN -> {
                lines.add(what + " is not " + Wording.of(value) + ": no system was ever seen to hold it, as far as the"
                        + " journal reaches back.");
                lines.add(
                        "If a system holds it, its event was lost or has not come yet: read the record with syncNow.");
            }
        }
        Agreed now = agreed;
        if (verdict != Verdict.IS_AGREED) {
            lines.add(
                    now == null
                            ? "Nothing is agreed."
                            : "Agreed is " + Wording.of(now.value()) + ", supplied by " + now.system() + ".");
        }
        Decision by = decided;
        if (by != null) {
            lines.add("Decided: " + Wording.of(by));
            lines.add("What the code means and what to do: " + Wording.documentation(by.reason()));
        }
        if (!sightings.isEmpty()) {
            lines.add("Seen, newest first:");
            sightings.forEach(sighting -> lines.add("  " + Wording.of(sighting)));
        }
        if (!consequences.isEmpty()) {
            lines.add("What came of it:");
            consequences.forEach(step -> lines.add("  " + Wording.of(step)));
        }
        return String.join("\n", lines);
    }

    @Override
    public String toString() {
        return "WhyNot[" + link + " " + field + ", " + verdict + (decided == null ? "" : " by " + decided.reason())
                + "]";
    }
}
