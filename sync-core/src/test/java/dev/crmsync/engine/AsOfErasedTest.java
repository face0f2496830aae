package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.engine.IdentityAsOf.State;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Remains;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of a person who was erased nothing is told but that, since when, and whatever time is asked about. */
class AsOfErasedTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final World world = new World();
    private final RecordRef person = world.kirim("kx-7781");
    private final RecordRef twin = world.crm("cx-4410");
    private String link = "";
    private String former = "";
    private Instant known = Instant.EPOCH;

    /** Somebody who was merged from two. */
    @BeforeEach
    void known() {
        world.setting = builder -> builder.gatherWindow(Duration.ZERO);
        world.start();
        world.person("kx-7781", "Zebulon", "zebulon@example.com");
        world.settle();
        world.tell(world.crm, world.crm.edit(twin, "name", "Zebulon Twin"));
        world.settle();
        former = world.engine.linkOf(World.SYNC, twin);
        world.clock.pass(Duration.ofMinutes(1));
        world.engine.join(World.SYNC, person, twin);
        world.settle();
        link = world.engine.linkOf(World.SYNC, person);
        world.clock.pass(Duration.ofMinutes(1));
        known = world.clock.instant();
        world.clock.pass(Duration.ofMinutes(1));
    }

    private Instant erased() {
        Instant erased = world.clock.instant();
        world.engine.erase(World.SYNC, person);
        world.clock.pass(Duration.ofMinutes(1));
        return erased;
    }

    private Identities identities() {
        return world.engine.identities(World.SYNC);
    }

    private void tellsOnlyThat(IdentityAsOf answer, Instant erased) {
        assertThat(answer.state()).isEqualTo(State.ERASED);
        assertThat(answer.since()).isEqualTo(erased);
        assertThat(answer.records()).isNull();
        assertThat(answer.last()).isNull();
        assertThat(answer.next()).isNull();
        assertThat(answer.takenOver()).isEmpty();
        assertThat(answer.text()).contains("ERASED, since " + erased);
        shows(answer.text()).isEmpty();
    }

    private static org.assertj.core.api.ListAssert<String> shows(String text) {
        return assertThat(List.of("kx-7781", "cx-4410", "crm-1", "Zebulon", "zebulon").stream()
                .filter(text::contains)
                .toList());
    }

    @Test
    void an_erased_person_is_told_as_erased_before_at_and_after_the_moment() {
        assertThat(identities().asOf(person, known).state()).isEqualTo(State.STOOD);
        Instant erased = erased();

        for (Instant at : Set.of(known, erased.minus(MOMENT), erased, erased.plus(MOMENT))) {
            tellsOnlyThat(identities().asOf(link, at), erased);
            tellsOnlyThat(identities().asOf(former, at), erased);
            tellsOnlyThat(identities().asOf(person, at), erased);
            tellsOnlyThat(identities().asOf(twin, at), erased);
            assertThatThrownBy(() -> world.engine.identities(World.SYNC).linkOf(twin, at))
                    .isInstanceOfSatisfying(SyncException.class, e -> {
                        assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND);
                        shows(e.getMessage()).isEmpty();
                    })
                    .hasMessageContaining("ERASED, since " + erased);
        }
    }

    @Test
    void the_log_of_an_erased_person_tells_nothing_else() {
        Instant erased = erased();

        for (String id : List.of(link, former)) {
            IdentityLog log = identities().log(id);
            assertThat(log.steps()).singleElement().satisfies(step -> {
                assertThat(step.at()).isEqualTo(erased);
                assertThat(step.changes()).containsExactly(new IdentityChange.Erased(link));
                assertThat(step.before()).isNull();
            });
            assertThat(log.whole()).isTrue();
            assertThat(log.text()).contains(erased + ", number ", "is ERASED");
            shows(log.text() + log.steps()).isEmpty();
        }
        shows(Remains.of(world.store)).isEmpty();
    }

    @Test
    void what_the_journal_has_forgotten_is_erased_since_longer_ago() {
        world.setting = builder -> builder.remember(Duration.ofDays(35), Duration.ofDays(10));
        world.start();
        erased();
        world.clock.pass(Duration.ofDays(11));
        world.engine.drain();

        IdentityAsOf answer = identities().asOf(link, known);

        assertThat(answer.state()).isEqualTo(State.ERASED);
        assertThat(answer.since()).isNull();
        assertThat(answer.text()).contains("ERASED, since longer ago than the journal reaches back");
    }

    @Test
    void the_log_of_another_does_not_name_a_record_that_was_split_off_and_erased() {
        world.engine.split(World.SYNC, twin);
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));
        assertThat(identities().log(link).text()).contains("cx-4410");

        world.engine.erase(World.SYNC, twin);

        IdentityLog log = identities().log(link);
        IdentityAsOf then = identities().asOf(link, known);
        assertThat(log.text())
                .contains("crm/contact/(erased) is split off", "kx-7781")
                .doesNotContain("cx-4410");
        assertThat(log.steps().toString()).doesNotContain("cx-4410");
        assertThat(then.state()).isEqualTo(State.STOOD);
        assertThat(then.text()).contains("(erased)", "kirim: kx-7781").doesNotContain("cx-4410");
        assertThat(String.valueOf(then.records()) + then.last() + then.next()).doesNotContain("cx-4410");
    }

    @Test
    void a_record_that_was_split_off_before_is_told_since_then_and_before_that_as_a_part_of_who_was_erased() {
        Instant split = world.clock.instant();
        String own = world.engine.split(World.SYNC, twin);
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));
        Instant erased = erased();

        assertThat(world.engine.identities(World.SYNC).linkOf(twin, split)).isEqualTo(own);
        assertThat(identities().asOf(twin, split).text()).contains("crm: cx-4410");
        tellsOnlyThat(identities().asOf(twin, known), erased);
    }
}
