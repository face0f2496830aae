package dev.crmsync.tests.kirim;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.crmsync.policy.Policies;
import dev.crmsync.safety.BackfillPlan;
import dev.crmsync.store.jdbc.JdbcStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random histories of a Kirim organisation and a HubSpot portal, from end to end: real HTTP, real signatures, the shipped adapters,
 * the guide's policy, and PostgreSQL. People edit both sides, webhooks are repeated, reordered and lost, calls fail in every way that
 * the sandbox knows, its dials stand anywhere, and engines end at any moment. Each history is one seed. Whatever is left unexplained
 * when all is quiet is a fault, and so is any write that is still made afterwards.
 *
 * <p>A few run in each build; {@code -Pend-to-end} runs 500, or {@code -Dhistories.count} from {@code -Dhistories.first} on.
 */
class HistoriesThroughTheEngineTest {
    private static final int COUNT = Integer.getInteger("histories.count", 500);
    private static final int FIRST = Integer.getInteger("histories.first", 1);
    private static final List<String> FAULTS =
            List.of("rate_limited", "server_error", "reset", "html", "lost_answer", "cut_answer");
    private static final Map<String, List<?>> KIRIM = Map.of(
            "patch.metadata", List.of("merge", "replace"),
            "contacts.empty", List.of("null", "absent"),
            "contacts.order", List.of("created_desc", "created_asc"),
            "events.labels", List.of("when_changed", "always"),
            "events.label_shape", List.of("id_name", "full", "names"),
            "conversations.assignee", List.of("assignee", "both"),
            "conversations.get_one", List.of("none", "phone", "root"),
            "events.unassigned", List.of("null", "none"),
            "labels.move_updated_at", List.of(true, false),
            "patch.noop_emits", List.of(true, false));
    private static final Map<String, List<?>> CRM = Map.of(
            "email.normalise", List.of("lower_trim", "none"),
            "writes.same_value_emits", List.of(true, false),
            "unique.conflict", List.of("409", "400"),
            "batch.partial", List.of("partial", "whole"),
            "merge.id", List.of("new", "primary"),
            "associations.partial", List.of("whole", "partial"),
            "webhooks.source_id", List.of("app_id", "absent"),
            "webhooks.event_id_repeats", List.of(0, 0.3),
            "webhooks.creation_property_changes", List.of(true, false));

    private static EmbeddedPostgres server;
    private static HikariDataSource pool;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder()
                // No history pulls the plug: what is synced to the disk when is no matter here.
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "off")
                .start();
        pool = new HikariDataSource();
        pool.setJdbcUrl(server.getJdbcUrl("postgres", "postgres"));
        pool.setMaximumPoolSize(8);
    }

    @AfterAll
    static void stop() throws IOException {
        pool.close();
        server.close();
    }

    @Test
    void a_few_histories_end_in_step_with_nothing_lost_and_nothing_made_twice() {
        run(900_001, 6);
    }

    @Test
    @Tag("end-to-end")
    void every_history_ends_in_step_with_nothing_lost_and_nothing_made_twice() {
        run(FIRST, COUNT);
    }

    /** The judge is no rubber stamp: what is changed behind everybody's back, and told to nobody, it finds. */
    @Test
    void a_value_that_was_changed_and_told_to_nobody_is_found() {
        try (TwoAccounts accounts = accounts("planted", 77)) {
            People people = new People(accounts, new Random(77));
            people.populate();
            quiet(accounts, "planted", 1);
            assertThat(new Judge(accounts, "planted", people, true, true).faults())
                    .isEmpty();
            accounts.kirim.turn("webhooks.drop", 1);
            String id = people.left.keySet().iterator().next();
            accounts.kirim.edit(Map.of("op", "patch", "id", id, "phone_number", "+6281200000000"));

            assertThat(new Judge(accounts, "planted", people, true, true).faults())
                    .singleElement()
                    .satisfies(fault -> assertThat(fault).startsWith(id + ".phone"));
        }
    }

    private static TwoAccounts accounts(String sync, int seed) {
        return new TwoAccounts(Policies.guide(), JdbcStore.on(pool), sync, seed);
    }

    private static void run(int first, int count) {
        List<String> failed = new ArrayList<>();
        for (int seed = first; seed < first + count; seed++) {
            String sync = "history-" + seed;
            try (TwoAccounts accounts = accounts(sync, seed)) {
                Random dice = new Random(seed);
                People people = new People(accounts, dice);
                List<String> faults = history(accounts, sync, people, dice);
                if (!faults.isEmpty()) {
                    failed.add("seed " + seed + ": " + String.join("\n  ", faults) + "\nafter\n  "
                            + String.join("\n  ", people.done()));
                    System.out.println(failed.get(failed.size() - 1));
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
            if ((seed - first + 1) % 50 == 0) {
                System.out.println((seed - first + 1) + " histories, " + failed.size() + " failed");
            }
        }
        System.out.println(count + " histories from seed " + first + ", " + failed.size() + " failed");
        assertThat(failed).isEmpty();
    }

    private static List<String> history(TwoAccounts accounts, String sync, People people, Random dice) {
        Map<String, Object> answers = thrown(KIRIM, dice);
        accounts.kirim.turn(answers);
        accounts.crm.turn(thrown(CRM, dice));
        accounts.kirim.turn("events.messages", true);
        people.populate();
        if (dice.nextBoolean()) {
            backfill(accounts, sync);
        }
        double drop = dice.nextInt(3) == 0 ? 0.2 : 0;
        trouble(accounts, drop, dice);
        int steps = 10 + dice.nextInt(20);
        for (int step = 0; step < steps; step++) {
            people.act();
            between(accounts, dice);
        }
        calm(accounts);
        quiet(accounts, sync, 2);
        List<String> faults = new Judge(
                        accounts,
                        sync,
                        people,
                        drop == 0,
                        answers.get("events.unassigned").equals("null"))
                .faults();
        faults.addAll(restless(accounts, sync));
        return faults;
    }

    private static Map<String, Object> thrown(Map<String, List<?>> dials, Random dice) {
        Map<String, Object> positions = new TreeMap<>();
        new TreeMap<>(dials).forEach((dial, choices) -> positions.put(dial, choices.get(dice.nextInt(choices.size()))));
        return positions;
    }

    private static void trouble(TwoAccounts accounts, double drop, Random dice) {
        for (var vendor : List.of(accounts.kirim, accounts.crm)) {
            Map<String, Object> dials = new TreeMap<>(Map.of(
                    "webhooks.drop",
                    drop,
                    "webhooks.duplicate",
                    0.2,
                    "webhooks.reorder",
                    0.3,
                    "webhooks.reorder_ms",
                    1));
            for (String fault : FAULTS) {
                dials.put("faults." + fault, dice.nextInt(4) == 0 ? 0.05 : 0);
            }
            vendor.turn(dials);
        }
    }

    private static void calm(TwoAccounts accounts) {
        for (var vendor : List.of(accounts.kirim, accounts.crm)) {
            vendor.turn(Map.of("webhooks.drop", 0, "webhooks.duplicate", 0, "webhooks.reorder", 0));
            FAULTS.forEach(fault -> vendor.turn("faults." + fault, 0));
        }
    }

    /** What engines do while people do the next thing: nothing, a step, much, or they end and begin anew. */
    private static void between(TwoAccounts accounts, Random dice) {
        switch (dice.nextInt(8)) {
            case 0, 1 -> {}
            case 2, 3 -> {
                accounts.kirim.flush(false);
                accounts.crm.flush(false);
                accounts.engine.step();
            }
            case 4 -> accounts.engine.step();
            case 5 -> {
                accounts.kirim.flush(false);
                accounts.crm.flush(false);
                accounts.engine.step();
                accounts.restart();
            }
            default -> accounts.settle(1 + dice.nextInt(3));
        }
        accounts.pass(Duration.ofSeconds(dice.nextInt(40)));
    }

    private static void backfill(TwoAccounts accounts, String sync) {
        BackfillPlan plan = accounts.engine.backfill(sync).dryRun();
        accounts.engine.backfill(sync).apply(plan.hash());
    }

    /** A walk of everything, and long enough for what was put off or left alone for an hour. */
    private static void quiet(TwoAccounts accounts, String sync, int hours) {
        for (String system : accounts.engine.status(sync).paused().keySet()) {
            accounts.engine.resume(sync, system);
        }
        for (int hour = 0; hour < hours; hour++) {
            accounts.kirim.flush(true);
            accounts.crm.flush(true);
            accounts.engine.recover(sync, accounts.now().minus(Duration.ofHours(1)));
            for (int round = 0; round < 3; round++) {
                accounts.pass(Duration.ofSeconds(30));
                accounts.settle(2);
            }
            accounts.pass(Duration.ofHours(1).plusMinutes(5));
        }
        accounts.settle();
    }

    /** What is written although everything is quiet. */
    private static List<String> restless(TwoAccounts accounts, String sync) {
        Map<String, Long> kirim = Accounting.writes(accounts.kirim);
        Map<String, Long> crm = Accounting.writes(accounts.crm);
        quiet(accounts, sync, 1);
        List<String> faults = new ArrayList<>();
        if (!Accounting.writes(accounts.kirim).equals(kirim)) {
            faults.add("Kirim is written to for ever: " + kirim + ", then " + Accounting.writes(accounts.kirim));
        }
        if (!Accounting.writes(accounts.crm).equals(crm)) {
            faults.add("HubSpot is written to for ever: " + crm + ", then " + Accounting.writes(accounts.crm));
        }
        return faults;
    }
}
