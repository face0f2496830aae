package dev.crmsync.sandbox.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Receiver;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.SandboxOptions;
import dev.crmsync.sandbox.admin.AdminClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do in the portal, what webhooks tell of it, and what a restart remembers. */
class HubSpotPeopleTest {
    @TempDir
    Path directory;

    @Test
    void a_ticket_is_made_assigned_closed_and_opened_again() throws IOException {
        try (Rig rig = new Rig()) {
            HubSpotPeople people = rig.sandbox.hubSpot().people();
            String ana = rig.hubSpotContact(Map.of("email", "ana@example.com"));
            String sari = people.makeOwner("sari@example.com", "Sari", "Dewi");
            String ticket = people.makeTicket("Help", "1", ana);
            assertThat(people.associations())
                    .containsExactlyInAnyOrder(
                            "tickets/" + ticket + ">contacts/" + ana, "contacts/" + ana + ">tickets/" + ticket);
            people.assign(ticket, sari);
            people.close(ticket);
            assertThat(properties(people, ticket))
                    .containsEntry("hubspot_owner_id", sari)
                    .containsEntry("hs_pipeline_stage", "4")
                    .containsKey("closed_date");
            people.reopen(ticket);
            people.assign(ticket, "");
            assertThat(properties(people, ticket))
                    .containsEntry("hs_pipeline_stage", "3")
                    .doesNotContainKeys("closed_date", "hubspot_owner_id");
            assertThatThrownBy(() -> people.moveTo(ticket, "9")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void an_owner_who_has_left_keeps_tickets_and_gets_no_new_ones() throws IOException {
        try (Rig rig = new Rig()) {
            HubSpotPeople people = rig.sandbox.hubSpot().people();
            String sari = people.makeOwner("sari@example.com", "Sari", "Dewi");
            String hers = people.makeTicket("Hers", "1");
            String other = people.makeTicket("Other", "1");
            people.assign(hers, sari);
            people.archiveOwner(sari);
            people.patch("tickets", hers, Map.of("subject", "Still hers", "hubspot_owner_id", sari));
            assertThatThrownBy(() -> people.assign(other, sari)).isInstanceOf(IllegalArgumentException.class);
            assertThat(rig.hubSpot("GET", "/crm/v3/owners", null).body().path("results"))
                    .isEmpty();
            assertThat(rig.hubSpot("GET", "/crm/v3/owners?archived=true", null)
                            .body()
                            .path("results"))
                    .hasSize(1);
            assertThat(people.owners())
                    .singleElement()
                    .satisfies(owner -> assertThat(owner.get("archived")).isEqualTo(true));
        }
    }

    @Test
    void a_changed_owner_and_stage_of_a_ticket_are_told_as_a_persons() throws IOException {
        try (Rig rig = new Rig();
                Receiver receiver = new Receiver()) {
            HubSpotPeople people = rig.sandbox.hubSpot().people();
            String sari = people.makeOwner("sari@example.com", "Sari", "Dewi");
            String ticket = people.makeTicket("Help", "1");
            subscribe(
                    rig,
                    receiver,
                    Map.of("subscriptionType", "ticket.propertyChange", "propertyName", "hubspot_owner_id"),
                    Map.of("subscriptionType", "object.propertyChange", "propertyName", "hs_pipeline_stage"));
            people.assign(ticket, sari);
            people.close(ticket);
            List<String> told = new ArrayList<>();
            for (JsonNode event : drained(rig, receiver)) {
                assertThat(event.path("changeSource").asText()).isEqualTo("CRM_UI");
                assertThat(event.path("objectId").asText()).isEqualTo(ticket);
                told.add(event.path("subscriptionType").asText()
                        + " " + event.path("objectTypeId").asText("")
                        + " " + event.path("propertyName").asText()
                        + "=" + event.path("propertyValue").asText());
            }
            assertThat(told)
                    .containsExactlyInAnyOrder(
                            "ticket.propertyChange  hubspot_owner_id=" + sari,
                            "object.propertyChange 0-5 hs_pipeline_stage=4");
        }
    }

    @Test
    void notes_are_told_of_in_the_generic_shape_only() throws IOException {
        try (Rig rig = new Rig();
                Receiver receiver = new Receiver()) {
            AdminClient admin = rig.sandbox.hubSpot().adminClient();
            subscribe(rig, receiver, Map.of("subscriptionType", "object.creation"));
            note(rig, "one");
            assertThat(drained(rig, receiver))
                    .singleElement()
                    .satisfies(event ->
                            assertThat(event.path("objectTypeId").asText()).isEqualTo("0-46"));
            receiver.received.clear();
            admin.turn("webhooks.shape", "classic");
            note(rig, "two");
            String ticket = rig.sandbox.hubSpot().people().makeTicket("Help", "1");
            assertThat(drained(rig, receiver)).singleElement().satisfies(event -> {
                assertThat(event.path("subscriptionType").asText()).isEqualTo("ticket.creation");
                assertThat(event.path("objectId").asText()).isEqualTo(ticket);
            });
        }
    }

    @Test
    void only_contacts_are_erased_and_notes_are_not_merged() {
        try (Rig rig = new Rig()) {
            AdminClient admin = rig.sandbox.hubSpot().adminClient();
            String ticket = rig.sandbox.hubSpot().people().makeTicket("Help", "1");
            assertThatThrownBy(() -> admin.any("POST", "/tickets/gdpr-delete", Map.of("id", ticket)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> admin.any("POST", "/notes/merge", Map.of("primary", "1", "secondary", "2")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_restart_remembers_tickets_notes_associations_owners_and_lists() throws IOException {
        SandboxOptions options = SandboxOptions.standard().withState(directory.resolve("state.json"));
        List<Object> before;
        String ticket;
        String ana;
        String list;
        try (Rig rig = new Rig(options)) {
            HubSpotPeople people = rig.sandbox.hubSpot().people();
            ana = rig.hubSpotContact(Map.of("email", "ana@example.com"));
            rig.hubSpot("POST", "/crm/v3/properties/tickets", HubSpotListsTest.unique("kirim_id"));
            ticket = people.makeTicket("Help", "1", ana);
            people.patch("tickets", ticket, Map.of("kirim_id", "cnv_1"));
            people.assign(ticket, people.makeOwner("sari@example.com", "Sari", "Dewi"));
            note(rig, "one");
            list = people.makeList("VIPs");
            people.putInto(list, ana);
            people.makeList("In Oslo", "city", "Oslo");
            before = everything(people);
        }
        try (Rig rig = new Rig(options)) {
            HubSpotPeople people = rig.sandbox.hubSpot().people();
            assertThat(everything(people)).isEqualTo(before);
            // What is derived from the state works again: who holds a unique value, who is associated, who belongs.
            assertThat(rig.hubSpot(
                                    "GET",
                                    "/crm/v3/objects/tickets/cnv_1?idProperty=kirim_id&associations=contacts",
                                    null)
                            .body()
                            .at("/associations/contacts/results/0/id")
                            .asText())
                    .isEqualTo(ana);
            people.separate("contacts", ana, "tickets", ticket);
            people.takeOut(list, ana);
            assertThat(people.associations()).isEmpty();
            assertThat(people.lists().get(0).get("members")).isEqualTo(List.of());
            assertThat(people.makeTicket("Next", "1")).isNotEqualTo(ticket);
        }
    }

    private static List<Object> everything(HubSpotPeople people) {
        return List.of(
                people.all("contacts"),
                people.all("tickets"),
                people.all("notes"),
                people.owners(),
                people.lists(),
                people.associations());
    }

    private static Map<?, ?> rawProperties(HubSpotPeople people, String ticket) {
        return (Map<?, ?>) people.all("tickets").stream()
                .filter(one -> ticket.equals(one.get("id")))
                .findFirst()
                .orElseThrow()
                .get("properties");
    }

    private static Map<String, String> properties(HubSpotPeople people, String ticket) {
        Map<String, String> properties = new java.util.TreeMap<>();
        rawProperties(people, ticket).forEach((name, value) -> properties.put((String) name, String.valueOf(value)));
        return properties;
    }

    private static void note(Rig rig, String body) throws IOException {
        Map<String, String> properties = Map.of("hs_note_body", body, "hs_timestamp", "2026-05-01T10:00:00Z");
        assertThat(rig.hubSpot("POST", "/crm/v3/objects/notes", Map.of("properties", properties))
                        .status())
                .isEqualTo(201);
    }

    private static void subscribe(Rig rig, Receiver receiver, Map<?, ?>... subscriptions) {
        rig.sandbox
                .hubSpot()
                .adminClient()
                .any("PUT", "/webhooks", Map.of("targetUrl", receiver.url(), "subscriptions", List.of(subscriptions)));
    }

    private static List<JsonNode> drained(Rig rig, Receiver receiver) {
        assertThat(rig.sandbox.hubSpot().adminClient().awaitQuiet(Duration.ofSeconds(5)))
                .isTrue();
        List<JsonNode> events = new ArrayList<>();
        receiver.received.forEach(hook -> hook.json().forEach(events::add));
        return events;
    }
}
