package dev.crmsync.planning;

import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.NativeValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DebounceTest {
    private static final Duration QUIET = Duration.ofSeconds(10);

    private static Desk desk() {
        Mapping mapping =
                Mapping.of(Contact.TYPE, FieldMapping.direct(NAME, "name"), FieldMapping.direct(EMAIL, "email"));
        Policy policy = Policy.named("typed")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(NAME, "kirim")
                                .debounced(NAME, QUIET)
                                .owned(EMAIL, "kirim")
                                .records("crm", RecordRule.CREATE));
        Desk desk = new Desk(
                Desk.rules(
                        policy,
                        new CreateLookup.UniqueUpsert(),
                        Map.of("kirim", List.of(mapping), "crm", List.of(mapping.withExternalId("key")))),
                Contact.TYPE);
        return desk.has("kirim", "name", "B", "email", "b@example.com");
    }

    private static Desk inStep() {
        Desk desk = desk().has("crm", "name", "B", "email", "b@example.com");
        return desk.read("crm", desk.link.seq(), 1, "name", "B", "email", "b@example.com");
    }

    private static Due due(Desk desk) {
        return desk.plan.due().get(0);
    }

    @Test
    void a_burst_of_keystrokes_gives_one_write_once_the_value_has_stood() {
        Desk desk = inStep();
        for (int key = 1; key <= 4; key++) {
            desk.after(Duration.ofSeconds(1)).event("kirim", 10 + key, "name", "Budi".substring(0, key) + "!");
            assertThat(due(desk)).isEqualTo(new Due("L", "crm", Due.Need.UPDATE, desk.now.plus(QUIET), null));
        }
        desk.after(Duration.ofSeconds(9)).write("crm");
        assertThat(desk.link.side("crm").inFlight()).isNull();
        desk.after(Duration.ofSeconds(1)).write("crm");
        assertThat(desk.sent("crm")).containsExactly(Map.entry("name", NativeValue.text("Budi!")));
    }

    @Test
    void somebody_who_never_stops_typing_is_heard_after_ten_times_as_long() {
        Desk desk = inStep();
        Instant first = desk.now.plusSeconds(5);
        for (int key = 1; key <= 30; key++) {
            desk.after(Duration.ofSeconds(5)).event("kirim", 10 + 5 * key, "name", "Budi" + "!".repeat(key));
        }
        assertThat(due(desk).notBefore()).isAfter(first.plus(QUIET.multipliedBy(10)));

        Desk impatient = inStep();
        for (int key = 1; key <= 19; key++) {
            impatient.after(Duration.ofSeconds(5)).event("kirim", 10 + 5 * key, "name", "Budi" + "!".repeat(key));
        }
        assertThat(due(impatient).notBefore()).isEqualTo(first.plus(QUIET.multipliedBy(10)));
    }

    @Test
    void a_field_beside_it_goes_at_once_and_alone() {
        Desk desk = inStep().event("kirim", 20, "name", "Bu").event("kirim", 21, "email", "budi@example.com");
        assertThat(due(desk).notBefore()).isNull();
        desk.write("crm");
        assertThat(desk.sent("crm")).containsOnlyKeys("email");
        desk.done("crm", 22, "email", "budi@example.com");
        assertThat(due(desk)).isEqualTo(new Due("L", "crm", Due.Need.UPDATE, desk.now.plus(QUIET), null));
    }

    @Test
    void what_is_seen_for_the_first_time_is_not_half_typed() {
        Desk desk = desk();
        assertThat(due(desk)).isEqualTo(new Due("L", "crm", Due.Need.CREATE, null, null));
    }

    @Test
    void a_new_record_waits_until_all_that_it_is_given_has_stood() {
        Desk desk = desk().event("kirim", 20, "name", "Bu");
        assertThat(due(desk).notBefore()).isEqualTo(desk.now.plus(QUIET));
        desk.write("crm");
        assertThat(desk.link.side("crm").inFlight()).isNull();
        desk.after(QUIET).write("crm");
        assertThat(desk.sent("crm")).containsEntry("name", NativeValue.text("Bu"));
    }
}
