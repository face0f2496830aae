package dev.crmsync.policy;

import dev.crmsync.spi.field.Field;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The policy of one record type. Immutable.
 *
 * @param fields the policy of each field by name; bag entries under their full name, a whole bag under the bag's name for
 *     its keys that have none of their own
 * @param records the record rule of each system; systems without one are only followed
 * @param matchedBy the names of the fields by whose equal value an unknown record joins a link, in order, after the join key;
 *     empty when the join key alone links
 * @param same sets of records that are one thing, whatever they bear: the id of each by its system
 */
public record TypePolicy(
        Map<String, FieldPolicy> fields,
        Map<String, RecordRule> records,
        List<String> matchedBy,
        List<Map<String, String>> same) {
    /** Copies and sorts the maps. */
    public TypePolicy {
        fields = Collections.unmodifiableMap(new TreeMap<>(fields));
        records = Collections.unmodifiableMap(new TreeMap<>(records));
        matchedBy = List.copyOf(matchedBy);
        same = same.stream()
                .map(row -> Collections.unmodifiableMap(new TreeMap<>(row)))
                .toList();
    }

    /**
     * The policy of a field.
     *
     * @param field the field, bag entries expanded
     * @return its policy, or empty when nobody decides it, so that it goes nowhere
     */
    public Optional<FieldPolicy> field(Field field) {
        FieldPolicy own = fields.get(field.name());
        return own != null ? Optional.of(own) : field.bag().map(fields::get);
    }

    /**
     * The records that are said to be the same thing as one.
     *
     * @param system the system of the record
     * @param id its id there
     * @return the id of each other one by its system; empty when nothing is said of it
     */
    public Map<String, String> sameAs(String system, String id) {
        for (Map<String, String> row : same) {
            if (id.equals(row.get(system))) {
                Map<String, String> others = new TreeMap<>(row);
                others.remove(system);
                return others;
            }
        }
        return Map.of();
    }

    /**
     * The record rule of a system.
     *
     * @param system the system
     * @return its rule
     */
    public RecordRule records(String system) {
        return records.getOrDefault(system, RecordRule.FOLLOW);
    }
}
