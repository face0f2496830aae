package dev.crmsync.benchmarks;

import dev.crmsync.fields.Canon;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The least that planning can cost: each given value is made canonical once and compared three ways, over plain maps, by
 * hand. It keeps no history, knows no rule, no as-of, no echo and no reason, reads no native forms, and derives no work.
 */
final class Floor {
    private final Canon canon;
    private final List<Field> fields;

    Floor(Canon canon, List<Field> fields) {
        this.canon = canon;
        this.fields = List.copyOf(fields);
    }

    /**
     * The given values that are news: neither what was last seen, nor equivalent to what is agreed.
     *
     * @param agreed canonical values
     * @param lastSeen canonical values
     * @param given values as they come
     */
    Map<String, Value> changed(Map<String, Value> agreed, Map<String, Value> lastSeen, Map<String, Value> given) {
        Map<String, Value> changed = new HashMap<>();
        for (Field field : fields) {
            Value raw = given.get(field.name());
            if (raw == null) {
                continue;
            }
            Value value = canon.canonical(field, raw);
            Value known = agreed.get(field.name());
            if (!value.equals(lastSeen.get(field.name()))
                    && (known == null || !canon.equivalent(field, value, known))) {
                changed.put(field.name(), value);
            }
        }
        return changed;
    }
}
