package dev.crmsync.lint;

import static dev.crmsync.lint.LintRule.ARCHIVE_IMPOSSIBLE;
import static dev.crmsync.lint.LintRule.ARCHIVE_WITHOUT_EFFECT;
import static dev.crmsync.lint.LintRule.CREATE_NOT_FOUND_AGAIN;
import static dev.crmsync.lint.LintRule.CREATE_UNSCOPED;
import static dev.crmsync.lint.LintRule.CREATE_WAITS_FOR_ITSELF;
import static dev.crmsync.lint.LintRule.DELETE_FROM_ABSENCE;
import static dev.crmsync.lint.LintRule.JOIN_KEY_ISSUED_TWICE;
import static dev.crmsync.lint.LintRule.MUTABLE_MATCH_KEY;
import static dev.crmsync.lint.LintRule.NO_JOIN_KEY;
import static dev.crmsync.lint.LintRule.RECONCILED_BY_CREATION;
import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Contact.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.FeedOrder;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.mapping.Mapping;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityLintTest {
    private static final RecordRule ARCHIVED = RecordRule.CREATE.within(EMAIL).archiving();
    private static final RecordRule FOLLOWED = RecordRule.FOLLOW.deletesFollowed();

    private final Bench bench = new Bench();

    @ParameterizedTest
    @ValueSource(strings = {"email", "workEmail", "mobile_phone", "PHONE", "hs_whatsapp_phone_number", "user-name"})
    void a_join_key_in_a_property_that_people_change(String property) {
        bench.mapping("crm", mapping -> mapping.without(EMAIL).without(PHONE).withExternalId(property));

        assertThat(bench.finds(MUTABLE_MATCH_KEY)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.message()).contains(property);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"kirim_contact_id", "external_email_id", "Kirim_Id__c", "nameplate", "join_key"})
    void a_join_key_in_a_property_of_its_own_is_left_in_peace(String property) {
        bench.mapping("crm", mapping -> mapping.withExternalId(property));

        assertThat(bench.finds(MUTABLE_MATCH_KEY)).isEmpty();
    }

    @Test
    void a_system_that_keeps_no_join_key() {
        bench.mapping("crm", mapping -> new Mapping(mapping.type(), mapping.fields(), null, List.of()));

        assertThat(bench.finds(NO_JOIN_KEY))
                .singleElement()
                .satisfies(finding -> assertThat(finding.system()).isEqualTo("crm"));
    }

    @Test
    void a_system_without_join_key_whose_records_the_policy_joins_by_a_field_is_left_in_peace() {
        bench.mapping("crm", mapping -> new Mapping(mapping.type(), mapping.fields(), null, List.of()));
        bench.policy(contact -> contact.owned(EMAIL, "crm").matchedBy(EMAIL));

        assertThat(bench.finds(NO_JOIN_KEY)).isEmpty();
    }

    @Test
    void a_sync_in_which_nobody_issues_a_join_key() {
        assertThat(bench.nobodyIssues().finds(NO_JOIN_KEY)).hasSize(1);
    }

    @Test
    void the_issuer_of_the_join_key_need_not_keep_it() {
        assertThat(bench.finds(NO_JOIN_KEY)).isEmpty();
    }

    @Test
    void two_issuers_of_the_join_key() {
        assertThat(bench.finds(JOIN_KEY_ISSUED_TWICE)).isEmpty();
        assertThat(bench.issuing("crm").finds(JOIN_KEY_ISSUED_TWICE)).hasSize(1);
    }

    @Test
    void deletions_that_are_followed_of_a_system_that_cannot_tell_deleted_from_invisible() {
        bench.policy(
                contact -> contact.owned(NAME, "crm").records("crm", ARCHIVED).records("kirim", FOLLOWED));
        bench.declaring("kirim", IdentityLintTest::silentAboutDeletes);

        assertThat(bench.finds(DELETE_FROM_ABSENCE)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.system()).isEqualTo("kirim");
            assertThat(finding.message()).contains("archived at crm");
        });
    }

    @Test
    void deletions_that_are_told_or_not_followed_or_followed_by_nobody_are_left_in_peace() {
        bench.declaring("crm", IdentityLintTest::silentAboutDeletes);
        bench.policy(
                contact -> contact.owned(NAME, "crm").records("crm", ARCHIVED).records("kirim", FOLLOWED));
        assertThat(bench.finds(DELETE_FROM_ABSENCE)).isEmpty();

        bench.declaring("kirim", IdentityLintTest::silentAboutDeletes);
        bench.policy(contact -> contact.owned(NAME, "crm").records("crm", ARCHIVED));
        assertThat(bench.finds(DELETE_FROM_ABSENCE)).isEmpty();

        bench.policy(contact -> contact.owned(NAME, "crm").records("kirim", FOLLOWED));
        assertThat(bench.finds(DELETE_FROM_ABSENCE)).isEmpty();
    }

    @Test
    void archiving_where_the_adapter_cannot() {
        bench.policy(
                contact -> contact.owned(NAME, "crm").records("crm", ARCHIVED).records("kirim", FOLLOWED));
        bench.unableToArchive("crm");

        assertThat(bench.finds(ARCHIVE_IMPOSSIBLE)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.system()).isEqualTo("crm");
        });
    }

    @Test
    void archiving_where_the_adapter_can_is_left_in_peace() {
        bench.policy(
                contact -> contact.owned(NAME, "crm").records("crm", ARCHIVED).records("kirim", FOLLOWED));
        bench.unableToArchive("kirim");

        assertThat(bench.finds(ARCHIVE_IMPOSSIBLE)).isEmpty();
        assertThat(bench.finds(ARCHIVE_WITHOUT_EFFECT)).isEmpty();
    }

    @Test
    void one_half_of_what_it_takes_to_follow_a_deletion() {
        bench.policy(contact -> contact.owned(NAME, "crm").records("crm", ARCHIVED));
        assertThat(bench.finds(ARCHIVE_WITHOUT_EFFECT))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("none ever is"));

        bench.policy(contact -> contact.owned(NAME, "crm")
                .records("crm", ARCHIVED.deletesFollowed())
                .records("kirim", RecordRule.FOLLOW));
        assertThat(bench.finds(ARCHIVE_WITHOUT_EFFECT)).hasSize(2);
    }

    private static TypeDeclaration silentAboutDeletes(TypeDeclaration own) {
        return new TypeDeclaration(
                own.type(),
                own.asOf(),
                own.marksOwnWrites(),
                own.createLookup(),
                false,
                own.tellsMerges(),
                own.echoHorizon(),
                own.overlap(),
                own.mayGoUnobserved());
    }

    private static TypeDeclaration found(TypeDeclaration own, CreateLookup lookup) {
        return new TypeDeclaration(
                own.type(),
                own.asOf(),
                own.marksOwnWrites(),
                lookup,
                own.tellsDeletes(),
                own.tellsMerges(),
                own.echoHorizon(),
                own.overlap(),
                own.mayGoUnobserved());
    }

    @Test
    void a_listing_by_the_time_of_creation() {
        bench.declaring("crm", own -> own.listedBy(FeedOrder.CREATED));

        assertThat(bench.finds(RECONCILED_BY_CREATION))
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy()).contains("sweepEvery"));
    }

    @Test
    void a_listing_by_the_time_of_change_is_left_in_peace() {
        assertThat(bench.finds(RECONCILED_BY_CREATION)).isEmpty();
    }

    @Test
    void creating_a_record_for_every_link() {
        assertThat(bench.finds(CREATE_UNSCOPED))
                .singleElement()
                .satisfies(finding -> assertThat(finding.system()).isEqualTo("crm"));
    }

    @Test
    void creating_once_something_is_known_is_left_in_peace() {
        bench.policy(contact -> contact.owned(EMAIL, "crm", "kirim").records("crm", RecordRule.CREATE.within(EMAIL)));

        assertThat(bench.finds(CREATE_UNSCOPED)).isEmpty();
    }

    @Test
    void a_record_that_needs_what_only_it_could_tell() {
        bench.policy(contact -> contact.owned(EMAIL, "crm").records("crm", RecordRule.CREATE.within(EMAIL)));
        bench.mapping("crm", mapping -> mapping.requiring(NAME));

        assertThat(bench.finds(CREATE_WAITS_FOR_ITSELF))
                .extracting(Finding::field)
                .containsExactly("contact.name", "contact.email");
    }

    @Test
    void a_record_that_needs_what_it_alone_could_tell_of_a_type_that_is_not_followed_is_left_in_peace() {
        Mapping crm = Bench.contacts().withExternalId("kirim_contact_id").requiring(EMAIL);
        bench.policy(contact -> contact.owned(EMAIL, "crm").records("crm", RecordRule.CREATE));
        bench.without("kirim").system("crm", crm);

        assertThat(bench.finds(CREATE_WAITS_FOR_ITSELF)).isEmpty();
    }

    @Test
    void a_record_that_needs_what_another_system_seeds_is_left_in_peace() {
        bench.policy(contact -> contact.owned(EMAIL, "crm", "kirim")
                .owned(NAME, "kirim")
                .records("crm", RecordRule.CREATE.within(EMAIL)));
        bench.mapping("crm", mapping -> mapping.requiring(NAME));

        assertThat(bench.finds(CREATE_WAITS_FOR_ITSELF)).isEmpty();
    }

    @Test
    void creating_where_a_lost_answer_stays_lost() {
        bench.declaring("crm", own -> found(own, new CreateLookup.None()));

        assertThat(bench.finds(CREATE_NOT_FOUND_AGAIN)).hasSize(1);
    }

    @Test
    void creating_where_a_lost_record_is_found_again_is_left_in_peace() {
        bench.declaring("crm", own -> found(own, new CreateLookup.IdempotencyKey(Duration.ofHours(24))));
        bench.declaring("kirim", own -> found(own, new CreateLookup.None()));

        assertThat(bench.finds(CREATE_NOT_FOUND_AGAIN)).isEmpty();
    }
}
