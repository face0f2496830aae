package dev.crmsync.sandbox.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HubSpotRestTest {
    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_contact_is_created_read_changed_and_archived() throws IOException {
        String id = rig.hubSpotContact(Map.of("email", " Ana@Example.COM", "firstname", "Ana"));
        Answer read = rig.contacts("GET", "/" + id + "?properties=email,phone,nonsense", null);
        assertThat(read.body().path("properties").path("email").asText()).isEqualTo("ana@example.com");
        assertThat(read.body().path("properties").has("nonsense")).isFalse();
        assertThat(read.body().path("properties").path("phone").isNull()).isTrue();

        rig.clock.advance(Duration.ofMillis(7));
        Answer patched = rig.contacts("PATCH", "/" + id, Map.of("properties", Map.of("firstname", "", "city", "Rome")));
        assertThat(patched.body().path("properties").path("city").asText()).isEqualTo("Rome");
        assertThat(patched.body().path("updatedAt").asText()).isEqualTo("2025-06-15T15:06:40.007Z");
        assertThat(rig.contacts("GET", "/" + id, null)
                        .body()
                        .path("properties")
                        .path("firstname")
                        .isNull())
                .isTrue();

        assertThat(rig.contacts("DELETE", "/" + id, null).status()).isEqualTo(204);
        assertThat(rig.contacts("GET", "/" + id, null).status()).isEqualTo(404);
        assertThat(rig.contacts("GET", "/" + id + "?archived=true", null)
                        .body()
                        .path("archivedAt")
                        .asText())
                .isNotEmpty();
        assertThat(rig.contacts("GET", "?archived=true", null).body().path("results"))
                .hasSize(1);
        rig.sandbox.hubSpot().adminClient().edit(Map.of("op", "restore", "id", id));
        assertThat(rig.contacts("GET", "/" + id, null).status()).isEqualTo(200);
    }

    @Test
    void the_dated_paths_answer_alike() throws IOException {
        String id = rig.hubSpotContact(Map.of("email", "a@example.com"));
        Answer numbered = rig.contacts("GET", "/" + id, null);
        for (String base : List.of("/crm/objects/2026-03/contacts/", "/crm/objects/2026-09/0-1/")) {
            assertThat(rig.hubSpot("GET", base + id, null).body()).isEqualTo(numbered.body());
        }
    }

    @Test
    void a_second_holder_of_an_email_is_told_the_first_ones_id() throws IOException {
        String id = rig.hubSpotContact(Map.of("email", "a@example.com"));
        Answer second = rig.contacts("POST", "", Map.of("properties", Map.of("email", "A@example.com")));
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.body().path("category").asText()).isEqualTo("CONFLICT");
        assertThat(second.body().path("message").asText()).isEqualTo("Contact already exists. Existing ID: " + id);
    }

    @Test
    void wrong_properties_are_named() throws IOException {
        Answer wrong = rig.contacts(
                "POST",
                "",
                Map.of(
                        "properties",
                        Map.of("nonsense", "x", "hs_object_id", "1", "email", "no", "lifecyclestage", "y")));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body().path("category").asText()).isEqualTo("VALIDATION_ERROR");
        assertThat(wrong.body().path("errors").findValuesAsText("code"))
                .containsExactlyInAnyOrder(
                        "PROPERTY_DOESNT_EXIST", "READ_ONLY_VALUE", "INVALID_EMAIL", "INVALID_OPTION");
        assertThat(rig.contacts("POST", "", "{\"properties\":{\"city\":null}}").status())
                .isEqualTo(400);
    }

    @Test
    void a_unique_property_is_defined_once_and_found_by() throws IOException {
        Map<String, Object> definition = Map.of(
                "name",
                "kirim_id",
                "label",
                "Kirim",
                "type",
                "string",
                "fieldType",
                "text",
                "groupName",
                "contactinformation",
                "hasUniqueValue",
                true);
        assertThat(rig.hubSpot("POST", "/crm/v3/properties/contacts", definition)
                        .status())
                .isEqualTo(201);
        assertThat(rig.hubSpot("POST", "/crm/v3/properties/contacts", definition)
                        .status())
                .isEqualTo(409);
        assertThat(rig.hubSpot("GET", "/crm/properties/2026-03/contacts/kirim_id", null)
                        .body()
                        .path("hasUniqueValue")
                        .asBoolean())
                .isTrue();
        assertThat(rig.hubSpot("PATCH", "/crm/v3/properties/contacts/kirim_id", Map.of("hasUniqueValue", false))
                        .status())
                .isEqualTo(400);

        String id = rig.hubSpotContact(Map.of("kirim_id", "ctc_1"));
        assertThat(rig.contacts("GET", "/ctc_1?idProperty=kirim_id", null)
                        .body()
                        .path("id")
                        .asText())
                .isEqualTo(id);
        assertThat(rig.contacts("POST", "", Map.of("properties", Map.of("kirim_id", "ctc_1")))
                        .status())
                .isEqualTo(409);
        assertThat(rig.contacts("GET", "/x?idProperty=firstname", null).status())
                .isEqualTo(400);
    }

    @Test
    void only_ten_properties_may_be_unique() throws IOException {
        for (int i = 0; i <= 10; i++) {
            Answer answer = rig.hubSpot(
                    "POST",
                    "/crm/v3/properties/contacts",
                    Map.of(
                            "name",
                            "u" + i,
                            "label",
                            "U",
                            "type",
                            "string",
                            "fieldType",
                            "text",
                            "groupName",
                            "g",
                            "hasUniqueValue",
                            true));
            assertThat(answer.status()).isEqualTo(i < 10 ? 201 : 400);
        }
    }

    @Test
    void the_list_pages_by_after() throws IOException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(rig.hubSpotContact(Map.of("email", i + "@example.com")));
        }
        List<String> walked = new ArrayList<>();
        String after = "";
        do {
            Answer page = rig.contacts("GET", "?limit=2" + after, null);
            page.body().path("results").forEach(r -> walked.add(r.path("id").asText()));
            after = page.body().path("paging").path("next").path("after").asText("");
            after = after.isEmpty() ? "" : "&after=" + after;
        } while (!after.isEmpty());
        assertThat(walked).isEqualTo(ids);
        assertThat(rig.contacts("GET", "?limit=101", null).status()).isEqualTo(400);
    }

    @Test
    void a_merge_mints_an_id_to_which_the_old_ones_lead() throws IOException {
        String first = rig.hubSpotContact(Map.of("email", "a@example.com", "firstname", "A"));
        String second = rig.hubSpotContact(Map.of("email", "b@example.com", "firstname", "B", "city", "Rome"));
        Answer merged = rig.contacts("POST", "/merge", Map.of("primaryObjectId", first, "objectIdToMerge", second));
        String id = merged.body().path("id").asText();

        assertThat(id).isNotIn(first, second);
        for (String old : List.of(first, second, id)) {
            Answer read = rig.contacts("GET", "/" + old + "?properties=firstname,city,hs_merged_object_ids", null);
            assertThat(read.body().path("id").asText()).isEqualTo(id);
            assertThat(read.body().path("properties").path("firstname").asText())
                    .isEqualTo("A");
            assertThat(read.body().path("properties").path("city").asText()).isEqualTo("Rome");
            assertThat(read.body()
                            .path("properties")
                            .path("hs_merged_object_ids")
                            .asText())
                    .isEqualTo(first + ";" + second);
        }
        assertThat(rig.contacts("GET", "/b@example.com?idProperty=email", null)
                        .body()
                        .path("id")
                        .asText())
                .isEqualTo(id);

        String third = rig.hubSpotContact(Map.of("email", "c@example.com"));
        String last = rig.contacts("POST", "/merge", Map.of("primaryObjectId", third, "objectIdToMerge", first))
                .body()
                .path("id")
                .asText();
        assertThat(rig.contacts("GET", "/" + second, null).body().path("id").asText())
                .isEqualTo(last);
        assertThat(rig.contacts("GET", "", null).body().path("results")).hasSize(1);
    }

    @Test
    void an_erased_person_is_gone_and_blocked() throws IOException {
        String id = rig.hubSpotContact(Map.of("email", "a@example.com"));
        assertThat(rig.contacts("POST", "/gdpr-delete", Map.of("objectId", "a@example.com", "idProperty", "email"))
                        .status())
                .isEqualTo(204);
        assertThat(rig.contacts("GET", "/" + id + "?archived=true", null).status())
                .isEqualTo(404);
        assertThat(rig.contacts("POST", "", Map.of("properties", Map.of("email", "a@example.com")))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void history_tells_values_and_their_origin() throws IOException {
        String id = rig.hubSpotContact(Map.of("city", "Rome"));
        rig.sandbox.hubSpot().adminClient().edit(Map.of("id", id, "properties", Map.of("city", "Oslo")));
        Answer read = rig.contacts("GET", "/" + id + "?propertiesWithHistory=city", null);
        assertThat(read.body().path("propertiesWithHistory").path("city").findValuesAsText("value"))
                .containsExactly("Oslo", "Rome");
        assertThat(read.body().path("propertiesWithHistory").path("city").findValuesAsText("sourceType"))
                .containsExactly("CRM_UI", "INTEGRATION");
    }

    @Test
    void the_ten_second_window_rolls() throws IOException {
        rig.sandbox.hubSpot().adminClient().turn("limits.per_ten_seconds", 3);
        for (int i = 0; i < 3; i++) {
            assertThat(rig.contacts("GET", "", null).header("X-HubSpot-RateLimit-Remaining"))
                    .isEqualTo(String.valueOf(2 - i));
        }
        Answer refused = rig.contacts("GET", "", null);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body().path("errorType").asText()).isEqualTo("RATE_LIMIT");
        assertThat(refused.body().path("policyName").asText()).isEqualTo("TEN_SECONDLY_ROLLING");
        assertThat(refused.header("Retry-After")).isEmpty();
        rig.clock.advance(Duration.ofSeconds(10));
        assertThat(rig.contacts("GET", "", null).status()).isEqualTo(200);
    }

    @Test
    void a_wrong_token_is_401_and_the_account_is_described() throws IOException {
        assertThat(rig.send("GET", rig.sandbox.hubSpot().url() + "/crm/v3/objects/contacts", "pat-wrong", null)
                        .status())
                .isEqualTo(401);
        assertThat(rig.hubSpot("GET", "/account-info/v3/details", null)
                        .body()
                        .path("portalId")
                        .asLong())
                .isPositive();
    }
}
