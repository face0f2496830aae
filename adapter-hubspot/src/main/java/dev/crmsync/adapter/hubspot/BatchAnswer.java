package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells which row of a batch's answer belongs to which write: by the trace id that we gave it, else by the record's id,
 * else by the join key. Order is no evidence, and what cannot be told apart is left open.
 */
final class BatchAnswer {
    private final List<Write> writes;
    private final HttpAnswer answer;
    private final Rows rows;
    private final Rejections rejections;
    private final Map<String, Write> byTrace = new HashMap<>();
    private final Map<String, Write> byId = new HashMap<>();

    BatchAnswer(List<Write> writes, HttpAnswer answer, Rows rows, Rejections rejections) {
        this.writes = writes;
        this.answer = answer;
        this.rows = rows;
        this.rejections = rejections;
        for (int i = 0; i < writes.size(); i++) {
            Write write = writes.get(i);
            byTrace.put(Integer.toString(i), write);
            if (write.ref() != null) {
                byId.put(write.ref().id(), write);
            } else if (write.externalId() != null) {
                byId.put(write.externalId().value(), write);
            }
        }
    }

    /** An outcome for each write that the answer tells about. */
    Map<String, Outcome> outcomes() {
        Map<String, Outcome> outcomes = new HashMap<>();
        List<JsonNode> strangeRows = new ArrayList<>();
        List<JsonNode> strangeErrors = new ArrayList<>();
        JsonNode body = answer.json().orElse(null);
        if (body == null) {
            return outcomes;
        }
        for (JsonNode row : body.path("results")) {
            Write write = ofRow(row);
            if (write == null || Rows.id(row).isEmpty()) {
                strangeRows.add(row);
            } else {
                outcomes.put(write.key(), done(write, row));
            }
        }
        for (JsonNode error : body.path("errors")) {
            List<Write> blamed = ofError(error);
            // Whoever stands among the results was written, whatever an error says.
            blamed.forEach(write -> outcomes.putIfAbsent(write.key(), rejections.ofRow(write, error, answer)));
            if (blamed.isEmpty()) {
                strangeErrors.add(error);
            }
        }
        lastOne(outcomes, strangeRows, strangeErrors);
        return outcomes;
    }

    /** One write and one row that are left over belong together. */
    private void lastOne(Map<String, Outcome> outcomes, List<JsonNode> strangeRows, List<JsonNode> strangeErrors) {
        List<Write> open = writes.stream()
                .filter(write -> !outcomes.containsKey(write.key()))
                .toList();
        if (open.size() != 1 || strangeRows.size() + strangeErrors.size() != 1) {
            return;
        }
        Write write = open.get(0);
        if (strangeErrors.size() == 1) {
            outcomes.put(write.key(), rejections.ofRow(write, strangeErrors.get(0), answer));
        } else if (!Rows.id(strangeRows.get(0)).isEmpty()) {
            outcomes.put(write.key(), done(write, strangeRows.get(0)));
        }
    }

    private Outcome done(Write write, JsonNode row) {
        return new Outcome.Done(
                rows.ref(row, answer),
                rows.shown(row, answer, write.properties().keySet()));
    }

    private @Nullable Write ofRow(JsonNode row) {
        Write traced = byTrace.get(row.path("objectWriteTraceId").asText(""));
        if (traced != null) {
            return traced;
        }
        Write.ExternalId first = writes.get(0).externalId();
        return first == null
                ? byId.get(Rows.id(row))
                : byId.get(row.path("properties").path(first.property()).asText(""));
    }

    private List<Write> ofError(JsonNode error) {
        JsonNode context = error.path("context");
        List<Write> traced = found(byTrace, texts(context.path("objectWriteTraceId")));
        if (!traced.isEmpty()) {
            return traced;
        }
        Write.ExternalId first = writes.get(0).externalId();
        return found(
                byId,
                Stream.of(
                                texts(error.path("id")),
                                texts(context.path("id")),
                                texts(context.path("ids")),
                                first == null ? Stream.<String>empty() : texts(context.path(first.property())))
                        .flatMap(texts -> texts));
    }

    private static List<Write> found(Map<String, Write> writes, Stream<String> names) {
        return names.map(writes::get).flatMap(Stream::ofNullable).distinct().toList();
    }

    private static Stream<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(element -> texts.add(element.asText("")));
        } else if (node.isValueNode()) {
            texts.add(node.asText(""));
        }
        return texts.stream();
    }
}
