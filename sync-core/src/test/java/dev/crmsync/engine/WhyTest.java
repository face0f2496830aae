package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Stance;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** For each field of each link: why this value, who wrote it last, why not another. */
class WhyTest {
    private final World world = new World().start();
    private final RecordRef kirim = world.kirim("k1");
    private final RecordRef crm;

    WhyTest() {
        world.peopleInStep(1, 2);
        crm = world.crmOf(kirim);
    }

    private Why name() {
        return world.engine.why(World.SYNC, kirim, Contact.NAME);
    }

    @Test
    void it_tells_the_agreed_value_who_supplied_it_and_when() {
        world.tell(world.crm, world.crm.edit(crm, "name", "Budi Santoso"));
        Instant edited = world.clock.instant();
        world.settle();

        Why why = name();

        assertThat(why.agreed()).isNotNull();
        assertThat(why.agreed().value()).isEqualTo(Value.text("Budi Santoso"));
        assertThat(why.agreed().system()).isEqualTo("crm");
        assertThat(why.agreedAt()).isBetween(edited, edited.plusSeconds(1));
        assertThat(why.decisions()).extracting(decision -> decision.reason()).contains(Reason.OWNER_EDIT);
    }

    @Test
    void it_tells_why_another_value_was_overruled_and_by_which_rule() {
        world.tell(world.kirim, world.kirim.edit(kirim, "name", "budi 🌴"));
        world.settle();

        assertThat(name().decisions())
                .filteredOn(decision -> decision.reason() == Reason.OVERRULED_BY_OWNER)
                .singleElement()
                .satisfies(decision -> {
                    assertThat(decision.saw()).isEqualTo(Value.text("budi 🌴"));
                    assertThat(decision.rule()).isEqualTo("guide: contact.name");
                    assertThat(decision.system()).isEqualTo("kirim");
                });
    }

    @Test
    void it_tells_what_each_system_holds_and_what_is_still_to_be_done() {
        for (int i = 0; i < 5; i++) {
            world.kirim.fates.add(Toy.deferred());
        }
        world.tell(world.crm, world.crm.edit(crm, "name", "Budi Santoso"));
        world.settle(Duration.ofSeconds(1));

        Why.At at = name().systems().get("kirim");

        assertThat(at.record()).isEqualTo("k1");
        assertThat(at.stance()).isEqualTo(Stance.FOLLOWS);
        assertThat(at.holds()).isEqualTo(Value.text("Person 1"));
        assertThat(at.outstanding()).isEqualTo("update");
        assertThat(name().systems().get("crm").outstanding()).isNull();
    }

    @Test
    void it_is_the_same_from_either_record_and_from_the_link() {
        assertThat(world.engine.why(World.SYNC, crm, Contact.NAME)).isEqualTo(name());
        assertThat(world.engine.why(World.SYNC, name().link(), Contact.NAME)).isEqualTo(name());
    }

    @Test
    void it_shows_values_in_its_text_and_none_in_its_string() {
        assertThat(name().text()).contains("\"Person 1\"", "supplied by kirim", "Decisions, newest first");
        assertThat(name()).asString().doesNotContain("Person");
    }

    @Test
    void a_key_of_a_bag_is_explained_by_itself() {
        Why why = world.engine.why(World.SYNC, kirim, Contact.METADATA.entry("segment"));

        assertThat(why.agreed()).isNull();
        assertThat(why.systems()).containsOnlyKeys("crm", "kirim");
        assertThat(why.text()).contains("has no agreed value");
    }

    @Test
    void a_paused_system_is_told_to_be_paused() {
        world.engine.pause(World.SYNC, "kirim", "being moved");

        assertThat(name().systems().get("kirim").stance()).isEqualTo(Stance.PAUSED);
        assertThat(name().systems().get("crm").stance()).isEqualTo(Stance.FOLLOWS);
    }

    @Test
    void an_unknown_record_is_refused_with_what_to_do_next() {
        assertThatThrownBy(() -> world.engine.why(World.SYNC, world.kirim("nobody"), Contact.NAME))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
                .hasMessageContaining("syncNow");
    }

    @Test
    void an_unknown_link_is_refused_with_where_ids_come_from() {
        assertThatThrownBy(() -> world.engine.why(World.SYNC, "nobody", Contact.NAME))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
                .hasMessageContaining("nobody")
                .hasMessageContaining("reviews and dead letters");
    }

    @Test
    void a_field_that_the_type_does_not_have_is_refused_with_those_that_it_has() {
        assertThatThrownBy(() -> world.engine.why(World.SYNC, kirim, Field.of("nmae", FieldType.TEXT)))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
                .hasMessageContaining("nmae")
                .hasMessageContaining("name, email, phone");
    }

    @Test
    void an_unknown_sync_is_refused_with_those_that_there_are() {
        assertThatThrownBy(() -> world.engine.why("nobody", kirim, Contact.NAME))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
                .hasMessageContaining("nobody")
                .hasMessageContaining(World.SYNC);
    }
}
