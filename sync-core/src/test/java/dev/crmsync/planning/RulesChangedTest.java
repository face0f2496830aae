package dev.crmsync.planning;

import static dev.crmsync.planning.Due.Need.UPDATE;
import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.Policy;
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
