package dev.crmsync.identity;

import static dev.crmsync.identity.Registry.NOW;
import static dev.crmsync.identity.Registry.ref;
import static dev.crmsync.identity.Registry.seen;
import static dev.crmsync.planning.Reason.CREATE_REVIEW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.Due;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.ReviewChange;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import org.junit.jupiter.api.Test;

/** A link that is taken over may have made a record that nobody has seen: who takes it over makes none beside it. */
class JoinedCreatesTest {
    private final Registry all = new Registry(UnansweredCreatesTest.rules());

    /** Somebody at the help desk whose record in the CRM is being made, and who turns out to be Kirim's k1 then. */
    private InFlight begun() {
        all.arrives(seen(ref("kirim", "k1"), "name", "Budi"), "A");
        all.arrives(seen(ref("help", "h1"), "name", "Budi", "phone", "+6281211112222"), "B");
        return all.write("B", "crm");
    }

    private void isFoundToBeTheSame() {
        isFoundToBeTheSame("+6281211112222");
    }

    private void isFoundToBeTheSame(String phone) {
        all.arrives(
                ChangeEvent.full(
                        ref("help", "h1"),
                        Registry.values("name", "Budi", "phone", phone, "kirim_id", "k1"),
                        AsOf.at(NOW.plusSeconds(60)),
                        Evidence.EVENT),
                "-");
        assertThat(all.links.get("B").joinedInto()).isEqualTo("A");
    }

    private void isMadeNowhere() {
        assertThat(all.due()).extracting(Due::need).doesNotContain(Due.Need.CREATE);
    }

    @Test
    void one_of_unknown_outcome_waits_for_a_person_as_before() {
        all.outcome("B", "crm", begun(), new Outcome.Unknown("lost"));

        isFoundToBeTheSame();

        assertThat(all.side("A", "crm").held()).isEqualTo(CREATE_REVIEW);
        assertThat(all.reviews.values()).singleElement().satisfies(review -> {
            assertThat(review.link()).isEqualTo("A");
            assertThat(review.reason()).isEqualTo(CREATE_REVIEW);
        });
        isMadeNowhere();
    }

    @Test
    void and_its_record_is_recognised_by_what_was_sent_though_that_has_changed() {
        all.outcome("B", "crm", begun(), new Outcome.Unknown("lost"));
        isFoundToBeTheSame("+6281233334444");

        all.arrives(seen(ref("crm", "1"), "name", "B.", "phone", "0812 1111 2222"), "C");

        assertThat(all.reviews.values())
                .filteredOn(review -> review.reason() == Reason.MATCH_REVIEW)
                .hasSize(1);
        isMadeNowhere();
    }

    @Test
    void one_that_is_answered_afterwards_has_made_the_record_of_both() {
        InFlight flight = begun();
        isFoundToBeTheSame();
        isMadeNowhere();

        all.outcome("A", "crm", flight, new Outcome.Done(ref("crm", "1"), null));

        assertThat(all.side("A", "crm").record()).isEqualTo("1");
        assertThat(all.side("A", "crm").raw()).containsEntry("phone", NativeValue.text("+6281211112222"));
        isMadeNowhere();
    }

    @Test
    void a_person_who_wanted_no_record_there_still_wants_none() {
        all.outcome("B", "crm", begun(), new Outcome.Unknown("lost"));
        all.take(new Input.ReviewAnswer(NOW, all.links.get("B").seq() + 1, "B", "crm", null, Input.Answer.LEAVE), "B");

        isFoundToBeTheSame();

        assertThat(all.side("A", "crm").held()).isEqualTo(Reason.ANSWERED);
        assertThat(all.reviews).isEmpty();
        isMadeNowhere();
    }

    @Test
    void one_whose_record_the_other_link_holds_is_asked_about_no_more() {
        all.outcome("B", "crm", begun(), new Outcome.Unknown("lost"));
        all.arrives(seen(ref("crm", "1"), "name", "Budi", "phone", "+6281211112222"), "C");

        all.plan(new IdentityChange.Joined("C", "B"));

        assertThat(all.side("C", "crm").record()).isEqualTo("1");
        assertThat(all.reviews.values()).extracting(ReviewChange.Opened::reason).doesNotContain(CREATE_REVIEW);
    }
}
