package dev.crmsync.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot on disk, written whole soon after each change and put in place in one step. It outlives a killed process,
 * not a machine that loses power.
 */
final class StateFile implements AutoCloseable {
    private static final long SOON_MS = 200;
    private static final long LATEST_MS = 1_000;

    private final @Nullable Path path;
    private final Supplier<byte[]> snapshot;
    private final Thread writer;
    private boolean changed;
    private boolean closed;

    StateFile(@Nullable Path path, Supplier<byte[]> snapshot) {
        this.path = path;
        this.snapshot = snapshot;
        this.writer = new Thread(this::write, "sandbox-state");
        writer.setDaemon(true);
    }

    /** What the file holds, or a missing node when there is none. */
    static JsonNode load(@Nullable Path path) throws IOException {
        if (path == null || !Files.exists(path)) {
            return Json.MAPPER.missingNode();
        }
        try {
            return Json.parse(Files.readAllBytes(path));
        } catch (UncheckedIOException e) {
            throw new IOException("the state file " + path + " is not JSON", e);
        }
    }

    void start() {
        if (path != null) {
            writer.start();
        }
    }

    synchronized void changed() {
        if (!changed) {
            changed = true;
            notifyAll();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            notifyAll();
        }
        if (path != null) {
            try {
                writer.join(5_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            save(path);
        }
    }

    private void write() {
        Path target = path;
        try {
            while (target != null && await()) {
                long begin = System.nanoTime();
                save(target);
                long took = (System.nanoTime() - begin) / 1_000_000;
                pause(Math.min(LATEST_MS, Math.max(SOON_MS, 2 * took)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean await() throws InterruptedException {
        while (!changed && !closed) {
            wait();
        }
        changed = false;
        return !closed;
    }

    /** A large state costs time to write, so the pause grows with it. */
    private synchronized void pause(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        long left = millis;
        while (!closed && left > 0) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    private void save(Path target) {
        Path next = target.resolveSibling(target.getFileName() + ".next");
        try {
            Files.write(next, snapshot.get());
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the state file " + target, e);
        }
    }
}
