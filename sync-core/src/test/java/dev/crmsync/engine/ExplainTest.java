package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Reason;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import org.junit.jupiter.api.Test;

/** What a support engineer asks of an engine, and what it answers. */
class ExplainTest {
    private final World world = new World().start();
    private final RecordRef kirim = world.kirim("k1");
    private final RecordRef crm;
    private final String link;

    ExplainTest() {
        world.peopleInStep(1, 2);
        crm = world.crmOf(kirim);
        link = world.engine.linkOf(World.SYNC, crm);
    }

    @Test
    void why_an_edit_did_not_stay() {
        world.tell(world.kirim, world.kirim.edit(kirim, "name", "budi 🌴"));
        world.settle();

        WhyNot why = world.engine.whyNot(World.SYNC, link, Contact.NAME, Value.text("budi 🌴"));

        assertThat(why.verdict()).isEqualTo(WhyNot.Verdict.TURNED_DOWN);
        assertThat(why.decided()).isNotNull();
        assertThat(why.decided().reason()).isEqualTo(Reason.OVERRULED_BY_OWNER);
        assertThat(why.consequences()).extracting(Decision::reason).contains(Reason.WRITTEN);
        assertThat(why.text()).contains("is not \"budi 🌴\"", "Agreed is \"Person 1\"", "guide: contact.name");
    }

    @Test
    void why_a_value_was_not_taken_over_by_a_system_that_refused_it() {
        world.kirim.fates.add(Toy.rejected(Outcome.Rejection.INVALID, "name"));
        world.tell(world.crm, world.crm.edit(crm, "name", "Budi Santoso"));
        world.settle();

        assertThat(world.engine.history(World.SYNC, link).text()).contains("REFUSED");
        assertThat(world.engine
                        .whyNot(World.SYNC, link, Contact.NAME, Value.text("Person 1"))
                        .consequences())
                .extracting(Decision::reason)
                .contains(Reason.REFUSED);
    }

    @Test
    void who_wrote_a_field_last_and_where_sync_wrote_it() {
        world.tell(world.crm, world.crm.edit(crm, "name", "Budi Santoso"));
        world.settle();

        LastWriter last = world.engine.lastWriter(World.SYNC, link, Contact.NAME);

        assertThat(last.system()).isEqualTo("crm");
        assertThat(last.agreedBy()).isNotNull();
        assertThat(last.agreedBy().reason()).isEqualTo(Reason.OWNER_EDIT);
        assertThat(last.written()).containsKey("kirim");
    }

    @Test
    void all_that_became_of_a_person() {
        History history = world.engine.history(World.SYNC, link);

        assertThat(history.whole()).isTrue();
        assertThat(history.decisions())
                .extracting(Decision::reason)
                .startsWith(Reason.LINKED)
                .contains(Reason.CREATED);
        assertThat(history.decisions()).extracting(Decision::seq).isSorted();
        assertThat(history.text()).contains("record: kirim LINKED", "record: crm CREATED", "\"Person 1\"");
    }

    @Test
    void how_all_stand_together() {
        assertThat(world.engine.census(World.SYNC).text())
                .contains("1 links, ", "crm: 1 PRESENT records", "FOLLOWS", "docs/stances.md")
                .doesNotContain("Person");
    }

    @Test
    void an_unknown_link_is_refused_with_where_ids_come_from() {
        assertThatThrownBy(() -> world.engine.history(World.SYNC, "nobody"))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
                .hasMessageContaining("reviews and dead letters");
    }
}
