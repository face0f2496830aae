package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.ManagesSubscriptions;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Quota;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Accounts are prepared at the pace that their vendors allow. */
class AccountsTest {
    private static final URI TARGET = URI.create("https://host/desk");

    private final World world = new World();
    private final Prepared desk = new Prepared(world);

    AccountsTest() {
        desk.quotas = List.of(new Quota("admin", 2, Duration.ofMinutes(1), Set.of(Operation.ADMIN)));
        world.defining = sync -> sync.system("desk", desk);
        world.start();
    }

    /** A toy that can be set up, and remembers when it was asked. */
    private static final class Prepared extends Toy implements SetsUp, ManagesSubscriptions {
        private final List<Instant> asked = new ArrayList<>();
        private final List<Subscription> subscriptions = new ArrayList<>();
        private final List<String> rotated = new ArrayList<>();
        private int limits;

        Prepared(World world) {
            super("desk", world.clock, World.contacts().withExternalId("kirim_id"));
        }

        private void asked() {
            asked.add(clock.instant());
            if (limits > 0) {
                limits--;
                throw SyncException.of(Kind.RATE_LIMITED, "429").withRetryAfter(Duration.ofSeconds(90));
            }
        }

        @Override
        public List<SetupStep> setUp(List<Mapping> mappings, boolean dryRun) {
            asked();
            return List.of(new SetupStep(dryRun ? SetupStep.State.MISSING : SetupStep.State.MADE, "kirim_id"));
        }

        @Override
        public Subscription subscribe(URI target, List<String> types) {
            asked();
            Subscription made = new Subscription("s1", target, types, true);
            subscriptions.add(made);
            return made;
        }

        @Override
        public List<Subscription> subscriptions() {
            asked();
            return List.copyOf(subscriptions);
        }

        @Override
        public void rotateSecret(String id, Duration overlap) {
            asked();
            rotated.add(id + " " + overlap);
        }

        @Override
        public void unsubscribe(String id) {
            asked();
            subscriptions.removeIf(one -> one.id().equals(id));
        }
    }

    private Accounts accounts() {
        return world.engine.accounts(World.SYNC);
    }

    @Test
    void a_dry_run_says_what_would_be_made_and_a_run_makes_it() {
        assertThat(accounts().setUp(true).get("desk"))
                .containsExactly(new SetupStep(SetupStep.State.MISSING, "kirim_id"));
        assertThat(accounts().setUp(false)).containsOnlyKeys("desk");
    }

    @Test
    void set_up_waits_until_its_quota_has_room() {
        for (int i = 0; i < 4; i++) {
            accounts().setUp(false);
        }

        assertThat(desk.asked).hasSize(4);
        assertThat(Duration.between(desk.asked.get(0), desk.asked.get(3)))
                .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void subscribing_spends_from_the_same_quota() {
        for (int i = 0; i < 4; i++) {
            assertThat(accounts().subscribe("desk", TARGET).target()).isEqualTo(TARGET);
        }

        assertThat(Duration.between(desk.asked.get(0), desk.asked.get(3)))
                .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void subscriptions_are_listed_rotated_and_removed_at_the_pace_of_the_vendor() {
        accounts().subscribe("desk", TARGET);
        assertThat(accounts().subscriptions("desk")).hasSize(1);

        desk.limits = 1;
        accounts().rotateSecret("desk", "s1", Duration.ofHours(2));
        accounts().unsubscribe("desk", "s1");

        assertThat(desk.rotated).containsExactly("s1 PT2H");
        assertThat(accounts().subscriptions("desk")).isEmpty();
        assertThatThrownBy(() -> accounts().rotateSecret("desk", "s1", Duration.ofHours(-1)))
                .hasMessageContaining("overlap is negative");
    }

    @Test
    void a_limited_set_up_is_repeated_when_the_vendor_allows_it() {
        desk.limits = 1;

        assertThat(accounts().setUp(false)).containsOnlyKeys("desk");

        assertThat(desk.asked).hasSize(2);
        assertThat(Duration.between(desk.asked.get(0), desk.asked.get(1)))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void a_vendor_that_limits_without_end_is_given_up() {
        desk.limits = 1_000;

        assertThatThrownBy(() -> accounts().setUp(false))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.RATE_LIMITED));
        assertThat(desk.asked).hasSizeLessThan(10);
    }

    @Test
    void a_system_without_an_api_for_subscriptions_is_refused_with_what_to_do() {
        assertThatThrownBy(() -> accounts().subscribe("crm", TARGET))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
                .hasMessageContaining("setUp says what a person must click");
        assertThatThrownBy(() -> accounts().subscriptions("crm")).hasMessageContaining("what a person must click");
        assertThatThrownBy(() -> accounts().subscribe("nowhere", TARGET)).hasMessageContaining("[crm, desk, kirim]");
    }
}
