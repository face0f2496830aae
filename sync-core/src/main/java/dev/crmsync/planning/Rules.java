package dev.crmsync.planning;

import dev.crmsync.fields.Lenses;
import dev.crmsync.policy.Policy;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What planning needs besides state. Immutable.
 *
 * @param policy who decides what
 * @param systems what is known of each system, by name
 * @param anchor the system whose ids are the join key that the others keep, or null when none issues one
 * @param lenses the functions behind the mappings, with the canonical forms
 * @param hash a digest of all the above; decisions and links record it
 */
public record Rules(
        Policy policy,
        SortedMap<String, SystemRules> systems,
        @Nullable String anchor,
        Lenses lenses,
        String hash) {
    /** How many times a field is written over at a system within an hour before it is left alone. */
    public static final int REVERTS_PER_HOUR = 3;

    /** How many answers of a read may be overtaken before one is accepted all the same. */
    public static final int RACES = 3;

    /** How old a read may be that a whole is replaced on the strength of. */
    public static final Duration FRESH = Duration.ofSeconds(30);

    /** Copies the map. */
    public Rules {
        systems = Collections.unmodifiableSortedMap(new TreeMap<>(systems));
    }

    /**
     * What is known of a system.
     *
     * @param system its name
     * @return its rules, or empty when it is not part of the sync
     */
    public Optional<SystemRules> system(String system) {
        return Optional.ofNullable(systems.get(system));
    }

    Map<String, SystemRules> carrying(String type) {
        Map<String, SystemRules> carrying = new TreeMap<>();
        systems.forEach((name, rules) -> {
            if (rules.mappings().containsKey(type)) {
                carrying.put(name, rules);
            }
        });
        return carrying;
    }
}
