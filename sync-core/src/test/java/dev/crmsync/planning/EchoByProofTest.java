package dev.crmsync.planning;

import static dev.crmsync.planning.Due.Need.READ;
import static dev.crmsync.planning.Due.Need.UPDATE;
import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Value.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.crmsync.policy.Policy;
import dev.crmsync.policy.Skew;
import dev.crmsync.policy.TypePolicyBuilder;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What comes back is known for ours by its value; a system's mark of origin proves nothing. */
class EchoByProofTest {
    private static final Mapping PLAIN =
            Mapping.of(Contact.TYPE, FieldMapping.direct(NAME, "name"), FieldMapping.direct(EMAIL, "email"));

    private static Mapping named(Lens lens, Rendering... renderings) {
        return Mapping.of(
                Contact.TYPE,
                new FieldMapping(NAME, lens, Access.READ_WRITE, List.of(renderings)),
                FieldMapping.direct(EMAIL, "email"));
    }

    private static final Lens PARTS = new Lens.Joined(List.of("first", "last"), " ");

    /** Kirim owns the name, or whoever the rule says, and others follow. */
    private static Desk desk(UnaryOperator<TypePolicyBuilder> rule, AsOfGrade grade, Map<String, Mapping> others) {
        TreeMap<String, List<Mapping>> systems = new TreeMap<>(Map.of("kirim", List.of(PLAIN)));
        others.forEach((name, mapping) -> systems.put(name, List.of(mapping.withExternalId("key"))));
        Policy policy = Policy.named("echo").type(RecordType.CONTACT, rule);
        return new Desk(Desk.rules(policy, new CreateLookup.UniqueUpsert(), grade, systems), Contact.TYPE);
    }

    private static Desk two(Mapping crm) {
        return desk(
                contact -> contact.owned(NAME, "kirim").owned(EMAIL, "kirim"), AsOfGrade.PROPERTY, Map.of("crm", crm));
    }

    /** In step with "Ana Lee", then Kirim's name is "Mary Ann", and that is being written to the CRM. */
    private static Desk writing() {
        return two(PLAIN)
                .has("kirim", "name", "Ana Lee")
                .has("crm", "name", "Ana Lee")
                .event("kirim", 10, "name", "Mary Ann")
                .write("crm");
    }

    @Test
    void a_partial_echo() {
        Desk desk = two(named(PARTS))
                .has("kirim", "name", "Ana Lee")
                .has("crm", "first", "Ana", "last", "Lee")
                .event("kirim", 10, "name", "Mary Young")
                .write("crm")
                .done("crm", 11);

        desk.event("crm", 12, "first", "Mary");
        desk.event("crm", 12, "last", "Young");

        assertThat(desk.agreed(NAME)).isEqualTo(text("Mary Young"));
        assertThat(desk.due("crm")).isNotEqualTo(UPDATE);
        assertThat(desk.due("kirim")).isEmpty();
    }

    @Test
    void a_transformed_echo() {
        Desk desk = two(named(new Lens.Direct("name"), Rendering.LOWER_CASED))
                .has("kirim", "name", "ana lee")
                .has("crm", "name", "ana lee")
                .event("kirim", 10, "name", "Mary Ann")
                .write("crm");

        desk.event("crm", 11, "name", "mary ann");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.ECHO_RENDERED);
        assertThat(desk.link.side("crm").sent().get("name"))
                .extracting(Sent::raw, Sent::shown)
                .containsExactly(tuple(NativeValue.text("Mary Ann"), NativeValue.text("mary ann")));
        desk.done("crm", 11, "name", "mary ann");

        assertThat(desk.agreed(NAME)).isEqualTo(text("Mary Ann"));
        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void a_coalesced_echo_with_a_real_edit_inside() {
        Desk desk = two(named(PARTS))
                .has("kirim", "name", "Ana Lee")
                .has("crm", "first", "Ana", "last", "Lee")
                .event("kirim", 10, "name", "Mary Ann")
                .write("crm");

        desk.event("crm", 11, "first", "Mary", "last", "Ann-Smith");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.OVERRULED_BY_OWNER);
        desk.done("crm", 10);

        assertThat(desk.due("crm")).contains(UPDATE);
    }

    @Test
    void a_coalesced_echo_with_a_real_edit_of_another_field_inside() {
        Desk desk = desk(
                        contact -> contact.owned(NAME, "kirim").owned(EMAIL, "crm"),
                        AsOfGrade.PROPERTY,
                        Map.of("crm", PLAIN))
                .has("kirim", "name", "Ana Lee", "email", "a@example.com")
                .has("crm", "name", "Ana Lee", "email", "a@example.com")
                .event("kirim", 10, "name", "Mary Ann")
                .write("crm");

        desk.event("crm", 11, "name", "Mary Ann", "email", "mary@example.com");

        assertThat(desk.reasons(NAME)).containsExactly(Reason.ECHO);
        assertThat(desk.reasons(EMAIL)).containsExactly(Reason.OWNER_EDIT);
        assertThat(desk.due("kirim")).contains(UPDATE);
    }

    @Test
    void a_late_and_a_duplicated_echo_after_a_newer_edit() {
        Desk desk = writing().done("crm", 11, "name", "Mary Ann").event("crm", 70, "name", "M. Ann");

        desk.event("crm", 11, "name", "Mary Ann");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.STALE);
        desk.event("crm", 11, "name", "Mary Ann");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.STALE);

        assertThat(desk.due("crm")).as("what the edit asks for").contains(UPDATE);
        assertThat(desk.due("kirim")).isEmpty();
    }

    @Test
    void a_user_who_goes_from_A_to_B_and_back_to_A_while_our_write_of_B_is_unconfirmed() {
        Desk desk = writing();

        desk.event("crm", 12, "name", "Ana Lee");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.AMBIGUOUS);
        desk.done("crm", 11);
        assertThat(desk.due("crm")).contains(READ);

        desk.read("crm", desk.link.seq(), 13, "name", "Ana Lee");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.OVERRULED_BY_OWNER);
        assertThat(desk.due("crm")).contains(UPDATE);
    }

    @Test
    void an_edit_between_our_write_and_its_read_back() {
        Desk desk = writing();
        desk.outcome("crm", new Outcome.Unknown("lost"));
        desk.read("crm", desk.link.seq(), 20, "name", "Mary Ann Smith");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.OVERRULED_BY_OWNER);
        assertThat(desk.due("crm")).contains(UPDATE);

        Desk shared = desk(
                        contact -> contact.lastWriter(NAME, Skew.undeclared()),
                        AsOfGrade.PROPERTY,
                        Map.of("crm", PLAIN))
                .has("kirim", "name", "Ana Lee")
                .has("crm", "name", "Ana Lee")
                .event("kirim", 10, "name", "Mary Ann")
                .write("crm");
        shared.outcome("crm", new Outcome.Unknown("lost"));
        shared.read("crm", shared.link.seq(), 20, "name", "Mary Ann Smith");
        assertThat(shared.reasons(NAME)).as("nobody knows what stood before it").containsExactly(Reason.TIE_REVIEW);
        assertThat(shared.agreed(NAME)).isEqualTo(text("Mary Ann"));
    }

    @Test
    void an_edit_of_a_truncated_rendering() {
        Desk desk = two(named(new Lens.Direct("name"), Rendering.cut(10)))
                .has("kirim", "name", "0123456789 and the rest")
                .has("crm", "name", "0123456789");
        assertThat(desk.due("crm")).isEmpty();

        desk.event("crm", 60, "name", "changed");

        assertThat(desk.reasons(NAME)).containsExactly(Reason.LOSSY_REVIEW);
        assertThat(desk.agreed(NAME)).isEqualTo(text("0123456789 and the rest"));
        assertThat(desk.due("crm")).isEmpty();
    }

    @Test
    void capitals_that_the_owner_corrects_under_a_case_insensitive_equivalence() {
        Desk desk = two(PLAIN)
                .has("kirim", "name", "M", "email", "mary@example.com")
                .has("crm", "name", "M", "email", "mary@example.com");

        desk.event("kirim", 10, "email", "Mary@Example.com");
        assertThat(desk.reasons(EMAIL)).containsExactly(Reason.EQUIVALENT);
        desk.event("crm", 11, "email", "MARY@example.com");
        assertThat(desk.reasons(EMAIL)).containsExactly(Reason.EQUIVALENT);

        assertThat(desk.plan.due()).isEmpty();
    }

    /** A vendor that dates by the minute: our write and a person's edit fell into the same one. */
    @Test
    void our_own_echo_in_one_minute_with_a_human_edit() {
        Desk desk = desk(
                        contact -> contact.owned(NAME, "kirim").owned(EMAIL, "crm"),
                        AsOfGrade.COARSE,
                        Map.of("crm", PLAIN))
                .has("kirim", "name", "Ana Lee", "email", "a@example.com")
                .has("crm", "name", "Ana Lee", "email", "a@example.com")
                .event("kirim", 120, "name", "Mary Ann")
                .write("crm")
                .done("crm", 130, "name", "Mary Ann", "email", "a@example.com");
        Instant minute = Desk.START.plusSeconds(120);

        desk.observe(ChangeEvent.full(
                desk.ref("crm"),
                Desk.values("name", "Mary Ann", "email", "mary@example.com"),
                new AsOf(minute, minute.plusSeconds(60)),
                Evidence.EVENT));

        assertThat(desk.reasons(NAME)).doesNotContain(Reason.OVERRULED_BY_OWNER, Reason.OWNER_EDIT);
        assertThat(desk.due("crm")).as("nobody can order the two").contains(READ);
        desk.read("crm", desk.link.seq(), 185, "name", "Mary Ann", "email", "mary@example.com");
        assertThat(desk.agreed(EMAIL)).isEqualTo(text("mary@example.com"));
        assertThat(desk.due("kirim")).contains(UPDATE);
    }

    @Test
    void a_mark_of_our_own_origin_on_a_value_that_we_never_sent() {
        Desk desk = writing().done("crm", 11, "name", "Mary Ann");
        ChangeEvent marked = ChangeEvent.partial(
                        desk.ref("crm"),
                        Desk.values("name", "Somebody"),
                        AsOf.at(Desk.START.plusSeconds(30)),
                        Evidence.EVENT)
                .withOrigin(Origin.OURS);

        desk.observe(marked);

        assertThat(desk.reasons(NAME)).containsExactly(Reason.OVERRULED_BY_OWNER);
    }

    @Test
    void a_mark_of_a_strangers_origin_on_the_value_that_we_sent() {
        Desk desk = writing();
        ChangeEvent marked = ChangeEvent.partial(
                        desk.ref("crm"),
                        Desk.values("name", "Mary Ann"),
                        AsOf.at(Desk.START.plusSeconds(11)),
                        Evidence.EVENT)
                .withOrigin(Origin.OTHERS);

        desk.observe(marked);

        assertThat(desk.reasons(NAME)).containsExactly(Reason.ECHO);
    }

    @Test
    void in_a_hub_of_three_an_edit_never_circles() {
        goesRoundOnce(List.of("b", "c"));
    }

    @Test
    void in_a_hub_of_four_an_edit_never_circles() {
        goesRoundOnce(List.of("b", "c", "d"));
    }

    /** Each system shows the value in a way of its own, tells of it late, and tells it twice. */
    private static void goesRoundOnce(List<String> others) {
        TreeMap<String, Mapping> systems = new TreeMap<>();
        others.forEach(name ->
                systems.put(name, name.equals("c") ? named(new Lens.Direct("name"), Rendering.LOWER_CASED) : PLAIN));
        Desk desk = desk(contact -> contact.lastWriter(NAME, Skew.undeclared()), AsOfGrade.PROPERTY, systems);
        desk.has("kirim", "name", "ana");
        others.forEach(name -> desk.has(name, "name", "ana"));

        desk.event("b", 10, "name", "Mary Ann");
        int writes = 0;
        int second = 20;
        while (!desk.plan.due().isEmpty() && writes < 20) {
            String system = desk.plan.due().get(0).system();
            NativeValue sent = desk.write(system).sent(system).get("name");
            writes++;
            String shown = system.equals("c") ? "mary ann" : "Mary Ann";
            assertThat(sent).isEqualTo(NativeValue.text("Mary Ann"));
            desk.event(system, second, "name", shown).done(system, second, "name", shown);
            desk.event(system, second++, "name", shown);
        }
        for (String system : desk.rules.systems().keySet()) {
            String shown = system.equals("c") ? "mary ann" : "Mary Ann";
            desk.event(system, system.equals("b") ? 10 : second, "name", shown);
            assertThat(desk.plan.due()).as(system).isEmpty();
        }
        assertThat(writes).isEqualTo(others.size());
        assertThat(desk.agreed(NAME)).isEqualTo(text("Mary Ann"));
    }
}
