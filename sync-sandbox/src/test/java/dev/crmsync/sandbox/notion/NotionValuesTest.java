package dev.crmsync.sandbox.notion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import dev.crmsync.sandbox.admin.AdminClient;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each type of property takes, what it refuses, and how it comes back. */
class NotionValuesTest {
    private final Rig rig = new Rig();
    private final AdminClient admin = rig.sandbox.notion().adminClient();
    private final NotionPeople people = rig.sandbox.notion().people();
    private String id = "";

    @BeforeEach
    void page() {
        id = people.make(Map.of("Name", "Ana"));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_text_object_holds_two_thousand_characters_and_a_list_a_hundred_objects() throws IOException {
        assertThat(set("Notes", NotionSay.text("x".repeat(2000))).status()).isEqualTo(200);
        Answer refused = set("Notes", NotionSay.text("x".repeat(2001)));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("message").asText())
                .isEqualTo("body failed validation: body.properties.Notes.rich_text[0].text.content.length"
                        + " should be ≤ `2000`, instead was `2001`.");
        String[] hundred = Collections.nCopies(100, "x".repeat(2000)).toArray(new String[0]);
        assertThat(plain(set("Notes", NotionSay.text(hundred)))).hasSize(200_000);
        String[] more = Collections.nCopies(101, "x").toArray(new String[0]);
        assertThat(set("Notes", NotionSay.text(more)).status()).isEqualTo(400);
    }

    @Test
    void people_write_longer_texts_than_the_api_takes_back() throws IOException {
        people.patch(id, Map.of("Notes", "y".repeat(250_000)));
        JsonNode items = property("Notes").path("rich_text");
        assertThat(items).hasSize(1);
        assertThat(items.at("/0/plain_text").asText()).hasSize(250_000);
        assertThat(set("Notes", Map.of("rich_text", items)).status()).isEqualTo(400);
    }

    @Test
    void texts_come_back_cut_as_the_dial_says() throws IOException {
        String piece = "x".repeat(1500);
        assertThat(set("Notes", NotionSay.text(piece, piece)).body().at("/properties/Notes/rich_text"))
                .hasSize(1);
        admin.turn("rich_text.segments", "split");
        JsonNode split = set("Notes", NotionSay.text(piece, piece)).body().at("/properties/Notes/rich_text");
        assertThat(split.at("/0/plain_text").asText()).hasSize(2000);
        assertThat(split.at("/1/text/content").asText()).hasSize(1000);
        admin.turn("rich_text.segments", "kept");
        JsonNode kept = set("Notes", NotionSay.text(piece, piece)).body().at("/properties/Notes/rich_text");
        assertThat(kept).hasSize(2);
        assertThat(kept.at("/1/plain_text").asText()).hasSize(1500);
    }

    @Test
    void styles_and_links_keep_texts_apart() throws IOException {
        List<Object> items = List.of(
                Map.of("text", Map.of("content", "plain ")),
                Map.of("text", Map.of("content", "bold"), "annotations", Map.of("bold", true)),
                Map.of("text", Map.of("content", "", "link", Map.of("url", "https://example.com/"))),
                Map.of("text", Map.of("content", "link", "link", Map.of("url", "https://example.com/"))),
                Map.of("equation", Map.of("expression", "e=mc^2")));
        JsonNode shown = set("Notes", Map.of("rich_text", items)).body().at("/properties/Notes/rich_text");
        assertThat(shown).hasSize(4);
        assertThat(shown.at("/1/annotations/bold").asBoolean()).isTrue();
        assertThat(shown.at("/1/annotations/color").asText()).isEqualTo("default");
        assertThat(shown.at("/2/href").asText()).isEqualTo("https://example.com/");
        assertThat(shown.at("/0/href").isNull()).isTrue();
        assertThat(shown.at("/3/type").asText()).isEqualTo("equation");
        for (Object wrong : List.of(
                Map.of("rich_text", "text"),
                Map.of("rich_text", List.of(Map.of())),
                Map.of("rich_text", List.of(Map.of("text", Map.of()))),
                Map.of("rich_text", List.of(Map.of("equation", Map.of("expression", "x".repeat(1001))))),
                Map.of(
                        "rich_text",
                        List.of(Map.of("text", Map.of("content", "x", "link", Map.of("url", "h".repeat(2001)))))))) {
            assertThat(set("Notes", wrong).status()).as(wrong.toString()).isEqualTo(400);
        }
    }

    @Test
    void an_email_and_a_phone_are_single_and_at_most_two_hundred_long() throws IOException {
        assertThat(set("Email", Map.of("email", " ana@example.com "))
                        .body()
                        .at("/properties/Email/email")
                        .asText())
                .isEqualTo("ana@example.com");
        admin.turn("email_phone.trim", false);
        assertThat(set("Phone", Map.of("phone_number", " +47 1 "))
                        .body()
                        .at("/properties/Phone/phone_number")
                        .asText())
                .isEqualTo(" +47 1 ");
        assertThat(set("Email", Map.of("email", "x".repeat(200))).status()).isEqualTo(200);
        assertThat(set("Email", Map.of("email", "x".repeat(201))).status()).isEqualTo(400);
        assertThat(set("Website", Map.of("url", "x".repeat(2001))).status()).isEqualTo(400);
        assertThat(set("Email", Map.of("email", List.of("a", "b"))).status()).isEqualTo(400);
        assertThat(set("Email", Map.of("email", ""))
                        .body()
                        .at("/properties/Email/email")
                        .isNull())
                .isTrue();
        admin.turn("email_phone.empty", "rejected");
        assertThat(set("Email", Map.of("email", "")).status()).isEqualTo(400);
    }

    @Test
    void an_unknown_option_is_made_and_a_known_one_is_named_by_id_or_name() throws IOException {
        JsonNode made =
                set("Labels", NotionSay.options("VIP", "New", "VIP")).body().at("/properties/Labels/multi_select");
        assertThat(made).hasSize(2);
        String vip = made.at("/0/id").asText();
        people.renameOption("Labels", "VIP", "Very important");
        assertThat(property("Labels").at("/multi_select/0/name").asText()).isEqualTo("Very important");
        JsonNode byId = set("Labels", Map.of("multi_select", List.of(Map.of("id", vip))))
                .body()
                .at("/properties/Labels/multi_select");
        assertThat(byId.at("/0/name").asText()).isEqualTo("Very important");
        JsonNode twin = set("Labels", NotionSay.options("VIP")).body().at("/properties/Labels/multi_select");
        assertThat(twin.at("/0/id").asText()).isNotEqualTo(vip);
        assertThat(set("Labels", NotionSay.options("a,b")).status()).isEqualTo(400);
        assertThat(set("Labels", NotionSay.options("")).status()).isEqualTo(400);
        assertThat(set("Labels", NotionSay.options("x".repeat(101))).status()).isEqualTo(400);
        assertThat(set("Labels", Map.of("multi_select", List.of(Map.of("id", "nonsense"))))
                        .status())
                .isEqualTo(400);
        admin.turn("capabilities.edit_data_source", false);
        assertThat(set("Labels", NotionSay.options("VIP")).status()).isEqualTo(200);
        Answer refused = set("Labels", NotionSay.options("Another"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().path("code").asText()).isEqualTo("restricted_resource");
    }

    @Test
    void a_hundred_options_fit_into_one_write() throws IOException {
        String[] names = new String[101];
        for (int i = 0; i < names.length; i++) {
            names[i] = "Label " + i;
        }
        assertThat(set("Labels", NotionSay.options(names)).status()).isEqualTo(400);
        people.patch(id, Map.of("Labels", List.of(names)));
        assertThat(property("Labels").path("multi_select")).hasSize(101);
    }

    @Test
    void a_status_must_be_there_and_a_select_need_not() throws IOException {
        assertThat(set("Status", Map.of("status", Map.of("name", "Done")))
                        .body()
                        .at("/properties/Status/status/name")
                        .asText())
                .isEqualTo("Done");
        assertThat(set("Status", Map.of("status", Map.of("name", "Nearly"))).status())
                .isEqualTo(400);
        assertThat(set("Stage", Map.of("select", Map.of("name", "Prospect")))
                        .body()
                        .at("/properties/Stage/select/name")
                        .asText())
                .isEqualTo("Prospect");
        assertThat(clear("Status", "status").at("/properties/Status/status").isNull())
                .isTrue();
        assertThat(clear("Stage", "select").at("/properties/Stage/select").isNull())
                .isTrue();
    }

    @Test
    void dates_are_shown_without_a_time_zone() throws IOException {
        assertThat(date(Map.of("start", "1990-05-01")).path("start").asText()).isEqualTo("1990-05-01");
        JsonNode range = date(Map.of("start", "2026-01-01T09:00:00Z", "end", "2026-01-02T10:30:00+07:00"));
        assertThat(range.path("start").asText()).isEqualTo("2026-01-01T09:00:00.000+00:00");
        assertThat(range.path("end").asText()).isEqualTo("2026-01-02T10:30:00.000+07:00");
        JsonNode zoned = date(Map.of("start", "2026-01-01T09:00:00", "time_zone", "Asia/Jakarta"));
        assertThat(zoned.path("start").asText()).isEqualTo("2026-01-01T09:00:00.000+07:00");
        assertThat(zoned.path("time_zone").isNull()).isTrue();
        assertThat(zoned.path("end").isNull()).isTrue();
        assertThat(set("Birthday", Map.of("date", Map.of("start", "yesterday"))).status())
                .isEqualTo(400);
        assertThat(set("Birthday", Map.of("date", Map.of())).status()).isEqualTo(400);
        assertThat(clear("Birthday", "date").at("/properties/Birthday/date").isNull())
                .isTrue();
    }

    @Test
    void numbers_and_checkboxes_are_not_converted() throws IOException {
        assertThat(set("Score", Map.of("number", 1.5))
                        .body()
                        .at("/properties/Score/number")
                        .asDouble())
                .isEqualTo(1.5);
        assertThat(set("Score", Map.of("number", "1")).status()).isEqualTo(400);
        assertThat(set("VIP", Map.of("checkbox", true))
                        .body()
                        .at("/properties/VIP/checkbox")
                        .asBoolean())
                .isTrue();
        assertThat(set("VIP", Map.of("checkbox", "true")).status()).isEqualTo(400);
        assertThat(rig.notion("PATCH", "/v1/pages/" + id, Map.of("properties", NotionSay.one("VIP", "checkbox", null)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void references_name_what_is_there() throws IOException {
        String owner = people.users().get(1).get("id").toString();
        JsonNode shown = set("Owner", NotionSay.ids("people", List.of(owner, owner)))
                .body()
                .at("/properties/Owner/people");
        assertThat(shown).hasSize(1);
        assertThat(shown.at("/0/person/email").asText()).contains("@");
        admin.turn("capabilities.users", "without_email");
        assertThat(property("Owner").at("/people/0/person").has("email")).isFalse();
        admin.turn("capabilities.users", "none");
        assertThat(property("Owner").at("/people/0")).hasSize(2);
        assertThat(set("Related", NotionSay.ids("relation", List.of(id)))
                        .body()
                        .at("/properties/Related/relation/0/id")
                        .asText())
                .isEqualTo(id);
        String nobody = "00000000-0000-4000-8000-000000000000";
        assertThat(set("Owner", NotionSay.ids("people", List.of(nobody))).status())
                .isEqualTo(400);
        assertThat(set("Related", NotionSay.ids("relation", List.of(nobody))).status())
                .isEqualTo(400);
        assertThat(set("Related", NotionSay.ids("relation", List.of("x"))).status())
                .isEqualTo(400);
        assertThat(set("Related", NotionSay.ids("relation", Collections.nCopies(101, id)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_property_is_named_by_name_or_by_id_in_either_writing() throws IOException {
        String notes = property("Notes").path("id").asText();
        assertThat(set(notes, NotionSay.text("by id")).status()).isEqualTo(200);
        people.renameProperty("Notes", "Remarks");
        assertThat(set("Notes", NotionSay.text("gone")).status()).isEqualTo(400);
        assertThat(set(notes, NotionSay.text("still by id"))
                        .body()
                        .at("/properties/Remarks/rich_text/0/plain_text")
                        .asText())
                .isEqualTo("still by id");
        for (String name : List.of("Email", "Phone", "Company", "Kirim id", "Labels", "Score")) {
            String encoded = property(name).path("id").asText();
            String decoded = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
            assertThat(rig.notion("GET", "/v1/pages/" + id + "/properties/" + encoded, null)
                            .status())
                    .as(encoded)
                    .isEqualTo(200);
            Map<String, Object> unset = new HashMap<>();
            unset.put(decoded, null);
            assertThat(NotionSay.patch(rig, id, unset).status()).as(decoded).isEqualTo(200);
        }
    }

    @Test
    void what_the_vendor_fills_in_cannot_be_written() throws IOException {
        for (String type : List.of("created_time", "created_by", "last_edited_time", "last_edited_by", "unique_id")) {
            String name = switch (type) {
                case "created_time" -> "Created";
                case "created_by" -> "Created by";
                case "last_edited_time" -> "Edited";
                case "last_edited_by" -> "Edited by";
                default -> "Number";
            };
            assertThat(set(name, Map.of(type, "x")).status()).as(name).isEqualTo(400);
        }
        assertThat(set("Email", Map.of("phone_number", "+47"))
                        .body()
                        .path("message")
                        .asText())
                .isEqualTo("Email is expected to be email.");
        assertThat(rig.notion("PATCH", "/v1/pages/" + id, Map.of("properties", List.of()))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void the_same_value_again_moves_nothing_unless_the_dial_says_so() throws IOException {
        set("Score", Map.of("number", 1));
        String before = people.page(id).get("edited_at").toString();
        rig.clock.advance(Duration.ofMinutes(2));
        set("Score", Map.of("number", 1));
        assertThat(people.page(id)).containsEntry("edited_at", before);
        admin.turn("writes.same_value_emits", true);
        set("Score", Map.of("number", 1));
        assertThat(people.page(id).get("edited_at")).isNotEqualTo(before);
    }

    private Answer set(String property, Object value) throws IOException {
        return NotionSay.patch(rig, id, Map.of(property, value));
    }

    private JsonNode clear(String property, String type) throws IOException {
        return NotionSay.patch(rig, id, NotionSay.one(property, type, null)).body();
    }

    private JsonNode date(Map<String, ?> date) throws IOException {
        return set("Birthday", Map.of("date", date)).body().at("/properties/Birthday/date");
    }

    private JsonNode property(String name) throws IOException {
        return rig.notion("GET", "/v1/pages/" + id, null)
                .body()
                .path("properties")
                .path(name);
    }

    private static String plain(Answer page) {
        StringBuilder text = new StringBuilder();
        page.body()
                .at("/properties/Notes/rich_text")
                .forEach(one -> text.append(one.path("plain_text").asText()));
        return text.toString();
    }
}
