package dev.crmsync.identity;

import static dev.crmsync.identity.Registry.NOW;
import static dev.crmsync.identity.Registry.ref;
import static dev.crmsync.identity.Registry.seen;
import static dev.crmsync.planning.Reason.CREATE_REVIEW;
import static dev.crmsync.planning.Reason.MATCH_REVIEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.crmsync.planning.Due;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.ReviewChange;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A record whose create was not answered comes back as a stranger: it is asked about, and made nowhere once more. */
class UnansweredCreatesTest {
    private static final Mapping KIRIM = Mapping.of(
            Contact.TYPE,
            FieldMapping.direct(Contact.NAME, "name"),
            FieldMapping.direct(Contact.EMAIL, "email"),
            FieldMapping.direct(Contact.PHONE, "phone"));
    private static final Mapping CRM = KIRIM.withExternalId("kirim_id");

    private final Registry all = new Registry(rules());

    static Rules rules() {
        Policy policy = Policy.named("two crms")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "crm", "kirim", "help")
                                .owned(Contact.EMAIL, "crm", "kirim", "help")
                                .owned(Contact.PHONE, "kirim", "crm", "help")
                                .records("crm", RecordRule.CREATE)
                                .records("help", RecordRule.CREATE));
        return Rules.of(
                policy,
                Map.of("kirim", system(true, KIRIM), "crm", system(false, CRM), "help", system(false, CRM)),
                "ID");
    }

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
        return new SystemRules(new Declaration("toy", anchor, List.of(type), List.of()), Map.of(Contact.TYPE, mapping));
    }

    /** Somebody at Kirim whose record in the CRM is being made. */
    private InFlight begun(String... properties) {
        all.arrives(seen(ref("kirim", "k1"), properties), "A");
        return all.write("A", "crm");
    }

    private void lost(String... properties) {
        all.outcome("A", "crm", begun(properties), new Outcome.Unknown("lost"));
        assertThat(all.side("A", "crm").held()).isEqualTo(CREATE_REVIEW);
    }

    private void isAskedAboutAndMadeNowhere() {
        assertThat(all.side("A", "help").held()).isEqualTo(MATCH_REVIEW);
        assertThat(all.side("B", "help").held()).isEqualTo(MATCH_REVIEW);
        assertThat(all.side("B", "kirim").held()).isEqualTo(MATCH_REVIEW);
        assertThat(all.side("B", "crm").record()).isEqualTo("1");
        assertThat(all.side("B", "crm").held()).isNull();
        assertThat(all.reviews.values())
                .filteredOn(review -> review.reason() == MATCH_REVIEW)
                .singleElement()
                .satisfies(review ->
                        assertThat(List.of("A", "B")).contains(review.link()).containsAll(review.candidates()));
        assertThat(all.due()).extracting(Due::need).doesNotContain(Due.Need.CREATE, Due.Need.REPEAT, Due.Need.LOOKUP);
    }

    @Test
    void one_of_unknown_outcome_is_recognised_by_the_address_that_was_sent() {
        lost("name", "Budi", "email", "budi@example.com");

        all.arrives(seen(ref("crm", "1"), "name", "B.", "email", "Budi@Example.com"), "B");

        isAskedAboutAndMadeNowhere();
        assertThat(all.side("A", "crm").held()).as("what is held already").isEqualTo(CREATE_REVIEW);
        assertThat(all.reviews.values())
                .extracting(ReviewChange.Opened::reason)
                .containsExactlyInAnyOrder(CREATE_REVIEW, MATCH_REVIEW);
    }

    @Test
    void so_it_is_when_another_address_was_agreed_since() {
        lost("name", "Budi", "email", "budi@example.com");
        all.arrives(
                ChangeEvent.full(
                        ref("kirim", "k1"),
                        Registry.values("name", "Budi", "email", "new@example.com"),
                        AsOf.at(NOW.plusSeconds(60)),
                        Evidence.EVENT),
                "-");
        assertThat(all.links.get("A").agreed().get("email").value()).isEqualTo(Value.text("new@example.com"));

        all.arrives(seen(ref("crm", "1"), "name", "Budi", "email", "budi@example.com"), "B");

        isAskedAboutAndMadeNowhere();
    }

    @Test
    void so_it_is_while_the_answer_is_still_waited_for() {
        begun("name", "Budi");

        all.arrives(seen(ref("crm", "1"), "name", "Budi", "phone", "0812 1111 2222"), "B");

        isAskedAboutAndMadeNowhere();
        assertThat(all.side("A", "crm").inFlight()).isNotNull();
    }

    @Test
    void one_without_an_address_is_recognised_by_any_value_that_was_sent() {
        lost("name", "Budi");

        all.arrives(seen(ref("crm", "1"), "name", "Budi", "email", "budi@example.com"), "B");

        isAskedAboutAndMadeNowhere();
        assertThat(all.side("A", "crm").held()).isEqualTo(CREATE_REVIEW);
    }

    @Test
    void so_it_is_when_it_is_told_of_in_part_and_read_then() {
        lost("name", "Budi");
        all.arrives(
                ChangeEvent.partial(
                        ref("crm", "1"), Registry.values("email", "budi@example.com"), AsOf.at(NOW), Evidence.EVENT),
                "B");
        assertThat(all.reviews).hasSize(1);
        assertThat(all.due()).extracting(Due::need, Due::system).doesNotContain(tuple(Due.Need.CREATE, "crm"));

        all.arrives(
                ChangeEvent.full(
                        ref("crm", "1"),
                        Registry.values("name", "Budi", "email", "budi@example.com"),
                        AsOf.at(NOW),
                        Evidence.READ),
                "-");

        isAskedAboutAndMadeNowhere();
    }

    @Test
    void one_that_bears_the_join_key_of_another_link_was_made_for_that_one() {
        lost("name", "Budi");
        all.arrives(seen(ref("kirim", "k2"), "name", "Budi"), "C");

        all.arrives(seen(ref("crm", "1"), "name", "Budi", "kirim_id", "k2"), "-");

        assertThat(all.side("C", "crm").record()).isEqualTo("1");
        assertThat(all.side("C", "help").held()).isNull();
        assertThat(all.side("A", "help").held()).isNull();
        assertThat(all.reviews.values()).extracting(ReviewChange.Opened::reason).containsExactly(CREATE_REVIEW);
    }

    @Test
    void one_that_shares_nothing_with_what_was_sent_is_somebody_else() {
        lost("name", "Budi");

        all.arrives(seen(ref("crm", "1"), "name", "Siti", "email", "siti@example.com"), "B");

        assertThat(all.side("B", "help").held()).isNull();
        assertThat(all.due())
                .extracting(Due::link, Due::system, Due::need)
                .contains(tuple("B", "help", Due.Need.CREATE));
    }

    @Test
    void it_stands_in_the_way_of_another_create_of_the_same_address_as_a_record_would() {
        lost("name", "Budi", "email", "budi@example.com");
        all.arrives(seen(ref("kirim", "k2"), "name", "Budi 2", "email", "budi@example.com"), "C");

        assertThat(all.beforeCreate("C", "crm")).singleElement().isInstanceOf(IdentityChange.Suspected.class);

        assertThat(all.side("C", "crm").held()).isEqualTo(MATCH_REVIEW);
        assertThat(all.side("A", "crm").held()).isEqualTo(CREATE_REVIEW);
    }

    @Test
    void two_that_have_nothing_but_that_in_common_do_not_stand_in_each_others_way() {
        lost("name", "Budi");
        all.arrives(seen(ref("kirim", "k2"), "name", "Siti"), "C");
        all.outcome("C", "crm", all.write("C", "crm"), new Outcome.Unknown("lost"));
        all.arrives(seen(ref("help", "h2"), "name", "Siti", "kirim_id", "k2"), "-");
        assertThat(all.side("C", "help").record()).isEqualTo("h2");

        assertThat(all.beforeCreate("A", "help")).isEmpty();
    }

    @Test
    void an_erased_person_is_recognised_by_nothing_any_more() {
        lost("name", "Budi");

        all.erase("A");

        assertThat(Identity.matchesOf(all.links.get("A"), all.rules)).isEmpty();
    }

    @Test
    void answered_the_same_nothing_is_held_or_asked_any_more() {
        lost("name", "Budi", "email", "budi@example.com");
        all.arrives(seen(ref("crm", "1"), "name", "Budi", "email", "budi@example.com"), "B");

        all.plan(new IdentityChange.Joined("A", "B"));

        assertThat(all.side("A", "crm").record()).isEqualTo("1");
        assertThat(all.side("A", "crm").held()).isNull();
        assertThat(all.side("A", "help").held()).isNull();
        assertThat(all.reviews).isEmpty();
        assertThat(all.due())
                .extracting(Due::link, Due::system, Due::need)
                .containsExactly(tuple("A", "help", Due.Need.CREATE));
    }

    @Test
    void answered_different_the_create_still_waits_for_its_own_answer() {
        lost("name", "Budi", "email", "budi@example.com");
        all.arrives(seen(ref("crm", "1"), "name", "Budi", "email", "budi@example.com"), "B");

        all.plan(new IdentityChange.Separated("A", "B"));

        assertThat(all.side("A", "crm").held()).isEqualTo(CREATE_REVIEW);
        assertThat(all.reviews.values()).extracting(ReviewChange.Opened::reason).containsExactly(CREATE_REVIEW);
        assertThat(all.due()).extracting(Due::system, Due::need).containsOnly(tuple("help", Due.Need.CREATE));
    }
}
