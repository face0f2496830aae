package dev.crmsync.testkit.policy;

import static dev.crmsync.planning.Reason.ECHO;
import static dev.crmsync.planning.Reason.EQUIVALENT;
import static dev.crmsync.planning.Reason.MEMBERS_MERGED;
import static dev.crmsync.planning.Reason.MEMBERS_RESTORED;
import static dev.crmsync.planning.Reason.OVERRULED_BY_OWNER;
import static dev.crmsync.planning.Reason.OWNER_EDIT;
import static dev.crmsync.planning.Reason.REVERT_CAP;
import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Contact.METADATA;
import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Contact.PHONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.planning.Stance;
import dev.crmsync.policy.Policies;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GuidePolicyTest {
    private final PolicyTest policy =
            PolicyTest.of(Policies.guide().kirim("kirim").primaryCrm("crm"));

    @Test
    void the_owners_name_stands_against_an_edit_elsewhere() {
        policy.given("kirim", NAME, "Budi")
                .and("crm", NAME, "Budi Santoso")
                .when("kirim", NAME, "budi 🌴")
                .then("crm", NAME, "Budi Santoso")
                .because(OVERRULED_BY_OWNER)
                .then("kirim", NAME, "Budi Santoso");
    }

    @Test
    void an_edit_by_the_owner_reaches_the_other_side() {
        policy.given("kirim", NAME, "Budi")
                .and("crm", NAME, "Budi Santoso")
                .when("crm", NAME, "Budi S.")
                .because(OWNER_EDIT)
                .then("kirim", NAME, "Budi S.");
    }

    @Test
    void a_new_contact_is_made_in_the_crm_with_what_kirim_seeds() {
        policy.given("kirim", NAME, "Sari")
                .and("kirim", PHONE, "0812 1111 2222")
                .and("kirim", EMAIL, "sari@example.com")
                .and("kirim", LABELS, "vip")
                .then("crm", NAME, "Sari")
                .then("crm", PHONE, "+6281211112222")
                .then("crm", EMAIL, "Sari@Example.com")
                .then("crm", LABELS, "vip");
    }

    @Test
    void a_contact_of_the_crm_is_not_made_in_kirim() {
        policy.given("crm", NAME, "Agus").thenNoRecord("kirim");
    }

    @Test
    void a_blank_in_the_crm_is_filled_by_kirim_whoever_comes_first() {
        policy.given("kirim", EMAIL, "a@example.com")
                .and("crm", EMAIL, (String) null)
                .then("crm", EMAIL, "a@example.com");
        policy.given("crm", EMAIL, (String) null)
                .and("kirim", EMAIL, "a@example.com")
                .then("crm", EMAIL, "a@example.com");
    }

    @Test
    void a_field_that_the_owner_clears_is_cleared() {
        policy.given("kirim", EMAIL, "a@example.com")
                .and("crm", EMAIL, "a@example.com")
                .when("crm", EMAIL, (String) null)
                .because(OWNER_EDIT)
                .then("kirim", EMAIL, (String) null);
    }

    @Test
    void another_spelling_of_a_phone_number_is_no_edit() {
        policy.given("kirim", PHONE, "+62 812-1111-2222")
                .and("crm", PHONE, "+6281211112222")
                .when("crm", PHONE, "0812 1111 2222")
                .because(EQUIVALENT)
                .then("kirim", PHONE, "+62 812-1111-2222");
    }

    @Test
    void labels_are_kirims_and_are_put_back_in_the_crm() {
        policy.given("kirim", LABELS, "vip", "trial")
                .and("crm", LABELS, "vip", "trial")
                .when("kirim", LABELS, "vip")
                .because(MEMBERS_MERGED)
                .then("crm", LABELS, "vip")
                .when("crm", LABELS, "vip", "mine")
                .because(MEMBERS_RESTORED)
                .then("crm", LABELS, "vip");
    }

    @Test
    void each_metadata_key_is_decided_by_itself() {
        policy.given("kirim", METADATA.entry("crm_segment"), "gold")
                .and("kirim", METADATA.entry("source"), "ad")
                .and("crm", METADATA.entry("crm_segment"), "silver")
                .then("kirim", METADATA.entry("crm_segment"), "silver")
                .then("crm", METADATA.entry("source"), "ad")
                .when("crm", METADATA.entry("crm_segment"), "platinum")
                .then("kirim", METADATA.entry("crm_segment"), "platinum")
                .then("kirim", METADATA.entry("source"), "ad");
    }

    @Test
    void a_field_written_over_too_often_is_left_alone_until_the_hour_has_passed() {
        Scenario story = policy.given("kirim", NAME, "Budi").and("crm", NAME, "Budi");
        for (int edit = 1; edit <= 3; edit++) {
            story.when("kirim", NAME, "Nickname " + edit)
                    .because(OVERRULED_BY_OWNER)
                    .then("kirim", NAME, "Budi");
        }
        story.when("kirim", NAME, "Nickname 4")
                .because(REVERT_CAP)
                .stance("kirim", NAME, Stance.HELD)
                .then("kirim", NAME, "Nickname 4")
                .after(Duration.ofHours(1))
                .then("kirim", NAME, "Budi")
                .stance("kirim", NAME, Stance.FOLLOWS);
    }

    @Test
    void a_failure_tells_the_story() {
        assertThatThrownBy(() -> policy.given("kirim", NAME, "Budi")
                        .and("crm", NAME, "Budi Santoso")
                        .when("kirim", NAME, "Joko")
                        .because(ECHO))
                .isInstanceOf(AssertionError.class)
                .satisfies(error -> assertThat(error.getMessage())
                        .contains("should be decided as ECHO", "OVERRULED_BY_OWNER", "guide: contact.name"));
    }
}
