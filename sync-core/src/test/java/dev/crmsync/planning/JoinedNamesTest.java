package dev.crmsync.planning;

import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Value.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
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

/** A name that a system keeps in parts is taken whole or not at all, and written whole. */
class JoinedNamesTest {
    private static final Mapping KIRIM = Mapping.of(Contact.TYPE, FieldMapping.direct(NAME, "name"));
    private static final Mapping CRM =
            Mapping.of(Contact.TYPE, FieldMapping.of(NAME, new Lens.Joined(List.of("firstname", "lastname"), " ")));

    private static Desk ownedBy(String owner) {
        Policy policy = Policy.named("names")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(NAME, owner, owner.equals("crm") ? "kirim" : "crm")
                                .records("crm", RecordRule.CREATE));
        return new Desk(
                Desk.rules(
                        policy, new CreateLookup.UniqueUpsert(), Map.of("kirim", List.of(KIRIM), "crm", List.of(CRM))),
                Contact.TYPE);
    }

    private static Desk inStep(String owner) {
        return ownedBy(owner).has("kirim", "name", "Ana Lee").has("crm", "firstname", "Ana", "lastname", "Lee");
    }

    private static void isReadAndNothingTaken(Desk desk, String name) {
        assertThat(desk.reasons(NAME)).containsExactly(Reason.PARTIAL);
        isRead(desk);
        assertThat(desk.agreed(NAME)).isEqualTo(text(name));
        assertThat(desk.due("kirim")).isEmpty();
    }

    private static void isRead(Desk desk) {
        assertThat(desk.due("crm")).contains(Due.Need.READ);
    }

    @Test
    void an_edit_of_one_part_is_not_put_together_with_what_is_known_of_the_other() {
        Desk desk = inStep("crm");
        var before = desk.link.side("crm").seen();

        desk.event("crm", 60, "lastname", "Young");

        isReadAndNothingTaken(desk, "Ana Lee");
        assertThat(desk.link.side("crm").seen()).isEqualTo(before);
        desk.read("crm", desk.link.seq(), 61, "firstname", "Mary", "lastname", "Young");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.OWNER_EDIT);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Mary Young"));
    }

    @Test
    void an_edit_of_one_part_is_not_put_together_with_another_that_nobody_can_order() {
        Desk desk = inStep("crm");
        AsOf minute = AsOf.coarse(Desk.START.plusSeconds(60), Duration.ofMinutes(1));
        desk.observe(ChangeEvent.partial(desk.ref("crm"), Desk.values("firstname", "Ana"), minute, Evidence.EVENT));

        desk.event("crm", 90, "firstname", "Mary", "lastname", "Young");

        isReadAndNothingTaken(desk, "Ana Lee");
    }

    @Test
    void nor_with_one_that_we_have_written_and_that_the_answer_did_not_show() {
        Desk desk = ownedBy("kirim").has("kirim", "name", "Ana Lee").has("crm", "lastname", "Lee");
        desk.kind("crm", ChangeKind.GAP, 5);
        desk.read("crm", desk.link.seq(), 6, "lastname", "Lee").write("crm");
        assertThat(desk.sent("crm")).containsOnlyKeys("firstname", "lastname");
        desk.event("crm", 40, "lastname", "Lee").outcome("crm", new Outcome.Done(desk.ref("crm"), null));
        assertThat(desk.link.side("crm").raw())
                .containsEntry("firstname", NativeValue.text("Ana"))
                .containsEntry("lastname", NativeValue.text("Lee"));
        assertThat(desk.plan.due()).isEmpty();

        desk.event("crm", 50, "firstname", "Mary", "lastname", "Young");

        isReadAndNothingTaken(desk, "Ana Lee");
        desk.read("crm", desk.link.seq(), 51, "firstname", "Mary", "lastname", "Young");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.OVERRULED_BY_OWNER);
    }

    @Test
    void nor_with_one_that_is_told_as_it_was_before_a_later_event() {
        Desk desk = inStep("crm").event("crm", 60, "firstname", "Ana", "lastname", "Lee");
        desk.observe(ChangeEvent.partial(
                desk.ref("crm"), Desk.values("firstname", "Ana"), AsOf.at(Desk.START.plusSeconds(80)), Evidence.EVENT));

        desk.event("crm", 70, "firstname", "Mary", "lastname", "Young");

        isReadAndNothingTaken(desk, "Ana Lee");
    }

    @Test
    void nor_with_one_that_may_be_about_to_change_by_a_write_of_ours() {
        Desk desk = inStep("kirim").event("kirim", 60, "name", "Mary Young").write("crm");

        desk.event("crm", 70, "firstname", "Ana", "lastname", "Smith");

        assertThat(desk.reasons(NAME)).containsExactly(Reason.PARTIAL);
        assertThat(desk.link.side("crm").raw()).containsEntry("lastname", NativeValue.text("Lee"));
        desk.outcome("crm", new Outcome.Done(desk.ref("crm"), null));
        isRead(desk);
    }

    @Test
    void all_parts_are_written_even_where_one_of_them_alone_has_changed() {
        Desk desk = inStep("kirim").event("kirim", 60, "name", "Ana Young").write("crm");

        assertThat(desk.sent("crm"))
                .containsExactlyInAnyOrderEntriesOf(Desk.values("firstname", "Ana", "lastname", "Young"));
    }

    @Test
    void a_part_that_we_sent_beside_one_that_we_did_not_is_an_edit_too() {
        Desk desk = inStep("kirim").event("kirim", 60, "name", "Mary Young").write("crm");
        desk.outcome("crm", new Outcome.Unknown("lost"));

        desk.event("crm", 70, "firstname", "Mary", "lastname", "Smith");

        assertThat(desk.reasons(NAME)).containsExactly(Reason.OVERRULED_BY_OWNER);
        assertThat(desk.link.side("crm").sent())
                .as("who enters it again is somebody else")
                .isEmpty();
    }

    @Test
    void and_beside_the_other_that_we_sent_or_alone_it_is_ours() {
        for (String[] shown : new String[][] {{"firstname", "Mary", "lastname", "Young"}, {"firstname", "Mary"}}) {
            Desk desk = inStep("kirim").event("kirim", 60, "name", "Mary Young").write("crm");
            desk.outcome("crm", new Outcome.Unknown("lost")).event("crm", 70, shown);
            assertThat(desk.reasons(NAME)).containsExactly(Reason.ECHO);
        }
    }

    @Test
    void a_record_of_which_one_part_was_told_is_read_before_its_name_counts() {
        Desk desk = ownedBy("crm").has("kirim", "name", "Ana Lee").has("crm", "firstname", "Mary");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.PARTIAL);
        assertThat(desk.link.side("crm").wanted().reason()).isEqualTo(Reason.PARTIAL);
    }

    @Test
    void a_part_that_our_write_left_as_it_was_is_no_sign_that_the_write_had_arrived() {
        Desk desk = inStep("kirim").event("kirim", 60, "name", "Mary Lee").write("crm");
        desk.outcome("crm", new Outcome.Unknown("lost"));
        desk.event("crm", 61, "firstname", "Bea", "lastname", "Young");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.OVERRULED_BY_OWNER);

        desk.read("crm", desk.link.seq(), 62, "firstname", "Mary", "lastname", "Lee");

        assertThat(desk.reasons(NAME)).containsExactly(Reason.ECHO);
    }
}
