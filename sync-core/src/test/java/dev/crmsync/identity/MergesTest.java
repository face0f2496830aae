package dev.crmsync.identity;

import static dev.crmsync.identity.Registry.NOW;
import static dev.crmsync.identity.Registry.ref;
import static dev.crmsync.identity.Registry.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Presence;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.ReviewChange;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.Stance;
import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.OnJoin;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A system that merges two of its records proves that they are one: whichever half is known, no record is made of it and no edit lost. */
class MergesTest {
    private static final RecordRef GONE = ref("crm", "1");
    private static final RecordRef SURVIVOR = ref("crm", "2");

    private final Registry all = new Registry(UnansweredCreatesTest.rules());

    private static ChangeEvent merge(RecordRef gone, RecordRef survivor) {
        return ChangeEvent.merged(gone, survivor, AsOf.at(NOW.plusSeconds(60)), Evidence.EVENT);
    }

    /** Kirim's k1 and its record in the CRM, which is going to be merged away. */
    private void first() {
        all.arrives(seen(ref("kirim", "k1"), "name", "Budi", "phone", "+6281211112222"), "A");
        all.arrives(seen(GONE, "name", "Budi", "kirim_id", "k1", "phone", "+6281211112222"), "-");
    }

    /** Somebody whom the CRM alone knows. */
    private void stranger() {
        all.arrives(seen(SURVIVOR, "name", "Budi Santoso"), "B");
    }

    /** Kirim's k2 and the record in the CRM that is going to survive. */
    private void second() {
        all.arrives(seen(ref("kirim", "k2"), "name", "B. Santoso", "phone", "+6281233334444"), "B");
        all.arrives(seen(SURVIVOR, "name", "B. Santoso", "kirim_id", "k2", "phone", "+6281233334444"), "-");
    }

    private List<Decision> decided(Reason reason) {
        return all.last.decisions().stream()
                .filter(decision -> decision.reason() == reason)
                .toList();
    }

    private void isMadeNowhere() {
        assertThat(all.due())
                .filteredOn(due -> !due.system().equals("help"))
                .extracting(Due::need)
                .doesNotContain(Due.Need.CREATE);
    }

    private void isReadAndMadeNowhere(String link) {
        isMadeNowhere();
        assertThat(all.due())
                .anyMatch(due -> due.link().equals(link) && due.system().equals("crm") && due.need() == Due.Need.READ);
    }

    @Test
    void two_known_records_make_one_link_of_the_survivor_with_what_the_other_had_elsewhere() {
        first();
        stranger();

        assertThat(all.identify(merge(GONE, SURVIVOR), "-"))
                .containsExactly(new IdentityChange.Merged("B", "A", GONE, SURVIVOR));

        assertThat(all.links.get("A").joinedInto()).isEqualTo("B");
        assertThat(all.links.get("B").refs()).containsExactlyInAnyOrder(ref("kirim", "k1"), GONE, SURVIVOR);
        assertThat(all.side("B", "crm").record()).isEqualTo("2");
        assertThat(all.side("B", "kirim").record()).isEqualTo("k1");
        assertThat(all.reviews).isEmpty();
        isReadAndMadeNowhere("B");
    }

    @Test
    void of_two_records_in_a_third_system_the_survivors_goes_on_and_a_person_is_told_of_the_other() {
        first();
        second();

        all.identify(merge(GONE, SURVIVOR), "-");

        assertThat(all.side("B", "kirim").record()).isEqualTo("k2");
        assertThat(all.side("B", "kirim").secondaries()).containsExactly("k1");
        assertThat(all.reviews.values()).singleElement().satisfies(review -> {
            assertThat(review.link()).isEqualTo("B");
            assertThat(review.system()).isEqualTo("kirim");
            assertThat(review.reason()).isEqualTo(Reason.DUPLICATE_REVIEW);
        });
        assertThat(all.due()).extracting(Due::system).doesNotContain("kirim");
        isReadAndMadeNowhere("B");
    }

    @Test
    void what_the_merged_link_had_agreed_and_is_not_taken_stands_in_the_journal() {
        first();
        second();

        all.identify(merge(GONE, SURVIVOR), "-");

        assertThat(decided(Reason.OVERRULED_BY_JOIN))
                .filteredOn(decision -> "phone".equals(decision.field()))
                .singleElement()
                .satisfies(decision -> {
                    assertThat(decision.link()).isEqualTo("B");
                    assertThat(decision.system()).isEqualTo("kirim");
                    assertThat(decision.saw()).isEqualTo(Value.text("+6281211112222"));
                    assertThat(decision.after()).isEqualTo(Value.text("+6281233334444"));
                });
    }

    @Test
    void an_event_of_the_old_record_goes_to_the_surviving_link_and_its_values_are_not_taken() {
        first();
        second();
        all.arrives(merge(GONE, SURVIVOR), "-");

        assertThat(all.arrives(seen(GONE, "name", "Late", "kirim_id", "k1"), "C"))
                .isEmpty();

        assertThat(decided(Reason.SECONDARY)).hasSize(1);
        assertThat(all.links.get("B").agreed().get("name").value()).isEqualTo(Value.text("B. Santoso"));
        assertThat(all.links).doesNotContainKey("C");
    }

    @Test
    void one_whose_merged_half_was_never_heard_of_is_kept_in_mind_and_the_survivor_read() {
        stranger();

        assertThat(all.arrives(merge(GONE, SURVIVOR), "C"))
                .containsExactly(new IdentityChange.Rekeyed("B", GONE, SURVIVOR));

        assertThat(all.side("B", "crm").record()).isEqualTo("2");
        assertThat(all.side("B", "crm").secondaries()).containsExactly("1");
        isReadAndMadeNowhere("B");
    }

    @Test
    void one_of_which_no_half_was_ever_heard_of_begins_a_link_that_joins_by_its_key_when_it_is_read() {
        all.arrives(seen(ref("kirim", "k1"), "name", "Budi"), "A");
        all.arrives(seen(ref("crm", "0"), "name", "Budi", "kirim_id", "k1"), "-");
        all.arrives(merge(GONE, SURVIVOR), "C");
        assertThat(all.side("C", "crm").presence()).isEqualTo(Presence.MENTIONED);
        isReadAndMadeNowhere("C");

        all.arrives(seen(SURVIVOR, "name", "Budi", "kirim_id", "k1"), "-");

        assertThat(all.links.get("C").joinedInto()).isEqualTo("A");
        assertThat(all.side("A", "crm").secondaries()).containsExactly("1", "2");
        assertThat(all.reviews).isEmpty();
    }

    @Test
    void one_that_looks_like_a_delete_is_found_by_the_join_key_that_the_survivor_was_given() {
        first();
        stranger();
        all.arrives(ChangeEvent.of(GONE, ChangeKind.DELETE, AsOf.at(NOW.plusSeconds(60)), Evidence.EVENT), "-");

        all.arrives(
                ChangeEvent.full(
                        SURVIVOR,
                        Registry.values("name", "Budi Santoso", "kirim_id", "k1"),
                        AsOf.at(NOW.plusSeconds(61)),
                        Evidence.EVENT),
                "-");

        assertThat(all.links.get("B").joinedInto()).isEqualTo("A");
        assertThat(all.side("A", "crm").record()).isEqualTo("2");
        assertThat(all.side("A", "crm").secondaries()).containsExactly("1");
        assertThat(all.side("A", "crm").presence()).isEqualTo(Presence.PRESENT);
        isMadeNowhere();
    }

    @Test
    void a_merge_that_is_told_twice_or_after_a_later_one_moves_nothing() {
        first();
        stranger();
        all.arrives(merge(GONE, SURVIVOR), "-");
        all.arrives(merge(SURVIVOR, ref("crm", "3")), "-");
        var before = all.links.get("B");

        assertThat(all.identify(merge(GONE, SURVIVOR), "-")).isEmpty();
        all.identify(merge(SURVIVOR, ref("crm", "3")), "-");

        assertThat(all.links.get("B").refs()).isEqualTo(before.refs());
        assertThat(all.side("B", "crm").record()).isEqualTo("3");
    }

    @Test
    void links_that_a_person_said_are_different_are_asked_about_again_and_not_joined() {
        first();
        second();
        all.plan(new IdentityChange.Separated("A", "B"));

        all.arrives(merge(GONE, SURVIVOR), "-");

        assertThat(all.links.get("A").joinedInto()).isNull();
        assertThat(all.reviews.values()).extracting(ReviewChange.Opened::reason).containsExactly(Reason.MATCH_REVIEW);
        assertThat(all.due()).extracting(Due::need).doesNotContain(Due.Need.CREATE);
    }

    @Test
    void an_erased_persons_record_that_is_merged_into_another_leaves_that_one_alone() {
        first();
        stranger();
        all.erase("A");
        var before = all.links.get("B");

        assertThat(Identity.identify(new Situation(
                        merge(GONE, SURVIVOR),
                        all.owners,
                        Map.of(Identity.erased(GONE), List.of("A")),
                        Links.of(all.links.values()),
                        "-",
                        all.rules)))
                .isEmpty();
        assertThat(all.links.get("B")).isEqualTo(before);
    }

    /** An edit at Kirim that is on its way to the record that is going to be merged away. */
    private InFlight underWay() {
        first();
        all.arrives(
                ChangeEvent.full(
                        ref("kirim", "k1"),
                        Registry.values("name", "Budi", "phone", "+6281299998888"),
                        AsOf.at(NOW.plusSeconds(30)),
                        Evidence.EVENT),
                "-");
        return all.write("A", "crm");
    }

    private static Outcome done(RecordRef ref, String... shown) {
        return new Outcome.Done(
                ref,
                shown.length == 0
                        ? null
                        : ChangeEvent.full(ref, Registry.values(shown), AsOf.at(NOW.plusSeconds(70)), Evidence.READ));
    }

    @Test
    void a_write_under_way_to_the_merged_record_is_answered_for_and_nothing_else_is_written_until_then() {
        InFlight flight = underWay();
        stranger();
        all.arrives(merge(GONE, SURVIVOR), "-");
        assertThat(all.due())
                .filteredOn(due -> due.system().equals("crm"))
                .extracting(Due::need)
                .containsExactly(Due.Need.OUTCOME);

        all.outcome("B", "crm", flight, done(GONE));

        assertThat(decided(Reason.WRITTEN)).singleElement().satisfies(decision -> {
            assertThat(decision.field()).isEqualTo("phone");
            assertThat(decision.saw()).isEqualTo(Value.text("+6281299998888"));
        });
        assertThat(all.side("B", "crm").inFlight()).isNull();
        assertThat(all.side("B", "crm").raw()).as("of the survivor").doesNotContainKey("phone");
        isReadAndMadeNowhere("B");
    }

    @Test
    void one_that_the_system_has_led_to_the_survivor_is_seen_there() {
        InFlight flight = underWay();
        stranger();
        all.arrives(merge(GONE, SURVIVOR), "-");

        all.outcome("B", "crm", flight, done(SURVIVOR, "name", "Budi Santoso", "phone", "+6281299998888"));

        assertThat(all.side("B", "crm").raw()).containsEntry("phone", NativeValue.text("+6281299998888"));
        assertThat(all.due())
                .filteredOn(due -> due.system().equals("crm"))
                .extracting(Due::need)
                .containsExactly(Due.Need.READ);
    }

    @Test
    void so_it_is_when_the_record_has_a_new_id_only() {
        InFlight flight = underWay();
        all.arrives(merge(GONE, SURVIVOR), "-");

        all.outcome("A", "crm", flight, done(GONE, "name", "Budi", "phone", "+6281299998888"));

        assertThat(all.side("A", "crm").record()).isEqualTo("2");
        assertThat(all.side("A", "crm").raw()).isEmpty();
        assertThat(all.side("A", "crm").inFlight()).isNull();
        isReadAndMadeNowhere("A");
    }

    @Test
    void a_write_to_each_of_two_merged_records_is_answered_for() {
        underWay();
        second();
        all.arrives(
                ChangeEvent.full(
                        ref("kirim", "k2"),
                        Registry.values("name", "B. Santoso", "phone", "+6281277776666"),
                        AsOf.at(NOW.plusSeconds(31)),
                        Evidence.EVENT),
                "-");
        InFlight ours = all.write("B", "crm");
        all.arrives(merge(GONE, SURVIVOR), "-");

        all.take(
                new Input.WriteOutcome(
                        NOW,
                        all.links.get("B").seq() + 1,
                        "B",
                        "crm",
                        Input.WriteOutcome.OF_A_LINK_TAKEN_OVER,
                        done(GONE),
                        Map.of()),
                "B");

        assertThat(decided(Reason.WRITTEN)).hasSize(1);
        assertThat(all.side("B", "crm").inFlight()).isEqualTo(ours);
        all.outcome("B", "crm", ours, done(SURVIVOR));
        assertThat(all.side("B", "crm").inFlight()).isNull();
        isReadAndMadeNowhere("B");
    }

    @Test
    void a_record_that_a_link_taken_over_was_making_beside_ours_is_a_further_one_and_a_question() {
        all.arrives(seen(ref("kirim", "k1"), "name", "Budi"), "A");
        InFlight ours = all.write("A", "crm");
        all.arrives(seen(ref("help", "h1"), "name", "Siti"), "B");
        all.write("B", "crm");
        all.plan(new IdentityChange.Joined("A", "B"));
        all.outcome("A", "crm", ours, done(GONE));

        all.take(
                new Input.WriteOutcome(
                        NOW,
                        all.links.get("A").seq() + 1,
                        "A",
                        "crm",
                        Input.WriteOutcome.OF_A_LINK_TAKEN_OVER,
                        done(SURVIVOR),
                        Map.of()),
                "A");

        assertThat(all.side("A", "crm").record()).isEqualTo("1");
        assertThat(all.side("A", "crm").secondaries()).containsExactly("2");
        assertThat(all.reviews.values())
                .extracting(ReviewChange.Opened::reason)
                .containsExactly(Reason.DUPLICATE_REVIEW);
    }

    @Test
    void two_links_that_both_have_a_record_here_lose_no_answer_and_no_edit_when_they_join_by_a_persons_word() {
        InFlight flight = underWay();
        second();

        all.plan(new IdentityChange.Joined("B", "A"));

        assertThat(decided(Reason.OVERRULED_BY_JOIN))
                .extracting(Decision::field)
                .contains("phone");
        all.outcome("B", "crm", flight, done(GONE));
        assertThat(decided(Reason.WRITTEN)).extracting(Decision::field).containsExactly("phone");
        isReadAndMadeNowhere("B");
    }

    @Test
    void a_value_that_came_to_the_survivor_and_that_nobody_had_agreed_there_joins_as_any_other() {
        InFlight flight = underWay();
        all.arrives(seen(ref("kirim", "k2"), "name", "B. Santoso", "phone", ""), "B");
        all.arrives(seen(SURVIVOR, "name", "B. Santoso", "kirim_id", "k2"), "-");
        all.arrives(merge(GONE, SURVIVOR), "-");
        assertThat(all.links.get("B").agreed()).doesNotContainKey("phone");

        all.outcome("B", "crm", flight, done(SURVIVOR, "name", "B. Santoso", "phone", "+6281299998888"));

        assertThat(all.links.get("B").agreed().get("phone").value()).isEqualTo(Value.text("+6281299998888"));
    }

    @Test
    void a_create_that_was_never_answered_is_still_asked_about_though_the_other_link_has_a_record_there() {
        all.arrives(seen(ref("help", "h1"), "name", "Budi"), "A");
        all.outcome("A", "crm", all.write("A", "crm"), new Outcome.Unknown("lost"));
        all.arrives(seen(ref("help", "h2"), "name", "Siti"), "B");
        all.plan(new IdentityChange.Attached("B", SURVIVOR, "test"));
        all.arrives(seen(SURVIVOR, "name", "Siti"), "-");

        all.arrives(merge(ref("help", "h1"), ref("help", "h2")), "-");

        assertThat(all.links.get("A").joinedInto()).isEqualTo("B");
        assertThat(all.reviews.values())
                .filteredOn(
                        review -> review.link().equals("B") && review.system().equals("crm"))
                .extracting(ReviewChange.Opened::reason)
                .containsExactly(Reason.CREATE_REVIEW);
        isMadeNowhere();
    }

    @Test
    void a_create_under_way_when_the_other_links_record_moves_in_is_asked_about_until_it_is_answered() {
        all.arrives(seen(ref("help", "h2"), "name", "Siti"), "B");
        InFlight making = all.write("B", "crm");
        all.arrives(seen(ref("help", "h1"), "name", "Budi"), "A");
        all.plan(new IdentityChange.Attached("A", GONE, "test"));
        all.arrives(seen(GONE, "name", "Budi"), "-");

        all.arrives(merge(ref("help", "h1"), ref("help", "h2")), "-");
        assertThat(all.side("B", "crm").record()).isEqualTo("1");
        assertThat(all.side("B", "crm").held()).isEqualTo(Reason.CREATE_REVIEW);
        all.outcome("B", "crm", making, done(SURVIVOR));

        assertThat(all.side("B", "crm").secondaries()).containsExactly("2");
        assertThat(all.reviews.values())
                .filteredOn(review -> review.system().equals("crm"))
                .extracting(ReviewChange.Opened::reason)
                .containsExactly(Reason.DUPLICATE_REVIEW);
        isMadeNowhere();
    }

    @Test
    void an_edit_that_waits_for_a_person_still_waits_in_the_link_that_stays_and_is_not_written_over() {
        Policy policy = Policy.named("asks")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.rule(
                                        Contact.NAME,
                                        new FieldRule.Owned("crm", Set.of("kirim"), NonOwnerEdit.REVIEW, OnJoin.OWNER))
                                .records("crm", RecordRule.CREATE));
        Registry asks = new Registry(Rules.of(policy, all.rules.systems(), "ID"));
        asks.arrives(seen(ref("kirim", "k1"), "name", "Budi"), "A");
        asks.arrives(seen(GONE, "name", "Budi", "kirim_id", "k1"), "-");
        asks.arrives(
                ChangeEvent.full(
                        ref("kirim", "k1"),
                        Registry.values("name", "Budiman"),
                        AsOf.at(NOW.plusSeconds(30)),
                        Evidence.EVENT),
                "-");
        asks.arrives(seen(SURVIVOR, "name", "Budi Santoso"), "B");

        asks.arrives(merge(GONE, SURVIVOR), "-");

        assertThat(asks.side("B", "kirim").standings().get("name").stance()).isEqualTo(Stance.HELD);
        assertThat(asks.reviews.values()).singleElement().satisfies(review -> {
            assertThat(review.link()).isEqualTo("B");
            assertThat(review.reason()).isEqualTo(Reason.NON_OWNER_REVIEW);
            assertThat(review.theirs()).isEqualTo(Value.text("Budiman"));
        });
        assertThat(asks.due()).extracting(Due::system).doesNotContain("kirim");
    }
}
