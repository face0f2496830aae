package dev.crmsync.identity;

import static dev.crmsync.identity.Registry.NOW;
import static dev.crmsync.identity.Registry.ref;
import static dev.crmsync.identity.Registry.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.crmsync.planning.Due;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Presence;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.ReviewChange;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.policy.Policies;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private final Registry all = new Registry(rules());
    private final Map<String, LinkState> links = all.links;

    static Rules rules() {
        Mapping kirim = Mapping.of(
                Contact.TYPE, FieldMapping.direct(Contact.EMAIL, "email"), FieldMapping.direct(Contact.PHONE, "phone"));
        Mapping crm = kirim.withExternalId("kirim_id");
        return Rules.of(
                Policies.guide().kirim("kirim").primaryCrm("crm"),
                Map.of("kirim", system(true, kirim), "crm", system(false, crm)),
                "ID");
    }

    private static SystemRules system(boolean anchor, Mapping mapping) {
        TypeDeclaration type = new TypeDeclaration(
                Contact.TYPE,
                AsOfGrade.PROPERTY,
                false,
                new CreateLookup.UniqueUpsert(),
                true,
                true,
                Duration.ofDays(35),
                Duration.ZERO,
                List.of());
        return new SystemRules(new Declaration("toy", anchor, List.of(type), List.of()), Map.of(Contact.TYPE, mapping));
    }

    @Test
    void an_unknown_record_begins_a_link() {
        assertThat(all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A"))
                .containsExactly(new IdentityChange.Born("A", ref("kirim", "k1")));
        assertThat(all.arrives(seen(ref("kirim", "k1"), "email", "b@example.com"), "B"))
                .isEmpty();
    }

    @Test
    void a_join_key_links_whichever_record_comes_first() {
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");
        all.arrives(seen(ref("crm", "1"), "kirim_id", "k1", "email", "other@example.com"), "B");
        assertThat(links.get("A").ref("crm")).isEqualTo(ref("crm", "1"));

        all.arrives(seen(ref("crm", "2"), "kirim_id", "k2"), "C");
        assertThat(links.get("C").ref("kirim")).isEqualTo(ref("kirim", "k2"));
        all.arrives(seen(ref("kirim", "k2"), "email", "c@example.com"), "D");
        assertThat(links).doesNotContainKey("D");
    }

    @Test
    void an_equal_address_under_another_id_is_a_question_and_neither_a_link_nor_a_record() {
        all.arrives(seen(ref("kirim", "k1"), "email", "Same@Example.com"), "A");
        all.arrives(seen(ref("crm", "1"), "email", "same@example.com"), "B");
        assertThat(links.get("A").ref("crm")).isNull();
        assertThat(links.get("A").side("crm").held()).isEqualTo(Reason.MATCH_REVIEW);
        assertThat(links.get("B").side("kirim").held()).isEqualTo(Reason.MATCH_REVIEW);
        assertThat(all.last.due()).isEmpty();
        assertThat(Identity.beforeCreate(
                        links.get("A"),
                        "crm",
                        Map.of(new Situation.Match("email", Value.text("same@example.com")), List.of("A", "B")),
                        Links.of(links.values())))
                .hasSize(1);
    }

    @Test
    void an_equal_phone_number_in_another_spelling_is_a_question_too() {
        all.arrives(seen(ref("kirim", "k1"), "phone", "+62 812-1111-2222"), "A");
        List<IdentityChange> changes = all.arrives(seen(ref("crm", "1"), "phone", "0812 1111 2222"), "B");
        assertThat(changes).hasSize(2).last().isInstanceOf(IdentityChange.Suspected.class);
    }

    /** The upper-case letter that ends a word is lower-cased otherwise than the one within it. */
    @Test
    void so_is_an_address_whose_last_sigma_was_written_as_any_other() {
        all.arrives(seen(ref("kirim", "k1"), "email", "ΝΙΚΟΣ@example.gr"), "A");
        List<IdentityChange> changes = all.arrives(seen(ref("crm", "1"), "email", "νικοσ@example.gr"), "B");
        assertThat(changes).hasSize(2).last().isInstanceOf(IdentityChange.Suspected.class);
    }

    @Test
    void answered_the_same_two_links_become_one() {
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com", "phone", "+6281211112222"), "A");
        all.arrives(seen(ref("crm", "1"), "email", "a@example.com"), "B");
        all.plan(new IdentityChange.Joined("A", "B"));
        assertThat(links.get("A").refs()).containsExactlyInAnyOrder(ref("kirim", "k1"), ref("crm", "1"));
        assertThat(links.get("B").joinedInto()).isEqualTo("A");
        assertThat(all.last.reviews()).hasAtLeastOneElementOfType(ReviewChange.Closed.class);
        assertThat(all.last.due()).anySatisfy(due -> assertThat(due.system()).isEqualTo("crm"));
    }

    @Test
    void answered_different_they_are_never_asked_about_again() {
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");
        all.arrives(seen(ref("crm", "1"), "email", "a@example.com"), "B");
        all.plan(new IdentityChange.Separated("A", "B"));
        assertThat(links.get("A").side("crm").held()).isNull();
        assertThat(all.arrives(seen(ref("crm", "1"), "email", "a@example.com"), "C"))
                .isEmpty();
    }

    @Test
    void a_record_that_bears_its_join_key_only_later_joins_the_links_then() {
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");
        all.arrives(ChangeEvent.of(ref("crm", "1"), ChangeKind.GAP, AsOf.at(NOW), Evidence.EVENT), "B");
        assertThat(links.get("B").ref("crm")).isNotNull();
        all.arrives(seen(ref("crm", "1"), "kirim_id", "k1"), "C");
        assertThat(links.get("A").ref("crm")).isEqualTo(ref("crm", "1"));
        assertThat(links.get("B").joinedInto()).isEqualTo("A");
    }

    @Test
    void links_that_have_just_joined_by_their_key_are_not_asked_about() {
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");
        all.arrives(seen(ref("crm", "1"), "email", "a@example.com"), "B");
        assertThat(all.reviews).hasSize(1);

        all.arrives(seen(ref("crm", "1"), "email", "a@example.com", "kirim_id", "k1"), "C");

        assertThat(links.get("B").joinedInto()).isEqualTo("A");
        assertThat(all.reviews).isEmpty();
        assertThat(links.get("A").sides().values()).allMatch(side -> side.held() == null);
    }

    @Test
    void a_second_record_with_the_same_join_key_is_a_secondary_one() {
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");
        all.arrives(seen(ref("crm", "1"), "kirim_id", "k1"), "B");
        all.arrives(seen(ref("crm", "2"), "kirim_id", "k1", "email", "x@example.com"), "C");
        assertThat(links.get("A").ref("crm")).isEqualTo(ref("crm", "1"));
        assertThat(links.get("A").side("crm").secondaries()).containsExactly("2");
        assertThat(all.last.decisions())
                .extracting(decision -> decision.reason())
                .containsExactly(Reason.SECONDARY);
    }

    @Test
    void a_record_told_of_in_part_that_is_read_to_bear_a_taken_join_key_is_a_secondary_one() {
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");
        all.arrives(seen(ref("crm", "1"), "kirim_id", "k1", "email", "a@example.com"), "B");
        all.arrives(
                ChangeEvent.partial(
                        ref("crm", "2"), Registry.values("email", "x@example.com"), AsOf.at(NOW), Evidence.EVENT),
                "C");
        assertThat(links.get("C").ref("crm")).isEqualTo(ref("crm", "2"));

        all.arrives(
                ChangeEvent.full(
                        ref("crm", "2"),
                        Registry.values("kirim_id", "k1", "email", "x@example.com"),
                        AsOf.at(NOW),
                        Evidence.READ),
                "D");

        assertThat(links.get("C").joinedInto()).isEqualTo("A");
        assertThat(links.get("A").ref("crm")).isEqualTo(ref("crm", "1"));
        assertThat(links.get("A").side("crm").secondaries()).containsExactly("2");
        assertThat(links.get("A").agreed().get("email").value()).isEqualTo(Value.text("a@example.com"));
        assertThat(all.due()).isEmpty();
    }

    @Test
    void a_merge_gives_the_record_its_new_id_and_the_old_one_goes_on_naming_it() {
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");
        all.arrives(seen(ref("crm", "1"), "kirim_id", "k1"), "B");
        all.arrives(ChangeEvent.merged(ref("crm", "1"), ref("crm", "9"), AsOf.at(NOW), Evidence.EVENT), "C");
        assertThat(links.get("A").ref("crm")).isEqualTo(ref("crm", "9"));
        assertThat(all.owners).containsEntry(ref("crm", "1"), "A");
    }

    @Test
    void an_unknown_record_that_was_deleted_is_remembered_as_gone_and_an_older_event_makes_nothing_of_it() {
        assertThat(all.arrives(ChangeEvent.of(ref("crm", "1"), ChangeKind.DELETE, AsOf.at(NOW), Evidence.EVENT), "A"))
                .containsExactly(new IdentityChange.Born("A", ref("crm", "1")));
        assertThat(links.get("A").side("crm").presence()).isEqualTo(Presence.DELETED);
        assertThat(all.last.due()).isEmpty();

        all.arrives(
                ChangeEvent.full(
                        ref("crm", "1"),
                        Map.of("email", NativeValue.text("a@example.com")),
                        AsOf.at(NOW.minusSeconds(60)),
                        Evidence.EVENT),
                "B");

        assertThat(links).doesNotContainKey("B");
        assertThat(links.get("A").agreed()).isEmpty();
        assertThat(all.last.due()).extracting(Due::system, Due::need).containsExactly(tuple("crm", Due.Need.READ));
    }
}
