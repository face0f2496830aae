package dev.crmsync.sandbox.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Receiver;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.sandbox.http.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tickets, notes, associations, owners and lists. */
class HubSpotObjectsTest {
    private final Rig rig = new Rig();
    private final AdminClient admin = rig.sandbox.hubSpot().adminClient();

    @AfterEach
    void stop() {
        rig.close();
    }

    private Answer tickets(String method, String path, Object body) throws IOException {
        return rig.hubSpot(method, "/crm/v3/objects/tickets" + path, body);
    }

    private String ticket(String stage) throws IOException {
        return tickets("POST", "", Map.of("properties", Map.of("subject", "Help", "hs_pipeline_stage", stage)))
                .body()
                .path("id")
                .asText();
    }

    private String contact(String email) throws IOException {
        return rig.hubSpotContact(Map.of("email", email));
    }

    private static Map<String, Object> linked(String id, int typeId) {
        return Map.of(
                "to",
                Map.of("id", id),
                "types",
                List.of(Map.of("associationCategory", "HUBSPOT_DEFINED", "associationTypeId", typeId)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/crm/v3/objects/tickets",
                "/crm/v3/objects/0-5",
                "/crm/objects/2026-03/tickets",
                "/crm/objects/2026-09/0-5"
            })
    void a_ticket_is_made_below_each_path_and_needs_a_subject_and_a_stage(String base) throws IOException {
        JsonNode made = rig.hubSpot(
                        "POST", base, Map.of("properties", Map.of("subject", "Help", "hs_pipeline_stage", "1")))
                .body();
        assertThat(made.path("properties").path("hs_pipeline").asText()).isEqualTo("0");
        assertThat(made.path("properties").has("hs_lastmodifieddate")).isTrue();
        assertThat(rig.hubSpot("POST", base, Map.of("properties", Map.of("subject", "Help")))
                        .body()
                        .path("message")
                        .asText())
                .contains("hs_pipeline_stage");
        assertThat(rig.hubSpot("POST", base, Map.of("properties", Map.of("subject", "Help", "hs_pipeline_stage", "9")))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_ticket_that_is_closed_gets_a_date_and_loses_it_when_it_is_opened_again() throws IOException {
        String id = ticket("1");
        tickets("PATCH", "/" + id, Map.of("properties", Map.of("hs_pipeline_stage", "4")));
        assertThat(closed(id)).isNotEmpty();
        tickets("PATCH", "/" + id, Map.of("properties", Map.of("hs_pipeline_stage", "1")));
        assertThat(closed(id)).isEmpty();
        tickets(
                "PATCH",
                "/" + id,
                Map.of("properties", Map.of("hs_pipeline_stage", "4", "closed_date", "2026-05-01T10:00:00Z")));
        assertThat(closed(id)).isEqualTo("2026-05-01T10:00:00.000Z");
    }

    private String closed(String id) throws IOException {
        return tickets("GET", "/" + id + "?properties=closed_date", null)
                .body()
                .path("properties")
                .path("closed_date")
                .asText("")
                .replace("null", "");
    }

    @Test
    void tickets_are_found_by_their_own_time_of_change_and_upserted_by_a_unique_property() throws IOException {
        rig.hubSpot(
                "POST",
                "/crm/v3/properties/tickets",
                Map.of(
                        "name",
                        "kirim_id",
                        "label",
                        "Kirim id",
                        "type",
                        "string",
                        "fieldType",
                        "text",
                        "groupName",
                        "ticketinformation",
                        "hasUniqueValue",
                        true));
        Map<String, Object> input = Map.of(
                "id",
                "cnv_1",
                "idProperty",
                "kirim_id",
                "properties",
                Map.of("subject", "A", "hs_pipeline_stage", "1"));
        String first = tickets("POST", "/batch/upsert", Map.of("inputs", List.of(input)))
                .body()
                .at("/results/0/id")
                .asText();
        JsonNode again = tickets("POST", "/batch/upsert", Map.of("inputs", List.of(input)))
                .body();
        assertThat(again.at("/results/0/id").asText()).isEqualTo(first);
        assertThat(again.at("/results/0/new").asBoolean()).isFalse();

        rig.clock.advance(Duration.ofSeconds(5));
        JsonNode found = tickets(
                        "POST",
                        "/search",
                        Map.of(
                                "after", "",
                                "limit", 10,
                                "properties", List.of("subject"),
                                "sorts", List.of("hs_lastmodifieddate"),
                                "filterGroups",
                                        List.of(Map.of(
                                                "filters",
                                                List.of(Map.of(
                                                        "propertyName",
                                                        "hs_lastmodifieddate",
                                                        "operator",
                                                        "GTE",
                                                        "value",
                                                        "0"))))))
                .body();
        assertThat(found.path("total").asInt()).isEqualTo(1);
        // Ids of other types are not found here.
        assertThat(tickets("GET", "/" + contact("a@example.com"), null).status())
                .isEqualTo(404);
    }

    @Test
    void a_note_needs_its_time_takes_no_unique_property_and_cannot_be_merged() throws IOException {
        String notes = "/crm/v3/objects/notes";
        assertThat(rig.hubSpot("POST", notes, Map.of("properties", Map.of("hs_note_body", "Hi")))
                        .status())
                .isEqualTo(400);
        Map<String, Object> note = Map.of(
                "properties",
                Map.of("hs_note_body", "Hi", "hs_timestamp", "2026-05-01T10:00:00Z"),
                "associations",
                List.of(linked(ticket("1"), 228)));
        assertThat(rig.hubSpot("POST", notes, note).status()).isEqualTo(201);
        assertThat(rig.hubSpot(
                                "POST",
                                "/crm/v3/properties/notes",
                                Map.of(
                                        "name",
                                        "kirim_id",
                                        "label",
                                        "x",
                                        "type",
                                        "string",
                                        "fieldType",
                                        "text",
                                        "groupName",
                                        "g",
                                        "hasUniqueValue",
                                        true))
                        .status())
                .isEqualTo(400);
        assertThat(rig.hubSpot("POST", notes + "/merge", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void an_association_is_made_inline_shown_with_the_record_and_taken_away() throws IOException {
        String ana = contact("ana@example.com");
        String bob = contact("bob@example.com");
        String id = tickets(
                        "POST",
                        "",
                        Map.of(
                                "properties",
                                Map.of("subject", "Help", "hs_pipeline_stage", "1"),
                                "associations",
                                List.of(linked(ana, 16))))
                .body()
                .path("id")
                .asText();
        assertThat(contacts(id)).containsExactly(ana);

        rig.hubSpot("PUT", "/crm/v4/objects/tickets/" + id + "/associations/default/contacts/" + bob, null);
        assertThat(contacts(id)).containsExactly(ana, bob);
        JsonNode batch = rig.hubSpot(
                        "POST",
                        "/crm/v4/associations/tickets/contacts/batch/read",
                        Map.of("inputs", List.of(Map.of("id", id), Map.of("id", "1"))))
                .body();
        assertThat(batch.at("/results/0/to")).hasSize(2);
        assertThat(batch.at("/results/0/to/0/associationTypes/0/typeId").asInt())
                .isEqualTo(16);
        assertThat(batch.path("numErrors").asInt()).isEqualTo(1);

        rig.hubSpot("DELETE", "/crm/v4/objects/tickets/" + id + "/associations/contacts/" + ana, null);
        assertThat(contacts(id)).containsExactly(bob);
        assertThat(tickets(
                                "POST",
                                "",
                                Map.of(
                                        "properties",
                                        Map.of("subject", "Help", "hs_pipeline_stage", "1"),
                                        "associations",
                                        List.of(linked("1", 16))))
                        .status())
                .isEqualTo(404);
    }

    private List<String> contacts(String ticket) throws IOException {
        List<String> ids = new ArrayList<>();
        tickets("GET", "/" + ticket + "?associations=contacts", null)
                .body()
                .at("/associations/contacts/results")
                .forEach(row -> ids.add(row.path("id").asText()));
        return ids;
    }

    @Test
    void a_merge_of_contacts_takes_their_tickets_along() throws IOException {
        String ana = contact("ana@example.com");
        String bob = contact("bob@example.com");
        String id = ticket("1");
        rig.hubSpot("PUT", "/crm/v4/objects/tickets/" + id + "/associations/default/contacts/" + bob, null);
        String merged = rig.contacts("POST", "/merge", Map.of("primaryObjectId", ana, "objectIdToMerge", bob))
                .body()
                .path("id")
                .asText();
        assertThat(contacts(id)).containsExactly(merged);
    }

    @Test
    void a_changed_association_is_two_events_and_a_ticket_has_its_own() throws Exception {
        try (Receiver receiver = new Receiver()) {
            admin.any(
                    "PUT",
                    "/webhooks",
                    Map.of(
                            "targetUrl",
                            receiver.url(),
                            "subscriptions",
                            List.of("ticket.creation", "ticket.associationChange", "contact.associationChange")));
            String ana = contact("ana@example.com");
            String id = ticket("1");
            admin.any(
                    "POST",
                    "/associations",
                    Map.of("from", Map.of("type", "tickets", "id", id), "to", Map.of("type", "contacts", "id", ana)));
            admin.awaitQuiet(Duration.ofSeconds(5));
            List<String> told = new ArrayList<>();
            for (Request hook : receiver.await(1)) {
                hook.json()
                        .forEach(
                                event -> told.add(event.path("subscriptionType").asText() + " "
                                        + event.path("associationType").asText("") + " "
                                        + event.path("fromObjectId")
                                                .asText(event.path("objectId").asText())));
            }
            assertThat(told)
                    .contains(
                            "ticket.creation  " + id,
                            "ticket.associationChange TICKET_TO_CONTACT " + id,
                            "contact.associationChange CONTACT_TO_TICKET " + ana);
        }
    }

    @Test
    void owners_are_listed_and_a_ticket_takes_no_other() throws IOException {
        Object ids = admin.any(
                        "POST",
                        "/owners",
                        Map.of(
                                "owners",
                                List.of(
                                        Map.of("email", "sari@example.com", "firstName", "Sari"),
                                        Map.of("email", "old@example.com", "archived", true))))
                .get("ids");
        String sari = ((List<?>) ids).get(0).toString();
        assertThat(rig.hubSpot("GET", "/crm/v3/owners?limit=100", null).body().path("results"))
                .hasSize(1);
        assertThat(rig.hubSpot("GET", "/crm/v3/owners/" + sari, null)
                        .body()
                        .path("email")
                        .asText())
                .isEqualTo("sari@example.com");
        String id = ticket("1");
        assertThat(tickets("PATCH", "/" + id, Map.of("properties", Map.of("hubspot_owner_id", sari)))
                        .status())
                .isEqualTo(200);
        assertThat(tickets("PATCH", "/" + id, Map.of("properties", Map.of("hubspot_owner_id", "1")))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void lists_are_walked_by_a_cursor_and_only_manual_ones_are_written() throws IOException {
        JsonNode list = rig.hubSpot(
                        "POST",
                        "/crm/v3/lists",
                        Map.of("name", "VIPs", "objectTypeId", "0-1", "processingType", "MANUAL"))
                .body()
                .path("list");
        String members = "/crm/v3/lists/" + list.path("listId").asText() + "/memberships";
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(contact("p" + i + "@example.com"));
        }
        List<String> asked = new ArrayList<>(ids);
        asked.add("1");
        JsonNode added = rig.hubSpot("PUT", members + "/add", asked).body();
        assertThat(added.path("recordsIdsAdded")).hasSize(5);
        assertThat(added.path("recordIdsMissing")).hasSize(1);
        JsonNode page = rig.hubSpot("GET", members + "?limit=3", null).body();
        assertThat(page.path("results")).hasSize(3);
        String after = page.at("/paging/next/after").asText();
        assertThat(rig.hubSpot("GET", members + "?limit=3&after=" + after, null)
                        .body()
                        .path("results"))
                .hasSize(2);
        assertThat(rig.hubSpot("GET", members + "?limit=251", null).status()).isEqualTo(400);

        Object dynamic = admin.any(
                        "POST",
                        "/lists",
                        Map.of(
                                "name",
                                "Dynamic",
                                "processingType",
                                "DYNAMIC",
                                "property",
                                "email",
                                "value",
                                "p1@example.com"))
                .get("listId");
        assertThat(rig.hubSpot("GET", "/crm/v3/lists/" + dynamic + "/memberships", null)
                        .body()
                        .path("results"))
                .hasSize(1);
        assertThat(rig.hubSpot("PUT", "/crm/v3/lists/" + dynamic + "/memberships/add", ids)
                        .status())
                .isEqualTo(400);
        assertThat(rig.hubSpot("POST", "/crm/v3/lists/search", Map.of("query", "vip"))
                        .body()
                        .path("lists"))
                .hasSize(1);
        assertThat(rig.hubSpot("GET", "/crm/v3/lists/object-type-id/0-1/name/VIPs", null)
                        .body()
                        .at("/list/size")
                        .asInt())
                .isEqualTo(5);
    }

    @Test
    void the_pipeline_of_tickets_tells_which_stage_is_closed() throws IOException {
        JsonNode stages =
                rig.hubSpot("GET", "/crm/v3/pipelines/tickets", null).body().at("/results/0/stages");
        assertThat(stages).hasSize(4);
        assertThat(stages.at("/3/metadata/ticketState").asText()).isEqualTo("CLOSED");
    }
}
