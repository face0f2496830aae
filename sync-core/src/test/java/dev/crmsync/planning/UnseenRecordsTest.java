package dev.crmsync.planning;

import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Value.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.Policies;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of a record that was never seen nothing is believed but what is told of it whole, or of it itself. */
class UnseenRecordsTest {
    private static final Mapping MAPPING =
            Mapping.of(Contact.TYPE, FieldMapping.direct(NAME, "name"), FieldMapping.direct(EMAIL, "email"));

    private static Desk desk() {
        return new Desk(
                Desk.rules(
                        Policies.guide().primaryCrm("crm"),
                        new CreateLookup.UniqueUpsert(),
                        Map.of("kirim", List.of(MAPPING), "crm", List.of(MAPPING))),
                Contact.TYPE);
    }

    private static Desk born() {
        Desk desk = desk();
        return desk.take(new Input.Identity(desk.now, desk.next(), new IdentityChange.Born("L", desk.ref("kirim"))));
    }

    @Test
    void a_part_that_is_told_of_a_record_never_seen_makes_nothing_before_it_was_read() {
        Desk desk = born().event("kirim", 10, "name", "Mary");

        assertThat(desk.plan.decisions()).singleElement().satisfies(decision -> {
            assertThat(decision.reason()).isEqualTo(Reason.UNIDENTIFIED);
            assertThat(decision.asOf()).isEqualTo(AsOf.at(Desk.START.plusSeconds(10)));
        });
        assertThat(desk.link.agreed()).isEmpty();
        assertThat(desk.due("kirim")).contains(Due.Need.READ);
        assertThat(desk.due("crm")).isEmpty();

        desk.read("kirim", desk.link.seq(), 11, "name", "Mary", "email", "mary@example.com");

        assertThat(desk.agreed(NAME)).isEqualTo(text("Mary"));
        assertThat(desk.due("crm")).contains(Due.Need.CREATE);
    }

    @Test
    void a_record_that_is_told_of_whole_is_believed_at_once() {
        Desk desk = born();
        desk.observe(
                ChangeEvent.full(desk.ref("kirim"), Desk.values("name", "Mary"), AsOf.at(Desk.START), Evidence.EVENT));

        assertThat(desk.reasons(NAME)).containsExactly(Reason.BASELINE_AGREED);
        assertThat(desk.due("crm")).contains(Due.Need.CREATE);
    }

    @Test
    void a_create_that_answers_for_another_record_than_the_links_says_nothing_of_that_one() {
        Desk desk =
                desk().has("kirim", "name", "Mary", "email", "mary@example.com").write("crm");
        desk.has("crm", "name", "Maria", "email", "maria@example.com");
        RecordRef made = new RecordRef("crm", Contact.TYPE, "crm-made");

        desk.outcome(
                "crm",
                new Outcome.Done(
                        made,
                        ChangeEvent.full(
                                made,
                                Desk.values("name", "Mary", "email", "mary@example.com"),
                                AsOf.at(Desk.START.plusSeconds(30)),
                                Evidence.READ)));

        Side crm = desk.link.side("crm");
        assertThat(crm.record()).isEqualTo("crm-1");
        assertThat(crm.secondaries()).containsExactly("crm-made");
        assertThat(crm.raw())
                .containsEntry("name", NativeValue.text("Maria"))
                .containsEntry("email", NativeValue.text("maria@example.com"));
        assertThat(crm.inFlight()).isNull();
        assertThat(desk.agreed(NAME)).isEqualTo(text("Maria"));
        assertThat(desk.plan.reviews()).singleElement().isInstanceOfSatisfying(ReviewChange.Opened.class, review -> {
            assertThat(review.reason()).isEqualTo(Reason.DUPLICATE_REVIEW);
        });
        assertThat(desk.due("kirim")).contains(Due.Need.UPDATE);
        assertThat(desk.due("crm")).isEmpty();
    }

    @Test
    void nor_does_one_whose_answer_shows_nothing() {
        Desk desk = desk().has("kirim", "name", "Mary").write("crm");
        desk.has("crm", "name", "Maria", "email", "maria@example.com");

        desk.outcome("crm", new Outcome.Done(new RecordRef("crm", Contact.TYPE, "crm-made"), null));

        assertThat(desk.link.side("crm").raw()).containsEntry("name", NativeValue.text("Maria"));
        assertThat(desk.due("crm")).isEmpty();
        assertThat(desk.agreed(NAME)).isEqualTo(text("Maria"));
    }

    @Test
    void what_is_decided_of_a_whole_record_tells_as_of_when() {
        AsOf then = AsOf.at(Desk.START.plusSeconds(60));
        RecordRef second = new RecordRef("kirim", Contact.TYPE, "kirim-2");
        ChangeEvent other = ChangeEvent.full(second, Desk.values("name", "M"), then, Evidence.EVENT);

        assertThat(decision(desk().has("kirim", "name", "M").observe(other), Reason.SECONDARY))
                .isEqualTo(then);
        assertThat(decision(desk().has("kirim", "name", "M").kind("kirim", ChangeKind.DELETE, 60), Reason.GONE))
                .isEqualTo(then);
        Desk erased = desk().has("kirim", "name", "M");
        erased.take(new Input.Erase(erased.now, erased.next(), "L")).event("kirim", 60, "name", "N");
        assertThat(decision(erased, Reason.ERASED)).isEqualTo(then);
        Desk overtaken = desk().has("kirim", "name", "M").kind("kirim", ChangeKind.GAP, 50);
        long issued = overtaken.link.seq();
        overtaken.event("kirim", 70, "name", "N").read("kirim", issued, 60, "name", "M");
        assertThat(decision(overtaken, Reason.OVERTAKEN)).isEqualTo(then);
    }

    private static AsOf decision(Desk desk, Reason reason) {
        assertThat(desk.reasons()).containsExactly(reason);
        return desk.plan.decisions().get(0).asOf();
    }
}
