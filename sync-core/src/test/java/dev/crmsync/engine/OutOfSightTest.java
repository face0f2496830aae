package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.Reason;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A record that these credentials cannot see is not taken for deleted: it is left alone, looked for, and comes back by itself. */
class OutOfSightTest {
    private final World world = new World();

    private RecordRef hidden() {
        world.start();
        world.peopleInStep(1, 2);
        RecordRef person = world.kirim("k1");
        hide(person);
        return person;
    }

    private void hide(RecordRef person) {
        world.kirim.readFates.add(Read.NotVisible::new);
        world.tell(world.kirim, ChangeEvent.of(person, ChangeKind.GAP, AsOf.at(world.clock.instant()), Evidence.EVENT));
        world.settle();
    }

    private void days(int days) {
        for (int i = 0; i < days; i++) {
            world.clock.pass(Duration.ofDays(1).plusMinutes(1));
            world.settle();
        }
    }

    @Test
    void nothing_is_deleted_archived_or_written_on_its_account() {
        RecordRef person = hidden();
        int writes = world.kirim.writes.size();

        world.tell(world.crm, world.crm.edit(world.crmOf(person), "name", "Other"));
        world.settle();

        assertThat(world.kirim.writes).hasSize(writes);
        assertThat(world.crm.archives).isEmpty();
        assertThat(world.crm.records).hasSize(1);
        assertThat(world.engine
                        .history(World.SYNC, world.engine.linkOf(World.SYNC, person))
                        .decisions())
                .anyMatch(decision -> decision.reason() == Reason.NOT_VISIBLE);
    }

    @Test
    void it_is_looked_for_once_a_day_and_no_oftener() {
        RecordRef person = hidden();
        int reads = world.kirim.reads.size();
        world.clock.pass(Duration.ofHours(20));
        world.settle();
        assertThat(world.kirim.reads).hasSize(reads);

        world.kirim.readFates.add(Read.NotVisible::new);
        world.kirim.readFates.add(Read.NotVisible::new);
        days(2);

        assertThat(world.kirim.reads).hasSize(reads + 2);
        assertThat(world.engine.linkOf(World.SYNC, person)).isNotEmpty();
    }

    @Test
    void it_comes_back_by_itself_and_is_given_what_it_missed() {
        RecordRef person = hidden();
        world.tell(world.crm, world.crm.edit(world.crmOf(person), "name", "Other"));
        world.settle();

        days(1);

        assertThat(world.kirim.text(person, "name")).isEqualTo("Other");
    }

    @Test
    void it_comes_back_with_the_first_event_that_shows_it() {
        RecordRef person = hidden();
        world.tell(world.crm, world.crm.edit(world.crmOf(person), "name", "Other"));
        world.tell(world.kirim, world.kirim.edit(person, "phone", "+6281234567890"));
        world.settle();

        assertThat(world.kirim.text(person, "name")).isEqualTo("Other");
        assertThat(world.crm.text(world.crmOf(person), "phone")).isEqualTo("+6281234567890");
    }

    @Test
    void nobody_is_archived_for_it_where_deletions_are_followed() {
        world.policy = Policy.named("mine")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "crm", "kirim")
                                .owned(Contact.EMAIL, "crm", "kirim")
                                .records("kirim", RecordRule.FOLLOW.deletesFollowed())
                                .records("crm", RecordRule.CREATE.archiving()));
        hidden();
        world.kirim.readFates.add(Read.NotVisible::new);
        days(1);

        assertThat(world.crm.archives).isEmpty();
        assertThat(world.engine.reviews(World.SYNC).open(null, 10)).isEmpty();
    }
}
