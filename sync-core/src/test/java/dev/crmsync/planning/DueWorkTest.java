package dev.crmsync.planning;

import static dev.crmsync.planning.Due.Need.CREATE;
import static dev.crmsync.planning.Due.Need.UPDATE;
import static dev.crmsync.spi.field.Value.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is due at a system, when it may be done, which link it waits for, and what it would change. */
class DueWorkTest {
    private static final Field SUBJECT = Field.of("subject", FieldType.TEXT);
    private static final Field BODY = Field.of("body", FieldType.TEXT);
    private static final Field COMPANY = Field.reference("company", "company");
    private static final Field PERSON = Field.reference("person", "contact");
    private static final RecordType TICKET = new RecordType("ticket", List.of(SUBJECT, BODY, COMPANY, PERSON));
    private static final RecordType CONTACT = new RecordType("contact", List.of(SUBJECT));
    private static final RecordType COMPANIES = new RecordType("company", List.of(SUBJECT));
    private static final Mapping MAPPING = Mapping.of(
                    "ticket",
                    FieldMapping.direct(SUBJECT, "subject"),
                    FieldMapping.direct(BODY, "body"),
                    FieldMapping.of(COMPANY, new Lens.ReferenceTo("company_id", "company")),
                    FieldMapping.of(PERSON, new Lens.ReferenceTo("person_id", "contact")))
            .withExternalId("kirim_id");
    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(60);

    private static Desk desk(Mapping crm) {
        Policy policy = Policy.named("tickets")
                .type(
                        TICKET,
                        ticket -> ticket.owned(SUBJECT, "kirim")
                                .debounced(SUBJECT, SHORT)
                                .owned(BODY, "kirim")
                                .debounced(BODY, LONG)
                                .owned(COMPANY, "kirim")
                                .owned(PERSON, "kirim")
                                .records("crm", RecordRule.CREATE))
                .type(COMPANIES, company -> company.owned(SUBJECT, "kirim"))
                .type(CONTACT, contact -> contact.owned(SUBJECT, "kirim").records("crm", RecordRule.CREATE));
        return new Desk(
                Desk.rules(
                        policy,
                        new CreateLookup.UniqueUpsert(),
                        Map.of("kirim", List.of(MAPPING), "crm", List.of(crm))),
                "ticket");
    }

    private static Desk desk() {
        return desk(MAPPING);
    }

    /** Kirim's ticket, of a company that sync does not make in the CRM and a person that it does. */
    private static Desk seen(Desk desk, int second, String... properties) {
        return desk.take(new Input.Observed(
                desk.now,
                desk.next(),
                "L",
                ChangeEvent.full(
                        desk.ref("kirim"),
                        Desk.values(properties),
                        AsOf.at(Desk.START.plusSeconds(second)),
                        Evidence.READ),
                Map.of(
                        new RecordRef("kirim", "company", "c1"), "COMPANY",
                        new RecordRef("kirim", "contact", "p1"), "PERSON")));
    }

    private static Desk born(Desk desk) {
        return desk.take(new Input.Identity(desk.now, desk.next(), new IdentityChange.Born("L", desk.ref("kirim"))));
    }

    private static Desk referring(Mapping crm) {
        return seen(born(desk(crm)), 1, "subject", "Help", "body", "", "company_id", "c1", "person_id", "p1");
    }

    private static Due due(Desk desk) {
        assertThat(desk.plan.due()).hasSize(1);
        return desk.plan.due().get(0);
    }

    // When

    @Test
    void of_an_existing_record_the_first_field_goes_as_soon_as_it_has_stood() {
        Desk desk = desk().has("kirim", "subject", "S", "body", "B").has("crm", "subject", "S", "body", "B");
        desk.read("crm", desk.link.seq(), 1, "subject", "S", "body", "B");
        desk.event("kirim", 10, "subject", "S2", "body", "B2");
        assertThat(due(desk)).isEqualTo(new Due("L", "crm", UPDATE, desk.now.plus(SHORT), null));
    }

    @Test
    void a_new_record_goes_when_all_that_it_is_given_has_stood() {
        Desk desk = desk().has("kirim", "subject", "S", "body", "B");
        assertThat(due(desk)).isEqualTo(new Due("L", "crm", CREATE, null, null));
        desk.event("kirim", 10, "subject", "S2", "body", "B2");
        assertThat(due(desk)).isEqualTo(new Due("L", "crm", CREATE, desk.now.plus(LONG), null));
        Desk one = desk().has("kirim", "subject", "S", "body", "B").event("kirim", 10, "subject", "S2");
        assertThat(due(one)).isEqualTo(new Due("L", "crm", CREATE, one.now.plus(SHORT), null));
    }

    // For whom it waits

    @Test
    void a_new_record_waits_for_no_parent_that_it_can_do_without() {
        Desk desk = referring(MAPPING).write("crm");
        assertThat(desk.sent("crm")).containsOnlyKeys("subject");
        assertThat(desk.reasons(COMPANY)).containsExactly(Reason.WAITING_FOR_PARENT);
        assertThat(desk.reasons(PERSON)).containsExactly(Reason.WAITING_FOR_PARENT);
    }

    @Test
    void one_that_needs_a_parent_waits_for_that_one() {
        for (Field needed : List.of(COMPANY, PERSON)) {
            Desk desk = referring(MAPPING.requiring(needed)).write("crm");
            assertThat(desk.sent("crm")).isEmpty();
            assertThat(due(desk).waitingOn()).isEqualTo(needed.equals(COMPANY) ? "COMPANY" : "PERSON");
        }
    }

    @Test
    void what_lacks_parents_alone_waits_for_the_one_that_sync_will_make() {
        Desk desk = referring(MAPPING)
                .write("crm")
                .done("crm", 2, "subject", "Help", "company_id", null, "person_id", null);
        desk.write("crm");
        assertThat(due(desk)).isEqualTo(new Due("L", "crm", UPDATE, null, "PERSON"));
    }

    @Test
    void what_has_something_to_send_besides_waits_for_nobody() {
        Desk desk = referring(MAPPING)
                .write("crm")
                .done("crm", 2, "subject", "Help", "company_id", null, "person_id", null);
        desk.write("crm");
        desk.event("kirim", 10, "subject", "Help!").after(SHORT);
        assertThat(due(desk).waitingOn()).isNull();
    }

    // What it would change

    @Test
    void a_preview_of_a_new_record_tells_all_that_it_would_be_given() {
        Desk desk = desk().has("kirim", "subject", "S", "body", "B");
        Difference.Preview preview =
                Difference.preview(desk.link, "crm", desk.rules).orElseThrow();
        assertThat(preview.need()).isEqualTo(CREATE);
        assertThat(preview.changes())
                .containsExactly(
                        new Difference.FieldChange("body", null, text("B")),
                        new Difference.FieldChange("subject", null, text("S")));
    }

    @Test
    void a_preview_of_an_update_tells_what_stands_there_and_what_would_take_its_place() {
        Desk desk = desk().has("kirim", "subject", "S", "body", "B").has("crm", "subject", "S", "body", "B");
        assertThat(Difference.preview(desk.link, "crm", desk.rules)).isEmpty();
        desk.event("kirim", 10, "subject", "S2");
        Difference.Preview preview =
                Difference.preview(desk.link, "crm", desk.rules).orElseThrow();
        assertThat(preview.need()).isEqualTo(UPDATE);
        assertThat(preview.changes()).containsExactly(new Difference.FieldChange("subject", text("S"), text("S2")));
    }

    // No work

    @Test
    void a_link_that_was_taken_over_or_erased_has_nothing_due() {
        Desk desk = desk().has("kirim", "subject", "S");
        LinkState link = desk.link;
        assertThat(Planner.due(link, desk.rules)).isNotEmpty();
        List<LinkState> ended = new ArrayList<>();
        ended.add(new LinkState(
                "L", "ticket", link.seq(), link.rulesHash(), link.agreed(), link.sides(), link.apart(), "M", false));
        ended.add(new LinkState(
                "L", "ticket", link.seq(), link.rulesHash(), link.agreed(), link.sides(), link.apart(), null, true));
        for (LinkState end : ended) {
            assertThat(Planner.due(end, desk.rules)).isEmpty();
            assertThat(Difference.preview(end, "crm", desk.rules)).isEmpty();
        }
    }

    @Test
    void a_record_that_needs_a_field_is_not_made_while_that_is_blank() {
        Desk desk = desk(MAPPING.requiring(BODY)).has("kirim", "subject", "S", "body", "");
        assertThat(desk.plan.due()).isEmpty();
        Desk absent = desk(MAPPING.requiring(BODY)).has("kirim", "subject", "S");
        assertThat(absent.plan.due()).isEmpty();
        absent.event("kirim", 10, "body", "B");
        assertThat(due(absent).need()).isEqualTo(CREATE);
    }
}
