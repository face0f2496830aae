package dev.crmsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.ledger.SyncListener;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Quota;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A vendor that limits us is left alone as it asks, in the quota that is spent and in no other. */
class RateLimitsTest {
    private final World world = new World();

    RateLimitsTest() {
        world.kirim.quotas = List.of(
                new Quota("write", 6000, Duration.ofMinutes(1), Set.of(Operation.WRITE_ONE)),
                new Quota("read", 6000, Duration.ofMinutes(1), Set.of(Operation.READ_ONE)));
        world.start();
        world.peopleInStep(1, 6);
        world.kirim.writes.clear();
        world.kirim.reads.clear();
        world.crm.writes.clear();
    }

    private void rename(int from, int to, String name) {
        for (int i = from; i < to; i++) {
            world.tell(world.crm, world.crm.edit(world.crmOf(world.kirim("k" + i)), "name", name + i));
        }
    }

    @Test
    void one_429_stops_all_writes_of_its_quota_for_the_time_that_it_names() {
        world.kirim.fates.add(Toy.limited(Duration.ofSeconds(40), "write"));
        rename(1, 2, "New ");
        world.settle(Duration.ofSeconds(1));

        rename(2, 6, "New ");
        world.settle(Duration.ofSeconds(30));
        int within = world.kirim.writes.size();
        world.settle(Duration.ofSeconds(30));

        assertThat(within).isEqualTo(1);
        assertThat(world.kirim.writes).hasSize(6);
    }

    @Test
    void reads_go_on_while_the_quota_of_writes_is_spent() {
        world.kirim.fates.add(Toy.limited(Duration.ofSeconds(40), "write"));
        rename(1, 2, "New ");
        world.settle(Duration.ofSeconds(1));

        world.engine.syncNow(World.SYNC, world.kirim("k3"));

        assertThat(world.kirim.reads).containsExactly(world.kirim("k3"));
    }

    @Test
    void writes_go_on_while_the_quota_of_reads_is_spent() {
        world.kirim.readFates.add(() -> {
            throw SyncException.of(Kind.RATE_LIMITED, "429").withRetryAfter(Duration.ofSeconds(40));
        });
        world.engine.syncNow(World.SYNC, world.kirim("k3"));

        rename(1, 2, "New ");
        world.settle(Duration.ofSeconds(1));

        assertThat(world.kirim.writes).hasSize(1);
        world.settle(Duration.ofSeconds(30));
        assertThat(world.kirim.reads).hasSize(1);
        world.settle(Duration.ofSeconds(30));
        assertThat(world.kirim.reads).hasSize(2);
    }

    @Test
    void a_429_that_does_not_say_for_how_long_stops_its_quota_all_the_same() {
        world.kirim.fates.add(Toy.limited(null, "write"));
        rename(1, 2, "New ");
        world.settle(Duration.ofMillis(500));

        rename(2, 6, "New ");
        world.settle(Duration.ofSeconds(8));
        int within = world.kirim.writes.size();
        world.settle(Duration.ofSeconds(10));

        assertThat(within).isEqualTo(1);
        assertThat(world.kirim.writes).hasSize(6);
    }

    @Test
    void another_system_is_not_slowed_down() {
        world.kirim.fates.add(Toy.limited(Duration.ofMinutes(10), "write"));
        rename(1, 2, "New ");
        world.settle(Duration.ofSeconds(1));
        world.clock.pass(Duration.ofSeconds(1));

        world.tell(world.kirim, world.kirim.edit(world.kirim("k2"), "phone", "+6281234567890"));
        world.settle(Duration.ofSeconds(1));

        assertThat(world.crm.text(world.crmOf(world.kirim("k2")), "phone")).isEqualTo("+6281234567890");
    }

    @Test
    void being_limited_is_no_failure_and_costs_no_attempt() {
        for (int i = 0; i < 40; i++) {
            world.kirim.fates.add(Toy.limited(Duration.ofSeconds(1), "write"));
        }
        rename(1, 2, "New ");

        world.settle(Duration.ofMinutes(5));

        assertThat(world.engine.status(World.SYNC).deadLetters()).isZero();
        assertThat(world.kirim.text(world.kirim("k1"), "name")).isEqualTo("New 1");
    }

    @Test
    void no_more_calls_are_made_than_the_quota_grants() {
        World tight = new World();
        Toy crm = tight.crm;
        crm.quotas = List.of(new Quota("all", 10, Duration.ofSeconds(10), Set.of(Operation.values())));
        tight.start();
        for (int i = 0; i < 50; i++) {
            tight.person("k" + i, "Person " + i, "p" + i + "@example.com");
        }

        tight.settle(Duration.ofSeconds(10));
        int inTheFirstWindow = crm.writes.size() + crm.finds.size();
        tight.settle(Duration.ofMinutes(5));

        assertThat(inTheFirstWindow).isBetween(8, 11);
        assertThat(crm.records).hasSize(50);
        assertThat(crm.finds).as("each is looked for once before it is made").hasSize(50);
        assertThat(crm.records.keySet()).allMatch(ref -> ref.type().equals(Contact.TYPE));
    }

    @Test
    void no_more_is_taken_up_than_there_is_room_for() {
        World tight = new World();
        tight.crm.quotas = List.of(new Quota("all", 40, Duration.ofSeconds(10), Set.of(Operation.values())));
        AtomicInteger putBack = new AtomicInteger();
        tight.setting = builder -> builder.listener(new SyncListener() {
            @Override
            public void deferred(String sync, String system, Duration delay, String reason) {
                putBack.incrementAndGet();
            }
        });
        tight.start();
        for (int i = 0; i < 60; i++) {
            tight.person("k" + i, "Person " + i, "p" + i + "@example.com");
        }

        tight.settle(Duration.ofMinutes(5));

        assertThat(tight.crm.records).hasSize(60);
        assertThat(putBack.get())
                .as("what is put back costs a commit each time")
                .isLessThan(2 * 60);
    }

    @Test
    void a_quota_of_one_call_at_a_time_is_not_spent_on_looking_alone() {
        World tight = new World();
        tight.crm.quotas = List.of(new Quota("all", 1, Duration.ofSeconds(1), Set.of(Operation.values())));
        tight.start();
        for (int i = 0; i < 30; i++) {
            tight.person("k" + i, "Person " + i, "p" + i + "@example.com");
        }

        tight.settle(Duration.ofSeconds(20));
        int early = tight.crm.records.size();
        tight.settle(Duration.ofMinutes(1));

        assertThat(early)
                .as("what was looked for is made before others are looked for")
                .isBetween(8, 11);
        assertThat(tight.crm.records).hasSize(30);
        assertThat(tight.crm.finds).hasSize(30);
    }
}
