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

class PipedriveLeadsTest {
    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_lead_belongs_to_a_person_and_has_the_fields_of_deals() throws IOException {
        long ana = rig.pipedriveRecord("persons", Map.of("name", "Ana"));
        String code = rig.sandbox.pipedrive().people().makeField("deal", "Kirim id", "varchar");
        assertThat(lead(Map.of("title", "x")).status()).isEqualTo(400);
        assertThat(lead(Map.of("person_id", ana)).status()).isEqualTo(400);
        Answer made = lead(Map.of(
                "title",
                "Help",
                "person_id",
                ana,
                "origin_id",
                "cnv_1",
                "value",
                Map.of("amount", 10, "currency", "EUR"),
                code,
                "cnv_1"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.data().path("id").asText()).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f-]{16}");
        assertThat(made.data().path(code).asText()).isEqualTo("cnv_1");
        assertThat(made.data().path("origin_id").asText()).isEqualTo("cnv_1");
        String path = "/v1/leads/" + made.data().path("id").asText();
        assertThat(rig.pipedrive("PATCH", path, Map.of("origin_id", "x")).status())
                .isEqualTo(400);
        assertThat(rig.pipedrive("PATCH", path, Map.of("title", "Help!"))
                        .data()
                        .path("title")
                        .asText())
                .isEqualTo("Help!");
        assertThat(rig.pipedrive("GET", "/v1/leads?person_id=" + ana, null).data())
                .hasSize(1);
        rig.pipedrive("PATCH", path, Map.of("is_archived", true));
        assertThat(rig.pipedrive("GET", "/v1/leads", null).data()).isEmpty();
        assertThat(rig.pipedrive("GET", "/v1/leads/archived", null).data()).hasSize(1);
        assertThat(rig.pipedrive("PATCH", path, Map.of("title", "x")).status()).isEqualTo(400);
        rig.pipedrive("DELETE", path, null);
        assertThat(rig.pipedrive("GET", path, null).status()).isEqualTo(404);
        JsonNode fields = rig.pipedrive("GET", "/v1/leadFields?limit=500", null).data();
        assertThat(fields).anyMatch(field -> field.path("key").asText().equals(code));
    }

    @Test
    void labels_of_leads_have_uuids_and_colours() throws IOException {
        long ana = rig.pipedriveRecord("persons", Map.of("name", "Ana"));
        Answer made = rig.pipedrive("POST", "/v1/leadLabels", Map.of("name", "VIP", "color", "green"));
        String id = made.data().path("id").asText();
        assertThat(rig.pipedrive("POST", "/v1/leadLabels", Map.of("name", "VIP", "color", "black"))
                        .status())
                .isEqualTo(400);
        assertThat(lead(Map.of("title", "x", "person_id", ana, "label_ids", List.of(id)))
                        .status())
                .isEqualTo(201);
        assertThat(lead(Map.of("title", "x", "person_id", ana, "label_ids", List.of("1")))
                        .status())
                .isEqualTo(400);
        rig.pipedrive("PATCH", "/v1/leadLabels/" + id, Map.of("name", "Very important"));
        assertThat(rig.pipedrive("GET", "/v1/leadLabels", null).data())
                .anyMatch(label -> label.path("name").asText().equals("Very important")
                        && label.path("id").asText().equals(id));
        rig.pipedrive("DELETE", "/v1/leadLabels/" + id, null);
        assertThat(rig.pipedrive("DELETE", "/v1/leadLabels/" + id, null).status())
                .isEqualTo(404);
    }

    @Test
    void paging_stands_where_the_dial_says() throws IOException {
        long ana = rig.pipedriveRecord("persons", Map.of("name", "Ana"));
        lead(Map.of("title", "1", "person_id", ana));
        lead(Map.of("title", "2", "person_id", ana));
        JsonNode page = rig.pipedrive("GET", "/v1/leads?limit=1", null).body();
        assertThat(page.at("/additional_data/pagination/next_start").asInt()).isEqualTo(1);
        rig.sandbox.pipedrive().adminClient().turn("leads.page", "flat");
        page = rig.pipedrive("GET", "/v1/leads?limit=1", null).body();
        assertThat(page.at("/additional_data/next_start").asInt()).isEqualTo(1);
    }

    private Answer lead(Object body) throws IOException {
        return rig.pipedrive("POST", "/v1/leads", body);
    }
}
