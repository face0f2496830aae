package dev.crmsync.sandbox.pipedrive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Receiver;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.sandbox.admin.Waiting;
import dev.crmsync.sandbox.http.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A sandbox, a subscriber, and what the subscriber has heard. */
final class PipedriveEars implements AutoCloseable {
    final Rig rig = new Rig();
    final AdminClient admin = rig.sandbox.pipedrive().adminClient();
    final PipedrivePeople people = rig.sandbox.pipedrive().people();
    final Receiver receiver;

    PipedriveEars() throws IOException {
        this.receiver = new Receiver();
    }

    @Override
    public void close() {
        receiver.close();
        rig.close();
    }

    void subscribe(String action, String object) throws IOException {
        assertThat(rig.pipedrive("POST", "/v1/webhooks", subscription(action, object))
                        .status())
                .isEqualTo(201);
    }

    Map<String, Object> subscription(String action, String object) {
        Map<String, Object> body = new HashMap<>();
        body.put("subscription_url", receiver.url());
        body.put("event_action", action);
        body.put("event_object", object);
        body.put("name", "crm-sync");
        return body;
    }

    /** Waits until so many attempts have been answered and judged. */
    void attempted(int count) {
        assertThat(Waiting.until(
                        5_000,
                        () -> receiver.received.size() == count
                                && admin.deliveries().stream().noneMatch(one -> Objects.equals(one.get("attempts"), 0))
                                && admin.deliveries().stream()
                                        .allMatch(one -> !Objects.equals(one.get("lastStatus"), 0))
                                && rig.sandbox.pipedrive().outbox().quiet(false)))
                .isTrue();
    }

    List<JsonNode> drained() {
        assertThat(admin.awaitQuiet(Duration.ofSeconds(5))).isTrue();
        return receiver.received.stream().map(Request::json).toList();
    }
}
