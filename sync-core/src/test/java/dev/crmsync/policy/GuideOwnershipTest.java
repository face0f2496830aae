package dev.crmsync.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Message;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.User;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who decides what under Kirim's guide to CRM sync, field by field. */
class GuideOwnershipTest {
    private final Policy guide = Policies.guide().kirim("wa").primaryCrm("crm");

    @Test
    void the_crm_decides_who_a_contact_is_and_kirim_how_it_is_reached() {
        for (Field field : List.of(Contact.NAME, Contact.EMAIL, Contact.METADATA)) {
            assertThat(rule(Contact.TYPE, field)).as(field.name()).isEqualTo(owned("crm", "wa"));
        }
        assertThat(rule(Contact.TYPE, Contact.PHONE)).isEqualTo(owned("wa", "crm"));
        assertThat(rule(Contact.TYPE, Contact.LABELS))
                .isEqualTo(new FieldRule.SetMerge(Map.of(), "wa", NonOwnerEdit.REVERT));
        assertThat(guide.field(Contact.TYPE, Contact.OWNER)).isEmpty();
    }

    @Test
    void kirims_system_is_called_kirim_unless_it_is_named() {
        Policy policy = Policies.guide().primaryCrm("crm");
        assertThat(policy.systems()).containsExactly("crm", "kirim");
        assertThat(guide.systems()).containsExactly("crm", "wa");
    }

    @Test
    void single_metadata_keys_may_be_left_to_kirim() {
        Policy policy = Policies.guide()
                .kirimOwnsMetadata("opt_in")
                .kirimOwnsMetadata("channel")
                .kirim("wa")
                .primaryCrm("crm");
        assertThat(rule(policy, Contact.TYPE, Contact.METADATA.entry("opt_in"))).isEqualTo(owned("wa", "crm"));
        assertThat(rule(policy, Contact.TYPE, Contact.METADATA.entry("channel")))
                .isEqualTo(owned("wa", "crm"));
        assertThat(rule(policy, Contact.TYPE, Contact.METADATA.entry("segment")))
                .isEqualTo(owned("crm", "wa"));
    }

    @Test
    void kirim_decides_the_state_of_a_conversation_and_the_crms_own_subject_is_only_read() {
        for (Field field : List.of(Conversation.STATUS, Conversation.ASSIGNEE, Conversation.CONTACT)) {
            assertThat(rule(Conversation.TYPE, field)).as(field.name()).isEqualTo(owned("wa"));
        }
        assertThat(rule(Conversation.TYPE, Conversation.SUBJECT)).isEqualTo(new FieldRule.ReadOnly("crm"));
    }

    @Test
    void a_closing_time_of_the_crms_own_is_kept_and_not_reverted() {
        assertThat(rule(Conversation.TYPE, Conversation.CLOSED_AT))
                .isEqualTo(new FieldRule.Owned("wa", Set.of(), NonOwnerEdit.KEEP, OnJoin.OWNER));
    }

    @Test
    void tickets_answer_back_only_where_that_is_asked_for_and_kirim_decides_a_tie() {
        Policy policy = Policies.guide().kirim("wa").ticketsAnswerBack().primaryCrm("crm");
        for (Field field : List.of(Conversation.STATUS, Conversation.ASSIGNEE)) {
            assertThat(rule(policy, Conversation.TYPE, field))
                    .as(field.name())
                    .isEqualTo(new FieldRule.LastWriter(Skew.undeclared(), List.of("wa"), OnJoin.KEEP, false));
        }
        assertThat(rule(policy, Conversation.TYPE, Conversation.CONTACT)).isEqualTo(owned("wa"));
    }

    @Test
    void messages_are_told_once_and_never_edited() {
        for (Field field : List.of(Message.BODY, Message.AT, Message.DIRECTION, Message.CONVERSATION)) {
            assertThat(rule(Message.TYPE, field)).as(field.name()).isEqualTo(new FieldRule.AppendOnly());
        }
    }

    @Test
    void records_are_made_in_the_crm_and_never_in_kirim_and_users_nowhere() {
        for (String type : List.of(Contact.TYPE, Conversation.TYPE, Message.TYPE)) {
            TypePolicy policy = guide.type(type).orElseThrow();
            assertThat(policy.records("crm")).as(type).isEqualTo(RecordRule.CREATE);
            assertThat(policy.records("wa")).as(type).isEqualTo(RecordRule.FOLLOW);
        }
        assertThat(guide.type(User.TYPE).orElseThrow().records("crm")).isEqualTo(RecordRule.FOLLOW);
        assertThat(guide.type("label")).isEmpty();
    }

    @Test
    void members_of_the_team_are_matched_by_address_and_written_nowhere() {
        TypePolicy users = guide.type(User.TYPE).orElseThrow();
        assertThat(users.matchedBy()).containsExactly("email");
        assertThat(rule(User.TYPE, User.NAME)).isEqualTo(new FieldRule.ReadOnly("crm"));
        assertThat(rule(User.TYPE, User.EMAIL)).isEqualTo(new FieldRule.ReadOnly("crm"));
        assertThat(users.sameAs("wa", "u1")).isEmpty();
    }

    @Test
    void members_of_the_team_whose_addresses_do_not_tell_are_named_pair_by_pair() {
        TypePolicy users = Policies.guide()
                .sameUser("u1", "77")
                .sameUser("u2", "88")
                .kirim("wa")
                .primaryCrm("crm")
                .type(User.TYPE)
                .orElseThrow();
        assertThat(users.sameAs("wa", "u1")).isEqualTo(Map.of("crm", "77"));
        assertThat(users.sameAs("crm", "88")).isEqualTo(Map.of("wa", "u2"));
        assertThat(users.sameAs("crm", "u1")).isEmpty();
    }

    @Test
    void a_type_is_found_by_its_name_with_all_its_fields() {
        assertThat(guide.recordType(Message.TYPE)).contains(RecordType.MESSAGE);
        assertThat(guide.recordType("label")).isEmpty();
    }

    private FieldRule rule(String type, Field field) {
        return rule(guide, type, field);
    }

    private static FieldRule rule(Policy policy, String type, Field field) {
        return policy.field(type, field).orElseThrow().rule();
    }

    private static FieldRule owned(String owner, String... seeds) {
        return new FieldRule.Owned(owner, Set.of(seeds), NonOwnerEdit.REVERT, OnJoin.OWNER);
    }
}
