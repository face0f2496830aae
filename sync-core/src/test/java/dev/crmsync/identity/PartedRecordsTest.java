package dev.crmsync.identity;

import static dev.crmsync.identity.Registry.NOW;
import static dev.crmsync.identity.Registry.ref;
import static dev.crmsync.identity.Registry.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.Presence;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.ReviewChange;
import dev.crmsync.planning.Side;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.Origin;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records that a person takes out of a link, leaves alone, or follows again, and those that become another thing. */
class PartedRecordsTest {
    private static final RecordRef KIRIM = ref("kirim", "k1");
    private static final RecordRef CRM = ref("crm", "1");
    private static final RecordRef TWIN = ref("crm", "2");

    private final Registry all = new Registry(UnansweredCreatesTest.rules());

    /** Kirim's record and the CRM's, in step. */
    private PartedRecordsTest linked() {
        all.arrives(seen(KIRIM, "name", "Budi", "email", "b@example.com", "phone", "+6281211112222"), "A");
        all.arrives(
                seen(CRM, "kirim_id", "k1", "name", "Budi", "email", "b@example.com", "phone", "+6281211112222"), "-");
        assertThat(all.side("A", "crm").record()).isEqualTo("1");
        return this;
    }

    private PartedRecordsTest withTwin() {
        linked().all.arrives(seen(TWIN, "kirim_id", "k1", "name", "Twin"), "-");
        assertThat(all.side("A", "crm").secondaries()).containsExactly("2");
        return this;
    }

    private void split(RecordRef ref) {
        all.plan(new IdentityChange.Split("A", ref, "S"));
    }

    private void unlink(String link, RecordRef ref, String own) {
        all.plan(new IdentityChange.Unlinked(link, ref, own));
    }

    private List<Reason> told(String link) {
        return all.last.decisions().stream()
                .filter(decision -> decision.link().equals(link))
                .map(Decision::reason)
                .toList();
    }

    private List<String> asked(String link) {
        return all.reviews.values().stream()
                .filter(review -> review.link().equals(link))
                .map(ReviewChange.Opened::system)
                .sorted()
                .toList();
    }

    // Split

    @Test
    void a_record_that_is_split_off_goes_on_in_a_link_of_its_own_with_all_that_was_seen_of_it() {
        linked().split(CRM);

        assertThat(all.links.get("A").refs()).containsExactly(KIRIM);
        assertThat(all.links.get("S").refs()).containsExactly(CRM);
        assertThat(all.side("S", "crm").presence()).isEqualTo(Presence.PRESENT);
        assertThat(all.side("S", "crm").raw()).containsEntry("name", NativeValue.text("Budi"));
        assertThat(all.links.get("S").agreed().get("name").value()).isEqualTo(Value.text("Budi"));
        assertThat(all.side("S", "crm").wanted().reason()).isEqualTo(Reason.SPLIT);
        assertThat(all.side("A", "crm").seen()).isEmpty();
        assertThat(told("A")).containsExactly(Reason.SPLIT);
        assertThat(told("S")).contains(Reason.SPLIT);
    }

    @Test
    void nothing_is_made_in_its_place_before_a_person_has_said_so() {
        linked().split(CRM);

        assertThat(all.side("A", "crm").held()).isEqualTo(Reason.SPLIT);
        assertThat(all.side("S", "kirim").held()).isEqualTo(Reason.SPLIT);
        assertThat(asked("A")).containsExactly("crm");
        // Sync makes no records in Kirim, so there is nothing to ask about there.
        assertThat(asked("S")).isEmpty();
        assertThat(all.due())
                .filteredOn(due -> due.system().equals("crm"))
                .extracting(Due::need)
                .doesNotContain(Due.Need.CREATE);
    }

    @Test
    void links_that_were_parted_are_never_taken_for_one_again() {
        linked().split(CRM);
        assertThat(all.links.get("A").isApartFrom(all.links.get("S"))).isTrue();
        assertThat(all.links.get("S").isApartFrom(all.links.get("A"))).isTrue();
        assertThat(all.arrives(seen(CRM, "kirim_id", "k1", "name", "Budi", "email", "b@example.com"), "-"))
                .isEmpty();
    }

    @Test
    void what_was_under_way_to_the_record_goes_with_it_and_a_read_tells_what_came_of_it() {
        linked().all
                .arrives(
                        ChangeEvent.partial(
                                KIRIM,
                                Registry.values("phone", "+6281233334444"),
                                AsOf.at(NOW.plusSeconds(9)),
                                Evidence.EVENT),
                        "-");
        all.write("A", "crm");

        split(CRM);

        assertThat(all.side("A", "crm").inFlight()).isNull();
        assertThat(all.side("S", "crm").inFlight().unknown()).isTrue();
    }

    @Test
    void a_secondary_record_is_split_off_by_its_id_and_the_primary_one_stays() {
        withTwin().split(TWIN);

        assertThat(all.links.get("S").refs()).containsExactly(TWIN);
        assertThat(all.side("S", "crm").presence()).isEqualTo(Presence.MENTIONED);
        assertThat(all.side("S", "crm").wanted()).isNotNull();
        assertThat(all.links.get("A").ref("crm")).isEqualTo(CRM);
        assertThat(all.side("A", "crm").secondaries()).isEmpty();
        assertThat(all.side("A", "crm").held()).isNull();
    }

    @Test
    void when_the_primary_record_is_split_off_the_only_one_that_is_left_takes_its_place() {
        withTwin().split(CRM);

        assertThat(all.links.get("A").ref("crm")).isEqualTo(TWIN);
        assertThat(all.side("A", "crm").secondaries()).isEmpty();
        assertThat(all.side("A", "crm").presence()).isEqualTo(Presence.MENTIONED);
        assertThat(all.side("A", "crm").wanted().reason()).isEqualTo(Reason.ATTACHED);
        assertThat(all.side("A", "crm").held()).isNull();
        assertThat(asked("A")).isEmpty();
        assertThat(told("A")).containsExactly(Reason.ATTACHED, Reason.SPLIT);
    }

    @Test
    void of_several_that_are_left_nobody_can_tell_which() {
        withTwin().all.arrives(seen(ref("crm", "3"), "kirim_id", "k1", "name", "Third"), "-");
        split(CRM);
        assertThat(all.links.get("A").ref("crm")).isNull();
        assertThat(all.side("A", "crm").secondaries()).containsExactly("2", "3");
    }

    @Test
    void a_record_that_is_not_of_the_link_is_not_split_off_it() {
        linked().split(ref("crm", "9"));
        assertThat(all.links.get("A").refs()).containsExactlyInAnyOrder(KIRIM, CRM);
        assertThat(all.links.get("S").refs()).isEmpty();
        assertThat(all.last.decisions()).isEmpty();
    }

    // Left alone

    @Test
    void a_record_that_is_unlinked_is_kept_in_mind_by_its_id_alone() {
        linked().unlink("A", CRM, "U");

        Side left = all.side("U", "crm");
        assertThat(left.record()).isEqualTo("1");
        assertThat(left.presence()).isEqualTo(Presence.IGNORED);
        assertThat(left.seen()).isEmpty();
        assertThat(left.sent()).isEmpty();
        assertThat(left.wanted()).isNull();
        assertThat(all.links.get("U").agreed()).isEmpty();
        assertThat(all.links.get("A").refs()).containsExactly(KIRIM);
        assertThat(all.side("A", "crm").held()).isEqualTo(Reason.UNLINKED);
        assertThat(told("U")).contains(Reason.UNLINKED);
        assertThat(told("A")).containsExactly(Reason.UNLINKED);
    }

    @Test
    void whatever_is_told_of_it_is_of_no_account() {
        linked().unlink("A", CRM, "U");
        all.arrives(seen(CRM, "kirim_id", "k1", "name", "Edited"), "-");
        assertThat(all.links.get("U").agreed()).isEmpty();
        assertThat(all.links.get("A").refs()).containsExactly(KIRIM);
        assertThat(all.due()).filteredOn(due -> due.link().equals("U")).isEmpty();
    }

    @Test
    void the_only_record_of_a_link_is_left_alone_within_it() {
        all.arrives(seen(CRM, "name", "Budi", "email", "b@example.com"), "A");
        unlink("A", CRM, "A");
        assertThat(all.links.get("A").agreed()).isEmpty();
        assertThat(all.side("A", "crm").presence()).isEqualTo(Presence.IGNORED);
        assertThat(all.side("A", "crm").seen()).isEmpty();
        assertThat(told("A")).containsExactly(Reason.UNLINKED);

        unlink("A", CRM, "A");
        assertThat(all.last.decisions()).isEmpty();
        unlink("A", TWIN, "A");
        assertThat(all.last.decisions()).isEmpty();
    }

    @Test
    void a_record_that_is_followed_again_is_read_for_what_was_passed_over() {
        linked().unlink("A", CRM, "U");
        all.plan(new IdentityChange.Followed("U", TWIN));
        assertThat(all.side("U", "crm").presence()).isEqualTo(Presence.IGNORED);

        all.plan(new IdentityChange.Followed("U", CRM));

        assertThat(all.side("U", "crm").presence()).isEqualTo(Presence.MENTIONED);
        assertThat(all.side("U", "crm").wanted().reason()).isEqualTo(Reason.BACK);
        assertThat(told("U")).containsExactly(Reason.BACK);
        assertThat(all.due())
                .filteredOn(due -> due.link().equals("U"))
                .extracting(Due::need)
                .containsExactly(Due.Need.READ);

        all.plan(new IdentityChange.Followed("U", CRM));
        assertThat(all.last.decisions()).isEmpty();
    }

    // Converted

    @Test
    void a_record_that_became_another_thing_is_gone_and_nobody_elses_is_touched() {
        linked().all.plan(new IdentityChange.Converted("A", CRM, new RecordRef("crm", "company", "77")));

        assertThat(all.side("A", "crm").presence()).isEqualTo(Presence.DELETED);
        assertThat(all.side("A", "kirim").presence()).isEqualTo(Presence.PRESENT);
        assertThat(told("A")).containsExactly(Reason.CONVERTED);
        assertThat(all.due()).extracting(Due::system).doesNotContain("crm", "kirim");

        all.plan(new IdentityChange.Converted("A", CRM, new RecordRef("crm", "company", "77")));
        assertThat(all.last.decisions()).isEmpty();
        all.plan(new IdentityChange.Converted("A", TWIN, new RecordRef("crm", "company", "78")));
        assertThat(all.last.decisions()).isEmpty();
    }

    @Test
    void a_write_to_a_record_that_became_another_thing_is_waited_for_no_longer() {
        linked().all
                .arrives(
                        ChangeEvent.partial(
                                KIRIM,
                                Registry.values("phone", "+6281233334444"),
                                AsOf.at(NOW.plusSeconds(9)),
                                Evidence.EVENT),
                        "-");
        all.write("A", "crm");
        all.plan(new IdentityChange.Converted("A", CRM, new RecordRef("crm", "company", "77")));
        assertThat(all.side("A", "crm").inFlight()).isNull();
    }

    @Test
    void an_event_that_names_another_type_converts_and_one_of_the_same_type_merges() {
        RecordRef company = new RecordRef("crm", "company", "77");
        ChangeEvent converted = new ChangeEvent(
                CRM, ChangeKind.CONVERT, Map.of(), false, AsOf.at(NOW), Origin.UNKNOWN, Evidence.EVENT, company);
        assertThat(Identity.isConverted(converted)).isTrue();
        assertThat(Identity.isConverted(ChangeEvent.merged(CRM, TWIN, AsOf.at(NOW), Evidence.EVENT)))
                .isFalse();
        assertThat(Identity.isConverted(seen(CRM, "name", "Budi"))).isFalse();

        linked();
        assertThat(all.identify(converted, "-")).containsExactly(new IdentityChange.Converted("A", CRM, company));
        assertThat(new Registry(all.rules).identify(converted, "-")).isEmpty();
    }

    // Told of and come back

    @Test
    void each_change_is_told_in_the_journal() {
        all.plan(new IdentityChange.Born("A", KIRIM));
        assertThat(told("A")).containsExactly(Reason.LINKED);
        all.plan(new IdentityChange.Mentioned("A", CRM));
        assertThat(told("A")).containsExactly(Reason.MENTIONED);
        assertThat(all.side("A", "crm").wanted().reason()).isEqualTo(Reason.MENTIONED);
        all.plan(new IdentityChange.Attached("A", ref("help", "h1"), IdentityChange.Attached.JOIN_KEY));
        assertThat(told("A")).containsExactly(Reason.ATTACHED);
        all.plan(new IdentityChange.Attached("A", ref("help", "h2"), "email"));
        assertThat(told("A")).containsExactly(Reason.MATCHED);
        all.plan(new IdentityChange.Attached("A", ref("help", "h3"), IdentityChange.Attached.POLICY));
        assertThat(told("A")).containsExactly(Reason.ATTACHED);
        all.plan(new IdentityChange.Rekeyed("A", CRM, TWIN));
        assertThat(told("A")).containsExactly(Reason.REKEYED);
    }

    @Test
    void a_record_that_was_deleted_and_comes_under_a_new_id_is_the_primary_one_and_read_as_if_never_seen() {
        linked();
        all.arrives(ChangeEvent.of(CRM, ChangeKind.DELETE, AsOf.at(NOW.plusSeconds(5)), Evidence.EVENT), "-");

        all.plan(new IdentityChange.Attached("A", TWIN, IdentityChange.Attached.JOIN_KEY));

        Side side = all.side("A", "crm");
        assertThat(side.record()).isEqualTo("2");
        assertThat(side.secondaries()).containsExactly("1");
        assertThat(side.presence()).isEqualTo(Presence.MENTIONED);
        assertThat(side.seen()).isEmpty();
        assertThat(told("A")).containsExactly(Reason.REKEYED, Reason.ATTACHED);
    }

    @Test
    void a_join_is_told_to_the_link_that_stays() {
        all.arrives(seen(KIRIM, "name", "Budi"), "A");
        all.arrives(seen(CRM, "name", "Other"), "B");
        all.plan(new IdentityChange.Joined("A", "B"));
        assertThat(told("A")).contains(Reason.JOINED);
        assertThat(all.links.get("B").agreed()).isEmpty();
        assertThat(all.links.get("B").sides()).isEmpty();
    }

    @Test
    void what_a_person_calls_different_is_told_and_free_to_be_made_again() {
        all.arrives(seen(KIRIM, "email", "a@example.com"), "A");
        all.arrives(seen(CRM, "email", "a@example.com"), "B");
        assertThat(all.side("A", "crm").held()).isEqualTo(Reason.MATCH_REVIEW);

        all.plan(new IdentityChange.Separated("A", "B"));

        assertThat(told("A")).containsExactly(Reason.SEPARATED);
        assertThat(all.side("A", "crm").held()).isNull();
        assertThat(all.side("B", "kirim").held()).isNull();
        assertThat(all.reviews).isEmpty();
        assertThat(all.due()).anySatisfy(due -> {
            assertThat(due.link()).isEqualTo("A");
            assertThat(due.system()).isEqualTo("crm");
            assertThat(due.need()).isEqualTo(Due.Need.CREATE);
        });
    }

    @Test
    void a_suspicion_is_told_for_each_system_where_nothing_is_made_meanwhile() {
        all.arrives(seen(KIRIM, "email", "a@example.com"), "A");
        all.identify(seen(CRM, "email", "a@example.com"), "B");
        assertThat(all.last.decisions()).extracting(Decision::reason).containsOnly(Reason.MATCH_REVIEW);
        assertThat(told("A")).hasSize(2);
        assertThat(told("B")).hasSize(2);
        assertThat(all.reviews.values()).singleElement().satisfies(review -> {
            assertThat(review.link()).isEqualTo("B");
            assertThat(review.system()).isEqualTo("kirim");
            assertThat(review.candidates()).containsExactly("A");
        });
    }

    @Test
    void a_merged_record_is_read_and_the_old_id_goes_on_naming_it() {
        linked().all.plan(new IdentityChange.Rekeyed("A", CRM, TWIN));
        assertThat(all.side("A", "crm").record()).isEqualTo("2");
        assertThat(all.side("A", "crm").secondaries()).containsExactly("1");
        assertThat(all.side("A", "crm").presence()).isEqualTo(Presence.MENTIONED);
        assertThat(all.side("A", "crm").wanted().reason()).isEqualTo(Reason.REKEYED);
    }

    @Test
    void one_that_was_only_mentioned_is_mentioned_under_its_new_id() {
        all.plan(new IdentityChange.Born("A", CRM));
        all.plan(new IdentityChange.Rekeyed("A", CRM, TWIN));
        assertThat(all.side("A", "crm").presence()).isEqualTo(Presence.MENTIONED);
    }

    @Test
    void the_answer_to_a_write_to_the_old_id_is_that_of_the_old_record() {
        linked().all
                .arrives(
                        ChangeEvent.partial(
                                KIRIM,
                                Registry.values("phone", "+6281233334444"),
                                AsOf.at(NOW.plusSeconds(9)),
                                Evidence.EVENT),
                        "-");
        var flight = all.write("A", "crm");
        all.plan(new IdentityChange.Rekeyed("A", CRM, TWIN));
        all.outcome("A", "crm", flight, new Outcome.Done(CRM, null));
        assertThat(all.side("A", "crm").record()).isEqualTo("2");
        assertThat(all.side("A", "crm").raw()).isEmpty();
        assertThat(all.due()).extracting(Due::need).contains(Due.Need.READ);
    }
}
