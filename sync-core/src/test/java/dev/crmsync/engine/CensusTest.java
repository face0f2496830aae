package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.Presence;
import dev.crmsync.planning.Stance;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.DueCount;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The census names the stance of every pair, and the status says what is still to be done. */
class CensusTest {
    private final World world = new World().start();

    private Census census() {
        return world.engine.census(World.SYNC);
    }

    private Status status() {
        return world.engine.status(World.SYNC);
    }

    @Test
    void it_adds_up_to_the_agreed_fields_times_the_systems_with_a_record() {
        world.peopleInStep(1, 11);

        // Name and e-mail are agreed, and each person has a record at both systems.
        assertThat(census().links()).isEqualTo(10);
        assertThat(census().pairs()).isEqualTo(10 * 2 * 2);
        assertThat(census().count(Stance.FOLLOWS)).isEqualTo(40);
        assertThat(census().records().get("crm")).containsEntry(Presence.PRESENT, 10L);
    }

    @Test
    void every_pair_that_does_not_follow_is_counted_under_its_own_stance() {
        world.peopleInStep(1, 4);
        RecordRef crm = world.crmOf(world.kirim("k1"));
        world.kirim.fates.add(Toy.rejected(Outcome.Rejection.TOO_LONG, "name"));
        world.tell(world.crm, world.crm.edit(crm, "name", "A name that is too long"));
        world.settle();

        assertThat(census().count(Stance.REFUSED)).isEqualTo(1);
        assertThat(census().pairs()).isEqualTo(3 * 2 * 2);
    }

    @Test
    void pairs_of_a_paused_system_are_counted_as_paused() {
        world.peopleInStep(1, 4);
        world.engine.pause(World.SYNC, "crm", "being moved");

        assertThat(census().stances().get("crm")).containsOnlyKeys(Stance.PAUSED);
        assertThat(census().count(Stance.PAUSED)).isEqualTo(6);
        assertThat(census().pairs()).isEqualTo(12);
    }

    @Test
    void links_whose_records_are_gone_still_add_up() {
        world.peopleInStep(1, 4);
        world.tell(world.kirim, world.kirim.delete(world.kirim("k2")));
        world.settle();

        assertThat(census().links()).isEqualTo(3);
        assertThat(census().records().get("kirim"))
                .containsEntry(Presence.PRESENT, 2L)
                .containsEntry(Presence.DELETED, 1L);
        assertThat(census().pairs()).isEqualTo(12);
    }

    @Test
    void an_erased_link_is_not_counted_and_holds_no_value() {
        world.peopleInStep(1, 4);
        String link =
                world.engine.why(World.SYNC, world.kirim("k2"), Contact.NAME).link();

        world.engine.erase(World.SYNC, world.kirim("k2"));

        assertThat(census().links()).isEqualTo(2);
        assertThat(world.engine.why(World.SYNC, link, Contact.NAME).text()).doesNotContain("Person 2");
    }

    @Test
    void it_walks_more_links_than_one_page_holds() {
        for (int i = 0; i < 1_203; i++) {
            world.person("k" + i, "Person " + i, "p" + i + "@example.com");
        }
        world.settle();

        assertThat(census().links()).isEqualTo(1_203);
        assertThat(census().pairs()).isEqualTo(1_203 * 4);
    }

    @Test
    void the_status_counts_what_waits_in_the_inbox_and_what_is_due() {
        world.person("k1", "Budi", "budi@example.com");
        assertThat(status().inbox()).isEqualTo(1);
        assertThat(status().drained()).isFalse();
        world.crm.fates.add(Toy.deferred());

        world.settle(Duration.ofSeconds(1));

        assertThat(status().inbox()).isZero();
        assertThat(status().due()).containsExactly(new DueCount("crm", Lane.RETRY, 1, 0, 0));
        assertThat(status().nextDue()).isAfter(world.clock.instant());
        world.settle();
        assertThat(status().drained()).isTrue();
        assertThat(status().nextDue()).isNull();
    }
}
