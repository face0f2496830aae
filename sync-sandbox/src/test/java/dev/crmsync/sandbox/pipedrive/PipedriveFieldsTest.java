package dev.crmsync.sandbox.pipedrive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import dev.crmsync.sandbox.SandboxOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipedriveFieldsTest {
    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void codes_are_forty_hex_digits_and_differ_between_accounts() throws IOException {
        String mine = field(rig, "Kirim id", "varchar");
        assertThat(mine).matches("[0-9a-f]{40}").isNotEqualTo(field(rig, "Kirim id", "varchar"));
        try (Rig other = new Rig(SandboxOptions.standard().withSeed(2))) {
            assertThat(field(other, "Kirim id", "varchar")).isNotEqualTo(mine);
        }
    }

    @Test
    void a_field_is_renamed_and_deleted_and_its_code_stays() throws IOException {
        String code = field(rig, "Kirim id", "varchar");
        String path = "/api/v2/personFields/" + code;
        Answer renamed = rig.pipedrive("PATCH", path, Map.of("field_name", "Kirim"));
        assertThat(renamed.data().path("field_code").asText()).isEqualTo(code);
        assertThat(renamed.data().path("is_custom_field").asBoolean()).isTrue();
        assertThat(rig.pipedrive("PATCH", path, Map.of("field_type", "text")).status())
                .isEqualTo(400);
        long ana = rig.pipedriveRecord("persons", Map.of("name", "Ana", "custom_fields", Map.of(code, "ctc_1")));
        assertThat(customs(ana).path(code).asText()).isEqualTo("ctc_1");
        rig.pipedrive("DELETE", path, null);
        assertThat(rig.pipedrive("GET", path, null).status()).isEqualTo(404);
        assertThat(customs(ana).has(code)).isFalse();
        assertThat(rig.pipedrive("DELETE", "/api/v2/personFields/name", null).status())
                .isEqualTo(403);
    }

    @Test
    void fields_are_listed_in_pages() throws IOException {
        int all = rig.pipedrive("GET", "/api/v2/dealFields?limit=500", null)
                .data()
                .size();
        List<JsonNode> pages = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = rig.pipedrive("GET", "/api/v2/dealFields?limit=3" + cursor, null)
                    .body();
            page.path("data").forEach(pages::add);
            cursor = "&cursor=" + page.at("/additional_data/next_cursor").asText("");
        } while (!cursor.equals("&cursor=") && !cursor.equals("&cursor=null"));
        assertThat(pages).hasSize(all);
    }

    @Test
    void values_are_checked_by_type_and_cleared_by_null() throws IOException {
        Map<String, String> codes = new HashMap<>();
        for (String type : List.of("varchar", "double", "date", "monetary", "address", "time", "daterange")) {
            codes.put(type, field(rig, type, type));
        }
        Answer sets = rig.pipedrive("POST", "/api/v2/personFields", options("Tags", "set", "a", "b"));
        codes.put("set", sets.data().path("field_code").asText());
        long option = sets.data().at("/options/0/id").asLong();
        Map<String, Object> good = Map.of(
                "varchar", "x",
                "double", 1.5,
                "date", "2026-02-28",
                "monetary", Map.of("value", 10, "currency", "EUR"),
                "address", Map.of("value", "Street 1", "locality", "Oslo"),
                "time", Map.of("value", "10:00:00", "timezone_name", "Europe/Oslo"),
                "daterange", Map.of("value", "2026-01-01", "until", "2026-01-02"),
                "set", List.of(option));
        long ana = rig.pipedriveRecord("persons", Map.of("name", "Ana"));
        for (Map.Entry<String, Object> one : good.entrySet()) {
            String code = codes.get(one.getKey());
            assertThat(customs(ana).path(code).isNull()).isTrue();
            assertThat(patch(ana, code, one.getValue()).status())
                    .as(one.getKey())
                    .isEqualTo(200);
            assertThat(customs(ana).path(code).isNull()).isFalse();
            assertThat(patch(ana, code, true).status()).as(one.getKey()).isEqualTo(400);
        }
        assertThat(customs(ana).path(codes.get("address")).path("country").isNull())
                .isTrue();
        assertThat(patch(ana, codes.get("set"), List.of()).status()).isEqualTo(400);
        assertThat(patch(ana, codes.get("set"), List.of(1_000_000)).status()).isEqualTo(400);
        assertThat(patch(ana, codes.get("double"), "1.5").status()).isEqualTo(400);
        for (String code : codes.values()) {
            assertThat(patch(ana, code, null).status()).isEqualTo(200);
            assertThat(customs(ana).path(code).isNull()).isTrue();
        }
        rig.sandbox.pipedrive().adminClient().turn("custom.missing", "absent");
        assertThat(customs(ana)).isEmpty();
    }

    @Test
    void an_empty_text_clears_or_is_kept() throws IOException {
        String code = field(rig, "Kirim id", "varchar");
        long ana = rig.pipedriveRecord("persons", Map.of("name", "Ana", "custom_fields", Map.of(code, "x")));
        patch(ana, code, "");
        assertThat(customs(ana).path(code).isNull()).isTrue();
        rig.sandbox.pipedrive().adminClient().turn("custom.empty_text", "kept");
        patch(ana, code, "");
        assertThat(customs(ana).path(code).textValue()).isEmpty();
    }

    @Test
    void a_text_that_is_too_long_is_refused_or_cut() throws IOException {
        String code = field(rig, "Kirim id", "varchar");
        String large = field(rig, "Notes", "text");
        long ana = rig.pipedriveRecord("persons", Map.of("name", "Ana"));
        assertThat(patch(ana, code, "x".repeat(256)).status()).isEqualTo(400);
        assertThat(patch(ana, large, "x".repeat(256)).status()).isEqualTo(200);
        rig.sandbox.pipedrive().adminClient().turn("custom.long_text", "cut");
        patch(ana, code, "x".repeat(256));
        assertThat(customs(ana).path(code).asText()).hasSize(255);
    }

    @Test
    void only_the_custom_fields_that_are_asked_for_show() throws IOException {
        String one = field(rig, "one", "varchar");
        String two = field(rig, "two", "varchar");
        long ana = rig.pipedriveRecord("persons", Map.of("name", "Ana", "custom_fields", Map.of(one, "1", two, "2")));
        JsonNode shown = rig.pipedrive("GET", "/api/v2/persons/" + ana + "?custom_fields=" + two, null)
                .data()
                .path("custom_fields");
        assertThat(shown).hasSize(1);
        assertThat(shown.path(two).asText()).isEqualTo("2");
        String many = String.join(",", Collections.nCopies(15, one)) + ",a,b,c,d,e,f,g,h,i,j,k,l,m,n,o";
        assertThat(rig.pipedrive("GET", "/api/v2/persons?custom_fields=" + many, null)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void options_are_added_renamed_and_removed_all_or_none() throws IOException {
        JsonNode made = rig.pipedrive("POST", "/api/v2/personFields", options("Size", "enum", "S"))
                .data();
        String code = made.path("field_code").asText();
        String path = "/api/v2/personFields/" + code + "/options";
        assertThat(rig.pipedrive("POST", path, List.of(Map.of("label", "M"), Map.of("label", "S")))
                        .status())
                .isEqualTo(400);
        JsonNode added = rig.pipedrive("POST", path, List.of(Map.of("label", "M"), Map.of("label", "L")))
                .data();
        assertThat(added).hasSize(2);
        long m = added.at("/0/id").asLong();
        assertThat(rig.pipedrive(
                                "PATCH",
                                path,
                                List.of(Map.of("id", m, "label", "Medium"), Map.of("id", 1, "label", "?")))
                        .status())
                .isEqualTo(400);
        rig.pipedrive("PATCH", path, List.of(Map.of("id", m, "label", "Medium")));
        long ana = rig.pipedriveRecord("persons", Map.of("name", "Ana", "custom_fields", Map.of(code, m)));
        assertThat(rig.pipedrive("GET", "/api/v2/persons/" + ana + "?include_option_labels=true", null)
                        .data()
                        .at("/custom_fields/" + code + "/label")
                        .asText())
                .isEqualTo("Medium");
        rig.pipedrive("DELETE", path, List.of(Map.of("id", m)));
        assertThat(customs(ana).path(code).isNull()).isTrue();
        assertThat(rig.pipedrive("GET", "/api/v2/personFields/" + code, null)
                        .data()
                        .path("options"))
                .hasSize(2);
    }

    @Test
    void the_system_field_of_labels_takes_options_as_the_dials_say() throws IOException {
        String path = "/api/v2/personFields/label_ids/options";
        JsonNode added =
                rig.pipedrive("POST", path, List.of(Map.of("label", "VIP"))).data();
        assertThat(added.at("/0/id").asLong()).isPositive();
        rig.sandbox.pipedrive().adminClient().turn("labels.options_writable", false);
        assertThat(rig.pipedrive("POST", path, List.of(Map.of("label", "New"))).status())
                .isEqualTo(403);
        rig.sandbox.pipedrive().adminClient().turn("labels.field_code", "label");
        assertThat(rig.pipedrive("GET", "/api/v2/personFields/label_ids", null).status())
                .isEqualTo(404);
        assertThat(rig.pipedrive("GET", "/api/v2/personFields/label", null)
                        .data()
                        .path("field_code")
                        .asText())
                .isEqualTo("label");
    }

    @Test
    void wrong_fields_are_refused() throws IOException {
        for (Map<String, Object> body : List.<Map<String, Object>>of(
                Map.of("field_type", "varchar"),
                Map.of("field_name", "x", "field_type", "poem"),
                Map.of("field_name", "x", "field_type", "enum"),
                Map.of("field_name", "x", "field_type", "varchar", "nonsense", 1))) {
            assertThat(rig.pipedrive("POST", "/api/v2/personFields", body).status())
                    .as(body.toString())
                    .isEqualTo(400);
        }
        rig.sandbox.pipedrive().adminClient().turn("fields.duplicate_names", "reject");
        assertThat(rig.pipedrive("POST", "/api/v2/personFields", Map.of("field_name", "Name", "field_type", "text"))
                        .status())
                .isEqualTo(400);
    }

    private static String field(Rig rig, String name, String type) throws IOException {
        return rig.pipedrive("POST", "/api/v2/personFields", Map.of("field_name", name, "field_type", type))
                .data()
                .path("field_code")
                .asText();
    }

    private static Map<String, Object> options(String name, String type, String... labels) {
        List<Map<String, String>> options = new ArrayList<>();
        for (String label : labels) {
            options.add(Map.of("label", label));
        }
        return Map.of("field_name", name, "field_type", type, "options", options);
    }

    private Answer patch(long id, String code, Object value) throws IOException {
        Map<String, Object> customs = new HashMap<>();
        customs.put(code, value);
        return rig.pipedrive("PATCH", "/api/v2/persons/" + id, Map.of("custom_fields", customs));
    }

    private JsonNode customs(long id) throws IOException {
        return rig.pipedrive("GET", "/api/v2/persons/" + id, null).data().path("custom_fields");
    }
}
