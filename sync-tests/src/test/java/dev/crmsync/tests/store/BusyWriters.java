package dev.crmsync.tests.store;

import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.InboxEvent;
import dev.crmsync.spi.store.InboxRow;
import dev.crmsync.spi.store.Store;
import dev.crmsync.spi.store.Unit;
import dev.crmsync.store.jdbc.JdbcStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** A process whose threads store events and process them, as fast as they can, and say what was acknowledged. */
final class BusyWriters {
    static final String SYNC = "acme";
    static final int EVENTS = 60;
    private static final int PAIRS = 4;

    private BusyWriters() {}

    /** The first argument is the file, the second tells this process's events from those of others. */
    public static void main(String[] args) {
        Store store = JdbcStore.h2(Path.of(args[0]));
        for (int pair = 0; pair < PAIRS; pair++) {
            String name = args[1] + "-" + pair;
            int shard = pair;
            new Thread(() -> accept(store, name, shard)).start();
            new Thread(() -> process(store, shard)).start();
        }
    }

    private static void accept(Store store, String name, int shard) {
        for (int batch = 0; ; batch++) {
            String key = name + "-" + batch;
            store.accept(SYNC, events(key, shard));
            System.out.println(key + " " + shard);
        }
    }

    static List<InboxEvent> events(String key, int shard) {
        return IntStream.range(0, EVENTS)
                .mapToObj(i -> new InboxEvent(
                        shard, "kirim", key + "-" + i, Instant.EPOCH.plusSeconds(i), Bytes.of(new byte[200])))
                .toList();
    }

    private static void process(Store store, int shard) {
        while (true) {
            Unit.Builder unit = Unit.builder();
            store.pending(SYNC, shard, EVENTS).stream().map(InboxRow::id).forEach(unit::inboxDone);
            store.commit(SYNC, List.of(unit.build()), null);
        }
    }
}
