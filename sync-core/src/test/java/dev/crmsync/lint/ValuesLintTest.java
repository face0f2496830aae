package dev.crmsync.lint;

import static dev.crmsync.lint.Bench.NICK;
import static dev.crmsync.lint.Bench.STATUS;
import static dev.crmsync.lint.LintRule.CANONICAL_FORM;
import static dev.crmsync.lint.LintRule.ENUMERATION_WITHOUT_INVERSE;
import static dev.crmsync.lint.LintRule.FIELD_FLOW_CYCLE;
import static dev.crmsync.lint.LintRule.LAST_WRITER_OVER_LOSS;
import static dev.crmsync.lint.LintRule.LAST_WRITER_WITHOUT_TIME;
import static dev.crmsync.lint.LintRule.LENS_ROUND_TRIP;
import static dev.crmsync.lint.LintRule.RECEIVER_CANNOT_READ_BACK;
import static dev.crmsync.lint.LintRule.SET_DECIDED_WHOLE;
import static dev.crmsync.lint.LintRule.VOLATILE_FIELD;
import static dev.crmsync.lint.LintRule.WHOLE_SET_REPLACED;
import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Contact.METADATA;
import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.Policies;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Rendering;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesLintTest {
    private static final Access WHOLE = new Access(Access.Readable.BY_READ, Access.Writable.REPLACED);

    /** Stands for a rule by which the latest edit decides. */
    private static final Predicate<FieldRule> LATEST = FieldRule.AppendOnly.class::isInstance;

    private final Bench bench = new Bench();

    /** Trap T1 of the guide: its handler writes metadata.last_synced_at with every push. */
    @ParameterizedTest
    @ValueSource(
            strings = {"last_synced_at", "lastSyncedAt", "hs_lastmodifieddate", "updated_at", "fetched_at", "etag"})
    void a_key_that_changes_whenever_the_record_is_touched(String key) {
        bench.mapping("crm", FieldMapping.direct(METADATA.entry(key), key));

        assertThat(bench.finds(VOLATILE_FIELD))
                .singleElement()
                .satisfies(finding -> assertThat(finding.field()).isEqualTo("contact.metadata." + key));
    }

    @Test
    void a_field_that_is_mapped_to_a_property_which_changes_by_itself() {
        bench.policy(contact -> contact.owned(NICK, "crm"));
        bench.mapping("kirim", FieldMapping.direct(NICK, "nick"));
        bench.mapping("crm", FieldMapping.direct(NICK, "LastModifiedDate"));

        assertThat(bench.finds(VOLATILE_FIELD)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"last_name", "created_at", "birthday", "updated_address", "blast_activity", "segment"})
    void a_key_that_people_change_is_left_in_peace(String key) {
        bench.mapping("crm", FieldMapping.direct(METADATA.entry(key), key));

        assertThat(bench.finds(VOLATILE_FIELD)).isEmpty();
    }

    @Test
    void a_volatile_key_that_one_system_alone_carries_is_left_in_peace() {
        bench.mapping("crm", mapping -> mapping.without(METADATA));
        bench.policy(Policies.guide().kirimOwnsMetadata("last_synced_at").primaryCrm("crm"));

        assertThat(bench.finds(VOLATILE_FIELD)).isEmpty();
    }

    @Test
    void a_shared_set_that_is_replaced_as_a_whole() {
        bench.policy(contact -> contact.setMerge(LABELS));
        bench.mapping(
                "crm",
                FieldMapping.of(LABELS, new Lens.Delimited("labels", ";")).with(WHOLE));

        assertThat(bench.finds(WHOLE_SET_REPLACED))
                .singleElement()
                .satisfies(finding -> assertThat(finding.system()).isEqualTo("crm"));
    }

    /** Trap T3 of the guide: each side replaces the other's bag. */
    @Test
    void a_bag_with_keys_of_both_sides_that_is_replaced_as_a_whole() {
        bench.policy(Policies.guide().kirimOwnsMetadata("source").primaryCrm("crm"));
        bench.mapping(
                "kirim", FieldMapping.of(METADATA, new Lens.BagOf("metadata")).with(WHOLE));

        assertThat(bench.finds(WHOLE_SET_REPLACED))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("keys"));
    }

    @Test
    void a_bag_of_which_some_keys_have_no_rule_belongs_to_its_system_as_well() {
        bench.policy(contact -> contact.owned(METADATA.entry("segment"), "crm"));
        bench.mapping(
                "kirim", FieldMapping.of(METADATA, new Lens.BagOf("metadata")).with(WHOLE));

        assertThat(bench.finds(WHOLE_SET_REPLACED)).hasSize(1);
    }

    @Test
    void a_whole_that_one_system_alone_decides_is_left_in_peace() {
        bench.mapping(
                "crm",
                FieldMapping.of(LABELS, new Lens.Delimited("labels", ";")).with(WHOLE));
        bench.mapping(
                "kirim", FieldMapping.of(METADATA, new Lens.BagOf("metadata")).with(WHOLE));

        assertThat(bench.finds(WHOLE_SET_REPLACED)).isEmpty();
    }

    @Test
    void a_shared_set_whose_members_are_written_one_by_one_is_left_in_peace() {
        bench.policy(contact -> contact.setMerge(LABELS));

        assertThat(bench.finds(WHOLE_SET_REPLACED)).isEmpty();
    }

    /** Trap T7 of the guide: the mirror writes all labels while others are being attached. */
    @Test
    void a_set_that_is_decided_as_one_value() {
        bench.policy(contact -> contact.owned(LABELS, "kirim"));

        assertThat(bench.finds(SET_DECIDED_WHOLE)).hasSize(1);
    }

    @Test
    void a_set_that_is_merged_by_members_is_left_in_peace() {
        bench.policy(contact -> contact.rule(LABELS, new FieldRule.SetMerge(Map.of(), "kirim", NonOwnerEdit.REVERT)));

        assertThat(bench.finds(SET_DECIDED_WHOLE)).isEmpty();
    }

    @Test
    void a_lens_whose_property_cannot_be_told_from_a_key_of_a_bag() {
        bench.policy(contact -> contact.owned(NICK, "crm"));
        bench.mapping("crm", FieldMapping.direct(NICK, "metadata/nick"));

        assertThat(bench.finds(LENS_ROUND_TRIP)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.message()).contains("metadata/nick");
        });
    }

    @Test
    void a_lens_that_brings_back_what_was_put_is_left_in_peace() {
        bench.mapping("crm", FieldMapping.of(STATUS, new Lens.Coded("status", Map.of("1", "open", "2", "closed"))));
        bench.mapping("crm", FieldMapping.of(NAME, new Lens.Joined(List.of("first", "last"), " ")));

        assertThat(bench.finds(LENS_ROUND_TRIP)).isEmpty();
    }

    @Test
    void a_canonical_code_that_is_not_canonical() {
        bench.policy(contact -> contact.owned(STATUS, "crm"));
        bench.mapping("crm", FieldMapping.of(STATUS, new Lens.Coded("status", Map.of("1", " open"))));

        assertThat(bench.finds(CANONICAL_FORM))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.ERROR));
    }

    @Test
    void a_native_code_may_look_as_it_likes() {
        bench.policy(contact -> contact.owned(STATUS, "crm"));
        bench.mapping("crm", FieldMapping.of(STATUS, new Lens.Coded("status", Map.of(" 1", "open"))));

        assertThat(bench.finds(CANONICAL_FORM)).isEmpty();
    }

    @Test
    void codes_that_a_receiver_has_no_word_for() {
        bench.policy(contact -> contact.owned(STATUS, "kirim"));
        bench.mapping("kirim", FieldMapping.of(STATUS, new Lens.Coded("s", Map.of("o", "open", "p", "pending"))));
        bench.mapping("crm", FieldMapping.of(STATUS, new Lens.Coded("status", Map.of("1", "open"))));

        assertThat(bench.finds(ENUMERATION_WITHOUT_INVERSE))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("[pending]"));
    }

    @Test
    void codes_as_they_come_for_a_receiver_with_a_table() {
        bench.policy(contact -> contact.owned(STATUS, "kirim"));
        bench.mapping("kirim", FieldMapping.direct(STATUS, "status"));
        bench.mapping("crm", FieldMapping.of(STATUS, new Lens.Coded("status", Map.of("1", "open"))));

        assertThat(bench.finds(ENUMERATION_WITHOUT_INVERSE)).hasSize(1);
    }

    @Test
    void codes_that_the_receiver_supplies_itself_and_others_lack_are_left_in_peace() {
        bench.policy(contact -> contact.owned(STATUS, "kirim"));
        bench.mapping("kirim", FieldMapping.of(STATUS, new Lens.Coded("s", Map.of("o", "open"))));
        bench.mapping("crm", FieldMapping.of(STATUS, new Lens.Coded("status", Map.of("1", "open", "2", "lost"))));

        assertThat(bench.finds(ENUMERATION_WITHOUT_INVERSE)).isEmpty();
    }

    @Test
    void the_latest_edit_where_times_are_those_of_the_record_or_there_are_none() {
        bench.policy(contact -> contact.appendOnly(NAME));
        bench.declaring("kirim", own -> dated(own, AsOfGrade.RECORD));
        bench.declaring("crm", own -> dated(own, AsOfGrade.NONE));

        assertThat(Bench.finds(new LastWriterWithoutTime(LATEST), LAST_WRITER_WITHOUT_TIME, bench.rules()))
                .extracting(Finding::system, Finding::severity)
                .containsExactly(tuple("crm", Severity.ERROR), tuple("kirim", Severity.WARNING));
    }

    @Test
    void the_latest_edit_where_properties_are_dated_and_any_other_rule_are_left_in_peace() {
        bench.policy(contact -> contact.appendOnly(NAME));
        assertThat(Bench.finds(new LastWriterWithoutTime(LATEST), LAST_WRITER_WITHOUT_TIME, bench.rules()))
                .isEmpty();

        bench.declaring("kirim", own -> dated(own, AsOfGrade.RECORD));
        assertThat(bench.finds(LAST_WRITER_WITHOUT_TIME)).isEmpty();
    }

    private static TypeDeclaration dated(TypeDeclaration own, AsOfGrade grade) {
        return new TypeDeclaration(
                own.type(),
                grade,
                own.marksOwnWrites(),
                own.createLookup(),
                own.tellsDeletes(),
                own.tellsMerges(),
                own.echoHorizon(),
                own.overlap(),
                own.mayGoUnobserved());
    }

    @Test
    void the_latest_edit_where_a_system_cuts_values() {
        bench.policy(contact -> contact.appendOnly(NAME));
        bench.mapping("crm", FieldMapping.direct(NAME, "name").shownAs(Rendering.cut(40)));

        assertThat(Bench.finds(new LastWriterOverLoss(LATEST), LAST_WRITER_OVER_LOSS, bench.rules()))
                .hasSize(1);
    }

    @Test
    void the_latest_edit_where_a_system_trims_values_is_left_in_peace() {
        bench.policy(contact -> contact.appendOnly(NAME));
        bench.mapping("crm", FieldMapping.direct(NAME, "name").shownAs(Rendering.TRIMMED));

        assertThat(Bench.finds(new LastWriterOverLoss(LATEST), LAST_WRITER_OVER_LOSS, bench.rules()))
                .isEmpty();
    }

    @Test
    void a_field_that_is_written_and_never_shown() {
        bench.mapping(
                "kirim",
                FieldMapping.direct(NAME, "name").with(new Access(Access.Readable.NEVER, Access.Writable.PATCHED)));

        assertThat(bench.finds(RECEIVER_CANNOT_READ_BACK))
                .singleElement()
                .satisfies(finding -> assertThat(finding.system()).isEqualTo("kirim"));
    }

    @Test
    void a_field_that_events_alone_show_and_nobody_writes_is_left_in_peace() {
        bench.mapping(
                "kirim", FieldMapping.of(LABELS, new Lens.ListOf("labels")).with(Access.EVENT_ONLY));

        assertThat(bench.finds(RECEIVER_CANNOT_READ_BACK)).isEmpty();
    }

    @Test
    void two_fields_that_feed_each_other() {
        bench.policy(contact -> contact.appendOnly(NAME).appendOnly(NICK));
        bench.mapping("kirim", FieldMapping.direct(NICK, "Full_Name"));
        bench.mapping("crm", FieldMapping.direct(NICK, "FULL_NAME"));

        assertThat(bench.finds(FIELD_FLOW_CYCLE))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.message()).contains("contact.name > contact.nick > contact.name"));
    }

    @Test
    void two_fields_of_which_one_alone_is_written_there_are_left_in_peace() {
        bench.policy(contact -> contact.owned(NAME, "crm").owned(NICK, "kirim").receivedBy(NICK, "kirim"));
        bench.mapping("kirim", FieldMapping.direct(NICK, "Full_Name"));
        bench.mapping("crm", FieldMapping.direct(NICK, "nick"));

        assertThat(bench.finds(FIELD_FLOW_CYCLE)).isEmpty();
    }
}
