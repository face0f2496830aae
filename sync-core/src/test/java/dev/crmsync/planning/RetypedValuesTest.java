package dev.crmsync.planning;

import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.NativeValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is typed anew and says the same as before is no edit, however it is spelled. */
class RetypedValuesTest {
    private static final Mapping MAPPING =
            Mapping.of(Contact.TYPE, FieldMapping.direct(NAME, "name"), FieldMapping.direct(EMAIL, "email"));

    private static Desk owned(NonOwnerEdit otherEdits) {
        Policy policy = Policy.named("the crm owns all")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(NAME, "crm", otherEdits).owned(EMAIL, "crm", otherEdits));
        return new Desk(
                Desk.rules(
                        policy,
                        new CreateLookup.UniqueUpsert(),
                        Map.of("kirim", List.of(MAPPING), "crm", List.of(MAPPING))),
                Contact.TYPE);
    }

    @Test
    void an_owners_blank_typed_anew_as_another_kind_of_blank_clears_nothing_that_is_kept_elsewhere() {
        Desk desk = owned(NonOwnerEdit.KEEP)
                .has("crm", "name", "M", "email", null)
                .has("kirim", "name", "M", "email", "kept@example.com");
        assertThat(Stances.of(desk.link, "kirim", EMAIL, desk.rules)).isEqualTo(Stance.KEPT);

        desk.event("crm", 60, "email", "");

        assertThat(desk.reasons(EMAIL)).containsExactly(Reason.EQUIVALENT);
        assertThat(desk.plan.due()).isEmpty();
        assertThat(Stances.of(desk.link, "kirim", EMAIL, desk.rules)).isEqualTo(Stance.KEPT);
        assertThat(desk.link.side("kirim").raw()).containsEntry("email", NativeValue.text("kept@example.com"));
        assertThat(desk.write("kirim").sent("kirim")).isEmpty();
    }

    @Test
    void an_owner_that_fills_its_blank_says_something() {
        Desk desk = owned(NonOwnerEdit.KEEP)
                .has("crm", "name", "M", "email", null)
                .has("kirim", "name", "M", "email", "kept@example.com");

        desk.event("crm", 60, "email", "new@example.com");

        assertThat(desk.reasons(EMAIL)).containsExactly(Reason.OWNER_EDIT);
        assertThat(desk.due("kirim")).contains(Due.Need.UPDATE);
    }

    @Test
    void a_kept_value_retyped_with_other_blanks_around_it_asks_no_rule() {
        Desk desk = owned(NonOwnerEdit.KEEP)
                .has("crm", "name", "Mary Lee")
                .has("kirim", "name", "Mary Lee")
                .event("kirim", 50, "name", "Mary");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.KEPT_LOCALLY);

        desk.event("kirim", 60, "name", " Mary ");

        assertThat(desk.reasons(NAME)).containsExactly(Reason.EQUIVALENT);
        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void a_value_that_waits_for_a_person_is_not_asked_about_again_when_it_is_retyped() {
        Desk desk = owned(NonOwnerEdit.REVIEW)
                .has("crm", "name", "Mary Lee")
                .has("kirim", "name", "Mary Lee")
                .event("kirim", 50, "name", "Mary");
        assertThat(desk.plan.reviews()).hasSize(1);

        desk.event("kirim", 60, "name", " Mary");

        assertThat(desk.reasons(NAME)).containsExactly(Reason.EQUIVALENT);
        assertThat(desk.plan.reviews()).isEmpty();
        assertThat(Stances.of(desk.link, "kirim", NAME, desk.rules)).isEqualTo(Stance.HELD);
    }
}
