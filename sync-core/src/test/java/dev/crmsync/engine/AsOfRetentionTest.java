package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.engine.IdentityAsOf.State;
import dev.crmsync.memory.MemoryStore;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.JournalEntry;
import dev.crmsync.spi.store.Unit;
import dev.crmsync.toy.TroubledStore;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far back may be asked: as far as all is kept, and what is older is not guessed. */
class AsOfRetentionTest {
    private static final Duration DAYS = Duration.ofDays(10);

    private final MemoryStore store = new MemoryStore();
    private final TroubledStore counted = new TroubledStore(store);
    private final World world = new World(counted.store);
    private final RecordRef kirim = world.kirim("k1");

    private Identities identities() {
        return world.engine.identities(World.SYNC);
    }

    private String inStep() {
        world.peopleInStep(1, 2);
        return world.engine.linkOf(World.SYNC, kirim);
    }

    private void remembering(Duration journal) {
        world.setting = builder -> builder.remember(Duration.ofDays(35), journal);
        world.start();
    }

    @Test
    void what_is_older_than_the_journal_is_not_kept_and_what_is_younger_is_told_though_the_step_was_forgotten() {
        remembering(DAYS);
        String link = inStep();
        Instant known = world.clock.instant();
        world.clock.pass(DAYS.plusDays(1));
        world.engine.drain();
        Instant reach = world.clock.instant().minus(DAYS);
        assertThat(store.journal(World.SYNC, link, Long.MAX_VALUE, 9)).isEmpty();

        IdentityAsOf older = identities().asOf(link, known);
        IdentityAsOf younger = identities().asOf(link, reach);

        assertThat(older.state()).isEqualTo(State.NOT_KEPT);
        assertThat(older.records()).isNull();
        assertThat(older.since()).isEqualTo(reach);
        assertThat(older.text()).contains("who it was is not kept; the identity log is whole from " + reach + " on");
        assertThat(younger.state()).isEqualTo(State.STOOD);
        assertThat(younger.records()).isNotNull();
        assertThat(younger.records().refs()).containsExactly(world.crmOf(kirim), kirim);
        assertThat(younger.since()).isNull();
        assertThat(younger.text()).contains("since longer ago than the journal reaches back");
        assertThat(identities().log(link).whole()).isFalse();
        assertThat(identities().log(link).text()).contains("nothing is kept of it");
        assertThat(world.engine.identities(World.SYNC).linkOf(kirim, reach)).isEqualTo(link);
        assertThatThrownBy(() -> world.engine.identities(World.SYNC).linkOf(kirim, known))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
                .hasMessageContaining("is not kept: identity logs are whole from " + reach + " on");
    }

    @Test
    void what_was_before_a_step_that_is_kept_is_told_though_what_led_there_was_forgotten() {
        remembering(DAYS);
        String link = inStep();
        RecordRef crm = world.crmOf(kirim);
        world.clock.pass(DAYS.minusDays(1));
        Instant split = world.clock.instant();
        world.engine.split(World.SYNC, crm);
        world.clock.pass(Duration.ofDays(2));
        world.engine.drain();

        IdentityAsOf then = identities().asOf(link, split.minusMillis(1));

        assertThat(then.state()).isEqualTo(State.STOOD);
        assertThat(then.last()).isNull();
        assertThat(then.records()).isNotNull();
        assertThat(then.records().refs()).containsExactly(crm, kirim);
        assertThat(world.engine.identities(World.SYNC).linkOf(crm, split.minusMillis(1)))
                .isEqualTo(link);
    }

    @Test
    void a_longer_memory_does_not_bring_back_what_was_forgotten() {
        remembering(DAYS);
        String link = inStep();
        Instant known = world.clock.instant();
        world.clock.pass(DAYS.plusDays(1));
        world.engine.drain();
        Instant reach = world.clock.instant().minus(DAYS);

        remembering(Duration.ofDays(400));
        world.clock.pass(Duration.ofHours(2));
        world.engine.drain();

        assertThat(identities().asOf(link, known).state()).isEqualTo(State.NOT_KEPT);
        assertThat(identities().asOf(link, known).since()).isEqualTo(reach);
    }

    @Test
    void a_link_that_began_later_than_what_is_kept_is_told_as_not_begun() {
        remembering(DAYS);
        Instant early = world.clock.instant();
        world.clock.pass(DAYS.plusDays(20));
        world.engine.drain();
        String link = inStep();

        assertThat(identities().asOf(link, early).state()).isEqualTo(State.NOT_YET);
        assertThatThrownBy(() -> world.engine.identities(World.SYNC).linkOf(kirim, early))
                .hasMessageContaining("no link of sync acme held");
    }

    @Test
    void who_was_who_before_an_earlier_version_wrote_it_down_is_not_guessed() {
        world.start();
        String link = inStep();
        Instant earlier = world.clock.instant();
        Unit unheard = Unit.builder().cursor("identity-since", Bytes.EMPTY).build();
        store.commit(World.SYNC, List.of(unheard), null);
        world.clock.pass(Duration.ofMinutes(1));

        world.start();

        Instant now = world.clock.instant();
        assertThat(identities().asOf(link, earlier).state()).isEqualTo(State.NOT_KEPT);
        assertThat(identities().asOf(link, earlier).since()).isEqualTo(now);
        assertThat(identities().asOf(link, now).state()).isEqualTo(State.STOOD);
    }

    @Test
    void a_log_is_read_a_page_at_a_time_and_a_page_that_ends_amid_one_number_loses_nothing() {
        world.start();
        String link = inStep();
        Instant known = world.clock.instant();
        RecordRef crm = world.crmOf(kirim);
        world.clock.pass(Duration.ofMinutes(1));
        world.engine.split(World.SYNC, crm);
        long seq = store.journal(World.SYNC, link, Long.MAX_VALUE, 1).get(0).seq();
        // More than a page of the very number that the split has, and as much on top.
        for (int i = 0; i < 1000; i++) {
            tell(link, i < 500 ? seq : seq + i);
        }
        counted.calls.clear();

        IdentityAsOf then = identities().asOf(link, known);

        assertThat(then.text()).contains("crm: " + crm.id());
        assertThat(then.next()).isNotNull();
        assertThat(calls()).isBetween(5L, 10L);
    }

    @Test
    void a_log_is_read_no_further_back_than_the_answer_is() {
        world.start();
        String link = inStep();
        for (int i = 0; i < 1000; i++) {
            tell(link, 1);
        }
        counted.calls.clear();

        assertThat(identities().asOf(link, world.clock.instant()).state()).isEqualTo(State.STOOD);

        assertThat(calls()).isEqualTo(1);
    }

    private long calls() {
        return counted.calls.stream().filter("journal"::equals).count();
    }

    private void tell(String link, long seq) {
        Bytes skeleton = Bytes.utf8("{\"v\":1,\"rules\":\"\",\"decisions\":[]}");
        JournalEntry entry = new JournalEntry(link, seq, world.clock.instant(), "decision", skeleton, null);
        store.commit(World.SYNC, List.of(Unit.builder().journal(entry).build()), null);
    }
}
