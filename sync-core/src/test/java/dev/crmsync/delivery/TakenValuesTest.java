package dev.crmsync.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.Stance;
import dev.crmsync.policy.OnTaken;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.review.Answer;
import dev.crmsync.review.Review;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A value that another record holds already is never taken from it: a person is asked. */
class TakenValuesTest {
    private World world = new World().start();

    private List<Review> reviews() {
        return world.engine.reviews(World.SYNC).open(null, 10);
    }

    /** A record that somebody typed into the CRM and that nobody has told of. */
    private RecordRef untold(String id) {
        RecordRef ref = world.crm(id);
        world.crm.edit(
                ref, Map.of("name", NativeValue.text("B. Santoso"), "email", NativeValue.text("budi@example.com")));
        return ref;
    }

    private void createIsRefusedBecauseOf(RecordRef existing) {
        world.crm.fates.add((write, takesEffect) ->
                new Outcome.Rejected(Outcome.Rejection.UNIQUE, "email", existing, "the address is taken"));
        world.person("k1", "Budi", "budi@example.com");
        world.settle(Duration.ofHours(1));
    }

    @Test
    void a_create_that_an_unknown_record_stands_in_the_way_of_is_a_question_about_the_two() {
        RecordRef existing = untold("c9");

        createIsRefusedBecauseOf(existing);

        assertThat(world.crm.writes).hasSize(1);
        assertThat(reviews()).singleElement().satisfies(review -> {
            assertThat(review.aboutIdentity()).isTrue();
            assertThat(review.candidates()).hasSize(1);
        });
        assertThat(world.crm.reads).as("it is read, so that it can be shown").contains(existing);
    }

    @Test
    void when_they_are_the_same_the_record_that_stood_in_the_way_is_the_one() {
        createIsRefusedBecauseOf(untold("c9"));

        world.engine.reviews(World.SYNC).answer(reviews().get(0).id(), Answer.SAME);
        world.settle();

        assertThat(world.crm.records).containsOnlyKeys(world.crm("c9"));
        assertThat(world.kirim.text(world.kirim("k1"), "name")).isEqualTo("B. Santoso");
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
        assertThat(reviews()).isEmpty();
    }

    private void policySays(OnTaken answer) {
        world = new World();
        world.policy = Policy.named("mine")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "crm", "kirim")
                                .owned(Contact.EMAIL, "crm", "kirim")
                                .onTaken(Contact.EMAIL, answer)
                                .records("crm", RecordRule.CREATE));
        world.start();
    }

    @Test
    void where_the_policy_says_link_the_record_that_holds_the_address_is_the_one() {
        policySays(OnTaken.LINK);

        createIsRefusedBecauseOf(untold("c9"));

        assertThat(world.crm.records).containsOnlyKeys(world.crm("c9"));
        assertThat(world.kirim.text(world.kirim("k1"), "name")).isEqualTo("B. Santoso");
        assertThat(world.crm.text(world.crm("c9"), "kirim_id")).isIn("k1", "");
        assertThat(world.engine.linkOf(World.SYNC, world.crm("c9")))
                .isEqualTo(world.engine.linkOf(World.SYNC, world.kirim("k1")));
        assertThat(reviews()).isEmpty();
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void where_it_says_link_and_the_address_is_a_known_persons_it_is_a_question_all_the_same() {
        policySays(OnTaken.LINK);
        world.person("k0", "Siti", "siti@example.com");
        world.settle();

        createIsRefusedBecauseOf(world.crmOf(world.kirim("k0")));

        assertThat(reviews()).hasSize(1);
        assertThat(world.engine.linkOf(World.SYNC, world.kirim("k0")))
                .isNotEqualTo(world.engine.linkOf(World.SYNC, world.kirim("k1")));
    }

    @Test
    void where_it_says_without_the_record_is_made_without_the_address() {
        policySays(OnTaken.WITHOUT);

        createIsRefusedBecauseOf(untold("c9"));

        RecordRef made = world.crmOf(world.kirim("k1"));
        assertThat(world.crm.text(made, "name")).isEqualTo("Budi");
        assertThat(world.crm.text(made, "email")).isEmpty();
        assertThat(world.engine
                        .why(World.SYNC, made, Contact.EMAIL)
                        .systems()
                        .get("crm")
                        .stance())
                .isEqualTo(Stance.REFUSED);
    }

    @Test
    void a_create_that_is_refused_for_a_record_nobody_names_is_asked_about_once() {
        createIsRefusedBecauseOf(null);

        assertThat(world.crm.writes).hasSize(1);
        assertThat(reviews())
                .singleElement()
                .satisfies(review -> assertThat(review.aboutIdentity()).isFalse());
    }

    @Test
    void an_update_to_a_taken_value_holds_that_field_alone() {
        world.peopleInStep(1, 2);
        RecordRef crm = world.crmOf(world.kirim("k1"));
        world.kirim.fates.add((write, takesEffect) ->
                new Outcome.Rejected(Outcome.Rejection.UNIQUE, "email", null, "the address is taken"));

        world.tell(
                world.crm,
                world.crm.edit(
                        crm, Map.of("name", NativeValue.text("New"), "email", NativeValue.text("taken@example.com"))));
        world.settle();

        assertThat(world.kirim.text(world.kirim("k1"), "name")).isEqualTo("New");
        assertThat(world.kirim.text(world.kirim("k1"), "email")).isEqualTo("p1@example.com");
        assertThat(world.engine
                        .why(World.SYNC, crm, Contact.EMAIL)
                        .systems()
                        .get("kirim")
                        .stance())
                .isEqualTo(Stance.HELD);
        assertThat(reviews()).hasSize(1);
    }

    @Test
    void an_answer_that_names_a_record_of_another_person_takes_nothing_from_that_person() {
        world.peopleInStep(1, 2);
        RecordRef theirs = world.crmOf(world.kirim("k1"));
        world.crm.fates.add((write, takesEffect) -> new Outcome.Done(theirs, world.crm.event(theirs, Evidence.READ)));

        world.person("k2", "Siti", "siti@example.com");
        world.settle();

        assertThat(world.engine.why(World.SYNC, theirs, Contact.NAME).link())
                .isEqualTo(world.engine
                        .why(World.SYNC, world.kirim("k1"), Contact.NAME)
                        .link());
        assertThat(world.kirim.text(world.kirim("k2"), "name")).isEqualTo("Siti");
        assertThat(world.crm.text(theirs, "name")).isEqualTo("Person 1");
        assertThat(reviews()).hasSize(1);
    }
}
