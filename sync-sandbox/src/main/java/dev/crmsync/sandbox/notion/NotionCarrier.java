package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.notion.NotionState.Subscription;
import dev.crmsync.sandbox.webhook.Carrier;
import dev.crmsync.sandbox.webhook.Delivery;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notion's rules of delivery: at most eight attempts within about a day, each signed; a verification has one. */
final class NotionCarrier implements Carrier {
    /** The type of a delivery that carries the token and no event. */
    static final String VERIFICATION = "verification";

    /** The header of the signature. */
    static final String SIGNATURE = "X-Notion-Signature";

    /** Waits before each retry, in seconds; the vendor tells only eight attempts, exponential, about 24 hours. */
    private static final List<Long> WAITS = List.of(60L, 300L, 1200L, 3600L, 9000L, 21_600L, 50_400L);

    private final Parts parts;
    private final NotionState state;
    private final Object lock;

    NotionCarrier(Parts parts, NotionState state, Object lock) {
        this.parts = parts;
        this.state = state;
        this.lock = lock;
    }

    @Override
    public int concurrency() {
        return 8;
    }

    @Override
    public @Nullable HttpRequest prepare(Delivery delivery) {
        String url;
        String token;
        synchronized (lock) {
            Subscription subscription = state.subscriptions.get(delivery.subscription);
            boolean verifies = delivery.type.equals(VERIFICATION);
            if (subscription == null || (!verifies && !subscription.status.equals("active"))) {
                return null;
            }
            url = subscription.url;
            token = subscription.token;
        }
        byte[] body = body(delivery).getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofMillis(parts.dials().whole("webhooks.timeout_ms")))
                .header("Content-Type", "application/json")
                .header("User-Agent", "notion-api (sandbox)");
        if (!delivery.type.equals(VERIFICATION) || parts.dials().on("webhooks.sign_verification")) {
            request.header(SIGNATURE, NotionSignature.header(token, body));
        }
        return request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
    }

    /** The same event with the number of this attempt. */
    private static String body(Delivery delivery) {
        if (delivery.type.equals(VERIFICATION)) {
            return delivery.body;
        }
        ObjectNode body = (ObjectNode) Json.parse(delivery.body.getBytes(StandardCharsets.UTF_8));
        return Json.text(body.put("attempt_number", delivery.attempts));
    }

    @Override
    public Verdict judge(Delivery delivery, Answer answer) {
        if (answer.status() >= 200 && answer.status() < 300) {
            return new Verdict(Delivery.Status.DELIVERED, 0);
        }
        if (delivery.type.equals(VERIFICATION)) {
            return new Verdict(Delivery.Status.FAILED, 0);
        }
        if (delivery.attempts > WAITS.size()) {
            return new Verdict(Delivery.Status.DEAD, 0);
        }
        long wait = WAITS.get(delivery.attempts - 1) * 1000;
        return new Verdict(Delivery.Status.PENDING, parts.mischief().scaled(wait, 0.1));
    }
}
