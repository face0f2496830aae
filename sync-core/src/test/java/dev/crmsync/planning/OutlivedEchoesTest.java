package dev.crmsync.planning;

import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.Policy;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.Evidence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What we sent is an echo only until something that was sent later is known to stand. */
class OutlivedEchoesTest {
    private static final Mapping MAPPING = Mapping.of(Contact.TYPE, FieldMapping.direct(NAME, "name"));

    /** The first value was sent, its answer was lost, and a read has shown it. */
    private static Desk firstSent() {
        Policy policy =
                Policy.named("the crm owns names").type(RecordType.CONTACT, contact -> contact.owned(NAME, "crm"));
        Desk desk = new Desk(
                Desk.rules(
                        policy,
                        new CreateLookup.UniqueUpsert(),
                        Map.of("kirim", List.of(MAPPING), "crm", List.of(MAPPING))),
                Contact.TYPE);
        desk.has("crm", "name", "Old").has("kirim", "name", "Old");
        desk.event("crm", 10, "name", "First").write("kirim").outcome("kirim", new Outcome.Unknown("lost"));
        desk.read("kirim", desk.link.seq(), 11, "name", "First");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.ECHO);
        return desk.event("crm", 20, "name", "Second").write("kirim");
    }

    @Test
    void a_value_set_back_to_one_that_we_sent_before_a_later_write_was_confirmed_is_an_edit() {
        Desk desk = firstSent().done("kirim", 21, "name", "Second");
        assertThat(desk.plan.due()).isEmpty();

        desk.event("kirim", 30, "name", "First");

        assertThat(desk.reasons(NAME)).containsExactly(Reason.OVERRULED_BY_OWNER);
        assertThat(desk.due("kirim")).contains(Due.Need.UPDATE);
    }

    @Test
    void so_it_is_when_the_later_write_was_only_seen_by_a_read() {
        Desk desk = firstSent().outcome("kirim", new Outcome.Unknown("lost"));
        desk.read("kirim", desk.link.seq(), 21, "name", "Second");
        assertThat(desk.plan.due()).isEmpty();

        desk.event("kirim", 30, "name", "First");

        assertThat(desk.reasons(NAME)).containsExactly(Reason.OVERRULED_BY_OWNER);
        assertThat(desk.due("kirim")).contains(Due.Need.UPDATE);
    }

    @Test
    void a_value_that_a_read_has_shown_never_to_have_landed_is_an_edit_when_somebody_enters_it() {
        Desk desk = firstSent().outcome("kirim", new Outcome.Unknown("lost"));
        desk.read("kirim", desk.link.seq(), 21, "name", "First");
        desk.event("crm", 30, "name", "First");
        assertThat(desk.plan.due()).isEmpty();

        desk.event("kirim", 40, "name", "Second");

        assertThat(desk.reasons(NAME)).containsExactly(Reason.OVERRULED_BY_OWNER);
        assertThat(desk.due("kirim")).contains(Due.Need.UPDATE);
    }

    @Test
    void a_read_of_an_index_disproves_nothing() {
        Desk desk = firstSent().outcome("kirim", new Outcome.Unknown("lost"));
        desk.event("kirim", 21, Evidence.INDEX, "name", "First").event("crm", 30, "name", "First");

        desk.event("kirim", 40, "name", "Second");

        assertThat(desk.reasons(NAME)).containsExactly(Reason.ECHO);
    }

    @Test
    void the_later_value_itself_goes_on_being_an_echo() {
        Desk desk = firstSent().outcome("kirim", new Outcome.Unknown("lost"));

        desk.event("kirim", 22, "name", "Second");

        assertThat(desk.reasons(NAME)).containsExactly(Reason.ECHO);
    }

    @Test
    void a_write_that_lands_after_a_read_has_missed_it_causes_no_write() {
        Desk desk = firstSent().outcome("kirim", new Outcome.Unknown("lost"));
        desk.read("kirim", desk.link.seq(), 19, "name", "First");
        assertThat(desk.due("kirim")).contains(Due.Need.UPDATE);

        desk.event("kirim", 22, "name", "Second");

        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void a_value_that_was_seen_to_arrive_and_to_be_edited_is_an_edit_when_it_comes_back_before_the_answer() {
        Desk desk = firstSent().event("kirim", 21, "name", "Second");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.ECHO);
        desk.event("kirim", 22, "name", "Third").event("crm", 23, "name", "Third");

        desk.event("kirim", 30, "name", "Second");

        assertThat(desk.reasons(NAME)).containsExactly(Reason.OVERRULED_BY_OWNER);
    }

    @Test
    void so_it_is_when_the_later_write_was_only_told_of() {
        Desk desk = firstSent().outcome("kirim", new Outcome.Unknown("lost"));
        desk.event("kirim", 21, "name", "Second");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.ECHO);

        desk.event("kirim", 30, "name", "First");

        assertThat(desk.reasons(NAME)).containsExactly(Reason.OVERRULED_BY_OWNER);
    }
}
