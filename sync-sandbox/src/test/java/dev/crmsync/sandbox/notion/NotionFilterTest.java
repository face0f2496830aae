package dev.crmsync.sandbox.notion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The conditions of filters, by type, and the order of sorts. */
class NotionFilterTest {
    private final Rig rig = new Rig();
    private final NotionPeople people = rig.sandbox.notion().people();
    private String owner = "";
    private String ana = "";

    @AfterEach
    void stop() {
        rig.close();
    }

    @BeforeEach
    void rows() {
        owner = people.users().get(1).get("id").toString();
        Map<String, Object> full = new HashMap<>();
        full.put("Name", "Ana Silva");
        full.put("Email", "ana@example.com");
        full.put("Kirim id", "ctc_Abc");
        full.put("Score", 4);
        full.put("VIP", true);
        full.put("Labels", List.of("VIP", "New"));
        full.put("Stage", "Lead");
        full.put("Status", "Done");
        full.put("Owner", List.of(owner));
        full.put("Birthday", "1990-05-01");
        ana = people.make(full);
        rig.clock.advance(Duration.ofMinutes(5));
        people.make(Map.of("Name", "Ben", "Score", 7, "Labels", List.of("New"), "Related", List.of(ana)));
    }

    @Test
    void texts() throws IOException {
        finds("Name", "title", "equals", "ana silva", "Ana Silva");
        finds("Name", "title", "contains", "a s", "Ana Silva");
        finds("Name", "title", "starts_with", "be", "Ben");
        finds("Name", "title", "ends_with", "va", "Ana Silva");
        finds("Name", "rich_text", "does_not_contain", "silva", "Ben");
        finds("Kirim id", "rich_text", "equals", "ctc_Abc", "Ana Silva");
        finds("Kirim id", "rich_text", "equals", "ctc_abc", "Ana Silva");
        finds("Kirim id", "rich_text", "is_empty", true, "Ben");
        finds("Email", "email", "equals", "ana@example.com", "Ana Silva");
        finds("Email", "email", "is_not_empty", true, "Ana Silva");
        finds("Email", "rich_text", "does_not_equal", "ana@example.com", "Ben");
        rig.sandbox.notion().adminClient().turn("filters.case_sensitive", true);
        finds("Kirim id", "rich_text", "equals", "ctc_abc");
    }

    @Test
    void numbers_and_flags() throws IOException {
        finds("Score", "number", "greater_than", 4, "Ben");
        finds("Score", "number", "greater_than_or_equal_to", 4, "Ana Silva", "Ben");
        finds("Score", "number", "less_than", 7, "Ana Silva");
        finds("Score", "number", "less_than_or_equal_to", 3);
        finds("Score", "number", "equals", 7, "Ben");
        finds("Score", "number", "does_not_equal", 7, "Ana Silva");
        finds("Number", "unique_id", "equals", 2, "Ben");
        finds("VIP", "checkbox", "equals", true, "Ana Silva");
        finds("VIP", "checkbox", "does_not_equal", true, "Ben");
    }

    @Test
    void options_and_references() throws IOException {
        finds("Stage", "select", "equals", "Lead", "Ana Silva");
        finds("Stage", "select", "does_not_equal", "Lead", "Ben");
        finds("Stage", "select", "equals", List.of("Lead", "Customer"), "Ana Silva");
        finds("Stage", "select", "equals", "Nonsense");
        finds("Status", "status", "equals", "Done", "Ana Silva");
        finds("Labels", "multi_select", "contains", "VIP", "Ana Silva");
        finds("Labels", "multi_select", "does_not_contain", "VIP", "Ben");
        finds("Labels", "multi_select", "is_empty", true);
        finds("Owner", "people", "contains", owner, "Ana Silva");
        finds("Owner", "people", "is_empty", true, "Ben");
        finds("Related", "relation", "contains", ana, "Ben");
        finds("Edited by", "last_edited_by", "contains", owner, "Ana Silva", "Ben");
        finds("Created by", "created_by", "does_not_contain", owner);
    }

    @Test
    void dates_and_times() throws IOException {
        finds("Birthday", "date", "equals", "1990-05-01", "Ana Silva");
        finds("Birthday", "date", "before", "1990-05-01");
        finds("Birthday", "date", "on_or_before", "1990-05-01", "Ana Silva");
        finds("Birthday", "date", "after", "1990-04-30", "Ana Silva");
        finds("Birthday", "date", "is_empty", true, "Ben");
        String later = rig.clock.instant().minusSeconds(60).toString();
        finds("Edited", "last_edited_time", "on_or_after", later, "Ben");
        finds("Created", "created_time", "before", later, "Ana Silva");
        finds("Created", "created_time", "past_week", Map.of(), "Ana Silva", "Ben");
        rig.clock.advance(Duration.ofDays(8));
        finds("Created", "created_time", "past_week", Map.of());
        assertThat(titles(Map.of("timestamp", "created_time", "created_time", Map.of("on_or_after", later))))
                .containsExactly("Ben");
    }

    @Test
    void and_and_or_nest_twice() throws IOException {
        Map<String, Object> vip = Map.of("property", "VIP", "checkbox", Map.of("equals", true));
        Map<String, Object> high = Map.of("property", "Score", "number", Map.of("greater_than", 6));
        assertThat(titles(Map.of("or", List.of(vip, high)))).containsExactlyInAnyOrder("Ana Silva", "Ben");
        assertThat(titles(Map.of("and", List.of(vip, high)))).isEmpty();
        assertThat(titles(Map.of("and", List.of(vip, Map.of("or", List.of(vip, high))))))
                .containsExactly("Ana Silva");
        Map<String, Object> third = Map.of("and", List.of(Map.of("or", List.of(Map.of("and", List.of(vip))))));
        assertThat(query(Map.of("filter", third)).status()).isEqualTo(400);
    }

    @Test
    void wrong_filters_are_refused() throws IOException {
        for (Map<String, Object> filter : List.<Map<String, Object>>of(
                Map.of("property", "Nonsense", "number", Map.of("equals", 1)),
                Map.of("number", Map.of("equals", 1)),
                Map.of("property", "Score", "checkbox", Map.of("equals", true)),
                Map.of("property", "Score", "number", Map.of("equals", "1")),
                Map.of("property", "Score", "number", Map.of("near", 1)),
                Map.of("property", "Score", "number", Map.of()),
                Map.of("property", "Name", "title", Map.of("equals", 1)),
                Map.of("property", "Name", "title", Map.of("like", "x")),
                Map.of("property", "VIP", "checkbox", Map.of("contains", true)),
                Map.of("property", "Labels", "multi_select", Map.of("equals", "x")),
                Map.of("property", "Owner", "people", Map.of("contains", "x")),
                Map.of("timestamp", "edited", "edited", Map.of("before", "2026-01-01")),
                Map.of("timestamp", "last_edited_time", "last_edited_time", Map.of("before", "soon")),
                Map.of("timestamp", "last_edited_time"),
                Map.of("and", Map.of()))) {
            Answer answer = query(Map.of("filter", filter));
            assertThat(answer.status()).as(filter.toString()).isEqualTo(400);
        }
    }

    @Test
    void rows_are_sorted_and_empty_values_come_last_either_way() throws IOException {
        people.make(Map.of("Name", "Cia"));
        assertThat(sorted("Score", "ascending")).containsExactly("Ana Silva", "Ben", "Cia");
        assertThat(sorted("Score", "descending")).containsExactly("Ben", "Ana Silva", "Cia");
        assertThat(sorted("Name", "descending")).containsExactly("Cia", "Ben", "Ana Silva");
        assertThat(sorted("VIP", "descending")).startsWith("Ana Silva");
        assertThat(sorted("Number", "descending")).containsExactly("Cia", "Ben", "Ana Silva");
        assertThat(sorted("Birthday", "descending")).startsWith("Ana Silva");
        assertThat(sorted("Stage", "ascending")).startsWith("Ana Silva");
        assertThat(sorted("Edited", "ascending")).startsWith("Ana Silva");
        Map<String, Object> created = Map.of("sorts", List.of(Map.of("timestamp", "created_time")));
        assertThat(NotionSay.titles(query(created).body())).startsWith("Ana Silva");
    }

    private List<String> sorted(String property, String direction) throws IOException {
        Map<String, Object> sort = Map.of("property", property, "direction", direction);
        return NotionSay.titles(query(Map.of("sorts", List.of(sort))).body());
    }

    private void finds(String property, String type, String word, Object value, String... titles) throws IOException {
        assertThat(titles(Map.of("property", property, type, Map.of(word, value))))
                .as(property + " " + word + " " + value)
                .containsExactlyInAnyOrder(titles);
    }

    private List<String> titles(Map<String, ?> filter) throws IOException {
        Answer answer = query(Map.of("filter", filter));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return NotionSay.titles(answer.body());
    }

    private Answer query(Map<String, ?> body) throws IOException {
        return NotionSay.query(rig, body);
    }
}
