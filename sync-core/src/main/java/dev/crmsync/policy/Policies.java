package dev.crmsync.policy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Message;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ready-made policies. */
public final class Policies {
    private Policies() {}

    /**
     * Ownership as Kirim's guide to CRM sync has it: Kirim owns phone, labels and the state of conversations; the primary CRM
     * owns name, e-mail, metadata, and whatever is in doubt. Kirim seeds what the CRM owns, and the CRM seeds the phone.
     * Records are made in the CRM, never in Kirim. Members of the team are matched by e-mail address, and never made.
     * Messages are told once and never edited. A type that the other side does not carry is not followed. See
     * https://developers.kirim.chat/guides/sync-crm/.
     *
     * @return the policy's beginning: name the systems next
     */
    public static Guide guide() {
        return new Guide("kirim", List.of(), List.of(), List.of(), false);
    }

    /** The guide's policy while its systems are being named. Immutable. */
    public static final class Guide {
        private final String kirim;
        private final List<String> kirimKeys;
        private final List<UserPair> users;
        private final List<String> others;
        private final boolean answers;

        private record UserPair(String kirim, String crm) {}

        private Guide(
                String kirim, List<String> kirimKeys, List<UserPair> users, List<String> others, boolean answers) {
            this.kirim = kirim;
            this.kirimKeys = List.copyOf(kirimKeys);
            this.users = List.copyOf(users);
            this.others = List.copyOf(others);
            this.answers = answers;
        }

        /**
         * Names the Kirim organisation.
         *
         * @param system its name in the sync; {@code kirim} unless said otherwise
         * @return a copy
         */
        public Guide kirim(String system) {
            return new Guide(system, kirimKeys, users, others, answers);
        }

        /**
         * Leaves a metadata key to Kirim.
         *
         * @param key the key
         * @return a copy
         */
        public Guide kirimOwnsMetadata(String key) {
            return new Guide(kirim, with(kirimKeys, key), users, others, answers);
        }

        /**
         * Says that a user of Kirim and one of the primary CRM are one person, where their e-mail addresses do not tell.
         *
         * @param kirimUser the user's id in Kirim
         * @param crmUser the user's id in the CRM
         * @return a copy
         */
        public Guide sameUser(String kirimUser, String crmUser) {
            return new Guide(kirim, kirimKeys, with(users, new UserPair(kirimUser, crmUser)), others, answers);
        }

        /**
         * Lets what people do to a ticket in the CRM go back to Kirim: the later change of status or assignee decides, and
         * Kirim where nobody knows which was later. Without this Kirim alone owns them, and a change in the CRM is reverted.
         *
         * @return a copy
         */
        public Guide ticketsAnswerBack() {
            return new Guide(kirim, kirimKeys, users, others, true);
        }

        /**
         * Names a CRM beside the primary one. It is given what Kirim and the primary CRM own, and owns nothing itself. Where there
         * is such a one, records are made in either CRM only of what Kirim knows: none is filled with the customers of the
         * other.
         *
         * @param system its name in the sync
         * @return a copy
         */
        public Guide alsoCrm(String system) {
            return new Guide(kirim, kirimKeys, users, with(others, system), answers);
        }

        private static <T> List<T> with(List<T> all, T one) {
            List<T> more = new ArrayList<>(all);
            more.add(one);
            return more;
        }

        /**
         * Names the CRM that holds the customer's record, and ends the definition.
         *
         * @param crm its name in the sync
         * @return the policy
         */
        public Policy primaryCrm(String crm) {
            if (crm.equals(kirim)
                    || others.contains(crm)
                    || others.contains(kirim)
                    || Set.copyOf(others).size() < others.size()) {
                throw SyncException.configuration("the guide's policy names Kirim as " + kirim + ", the primary CRM as "
                        + crm + " and other CRMs as " + others + "; give each system a name of its own");
            }
            return Policy.named("guide")
                    .type(RecordType.CONTACT, contact -> contact(contact, crm))
                    .type(RecordType.USER, user -> user(user, crm))
                    .type(RecordType.CONVERSATION, conversation -> conversation(conversation, crm))
                    .type(
                            RecordType.MESSAGE,
                            message -> made(
                                    message.appendOnly(Message.BODY)
                                            .appendOnly(Message.AT)
                                            .appendOnly(Message.DIRECTION)
                                            .appendOnly(Message.CONVERSATION),
                                    crm));
        }

        /** Records are made in each CRM, and where there are several, only of what Kirim has. */
        private TypePolicyBuilder made(TypePolicyBuilder type, String crm) {
            type.records(crm, others.isEmpty() ? RecordRule.CREATE : RecordRule.CREATE.knownAt(kirim));
            others.forEach(other -> type.records(other, RecordRule.CREATE.knownAt(kirim)));
            return type;
        }

        private TypePolicyBuilder user(TypePolicyBuilder user, String crm) {
            users.forEach(pair -> user.same(Map.of(kirim, pair.kirim(), crm, pair.crm())));
            return user.readOnly(User.NAME, crm).readOnly(User.EMAIL, crm).matchedBy(User.EMAIL);
        }

        private TypePolicyBuilder contact(TypePolicyBuilder contact, String crm) {
            contact.owned(Contact.NAME, crm, kirim)
                    .owned(Contact.EMAIL, crm, kirim)
                    .owned(Contact.PHONE, kirim, crm)
                    .owned(Contact.METADATA, crm, kirim)
                    .rule(Contact.LABELS, new FieldRule.SetMerge(Map.of(), kirim, NonOwnerEdit.REVERT));
            kirimKeys.forEach(key -> contact.owned(Contact.METADATA.entry(key), kirim, crm));
            return made(contact, crm);
        }

        private TypePolicyBuilder conversation(TypePolicyBuilder conversation, String crm) {
            for (Field state : List.of(Conversation.STATUS, Conversation.ASSIGNEE)) {
                if (answers) {
                    conversation.lastWriter(state, Skew.undeclared(), OnJoin.KEEP, kirim);
                } else {
                    conversation.owned(state, kirim);
                }
            }
            return made(
                    conversation
                            .readOnly(Conversation.SUBJECT, crm)
                            // A CRM dates a closing itself; what it says stands until Kirim tells the time.
                            .owned(Conversation.CLOSED_AT, kirim, NonOwnerEdit.KEEP)
                            .owned(Conversation.CONTACT, kirim),
                    crm);
        }
    }
}
