package dev.crmsync.sandbox.pipedrive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.admin.AdminClient;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipedriveListsTest {
    private final Rig rig = new Rig();
    private final AdminClient admin = rig.sandbox.pipedrive().adminClient();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void pages_follow_each_other_until_there_is_no_cursor() throws IOException {
        List<Long> made = persons(5);
        JsonNode first = list("limit=2");
        assertThat(ids(first)).isEqualTo(made.subList(0, 2));
        JsonNode second = list("limit=2&cursor=" + cursor(first));
        JsonNode third = list("limit=2&cursor=" + cursor(second));
        assertThat(ids(second)).isEqualTo(made.subList(2, 4));
        assertThat(ids(third)).isEqualTo(made.subList(4, 5));
        assertThat(third.at("/additional_data/next_cursor").isNull()).isTrue();
        assertThat(ids(list("sort_direction=desc&limit=2"))).containsExactly(made.get(4), made.get(3));
        assertThat(status("limit=501")).isEqualTo(400);
        assertThat(status("cursor=nonsense")).isEqualTo(400);
        assertThat(status("sort_by=name")).isEqualTo(400);
        // A cursor belongs to the sort that it was made with.
        assertThat(status("sort_by=update_time&cursor=" + cursor(first))).isEqualTo(400);
    }

    @Test
    void an_edited_row_moves_forward_and_none_is_skipped() throws IOException {
        List<Long> made = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            made.addAll(persons(1));
            rig.clock.advance(Duration.ofSeconds(1));
        }
        JsonNode first = list("sort_by=update_time&limit=2");
        patch(made.get(0));
        JsonNode rest = list("sort_by=update_time&limit=10&cursor=" + cursor(first));
        assertThat(ids(rest)).containsExactly(made.get(2), made.get(3), made.get(0));
        admin.turn("lists.cursor", "offset");
        first = list("sort_by=update_time&limit=2");
        patch(made.get(1));
        // The list has moved under a cursor that counts.
        assertThat(ids(list("sort_by=update_time&limit=10&cursor=" + cursor(first))))
                .containsExactly(made.get(0), made.get(1));
    }

    @Test
    void since_is_inclusive_until_is_exclusive_both_to_the_second() throws IOException {
        rig.clock.advance(Duration.ofMillis(400));
        long early = persons(1).get(0);
        String at = rig.clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        rig.clock.advance(Duration.ofSeconds(1));
        long late = persons(1).get(0);
        String next = rig.clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        assertThat(ids(list("updated_since=" + at))).containsExactly(early, late);
        assertThat(ids(list("updated_since=" + next))).containsExactly(late);
        assertThat(ids(list("updated_since=" + at + "&updated_until=" + next))).containsExactly(early);
        assertThat(status("updated_since=yesterday")).isEqualTo(400);
        assertThat(status("updated_since=2025-01-01T00:00:00.000Z")).isEqualTo(400);
        admin.turn("lists.since_fractions", "accepted");
        assertThat(ids(list("updated_since=" + next.replace("Z", ".000Z")))).containsExactly(late);
    }

    @Test
    void ids_ask_for_up_to_a_hundred() throws IOException {
        List<Long> made = persons(3);
        assertThat(ids(list("ids=" + made.get(2) + "," + made.get(0)))).containsExactly(made.get(0), made.get(2));
        String many = LongStream.rangeClosed(1, 101).mapToObj(String::valueOf).collect(Collectors.joining(","));
        assertThat(status("ids=" + many)).isEqualTo(400);
    }

    @Test
    void deleted_rows_show_as_the_dials_say() throws IOException {
        List<Long> made = persons(2);
        String start = "2020-01-01T00:00:00Z";
        rig.pipedrive("DELETE", "/api/v2/persons/" + made.get(0), null);
        assertThat(ids(list(""))).containsExactly(made.get(1));
        assertThat(ids(list("updated_since=" + start))).containsExactly(made.get(1));
        assertThat(ids(list("ids=" + made.get(0)))).isEmpty();
        admin.turn(Map.of("deleted.in_updated_since", true, "deleted.in_ids", true));
        assertThat(ids(list(""))).containsExactly(made.get(1));
        assertThat(ids(list("updated_since=" + start))).isEqualTo(made);
        assertThat(list("ids=" + made.get(0)).at("/data/0/is_deleted").asBoolean())
                .isTrue();
        rig.clock.advance(Duration.ofDays(31));
        assertThat(ids(list("updated_since=" + start))).containsExactly(made.get(1));
    }

    private List<Long> persons(int count) throws IOException {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(rig.pipedriveRecord("persons", Map.of("name", "P" + i)));
        }
        return ids;
    }

    private void patch(long id) throws IOException {
        rig.clock.advance(Duration.ofSeconds(1));
        rig.pipedrive("PATCH", "/api/v2/persons/" + id, Map.of("name", "At " + rig.clock.millis()));
    }

    private JsonNode list(String query) throws IOException {
        return rig.pipedrive("GET", "/api/v2/persons?" + query, null).body();
    }

    private int status(String query) throws IOException {
        return rig.pipedrive("GET", "/api/v2/persons?" + query, null).status();
    }

    private static String cursor(JsonNode page) {
        return page.at("/additional_data/next_cursor").asText();
    }

    static List<Long> ids(JsonNode page) {
        List<Long> ids = new ArrayList<>();
        page.path("data").forEach(one -> ids.add(one.path("id").asLong()));
        return ids;
    }
}
