package dev.crmsync.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.Parting.Stage;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.Skew;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.ChangeKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is told of a record after the other one was removed speaks against archiving it, unless it was done before that. */
class ToldAfterADeletionTest {
    private static final RecordRule FOLLOWED = RecordRule.FOLLOW.deletesFollowed(Skew.within(Duration.ofSeconds(10)));

    private static Desk inStep() {
        return PartingsTest.desk(FOLLOWED, RecordRule.FOLLOW.archiving())
                .has("kirim", "name", "Budi", "email", "b@x.id")
                .has("crm", "name", "Budi", "email", "b@x.id");
    }

    private static Desk deleted() {
        return inStep().kind("crm", ChangeKind.DELETE, 30);
    }

    private static Stage stage(Desk desk) {
        Parting parting = desk.link.side("kirim").life().parting();
        return parting == null ? null : parting.stage();
    }

    @Test
    void a_restoration_that_was_done_before_the_deletion_speaks_not_against_it() {
        Desk desk = deleted().kind("kirim", ChangeKind.RESTORE, 19);

        assertThat(stage(desk)).isEqualTo(Stage.HELD_BACK);
        assertThat(desk.reasons()).doesNotContain(Reason.DELETE_REVIEW);
    }

    @Test
    void nor_does_an_edit() {
        Desk desk = deleted().event("kirim", 19, "name", "Edited");

        assertThat(desk.agreed(Contact.NAME).toString()).contains("Edited");
        assertThat(stage(desk)).isEqualTo(Stage.HELD_BACK);
    }

    @Test
    void one_that_may_be_later_for_all_that_the_two_clocks_tell_does() {
        assertThat(stage(deleted().kind("kirim", ChangeKind.RESTORE, 20))).isEqualTo(Stage.ASKED);
        assertThat(stage(deleted().event("kirim", 20, "name", "Edited"))).isEqualTo(Stage.ASKED);
        assertThat(stage(deleted().event("kirim", 31, "name", "Edited"))).isEqualTo(Stage.ASKED);
    }

    @Test
    void somebody_may_have_brought_back_a_record_that_was_said_to_be_gone_and_is_there_and_nothing_tells_when() {
        Desk desk = deleted().event("kirim", 1, "name", "Edited");
        desk.kind("kirim", ChangeKind.ARCHIVE, 1);
        assertThat(desk.due("kirim")).contains(Due.Need.READ);

        desk.read("kirim", desk.link.seq(), 1, "name", "Edited", "email", "b@x.id");

        assertThat(stage(desk)).isEqualTo(Stage.ASKED);
    }

    @Test
    void
            a_restoration_told_before_the_deletion_that_it_may_be_later_than_speaks_against_it_whatever_was_seen_there_since() {
        Desk desk = inStep().kind("crm", ChangeKind.RESTORE, 2);
        desk.read("crm", desk.link.seq(), 2, "name", "Budi", "email", "b@x.id");
        desk.event("kirim", 35, "name", "Budi").kind("kirim", ChangeKind.RESTORE, 25);

        desk.kind("crm", ChangeKind.DELETE, 30);

        assertThat(stage(desk)).isEqualTo(Stage.ASKED);
    }

    @Test
    void a_record_that_had_been_archived_and_is_there_was_brought_back_by_somebody_whatever_was_seen_of_it_since() {
        Desk desk = deleted();
        desk.event("kirim", 40, "name", "Budi").kind("kirim", ChangeKind.ARCHIVE, 25);

        assertThat(stage(desk)).isEqualTo(Stage.ASKED);
    }

    @Test
    void that_is_counted_once_however_often_it_is_told() {
        Desk desk = inStep().kind("kirim", ChangeKind.ARCHIVE, 20);
        desk.kind("kirim", ChangeKind.RESTORE, 22);
        desk.read("kirim", desk.link.seq(), 23, "name", "Budi", "email", "b@x.id");
        desk.event("kirim", 25, "name", "Budi S").write("crm").done("crm", 26, "name", "Budi S");
        desk.kind("crm", ChangeKind.DELETE, 30);
        assertThat(stage(desk)).isEqualTo(Stage.HELD_BACK);

        desk.kind("kirim", ChangeKind.ARCHIVE, 20).kind("kirim", ChangeKind.RESTORE, 22);

        assertThat(stage(desk)).isEqualTo(Stage.HELD_BACK);
    }

    @Test
    void a_restoration_that_a_coarse_clock_dates_later_than_the_read_that_it_led_to_is_counted_once_too() {
        Desk desk = inStep().kind("kirim", ChangeKind.ARCHIVE, 20);
        desk.kind("kirim", ChangeKind.RESTORE, 24);
        desk.read("kirim", desk.link.seq(), 22, "name", "Budi", "email", "b@x.id");
        desk.event("kirim", 25, "name", "Budi S").write("crm").done("crm", 26, "name", "Budi S");
        desk.kind("crm", ChangeKind.DELETE, 30);
        assertThat(stage(desk)).isEqualTo(Stage.HELD_BACK);

        desk.kind("kirim", ChangeKind.RESTORE, 24);

        assertThat(stage(desk)).isEqualTo(Stage.HELD_BACK);
    }

    @Test
    void nothing_is_archived_while_it_is_looked_whether_what_was_archived_elsewhere_has_come_back() {
        RecordRule archiving = RecordRule.FOLLOW.archiving();
        Desk desk = PartingsTest.three(FOLLOWED, archiving, archiving);
        desk.kind("crm", ChangeKind.DELETE, 30);
        for (String system : new String[] {"help", "kirim"}) {
            desk.take(new Input.ArchiveLetGo(desk.now, desk.next(), "L", system));
        }
        desk.write("kirim").read("kirim", desk.link.seq(), 40, "name", "Budi").write("kirim");
        desk.outcome("kirim", new Outcome.Done(desk.ref("kirim"), null));
        assertThat(desk.due("help")).contains(Due.Need.ARCHIVE);

        desk.kind("kirim", ChangeKind.RESTORE, 50);

        assertThat(desk.due("help")).isEmpty();
        desk.read("kirim", desk.link.seq(), 51, "name", "Budi");
        assertThat(desk.link.side("help").life().parting().stage()).isEqualTo(Stage.ASKED);
    }
}
