package dev.crmsync.sandbox.kirim;

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
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KirimConversationsTest {
    private final Rig rig = new Rig();
    private final AdminClient admin = rig.sandbox.kirim().adminClient();

    @AfterEach
    void stop() {
        rig.close();
    }

    private Map<String, Object> doing(Object... keysAndValues) {
        Map<String, Object> doing = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            doing.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        List<?> results = (List<?>) admin.any("POST", "/conversations/doings", Map.of("doings", List.of(doing)))
                .get("results");
        @SuppressWarnings("unchecked")
        Map<String, Object> result = (Map<String, Object>) results.get(0);
        return result;
    }

    private String user(String name, String email) {
        return ((List<?>) admin.any("POST", "/users", Map.of("users", List.of(Map.of("name", name, "email", email))))
                        .get("ids"))
                .get(0)
                .toString();
    }

    private String conversation(String phone) throws IOException {
        String contact = rig.kirimContact(phone, "Budi");
        return (String) doing("op", "message", "contact_id", contact).get("conversation_id");
    }

    /** Webhooks arrive in no order. */
    private static JsonNode ofType(List<Request> told, String type) {
        return told.stream()
                .map(Request::json)
                .filter(hook -> hook.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type));
    }

    @Test
    void a_message_of_a_contact_opens_a_conversation_and_opens_a_resolved_one_again() throws IOException {
        String id = conversation("+6281234567");
        assertThat(id).matches("cnv_[0-9A-HJKMNP-TV-Z]{26}");
        JsonNode row =
                rig.phone("GET", "/conversations?status=open", null).data().path(0);
        assertThat(row.path("id").asText()).isEqualTo(id);
        assertThat(row.path("contact").path("name").asText()).isEqualTo("Budi");
        assertThat(row.path("unread_count").asInt()).isEqualTo(1);
        assertThat(row.path("assignee").isNull()).isTrue();
        assertThat(row.has("assigned_to")).isFalse();

        rig.kirim("PATCH", "/conversations/" + id, Map.of("status", "resolved"));
        assertThat(rig.phone("GET", "/conversations?status=open", null).data()).isEmpty();
        doing("op", "message", "contact_id", row.path("contact").path("id").asText());
        assertThat(rig.phone("GET", "/conversations?status=open", null).data()).hasSize(1);
    }

    @Test
    void the_newest_message_comes_first_and_a_walk_may_see_one_twice_or_never() throws IOException {
        List<String> contacts = new ArrayList<>();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            contacts.add(rig.kirimContact("+628123456" + i, "P" + i));
            rig.clock.advance(Duration.ofSeconds(1));
            made.add((String)
                    doing("op", "message", "contact_id", contacts.get(i)).get("conversation_id"));
        }
        doing("op", "open", "contact_id", rig.kirimContact("+62812345699", "Silent"));

        Answer first = rig.phone("GET", "/conversations?limit=2", null);
        assertThat(first.data().path(0).path("id").asText()).isEqualTo(made.get(3));
        rig.clock.advance(Duration.ofSeconds(1));
        doing("op", "message", "contact_id", contacts.get(0));
        Set<String> seen = new LinkedHashSet<>();
        String cursor = first.body().path("next_cursor").asText();
        JsonNode rest = rig.phone("GET", "/conversations?limit=50&cursor=" + cursor, null)
                .data();
        rest.forEach(row -> seen.add(row.path("id").asText()));

        assertThat(seen).contains(made.get(1)).doesNotContain(made.get(0));
        assertThat(rest.path(rest.size() - 1).path("last_message_at").isNull()).isTrue();
    }

    @Test
    void a_cursor_is_bound_to_its_filters_and_a_status_must_be_known() throws IOException {
        conversation("+62812345671");
        conversation("+62812345672");
        String cursor = rig.phone("GET", "/conversations?status=open&limit=1", null)
                .body()
                .path("next_cursor")
                .asText();
        assertThat(rig.phone("GET", "/conversations?limit=1&cursor=" + cursor, null)
                        .body()
                        .path("error")
                        .path("code")
                        .asText())
                .isEqualTo("invalid_cursor");
        assertThat(rig.phone("GET", "/conversations?status=closed", null).status())
                .isEqualTo(400);
    }

    @Test
    void an_assignment_and_a_closing_are_told_without_contact_or_number_and_an_opening_is_not() throws Exception {
        try (Receiver receiver = new Receiver()) {
            rig.kirim(
                    "POST",
                    "/webhook_subscriptions",
                    Map.of(
                            "url",
                            receiver.url(),
                            "events",
                            List.of("conversation.assigned", "conversation.closed", "message.received")));
            String id = conversation("+6281234567");
            String sari = user("Sari", "sari@example.com");

            rig.kirim("PATCH", "/conversations/" + id, Map.of("assigned_to", sari));
            rig.kirim("PATCH", "/conversations/" + id, Map.of("status", "resolved"));
            rig.kirim("PATCH", "/conversations/" + id, Map.of("status", "open"));

            List<Request> told = receiver.await(2);
            JsonNode assigned = ofType(told, "conversation.assigned");
            assertThat(assigned.path("data").path("assignee").path("user_id").asText())
                    .isEqualTo(sari);
            assertThat(assigned.path("data").path("conversation").has("contact"))
                    .isFalse();
            JsonNode closed = ofType(told, "conversation.closed");
            assertThat(closed.path("data").path("conversation").path("status").asText())
                    .isEqualTo("resolved");
            assertThat(admin.deliveries()).hasSize(2);
        }
    }

    @Test
    void taking_a_conversation_from_everybody_is_told_or_not_by_a_dial() throws Exception {
        try (Receiver receiver = new Receiver()) {
            rig.kirim(
                    "POST",
                    "/webhook_subscriptions",
                    Map.of("url", receiver.url(), "events", List.of("conversation.assigned")));
            String id = conversation("+6281234567");
            String sari = user("Sari", "sari@example.com");
            doing("op", "assign", "id", id, "user_id", sari);
            doing("op", "assign", "id", id, "user_id", null);
            JsonNode taken = receiver.await(2).stream()
                    .map(hook -> hook.json().path("data").path("assignee"))
                    .filter(assignee -> assignee.path("user_id").isNull())
                    .findFirst()
                    .orElseThrow();
            assertThat(taken.path("previous_user_id").asText()).isEqualTo(sari);

            admin.turn("events.unassigned", "none");
            doing("op", "assign", "id", id, "user_id", sari);
            doing("op", "assign", "id", id, "user_id", null);
            receiver.await(3);
            assertThat(admin.deliveries()).hasSize(3);
        }
    }

    @Test
    void which_paths_there_are_is_a_dial() throws IOException {
        String id = conversation("+6281234567");
        assertThat(rig.phone("GET", "/conversations/" + id, null).status()).isEqualTo(404);
        admin.turn("conversations.get_one", "phone");
        assertThat(rig.phone("GET", "/conversations/" + id, null).status()).isEqualTo(200);
        admin.turn("conversations.get_one", "root");
        assertThat(rig.kirim("GET", "/conversations/" + id, null)
                        .data()
                        .path("id")
                        .asText())
                .isEqualTo(id);
        admin.turn("conversations.patch", "phone");
        assertThat(rig.kirim("PATCH", "/conversations/" + id, Map.of("status", "pending"))
                        .status())
                .isEqualTo(404);
        assertThat(rig.phone("PATCH", "/conversations/" + id, Map.of("status", "pending"))
                        .data()
                        .path("status")
                        .asText())
                .isEqualTo("pending");
    }

    @Test
    void who_attends_may_be_shown_as_the_guide_reads_it() throws IOException {
        String id = conversation("+6281234567");
        String sari = user("Sari", "sari@example.com");
        rig.kirim("PATCH", "/conversations/" + id, Map.of("assigned_to", sari));
        JsonNode row = rig.phone("GET", "/conversations", null).data().path(0);
        assertThat(row.path("assignee").path("email").asText()).isEqualTo("sari@example.com");

        admin.turn("conversations.assignee", "assigned_to");
        row = rig.phone("GET", "/conversations", null).data().path(0);
        assertThat(row.has("assignee")).isFalse();
        assertThat(row.path("assigned_to").asText()).isEqualTo(sari);
    }

    @Test
    void a_patch_needs_something_to_do_and_a_user_that_there_is() throws IOException {
        String id = conversation("+6281234567");
        assertThat(rig.kirim("PATCH", "/conversations/" + id, Map.of()).status())
                .isEqualTo(400);
        assertThat(rig.kirim("PATCH", "/conversations/" + id, Map.of("assigned_to", "usr_nobody"))
                        .status())
                .isEqualTo(400);
        assertThat(rig.kirim("PATCH", "/conversations/" + id, Map.of("status", "closed"))
                        .status())
                .isEqualTo(400);
        assertThat(rig.kirim("PATCH", "/conversations/cnv_none", Map.of("status", "open"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_conversation_that_is_deleted_goes_with_its_messages() throws IOException {
        String id = conversation("+6281234567");
        String other = conversation("+6281234568");

        assertThat(doing("op", "delete", "id", id)).containsEntry("deleted", true);

        assertThat(rig.phone("GET", "/conversations", null).data())
                .extracting(row -> row.path("id").asText())
                .containsExactly(other);
        assertThat(rig.kirim("PATCH", "/conversations/" + id, Map.of("status", "open"))
                        .status())
                .isEqualTo(404);
        assertThat((List<?>) admin.any("GET", "/messages", null).get("messages"))
                .hasSize(1);
        assertThat(doing("op", "delete", "id", id)).containsKey("error");
    }

    @Test
    void messages_are_told_when_the_dial_says_so() throws Exception {
        admin.turn("events.messages", true);
        try (Receiver receiver = new Receiver()) {
            rig.kirim(
                    "POST",
                    "/webhook_subscriptions",
                    Map.of("url", receiver.url(), "events", List.of("message.received", "message.sent")));
            String contact = rig.kirimContact("+6281234567", "Budi");
            doing("op", "message", "contact_id", contact, "text", "Halo");
            doing("op", "message", "contact_id", contact, "text", "Hello", "inbound", false);

            List<Request> told = receiver.await(2);
            JsonNode message = ofType(told, "message.received").path("data").path("message");
            assertThat(message.path("text").path("body").asText()).isEqualTo("Halo");
            assertThat(message.path("direction").asText()).isEqualTo("inbound");
            assertThat(ofType(told, "message.sent")
                            .path("data")
                            .path("message")
                            .path("direction")
                            .asText())
                    .isEqualTo("outbound");
        }
    }
}
