package dev.crmsync.lint;

import static dev.crmsync.lint.Bench.NICK;
import static dev.crmsync.lint.LintRule.FIELD_WITHOUT_RULE;
import static dev.crmsync.lint.LintRule.NAMED_WITHOUT_FIELD;
import static dev.crmsync.lint.LintRule.NO_PRIMARY;
import static dev.crmsync.lint.LintRule.OWNER_READ_ONLY;
import static dev.crmsync.lint.LintRule.OWNER_WITHOUT_FIELD;
import static dev.crmsync.lint.LintRule.PROPERTY_OWNED_TWICE;
import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Contact.METADATA;
import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Contact.PHONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnershipLintTest {
    private final Bench bench = new Bench();

    @Test
    void a_field_that_several_systems_carry_and_nobody_decides() {
        bench.policy(contact -> contact.owned(NAME, "crm"));

        assertThat(bench.finds(FIELD_WITHOUT_RULE))
                .extracting(Finding::field)
                .contains("contact.email", "contact.metadata")
                .doesNotContain("contact.name");
    }

    @Test
    void a_field_without_a_rule_that_one_system_alone_carries_is_left_in_peace() {
        bench.policy(contact -> contact.owned(NAME, "crm"));
        bench.mapping("crm", mapping -> mapping.without(EMAIL));

        assertThat(bench.finds(FIELD_WITHOUT_RULE))
                .extracting(Finding::field)
                .doesNotContain("contact.email", "contact.nick");
    }

    @Test
    void two_fields_of_two_owners_in_one_property() {
        bench.policy(contact -> contact.owned(NAME, "crm").owned(NICK, "kirim"));
        bench.mapping("kirim", FieldMapping.direct(NICK, "Full_Name"));

        assertThat(bench.finds(PROPERTY_OWNED_TWICE)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.system()).isEqualTo("kirim");
            assertThat(finding.message()).contains("full_name", "crm owns", "kirim owns");
        });
    }

    @Test
    void a_key_of_a_bag_that_another_field_is_mapped_to_as_well() {
        bench.policy(contact -> contact.owned(METADATA, "crm").owned(NICK, "kirim"));
        bench.mapping("kirim", FieldMapping.direct(NICK, "metadata.nick"));

        assertThat(bench.finds(PROPERTY_OWNED_TWICE))
                .singleElement()
                .satisfies(finding -> assertThat(finding.field()).isEqualTo("contact.metadata.nick"));
    }

    @Test
    void two_fields_of_two_owners_in_two_properties_are_left_in_peace() {
        bench.policy(contact -> contact.owned(NAME, "crm").owned(NICK, "kirim").owned(METADATA, "crm"));
        bench.mapping("kirim", FieldMapping.direct(NICK, "nick"));

        assertThat(bench.finds(PROPERTY_OWNED_TWICE)).isEmpty();
    }

    @Test
    void a_field_that_two_rules_decide_is_refused_as_soon_as_it_is_said() {
        assertThatThrownBy(
                        () -> bench.policy(contact -> contact.owned(NAME, "crm").owned(NAME, "kirim")))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("contact.name is decided by two rules");

        bench.policy(contact -> contact.owned(NAME, "crm").owned(NAME, "crm"));
    }

    @Test
    void an_owner_that_does_not_carry_the_field_while_several_others_do() {
        bench.system("erp", Bench.contacts().withExternalId("kirim_id"));
        bench.mapping("crm", mapping -> mapping.without(EMAIL));

        assertThat(bench.finds(OWNER_WITHOUT_FIELD)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.field()).isEqualTo("contact.email");
            assertThat(finding.system()).isEqualTo("crm");
        });
    }

    @Test
    void an_owner_that_does_not_carry_a_field_of_one_other_is_worth_a_warning() {
        bench.mapping("crm", mapping -> mapping.without(EMAIL));

        assertThat(bench.finds(OWNER_WITHOUT_FIELD))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
    }

    @Test
    void an_owner_that_takes_a_field_and_never_shows_it() {
        bench.mapping(
                "crm",
                FieldMapping.direct(EMAIL, "email").with(new Access(Access.Readable.NEVER, Access.Writable.PATCHED)));

        assertThat(bench.finds(OWNER_WITHOUT_FIELD))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("never shows it"));
    }

    @Test
    void an_owner_of_a_bag_that_carries_some_of_its_keys_is_left_in_peace() {
        bench.mapping(
                "crm",
                mapping -> mapping.without(METADATA).with(FieldMapping.direct(METADATA.entry("segment"), "segment")));

        assertThat(bench.finds(OWNER_WITHOUT_FIELD)).isEmpty();
    }

    @Test
    void an_owner_that_cannot_be_written_and_whose_field_others_seed() {
        bench.mapping("crm", FieldMapping.direct(NAME, "full_name").with(Access.READ_ONLY));

        assertThat(bench.finds(OWNER_READ_ONLY))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("[kirim] may seed it"));
    }

    @Test
    void an_owner_that_cannot_be_written_and_whose_field_nobody_seeds_is_left_in_peace() {
        bench.policy(contact -> contact.owned(NAME, "crm").owned(PHONE, "kirim", "crm"));
        bench.mapping("crm", FieldMapping.direct(NAME, "full_name").with(Access.READ_ONLY));
        bench.mapping("kirim", FieldMapping.direct(PHONE, "phone").with(Access.READ_AND_CREATE));

        assertThat(bench.finds(OWNER_READ_ONLY)).isEmpty();
    }

    @Test
    void a_receiver_or_a_seed_that_does_not_carry_the_field_or_cannot_be_written() {
        bench.policy(contact -> contact.owned(NAME, "crm", "kirim")
                .owned(EMAIL, "crm")
                .receivedBy(EMAIL, "kirim")
                .owned(PHONE, "crm")
                .receivedBy(PHONE, "kirim"));
        bench.mapping(
                "kirim",
                mapping -> mapping.without(NAME)
                        .without(EMAIL)
                        .with(FieldMapping.direct(PHONE, "phone").with(Access.READ_ONLY)));

        assertThat(bench.finds(NAMED_WITHOUT_FIELD))
                .extracting(Finding::field)
                .containsExactly("contact.email", "contact.name", "contact.phone");
    }

    @Test
    void a_receiver_of_some_keys_of_a_bag_is_left_in_peace() {
        bench.policy(contact -> contact.owned(METADATA, "kirim").receivedBy(METADATA, "crm"));
        bench.mapping(
                "crm",
                mapping -> mapping.without(METADATA).with(FieldMapping.direct(METADATA.entry("segment"), "segment")));

        assertThat(bench.finds(NAMED_WITHOUT_FIELD)).isEmpty();
    }

    @Test
    void several_crms_of_which_none_decides() {
        bench.system("erp", Bench.contacts().withExternalId("kirim_id"));
        bench.policy(contact -> contact.owned(PHONE, "kirim", "crm", "erp").appendOnly(NAME));

        assertThat(bench.finds(NO_PRIMARY))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("[crm, erp]"));
    }

    @Test
    void several_crms_with_a_primary_and_one_crm_alone_are_left_in_peace() {
        bench.policy(contact -> contact.owned(PHONE, "kirim", NonOwnerEdit.KEEP, "crm"));
        assertThat(bench.finds(NO_PRIMARY)).isEmpty();

        bench.system("erp", Bench.contacts().withExternalId("kirim_id"));
        bench.policy(contact -> contact.owned(NAME, "crm", "erp").setMerge(LABELS));
        assertThat(bench.finds(NO_PRIMARY)).isEmpty();
    }

    @Test
    void a_lens_is_no_reason_to_find_an_owner_wanting() {
        bench.mapping("crm", FieldMapping.of(NAME, new Lens.Joined(List.of("first", "last"), " ")));

        assertThat(PolicyLint.check(bench.rules())).extracting(Finding::rule).containsExactly(LintRule.CREATE_UNSCOPED);
    }
}
