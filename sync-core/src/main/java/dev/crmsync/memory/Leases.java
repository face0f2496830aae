package dev.crmsync.memory;

import dev.crmsync.spi.store.Fence;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Leases with fencing tokens. A lease that was given back keeps its token, so that the next holder gets a greater one. */
final class Leases {
    private record Held(@Nullable String owner, long token, Instant until) {}

    private final Map<String, Held> leases = new HashMap<>();

    boolean holds(Fence fence) {
        Held held = leases.get(fence.lease());
        return held != null && held.owner() != null && held.token() == fence.token();
    }

    OptionalLong take(String name, String owner, Instant now, Instant until) {
        Held held = leases.get(name);
        if (held == null) {
            return hold(name, new Held(owner, 1, until));
        }
        if (owner.equals(held.owner())) {
            return hold(name, new Held(owner, held.token(), until));
        }
        if (held.owner() == null || !held.until().isAfter(now)) {
            return hold(name, new Held(owner, held.token() + 1, until));
        }
        return OptionalLong.empty();
    }

    private OptionalLong hold(String name, Held held) {
        leases.put(name, held);
        return OptionalLong.of(held.token());
    }

    void release(String name, String owner) {
        Held held = leases.get(name);
        if (held != null && owner.equals(held.owner())) {
            leases.put(name, new Held(null, held.token(), Instant.MIN));
        }
    }
}
