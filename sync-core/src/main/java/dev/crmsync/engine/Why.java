package dev.crmsync.engine;

import dev.crmsync.planning.Agreed;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Stance;
import dev.crmsync.spi.field.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Why one field of one link is as it is: the agreed value and who supplied it, what each system is held to, and the
 * decisions that led there. {@link #text()} is for people and shows values; {@link #toString()} shows none. Immutable.
 *
 * @param link the link
 * @param field the field's name
 * @param agreed the agreed value and where it came from, or null when nothing was agreed
 * @param agreedAt when it was agreed, or null when nothing was or the journal does not reach back so far
 * @param systems what is so at each system that carries the field
 * @param decisions the decisions about the field, newest first, as far as the journal reaches back
 */
public record Why(
        String link,
        String field,
        @Nullable Agreed agreed,
        @Nullable Instant agreedAt,
        SortedMap<String, At> systems,
        List<Decision> decisions) {
    /** Copies the collections. */
    public Why {
        systems = Collections.unmodifiableSortedMap(new TreeMap<>(systems));
        decisions = List.copyOf(decisions);
    }

    /**
     * What is so at one system.
     *
     * @param record the id of the link's record there, or null when it has none
     * @param stance what the system is held to
     * @param reason what brought the stance about, or null when it follows from the rules
     * @param holds what it was last seen to hold, or null when that is not known
     * @param outstanding what is still to be done there, in words, or null when nothing is
     */
    public record At(
            @Nullable String record,
            Stance stance,
            @Nullable Reason reason,
            @Nullable Value holds,
            @Nullable String outstanding) {
        @Override
        public String toString() {
            return "At[" + stance + (reason == null ? "" : " because " + reason) + "]";
        }
    }

    /**
     * The whole explanation in words.
     *
     * @return lines of text, with values
     */
    public String text() {
        List<String> lines = new ArrayList<>();
        Agreed value = agreed;
        if (value == null) {
            lines.add(field + " of link " + link + " has no agreed value.");
        } else {
            lines.add(field + " of link " + link + " is " + Wording.of(value.value()) + ", supplied by "
                    + value.system() + (agreedAt == null ? "" : " at " + agreedAt) + ".");
        }
        systems.forEach((system, at) -> lines.add("  " + system + " " + words(at)));
        if (!decisions.isEmpty()) {
            lines.add("Decisions, newest first:");
            decisions.forEach(decision -> lines.add("  " + Wording.of(decision)));
        }
        return String.join("\n", lines);
    }

    private static String words(At at) {
        return at.stance()
                + (at.reason() == null ? "" : " because " + at.reason())
                + (at.record() == null ? ", has no record" : "")
                + (at.holds() == null ? "" : ", holds " + Wording.of(at.holds()))
                + (at.outstanding() == null ? "" : "; outstanding: " + at.outstanding());
    }

    @Override
    public String toString() {
        return "Why[" + link + " " + field + ", " + systems + "]";
    }
}
