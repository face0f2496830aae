package dev.crmsync.sandbox.kirim;

import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.dials.Dials;
import dev.crmsync.sandbox.kirim.KirimState.Secret;
import dev.crmsync.sandbox.kirim.KirimState.Subscription;
import dev.crmsync.sandbox.webhook.Carrier;
import dev.crmsync.sandbox.webhook.Delivery;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Kirim's rules of delivery: eight attempts over 31 hours, 4xx final, a row of failures disables the subscription. */
final class KirimCarrier implements Carrier {
    /** Waits before each attempt, in seconds; each is jittered by a fifth either way. */
    private static final List<Long> WAITS = List.of(0L, 10L, 30L, 120L, 600L, 3600L, 21_600L, 86_400L);

    private final Parts parts;
    private final KirimState state;
    private final Object lock;
    private final AtomicReference<Consumer<String>> onDisabled = new AtomicReference<>(id -> {});

    KirimCarrier(Parts parts, KirimState state, Object lock) {
        this.parts = parts;
        this.state = state;
        this.lock = lock;
    }

    /** What to run when a subscription has just been disabled. */
    void onDisabled(Consumer<String> task) {
        onDisabled.set(task);
    }

    @Override
    public int concurrency() {
        return 8;
    }

    @Override
    public @Nullable HttpRequest prepare(Delivery delivery) {
        Dials dials = parts.dials();
        long now = parts.clock().millis();
        long signedAt = (dials.on("webhooks.resign") ? now : delivery.createdAt) / 1000;
        byte[] body = delivery.body.getBytes(StandardCharsets.UTF_8);
        synchronized (lock) {
            Subscription subscription = state.subscriptions.get(delivery.subscription);
            if (subscription == null || !subscription.active()) {
                return null;
            }
            List<String> secrets = subscription.secrets.stream()
                    .filter(s -> s.active(now))
                    .map((Secret s) -> s.value)
                    .toList();
            return HttpRequest.newBuilder(URI.create(subscription.url))
                    .timeout(Duration.ofMillis(dials.whole("webhooks.timeout_ms")))
                    .header("Content-Type", "application/json")
                    .header("User-Agent", "Kirim-Webhooks/1 (sandbox)")
                    .header(dials.word("webhooks.signature_header"), KirimSignature.header(signedAt, body, secrets))
                    .header("X-Kirim-Event", delivery.type)
                    .header("X-Kirim-Event-Id", delivery.eventId)
                    .header("X-Kirim-Delivery-Id", delivery.id)
                    .header("X-Kirim-Attempt", String.valueOf(delivery.attempts))
                    .header("X-Kirim-Source", dials.word("webhooks.source"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
        }
    }

    @Override
    public Verdict judge(Delivery delivery, Answer answer) {
        int status = answer.status();
        Verdict verdict = verdict(delivery, answer);
        boolean counts =
                parts.dials().is("webhooks.disable_counts", "attempts") || verdict.status() != Delivery.Status.PENDING;
        boolean disabled = false;
        synchronized (lock) {
            Subscription subscription = state.subscriptions.get(delivery.subscription);
            if (subscription != null && status >= 200 && status < 300) {
                subscription.failedInRow = 0;
            } else if (subscription != null && counts) {
                subscription.failedInRow++;
                if (subscription.active()
                        && subscription.failedInRow >= parts.dials().whole("webhooks.disable_after")) {
                    subscription.status = "disabled";
                    subscription.updatedAt = parts.clock().millis();
                    disabled = true;
                }
            }
        }
        if (disabled) {
            onDisabled.get().accept(delivery.subscription);
        }
        return verdict;
    }

    private Verdict verdict(Delivery delivery, Answer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return new Verdict(Delivery.Status.DELIVERED, 0);
        }
        boolean later = status == 408 || status == 429;
        if (status >= 400 && status < 500 && !later) {
            return new Verdict(Delivery.Status.FAILED, 0);
        }
        if (delivery.attempts >= WAITS.size()) {
            return new Verdict(Delivery.Status.DEAD, 0);
        }
        Long retryAfter = answer.retryAfterSeconds();
        if (later && retryAfter != null) {
            return new Verdict(Delivery.Status.PENDING, parts.mischief().scaled(retryAfter * 1000, 0));
        }
        long wait = WAITS.get(delivery.attempts) * 1000;
        return new Verdict(Delivery.Status.PENDING, parts.mischief().scaled(wait, 0.2));
    }
}
