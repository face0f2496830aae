package dev.crmsync.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.Parting.Stage;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.Skew;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A record that is gone at one system is archived at another only where both rules say so, and never over a later edit. */
class PartingsTest {
    private static final RecordRule FOLLOWED = RecordRule.FOLLOW.deletesFollowed(Skew.within(Duration.ofSeconds(10)));
    private static final RecordRule ARCHIVED = RecordRule.FOLLOW.archiving();

    static Desk desk(RecordRule crm, RecordRule kirim) {
        return desk(crm, kirim, UnaryOperator.identity());
    }

    private static Desk desk(RecordRule crm, RecordRule kirim, UnaryOperator<Map<String, List<Mapping>>> systems) {
        Policy policy = Policy.named("mine")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "kirim")
                                .owned(Contact.EMAIL, "crm")
                                .records("crm", crm)
                                .records("kirim", kirim));
        Mapping mapping = Mapping.of(
                Contact.TYPE, FieldMapping.direct(Contact.NAME, "name"), FieldMapping.direct(Contact.EMAIL, "email"));
        return new Desk(
                Desk.rules(
                        policy,
                        new CreateLookup.UniqueUpsert(),
                        systems.apply(Map.of("kirim", List.of(mapping), "crm", List.of(mapping)))),
                Contact.TYPE);
    }

    /** A record at each of three systems, the crm, kirim and a help desk, with a name and nothing else. */
    static Desk three(RecordRule crm, RecordRule kirim, RecordRule help) {
        Policy policy = Policy.named("mine")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "kirim")
                                .records("crm", crm)
                                .records("kirim", kirim)
                                .records("help", help));
        List<Mapping> mapping = List.of(Mapping.of(Contact.TYPE, FieldMapping.direct(Contact.NAME, "name")));
        Desk desk = new Desk(
                Desk.rules(
                        policy,
                        new CreateLookup.UniqueUpsert(),
                        Map.of("kirim", mapping, "crm", mapping, "help", mapping)),
                Contact.TYPE);
        return desk.has("kirim", "name", "Budi").has("crm", "name", "Budi").has("help", "name", "Budi");
    }

    private static Desk inStep() {
        return desk(FOLLOWED, ARCHIVED)
                .has("kirim", "name", "Budi", "email", "")
                .has("crm", "name", "Budi", "email", "b@x.id");
    }

    private static Stage stage(Desk desk, String system) {
        Parting parting = desk.link.side(system).life().parting();
        return parting == null ? null : parting.stage();
    }

    private static Desk letGo(Desk desk) {
        return desk.take(new Input.ArchiveLetGo(desk.now, desk.next(), "L", "kirim"));
    }

    /** Whatever is to be written to kirim first is written. */
    private static Desk settled() {
        Desk desk = inStep();
        desk.write("kirim");
        return desk.done("kirim", 3, "email", "b@x.id").after(Duration.ofSeconds(30));
    }

    private static Desk deleted() {
        return settled().kind("crm", ChangeKind.DELETE, 30);
    }

    @Test
    void nobody_follows_unless_both_rules_say_so() {
        for (Desk desk : List.of(
                desk(RecordRule.FOLLOW, ARCHIVED),
                desk(FOLLOWED, RecordRule.FOLLOW),
                desk(RecordRule.CREATE, RecordRule.CREATE))) {
            desk.has("kirim", "name", "Budi").has("crm", "name", "Budi");
            desk.kind("crm", ChangeKind.DELETE, 30);

            assertThat(desk.reasons()).containsExactly(Reason.GONE);
            assertThat(desk.plan.due()).isEmpty();
            assertThat(stage(desk, "kirim")).isNull();
        }
    }

    @Test
    void a_record_whose_deletion_is_followed_is_due_to_be_archived_once_it_is_let_go() {
        Desk desk = deleted();
        assertThat(desk.reasons()).containsExactly(Reason.GONE, Reason.ARCHIVE_DUE);
        assertThat(desk.due("kirim")).contains(Due.Need.ARCHIVE);
        assertThat(stage(desk, "kirim")).isEqualTo(Stage.HELD_BACK);

        desk.write("kirim");
        assertThat(desk.link.side("kirim").inFlight()).isNull();

        letGo(desk).write("kirim");
        assertThat(desk.due("kirim")).contains(Due.Need.READ);

        desk.read("kirim", desk.link.seq(), 40, "name", "Budi", "email", "b@x.id")
                .write("kirim");
        assertThat(desk.link.side("kirim").inFlight().archive()).isTrue();

        desk.outcome("kirim", new Outcome.Done(desk.ref("kirim"), null));
        assertThat(desk.link.side("kirim").presence()).isEqualTo(Presence.ARCHIVED);
        assertThat(desk.reasons()).containsExactly(Reason.ARCHIVED);
        assertThat(desk.agreed(Contact.NAME).toString()).contains("Budi");
        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void the_echo_of_an_archive_causes_nothing_before_and_after_its_answer() {
        Desk desk = letGo(deleted()).write("kirim");
        desk.read("kirim", desk.link.seq(), 40, "name", "Budi", "email", "b@x.id")
                .write("kirim");

        desk.kind("kirim", ChangeKind.ARCHIVE, 50);
        assertThat(desk.reasons()).containsExactly(Reason.ARCHIVED);
        desk.kind("kirim", ChangeKind.ARCHIVE, 50);
        assertThat(desk.reasons()).isEmpty();
        assertThat(desk.plan.due()).isEmpty();
        assertThat(stage(desk, "crm")).isNull();
    }

    @Test
    void an_edit_after_the_deletion_stops_it_and_asks_a_person() {
        Desk desk = deleted().event("kirim", 31, "name", "Budi S.");

        assertThat(desk.reasons()).contains(Reason.DELETE_REVIEW);
        assertThat(desk.plan.reviews()).singleElement().satisfies(review -> {
            ReviewChange.Opened opened = (ReviewChange.Opened) review;
            assertThat(opened.system()).isEqualTo("kirim");
            assertThat(opened.theirs().toString()).contains("Budi S.");
        });
        assertThat(desk.due("kirim")).isEmpty();
        assertThat(desk.agreed(Contact.NAME).toString()).contains("Budi S.");
    }

    @Test
    void an_edit_that_the_read_just_before_finds_stops_it() {
        Desk desk = letGo(deleted()).write("kirim");
        desk.read("kirim", desk.link.seq(), 40, "name", "Other", "email", "b@x.id")
                .write("kirim");

        assertThat(desk.link.side("kirim").inFlight()).isNull();
        assertThat(stage(desk, "kirim")).isEqualTo(Stage.ASKED);
    }

    @Test
    void an_edit_within_the_skew_of_the_deletion_is_not_known_to_be_earlier() {
        Desk desk = settled().event("kirim", 25, "name", "Budi S.");
        desk.write("crm").done("crm", 26, "name", "Budi S.");
        desk.event("kirim", 28, "email", "k@x.id");
        desk.write("kirim").done("kirim", 29, "email", "b@x.id");

        desk.kind("crm", ChangeKind.DELETE, 30);

        assertThat(desk.reasons()).containsExactly(Reason.GONE, Reason.DELETE_REVIEW);
    }

    @Test
    void an_edit_that_the_deleted_record_was_given_is_earlier_whatever_the_clocks_say() {
        Desk desk = settled().event("kirim", 29, "name", "Budi S.");
        desk.write("crm").done("crm", 29, "name", "Budi S.");

        desk.kind("crm", ChangeKind.DELETE, 30);

        assertThat(desk.reasons()).containsExactly(Reason.GONE, Reason.ARCHIVE_DUE);
    }

    @Test
    void an_edit_that_the_deleted_record_was_never_given_asks_a_person() {
        Desk desk = settled().event("kirim", 10, "name", "Budi S.");

        desk.kind("crm", ChangeKind.DELETE, 30);

        assertThat(desk.reasons()).containsExactly(Reason.GONE, Reason.DELETE_REVIEW);
    }

    @Test
    void a_person_decides_what_becomes_of_it() {
        Desk kept = deleted().event("kirim", 31, "name", "Budi S.");
        kept.take(new Input.ReviewAnswer(kept.now, kept.next(), "L", "kirim", null, Input.Answer.LEAVE));
        assertThat(stage(kept, "kirim")).isNull();
        assertThat(kept.plan.due()).isEmpty();

        Desk archived = deleted().event("kirim", 31, "name", "Budi S.");
        archived.take(
                new Input.ReviewAnswer(archived.now, archived.next(), "L", "kirim", null, Input.Answer.USE_AGREED));
        assertThat(stage(archived, "kirim")).isEqualTo(Stage.LET_GO);
        assertThat(archived.due("kirim")).contains(Due.Need.ARCHIVE);
    }

    @Test
    void what_comes_back_before_it_was_archived_is_archived_nowhere() {
        Desk desk = deleted().kind("crm", ChangeKind.RESTORE, 40);
        assertThat(desk.due("crm")).contains(Due.Need.READ);
        assertThat(desk.due("kirim")).isEmpty();

        desk.read("crm", desk.link.seq(), 41, "name", "Budi", "email", "b@x.id");
        assertThat(stage(desk, "kirim")).isNull();
        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void who_was_restored_is_not_archived_for_a_deletion_elsewhere_that_may_be_the_earlier_one() {
        Desk desk = settled().kind("kirim", ChangeKind.ARCHIVE, 30).kind("kirim", ChangeKind.RESTORE, 40);
        desk.read("kirim", desk.link.seq(), 41, "name", "Budi", "email", "b@x.id");

        desk.kind("crm", ChangeKind.DELETE, 35);

        assertThat(desk.reasons()).containsExactly(Reason.GONE, Reason.DELETE_REVIEW);
    }

    @Test
    void what_waits_for_its_budget_is_kept_in_step() {
        Desk desk = inStep().kind("crm", ChangeKind.DELETE, 30);
        assertThat(stage(desk, "kirim")).isEqualTo(Stage.HELD_BACK);
        assertThat(desk.due("kirim")).contains(Due.Need.UPDATE);

        desk.write("kirim").done("kirim", 31, "email", "b@x.id");
        assertThat(desk.due("kirim")).contains(Due.Need.ARCHIVE);
    }

    @Test
    void a_restore_that_is_told_twice_and_late_is_no_new_deletion() {
        Desk desk = letGo(deleted()).write("kirim");
        desk.read("kirim", desk.link.seq(), 40, "name", "Budi", "email", "b@x.id")
                .write("kirim");
        desk.outcome("kirim", new Outcome.Done(desk.ref("kirim"), null));
        desk.kind("kirim", ChangeKind.RESTORE, 50)
                .read("kirim", desk.link.seq(), 51, "name", "Budi", "email", "b@x.id");

        desk.kind("crm", ChangeKind.RESTORE, 20);
        assertThat(desk.due("crm")).contains(Due.Need.READ);
        desk.read("crm", desk.link.seq(), new Read.Gone(AsOf.at(Desk.START.plusSeconds(30)), false));

        assertThat(stage(desk, "kirim")).isNull();
        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void who_is_told_to_be_restored_after_the_deletion_is_asked_about_though_nobody_had_told_that_they_were_gone() {
        Desk desk = deleted();
        assertThat(stage(desk, "kirim")).isEqualTo(Stage.HELD_BACK);

        desk.kind("kirim", ChangeKind.RESTORE, 40);

        assertThat(stage(desk, "kirim")).isEqualTo(Stage.ASKED);
        assertThat(desk.plan.reviews()).hasSize(1);
    }

    @Test
    void a_deletion_that_is_told_after_the_restoration_that_followed_it_is_looked_at_first() {
        Desk desk = settled().kind("crm", ChangeKind.RESTORE, 31).kind("crm", ChangeKind.ARCHIVE, 30);

        assertThat(stage(desk, "kirim")).isNull();
        assertThat(desk.due("crm")).contains(Due.Need.READ);
        desk.read("crm", desk.link.seq(), 32, "name", "Budi", "email", "b@x.id");
        assertThat(stage(desk, "kirim")).isNull();
        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void an_older_restoration_says_nothing_of_it() {
        Desk desk = deleted();

        desk.kind("kirim", ChangeKind.RESTORE, -10);

        assertThat(stage(desk, "kirim")).isEqualTo(Stage.HELD_BACK);
    }

    @Test
    void a_restored_record_is_read_before_anything_is_written_and_given_what_it_missed() {
        Desk desk = desk(RecordRule.FOLLOW, RecordRule.FOLLOW)
                .has("kirim", "name", "Budi")
                .has("crm", "name", "Budi", "email", "b@x.id");
        desk.kind("crm", ChangeKind.ARCHIVE, 30).event("kirim", 40, "name", "Budi S.");
        assertThat(desk.due("crm")).isEmpty();

        desk.kind("crm", ChangeKind.RESTORE, 50);
        assertThat(desk.due("crm")).contains(Due.Need.READ);

        desk.read("crm", desk.link.seq(), 51, "name", "Budi", "email", "b@x.id");
        assertThat(desk.agreed(Contact.NAME).toString()).contains("Budi S.");
        assertThat(desk.due("crm")).contains(Due.Need.UPDATE);
    }

    @Test
    void an_archive_that_was_refused_asks_a_person_and_one_put_off_is_due_again() {
        Desk desk = letGo(deleted()).write("kirim");
        desk.read("kirim", desk.link.seq(), 40, "name", "Budi", "email", "b@x.id")
                .write("kirim");
        desk.outcome("kirim", new Outcome.Deferred(null, null, "busy"));
        assertThat(desk.due("kirim")).contains(Due.Need.ARCHIVE);

        desk.write("kirim");
        desk.read("kirim", desk.link.seq(), 41, "name", "Budi", "email", "b@x.id")
                .write("kirim");
        desk.outcome("kirim", new Outcome.Rejected(Outcome.Rejection.FORBIDDEN, null, null, "no"));
        assertThat(stage(desk, "kirim")).isEqualTo(Stage.ASKED);
        assertThat(desk.plan.reviews()).hasSize(1);
    }

    @Test
    void an_archive_of_unknown_outcome_is_settled_by_a_read() {
        Desk desk = letGo(deleted()).write("kirim");
        desk.read("kirim", desk.link.seq(), 40, "name", "Budi", "email", "b@x.id")
                .write("kirim");
        desk.outcome("kirim", new Outcome.Unknown("lost"));
        assertThat(desk.due("kirim")).contains(Due.Need.READ);

        desk.read("kirim", desk.link.seq(), new Read.Gone(AsOf.at(Desk.START.plusSeconds(50)), true));
        assertThat(desk.link.side("kirim").presence()).isEqualTo(Presence.ARCHIVED);
        assertThat(desk.reasons()).containsExactly(Reason.ARCHIVED);
    }

    @Test
    void an_archive_that_got_lost_is_not_begun_again_over_an_edit_that_was_seen_meanwhile() {
        Desk desk = letGo(deleted()).write("kirim");
        desk.read("kirim", desk.link.seq(), 40, "name", "Budi", "email", "b@x.id")
                .write("kirim");

        desk.event("kirim", 45, "name", "Budi S.");
        assertThat(desk.reasons()).contains(Reason.DELETE_REVIEW);
        desk.outcome("kirim", new Outcome.Unknown("lost"));
        desk.read("kirim", desk.link.seq(), 50, "name", "Budi S.", "email", "b@x.id");

        assertThat(stage(desk, "kirim")).isEqualTo(Stage.ASKED);
        assertThat(desk.due("kirim")).isEmpty();
    }

    @Test
    void nothing_is_archived_while_a_read_is_wanted_that_may_bring_an_edit() {
        Desk desk = letGo(deleted());
        desk.kind("kirim", ChangeKind.GAP, 41);
        assertThat(desk.due("kirim")).contains(Due.Need.READ);

        desk.write("kirim");

        assertThat(desk.link.side("kirim").inFlight()).isNull();
    }

    @Test
    void a_deletion_while_an_edit_of_others_was_in_flight_asks_a_person() {
        Desk desk = settled().event("kirim", 10, "name", "Budi S.").write("crm");

        desk.kind("crm", ChangeKind.DELETE, 30);

        assertThat(desk.reasons()).containsExactly(Reason.GONE, Reason.DELETE_REVIEW);
    }
}
