package dev.crmsync.policy;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ready-made policies. */
public final class Policies {
    private Policies() {}

    /**
     * Ownership as Kirim's guide to CRM sync has it: Kirim owns phone and labels; the primary CRM owns name, e-mail,
     * metadata, and whatever is in doubt. Kirim seeds what the CRM owns, and the CRM seeds the phone. Records are made in
     * the CRM, never in Kirim. See https://developers.kirim.chat/guides/sync-crm/.
     *
     * @return the policy's beginning: name the systems next
     */
    public static Guide guide() {
        return new Guide("kirim", List.of());
    }

    /** The guide's policy while its systems are being named. Immutable. */
    public static final class Guide {
        private final String kirim;
        private final List<String> kirimKeys;

        private Guide(String kirim, List<String> kirimKeys) {
            this.kirim = kirim;
            this.kirimKeys = List.copyOf(kirimKeys);
        }

        /**
         * Names the Kirim organisation.
         *
         * @param system its name in the sync; {@code kirim} unless said otherwise
         * @return a copy
         */
        public Guide kirim(String system) {
            return new Guide(system, kirimKeys);
        }

        /**
         * Leaves a metadata key to Kirim.
         *
         * @param key the key
         * @return a copy
         */
        public Guide kirimOwnsMetadata(String key) {
            List<String> more = new ArrayList<>(kirimKeys);
            more.add(key);
            return new Guide(kirim, more);
        }

        /**
         * Names the CRM that holds the customer's record, and ends the definition.
         *
         * @param crm its name in the sync
         * @return the policy
         */
        public Policy primaryCrm(String crm) {
            return Policy.named("guide").type(RecordType.CONTACT, contact -> {
                contact.owned(Contact.NAME, crm, kirim)
                        .owned(Contact.EMAIL, crm, kirim)
                        .owned(Contact.PHONE, kirim, crm)
                        .owned(Contact.METADATA, crm, kirim)
                        .rule(Contact.LABELS, new FieldRule.SetMerge(Map.of(), kirim, NonOwnerEdit.REVERT))
                        .records(crm, RecordRule.CREATE);
                kirimKeys.forEach(key -> contact.owned(Contact.METADATA.entry(key), kirim, crm));
                return contact;
            });
        }
    }
}
