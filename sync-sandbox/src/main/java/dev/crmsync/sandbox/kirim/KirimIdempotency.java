package dev.crmsync.sandbox.kirim;

import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Refusal;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import dev.crmsync.sandbox.kirim.KirimState.Kept;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Repeats the answer of a POST for 24 hours under the same key, and refuses another body under it. */
final class KirimIdempotency {
    private static final String REPLAYED = "Idempotent-Replayed";

    private final Parts parts;
    private final KirimState state;
    private final Object lock;
    private final Set<String> inFlight = new HashSet<>();

    KirimIdempotency(Parts parts, KirimState state, Object lock) {
        this.parts = parts;
        this.state = state;
        this.lock = lock;
    }

    Reply once(Request request, Supplier<Reply> first) {
        String key = request.header("Idempotency-Key");
        if (key == null || !request.method().equals("POST")) {
            return first.get();
        }
        if (key.isEmpty() || key.length() > 255) {
            throw KirimErrors.invalid("invalid_request", "Idempotency-Key must have 1 to 255 characters", null);
        }
        String fingerprint = fingerprint(request);
        synchronized (lock) {
            Kept kept = await(key);
            if (kept != null) {
                return replay(kept, fingerprint);
            }
            inFlight.add(key);
        }
        try {
            Reply reply = answer(first);
            keep(key, fingerprint, reply);
            return reply.with(REPLAYED, "false");
        } finally {
            synchronized (lock) {
                inFlight.remove(key);
                lock.notifyAll();
            }
        }
    }

    private static Reply answer(Supplier<Reply> first) {
        try {
            return first.get();
        } catch (Refusal refusal) {
            return refusal.reply();
        }
    }

    private @Nullable Kept await(String key) {
        long end = System.nanoTime() + parts.dials().whole("idempotency.wait_ms") * 1_000_000;
        while (inFlight.contains(key)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw KirimErrors.refusal(
                        409, "conflict", "idempotency_in_progress", "The first request is still running", null);
            }
            try {
                lock.wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw KirimErrors.refusal(
                        409, "conflict", "idempotency_in_progress", "The first request is still running", null);
            }
        }
        long now = parts.clock().millis();
        // Kept in order of time, so what has expired stands first.
        Iterator<Kept> oldest = state.idempotency.values().iterator();
        while (oldest.hasNext() && oldest.next().until <= now) {
            oldest.remove();
        }
        return state.idempotency.get(key);
    }

    private Reply replay(Kept kept, String fingerprint) {
        if (!kept.fingerprint.equals(fingerprint)) {
            int status = (int) parts.dials().whole("idempotency.reuse_status");
            String code = status == 409 ? "idempotency_conflict" : "idempotency_key_reuse";
            String type = status == 409 ? "conflict" : "invalid_request_error";
            throw KirimErrors.refusal(status, type, code, "The key was used with another request", null);
        }
        return new Reply(
                        kept.status,
                        Map.of("Content-Type", "application/json;charset=utf-8"),
                        kept.body.getBytes(StandardCharsets.UTF_8),
                        Reply.Fate.SENT)
                .with(REPLAYED, "true");
    }

    private void keep(String key, String fingerprint, Reply reply) {
        if (reply.status() >= 500) {
            return;
        }
        Kept kept = new Kept();
        kept.fingerprint = fingerprint;
        kept.status = reply.status();
        kept.body = new String(reply.body(), StandardCharsets.UTF_8);
        kept.until = parts.clock().millis() + Math.round(parts.dials().number("idempotency.hours") * 3_600_000);
        synchronized (lock) {
            state.idempotency.put(key, kept);
        }
        parts.changed().run();
    }

    private static String fingerprint(Request request) {
        String text = request.method() + "\n" + request.path() + "\n" + Json.canonical(request.json());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
