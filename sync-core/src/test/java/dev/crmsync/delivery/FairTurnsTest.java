package dev.crmsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.engine.Sync;
import dev.crmsync.policy.Policies;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Many syncs share an engine, and none of them keeps another waiting. */
class FairTurnsTest {
    private final World world = new World();
    private final Toy kirim = new Toy("kirim", world.clock, World.contacts()).anchor();
    private final Toy crm = new Toy("crm", world.clock, World.contacts().withExternalId("kirim_id"));

    FairTurnsTest() {
        world.setting = builder -> builder.sync(Sync.named("aaa-noisy")
                .system("kirim", kirim)
                .system("crm", crm)
                .policy(Policies.guide().primaryCrm("crm")));
        world.start();
    }

    private void noise(int people) {
        for (int i = 0; i < people; i++) {
            RecordRef ref = kirim.ref(Contact.TYPE, "n" + i);
            var edit = kirim.edit(
                    ref,
                    Map.of("name", NativeValue.text("N" + i), "email", NativeValue.text("n" + i + "@example.com")));
            world.engine.receive("aaa-noisy", "kirim", kirim.tells(edit));
        }
    }

    @Test
    void one_record_of_a_quiet_sync_does_not_wait_for_the_thousands_of_a_noisy_one() {
        noise(3_000);
        world.person("k1", "Budi", "budi@example.com");
        world.clock.pass(Duration.ofSeconds(1));

        for (int step = 0; step < 3 && world.crm.writes.isEmpty(); step++) {
            world.engine.step();
        }

        assertThat(world.crm.writes).hasSize(1);
        assertThat(crm.writes).hasSizeLessThanOrEqualTo(300);
    }

    @Test
    void a_sync_whose_system_refuses_us_stops_itself_alone() {
        for (int i = 0; i < 10; i++) {
            crm.fates.add(Toy.fails(SyncException.of(Kind.AUTH, "revoked")));
        }
        noise(50);
        world.settle();
        world.person("k1", "Budi", "budi@example.com");

        world.settle(Duration.ofSeconds(1));

        assertThat(world.engine.status("aaa-noisy").paused()).containsOnlyKeys("crm");
        assertThat(world.engine.status(World.SYNC).paused()).isEmpty();
        assertThat(world.crm.records).hasSize(1);
    }

    @Test
    void a_limit_of_one_sync_account_does_not_slow_down_the_other() {
        crm.fates.add(Toy.fails(SyncException.of(Kind.RATE_LIMITED, "429").withRetryAfter(Duration.ofHours(1))));
        noise(50);
        world.person("k1", "Budi", "budi@example.com");

        world.settle(Duration.ofSeconds(1));

        assertThat(crm.writes).hasSize(1);
        assertThat(world.crm.records).hasSize(1);
    }

    @Test
    void a_thousand_paused_syncs_hide_nobody() {
        World crowded = new World();
        crowded.setting = builder -> {
            for (int i = 0; i < 1_001; i++) {
                builder.sync(Sync.named("aaa-" + i)
                        .system("kirim", kirim)
                        .system("crm", crm)
                        .policy(Policies.guide().primaryCrm("crm")));
            }
            return builder;
        };
        crowded.start();
        RecordRef ref = kirim.ref(Contact.TYPE, "n1");
        for (int i = 0; i < 1_001; i++) {
            crowded.engine.pause("aaa-" + i, "crm", "not paid");
            crowded.engine.receive("aaa-" + i, "kirim", kirim.tells(kirim.edit(ref, "name", "N" + i)));
        }
        crowded.person("k1", "Budi", "budi@example.com");

        crowded.settle(Duration.ofSeconds(1));

        assertThat(crm.writes).isEmpty();
        assertThat(crowded.crm.records).hasSize(1);
    }

    @Test
    void each_sync_sees_its_own_links_alone() {
        noise(2);
        world.person("n0", "Budi", "budi@example.com");
        world.settle();

        assertThat(world.engine.status("aaa-noisy").links()).isEqualTo(2);
        assertThat(world.engine.status(World.SYNC).links()).isEqualTo(1);
        assertThat(world.crm.text(world.crm("crm-1"), "name")).isEqualTo("Budi");
    }
}
