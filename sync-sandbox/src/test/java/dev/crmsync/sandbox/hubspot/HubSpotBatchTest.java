package dev.crmsync.sandbox.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HubSpotBatchTest {
    private final Rig rig = new Rig();

    @BeforeEach
    void defineUnique() {
        rig.sandbox
                .hubSpot()
                .adminClient()
                .any(
                        "POST",
                        "/properties",
                        Map.of(
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
                                true));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void create_without_trace_ids_fails_as_a_whole() throws IOException {
        rig.hubSpotContact(Map.of("email", "taken@example.com"));
        Answer answer = batch("create", List.of(row("email", "a@example.com"), row("email", "taken@example.com")));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(rig.sandbox.hubSpot().adminClient().dump()).hasSize(1);
    }

    @Test
    void create_with_trace_ids_reports_each_row() throws IOException {
        String taken = rig.hubSpotContact(Map.of("email", "taken@example.com"));
        Answer answer = batch(
                "create",
                List.of(
                        Map.of("objectWriteTraceId", "t1", "properties", Map.of("email", "a@example.com")),
                        Map.of("objectWriteTraceId", "t2", "properties", Map.of("email", "taken@example.com"))));
        assertThat(answer.status()).isEqualTo(207);
        assertThat(answer.body()
                        .path("results")
                        .path(0)
                        .path("objectWriteTraceId")
                        .asText())
                .isEqualTo("t1");
        JsonNode error = answer.body().path("errors").path(0);
        assertThat(answer.body().path("numErrors").asInt()).isEqualTo(1);
        assertThat(error.path("context").path("objectWriteTraceId").path(0).asText())
                .isEqualTo("t2");
        assertThat(error.path("message").asText()).endsWith("Existing ID: " + taken);
    }

    @Test
    void upsert_says_what_is_new_and_converges_when_repeated() throws IOException {
        List<Map<String, Object>> inputs = List.of(upsert("ctc_1", "A"), upsert("ctc_2", "B"));
        Answer first = batch("upsert", inputs);
        Answer again = batch("upsert", inputs);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body().path("results").findValuesAsText("new")).containsExactly("true", "true");
        assertThat(again.body().path("results").findValuesAsText("new")).containsExactly("false", "false");
        assertThat(again.body().path("results").findValuesAsText("kirim_id")).containsExactly("ctc_1", "ctc_2");
        assertThat(again.body().path("results").findValuesAsText("id"))
                .isEqualTo(first.body().path("results").findValuesAsText("id"));
    }

    @Test
    void one_bad_row_of_an_upsert_leaves_the_others() throws IOException {
        Map<String, Object> bad =
                Map.of("id", "ctc_2", "idProperty", "kirim_id", "properties", Map.of("nonsense", "x"));
        Answer answer = batch("upsert", List.of(upsert("ctc_1", "A"), bad));
        assertThat(answer.status()).isEqualTo(207);
        assertThat(answer.body().path("results")).hasSize(1);
        assertThat(answer.body()
                        .path("errors")
                        .path(0)
                        .path("context")
                        .path("ids")
                        .path(0)
                        .asText())
                .isEqualTo("ctc_2");

        rig.sandbox.hubSpot().adminClient().turn("batch.partial", "whole");
        assertThat(batch("upsert", List.of(upsert("ctc_3", "C"), bad)).status()).isEqualTo(400);
        assertThat(rig.sandbox.hubSpot().adminClient().dump()).hasSize(1);
    }

    @Test
    void upsert_by_email_is_all_or_nothing() throws IOException {
        Answer answer = batch(
                "upsert",
                List.of(
                        Map.of("id", "a@example.com", "idProperty", "email", "properties", Map.of("city", "Rome")),
                        Map.of("id", "b@example.com", "idProperty", "email", "properties", Map.of("nonsense", "x"))));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(rig.sandbox.hubSpot().adminClient().dump()).isEmpty();
    }

    @Test
    void read_returns_what_there_is_and_names_the_rest() throws IOException {
        String id = rig.hubSpotContact(Map.of("kirim_id", "ctc_1"));
        Answer answer = rig.contacts(
                "POST",
                "/batch/read",
                Map.of(
                        "idProperty",
                        "kirim_id",
                        "properties",
                        List.of("kirim_id"),
                        "inputs",
                        List.of(Map.of("id", "ctc_1"), Map.of("id", "ctc_9"))));
        assertThat(answer.status()).isEqualTo(207);
        assertThat(answer.body().path("results").findValuesAsText("id")).containsExactly(id);
        assertThat(answer.body()
                        .path("errors")
                        .path(0)
                        .path("context")
                        .path("ids")
                        .path(0)
                        .asText())
                .isEqualTo("ctc_9");
    }

    @Test
    void update_and_archive_take_ids() throws IOException {
        String id = rig.hubSpotContact(Map.of("city", "Rome"));
        Answer updated = batch(
                "update",
                List.of(
                        Map.of("id", id, "properties", Map.of("city", "Oslo")),
                        Map.of("id", "404404", "properties", Map.of("city", "Oslo"))));
        assertThat(updated.status()).isEqualTo(207);
        assertThat(updated.body().path("errors").path(0).path("category").asText())
                .isEqualTo("OBJECT_NOT_FOUND");
        assertThat(batch("archive", List.of(Map.of("id", id))).status()).isEqualTo(204);
        assertThat(rig.contacts("GET", "/" + id, null).status()).isEqualTo(404);
    }

    @Test
    void more_than_a_hundred_inputs_and_doubled_ids_are_refused() throws IOException {
        assertThat(batch("create", Collections.nCopies(101, row("city", "Rome")))
                        .status())
                .isEqualTo(400);
        assertThat(batch("upsert", List.of(upsert("ctc_1", "A"), upsert("ctc_1", "B")))
                        .status())
                .isEqualTo(400);
    }

    private static Map<String, Object> upsert(String id, String name) {
        return Map.of("id", id, "idProperty", "kirim_id", "properties", Map.of("firstname", name));
    }

    private static Map<String, Object> row(String property, String value) {
        return Map.of("properties", Map.of(property, value));
    }

    private Answer batch(String operation, List<?> inputs) throws IOException {
        return rig.contacts("POST", "/batch/" + operation, Map.of("inputs", inputs));
    }
}
