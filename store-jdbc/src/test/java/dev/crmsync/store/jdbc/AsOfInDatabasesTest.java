package dev.crmsync.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.crmsync.engine.Identities;
import dev.crmsync.engine.IdentityAsOf;
import dev.crmsync.engine.IdentityAsOf.State;
import dev.crmsync.engine.Sync;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.policy.Policies;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who was who at a moment is told out of a database as it is out of memory, though a database keeps no nanoseconds. */
class AsOfInDatabasesTest {
    private static final String SYNC = "acme";

    private final Shelf kirim = new Shelf("kirim", true);
    private final Shelf crm = new Shelf("crm", false);
    private final RecordRef person = kirim.ref("kx-7781");
    private final RecordRef other = kirim.ref("kx-7782");
    private Instant now = Instant.parse("2026-05-01T12:00:00.123456789Z");

    private SyncEngine engine(Store store) {
        return SyncEngine.builder()
                .store(store)
                .clock(() -> now)
                .gatherWindow(Duration.ZERO)
                .remember(Duration.ofDays(35), Duration.ofDays(10))
                .sync(Sync.named(SYNC)
                        .system("kirim", kirim)
                        .system("crm", crm)
                        .policy(Policies.guide().primaryCrm("crm")))
                .stepping();
    }

    private Instant later() {
        now = now.plus(Duration.ofHours(1));
        return now;
    }

    private void tells(Store store) {
        try (SyncEngine engine = engine(store)) {
            Identities identities = engine.identities(SYNC);
            engine.receive(SYNC, "kirim", kirim.edits("kx-7781", "name", "Zebulon"));
            engine.receive(SYNC, "kirim", kirim.edits("kx-7782", "name", "Zebulon"));
            engine.drain();
            String link = engine.linkOf(SYNC, person);
            String former = engine.linkOf(SYNC, other);
            Instant joined = later();
            assertThat(engine.join(SYNC, person, other)).isEqualTo(link);
            engine.drain();
            Instant split = later();
            String own = engine.split(SYNC, other);
            engine.drain();
            Instant after = later();

            assertThat(engine.identities(SYNC).linkOf(other, joined.minusMillis(1)))
                    .isEqualTo(former);
            assertThat(engine.identities(SYNC).linkOf(other, joined)).isEqualTo(link);
            assertThat(engine.identities(SYNC).linkOf(other, split.minusMillis(1)))
                    .isEqualTo(link);
            assertThat(engine.identities(SYNC).linkOf(other, split)).isEqualTo(own);
            assertThat(identities.asOf(former, after).text()).contains("taken over by link " + link);
            assertThat(identities.asOf(link, joined).text()).contains("kx-7781; and kept in mind: kx-7782");
            assertThat(identities.log(link).text())
                    .contains(
                            "a record is claimed at crm", "is confirmed", "takes over link " + former, "is split off");

            now = now.plus(Duration.ofDays(9));
            Instant erased = later();
            engine.erase(SYNC, other);
            later();
            IdentityAsOf gone = identities.asOf(own, split);
            assertThat(gone.state()).isEqualTo(State.ERASED);
            assertThat(gone.since()).isBetween(erased.minusMillis(1), erased);
            assertThat(identities.asOf(link, joined).text())
                    .contains("(erased)")
                    .doesNotContain("kx-7782");
            assertThat(identities.log(link).text()).doesNotContain("kx-7782");

            now = now.plus(Duration.ofDays(2));
            engine.drain();
            assertThat(identities.asOf(link, split).state()).isEqualTo(State.NOT_KEPT);
            assertThat(identities.asOf(link, erased).state()).isEqualTo(State.STOOD);
        }
    }

    @Test
    void who_was_who_is_told_out_of_an_h2_file(@TempDir Path folder) {
        try (Store store = JdbcStore.h2(folder.resolve("store"))) {
            tells(store);
        }
    }

    @Test
    void who_was_who_is_told_out_of_postgresql() {
        try (HikariDataSource pool = Postgres.pool("as_of");
                Store store = JdbcStore.on(pool)) {
            tells(store);
        }
    }
}
