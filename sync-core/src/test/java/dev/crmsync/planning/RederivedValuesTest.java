package dev.crmsync.planning;

import static dev.crmsync.planning.Due.Need.UPDATE;
import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Value.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.TypePolicyBuilder;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import dev.crmsync.spi.model.AsOf;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Under other rules what was seen is read, and decided on, anew: nobody edited anything. */
class RederivedValuesTest {
    private static Mapping mapped(FieldMapping name) {
        return Mapping.of(
                Contact.TYPE,
                name,
                FieldMapping.direct(EMAIL, "email"),
                FieldMapping.of(LABELS, new Lens.Delimited("labels", ";")));
    }

    private static final Mapping PLAIN = mapped(FieldMapping.direct(NAME, "name"));
    private static final Mapping NICK = mapped(FieldMapping.direct(NAME, "nick"));

    private static Rules rules(UnaryOperator<TypePolicyBuilder> contact, Map<String, Mapping> systems) {
        Map<String, List<Mapping>> all = new TreeMap<>();
        systems.forEach((system, mapping) -> all.put(system, List.of(mapping)));
        return Desk.rules(
                Policy.named("changing").type(RecordType.CONTACT, contact), new CreateLookup.UniqueUpsert(), all);
    }

    private static final Map<String, Mapping> BOTH = Map.of("kirim", PLAIN, "crm", PLAIN);

    private static Desk desk(UnaryOperator<TypePolicyBuilder> contact) {
        return new Desk(rules(contact, BOTH), Contact.TYPE);
    }

    private static Plan under(Desk desk, Rules rules) {
        return Planner.plan(Links.of(desk.link), new Input.RulesChanged(desk.now, desk.next(), "L"), rules);
    }

    private static Plan under(Desk desk, UnaryOperator<TypePolicyBuilder> contact) {
        return under(desk, rules(contact, BOTH));
    }

    private static List<Reason> told(Plan plan, Field field) {
        return plan.decisions().stream()
                .filter(decision -> field.name().equals(decision.field()))
                .map(Decision::reason)
                .toList();
    }

    private static String agreed(Plan plan, Field field) {
        Agreed agreed = plan.after().get("L").agreed().get(field.name());
        return agreed == null ? "" : agreed.value().toString();
    }

    // Read anew

    @Test
    void a_value_that_its_supplier_shows_otherwise_by_another_mapping_is_agreed_as_it_is_read_now() {
        Rules before = rules(
                contact -> contact.owned(NAME, "kirim"),
                Map.of(
                        "kirim",
                        mapped(FieldMapping.of(NAME, new Lens.Joined(List.of("name", "nick"), " "))),
                        "crm",
                        PLAIN));
        Desk desk = new Desk(before, Contact.TYPE)
                .has("kirim", "name", "Budi", "nick", "Santoso")
                .has("crm", "name", "Budi Santoso");
        Plan plan = under(desk, rules(contact -> contact.owned(NAME, "kirim"), Map.of("kirim", NICK, "crm", PLAIN)));
        assertThat(agreed(plan, NAME)).contains("Santoso").doesNotContain("Budi");
        assertThat(plan.decisions())
                .filteredOn(decision -> "name".equals(decision.field()))
                .singleElement()
                .satisfies(decision -> {
                    assertThat(decision.reason()).isEqualTo(Reason.RULES_CHANGED);
                    assertThat(decision.asOf()).isEqualTo(AsOf.at(Desk.START));
                    assertThat(decision.before()).isEqualTo(text("Budi Santoso"));
                    assertThat(decision.saw()).isEqualTo(text("Santoso"));
                });
        assertThat(plan.due()).extracting(Due::system, Due::need).containsExactly(tuple("crm", UPDATE));
    }

    @Test
    void a_mapping_under_which_a_good_value_makes_no_sense_is_hardly_meant() {
        Mapping before =
                Mapping.of(Contact.TYPE, FieldMapping.direct(EMAIL, "email"), FieldMapping.direct(NAME, "name"));
        Mapping after = Mapping.of(Contact.TYPE, FieldMapping.direct(EMAIL, "name"));
        UnaryOperator<TypePolicyBuilder> policy = contact -> contact.owned(EMAIL, "kirim");
        Desk desk = new Desk(rules(policy, Map.of("kirim", before, "crm", PLAIN)), Contact.TYPE)
                .has("kirim", "name", "Budi", "email", "b@example.com")
                .has("crm", "email", "b@example.com");
        Plan plan = under(desk, rules(policy, Map.of("kirim", after, "crm", PLAIN)));
        assertThat(agreed(plan, EMAIL)).contains("b@example.com");
        assertThat(told(plan, EMAIL)).isEmpty();
    }

    @Test
    void a_cut_value_speaks_only_for_itself_when_it_is_not_cut() {
        UnaryOperator<TypePolicyBuilder> policy = contact -> contact.owned(NAME, "kirim");
        Rules before = rules(
                policy,
                Map.of(
                        "kirim",
                        mapped(FieldMapping.of(NAME, new Lens.Joined(List.of("name", "nick"), " "))),
                        "crm",
                        PLAIN));
        Desk desk = new Desk(before, Contact.TYPE)
                .has("kirim", "name", "Budi", "nick", "Santoso")
                .has("crm", "name", "Budi Santoso");
        Mapping cut = mapped(FieldMapping.direct(NAME, "nick").shownAs(Rendering.cut(7)));
        Plan plan = under(desk, rules(policy, Map.of("kirim", cut, "crm", PLAIN)));
        assertThat(agreed(plan, NAME)).contains("Budi Santoso");
    }

    // Decided anew

    /** Kirim edited what it does not own, and that was left there. */
    private static Desk kept() {
        return desk(contact -> contact.owned(NAME, "crm", NonOwnerEdit.KEEP))
                .has("crm", "name", "Budi")
                .has("kirim", "name", "Budi")
                .event("kirim", 10, "name", "Ani");
    }

    @Test
    void what_was_left_at_a_system_is_agreed_when_that_system_decides_from_now_on() {
        assertThat(agreed(under(kept(), contact -> contact.owned(NAME, "kirim")), NAME))
                .contains("Ani");
        assertThat(agreed(under(kept(), contact -> contact.readOnly(NAME, "kirim")), NAME))
                .contains("Ani");
        assertThat(agreed(under(kept(), contact -> contact.preferred(NAME, "kirim", "crm")), NAME))
                .contains("Ani");
    }

    @Test
    void and_stays_there_alone_when_another_one_does() {
        assertThat(agreed(under(kept(), contact -> contact.readOnly(NAME, "crm")), NAME))
                .contains("Budi");
        assertThat(agreed(under(kept(), contact -> contact.preferred(NAME, "crm", "kirim")), NAME))
                .contains("Budi");
        assertThat(agreed(under(kept(), contact -> contact.preferred(NAME, "crm")), NAME))
                .contains("Budi");
        Plan plan = under(kept(), contact -> contact.fillIfEmpty(NAME));
        assertThat(agreed(plan, NAME)).contains("Budi");
        assertThat(plan.due()).isEmpty();
    }

    @Test
    void what_a_person_left_there_stays_there_whoever_decides() {
        Desk desk = desk(contact -> contact.owned(NAME, "crm", NonOwnerEdit.REVIEW))
                .has("crm", "name", "Budi")
                .has("kirim", "name", "Budi")
                .event("kirim", 10, "name", "Ani");
        desk.take(new Input.ReviewAnswer(desk.now, desk.next(), "L", "kirim", "name", Input.Answer.LEAVE));
        assertThat(agreed(under(desk, contact -> contact.owned(NAME, "kirim")), NAME))
                .contains("Budi");
    }

    // A system that left

    @Test
    void a_system_that_left_is_told_once_and_read_when_it_is_back() {
        Desk desk = desk(contact -> contact.owned(NAME, "kirim"))
                .has("kirim", "name", "Budi")
                .has("crm", "name", "Budi");
        Plan plan = under(desk, rules(contact -> contact.owned(NAME, "kirim"), Map.of("kirim", PLAIN)));
        assertThat(plan.decisions()).extracting(Decision::reason).contains(Reason.SYSTEM_LEFT);
        assertThat(plan.after().get("L").side("crm").wanted().reason()).isEqualTo(Reason.SYSTEM_LEFT);
        desk.link = plan.after().get("L");
        Plan again = under(
                desk, rules(contact -> contact.owned(NAME, "kirim").owned(EMAIL, "kirim"), Map.of("kirim", PLAIN)));
        assertThat(again.decisions()).extracting(Decision::reason).doesNotContain(Reason.SYSTEM_LEFT);
    }

    @Test
    void the_same_rules_are_no_change() {
        Desk desk = kept();
        Plan plan = under(desk, desk.rules);
        assertThat(plan.decisions()).isEmpty();
        assertThat(plan.after().get("L").agreed()).isEqualTo(desk.link.agreed());
    }
}
