package dev.crmsync.sandbox.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.LoopbackServer;
import dev.crmsync.sandbox.http.Trouble;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Takes deliveries to subscribers, tries again by the carrier's rules, and remembers how each of them went. */
public final class Courier implements Outbox, AutoCloseable {
    private static final int REMEMBERED = 20_000;

    private final InstantSource clock;
    private final Carrier carrier;
    private final Runnable changed;
    private final DueQueue<Delivery> queue;
    private final ExecutorService threads;
    private final HttpClient client;
    private final Map<String, Delivery> known = new LinkedHashMap<>();

    /** A courier; {@code changed} runs after each change that a snapshot should hold. */
    public Courier(String name, InstantSource clock, Carrier carrier, Runnable changed) {
        this.clock = clock;
        this.carrier = carrier;
        this.changed = changed;
        this.queue = new DueQueue<>(clock);
        this.threads = Executors.newFixedThreadPool(carrier.concurrency(), LoopbackServer.daemons(name + "-courier"));
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** Begins to deliver. */
    public void start() {
        for (int i = 0; i < carrier.concurrency(); i++) {
            threads.execute(this::work);
        }
    }

    /** Accepts a delivery that leaves when it is due. */
    public void accept(Delivery delivery) {
        remember(delivery);
        queue.add(delivery, delivery.dueAt);
        changed.run();
    }

    /** Every remembered delivery that fits, oldest first, as copies. */
    @Override
    public List<Delivery> deliveries(Predicate<Delivery> which) {
        synchronized (known) {
            return known.values().stream().filter(which).map(Delivery::copy).toList();
        }
    }

    /** One delivery by id, as a copy, or null. */
    public @Nullable Delivery find(String id) {
        synchronized (known) {
            Delivery delivery = known.get(id);
            return delivery == null ? null : delivery.copy();
        }
    }

    @Override
    public Map<String, Integer> tally() {
        Map<String, Integer> tally = new TreeMap<>();
        synchronized (known) {
            known.values()
                    .forEach(d -> tally.merge(d.status.name().toLowerCase(java.util.Locale.ROOT), 1, Integer::sum));
        }
        return tally;
    }

    /** Ends waiting deliveries without another attempt. */
    public void end(Predicate<Delivery> which, String reason) {
        queue.removeIf(which);
        synchronized (known) {
            known.values().stream()
                    .filter(d -> d.status == Delivery.Status.PENDING && which.test(d))
                    .forEach(d -> {
                        d.status = Delivery.Status.FAILED;
                        d.lastError = reason;
                    });
        }
        changed.run();
    }

    @Override
    public int pending() {
        return queue.size();
    }

    @Override
    public void hasten(boolean retries) {
        queue.hasten(d -> retries || d.attempts == 0);
    }

    @Override
    public boolean quiet(boolean retries) {
        return !queue.any(d -> retries || d.attempts == 0);
    }

    /** Forgets everything. */
    public void reset() {
        queue.clear();
        synchronized (known) {
            known.clear();
        }
    }

    /** What a restart needs: all that is not yet delivered. */
    public List<Delivery> snapshot() {
        return deliveries(d -> d.status != Delivery.Status.DELIVERED);
    }

    /** Takes up what an earlier process left: a snapshot as JSON, or a missing node for none. */
    public void restore(JsonNode snapshot) {
        for (JsonNode saved : snapshot) {
            Delivery delivery = Json.as(saved, Delivery.class);
            remember(delivery);
            if (delivery.status == Delivery.Status.PENDING) {
                queue.add(delivery, delivery.dueAt);
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void remember(Delivery delivery) {
        synchronized (known) {
            known.put(delivery.id, delivery);
            if (known.size() > REMEMBERED) {
                List<String> old = new ArrayList<>();
                for (Delivery d : known.values()) {
                    if (old.size() >= REMEMBERED / 10) {
                        break;
                    }
                    if (d.status != Delivery.Status.PENDING) {
                        old.add(d.id);
                    }
                }
                old.forEach(known::remove);
            }
        }
    }

    private void work() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Delivery delivery = queue.take(1).get(0);
                try {
                    attempt(delivery);
                } catch (RuntimeException e) {
                    Trouble.tell("a delivery", e);
                } finally {
                    queue.done(1);
                    changed.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt(Delivery delivery) throws InterruptedException {
        synchronized (known) {
            if (delivery.status != Delivery.Status.PENDING) {
                return;
            }
            delivery.attempts++;
        }
        HttpRequest request = carrier.prepare(delivery.copy());
        if (request == null) {
            settle(
                    delivery,
                    new Carrier.Answer(0, null, "no subscriber"),
                    new Carrier.Verdict(Delivery.Status.FAILED, 0));
            return;
        }
        Carrier.Answer answer = send(request);
        settle(delivery, answer, carrier.judge(delivery.copy(), answer));
    }

    private void settle(Delivery delivery, Carrier.Answer answer, Carrier.Verdict verdict) {
        synchronized (known) {
            if (known.get(delivery.id) != delivery) {
                // A reset came while it was under way.
                return;
            }
            delivery.lastStatus = answer.status();
            delivery.lastError = answer.error();
            if (delivery.status != Delivery.Status.PENDING) {
                return;
            }
            delivery.status = verdict.status();
            if (verdict.status() == Delivery.Status.PENDING) {
                delivery.dueAt = clock.millis() + verdict.waitMs();
                queue.add(delivery, delivery.dueAt);
            }
        }
    }

    private Carrier.Answer send(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
            return new Carrier.Answer(response.statusCode(), seconds(response), "");
        } catch (IOException e) {
            return new Carrier.Answer(0, null, e.toString());
        }
    }

    private static @Nullable Long seconds(HttpResponse<?> response) {
        try {
            return response.headers()
                    .firstValue("Retry-After")
                    .map(Long::parseLong)
                    .orElse(null);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
