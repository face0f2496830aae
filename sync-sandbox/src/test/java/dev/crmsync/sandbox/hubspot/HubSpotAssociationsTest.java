package dev.crmsync.sandbox.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Receiver;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import dev.crmsync.sandbox.admin.AdminClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Associations: their limits, their pages, what a bad row does, what merging, erasing and webhooks make of them. */
class HubSpotAssociationsTest {
    private static final String BATCH = "/crm/v4/associations/tickets/contacts/batch";

    private final Rig rig = new Rig();
    private final AdminClient admin = rig.sandbox.hubSpot().adminClient();
    private final HubSpotPeople people = rig.sandbox.hubSpot().people();
    private String ticket;
    private String ana;
    private String ben;

    @BeforeEach
    void make() throws IOException {
        ticket = people.makeTicket("Help", "1");
        ana = rig.hubSpotContact(Map.of("email", "ana@example.com"));
        ben = rig.hubSpotContact(Map.of("email", "ben@example.com"));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static Map<String, Object> typed(String from, String to, int type) {
        return Map.of(
                "from",
                Map.of("id", from),
                "to",
                Map.of("id", to),
                "types",
                List.of(Map.of("associationCategory", "HUBSPOT_DEFINED", "associationTypeId", type)));
    }

    private Answer send(String method, String path, Object body) throws IOException {
        return rig.hubSpot(method, path, body);
    }

    @Test
    void a_bad_row_fails_the_batch_or_by_dial_only_itself() throws IOException {
        Map<String, Object> body = Map.of("inputs", List.of(typed(ticket, ana, 16), typed(ticket, "1", 16)));
        assertThat(send("POST", BATCH + "/create", body).status()).isEqualTo(404);
        assertThat(people.associations()).isEmpty();
        admin.turn("associations.partial", "partial");
        Answer some = send("POST", BATCH + "/create", body);
        assertThat(some.status()).isEqualTo(207);
        assertThat(some.body().path("results")).hasSize(1);
        assertThat(some.body().path("numErrors").asInt()).isEqualTo(1);
        assertThat(people.associations()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 228, 1, 0})
    void a_type_of_another_direction_or_pair_is_refused(int type) throws IOException {
        Answer answer = send("POST", BATCH + "/create", Map.of("inputs", List.of(typed(ticket, ana, type))));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(people.associations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"read, 1000", "create, 2000", "archive, 100"})
    void each_batch_has_its_own_limit(String which, int most) throws IOException {
        Map<String, Object> row = which.equals("read")
                ? Map.of("id", ticket)
                : which.equals("create")
                        ? typed(ticket, ana, 16)
                        : Map.of("from", Map.of("id", ticket), "to", List.of(Map.of("id", ana)));
        String path = BATCH + "/" + which;
        assertThat(send("POST", path, Map.of("inputs", Collections.nCopies(most, row)))
                        .status())
                .isBetween(200, 299);
        assertThat(send("POST", path, Map.of("inputs", Collections.nCopies(most + 1, row)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void one_bad_association_fails_a_batch_of_notes_without_trace_ids_as_a_whole() throws IOException {
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (String to : List.of(ticket, "1")) {
            Map<String, Object> association = Map.of(
                    "to",
                    Map.of("id", to),
                    "types",
                    List.of(Map.of("associationCategory", "HUBSPOT_DEFINED", "associationTypeId", 228)));
            inputs.add(Map.of("properties", Map.of("hs_timestamp", "0"), "associations", List.of(association)));
        }
        assertThat(send("POST", "/crm/v3/objects/notes/batch/create", Map.of("inputs", inputs))
                        .status())
                .isEqualTo(404);
        assertThat(people.all("notes")).isEmpty();
    }

    @Test
    void pages_hold_while_what_they_show_is_taken_away() throws IOException {
        people.associate("tickets", ticket, "contacts", ben);
        people.associate("tickets", ticket, "contacts", ana);
        String path = "/crm/v4/objects/tickets/" + ticket + "/associations/contacts?limit=1";
        Answer first = send("GET", path, null);
        assertThat(first.body().at("/results/0/toObjectId").asText()).isEqualTo(ana);
        people.separate("tickets", ticket, "contacts", ana);
        String after = first.body().at("/paging/next/after").asText();
        Answer second = send("GET", path + "&after=" + after, null);
        assertThat(second.body().path("results").findValuesAsText("toObjectId")).containsExactly(ben);
        assertThat(second.body().has("paging")).isFalse();
        assertThat(send("GET", path.replace("limit=1", "limit=501"), null).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"new", "primary"})
    void what_was_merged_can_be_separated_by_its_old_ids(String id) throws IOException {
        admin.turn("merge.id", id);
        people.associate("tickets", ticket, "contacts", ana);
        people.associate("tickets", ticket, "contacts", ben);
        String merged = rig.contacts("POST", "/merge", Map.of("primaryObjectId", ana, "objectIdToMerge", ben))
                .body()
                .path("id")
                .asText();
        assertThat(people.associations())
                .containsExactlyInAnyOrder(
                        "tickets/" + ticket + ">contacts/" + merged, "contacts/" + merged + ">tickets/" + ticket);
        JsonNode read = send(
                        "POST",
                        "/crm/v4/associations/contacts/tickets/batch/read",
                        Map.of("inputs", List.of(Map.of("id", ben))))
                .body();
        assertThat(read.at("/results/0/to/0/toObjectId").asText()).isEqualTo(ticket);
        Map<String, Object> row = Map.of("from", Map.of("id", ticket), "to", List.of(Map.of("id", ben)));
        send("POST", BATCH + "/archive", Map.of("inputs", List.of(row)));
        assertThat(people.associations()).isEmpty();
    }

    @Test
    void an_erased_contact_leaves_no_association_behind() {
        people.associate("tickets", ticket, "contacts", ana);
        admin.any("POST", "/gdpr-delete", Map.of("id", ana));
        assertThat(people.associations()).isEmpty();
    }

    @Test
    void each_change_is_told_once_by_each_side_and_no_change_is_not_told() throws IOException {
        try (Receiver receiver = new Receiver()) {
            admin.any(
                    "PUT",
                    "/webhooks",
                    Map.of(
                            "targetUrl",
                            receiver.url(),
                            "subscriptions",
                            List.of("ticket.associationChange", "contact.associationChange")));
            String path = "/crm/v4/objects/tickets/" + ticket + "/associations/";
            send("PUT", path + "default/contacts/" + ana, null);
            send("PUT", path + "default/contacts/" + ana, null);
            send("DELETE", path + "contacts/" + ana, null);
            send("DELETE", path + "contacts/" + ana, null);
            assertThat(admin.awaitQuiet(Duration.ofSeconds(5))).isTrue();
            List<String> told = new ArrayList<>();
            receiver.received.forEach(hook -> hook.json()
                    .forEach(event -> told.add(event.path("associationType").asText() + " "
                            + event.path("fromObjectId").asText() + " "
                            + event.path("toObjectId").asText() + " "
                            + event.path("associationRemoved").asText() + " "
                            + event.path("changeSource").asText())));
            assertThat(told)
                    .containsExactlyInAnyOrder(
                            "TICKET_TO_CONTACT " + ticket + " " + ana + " false INTEGRATION",
                            "CONTACT_TO_TICKET " + ana + " " + ticket + " false INTEGRATION",
                            "TICKET_TO_CONTACT " + ticket + " " + ana + " true INTEGRATION",
                            "CONTACT_TO_TICKET " + ana + " " + ticket + " true INTEGRATION");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_association_moves_the_time_of_change_by_dial_only(boolean moves) throws IOException {
        admin.turn("associations.move_modified", moves);
        String before = modified();
        rig.clock.advance(Duration.ofSeconds(1));
        people.associate("tickets", ticket, "contacts", ana);
        assertThat(modified().equals(before)).isEqualTo(!moves);
    }

    private String modified() throws IOException {
        return send("GET", "/crm/v3/objects/tickets/" + ticket, null)
                .body()
                .at("/properties/hs_lastmodifieddate")
                .asText();
    }
}
