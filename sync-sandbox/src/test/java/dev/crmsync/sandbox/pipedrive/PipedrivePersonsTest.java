package dev.crmsync.sandbox.pipedrive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import dev.crmsync.sandbox.admin.AdminClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipedrivePersonsTest {
    private final Rig rig = new Rig();
    private final AdminClient admin = rig.sandbox.pipedrive().adminClient();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_person_is_made_read_changed_and_deleted() throws IOException {
        Answer made = post(Map.of(
                "name",
                "Ana Maria Silva",
                "emails",
                List.of(Map.of("value", "ana@example.com"), Map.of("value", "a@home.example", "label", "home")),
                "phones",
                List.of(Map.of("value", "+4712345678", "label", "mobile", "primary", true))));
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.body().path("success").asBoolean()).isTrue();
        assertThat(made.data().path("first_name").asText()).isEqualTo("Ana");
        assertThat(made.data().path("last_name").asText()).isEqualTo("Maria Silva");
        assertThat(made.data().at("/emails/0/primary").asBoolean()).isTrue();
        assertThat(made.data().at("/emails/0/label").asText()).isEqualTo("work");
        assertThat(made.data().at("/emails/1/primary").asBoolean()).isFalse();
        assertThat(made.data().path("owner_id").asLong())
                .isEqualTo(rig.sandbox.pipedrive().userId());
        assertThat(made.data().path("org_id").isNull()).isTrue();
        assertThat(made.data().path("add_time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        String id = made.data().path("id").asText();

        rig.clock.advance(Duration.ofMillis(1_700));
        Answer patched = patch(id, Map.of("emails", List.of(Map.of("value", "new@example.com")), "first_name", "Anna"));
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.data().path("emails")).hasSize(1);
        assertThat(patched.data().path("name").asText()).isEqualTo("Anna Maria Silva");
        assertThat(patched.data().path("phones")).hasSize(1);
        assertThat(patched.data().path("update_time").asText())
                .isGreaterThan(patched.data().path("add_time").asText());

        Answer deleted = rig.pipedrive("DELETE", "/api/v2/persons/" + id, null);
        assertThat(deleted.data().path("id").asText()).isEqualTo(id);
        Answer read = get(id);
        assertThat(read.data().path("is_deleted").asBoolean()).isTrue();
        assertThat(patch(id, Map.of("name", "x")).status()).isEqualTo(404);
        rig.clock.advance(Duration.ofDays(30));
        assertThat(get(id).status()).isEqualTo(404);
    }

    @Test
    void what_is_wrong_or_unknown_is_a_validation_error_and_changes_nothing() throws IOException {
        String id = post(Map.of("name", "Ana")).data().path("id").asText();
        List<Map<String, Object>> wrong = List.of(
                Map.of("nonsense", 1),
                Map.of("name", 5),
                Map.of("name", ""),
                Map.of("owner_id", "7"),
                Map.of("owner_id", 7),
                Map.of("visible_to", 2),
                Map.of("visible_to", "3"),
                Map.of("label_ids", List.of("1")),
                Map.of("label_ids", List.of(999_999)),
                Map.of("emails", "ana@example.com"),
                Map.of("emails", List.of(Map.of("value", "a", "kind", "x"))),
                Map.of("emails", List.of(Map.of("label", "work"))),
                Map.of("phones", List.of(Map.of("value", "1", "primary", true), Map.of("value", "2", "primary", true))),
                Map.of("phones", List.of(Map.of("value", "1", "primary", "true"))),
                Map.of("custom_fields", Map.of("0".repeat(40), "x")),
                Map.of("is_deleted", true),
                Map.of("add_time", "2026-01-01T00:00:00Z"),
                Map.of("job_title", "Baker"));
        for (Map<String, Object> body : wrong) {
            Answer answer = patch(id, body);
            assertThat(answer.status()).as(body.toString()).isEqualTo(400);
            assertThat(answer.body().path("success").asBoolean()).isFalse();
            assertThat(answer.body().path("error").asText()).isNotEmpty();
            assertThat(answer.body().has("data")).isTrue();
        }
        assertThat(post(Map.of()).status()).isEqualTo(400);
        assertThat(get(id).data().path("name").asText()).isEqualTo("Ana");
        admin.turn("contact_sync", true);
        assertThat(patch(id, Map.of("job_title", "Baker"))
                        .data()
                        .path("job_title")
                        .asText())
                .isEqualTo("Baker");
    }

    @Test
    void nothing_keeps_two_persons_from_having_the_same_email() throws IOException {
        Map<String, Object> body = Map.of("name", "Ana", "emails", List.of(Map.of("value", "ana@example.com")));
        assertThat(post(body).data().path("id")).isNotEqualTo(post(body).data().path("id"));
    }

    @Test
    void labels_come_with_their_names_when_asked_for_and_are_replaced_as_a_whole() throws IOException {
        String vip = rig.sandbox.pipedrive().people().makeLabel("person", "VIP");
        String old = rig.sandbox.pipedrive().people().makeLabel("person", "Old");
        String id = post(Map.of("name", "Ana", "label_ids", List.of(Long.parseLong(vip), Long.parseLong(old))))
                .data()
                .path("id")
                .asText();
        JsonNode labels = rig.pipedrive("GET", "/api/v2/persons/" + id + "?include_labels=true", null)
                .data()
                .path("labels");
        assertThat(labels.at("/0/label").asText()).isEqualTo("VIP");
        assertThat(labels.at("/1/id").asText()).isEqualTo(old);
        assertThat(patch(id, Map.of("label_ids", List.of(Long.parseLong(old))))
                        .data()
                        .path("label_ids"))
                .hasSize(1);
        admin.turn("labels.included_as", "label_ids");
        assertThat(rig.pipedrive("GET", "/api/v2/persons/" + id + "?include_labels=true", null)
                        .data()
                        .at("/label_ids/0/label")
                        .asText())
                .isEqualTo("Old");
    }

    @Test
    void dials_change_what_is_not_proved() throws IOException {
        String id = post(Map.of("name", "Ana", "emails", List.of(Map.of("value", "a@example.com"))))
                .data()
                .path("id")
                .asText();
        admin.turn(Map.of("rest.update_time_ms", true, "channels.patch", "append", "writes.created_status", "201"));
        rig.clock.advance(Duration.ofMillis(1));
        Answer patched = patch(id, Map.of("emails", List.of(Map.of("value", "b@example.com"))));
        assertThat(patched.data().path("emails")).hasSize(2);
        assertThat(patched.data().path("update_time").asText()).endsWith(".001Z");
        assertThat(post(Map.of("name", "Ben")).status()).isEqualTo(201);
        rig.pipedrive("DELETE", "/api/v2/persons/" + id, null);
        admin.turn("deleted.get", "410");
        assertThat(get(id).status()).isEqualTo(410);
        admin.turn("deleted.get", "404");
        assertThat(get(id).status()).isEqualTo(404);
    }

    @Test
    void what_the_tokens_user_may_not_see_is_not_found_and_not_listed() throws IOException {
        String other = rig.sandbox.pipedrive().people().makeUser("Sari", "sari@example.com", false);
        Map<String, Object> body = Map.of("name", "Ana", "owner_id", Long.parseLong(other), "visible_to", 1);
        String id = post(body).data().path("id").asText();
        assertThat(get(id).status()).isEqualTo(200);
        admin.turn("auth.token_admin", false);
        assertThat(get(id).status()).isEqualTo(404);
        assertThat(patch(id, Map.of("name", "x")).status()).isEqualTo(404);
        assertThat(rig.pipedrive("GET", "/api/v2/persons", null).data()).isEmpty();
    }

    @Test
    void marketing_status_changes_once_and_shows_when_asked_for() throws IOException {
        String id = post(Map.of("name", "Ana", "marketing_status", "no_consent"))
                .data()
                .path("id")
                .asText();
        assertThat(get(id).data().has("marketing_status")).isFalse();
        assertThat(patch(id, Map.of("marketing_status", "subscribed")).status()).isEqualTo(200);
        assertThat(patch(id, Map.of("marketing_status", "unsubscribed")).status())
                .isEqualTo(400);
        assertThat(rig.pipedrive("GET", "/api/v2/persons/" + id + "?include_fields=marketing_status", null)
                        .data()
                        .path("marketing_status")
                        .asText())
                .isEqualTo("subscribed");
    }

    private Answer post(Object body) throws IOException {
        return rig.pipedrive("POST", "/api/v2/persons", body);
    }

    private Answer patch(String id, Object body) throws IOException {
        return rig.pipedrive("PATCH", "/api/v2/persons/" + id, body);
    }

    private Answer get(String id) throws IOException {
        return rig.pipedrive("GET", "/api/v2/persons/" + id, null);
    }
}
