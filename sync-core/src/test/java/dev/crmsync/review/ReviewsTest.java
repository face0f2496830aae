package dev.crmsync.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Stance;
import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What only a person should decide is asked once, holds nothing else, and is done as it was answered. */
class ReviewsTest {
    private final World world = new World();
    private RecordRef crm;

    private List<Review> open() {
        return world.engine.reviews(World.SYNC).open(null, 10);
    }

    private Review only() {
        assertThat(open()).hasSize(1);
        return open().get(0);
    }

    private boolean answer(Review review, Answer answer) {
        return world.engine.reviews(World.SYNC).answer(review.id(), answer);
    }

    /** The CRM owns the name; an edit of it at Kirim is for a person. */
    private Review editedByAnother() {
        world.policy = Policy.named("asking")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "crm", NonOwnerEdit.REVIEW, "kirim")
                                .owned(Contact.EMAIL, "crm", "kirim")
                                .owned(Contact.PHONE, "kirim", "crm")
                                .records("crm", RecordRule.CREATE));
        world.start();
        world.peopleInStep(1, 2);
        crm = world.crmOf(world.kirim("k1"));
        world.tell(world.kirim, world.kirim.edit(world.kirim("k1"), "name", "Budi 🌴"));
        world.settle();
        return only();
    }

    private String nameAtKirim() {
        return world.kirim.text(world.kirim("k1"), "name");
    }

    @Test
    void a_review_of_a_field_shows_both_values_and_holds_that_field_alone() {
        Review review = editedByAnother();

        assertThat(review.reason()).isEqualTo(Reason.NON_OWNER_REVIEW);
        assertThat(review.system()).isEqualTo("kirim");
        assertThat(review.field()).isEqualTo("name");
        assertThat(review.agreed()).isEqualTo(Value.text("Person 1"));
        assertThat(review.theirs()).isEqualTo(Value.text("Budi 🌴"));
        assertThat(review).asString().doesNotContain("Budi", "Person");
        world.tell(world.crm, world.crm.edit(crm, "email", "new@example.com"));
        world.settle();
        assertThat(world.kirim.text(world.kirim("k1"), "email")).isEqualTo("new@example.com");
        assertThat(nameAtKirim()).isEqualTo("Budi 🌴");
    }

    @Test
    void use_agreed_writes_the_agreed_value_back() {
        Review review = editedByAnother();

        assertThat(answer(review, Answer.USE_AGREED)).isTrue();
        world.settle();

        assertThat(nameAtKirim()).isEqualTo("Person 1");
        assertThat(open()).isEmpty();
    }

    @Test
    void use_theirs_makes_what_the_system_holds_the_agreed_value() {
        Review review = editedByAnother();

        answer(review, Answer.USE_THEIRS);
        world.settle();

        assertThat(world.crm.text(crm, "name")).isEqualTo("Budi 🌴");
        assertThat(nameAtKirim()).isEqualTo("Budi 🌴");
        assertThat(open()).isEmpty();
    }

    @Test
    void leave_leaves_both_as_they_are_and_says_so() {
        Review review = editedByAnother();
        int writes = world.kirim.writes.size() + world.crm.writes.size();

        answer(review, Answer.LEAVE);
        world.settle();

        assertThat(world.kirim.writes.size() + world.crm.writes.size()).isEqualTo(writes);
        assertThat(world.engine.why(World.SYNC, crm, Contact.NAME).systems().get("kirim"))
                .satisfies(at -> {
                    assertThat(at.stance()).isEqualTo(Stance.KEPT);
                    assertThat(at.reason()).isEqualTo(Reason.ANSWERED);
                });
    }

    @Test
    void an_answer_that_is_given_twice_is_taken_once() {
        Review review = editedByAnother();
        answer(review, Answer.LEAVE);
        world.settle();
        int writes = world.kirim.writes.size() + world.crm.writes.size();

        assertThat(answer(review, Answer.LEAVE)).isFalse();
        assertThat(answer(review, Answer.USE_AGREED)).isFalse();
        world.settle();

        assertThat(world.kirim.writes.size() + world.crm.writes.size()).isEqualTo(writes);
        assertThat(nameAtKirim()).isEqualTo("Budi 🌴");
    }

    @Test
    void the_same_question_is_asked_once_and_with_the_latest_value() {
        Review review = editedByAnother();
        world.clock.pass(Duration.ofMinutes(1));

        world.tell(world.kirim, world.kirim.edit(world.kirim("k1"), "name", "Budi S"));
        world.settle();

        assertThat(only().id()).isEqualTo(review.id());
        assertThat(only().theirs()).isEqualTo(Value.text("Budi S"));
        assertThat(only().openedAt()).isEqualTo(review.openedAt());
    }

    @Test
    void an_unknown_review_is_refused_with_what_to_do_next() {
        world.start();

        assertThatThrownBy(() -> world.engine.reviews(World.SYNC).answer("nobody", Answer.LEAVE))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
                .hasMessageContaining("nobody")
                .hasMessageContaining("list the open ones");
    }

    @Test
    void an_answer_of_another_kind_than_the_question_is_refused_with_those_that_fit() {
        Review review = editedByAnother();

        assertThatThrownBy(() -> answer(review, Answer.SAME))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.VALIDATION))
                .hasMessageContaining("USE_AGREED, USE_THEIRS or LEAVE");
        assertThat(open()).hasSize(1);
    }

    private Review refusedCreate() {
        world.crm.fates.add(Toy.rejected(Outcome.Rejection.INVALID, null));
        world.start();
        world.person("k1", "Budi", "budi@example.com");
        world.settle(Duration.ofHours(1));
        return only();
    }

    @Test
    void a_refused_create_is_asked_about_and_not_repeated() {
        Review review = refusedCreate();

        assertThat(review.field()).isNull();
        assertThat(review.system()).isEqualTo("crm");
        assertThat(review.reason()).isEqualTo(Reason.REFUSED);
        assertThat(world.crm.writes).hasSize(1);
    }

    @Test
    void use_agreed_makes_the_record_after_all() {
        answer(refusedCreate(), Answer.USE_AGREED);
        world.settle();

        assertThat(world.crm.text(world.crm("crm-1"), "name")).isEqualTo("Budi");
        assertThat(open()).isEmpty();
    }

    @Test
    void leave_makes_no_record_whatever_is_edited_later() {
        answer(refusedCreate(), Answer.LEAVE);
        world.clock.pass(Duration.ofMinutes(1));
        world.tell(world.kirim, world.kirim.edit(world.kirim("k1"), "name", "Budi Santoso"));
        world.settle();

        assertThat(world.crm.records).isEmpty();
        assertThat(open()).isEmpty();
    }

    /** A person at Kirim, and one whom somebody typed into the CRM, with the same address. */
    private Review twoWithOneAddress() {
        world.start();
        world.tell(
                world.crm,
                world.crm.edit(
                        world.crm("c9"),
                        Map.of("name", NativeValue.text("B. Santoso"), "email", NativeValue.text("budi@example.com"))));
        world.settle();
        world.person("k1", "Budi", "budi@example.com");
        world.settle(Duration.ofHours(1));
        return only();
    }

    @Test
    void nobody_is_made_as_long_as_it_is_asked_whether_two_are_the_same() {
        Review review = twoWithOneAddress();

        assertThat(review.aboutIdentity()).isTrue();
        assertThat(review.reason()).isEqualTo(Reason.MATCH_REVIEW);
        assertThat(review.theirs()).isEqualTo(Value.text("budi@example.com"));
        assertThat(world.crm.records).hasSize(1);
        assertThat(world.crm.writes).isEmpty();
    }

    @Test
    void same_makes_the_two_one_link_in_step_under_the_join_key() {
        Review review = twoWithOneAddress();

        assertThat(answer(review, Answer.SAME)).isTrue();
        world.settle();

        assertThat(world.crm.records).hasSize(1);
        assertThat(nameAtKirim()).as("the CRM owns the name").isEqualTo("B. Santoso");
        assertThat(world.engine.why(World.SYNC, world.kirim("k1"), Contact.NAME).link())
                .isEqualTo(world.engine
                        .why(World.SYNC, world.crm("c9"), Contact.NAME)
                        .link());
        assertThat(open()).isEmpty();
        assertThat(answer(review, Answer.SAME)).as("given twice").isFalse();
    }

    @Test
    void different_makes_a_record_of_its_own_and_never_asks_again() {
        Review review = twoWithOneAddress();

        answer(review, Answer.DIFFERENT);
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));
        world.tell(world.kirim, world.kirim.edit(world.kirim("k1"), "phone", "+6281234567890"));
        world.settle();

        assertThat(world.crm.records).hasSize(2);
        assertThat(world.crm.text(world.crmOf(world.kirim("k1")), "name")).isEqualTo("Budi");
        assertThat(open()).isEmpty();
    }

    @Test
    void reviews_are_paged_through_in_the_order_of_their_ids() {
        for (int i = 0; i < 5; i++) {
            world.crm.fates.add(Toy.rejected(Outcome.Rejection.INVALID, null));
        }
        world.start();
        for (int i = 0; i < 5; i++) {
            world.person("k" + i, "Person " + i, "p" + i + "@example.com");
        }
        world.settle();
        Reviews reviews = world.engine.reviews(World.SYNC);

        List<Review> first = reviews.open(null, 3);
        List<Review> rest = reviews.open(first.get(2).id(), 3);

        assertThat(first).hasSize(3);
        assertThat(rest).hasSize(2);
        assertThat(first).doesNotContainAnyElementsOf(rest);
        assertThat(world.engine.status(World.SYNC).reviews()).isEqualTo(5);
    }
}
