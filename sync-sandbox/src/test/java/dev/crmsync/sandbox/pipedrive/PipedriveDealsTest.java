package dev.crmsync.sandbox.pipedrive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipedriveDealsTest {
    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_deal_begins_open_in_the_first_stage_and_is_won_lost_and_opened_again() throws IOException {
        long ana = rig.pipedriveRecord("persons", Map.of("name", "Ana"));
        Answer made = rig.pipedrive("POST", "/api/v2/deals", Map.of("title", "Help", "person_id", ana));
        JsonNode stages = rig.pipedrive("GET", "/api/v2/stages", null).data();
        assertThat(made.data().path("status").asText()).isEqualTo("open");
        assertThat(made.data().path("stage_id")).isEqualTo(stages.at("/0/id"));
        assertThat(made.data().path("origin_id").isNull()).isTrue();
        String id = made.data().path("id").asText();
        JsonNode moved =
                patch(id, Map.of("stage_id", stages.at("/2/id").asLong())).data();
        assertThat(moved.path("stage_change_time").isTextual()).isTrue();
        assertThat(patch(id, Map.of("lost_reason", "price")).status()).isEqualTo(400);
        JsonNode lost =
                patch(id, Map.of("status", "lost", "lost_reason", "price")).data();
        assertThat(lost.path("lost_time").isTextual()).isTrue();
        assertThat(lost.path("close_time").isTextual()).isTrue();
        JsonNode open = patch(id, Map.of("status", "open")).data();
        assertThat(open.path("lost_time").isNull()).isTrue();
        assertThat(open.path("lost_reason").isNull()).isTrue();
        assertThat(patch(id, Map.of("status", "won")).data().path("won_time").isTextual())
                .isTrue();
        assertThat(ids("?status=won")).hasSize(1);
        assertThat(ids("?status=open,lost")).isEmpty();
        assertThat(ids("?person_id=" + ana)).hasSize(1);
    }

    @Test
    void wrong_deals_are_refused() throws IOException {
        for (Map<String, Object> body : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("title", "x", "status", "gone"),
                Map.of("title", "x", "stage_id", 99),
                Map.of("title", "x", "pipeline_id", 99),
                Map.of("title", "x", "person_id", 99),
                Map.of("title", "x", "value", "100"),
                Map.of("title", "x", "is_deleted", true),
                Map.of("title", "x", "origin_id", "1"))) {
            assertThat(rig.pipedrive("POST", "/api/v2/deals", body).status())
                    .as(body.toString())
                    .isEqualTo(400);
        }
    }

    @Test
    void archived_deals_leave_the_lists_and_cannot_be_edited() throws IOException {
        String id = String.valueOf(rig.pipedriveRecord("deals", Map.of("title", "Help")));
        patch(id, Map.of("is_archived", true));
        assertThat(ids("")).isEmpty();
        assertThat(ids("/archived")).hasSize(1);
        assertThat(patch(id, Map.of("title", "x")).status()).isEqualTo(400);
        assertThat(patch(id, Map.of("is_archived", false)).status()).isEqualTo(200);
        assertThat(patch(id, Map.of("title", "x")).status()).isEqualTo(200);
    }

    @Test
    void deleted_deals_have_a_status_of_their_own() throws IOException {
        String id = String.valueOf(rig.pipedriveRecord("deals", Map.of("title", "Help")));
        rig.pipedrive("DELETE", "/api/v2/deals/" + id, null);
        assertThat(ids("")).isEmpty();
        assertThat(ids("?status=deleted")).hasSize(1);
        rig.clock.advance(java.time.Duration.ofDays(30));
        assertThat(ids("?status=deleted")).isEmpty();
    }

    @Test
    void pipelines_have_stages() throws IOException {
        List<String> made = rig.sandbox.pipedrive().people().makePipeline("Support", "New", "Done");
        JsonNode pipelines = rig.pipedrive("GET", "/api/v2/pipelines", null).data();
        assertThat(pipelines).hasSize(2);
        String support = pipelines.at("/1/id").asText();
        JsonNode stages = rig.pipedrive("GET", "/api/v2/stages?pipeline_id=" + support, null)
                .data();
        assertThat(stages.at("/0/id").asText()).isEqualTo(made.get(0));
        Map<String, Object> deal = Map.of("title", "x", "pipeline_id", Long.parseLong(support));
        assertThat(rig.pipedrive("POST", "/api/v2/deals", deal)
                        .data()
                        .path("stage_id")
                        .asText())
                .isEqualTo(made.get(0));
        Map<String, Object> mixed = Map.of("title", "x", "pipeline_id", 1, "stage_id", Long.parseLong(made.get(0)));
        assertThat(rig.pipedrive("POST", "/api/v2/deals", mixed).status()).isEqualTo(400);
    }

    @Test
    void an_activity_concerns_its_primary_participant() throws IOException {
        long ana = rig.pipedriveRecord("persons", Map.of("name", "Ana"));
        Map<String, Object> call =
                Map.of("subject", "Call back", "type", "call", "participants", List.of(Map.of("person_id", ana)));
        Answer made = rig.pipedrive("POST", "/api/v2/activities", call);
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.data().path("person_id").asLong()).isEqualTo(ana);
        assertThat(made.data().at("/participants/0/primary").asBoolean()).isTrue();
        String path = "/api/v2/activities/" + made.data().path("id").asText();
        assertThat(rig.pipedrive("PATCH", path, Map.of("person_id", ana)).status())
                .isEqualTo(400);
        assertThat(rig.pipedrive("PATCH", path, Map.of("done", 1)).status()).isEqualTo(400);
        assertThat(rig.pipedrive("PATCH", path, Map.of("done", true))
                        .data()
                        .path("marked_as_done_time")
                        .isTextual())
                .isTrue();
        assertThat(rig.pipedrive("GET", "/api/v2/activities?person_id=" + ana + "&done=true", null)
                        .data())
                .hasSize(1);
        rig.sandbox.pipedrive().adminClient().turn("activities.person_id", "ignored");
        assertThat(rig.pipedrive("PATCH", path, Map.of("person_id", 5))
                        .data()
                        .path("person_id")
                        .asLong())
                .isEqualTo(ana);
        rig.pipedrive("DELETE", path, null);
        assertThat(rig.pipedrive("GET", "/api/v2/activities", null).data()).isEmpty();
    }

    private Answer patch(String id, Object body) throws IOException {
        return rig.pipedrive("PATCH", "/api/v2/deals/" + id, body);
    }

    private List<Long> ids(String rest) throws IOException {
        return PipedriveListsTest.ids(
                rig.pipedrive("GET", "/api/v2/deals" + rest, null).body());
    }
}
