package dev.crmsync.planning;

import static dev.crmsync.planning.Due.Need.UPDATE;
import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Contact.PHONE;
import static dev.crmsync.spi.field.Value.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.Skew;
import dev.crmsync.policy.TypePolicyBuilder;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Values that are equal though they are not spelt alike, and values of systems that receive none. */
class SpellingsTest {
    private static final List<Mapping> MAPPING = List.of(Mapping.of(
            Contact.TYPE,
            FieldMapping.direct(NAME, "name"),
            FieldMapping.direct(PHONE, "phone"),
            FieldMapping.of(LABELS, new Lens.ListOf("labels"))));

    private static Desk desk(UnaryOperator<TypePolicyBuilder> contact) {
        return new Desk(
                Desk.rules(
                        Policy.named("spelt").type(RecordType.CONTACT, contact),
                        new CreateLookup.UniqueUpsert(),
                        Map.of("a", MAPPING, "b", MAPPING)),
                Contact.TYPE);
    }

    private static TypePolicyBuilder owned(TypePolicyBuilder contact) {
        return contact.owned(PHONE, "b", "a").owned(LABELS, "a").owned(NAME, "b", NonOwnerEdit.KEEP, "a");
    }

    @Test
    void the_owners_spelling_is_agreed_when_it_joins_and_nothing_is_written_for_it() {
        Desk desk = desk(SpellingsTest::owned).has("a", "phone", "ext 1234").has("b", "phone", "ext. 12-34");
        assertThat(desk.reasons(PHONE)).containsExactly(Reason.BASELINE_EQUAL);
        assertThat(desk.agreed(PHONE)).isEqualTo(text("ext. 12-34"));
        assertThat(desk.link.agreed().get("phone").system()).isEqualTo("b");
        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void another_systems_is_not() {
        Desk desk = desk(SpellingsTest::owned).has("b", "phone", "ext 1234").has("a", "phone", "ext. 12-34");
        assertThat(desk.reasons(PHONE)).containsExactly(Reason.BASELINE_EQUAL);
        assertThat(desk.agreed(PHONE)).isEqualTo(text("ext 1234"));
        desk.event("a", 10, "phone", "EXT 12 34");
        assertThat(desk.reasons(PHONE)).containsExactly(Reason.EQUIVALENT);
        assertThat(desk.agreed(PHONE)).isEqualTo(text("ext 1234"));
        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void an_owner_that_spells_it_anew_later_is_followed_in_that() {
        Desk desk = desk(SpellingsTest::owned).has("a", "phone", "ext 1234").has("b", "phone", "ext 1234");
        desk.event("b", 10, "phone", "ext. 12-34");
        assertThat(desk.reasons(PHONE)).containsExactly(Reason.EQUIVALENT);
        assertThat(desk.agreed(PHONE)).isEqualTo(text("ext. 12-34"));
        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void the_very_same_spelling_is_agreed_by_who_supplied_it_first() {
        Desk desk = desk(SpellingsTest::owned).has("a", "phone", "ext 1234").has("b", "phone", "ext 1234");
        assertThat(desk.link.agreed().get("phone").system()).isEqualTo("a");
    }

    @Test
    void what_was_kept_and_is_typed_as_agreed_follows_again() {
        Desk desk = desk(SpellingsTest::owned).has("b", "name", "Sari").has("a", "name", "Sari");
        desk.event("a", 10, "name", "Other");
        assertThat(Stances.of(desk.link, "a", NAME, desk.rules)).isEqualTo(Stance.KEPT);
        desk.event("a", 11, "name", "Sari");
        assertThat(Stances.of(desk.link, "a", NAME, desk.rules)).isEqualTo(Stance.FOLLOWS);
    }

    @Test
    void what_a_system_holds_that_receives_nothing_is_noted_as_its_own() {
        Desk desk = desk(contact -> contact.lastWriter(NAME, Skew.undeclared()).receivedBy(NAME, "a"))
                .has("a", "name", "Ani")
                .has("b", "name", "Ani");
        assertThat(desk.link.side("b").standings()).isEmpty();
        desk.event("a", 10, "name", "Anita");
        assertThat(desk.link.side("b").standings().get("name").reason()).isEqualTo(Reason.LEFT_OUT);
        assertThat(desk.link.side("b").standings().get("name").stance()).isEqualTo(Stance.NOT_RECEIVED);
        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void so_it_is_when_it_joins_with_another_value_but_not_with_none() {
        UnaryOperator<TypePolicyBuilder> onlyA =
                contact -> contact.owned(NAME, "a").receivedBy(NAME, "a");
        Desk other = desk(onlyA).has("a", "name", "Ani").has("b", "name", "Bea");
        assertThat(other.link.side("b").standings().get("name").reason()).isEqualTo(Reason.LEFT_OUT);
        Desk none = desk(onlyA).has("a", "name", "Ani").has("b", "name", "");
        assertThat(none.link.side("b").standings()).isEmpty();
    }

    // In step as they stand

    private static NativeValue list(String... labels) {
        return new NativeValue.Items(
                Arrays.stream(labels).map(NativeValue::text).toList());
    }

    private static Desk labelled(Desk desk, String system, int second, String... labels) {
        return desk.observe(ChangeEvent.partial(
                desk.ref(system),
                Map.of("labels", list(labels)),
                AsOf.at(Desk.START.plusSeconds(second)),
                Evidence.EVENT));
    }

    @Test
    void a_list_is_out_of_step_when_it_lacks_a_member_or_has_another() {
        for (String[] shown : new String[][] {{}, {"lead"}, {"lead", "vip", "x"}, {"lead", "x"}, {"x", "vip"}}) {
            Desk desk = desk(SpellingsTest::owned).has("a", "name", "").has("b", "name", "");
            labelled(desk, "b", 1, shown);
            labelled(desk, "a", 2, "lead", "vip");
            assertThat(desk.due("b")).as(Arrays.toString(shown)).contains(UPDATE);
        }
        Desk desk = desk(SpellingsTest::owned).has("a", "name", "").has("b", "name", "");
        labelled(desk, "b", 1, "vip", "lead");
        labelled(desk, "a", 2, "lead", "vip");
        assertThat(desk.plan.due()).isEmpty();
    }
}
