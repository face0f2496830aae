package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.engine.Census;
import dev.crmsync.engine.Status;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Stance;
import dev.crmsync.quickstart.Comparison.Wait;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the run came to, as a short table and as JSON. */
final class Report {
    private static final int SHOWN = 20;

    private final Map<String, Object> rows = new LinkedHashMap<>();
    private final Audit audit;
    private final String explained;

    Report(SyncEngine engine, Tally tally, Audit audit, String explained, Duration time) {
        this.audit = audit;
        this.explained = explained;
        Status status = engine.status(Embedding.SYNC);
        Census census = engine.census(Embedding.SYNC);
        rows.put("events received", tally.events.sum());
        rows.put("  of these delivered before", tally.repeated.sum());
        rows.put("echoes and repeats absorbed", tally.echoes());
        rows.put("reads", tally.reads.sum());
        tally.writes().forEach((what, count) -> rows.put("writes: " + what, count));
        rows.put("put off by a vendor or its quota", tally.deferred.sum());
        for (Map.Entry<Reason, Long> reason : tally.reasons().entrySet()) {
            rows.put("decisions: " + reason.getKey(), reason.getValue());
        }
        for (Stance stance : Stance.values()) {
            if (census.count(stance) > 0) {
                rows.put("stances: " + stance, census.count(stance));
            }
        }
        rows.put("links", census.links());
        rows.put("reviews open", status.reviews());
        rows.put("dead letters", status.deadLetters());
        audit.parts()
                .forEach(
                        part -> rows(part, audit.parts().size() > 1 ? part.crm().name() + ", " : ""));
        rows.put("seconds", time.toSeconds());
    }

    private void rows(Audit.Part part, String where) {
        Comparison contacts = part.contacts();
        rows.put(where + "fields compared (labels by the admin endpoint)", contacts.compared());
        contacts.explained().forEach((what, count) -> rows.put(where + "differs, explained: " + what, count));
        rows.put(
                where + "messages that are one note each (by the admin endpoint)",
                part.talks().messages());
        rows.put(where + "contacts waiting for a person's answer", contacts.waiting(Wait.ANSWER));
        if (part.crm().needsNames()) {
            rows.put(where + "contacts waiting for a name", contacts.waiting(Wait.NAME));
            rows.put(
                    where + "conversations waiting for such a contact",
                    part.talks().waiting());
        }
    }

    void print(PrintStream out) {
        out.println();
        rows.forEach((name, value) -> out.println(String.format(Locale.ROOT, "%-58s %10s", name, value)));
        out.println();
        out.println("One decision explained:");
        out.println(explained);
        out.println();
        audit.unexplained().stream().limit(SHOWN).forEach(difference -> out.println("UNEXPLAINED " + difference));
    }

    void write(Path file) throws IOException {
        ObjectNode json = Json.object();
        rows.forEach((name, value) -> json.put(name.strip(), ((Number) value).longValue()));
        json.put("inStep", audit.contacts());
        json.put("conversationsInStep", audit.conversations());
        json.put("unexplained", unexplained());
        Files.writeString(file, json.toPrettyString() + System.lineSeparator());
    }

    String lastLine() {
        return "IN STEP: " + audit.contacts() + " contacts, " + audit.conversations() + " conversations, "
                + unexplained() + " unexplained differences";
    }

    /** How many differences nothing explains. */
    int unexplained() {
        return audit.unexplained().size();
    }
}
