package dev.crmsync.sandbox.pipedrive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Rig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PipedriveSearchTest {
    private final Rig rig = new Rig();
    private String code = "";

    @BeforeEach
    void prepare() {
        code = rig.sandbox.pipedrive().people().makeField("person", "Kirim id", "varchar");
        rig.sandbox.pipedrive().adminClient().turn(Map.of("search.lag_jitter_ms", 0, "limits.search_burst", 100));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_field_is_searched_with_regard_to_case_and_late() throws IOException {
        long ana = person("Ana", "ctc_Abc");
        assertThat(byField("term=ctc_Abc&match=exact")).isEmpty();
        rig.clock.advance(Duration.ofSeconds(1));
        assertThat(byField("term=ctc_Abc&match=exact")).containsExactly(ana);
        assertThat(byField("term=ctc_abc&match=exact")).isEmpty();
        assertThat(byField("term=ctc&match=exact")).isEmpty();
        assertThat(byField("term=ctc&match=beginning")).containsExactly(ana);
        assertThat(byField("term=_Ab&match=middle")).containsExactly(ana);
        JsonNode row = rig.pipedrive("GET", query("term=ctc_Abc&match=exact"), null)
                .data()
                .path(0);
        assertThat(row.path("name").asText()).isEqualTo("Ana");
        rig.pipedrive("DELETE", "/api/v2/persons/" + ana, null);
        assertThat(byField("term=ctc_Abc")).containsExactly(ana);
        rig.clock.advance(Duration.ofSeconds(1));
        assertThat(byField("term=ctc_Abc")).isEmpty();
    }

    @Test
    void short_terms_and_fields_that_cannot_be_searched_are_refused() throws IOException {
        String flag = rig.sandbox.pipedrive().people().makeField("person", "Flag", "enum", "yes");
        assertThat(status(query("term=&match=exact"))).isEqualTo(400);
        assertThat(status(query("term=a&match=exact"))).isEqualTo(200);
        assertThat(status(query("term=a&match=middle"))).isEqualTo(400);
        assertThat(status(query("term=a&match=like"))).isEqualTo(400);
        assertThat(status("/api/v2/itemSearch/field?term=a&entity_type=person&field=" + flag))
                .isEqualTo(400);
        assertThat(status("/api/v2/itemSearch/field?term=a&entity_type=boat&field=" + code))
                .isEqualTo(400);
        assertThat(status("/api/v2/itemSearch/field?term=a&entity_type=deal&field=" + code))
                .isEqualTo(400);
        assertThat(status("/api/v2/persons/search?term=a")).isEqualTo(400);
        assertThat(status("/api/v2/persons/search?term=a&exact_match=true")).isEqualTo(200);
        assertThat(status("/api/v2/persons/search?term=ab&fields=shoe")).isEqualTo(400);
    }

    @Test
    void persons_are_searched_without_regard_to_case() throws IOException {
        long ana = person("Ana Silva", "ctc_1");
        person("Ben", "ctc_2");
        rig.clock.advance(Duration.ofSeconds(1));
        JsonNode found = rig.pipedrive(
                        "GET", "/api/v2/persons/search?term=ANA@EXAMPLE.COM&fields=email&exact_match=true", null)
                .data()
                .path("items");
        assertThat(found).hasSize(1);
        assertThat(found.at("/0/item/id").asLong()).isEqualTo(ana);
        assertThat(found.at("/0/item/emails/0").asText()).isEqualTo("Ana@example.com");
        assertThat(rig.pipedrive("GET", "/api/v2/persons/search?term=ana@example&fields=email&exact_match=true", null)
                        .data()
                        .path("items"))
                .isEmpty();
        JsonNode page = rig.pipedrive("GET", "/api/v2/persons/search?term=ctc_&limit=1", null)
                .body();
        assertThat(page.at("/data/items")).hasSize(1);
        String next = page.at("/additional_data/next_cursor").asText();
        assertThat(rig.pipedrive("GET", "/api/v2/persons/search?term=ctc_&limit=1&cursor=" + next, null)
                        .data()
                        .at("/items/0/item/name")
                        .asText())
                .isEqualTo("Ben");
    }

    @Test
    void seeded_persons_are_found_at_once() throws IOException {
        List<String> ids = rig.sandbox
                .pipedrive()
                .adminClient()
                .seed(List.of(Map.of("name", "Ana", "custom_fields", Map.of(code, "ctc_9"))));
        assertThat(byField("term=ctc_9")).containsExactly(Long.parseLong(ids.get(0)));
    }

    private long person(String name, String kirimId) throws IOException {
        String email = name.split(" ", 2)[0] + "@example.com";
        return rig.pipedriveRecord(
                "persons",
                Map.of(
                        "name",
                        name,
                        "emails",
                        List.of(Map.of("value", email)),
                        "custom_fields",
                        Map.of(code, kirimId)));
    }

    private String query(String rest) {
        return "/api/v2/itemSearch/field?entity_type=person&field=" + code + "&" + rest;
    }

    private List<Long> byField(String rest) throws IOException {
        return PipedriveListsTest.ids(rig.pipedrive("GET", query(rest), null).body());
    }

    private int status(String path) throws IOException {
        return rig.pipedrive("GET", path, null).status();
    }
}
