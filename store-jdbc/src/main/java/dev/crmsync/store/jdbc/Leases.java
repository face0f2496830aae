package dev.crmsync.store.jdbc;

import dev.crmsync.spi.store.Fence;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** Leases with fencing tokens. */
final class Leases {
    private record Held(String owner, long token, long until) {
        boolean free(long now) {
            return owner.isEmpty() || until <= now;
        }
    }

    private final Database database;

    Leases(Database database) {
        this.database = database;
    }

    /** Whether a lease is held under this token; from here to the end of the transaction it stays so. */
    boolean holds(Handle handle, Fence fence) {
        return find(handle, fence.lease(), database.dialect().locksShared() ? "FOR SHARE" : "FOR UPDATE")
                .filter(held -> !held.owner().isEmpty() && held.token() == fence.token())
                .isPresent();
    }

    OptionalLong take(Handle handle, String name, String owner, Instant now, Instant until) {
        Optional<Held> held = find(handle, name, "FOR UPDATE");
        if (held.isEmpty()) {
            return write(
                    handle,
                    "INSERT INTO #lease (name, owner, token, held_until) VALUES (:name, :owner, :token, :until)",
                    name,
                    new Held(owner, 1, Micros.of(until)));
        }
        boolean mine = held.get().owner().equals(owner);
        if (!mine && !held.get().free(Micros.of(now))) {
            return OptionalLong.empty();
        }
        return write(
                handle,
                "UPDATE #lease SET owner = :owner, token = :token, held_until = :until WHERE name = :name",
                name,
                new Held(owner, held.get().token() + (mine ? 0 : 1), Micros.of(until)));
    }

    void release(Handle handle, String name, String owner) {
        handle.createUpdate(database.sql(
                        "UPDATE #lease SET owner = '', held_until = 0 WHERE name = :name AND owner = :owner"))
                .bind("name", name)
                .bind("owner", owner)
                .execute();
    }

    /** Gives back every lease; tokens stay, so that the next holders' are greater. */
    void free(Handle handle) {
        handle.createUpdate(database.sql("UPDATE #lease SET owner = '', held_until = 0 WHERE owner <> ''"))
                .execute();
    }

    private Optional<Held> find(Handle handle, String name, String lock) {
        return handle.createQuery(
                        database.sql("SELECT owner, token, held_until FROM #lease WHERE name = :name " + lock))
                .bind("name", name)
                .map((row, context) -> new Held(row.getString(1), row.getLong(2), row.getLong(3)))
                .findOne();
    }

    private OptionalLong write(Handle handle, String sql, String name, Held held) {
        handle.createUpdate(database.sql(sql))
                .bind("name", name)
                .bind("owner", held.owner())
                .bind("token", held.token())
                .bind("until", held.until())
                .execute();
        return OptionalLong.of(held.token());
    }
}
