package dev.crmsync.spi.mapping;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A lens as plain data: how one canonical field is read from native properties ({@code get}) and written back into
 * them without disturbing what it does not carry ({@code put}). The engine holds the functions behind the data and
 * checks that they round-trip. All variants are immutable.
 *
 * <p>A lens reads and writes <em>slots</em>. A slot is the smallest raw unit that is compared and written: a native
 * property, or, below a map, one of its keys.
 */
public sealed interface Lens {
    /**
     * One property holds the whole field.
     *
     * @param property the native property
     */
    record Direct(String property) implements Lens {
        /** Refuses an empty name. */
        public Direct {
            named(property);
        }
    }

    /**
     * Several properties joined by a separator, such as first and last name. An unchanged join keeps the parts as they
     * stood, so that ("Mary Ann", "Lee") is never split anew.
     *
     * @param properties the native properties, in order, at least two
     * @param separator what stands between them, not empty
     */
    record Joined(List<String> properties, String separator) implements Lens {
        /** Copies the list and refuses fewer than two properties. */
        public Joined {
            properties = List.copyOf(properties);
            properties.forEach(Lens::named);
            if (properties.size() < 2 || separator.isEmpty()) {
                throw new IllegalArgumentException("a joined lens needs two properties or more and a separator");
            }
        }
    }

    /**
     * One property that holds codes of the vendor's own for the canonical codes. Several native codes may stand for one
     * canonical code: what a record bears is left as it is while it means the same, and one of them is written where it is
     * not.
     *
     * @param property the native property
     * @param canonicalByNative the canonical code of each native code
     * @param nativeByCanonical the native code that is written for each canonical code
     */
    record Coded(String property, Map<String, String> canonicalByNative, Map<String, String> nativeByCanonical)
            implements Lens {
        /** Copies the tables and refuses those that have no way back. */
        public Coded {
            named(property);
            canonicalByNative = Collections.unmodifiableMap(new TreeMap<>(canonicalByNative));
            nativeByCanonical = Collections.unmodifiableMap(new TreeMap<>(nativeByCanonical));
            if (!nativeByCanonical.keySet().equals(Set.copyOf(canonicalByNative.values()))) {
                throw new IllegalArgumentException("property " + property + ": the canonical codes "
                        + new TreeSet<>(canonicalByNative.values())
                        + " each need the one native code that is written for them, and those of "
                        + nativeByCanonical.keySet() + " are named");
            }
            for (Map.Entry<String, String> written : nativeByCanonical.entrySet()) {
                if (!written.getKey().equals(canonicalByNative.get(written.getValue()))) {
                    throw new IllegalArgumentException("property " + property + ": " + written.getValue()
                            + " is written for " + written.getKey() + " and read as "
                            + canonicalByNative.get(written.getValue()));
                }
            }
        }

        /**
         * Codes that stand for each other one to one.
         *
         * @param property the native property
         * @param canonicalByNative the canonical code of each native code
         * @throws IllegalArgumentException when two native codes share a canonical code
         */
        public Coded(String property, Map<String, String> canonicalByNative) {
            this(property, canonicalByNative, inverse(property, canonicalByNative));
        }

        private static Map<String, String> inverse(String property, Map<String, String> canonicalByNative) {
            Map<String, String> inverse = new TreeMap<>();
            canonicalByNative.forEach((code, canonical) -> {
                if (inverse.put(canonical, code) != null) {
                    throw new IllegalArgumentException("property " + property
                            + ": two native codes share the canonical code " + canonical
                            + "; say which of them is written, as in new Coded(property, canonicalByNative,"
                            + " nativeByCanonical)");
                }
            });
            return inverse;
        }
    }

    /**
     * One property that holds members as text with a separator between them.
     *
     * @param property the native property
     * @param separator what stands between members, such as {@code ;}
     */
    record Delimited(String property, String separator) implements Lens {
        /** Refuses an empty separator. */
        public Delimited {
            named(property);
            if (separator.isEmpty()) {
                throw new IllegalArgumentException("property " + property + ": a delimited lens needs a separator");
            }
        }
    }

    /**
     * One property that holds members as a list of texts.
     *
     * @param property the native property
     */
    record ListOf(String property) implements Lens {
        /** Refuses an empty name. */
        public ListOf {
            named(property);
        }
    }

    /**
     * A bag held as one native map: each key is a slot and an entry of its own. The adapter writes the map's keys, or
     * the whole map where {@link Access} says that wholes are replaced.
     *
     * @param property the native property that holds the map
     */
    record BagOf(String property) implements Lens {
        /** Refuses an empty name. */
        public BagOf {
            named(property);
        }
    }

    /**
     * One property that holds an instant.
     *
     * @param property the native property
     * @param format how the vendor writes instants
     */
    record Timestamp(String property, TimeFormat format) implements Lens {
        /** Refuses an empty name. */
        public Timestamp {
            named(property);
            Objects.requireNonNull(format, "format");
        }
    }

    /**
     * One property that holds the id of another record of the same system.
     *
     * @param property the native property
     * @param type the canonical type of the other record
     */
    record ReferenceTo(String property, String type) implements Lens {
        /** Refuses empty names. */
        public ReferenceTo {
            named(property);
            named(type);
        }
    }

    /**
     * One property that holds a list of ids of other records of the same system, such as the labels of a contact where a system
     * knows labels by their ids.
     *
     * @param property the native property
     * @param type the canonical type of the other records
     */
    record ReferencesTo(String property, String type) implements Lens {
        /** Refuses empty names. */
        public ReferencesTo {
            named(property);
            named(type);
        }
    }

    /** How a vendor writes instants. */
    enum TimeFormat {
        /** ISO 8601 in UTC, such as {@code 2026-05-01T00:00:00Z}. */
        ISO,
        /** Milliseconds since 1970 as a number or as digits. */
        EPOCH_MILLIS
    }

    /**
     * The native properties that this lens reads and writes.
     *
     * @return their names, in order
     */
    default List<String> properties() {
        if (this instanceof Direct lens) {
            return List.of(lens.property());
        } else if (this instanceof Joined lens) {
            return lens.properties();
        } else if (this instanceof Coded lens) {
            return List.of(lens.property());
        } else if (this instanceof Delimited lens) {
            return List.of(lens.property());
        } else if (this instanceof ListOf lens) {
            return List.of(lens.property());
        } else if (this instanceof BagOf lens) {
            return List.of(lens.property());
        } else if (this instanceof Timestamp lens) {
            return List.of(lens.property());
        } else if (this instanceof ReferenceTo lens) {
            return List.of(lens.property());
        } else if (this instanceof ReferencesTo lens) {
            return List.of(lens.property());
        }
        throw new IllegalStateException("unreachable: the lenses are sealed");
    }

    private static void named(String name) {
        if (Objects.requireNonNull(name, "property").isEmpty()) {
            throw new IllegalArgumentException("a lens needs the name of a native property");
        }
    }
}
