package dev.crmsync.sandbox.pipedrive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipedriveNotesTest {
    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_note_is_written_read_changed_and_deleted() throws IOException {
        long ana = rig.pipedriveRecord("persons", Map.of("name", "Ana"));
        Answer made = note(Map.of(
                "content", "<p onclick=\"x()\">Hi<br/></p>", "person_id", ana, "add_time", "2026-01-02 03:04:05"));
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.data().path("content").asText()).isEqualTo("<p>Hi<br></p>");
        assertThat(made.data().path("add_time").asText()).isEqualTo("2026-01-02 03:04:05");
        assertThat(made.data().at("/person/name").asText()).isEqualTo("Ana");
        assertThat(made.data().at("/user/is_you").asBoolean()).isTrue();
        String path = "/v1/notes/" + made.data().path("id").asText();
        assertThat(rig.pipedrive("PATCH", path, Map.of("content", "x")).status())
                .isEqualTo(404);
        Answer put = rig.pipedrive("PUT", path, Map.of("content", "Bye"));
        assertThat(put.data().path("content").asText()).isEqualTo("Bye");
        assertThat(put.data().path("person_id").asLong()).isEqualTo(ana);
        assertThat(rig.pipedrive("DELETE", path, null).data().asBoolean()).isTrue();
        assertThat(rig.pipedrive("GET", path, null).data().path("active_flag").asBoolean())
                .isFalse();
        assertThat(rig.pipedrive("GET", "/v1/notes", null).data()).isEmpty();
    }

    @Test
    void a_note_needs_content_and_something_that_it_is_about() throws IOException {
        long ana = rig.pipedriveRecord("persons", Map.of("name", "Ana"));
        assertThat(note(Map.of("content", "x")).status()).isEqualTo(400);
        assertThat(note(Map.of("person_id", ana)).status()).isEqualTo(400);
        assertThat(note(Map.of("content", "x", "person_id", 99)).status()).isEqualTo(400);
        assertThat(note(Map.of("content", "x", "person_id", String.valueOf(ana)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void only_admins_write_for_others() throws IOException {
        long ana = rig.pipedriveRecord("persons", Map.of("name", "Ana"));
        long sari = Long.parseLong(rig.sandbox.pipedrive().people().makeUser("Sari", "sari@example.com", false));
        Map<String, Object> body = Map.of("content", "x", "person_id", ana, "user_id", sari);
        assertThat(note(body).data().path("user_id").asLong()).isEqualTo(sari);
        rig.sandbox.pipedrive().adminClient().turn("auth.token_admin", false);
        assertThat(note(body).status()).isEqualTo(403);
    }

    @Test
    void pages_count_and_since_sorts_by_time() throws IOException {
        long ana = rig.pipedriveRecord("persons", Map.of("name", "Ana"));
        String first = noteId(ana, "1");
        rig.clock.advance(Duration.ofSeconds(1));
        String second = noteId(ana, "2");
        rig.clock.advance(Duration.ofSeconds(1));
        String third = noteId(ana, "3");
        rig.clock.advance(Duration.ofSeconds(1));
        rig.pipedrive("PUT", "/v1/notes/" + first, Map.of("content", "1 again"));
        JsonNode page = rig.pipedrive("GET", "/v1/notes?limit=2", null).body();
        assertThat(page.at("/data/0/id").asText()).isEqualTo(first);
        JsonNode paging = page.at("/additional_data/pagination");
        assertThat(paging.path("more_items_in_collection").asBoolean()).isTrue();
        assertThat(paging.path("next_start").asInt()).isEqualTo(2);
        JsonNode rest = rig.pipedrive("GET", "/v1/notes?limit=2&start=2", null).body();
        assertThat(rest.path("data")).hasSize(1);
        assertThat(rest.at("/additional_data/pagination").has("next_start")).isFalse();
        String since = PipedriveTimes.seconds(rig.clock.millis() - 2000);
        JsonNode late =
                rig.pipedrive("GET", "/v1/notes?updated_since=" + since, null).data();
        assertThat(late).hasSize(3);
        assertThat(late.at("/0/id").asText()).isEqualTo(second);
        assertThat(late.at("/1/id").asText()).isEqualTo(third);
        assertThat(late.at("/2/id").asText()).isEqualTo(first);
        rig.sandbox.pipedrive().adminClient().turn("notes.order", "id");
        assertThat(rig.pipedrive("GET", "/v1/notes?updated_since=" + since, null)
                        .data()
                        .at("/0/id")
                        .asText())
                .isEqualTo(first);
        assertThat(rig.pipedrive("GET", "/v1/notes?start=-1", null).status()).isEqualTo(400);
        assertThat(rig.pipedrive("GET", "/v1/notes?sort=name", null).status()).isEqualTo(400);
        assertThat(rig.pipedrive("GET", "/v1/notes?sort=update_time%20DESC", null)
                        .data()
                        .at("/0/id")
                        .asText())
                .isEqualTo(first);
        assertThat(rig.pipedrive("GET", "/api/v1/notes?person_id=" + (ana + 1), null)
                        .data())
                .isEmpty();
    }

    @Test
    void html_is_kept_when_the_dial_says_so() throws IOException {
        long ana = rig.pipedriveRecord("persons", Map.of("name", "Ana"));
        rig.sandbox.pipedrive().adminClient().turn("notes.html", "kept");
        assertThat(note(Map.of("content", "<x>", "person_id", ana))
                        .data()
                        .path("content")
                        .asText())
                .isEqualTo("<x>");
    }

    private String noteId(long person, String content) throws IOException {
        return note(Map.of("content", content, "person_id", person))
                .data()
                .path("id")
                .asText();
    }

    private Answer note(Object body) throws IOException {
        return rig.pipedrive("POST", "/v1/notes", body);
    }
}
