package dev.crmsync.engine;

import dev.crmsync.planning.Agreed;
import dev.crmsync.planning.Decision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who wrote a field of a link last: the system whose value is the agreed one, the system that edited it last whether or
 * not that counted, and when sync itself wrote it where. {@link #text()} is for people and shows values;
 * {@link #toString()} shows none. Immutable.
 *
 * @param link the link
 * @param field the field's name
 * @param agreed the agreed value and where it came from, or null when nothing was agreed
 * @param agreedBy the decision by which it was agreed, or null when there is none or the journal does not reach back so far
 * @param edited the last decision about an edit or a first sighting, or null when there was none
 * @param written the last write of sync to each system that took effect
 */
public record LastWriter(
        String link,
        String field,
        @Nullable Agreed agreed,
        @Nullable Decision agreedBy,
        @Nullable Decision edited,
        SortedMap<String, Decision> written) {
    /** Copies the map. */
    public LastWriter {
        written = Collections.unmodifiableSortedMap(new TreeMap<>(written));
    }

    /**
     * The system whose value is the agreed one.
     *
     * @return its name, or null when nothing was agreed
     */
    public @Nullable String system() {
        return agreed == null ? null : agreed.system();
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
            lines.add(field + " of link " + link + " is " + Wording.of(value.value()) + ", as " + value.system()
                    + " had it.");
        }
        add(lines, "Agreed: ", agreedBy);
        if (edited != null && !edited.equals(agreedBy)) {
            add(lines, "Last edit of all: ", edited);
        }
        written.values().forEach(write -> add(lines, "Written by sync: ", write));
        return String.join("\n", lines);
    }

    private static void add(List<String> lines, String what, @Nullable Decision decision) {
        if (decision != null) {
            lines.add("  " + what + Wording.of(decision));
        }
    }

    @Override
    public String toString() {
        return "LastWriter[" + link + " " + field + ", agreed " + system() + ", written " + written.keySet() + "]";
    }
}
