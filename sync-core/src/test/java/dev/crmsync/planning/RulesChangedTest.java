package dev.crmsync.planning;

import static dev.crmsync.planning.Due.Need.UPDATE;
import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Contact.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.Skew;
import dev.crmsync.policy.TypePolicyBuilder;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RulesChangedTest {
    private static Rules rules(UnaryOperator<TypePolicyBuilder> contact) {
        Mapping mapping =
                Mapping.of(Contact.TYPE, FieldMapping.direct(NAME, "name"), FieldMapping.direct(EMAIL, "email"));
        return Desk.rules(
                Policy.named("changing").type(RecordType.CONTACT, contact),
                new CreateLookup.UniqueUpsert(),
                Map.of("kirim", List.of(mapping), "crm", List.of(mapping.withExternalId("key"))));
    }

    private static Desk inStep(UnaryOperator<TypePolicyBuilder> contact) {
        return new Desk(rules(contact), Contact.TYPE)
                .has("kirim", "name", "Budi", "email", "b@example.com")
                .has("crm", "name", "Budi", "email", "b@example.com");
    }

    private static Plan changed(Desk desk, UnaryOperator<TypePolicyBuilder> contact) {
        return Planner.plan(Links.of(desk.link), new Input.RulesChanged(desk.now, desk.next(), "L"), rules(contact));
    }

    private static List<Due.Need> due(Plan plan) {
        return plan.due().stream().map(Due::need).toList();
    }

    @Test
    void a_field_that_nobody_decided_joins_as_if_it_were_seen_now() {
        Desk desk = new Desk(rules(contact -> contact.owned(NAME, "crm", "kirim")), Contact.TYPE)
                .has("kirim", "name", "Budi", "email", "old@example.com")
                .has("crm", "name", "Budi", "email", "new@example.com");
        Plan plan = changed(desk, contact -> contact.owned(NAME, "crm", "kirim").manual(EMAIL));
        assertThat(plan.reviews()).hasSize(1);
        assertThat(due(plan)).isEmpty();
    }

    @Test
    void an_owner_of_late_decides_with_what_it_was_left_with() {
        Desk desk =
                inStep(contact -> contact.owned(NAME, "crm", NonOwnerEdit.KEEP)).event("kirim", 60, "name", "Budi 🌴");
        Plan plan = changed(desk, contact -> contact.owned(NAME, "kirim"));
        LinkState after = plan.after().get("L");
        assertThat(after.agreed().get("name").value()).isEqualTo(Value.text("Budi 🌴"));
        assertThat(plan.due()).containsExactly(new Due("L", "crm", UPDATE, null, null));
        assertThat(Stances.of(after, "kirim", NAME, rules(contact -> contact.owned(NAME, "kirim"))))
                .isEqualTo(Stance.FOLLOWS);
    }

    @Test
    void what_was_left_alone_is_not_overwritten_because_another_rule_changed() {
        Desk desk =
                inStep(contact -> contact.owned(NAME, "crm", NonOwnerEdit.KEEP)).event("kirim", 60, "name", "Budi 🌴");
        Plan plan = changed(
                desk, contact -> contact.owned(NAME, "crm", NonOwnerEdit.KEEP).owned(EMAIL, "crm"));
        assertThat(plan.due()).isEmpty();
        assertThat(plan.after().get("L").agreed().get("name").value()).isEqualTo(Value.text("Budi"));
    }

    @Test
    void what_a_new_receiver_holds_joins_and_is_not_written_over_as_if_it_had_been_decided() {
        Desk desk = new Desk(
                        rules(contact ->
                                contact.lastWriter(NAME, Skew.undeclared()).receivedBy(NAME, "crm")),
                        Contact.TYPE)
                .has("crm", "name", "Budi Santoso")
                .has("kirim", "name", "Budi Santoso")
                .event("crm", 60, "name", "Budi S.");
        assertThat(Stances.of(desk.link, "kirim", NAME, desk.rules)).isEqualTo(Stance.NOT_RECEIVED);

        Plan plan = changed(desk, contact -> contact.lastWriter(NAME, Skew.undeclared()));

        assertThat(due(plan)).isEmpty();
        assertThat(plan.reviews()).hasSize(1);
    }

    @Test
    void a_receiver_that_was_merely_not_written_yet_is_still_written() {
        Desk desk = inStep(contact -> contact.owned(NAME, "crm")).event("crm", 60, "name", "Budi S.");
        assertThat(desk.due("kirim")).contains(UPDATE);

        Plan plan = changed(desk, contact -> contact.owned(NAME, "crm").owned(EMAIL, "crm"));

        assertThat(plan.due()).containsExactly(new Due("L", "kirim", UPDATE, null, null));
        assertThat(plan.reviews()).isEmpty();
    }

    @Test
    void a_value_that_reads_otherwise_by_a_changed_mapping_is_what_its_supplier_meant() {
        UnaryOperator<TypePolicyBuilder> owned = contact -> contact.owned(PHONE, "kirim");
        Mapping phones = Mapping.of(Contact.TYPE, FieldMapping.direct(PHONE, "phone"));
        Map<String, List<Mapping>> systems =
                Map.of("kirim", List.of(phones), "crm", List.of(phones.withExternalId("key")));
        Policy policy = Policy.named("changing").type(RecordType.CONTACT, owned);
        Desk desk = new Desk(Desk.rules(policy, new CreateLookup.UniqueUpsert(), systems), Contact.TYPE)
                .has("kirim", "phone", "081 234 5678")
                .has("crm", "phone", "081 234 5678");
        assertThat(desk.agreed(PHONE)).isEqualTo(Value.text("+62812345678"));

        Rules elsewhere = Rules.of(policy, desk.rules.systems(), "TH");
        Plan plan = Planner.plan(Links.of(desk.link), new Input.RulesChanged(desk.now, desk.next(), "L"), elsewhere);

        assertThat(plan.after().get("L").agreed().get("phone").value()).isEqualTo(Value.text("+66812345678"));
        assertThat(plan.due()).isEmpty();
    }

    @Test
    void a_system_that_left_keeps_what_is_known_of_it_and_is_read_first_when_it_is_back() {
        UnaryOperator<TypePolicyBuilder> owned = contact -> contact.owned(NAME, "crm");
        Desk desk = inStep(owned);
        Rules without =
                Rules.of(desk.rules.policy(), Map.of("crm", desk.rules.systems().get("crm")), "ID");
        Plan alone = Planner.plan(Links.of(desk.link), new Input.RulesChanged(desk.now, desk.next(), "L"), without);
        LinkState left = alone.after().get("L");
        assertThat(alone.due()).isEmpty();
        assertThat(left.ref("kirim")).isEqualTo(desk.ref("kirim"));
        assertThat(alone.decisions()).extracting(Decision::reason).contains(Reason.SYSTEM_LEFT);

        Plan back = Planner.plan(Links.of(left), new Input.RulesChanged(desk.now, left.seq() + 1, "L"), desk.rules);

        assertThat(back.due()).containsExactly(new Due("L", "kirim", Due.Need.READ, null, null));
    }

    @Test
    void a_system_that_joins_shows_its_values_before_any_of_them_is_written_over() {
        UnaryOperator<TypePolicyBuilder> owned = contact -> contact.owned(NAME, "crm");
        Rules all = rules(owned);
        Rules alone = Rules.of(all.policy(), Map.of("crm", all.systems().get("crm")), "ID");
        Desk desk = new Desk(alone, Contact.TYPE).has("crm", "name", "Budi");

        Plan plan = Planner.plan(Links.of(desk.link), new Input.RulesChanged(desk.now, desk.next(), "L"), all);

        assertThat(plan.due()).isEmpty();
        assertThat(plan.after().get("L").agreed().get("name").value()).isEqualTo(Value.text("Budi"));
    }

    @Test
    void every_decision_tells_the_rules_that_it_was_made_under() {
        Desk desk = inStep(contact -> contact.owned(NAME, "crm"));
        assertThat(desk.plan.decisions())
                .isNotEmpty()
                .allSatisfy(decision -> assertThat(decision.rulesHash()).isEqualTo(desk.rules.hash()));
        Rules others = rules(contact -> contact.owned(NAME, "kirim"));
        assertThat(others.hash()).isNotEqualTo(desk.rules.hash());
        assertThat(changed(desk, contact -> contact.owned(NAME, "kirim")).decisions())
                .isNotEmpty()
                .allSatisfy(decision -> assertThat(decision.rulesHash()).isEqualTo(others.hash()));
    }

    @Test
    void a_refused_constraint_is_told_by_its_kind_and_holds_its_field_alone() {
        Map<Outcome.Rejection, Reason> kinds = Map.of(
                Outcome.Rejection.TOO_LONG, Reason.REFUSED_LENGTH,
                Outcome.Rejection.NOT_AN_OPTION, Reason.REFUSED_OPTION,
                Outcome.Rejection.REQUIRED, Reason.REFUSED_REQUIRED,
                Outcome.Rejection.MISSING_PARENT, Reason.REFUSED_PARENT,
                Outcome.Rejection.READ_ONLY, Reason.REFUSED_READ_ONLY,
                Outcome.Rejection.INVALID, Reason.REFUSED,
                Outcome.Rejection.UNIQUE, Reason.DUPLICATE_REVIEW);
        kinds.forEach((kind, reason) -> {
            Desk desk = inStep(contact -> contact.owned(NAME, "crm").owned(EMAIL, "crm"));
            desk.read("kirim", desk.link.seq(), 30, "name", "Budi", "email", "b@example.com")
                    .event("crm", 60, "name", "Budi S.", "email", "c@example.com")
                    .write("kirim")
                    .outcome("kirim", new Outcome.Rejected(kind, "name", null, "no"));
            assertThat(desk.reasons(NAME)).containsExactly(reason);
            assertThat(desk.due("kirim")).contains(UPDATE);
            desk.write("kirim");
            assertThat(desk.sent("kirim")).containsOnlyKeys("email");
        });
    }
}
