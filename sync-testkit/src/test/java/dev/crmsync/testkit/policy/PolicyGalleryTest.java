package dev.crmsync.testkit.policy;

import static dev.crmsync.testkit.policy.GivenWhenThen.*;

import dev.crmsync.lint.LintRule;
import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The snippets of docs/policy-gallery.md, which shows the body of each method as it stands here. */
class PolicyGalleryTest {
    @Test
    void the_owner_decides() {
        guide().given("kirim", NAME, "Budi")
                .and("crm", NAME, "Budi Santoso")
                .when("kirim", NAME, "budi 🌴")
                .then("crm", NAME, "Budi Santoso")
                .because(OVERRULED_BY_OWNER)
                .then("kirim", NAME, "Budi Santoso");
    }

    @Test
    void an_edit_of_the_owner_goes_everywhere() {
        contacts(contact -> contact.owned(NAME, "crm"))
                .and("kirim", "erp")
                .given("kirim", NAME, "Budi")
                .and("crm", NAME, "Budi")
                .and("erp", NAME, "Budi")
                .when("crm", NAME, "Budi Santoso")
                .because(OWNER_EDIT)
                .then("kirim", NAME, "Budi Santoso")
                .then("erp", NAME, "Budi Santoso");
    }

    @Test
    void a_field_that_the_owner_clears_is_cleared_everywhere() {
        guide().given("kirim", EMAIL, "budi@example.com")
                .and("crm", EMAIL, "budi@example.com")
                .when("crm", EMAIL, (String) null)
                .because(OWNER_EDIT)
                .then("kirim", EMAIL, (String) null);
    }

    @Test
    void an_edit_of_a_non_owner_may_stay_where_it_was_made() {
        contacts(contact -> contact.owned(NAME, "crm", KEEP))
                .and("kirim")
                .given("crm", NAME, "Budi Santoso")
                .and("kirim", NAME, "Budi Santoso")
                .when("kirim", NAME, "Pak Budi")
                .because(KEPT_LOCALLY)
                .stance("kirim", NAME, KEPT)
                .then("kirim", NAME, "Pak Budi")
                .then("crm", NAME, "Budi Santoso");
    }

    @Test
    void what_was_kept_gives_way_to_the_owners_next_edit() {
        contacts(contact -> contact.owned(NAME, "crm", KEEP))
                .and("kirim")
                .given("crm", NAME, "Budi Santoso")
                .and("kirim", NAME, "Budi Santoso")
                .when("kirim", NAME, "Pak Budi")
                .when("crm", NAME, "Budi S.")
                .then("kirim", NAME, "Budi S.")
                .stance("kirim", NAME, FOLLOWS);
    }

    @Test
    void an_edit_of_a_non_owner_may_wait_for_a_person_and_holds_nothing_else() {
        contacts(contact -> contact.owned(NAME, "crm", REVIEW).owned(EMAIL, "crm"))
                .and("kirim")
                .given("crm", NAME, "Budi Santoso")
                .and("kirim", NAME, "Budi Santoso")
                .when("kirim", NAME, "Budi Hartono")
                .because(NON_OWNER_REVIEW)
                .stance("kirim", NAME, HELD)
                .when("crm", EMAIL, "budi@example.com")
                .then("kirim", EMAIL, "budi@example.com")
                .then("kirim", NAME, "Budi Hartono");
    }

    @Test
    void a_new_person_is_made_in_the_crm_with_what_kirim_seeds() {
        guide().given("kirim", NAME, "Sari")
                .and("kirim", PHONE, "0812 1111 2222")
                .and("kirim", LABELS, "vip")
                .then("crm", NAME, "Sari")
                .then("crm", PHONE, "+6281211112222")
                .then("crm", LABELS, "vip");
    }

    @Test
    void a_person_of_the_crm_is_not_made_in_kirim() {
        guide().given("crm", NAME, "Agus").thenNoRecord("kirim");
    }

    @Test
    void a_person_is_made_only_once_something_is_known() {
        contacts(contact -> contact.owned(NAME, "kirim").owned(EMAIL, "kirim").records("crm", CREATE.within(EMAIL)))
                .given("kirim", NAME, "Sari")
                .thenNoRecord("crm")
                .when("kirim", EMAIL, "sari@example.com")
                .then("crm", NAME, "Sari");
    }

    @Test
    void the_owners_value_wins_when_records_meet_for_the_first_time() {
        guide().given("kirim", NAME, "Budi").and("crm", NAME, "Budi Santoso").then("kirim", NAME, "Budi Santoso");
    }

    @Test
    void what_the_owner_left_blank_is_filled_when_records_meet() {
        guide().given("kirim", EMAIL, "budi@example.com")
                .and("crm", EMAIL, (String) null)
                .then("crm", EMAIL, "budi@example.com");
    }

    @Test
    void another_spelling_of_a_phone_number_is_no_edit() {
        guide().given("kirim", PHONE, "+62 812-1111-2222")
                .and("crm", PHONE, "+6281211112222")
                .when("crm", PHONE, "0812 1111 2222")
                .because(EQUIVALENT)
                .then("kirim", PHONE, "+62 812-1111-2222");
    }

    @Test
    void the_case_of_an_email_address_is_no_edit() {
        guide().given("kirim", EMAIL, "Budi@Example.com")
                .and("crm", EMAIL, "budi@example.com")
                .when("crm", EMAIL, "BUDI@example.com")
                .because(EQUIVALENT)
                .then("kirim", EMAIL, "Budi@Example.com");
    }

    @Test
    void labels_come_together_by_what_each_system_added_and_removed() {
        contacts(contact -> contact.setMerge(LABELS))
                .and("kirim", "crm")
                .given("kirim", LABELS, "vip", "trial")
                .and("crm", LABELS, "vip", "reseller")
                .then("kirim", LABELS, "vip", "trial", "reseller")
                .when("crm", LABELS, "vip", "trial")
                .because(MEMBERS_MERGED)
                .then("kirim", LABELS, "vip", "trial");
    }

    @Test
    void labels_of_one_system_are_put_back_member_by_member() {
        guide().given("kirim", LABELS, "vip")
                .and("crm", LABELS, "vip")
                .when("crm", LABELS, "mine")
                .because(MEMBERS_RESTORED)
                .then("crm", LABELS, "vip");
    }

    @Test
    void a_single_label_may_have_an_owner() {
        contacts(contact -> contact.rule(LABELS, new FieldRule.SetMerge(Map.of("vip", "crm"), null, REVERT)))
                .and("kirim")
                .given("crm", LABELS, "vip")
                .and("kirim", LABELS, "vip")
                .when("kirim", LABELS, "trial")
                .because(MEMBERS_RESTORED)
                .then("kirim", LABELS, "vip", "trial")
                .then("crm", LABELS, "vip", "trial");
    }

    @Test
    void each_key_of_the_metadata_is_decided_by_itself() {
        contacts(contact -> contact.owned(METADATA, "crm", "kirim").owned(METADATA.entry("source"), "kirim"))
                .given("kirim", METADATA.entry("source"), "ad")
                .and("crm", METADATA.entry("segment"), "gold")
                .when("crm", METADATA.entry("segment"), "platinum")
                .then("kirim", METADATA.entry("segment"), "platinum")
                .then("kirim", METADATA.entry("source"), "ad")
                .when("crm", METADATA.entry("source"), "shop")
                .because(OVERRULED_BY_OWNER)
                .then("crm", METADATA.entry("source"), "ad");
    }

    @Test
    void a_value_may_stand_for_good_once_it_is_agreed() {
        contacts(contact -> contact.appendOnly(METADATA.entry("first_touch")))
                .and("kirim", "crm")
                .given("kirim", METADATA.entry("first_touch"), "ad")
                .and("crm", NAME, "Budi")
                .then("crm", METADATA.entry("first_touch"), "ad")
                .when("crm", METADATA.entry("first_touch"), "shop")
                .because(APPEND_ONLY)
                .then("kirim", METADATA.entry("first_touch"), "ad");
    }

    @Test
    void a_field_may_be_withheld_from_a_system() {
        contacts(contact -> contact.owned(EMAIL, "crm").receivedBy(EMAIL, "kirim"))
                .and("erp")
                .given("crm", EMAIL, "budi@example.com")
                .and("kirim", NAME, "Budi")
                .and("erp", NAME, "Budi")
                .then("kirim", EMAIL, "budi@example.com")
                .then("erp", EMAIL, (String) null)
                .stance("erp", EMAIL, NOT_RECEIVED);
    }

    @Test
    void a_field_that_nobody_decides_goes_nowhere() {
        contacts(contact -> contact.owned(NAME, "crm"))
                .and("kirim")
                .given("crm", NAME, "Budi")
                .and("kirim", NAME, "Budi")
                .when("kirim", EMAIL, "budi@example.com")
                .because(NO_RULE)
                .then("crm", EMAIL, (String) null);
    }

    @Test
    void a_field_that_is_written_over_too_often_is_left_alone_for_an_hour() {
        guide().given("kirim", NAME, "Budi")
                .and("crm", NAME, "Budi")
                .when("kirim", NAME, "One")
                .when("kirim", NAME, "Two")
                .when("kirim", NAME, "Three")
                .when("kirim", NAME, "Four")
                .because(REVERT_CAP)
                .stance("kirim", NAME, HELD)
                .after(Duration.ofHours(1))
                .then("kirim", NAME, "Budi");
    }

    @Test
    void first_and_last_name_are_not_split_anew() {
        Mapping split =
                Mapping.of(Contact.TYPE, FieldMapping.of(NAME, new Lens.Joined(List.of("firstname", "lastname"), " ")));
        contacts(contact -> contact.owned(NAME, "kirim"))
                .mapping("crm", split)
                .given("kirim", NAME, "Mary Ann Lee")
                .and("crm", NAME, "Mary Ann Lee")
                .when("kirim", NAME, "Mary Ann Young")
                .then("crm", NAME, "Mary Ann Young");
    }

    @Test
    void a_field_that_cannot_be_written_stays_as_it_is() {
        Mapping readOnly =
                Mapping.of(Contact.TYPE, FieldMapping.direct(NAME, "name").with(Access.READ_ONLY));
        contacts(contact -> contact.owned(NAME, "crm"))
                .mapping("kirim", readOnly)
                .given("crm", NAME, "Budi Santoso")
                .and("kirim", NAME, "Budi")
                .then("kirim", NAME, "Budi")
                .stance("kirim", NAME, NOT_RECEIVED);
    }

    @Test
    void a_seed_may_go_on_until_the_owner_has_a_record() {
        contacts(contact -> contact.owned(NAME, "crm", "kirim"))
                .given("kirim", NAME, "Sari")
                .when("kirim", NAME, "Sari Dewi")
                .because(SEEDED)
                .and("crm", NAME, "Sari D.")
                .then("kirim", NAME, "Sari D.");
    }

    @Test
    void a_deletion_touches_nothing_else() {
        contacts(contact -> contact.owned(NAME, "crm"))
                .and("kirim")
                .given("crm", NAME, "Budi")
                .and("kirim", NAME, "Budi")
                .whenDeleted("crm")
                .because(GONE)
                .then("kirim", NAME, "Budi");
    }

    @Test
    void a_deletion_may_be_followed_where_both_rules_say_so() {
        contacts(contact -> contact.owned(NAME, "kirim")
                        .records("crm", RecordRule.FOLLOW.deletesFollowed())
                        .records("kirim", RecordRule.FOLLOW.archiving()))
                .given("kirim", NAME, "Budi")
                .and("crm", NAME, "Budi")
                .when("kirim", NAME, "Budi Santoso")
                .then("crm", NAME, "Budi Santoso")
                .whenDeleted("crm")
                .because(ARCHIVE_DUE)
                .thenNoRecord("kirim");
    }

    @Test
    void a_deletion_that_may_be_earlier_than_what_is_held_elsewhere_is_asked_about() {
        contacts(contact -> contact.owned(NAME, "kirim")
                        .records("crm", RecordRule.FOLLOW.deletesFollowed())
                        .records("kirim", RecordRule.FOLLOW.archiving()))
                .given("crm", NAME, "Budi")
                .and("kirim", NAME, "Budi")
                .whenDeleted("crm")
                .because(DELETE_REVIEW)
                .then("kirim", NAME, "Budi");
    }

    @Test
    void a_policy_is_linted_with_what_is_known_and_meant() {
        guide().lint(LintRule.CREATE_UNSCOPED);
    }
}
