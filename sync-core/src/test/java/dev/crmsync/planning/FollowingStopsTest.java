package dev.crmsync.planning;

import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.Parting.Stage;
import dev.crmsync.policy.Leaving;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.Skew;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where a system is not, or no longer, held to what is agreed: out of scope, out of sight, gone, or under other rules. */
class FollowingStopsTest {
    private static final Mapping MAPPING = Mapping.of(
            Contact.TYPE,
            FieldMapping.direct(NAME, "name"),
            FieldMapping.direct(EMAIL, "email"),
            FieldMapping.of(LABELS, new Lens.Delimited("labels", ";")));
    private static final RecordRule FOLLOWED = RecordRule.FOLLOW.deletesFollowed(Skew.within(Duration.ofSeconds(10)));
    private static final RecordRule ARCHIVED = RecordRule.FOLLOW.archiving();

    private static Rules rules(RecordRule crm, RecordRule kirim, Mapping mapping) {
        Policy policy = Policy.named("mine")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(NAME, "kirim")
                                .owned(EMAIL, "kirim")
                                .owned(LABELS, "kirim")
                                .records("crm", crm)
                                .records("kirim", kirim));
        return Desk.rules(
                policy, new CreateLookup.UniqueUpsert(), Map.of("kirim", List.of(MAPPING), "crm", List.of(mapping)));
    }

    private static Desk desk(RecordRule crm, Mapping mapping) {
        return new Desk(rules(crm, RecordRule.FOLLOW, mapping), Contact.TYPE);
    }

    private static Stance stance(Desk desk, String system) {
        return Stances.of(desk.link, system, NAME, desk.rules);
    }

    // Scope

    @Test
    void a_record_whose_link_leaves_the_scope_is_written_to_no_more_and_touched_in_nothing() {
        Desk desk = desk(RecordRule.CREATE.within(LABELS, "vip"), MAPPING)
                .has("kirim", "name", "Budi", "labels", "vip")
                .has("crm", "name", "Budi", "labels", "vip");
        assertThat(stance(desk, "crm")).isEqualTo(Stance.FOLLOWS);
        desk.event("kirim", 10, "labels", "lead");
        assertThat(stance(desk, "crm")).isEqualTo(Stance.NOT_RECEIVED);
        assertThat(desk.plan.due()).isEmpty();
        desk.event("kirim", 11, "labels", "vip");
        assertThat(stance(desk, "crm")).isEqualTo(Stance.FOLLOWS);
    }

    @Test
    void or_goes_on_being_followed_where_the_policy_says_so() {
        Desk desk = desk(RecordRule.CREATE.within(LABELS, "vip").leaving(Leaving.KEEP_FOLLOWING), MAPPING)
                .has("kirim", "name", "Budi", "labels", "vip")
                .has("crm", "name", "Budi", "labels", "vip");
        desk.event("kirim", 10, "labels", "lead");
        assertThat(stance(desk, "crm")).isEqualTo(Stance.FOLLOWS);
        assertThat(desk.due("crm")).contains(Due.Need.UPDATE);
    }

    @Test
    void no_record_is_made_of_a_link_that_is_out_of_scope_until_it_comes_into_it() {
        Desk desk = desk(RecordRule.CREATE.within(LABELS, "vip"), MAPPING).has("kirim", "name", "Budi");
        assertThat(desk.plan.due()).isEmpty();
        desk.event("kirim", 10, "labels", "vip");
        assertThat(desk.due("crm")).contains(Due.Need.CREATE);
    }

    // What can be written

    @Test
    void what_can_only_be_given_to_a_new_record_is_not_received_by_one_that_exists() {
        Mapping onCreate = Mapping.of(
                Contact.TYPE,
                FieldMapping.direct(NAME, "name").with(new Access(Access.Readable.BY_READ, Access.Writable.ON_CREATE)),
                FieldMapping.direct(EMAIL, "email"));
        Desk desk = desk(RecordRule.CREATE, onCreate).has("kirim", "name", "Budi", "email", "b@example.com");
        assertThat(desk.write("crm").sent("crm")).containsOnlyKeys("name", "email");
        desk.done("crm", 1, "name", "Budi", "email", "b@example.com").event("kirim", 10, "name", "Ani");
        assertThat(stance(desk, "crm")).isEqualTo(Stance.NOT_RECEIVED);
        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void what_a_system_lets_nobody_write_is_not_received() {
        Mapping never = Mapping.of(
                Contact.TYPE,
                FieldMapping.direct(NAME, "name").with(new Access(Access.Readable.BY_READ, Access.Writable.NEVER)),
                FieldMapping.direct(EMAIL, "email"));
        Desk desk = desk(RecordRule.CREATE, never).has("kirim", "name", "Budi", "email", "b@example.com");
        assertThat(desk.write("crm").sent("crm")).containsOnlyKeys("email");
        assertThat(stance(desk, "crm")).isEqualTo(Stance.NOT_RECEIVED);
    }

    // Census

    @Test
    void a_census_counts_each_agreed_field_at_each_system_that_has_a_record() {
        Desk desk = desk(RecordRule.CREATE, MAPPING).has("kirim", "name", "Budi", "email", "b@example.com");
        assertThat(Stances.census(desk.link, desk.rules)).isEqualTo(Map.of(Stance.FOLLOWS, 2));
        desk.has("crm", "name", "Budi", "email", "b@example.com");
        assertThat(Stances.census(desk.link, desk.rules)).isEqualTo(Map.of(Stance.FOLLOWS, 4));
        desk.kind("crm", ChangeKind.DELETE, 10);
        assertThat(Stances.census(desk.link, desk.rules)).isEqualTo(Map.of(Stance.FOLLOWS, 2, Stance.NOT_RECEIVED, 2));
    }

    @Test
    void a_record_out_of_sight_is_paused() {
        Desk desk =
                desk(RecordRule.CREATE, MAPPING).has("kirim", "name", "Budi").has("crm", "name", "Budi");
        desk.read("crm", desk.link.seq(), new Read.NotVisible());
        assertThat(stance(desk, "crm")).isEqualTo(Stance.PAUSED);
    }

    // Reads

    @Test
    void a_record_that_a_read_finds_gone_is_gone_for_good_or_archived_as_the_vendor_says() {
        Desk desk =
                desk(RecordRule.CREATE, MAPPING).has("kirim", "name", "Budi").has("crm", "name", "Budi");
        desk.read("crm", desk.link.seq(), new Read.Gone(AsOf.at(Desk.START.plusSeconds(5)), false));
        assertThat(desk.link.side("crm").presence()).isEqualTo(Presence.DELETED);
        Desk archived =
                desk(RecordRule.CREATE, MAPPING).has("kirim", "name", "Budi").has("crm", "name", "Budi");
        archived.read("crm", archived.link.seq(), new Read.Gone(AsOf.at(Desk.START.plusSeconds(5)), true));
        assertThat(archived.link.side("crm").presence()).isEqualTo(Presence.ARCHIVED);
    }

    @Test
    void a_read_of_what_was_erased_or_left_alone_is_told_and_shows_nothing() {
        Desk erased = desk(RecordRule.CREATE, MAPPING).has("kirim", "name", "Budi");
        erased.take(new Input.Erase(erased.now, erased.next(), "L"));
        erased.read("kirim", erased.link.seq(), 5, "name", "Budi");
        assertThat(erased.reasons()).containsExactly(Reason.ERASED);
        assertThat(erased.link.sides()).isEmpty();

        Desk left = desk(RecordRule.CREATE, MAPPING).has("kirim", "name", "Budi");
        left.take(new Input.Identity(left.now, left.next(), new IdentityChange.Unlinked("L", left.ref("kirim"), "L")));
        left.read("kirim", left.link.seq(), 5, "name", "Budi");
        assertThat(left.reasons()).containsExactly(Reason.UNLINKED);
        assertThat(left.link.agreed()).isEmpty();
    }

    @Test
    void a_read_that_is_answered_by_what_the_record_was_merged_into_shows_that() {
        Desk desk =
                desk(RecordRule.CREATE, MAPPING).has("kirim", "name", "Budi").has("crm", "name", "Budi");
        ChangeEvent shown = ChangeEvent.full(
                desk.ref("kirim"), Desk.values("name", "Ani"), AsOf.at(Desk.START.plusSeconds(9)), Evidence.READ);
        desk.read("kirim", desk.link.seq(), new Read.MergedInto(desk.ref("kirim"), shown));
        assertThat(desk.agreed(NAME)).isEqualTo(Value.text("Ani"));
        LinkState before = desk.link;
        desk.read("kirim", desk.link.seq(), new Read.MergedInto(desk.ref("kirim"), null));
        assertThat(desk.link.agreed()).isEqualTo(before.agreed());
    }

    // Other rules about deletions

    private static Desk deleted() {
        return new Desk(rules(FOLLOWED, ARCHIVED, MAPPING), Contact.TYPE)
                .has("kirim", "name", "Budi")
                .has("crm", "name", "Budi")
                .after(Duration.ofSeconds(60))
                .kind("crm", ChangeKind.DELETE, 60);
    }

    private static Plan under(Desk desk, RecordRule crm, RecordRule kirim) {
        return Planner.plan(
                Links.of(desk.link), new Input.RulesChanged(desk.now, desk.next(), "L"), rules(crm, kirim, MAPPING));
    }

    private static Parting parting(Plan plan) {
        return plan.after().get("L").side("kirim").life().parting();
    }

    @Test
    void what_other_rules_do_not_allow_is_archived_no_more() {
        assertThat(parting(deleted().plan).stage()).isEqualTo(Stage.HELD_BACK);
        for (Plan plan :
                List.of(under(deleted(), RecordRule.FOLLOW, ARCHIVED), under(deleted(), FOLLOWED, RecordRule.FOLLOW))) {
            assertThat(parting(plan)).isNull();
            assertThat(plan.due()).isEmpty();
            assertThat(plan.decisions()).extracting(Decision::reason).contains(Reason.RULES_CHANGED);
        }
    }

    @Test
    void a_person_who_was_asked_is_asked_no_more_then() {
        Desk desk = deleted().event("kirim", 70, "name", "Ani");
        assertThat(parting(desk.plan).stage()).isEqualTo(Stage.ASKED);
        Plan plan = under(desk, RecordRule.FOLLOW, ARCHIVED);
        assertThat(parting(plan)).isNull();
        assertThat(plan.reviews()).singleElement().isInstanceOf(ReviewChange.Closed.class);
        Plan unasked = under(deleted(), RecordRule.FOLLOW, ARCHIVED);
        assertThat(unasked.reviews()).isEmpty();
    }

    @Test
    void what_was_let_go_is_counted_anew() {
        Desk desk = deleted();
        desk.take(new Input.ArchiveLetGo(desk.now, desk.next(), "L", "kirim"));
        assertThat(parting(desk.plan).stage()).isEqualTo(Stage.LET_GO);
        Plan plan = under(desk, FOLLOWED, ARCHIVED.within(NAME));
        assertThat(parting(plan).stage()).isEqualTo(Stage.HELD_BACK);
    }

    @Test
    void what_happened_before_deletions_were_followed_is_unknown_and_an_edit_of_then_is_not_earlier() {
        Desk desk = new Desk(rules(RecordRule.FOLLOW, ARCHIVED, MAPPING), Contact.TYPE)
                .has("kirim", "name", "Budi")
                .has("crm", "name", "Budi");
        assertThat(desk.link.side("kirim").life()).isEqualTo(Life.UNKNOWN);
        LinkState after = under(desk, FOLLOWED, ARCHIVED).after().get("L");
        assertThat(after.side("kirim").life().edited()).isEqualTo(desk.next());
        assertThat(after.side("kirim").life().editedBy()).isNull();
        LinkState still = under(desk, RecordRule.CREATE, ARCHIVED).after().get("L");
        assertThat(still.side("kirim").life()).isEqualTo(Life.UNKNOWN);
    }

    @Test
    void a_record_that_joins_speaks_against_an_archiving_that_is_due() {
        Desk desk = PartingsTest.three(FOLLOWED, ARCHIVED, ARCHIVED).after(Duration.ofSeconds(60));
        desk.kind("crm", ChangeKind.DELETE, 60);
        assertThat(desk.link.side("kirim").life().parting().stage()).isEqualTo(Stage.HELD_BACK);
        desk.event("help", 90, "name", "Edited");
        assertThat(desk.link.side("kirim").life().parting().stage()).isEqualTo(Stage.ASKED);
        assertThat(desk.reasons()).contains(Reason.DELETE_REVIEW);
    }

    @Test
    void an_archiving_that_is_refused_is_told_and_asked_about() {
        Desk desk = deleted();
        desk.take(new Input.ArchiveLetGo(desk.now, desk.next(), "L", "kirim")).write("kirim");
        desk.read("kirim", desk.link.seq(), 61, "name", "Budi").write("kirim");
        assertThat(desk.reasons()).containsExactly(Reason.WRITE_STARTED);
        desk.outcome("kirim", new Outcome.Rejected(Outcome.Rejection.FORBIDDEN, null, null, "no"));
        assertThat(desk.reasons()).containsExactly(Reason.REFUSED);
        assertThat(desk.plan.reviews()).hasSize(1);
    }
}
