package dev.crmsync.planning;

import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.mapping.Mapping;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the rules say of one system. Immutable.
 *
 * @param declaration what its adapter declares
 * @param mappings its mapping of each record type, by type name
 */
public record SystemRules(Declaration declaration, Map<String, Mapping> mappings) {
    /** Copies the map. */
    public SystemRules {
        mappings = Collections.unmodifiableMap(new TreeMap<>(mappings));
    }

    /**
     * Its mapping of a record type.
     *
     * @param type the type
     * @return the mapping, or empty when the system does not carry the type
     */
    public Optional<Mapping> mapping(String type) {
        return Optional.ofNullable(mappings.get(type));
    }
}
