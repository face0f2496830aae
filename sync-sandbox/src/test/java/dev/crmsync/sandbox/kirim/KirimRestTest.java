package dev.crmsync.sandbox.kirim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KirimRestTest {
    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void me_and_accounts_describe_the_organisation() throws IOException {
        Answer me = rig.kirim("GET", "/me", null);
        assertThat(me.data().path("rate_limits").path("write_per_minute").asInt())
                .isEqualTo(6000);
        assertThat(me.data().path("organization").path("id").asText()).matches("org_[0-9A-HJKMNP-TV-Z]{26}");
        assertThat(me.body().path("request_id").asText()).isEqualTo(me.header("X-Request-Id"));
        assertThat(rig.kirim("GET", "/accounts", null)
                        .data()
                        .path(0)
                        .path("phone_number_id")
                        .asText())
                .isEqualTo(rig.sandbox.kirim().phoneId());
        assertThat(rig.send("GET", rig.sandbox.kirim().url() + "/health", "none", null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_wrong_key_is_401_and_a_foreign_number_403() throws IOException {
        Answer wrong = rig.send("GET", rig.sandbox.kirim().url() + "/me", "kdv_live_wrong", null);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.body().path("error").path("code").asText()).isEqualTo("invalid_api_key");

        Answer foreign = rig.kirim("GET", "/999999999/contacts", null);
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(code(foreign)).isEqualTo("phone_number_forbidden");
    }

    @Test
    void a_contact_is_created_read_and_patched() throws IOException {
        Answer created = rig.phone(
                "POST",
                "/contacts",
                Map.of("phone_number", "+6281234567", "name", "Budi é 🌴", "metadata", Map.of("tier", 1)));
        assertThat(created.status()).isEqualTo(201);
        String id = created.data().path("id").asText();
        assertThat(id).matches("ctc_[0-9A-HJKMNP-TV-Z]{26}");
        assertThat(created.data().has("labels")).isFalse();
        assertThat(created.data().path("email").isNull()).isTrue();

        Map<String, Object> patch = new HashMap<>();
        patch.put("name", null);
        patch.put("metadata", Map.of("crm_id", "7"));
        Answer patched = rig.phone("PATCH", "/contacts/" + id, patch);
        assertThat(patched.data().path("name").isNull()).isTrue();
        assertThat(patched.data().path("metadata")).hasToString("{\"tier\":1,\"crm_id\":\"7\"}");
        assertThat(rig.phone("GET", "/contacts/" + id, null).data()).isEqualTo(patched.data());
    }

    @Test
    void dials_choose_between_unproven_behaviours_of_patch() throws IOException {
        String id = rig.phone("POST", "/contacts", Map.of("phone_number", "+6281234567", "metadata", Map.of("a", 1)))
                .data()
                .path("id")
                .asText();
        rig.sandbox.kirim().adminClient().turn(Map.of("patch.metadata", "replace", "patch.unknown_fields", "reject"));

        JsonNode replaced = rig.phone("PATCH", "/contacts/" + id, Map.of("metadata", Map.of("b", 2)))
                .data()
                .path("metadata");
        assertThat(replaced.has("a")).isFalse();
        assertThat(code(rig.phone("PATCH", "/contacts/" + id, Map.of("phone_number", "+6281234568"))))
                .isEqualTo("invalid_field_value");
    }

    @Test
    void bad_requests_say_what_is_wrong() throws IOException {
        assertThat(code(rig.phone("POST", "/contacts", Map.of("name", "x")))).isEqualTo("missing_required_field");
        assertThat(code(rig.phone("POST", "/contacts", Map.of("phone_number", "0812"))))
                .isEqualTo("invalid_phone_number");
        assertThat(code(rig.phone("POST", "/contacts", "{\"phone"))).isEqualTo("invalid_request");
        assertThat(code(rig.phone("GET", "/contacts/ctc_01HXYZABCDEFGHJKMNPQRSTVWX", null)))
                .isEqualTo("resource_not_found");
        for (String limit : List.of("0", "101", "x", "")) {
            assertThat(code(rig.phone("GET", "/contacts?limit=" + limit, null))).isEqualTo("invalid_limit");
        }
    }

    @Test
    void paging_walks_all_contacts_once_and_binds_its_cursors_to_their_filters() throws IOException {
        List<String> ids = rig.sandbox.kirim().adminClient().seed(people(230));
        List<String> walked = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = rig.phone("GET", "/contacts?limit=100" + cursor, null);
            page.data().forEach(c -> walked.add(c.path("id").asText()));
            cursor = page.body().path("has_more").asBoolean()
                    ? "&cursor=" + page.body().path("next_cursor").asText()
                    : "";
        } while (!cursor.isEmpty());
        assertThat(walked).containsExactlyInAnyOrderElementsOf(ids);

        String next = rig.phone("GET", "/contacts?limit=5&search=person", null)
                .body()
                .path("next_cursor")
                .asText();
        assertThat(code(rig.phone("GET", "/contacts?limit=5&cursor=" + next, null)))
                .isEqualTo("invalid_cursor");
        assertThat(rig.phone("GET", "/contacts?limit=7&search=person&cursor=" + next, null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void lists_filter_by_phone_search_and_creation() throws IOException {
        rig.sandbox.kirim().adminClient().seed(people(3));
        Map<String, String> older = Map.of("phone_number", "+62899000111", "created_at", "2025-01-01T00:00:00Z");
        rig.sandbox.kirim().adminClient().seed(List.of(older));
        assertThat(rig.phone("GET", "/contacts?phone=%2B62811000001", null).data())
                .hasSize(1);
        assertThat(rig.phone("GET", "/contacts?search=PERSON%202", null).data()).hasSize(1);
        assertThat(rig.phone("GET", "/contacts", null).data()).hasSize(4);
        String since = "/contacts?created_after=2025-03-01T00:00:00Z";
        assertThat(rig.phone("GET", since, null).data()).hasSize(3);
        rig.sandbox.kirim().adminClient().turn("contacts.created_after", "reject");
        assertThat(rig.phone("GET", since, null).status()).isEqualTo(400);
    }

    @Test
    void the_write_bucket_refills_and_leaves_reads_alone() throws IOException {
        rig.sandbox.kirim().adminClient().turn("limits.plan", "free");
        String id = rig.kirimContact("+6281234567", "Budi");
        for (int i = 0; i < 59; i++) {
            assertThat(rig.phone("PATCH", "/contacts/" + id, Map.of("name", "n" + i))
                            .status())
                    .isEqualTo(200);
        }
        Answer refused = rig.phone("PATCH", "/contacts/" + id, Map.of("name", "late"));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.header("X-RateLimit-Limit")).isEqualTo("60");
        assertThat(refused.header("X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(refused.header("X-RateLimit-Reset")).isEqualTo(String.valueOf(rig.clock.millis() / 1000 + 60));
        assertThat(rig.phone("GET", "/contacts/" + id, null).data().path("name").asText())
                .isEqualTo("n58");

        rig.clock.advance(java.time.Duration.ofSeconds(1));
        assertThat(rig.phone("PATCH", "/contacts/" + id, Map.of("name", "late")).status())
                .isEqualTo(200);
    }

    @Test
    void labels_are_unique_and_bulk_labelling_counts_what_it_skips() throws IOException {
        Answer label = rig.kirim("POST", "/labels", Map.of("name", "VIP"));
        assertThat(label.data().path("color").asText()).isEqualTo("gray");
        assertThat(code(rig.kirim("POST", "/labels", Map.of("name", "VIP")))).isEqualTo("invalid_field_value");
        assertThat(rig.kirim("GET", "/labels", null).data()).hasSize(1);

        String labelId = label.data().path("id").asText();
        String id = rig.kirimContact("+6281234567", "Budi");
        Answer bulk = rig.phone(
                "POST",
                "/contacts/bulk_label",
                Map.of("contact_ids", List.of(id, "ctc_FOREIGN"), "label_id", labelId, "operation", "attach"));
        assertThat(bulk.data().toString())
                .isEqualTo("{\"applied\":1,\"skipped_cross_org\":1,\"skipped_team_mismatch\":0}");
        assertThat(labels()).isEqualTo(List.of("VIP"));
        rig.phone(
                "POST",
                "/contacts/bulk_label",
                Map.of("contact_ids", List.of(id), "label_id", labelId, "operation", "detach"));
        assertThat(labels()).isEqualTo(List.of());
        assertThat(rig.phone("POST", "/contacts/" + id + "/labels", Map.of("label_id", labelId))
                        .data()
                        .path("attached")
                        .asBoolean())
                .isTrue();
    }

    private Object labels() {
        return rig.sandbox.kirim().adminClient().dump().get(0).get("labels");
    }

    private static List<Map<String, Object>> people(int count) {
        List<Map<String, Object>> people = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            people.add(Map.of("phone_number", String.format("+62811%06d", i), "name", "Person " + i));
        }
        return people;
    }

    private static String code(Answer answer) {
        return answer.body().path("error").path("code").asText();
    }
}
