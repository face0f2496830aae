package dev.crmsync.planning;

import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.Archives;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.mapping.Mapping;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the rules say of one system. Immutable.
 *
 * @param declaration what its adapter declares
 * @param mappings its mapping of each record type, by type name
 * @param archives whether its adapter can archive records
 */
public record SystemRules(Declaration declaration, Map<String, Mapping> mappings, boolean archives) {
    /** Copies the map. */
    public SystemRules {
        mappings = Collections.unmodifiableMap(new TreeMap<>(mappings));
    }

    /**
     * The rules of a system whose adapter cannot archive.
     *
     * @param declaration what its adapter declares
     * @param mappings its mapping of each record type, by type name
     */
    public SystemRules(Declaration declaration, Map<String, Mapping> mappings) {
        this(declaration, mappings, false);
    }

    /**
     * The rules of a system, as its adapter declares and can.
     *
     * @param adapter its adapter
     * @param mappings its mapping of each record type, by type name
     * @return the rules
     */
    public static SystemRules of(Adapter adapter, Map<String, Mapping> mappings) {
        return new SystemRules(adapter.declaration(), mappings, adapter instanceof Archives);
    }

    /**
     * The same rules for some of the types.
     *
     * @param carried the types, by name
     * @return a copy without the mappings of all others
     */
    public SystemRules limitedTo(Predicate<String> carried) {
        Map<String, Mapping> kept = new TreeMap<>(mappings);
        kept.keySet().removeIf(carried.negate());
        return new SystemRules(declaration, kept, archives);
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
