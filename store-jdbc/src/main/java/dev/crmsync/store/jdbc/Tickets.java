package dev.crmsync.store.jdbc;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Numbers that only grow: the order of arrival in the inbox, and who was served when. */
final class Tickets {
    private Tickets() {}

    static List<Long> draw(Handle handle, Database database, int count) {
        return handle.createQuery(database.dialect().tickets(database.sql("#ticket")))
                .bind("n", count)
                .mapTo(Long.class)
                .list();
    }
}
