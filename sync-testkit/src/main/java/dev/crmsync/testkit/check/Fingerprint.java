package dev.crmsync.testkit.check;

import dev.crmsync.planning.Agreed;
import dev.crmsync.planning.Side;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which states of a small world are the same for all that can come of them. Every component of every record counts, also
 * of those that are added one day; but of sequence numbers (every {@code long}) and of times at systems only the order counts,
 * and of times on the engine's clock only how long ago they were. Two states of equal fingerprints are taken for one: they have 128
 * bits, so that two of a million states are mixed up once in 10^26 searches. Not thread-safe.
 */
final class Fingerprint {
    private static final long ENGINES = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();
    private static final long END_OF_TIME =
            Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();
    private static final long HALF_A_YEAR = 180L * 24 * 60 * 60 * 1000;
    private static final int REMEMBERED = 20_000;

    /** Parts that follow each other unchanged from state to state: each is taken apart once. */
    private static final Set<Class<?>> SHARED = Set.of(Agreed.class, Side.class, Place.class, Notice.class);

    private static final int NAME = 0;
    private static final int NUMBER = 1;
    private static final int TIME = 2;
    private static final int KINDS = 4;

    private final Map<Object, Integer> names = new HashMap<>();
    private final Map<Class<?>, Components> components = new HashMap<>();
    private final IdentityHashMap<Object, long[]> parts = new IdentityHashMap<>();
    private long[] tokens = new long[1024];
    private int size;
    private final Ranks numbers = new Ranks();
    private final Ranks times = new Ranks();

    long high;
    long low;

    /** Works out {@link #high} and {@link #low}. */
    void take(World world) {
        size = 0;
        add(world.link());
        add(world.places());
        add(world.asked());
        add(world.left());
        numbers.begin();
        times.begin();
        for (int i = 0; i < size; i++) {
            int kind = kind(tokens[i]);
            if (kind == NUMBER) {
                numbers.add(payload(tokens[i]));
            } else if (kind == TIME && ofSystem(payload(tokens[i]))) {
                times.add(payload(tokens[i]));
            }
        }
        numbers.sort(0);
        times.sort(HALF_A_YEAR);
        mix(world.now().toEpochMilli());
    }

    private void mix(long now) {
        high = 0x9E3779B97F4A7C15L;
        low = 0xC2B2AE3D27D4EB4FL;
        for (int i = 0; i < size; i++) {
            long payload = payload(tokens[i]);
            int kind = kind(tokens[i]);
            if (kind == NUMBER) {
                mix(numbers.rank(payload), 1);
            } else if (kind == NAME) {
                mix(payload, 2);
            } else if (ofSystem(payload)) {
                mix(times.rank(payload), 3);
            } else {
                mix(payload == 0 || payload == END_OF_TIME ? payload : now - payload, 4);
            }
        }
    }

    private void mix(long token, int kind) {
        long spread = (token * 5 + kind) * 0x9E3779B97F4A7C15L;
        high = Long.rotateLeft(high ^ spread, 27) * 0xD6E8FEB86659FD93L + 0x52DCE729L;
        low = Long.rotateLeft(low + Long.reverse(spread), 31) * 0xA0761D6478BD642FL ^ high >>> 29;
    }

    private static boolean ofSystem(long time) {
        return time != 0 && time < ENGINES;
    }

    private static int kind(long token) {
        return (int) (token & KINDS - 1);
    }

    private static long payload(long token) {
        return token / KINDS;
    }

    private void add(@Nullable Object value) {
        if (value instanceof Record record) {
            record(record);
        } else if (value instanceof String text) {
            token(name(text), NAME);
        } else if (value instanceof Long number) {
            token(number, NUMBER);
        } else if (value instanceof Instant time) {
            token(time.toEpochMilli(), TIME);
        } else if (value instanceof Integer number) {
            token(number & 0xFFFFFFFFL, NAME);
        } else if (value instanceof Map<?, ?> map) {
            token(map.size(), NAME);
            map.forEach((key, held) -> {
                add(key);
                add(held);
            });
        } else if (value instanceof Collection<?> all) {
            token(all.size(), NAME);
            all.forEach(this::add);
        } else {
            // Nothing, flags, constants of enumerations, decimal numbers: equal ones have one name.
            token(name(value == null ? "null" : value), NAME);
        }
    }

    private void record(Record record) {
        Components of = components.computeIfAbsent(
                record.getClass(), type -> new Components(type, name(type), SHARED.contains(type)));
        long[] known = of.shared ? parts.get(record) : null;
        if (known != null) {
            room(known.length);
            System.arraycopy(known, 0, tokens, size, known.length);
            size += known.length;
            return;
        }
        int start = size;
        token(of.name, NAME);
        for (int i = 0; i < of.size(); i++) {
            add(of.get(record, i));
        }
        if (of.shared) {
            if (parts.size() == REMEMBERED) {
                parts.clear();
            }
            parts.put(record, Arrays.copyOfRange(tokens, start, size));
        }
    }

    private int name(Object value) {
        return names.computeIfAbsent(value, fresh -> names.size());
    }

    private void token(long payload, int kind) {
        room(1);
        tokens[size++] = payload * KINDS + kind;
    }

    private void room(int more) {
        if (size + more > tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * (size + more));
        }
    }
}
