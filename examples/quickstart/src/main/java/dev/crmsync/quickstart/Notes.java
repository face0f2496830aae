package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.spi.adapter.SecretSink;
import dev.crmsync.spi.adapter.SecretSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * What a host keeps beside the store, so that it can go on after a kill: where its sandbox is, its webhook port, the secrets
 * that a vendor shows only once, and how many edits have been played. A file that is replaced whole. Thread-safe.
 */
final class Notes implements SecretSink {
    private static final String SECRETS = "secrets";
    private static final int UNGUESSABLE_BYTES = 24;
    private static final String PLAYED = "played";

    private final Path file;
    private final ObjectNode notes;

    private Notes(Path file, ObjectNode notes) {
        this.file = file;
        this.notes = notes;
    }

    /** Opens the notes of a file; there need not be any yet. */
    static Notes in(Path file) throws IOException {
        boolean there = Files.isRegularFile(file);
        return new Notes(file, there ? (ObjectNode) Json.parse(Files.readString(file)) : Json.object());
    }

    /** A file beside the notes. */
    Path beside(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    synchronized JsonNode sandbox() {
        return notes.path("sandbox");
    }

    synchronized void sandbox(JsonNode process) {
        notes.set("sandbox", process);
        keep();
    }

    /** The port of an earlier run, to which the vendors still send; 0 when there was none. */
    synchronized int port() {
        return notes.path("port").asInt(0);
    }

    synchronized void port(int port) {
        notes.put("port", port);
        keep();
    }

    /** How many edits of these were played on one side. */
    synchronized int played(long seed, int side) {
        return notes.path(PLAYED).path(seed + "/" + side).asInt(0);
    }

    synchronized void played(long seed, int side, int count) {
        notes.withObject("/" + PLAYED).put(seed + "/" + side, count);
        keep();
    }

    /** The secrets of one name that a system has been given, the newest first. */
    SecretSource secret(String system, String name) {
        return () -> current(system, name);
    }

    /** A secret of our own making, which is made when it is asked for the first time. */
    SecretSource unguessable(String system, String name) {
        return () -> {
            List<String> known = current(system, name);
            return known.isEmpty() ? make(system, name) : known;
        };
    }

    private synchronized List<String> make(String system, String name) {
        if (current(system, name).isEmpty()) {
            byte[] bytes = new byte[UNGUESSABLE_BYTES];
            new SecureRandom().nextBytes(bytes);
            store(system, name, HexFormat.of().formatHex(bytes));
        }
        return current(system, name);
    }

    private synchronized List<String> current(String system, String name) {
        List<String> secrets = new ArrayList<>();
        notes.path(SECRETS).path(system + "." + name).forEach(secret -> secrets.add(secret.asText()));
        Collections.reverse(secrets);
        return secrets;
    }

    @Override
    public synchronized void store(String system, String name, String secret) {
        notes.withObject("/" + SECRETS).withArray("/" + system + "." + name).add(secret);
        keep();
    }

    private void keep() {
        Path next = beside(".next");
        try {
            Files.writeString(next, notes.toString());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the notes " + file + " cannot be written", e);
        }
    }
}
