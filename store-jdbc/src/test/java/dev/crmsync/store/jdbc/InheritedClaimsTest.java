package dev.crmsync.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.store.DueChange;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Store;
import dev.crmsync.spi.store.Turn;
import dev.crmsync.spi.store.Unit;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InheritedClaimsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofHours(1));
    private static final Turn TURN = new Turn("acme", "crm", Lane.LIVE);

    @Test
    void what_a_process_had_claimed_or_leased_is_free_when_its_file_is_opened_again(@TempDir Path folder) {
        OptionalLong before;
        try (Store store = JdbcStore.h2(folder.resolve("store"))) {
            before = leave(store, "dead");
        }
        try (Store store = JdbcStore.h2(folder.resolve("store"))) {
            assertThat(store.claim(TURN, NOW, 10, "living", LATER)).hasSize(1);
            OptionalLong after = store.lease("run/acme", "living", NOW, LATER);
            assertThat(after.orElseThrow()).isGreaterThan(before.orElseThrow());
        }
    }

    @Test
    void what_is_claimed_stays_claimed_while_the_file_is_open_elsewhere_in_the_process(@TempDir Path folder) {
        try (Store store = JdbcStore.h2(folder.resolve("store"))) {
            leave(store, "living");
            try (Store second = JdbcStore.h2(folder.resolve("store"))) {
                assertThat(second.claim(TURN, NOW, 10, "other", LATER)).isEmpty();
                assertThat(second.lease("run/acme", "other", NOW, LATER)).isEmpty();
            }
        }
    }

    private static OptionalLong leave(Store store, String owner) {
        DueRow row = new DueRow("acme", "link", "crm", Lane.LIVE, NOW, 0, false, null);
        Unit unit = Unit.builder().due(new DueChange.Put(row, false)).build();
        assertThat(store.commit("acme", List.of(unit), null)).containsExactly(true);
        assertThat(store.claim(TURN, NOW, 10, owner, LATER)).hasSize(1);
        return store.lease("run/acme", owner, NOW, LATER);
    }
}
