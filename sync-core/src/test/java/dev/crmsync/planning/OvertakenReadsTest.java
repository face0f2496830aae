package dev.crmsync.planning;

import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Value.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.Policies;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.ChangeKind;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is told while a read is under way overtakes it, even where the telling wants nothing but a read itself. */
class OvertakenReadsTest {
    private static final Mapping KIRIM = Mapping.of(Contact.TYPE, FieldMapping.direct(NAME, "name"));
    private static final Mapping CRM =
            Mapping.of(Contact.TYPE, FieldMapping.of(NAME, new Lens.Joined(List.of("firstname", "lastname"), " ")));

    private static Desk desk() {
        return new Desk(
                Desk.rules(
                        Policies.guide().primaryCrm("crm"),
                        new CreateLookup.UniqueUpsert(),
                        Map.of("kirim", List.of(KIRIM), "crm", List.of(CRM))),
                Contact.TYPE);
    }

    private static Desk inStep() {
        return desk().has("kirim", "name", "Ana Lee").has("crm", "firstname", "Ana", "lastname", "Lee");
    }

    private static void isOvertakenBy(Desk desk, Consumer<Desk> meanwhile) {
        assertThat(desk.due("crm")).contains(Due.Need.READ);
        long issued = desk.link.seq();
        meanwhile.accept(desk);
        desk.read("crm", issued, 60, "firstname", "Ana", "lastname", "Lee");
        assertThat(desk.reasons()).containsExactly(Reason.OVERTAKEN);
        assertThat(desk.due("crm")).contains(Due.Need.READ);

        desk.read("crm", desk.link.seq(), 70, "firstname", "Mary", "lastname", "Young");

        assertThat(desk.agreed(NAME)).isEqualTo(text("Mary Young"));
        assertThat(desk.due("crm")).isEmpty();
    }

    @Test
    void by_a_further_change_of_which_nothing_is_told() {
        isOvertakenBy(inStep().kind("crm", ChangeKind.GAP, 60), desk -> desk.kind("crm", ChangeKind.GAP, 70));
    }

    @Test
    void by_an_edit_of_a_part() {
        isOvertakenBy(inStep().kind("crm", ChangeKind.GAP, 60), desk -> desk.event("crm", 70, "lastname", "Young"));
    }

    @Test
    void by_a_value_that_nobody_can_order() {
        isOvertakenBy(
                inStep().kind("crm", ChangeKind.GAP, 60),
                desk -> desk.event("crm", 0, "firstname", "Mary", "lastname", "Young"));
    }

    @Test
    void by_a_part_of_a_record_never_seen() {
        Desk desk = desk().has("kirim", "name", "Ana Lee");
        desk.take(new Input.Identity(
                desk.now,
                desk.next(),
                new IdentityChange.Attached("L", desk.ref("crm"), IdentityChange.Attached.JOIN_KEY)));
        desk.event("crm", 60, "lastname", "Lee");

        isOvertakenBy(desk, told -> told.event("crm", 70, "lastname", "Young"));
    }

    @Test
    void and_not_by_what_says_the_same_as_before() {
        Desk desk = inStep().kind("crm", ChangeKind.GAP, 60);
        long issued = desk.link.seq();
        desk.event("crm", 0, "firstname", "Ana", "lastname", "Lee");

        desk.read("crm", issued, 60, "firstname", "Mary", "lastname", "Lee");

        assertThat(desk.agreed(NAME)).isEqualTo(text("Mary Lee"));
        assertThat(desk.due("crm")).isEmpty();
    }
}
