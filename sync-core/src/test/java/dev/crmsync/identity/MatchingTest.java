package dev.crmsync.identity;

import static dev.crmsync.identity.Registry.ref;
import static dev.crmsync.identity.Registry.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.Due;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Rules;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records that exist on both sides before sync begins, under a policy that matches them. */
class MatchingTest {
    private final Registry all = new Registry(rules());

    private static Rules rules() {
        Policy policy = Policy.named("matched")
                .type(
                        RecordType.CONTACT,
                        type -> type.owned(Contact.EMAIL, "kirim", "crm")
                                .owned(Contact.PHONE, "kirim", "crm")
                                .records("kirim", RecordRule.CREATE)
                                .records("crm", RecordRule.CREATE)
                                .matchedBy(Contact.EMAIL, Contact.PHONE));
        Rules plain = IdentityTest.rules();
        return Rules.of(policy, plain.systems(), "ID");
    }

    @Test
    void an_equal_address_links_an_unknown_record_and_says_by_which_field() {
        all.arrives(seen(ref("kirim", "k1"), "email", "Same@Example.com"), "A");

        assertThat(all.arrives(seen(ref("crm", "1"), "email", "same@example.com"), "B"))
                .containsExactly(new IdentityChange.Attached("A", ref("crm", "1"), "email"));

        assertThat(all.links).containsOnlyKeys("A");
        assertThat(all.due()).extracting(Due::need).doesNotContain(Due.Need.CREATE);
        assertThat(all.reviews).isEmpty();
    }

    @Test
    void the_first_field_that_matches_is_the_ground_and_a_phone_number_may_be_spelt_otherwise() {
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com", "phone", "+62 812-1111-2222"), "A");

        assertThat(all.arrives(seen(ref("crm", "1"), "email", "b@example.com", "phone", "0812 1111 2222"), "B"))
                .containsExactly(new IdentityChange.Attached("A", ref("crm", "1"), "phone"));
    }

    @Test
    void two_candidates_are_a_question_and_neither_a_link_nor_a_record() {
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");
        all.arrives(seen(ref("kirim", "k2"), "email", "a@example.com"), "B");

        all.arrives(seen(ref("crm", "1"), "email", "a@example.com"), "C");

        isAQuestion("C");
    }

    @Test
    void two_fields_that_tell_of_different_links_are_a_question() {
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");
        all.arrives(seen(ref("kirim", "k2"), "phone", "+6281211112222"), "B");

        all.arrives(seen(ref("crm", "1"), "email", "a@example.com", "phone", "+6281211112222"), "C");

        isAQuestion("C");
    }

    @Test
    void a_link_that_has_a_record_there_already_is_a_question() {
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");
        all.arrives(seen(ref("crm", "1"), "email", "a@example.com"), "B");

        all.arrives(seen(ref("crm", "2"), "email", "a@example.com"), "C");

        assertThat(all.links.get("C").ref("crm")).isEqualTo(ref("crm", "2"));
        assertThat(all.side("C", "kirim").held()).isEqualTo(Reason.MATCH_REVIEW);
    }

    @Test
    void a_record_that_was_only_told_of_is_matched_when_its_values_are_seen() {
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");
        all.arrives(ChangeEvent.partial(ref("crm", "1"), Map.of(), AsOf.at(Registry.NOW), Evidence.EVENT), "B");

        assertThat(all.arrives(seen(ref("crm", "1"), "email", "a@example.com"), "-"))
                .containsExactly(new IdentityChange.Joined("A", "B"));

        assertThat(all.links.get("A").ref("crm")).isEqualTo(ref("crm", "1"));
    }

    @Test
    void a_value_that_becomes_equal_later_is_a_question_and_no_match() {
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");
        all.arrives(seen(ref("crm", "1"), "email", "b@example.com"), "B");

        assertThat(all.arrives(seen(ref("crm", "1"), "email", "a@example.com"), "-"))
                .singleElement()
                .isInstanceOf(IdentityChange.Suspected.class);
    }

    @Test
    void a_join_key_goes_before_an_equal_address() {
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");

        all.arrives(seen(ref("crm", "1"), "kirim_id", "k2", "email", "a@example.com"), "B");

        assertThat(all.links.get("A").ref("crm")).isNull();
        assertThat(all.links.get("B").ref("kirim")).isEqualTo(ref("kirim", "k2"));
    }

    @Test
    void a_record_told_of_in_part_is_not_matched_for_it_may_bear_a_join_key() {
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");

        all.arrives(
                ChangeEvent.partial(
                        ref("crm", "1"),
                        Registry.values("email", "a@example.com"),
                        AsOf.at(Registry.NOW),
                        Evidence.EVENT),
                "B");

        assertThat(all.links.get("A").ref("crm")).isNull();
        assertThat(all.side("B", "kirim").held()).isEqualTo(Reason.MATCH_REVIEW);
    }

    private void isAQuestion(String link) {
        assertThat(all.links.get("A").ref("crm")).isNull();
        assertThat(all.links.get("B").ref("crm")).isNull();
        assertThat(all.links.get(link).side("kirim").held()).isEqualTo(Reason.MATCH_REVIEW);
        assertThat(all.reviews.values())
                .filteredOn(review -> review.link().equals(link))
                .hasSize(2);
        assertThat(all.due()).extracting(Due::need).doesNotContain(Due.Need.CREATE);
    }
}
