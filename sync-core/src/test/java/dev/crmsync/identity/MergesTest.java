package dev.crmsync.identity;

import static dev.crmsync.identity.Registry.NOW;
import static dev.crmsync.identity.Registry.ref;
import static dev.crmsync.identity.Registry.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Presence;
import dev.crmsync.planning.Reason;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.Origin;
import dev.crmsync.spi.model.RecordRef;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The CRM merges two of its records, or turns one into another. */
class MergesTest {
    private final Registry all = new Registry(IdentityTest.rules());
    private final Map<String, LinkState> links = all.links;

    private static ChangeEvent merged(String from, String into) {
        return ChangeEvent.merged(ref("crm", from), ref("crm", into), AsOf.at(NOW), Evidence.EVENT);
    }

    private static ChangeEvent edited(RecordRef ref, String email) {
        return ChangeEvent.full(ref, Registry.values("email", email), AsOf.at(NOW.plusSeconds(60)), Evidence.EVENT);
    }

    /** Somebody known to both sides, and a record of the CRM that nobody else knows. */
    private void oneInStepAndOneAlone() {
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");
        all.arrives(seen(ref("crm", "1"), "kirim_id", "k1", "email", "a@example.com"), "-");
        all.arrives(seen(ref("crm", "2"), "email", "b@example.com"), "B");
    }

    @Test
    void two_links_become_one_when_their_records_are_merged_and_the_survivor_is_read() {
        oneInStepAndOneAlone();

        assertThat(all.arrives(merged("2", "1"), "-"))
                .containsExactly(
                        new IdentityChange.Joined("A", "B"),
                        new IdentityChange.Rekeyed("A", ref("crm", "2"), ref("crm", "1")));

        assertThat(links.get("A").ref("crm")).isEqualTo(ref("crm", "1"));
        assertThat(all.owners).containsEntry(ref("crm", "2"), "A");
        assertThat(all.due())
                .extracting(Due::link, Due::system, Due::need)
                .containsExactly(tuple("A", "crm", Due.Need.READ));
    }

    @Test
    void so_they_do_when_the_one_that_is_known_elsewhere_is_merged_away() {
        oneInStepAndOneAlone();

        all.arrives(merged("1", "2"), "-");

        assertThat(links.get("A").joinedInto()).isEqualTo("B");
        assertThat(links.get("B").refs()).contains(ref("kirim", "k1"), ref("crm", "2"), ref("crm", "1"));
        assertThat(links.get("B").ref("crm")).isEqualTo(ref("crm", "2"));
        assertThat(all.due()).extracting(Due::link, Due::system, Due::need).contains(tuple("B", "crm", Due.Need.READ));
    }

    @Test
    void what_only_the_link_that_is_taken_over_had_agreed_is_told() {
        oneInStepAndOneAlone();

        all.plan(new IdentityChange.Joined("A", "B"));

        assertThat(all.last.decisions())
                .filteredOn(decision -> "email".equals(decision.field()))
                .extracting(Decision::reason, Decision::saw, Decision::after)
                .containsExactly(tuple(Reason.JOINED, Value.text("b@example.com"), Value.text("a@example.com")));
    }

    @Test
    void two_people_whom_a_third_system_knows_apart_are_a_question_and_the_merged_record_is_written_no_more() {
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");
        all.arrives(seen(ref("crm", "1"), "kirim_id", "k1", "email", "a@example.com"), "-");
        all.arrives(seen(ref("kirim", "k2"), "email", "b@example.com"), "B");
        all.arrives(seen(ref("crm", "2"), "kirim_id", "k2", "email", "b@example.com"), "-");

        all.arrives(merged("1", "2"), "-");

        assertThat(links.get("A").joinedInto()).isNull();
        assertThat(links.get("A").side("crm").presence()).isEqualTo(Presence.DELETED);
        assertThat(all.reviews.values())
                .singleElement()
                .satisfies(review -> assertThat(review.reason()).isEqualTo(Reason.MATCH_REVIEW));
        all.arrives(edited(ref("kirim", "k1"), "c@example.com"), "-");
        assertThat(all.due()).extracting(Due::system).doesNotContain("crm");

        all.plan(new IdentityChange.Joined("B", "A"));
        assertThat(links.get("B").side("kirim").secondaries()).containsExactly("k1");
        assertThat(links.get("B").ref("kirim")).isEqualTo(ref("kirim", "k2"));
        assertThat(all.reviews).isEmpty();
    }

    @Test
    void a_merge_of_an_unknown_record_into_a_known_one_is_remembered_and_the_survivor_read() {
        oneInStepAndOneAlone();

        all.arrives(merged("9", "1"), "-");

        assertThat(all.owners).containsEntry(ref("crm", "9"), "A");
        assertThat(all.due()).extracting(Due::system, Due::need).contains(tuple("crm", Due.Need.READ));
        all.arrives(seen(ref("crm", "9"), "email", "late@example.com"), "-");
        assertThat(all.last.decisions()).extracting(Decision::reason).containsExactly(Reason.SECONDARY);
        assertThat(links.get("A").agreed().get("email").value()).isEqualTo(Value.text("a@example.com"));
    }

    @Test
    void a_merge_whose_halves_were_both_missed_begins_a_link_that_is_read_and_finds_its_place() {
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");

        all.arrives(merged("8", "9"), "N");
        assertThat(links.get("N").ref("crm")).isEqualTo(ref("crm", "9"));
        assertThat(all.due()).extracting(Due::link, Due::need).contains(tuple("N", Due.Need.READ));

        all.arrives(
                ChangeEvent.full(
                        ref("crm", "9"),
                        Registry.values("kirim_id", "k1", "email", "a@example.com"),
                        AsOf.at(NOW),
                        Evidence.READ),
                "-");
        assertThat(links.get("N").joinedInto()).isEqualTo("A");
        assertThat(links.get("A").ref("crm")).isEqualTo(ref("crm", "9"));
        assertThat(links.get("A").side("crm").secondaries()).containsExactly("8");
    }

    @Test
    void a_merge_that_is_told_twice_changes_nothing_the_second_time() {
        oneInStepAndOneAlone();
        all.arrives(merged("2", "1"), "-");
        LinkState once = links.get("A");

        all.arrives(merged("2", "1"), "-");

        assertThat(links.get("A").refs()).isEqualTo(once.refs());
        assertThat(links.get("A").agreed()).isEqualTo(once.agreed());
    }

    @Test
    void a_merge_during_a_write_in_flight_has_its_outcome_read_under_the_link_that_stays() {
        oneInStepAndOneAlone();
        all.arrives(edited(ref("crm", "1"), "new@example.com"), "-");
        InFlight flight = all.write("A", "kirim");

        all.arrives(merged("1", "2"), "-");
        all.outcome("B", "kirim", flight, new Outcome.Done(ref("kirim", "k1"), null));

        assertThat(links.get("B").side("kirim").inFlight()).isNull();
        // What the answer came to is read, for the record is another link's by now.
        assertThat(all.due())
                .extracting(Due::link, Due::system, Due::need)
                .contains(tuple("B", "kirim", Due.Need.READ), tuple("B", "crm", Due.Need.READ));
    }

    @Test
    void a_create_in_flight_for_a_link_that_is_joined_with_one_that_has_a_record_there_made_a_further_one() {
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");
        InFlight flight = all.write("A", "crm");
        all.arrives(seen(ref("kirim", "k2"), "email", "b@example.com"), "B");
        all.arrives(seen(ref("crm", "2"), "kirim_id", "k2", "email", "b@example.com"), "-");
        all.plan(new IdentityChange.Joined("B", "A"));

        all.outcome("B", "crm", flight, new Outcome.Done(ref("crm", "7"), null));

        assertThat(links.get("B").ref("crm")).isEqualTo(ref("crm", "2"));
        assertThat(links.get("B").side("crm").secondaries()).contains("7");
    }

    @Test
    void a_record_that_became_one_of_another_type_is_followed_no_longer_and_nothing_is_made_of_it_again() {
        oneInStepAndOneAlone();
        RecordRef deal = new RecordRef("crm", "deal", "77");
        ChangeEvent converted = new ChangeEvent(
                ref("crm", "1"),
                ChangeKind.CONVERT,
                Map.of(),
                false,
                AsOf.at(NOW),
                Origin.UNKNOWN,
                Evidence.EVENT,
                deal);

        assertThat(all.arrives(converted, "-"))
                .containsExactly(new IdentityChange.Converted("A", ref("crm", "1"), deal));

        assertThat(links.get("A").side("crm").presence()).isEqualTo(Presence.DELETED);
        assertThat(links.get("A").ref("kirim")).isEqualTo(ref("kirim", "k1"));
        all.arrives(edited(ref("kirim", "k1"), "c@example.com"), "-");
        assertThat(all.due()).extracting(Due::system).doesNotContain("crm");
    }

    @Test
    void a_record_that_became_one_of_the_same_type_goes_on_under_its_new_id() {
        oneInStepAndOneAlone();
        ChangeEvent converted = new ChangeEvent(
                ref("crm", "1"),
                ChangeKind.CONVERT,
                Map.of(),
                false,
                AsOf.at(NOW),
                Origin.UNKNOWN,
                Evidence.EVENT,
                ref("crm", "003"));

        all.arrives(converted, "-");

        assertThat(links.get("A").ref("crm")).isEqualTo(ref("crm", "003"));
        assertThat(all.due()).extracting(Due::system, Due::need).contains(tuple("crm", Due.Need.READ));
    }
}
