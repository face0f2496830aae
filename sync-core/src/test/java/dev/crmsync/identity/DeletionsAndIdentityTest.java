package dev.crmsync.identity;

import static dev.crmsync.identity.Registry.NOW;
import static dev.crmsync.identity.Registry.ref;
import static dev.crmsync.identity.Registry.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.Parting;
import dev.crmsync.planning.Presence;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.Skew;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Kirim's deletions are followed in the CRM: what becomes of that when it changes meanwhile who is who. */
class DeletionsAndIdentityTest {
    private static final RecordRef KIRIM = ref("kirim", "k1");
    private static final RecordRef CRM = ref("crm", "1");
    private static final Mapping MAPPING = Mapping.of(Contact.TYPE, FieldMapping.direct(Contact.NAME, "name"));

    private final Registry all = new Registry(Rules.of(
            Policy.named("deletions are followed")
                    .type(
                            RecordType.CONTACT,
                            contact -> contact.owned(Contact.NAME, "kirim")
                                    .records(
                                            "kirim",
                                            RecordRule.FOLLOW.deletesFollowed(Skew.within(Duration.ofSeconds(1))))
                                    .records("crm", RecordRule.CREATE.archiving())),
            Map.of("kirim", system(true, MAPPING), "crm", system(false, MAPPING.withExternalId("kirim_id"))),
            "ID"));

    private static SystemRules system(boolean anchor, Mapping mapping) {
        TypeDeclaration type = new TypeDeclaration(
                Contact.TYPE,
                AsOfGrade.PROPERTY,
                false,
                new CreateLookup.None(),
                true,
                true,
                Duration.ofDays(35),
                Duration.ZERO,
                List.of());
        Declaration declaration = new Declaration("toy", anchor, List.of(type), List.of());
        return new SystemRules(declaration, Map.of(Contact.TYPE, mapping), true);
    }

    private void linked() {
        all.arrives(seen(KIRIM, "name", "Budi"), "A");
        all.arrives(seen(CRM, "name", "Budi", "kirim_id", "k1"), "-");
    }

    private void told(RecordRef ref, ChangeKind kind) {
        all.arrives(ChangeEvent.of(ref, kind, AsOf.at(NOW.plusSeconds(60)), Evidence.EVENT), "-");
    }

    /** Kirim's record was deleted, and the CRM's is to be archived. */
    private void deleted() {
        linked();
        told(KIRIM, ChangeKind.DELETE);
        assertThat(parting()).isNotNull();
        assertThat(parting().stage()).isEqualTo(Parting.Stage.HELD_BACK);
    }

    /** It is not known whether the person's other record at Kirim was to go as well: somebody is asked. */
    private void askedAbout() {
        linked();
        all.plan(new IdentityChange.Attached("A", ref("kirim", "k9"), IdentityChange.Attached.JOIN_KEY));
        told(KIRIM, ChangeKind.DELETE);
        assertThat(parting().stage()).isEqualTo(Parting.Stage.ASKED);
        assertThat(all.reviews.values())
                .singleElement()
                .satisfies(review -> assertThat(review.reason()).isEqualTo(Reason.DELETE_REVIEW));
    }

    private @Nullable Parting parting() {
        return all.side("A", "crm").life().parting();
    }

    private void isNotToBeArchived() {
        assertThat(parting()).isNull();
        assertThat(all.reviews.values()).noneMatch(review -> review.reason() == Reason.DELETE_REVIEW);
    }

    @Test
    void what_became_another_record_is_not_gone() {
        deleted();
        all.plan(new IdentityChange.Rekeyed("A", KIRIM, ref("kirim", "k2")));
        isNotToBeArchived();
        assertThat(all.side("A", "kirim").record()).isEqualTo("k2");
    }

    @Test
    void what_became_another_type_of_record_is_not_gone_either() {
        deleted();
        all.plan(new IdentityChange.Converted("A", KIRIM, new RecordRef("kirim", "lead", "l1")));
        isNotToBeArchived();
    }

    @Test
    void what_was_to_be_archived_and_became_another_type_of_record_is_left_alone() {
        askedAbout();
        all.plan(new IdentityChange.Converted("A", CRM, new RecordRef("crm", "lead", "l1")));
        isNotToBeArchived();
        assertThat(all.side("A", "crm").presence()).isEqualTo(Presence.DELETED);
    }

    @Test
    void a_record_that_a_person_takes_out_is_not_archived_for_what_it_is_no_part_of() {
        askedAbout();
        all.plan(new IdentityChange.Split("A", CRM, "B"));
        isNotToBeArchived();
        assertThat(all.side("B", "crm").life().parting()).isNull();
    }

    @Test
    void nor_is_one_that_is_left_alone_from_now_on() {
        linked();
        all.plan(new IdentityChange.Attached("A", ref("kirim", "k9"), IdentityChange.Attached.JOIN_KEY));
        told(KIRIM, ChangeKind.DELETE);
        all.plan(new IdentityChange.Unlinked("A", CRM, "B"));
        isNotToBeArchived();
    }

    @Test
    void when_the_record_that_is_gone_is_taken_out_nothing_is_archived_for_it() {
        deleted();
        all.plan(new IdentityChange.Split("A", KIRIM, "B"));
        isNotToBeArchived();
    }

    @Test
    void when_a_person_says_that_another_record_is_theirs_they_are_not_gone() {
        deleted();
        all.arrives(seen(ref("kirim", "k2"), "name", "Budi"), "B");
        all.plan(new IdentityChange.Joined("A", "B"));
        isNotToBeArchived();
        assertThat(all.side("A", "kirim").record()).isEqualTo("k2");
    }

    @Test
    void what_the_link_that_is_taken_over_was_asked_about_is_asked_no_longer() {
        askedAbout();
        all.arrives(seen(ref("kirim", "k2"), "name", "Budi"), "B");
        all.plan(new IdentityChange.Joined("B", "A"));
        assertThat(all.reviews.values()).noneMatch(review -> review.reason() == Reason.DELETE_REVIEW);
        assertThat(all.side("B", "crm").life().parting()).isNull();
    }

    /** What joins counts as an edit: nobody who deleted the other record had seen it. */
    @Test
    void a_record_that_has_joined_since_speaks_against_a_deletion() {
        all.arrives(seen(KIRIM, "name", "Budi"), "A");
        all.arrives(seen(CRM, "name", "Budi"), "B");
        all.plan(new IdentityChange.Joined("A", "B"));
        assertThat(all.side("A", "crm").life().edited()).isPositive();
        assertThat(all.side("A", "crm").life().editedBy()).isNull();
    }

    @Test
    void so_does_what_a_record_held_that_was_taken_out() {
        linked();
        all.plan(new IdentityChange.Split("A", CRM, "B"));
        assertThat(all.side("B", "crm").life().edited()).isPositive();
    }
}
