package dev.crmsync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.spi.SyncException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCallTest {
    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void id_that_would_climb_the_path_is_refused(String id) {
        assertThatThrownBy(() -> HttpCall.get("/contacts/{id}", id))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(SyncException.Kind.VALIDATION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../me", "a/b", "a%2Fb", "a?b=c", "a#b", "a\\b", "{id}", "$1", "a b"})
    void id_stays_one_segment(String id) {
        String target = HttpCall.get("/contacts/{id}/x", id).target();
        assertThat(target).matches("/contacts/[A-Za-z0-9%._-]+/x");
        String segment = target.substring("/contacts/".length(), target.length() - 2);
        assertThat(java.net.URLDecoder.decode(segment, java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(id);
    }

    @Test
    void placeholders_and_segments_must_match() {
        assertThatThrownBy(() -> HttpCall.get("/a/{b}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HttpCall.get("/a", "b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void only_calls_that_may_change_something_write() {
        assertThat(HttpCall.get("/a").writes()).isFalse();
        assertThat(HttpCall.post("/search").writes()).isTrue();
        assertThat(HttpCall.post("/search").reading().writes()).isFalse();
        assertThat(HttpCall.patch("/a").writes()).isTrue();
        assertThat(HttpCall.put("/a").writes()).isTrue();
        assertThat(HttpCall.delete("/a").writes()).isTrue();
    }

    @Test
    void call_does_not_change_with_what_it_was_made_from() {
        ObjectNode body = Json.object().put("a", 1);
        HttpCall plain = HttpCall.post("/a");
        HttpCall call = plain.body(body).query("q", "1").header("H", "1").spending("write");
        body.put("a", 2);
        assertThat(call.json().orElseThrow()).hasToString("{\"a\":1}");
        assertThat(plain.json()).isEmpty();
        assertThat(plain.target()).isEqualTo("/a");
        assertThat(plain.quota()).isEmpty();
        assertThat(call.quota()).contains("write");
    }
}
