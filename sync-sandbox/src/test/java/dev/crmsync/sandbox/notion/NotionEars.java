package dev.crmsync.sandbox.notion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Receiver;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.sandbox.http.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A sandbox, a subscriber, and what the subscriber has heard. */
final class NotionEars implements AutoCloseable {
    final Rig rig = new Rig();
    final AdminClient admin = rig.sandbox.notion().adminClient();
    final NotionPeople people = rig.sandbox.notion().people();
    final Receiver receiver;

    NotionEars() throws IOException {
        this.receiver = new Receiver();
    }

    @Override
    public void close() {
        receiver.close();
        rig.close();
    }

    /** A verified subscription; the token's own POST is not among what is heard. */
    String subscribe(String... types) {
        int before = receiver.received.size();
        String id = people.subscribe(receiver.url(), types);
        String token = receiver.await(before + 1)
                .get(before)
                .json()
                .path("verification_token")
                .asText();
        people.verify(id, token);
        assertThat(admin.awaitQuiet(Duration.ofSeconds(5))).isTrue();
        receiver.received.clear();
        return id;
    }

    /** Everything that was heard, once nothing is under way any more. */
    List<JsonNode> heard() {
        admin.flush(false);
        assertThat(admin.awaitQuiet(Duration.ofSeconds(5))).isTrue();
        return receiver.received.stream().map(Request::json).toList();
    }

    List<String> types() {
        return heard().stream().map(one -> one.path("type").asText()).toList();
    }
}
