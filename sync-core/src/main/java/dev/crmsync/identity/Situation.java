package dev.crmsync.identity;

import dev.crmsync.planning.Links;
import dev.crmsync.planning.Rules;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.RecordRef;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that was looked up about one change event before it is decided which link its record belongs to. Journaled, so that
 * the decision can be replayed. Immutable.
 *
 * @param event the event
 * @param owners the link of each record that {@link Identity#lookUps} asked for, as far as it has one
 * @param matches for each match that {@link Identity#matchesOf} asked for, the links that bear it, sorted
 * @param links the links named in {@code owners} and {@code matches}
 * @param newLink the id that a new link would take
 * @param rules the rules
 */
public record Situation(
        ChangeEvent event,
        Map<RecordRef, String> owners,
        Map<Match, List<String>> matches,
        Links links,
        String newLink,
        Rules rules) {
    /** Copies the maps. */
    public Situation {
        owners = Map.copyOf(owners);
        matches = Collections.unmodifiableMap(new TreeMap<>(matches));
    }

    /**
     * A value by which records of one person may recognise each other.
     *
     * @param field the canonical field
     * @param value its canonical value
     */
    public record Match(String field, Value value) implements Comparable<Match> {
        @Override
        public int compareTo(Match other) {
            int order = field.compareTo(other.field);
            return order != 0 ? order : value.toString().compareTo(other.value.toString());
        }
    }
}
