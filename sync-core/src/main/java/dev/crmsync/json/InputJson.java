package dev.crmsync.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.Input;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One input of the planner, whole: with the values that it brings. */
final class InputJson {
    private static final String KIND = "kind";
    private static final String AT = "at";
    private static final String SEQ = "seq";
    private static final String LINK = "link";
    private static final String SYSTEM = "system";
    private static final String EVENT = "event";
    private static final String REFERENCES = "references";
    private static final String ANSWER = "answer";
    private static final String REF = "ref";
    private static final String REASON = "reason";
    private static final String AS_OF = "asOf";
    private static final String AFTER = "retryAfter";

    private final EventCodec events = new EventCodec();
    private final ValueJson values = new ValueJson(Texts.IN_PLACE);
    private final ChangeJson changes = new ChangeJson(values);

    ObjectNode write(Input input) {
        ObjectNode node = Json.object().put(KIND, input.getClass().getSimpleName());
        node.set(AT, Json.time(input.at()));
        node.put(SEQ, input.seq());
        if (input instanceof Input.Observed observed) {
            node.put(LINK, observed.link()).set(EVENT, events.write(observed.event()));
            references(node, observed.references());
        } else if (input instanceof Input.WriteStarted started) {
            node.put(LINK, started.link()).put(SYSTEM, started.system()).put("key", started.idempotencyKey());
            ObjectNode parents = node.putObject("parents");
            new TreeMap<>(started.parents()).forEach(parents::put);
        } else if (input instanceof Input.WriteOutcome outcome) {
            node.put(LINK, outcome.link()).put(SYSTEM, outcome.system()).put("started", outcome.started());
            node.set(ANSWER, write(outcome.outcome()));
            references(node, outcome.references());
        } else if (input instanceof Input.ReadOutcome outcome) {
            node.put(LINK, outcome.link()).put(SYSTEM, outcome.system()).put("issued", outcome.issued());
            node.set(ANSWER, write(outcome.read()));
            references(node, outcome.references());
        } else if (input instanceof Input.TimerDue timer) {
            node.put(LINK, timer.link());
        } else if (input instanceof Input.RulesChanged changed) {
            node.put(LINK, changed.link());
        } else if (input instanceof Input.ReviewAnswer answer) {
            node.put(LINK, answer.link())
                    .put(SYSTEM, answer.system())
                    .put("field", answer.field())
                    .put(ANSWER, answer.answer().name());
        } else if (input instanceof Input.Identity identity) {
            node.set("change", ChangeJson.write(identity.change()));
            node.set("suspected", values.write(suspected(identity)));
        } else if (input instanceof Input.ArchiveLetGo let) {
            node.put(LINK, let.link()).put(SYSTEM, let.system());
        } else if (input instanceof Input.Erase erase) {
            node.put(LINK, erase.link());
        }
        return node;
    }

    private static Value suspected(Input.Identity identity) {
        return identity.change() instanceof IdentityChange.Suspected suspected ? suspected.value() : Value.EMPTY;
    }

    private static void references(ObjectNode node, Map<RecordRef, String> references) {
        if (!references.isEmpty()) {
            ArrayNode all = node.putArray(REFERENCES);
            new TreeMap<>(references)
                    .forEach((ref, link) -> all.addArray().add(Json.ref(ref)).add(link));
        }
    }

    private ObjectNode write(Outcome outcome) {
        ObjectNode node = Json.object().put(KIND, outcome.getClass().getSimpleName());
        if (outcome instanceof Outcome.Done done) {
            node.set(REF, Json.ref(done.ref()));
            event(node, done.record());
        } else if (outcome instanceof Outcome.Rejected rejected) {
            node.put("rejection", rejected.kind().name()).put("property", rejected.property());
            if (rejected.existing() != null) {
                node.set(REF, Json.ref(rejected.existing()));
            }
            node.put(REASON, rejected.message());
        } else if (outcome instanceof Outcome.Deferred deferred) {
            after(node, deferred.retryAfter());
            node.put("quota", deferred.quotaKey()).put(REASON, deferred.reason());
        } else if (outcome instanceof Outcome.Unknown unknown) {
            node.put(REASON, unknown.reason());
        }
        return node;
    }

    private ObjectNode write(Read read) {
        ObjectNode node = Json.object().put(KIND, read.getClass().getSimpleName());
        if (read instanceof Read.Found found) {
            event(node, found.record());
        } else if (read instanceof Read.Gone gone) {
            Json.asOf(node.putArray(AS_OF), gone.asOf());
            node.put("restorable", gone.restorable());
        } else if (read instanceof Read.MergedInto merged) {
            node.set(REF, Json.ref(merged.into()));
            event(node, merged.record());
        } else if (read instanceof Read.Unknown unknown) {
            after(node, unknown.retryAfter());
            node.put(REASON, unknown.reason());
        }
        return node;
    }

    private void event(ObjectNode node, @Nullable ChangeEvent event) {
        if (event != null) {
            node.set(EVENT, events.write(event));
        }
    }

    private static void after(ObjectNode node, @Nullable Duration wait) {
        node.put(AFTER, wait == null ? null : wait.toString());
    }

    Input read(JsonNode node, String what) {
        Instant at = Json.time(node.path(AT));
        long seq = node.path(SEQ).longValue();
        String link = node.path(LINK).asText();
        String system = node.path(SYSTEM).asText();
        return switch (node.path(KIND).asText()) {
            case "Observed" -> new Input.Observed(at, seq, link, events.read(node.path(EVENT)), references(node));
            case "WriteStarted" -> new Input.WriteStarted(at, seq, link, system, parents(node), text(node, "key"));
            case "WriteOutcome" ->
                new Input.WriteOutcome(
                        at,
                        seq,
                        link,
                        system,
                        node.path("started").longValue(),
                        outcome(node.path(ANSWER), what),
                        references(node));
            case "ReadOutcome" ->
                new Input.ReadOutcome(
                        at,
                        seq,
                        link,
                        system,
                        node.path("issued").longValue(),
                        read(node.path(ANSWER), at, what),
                        references(node));
            case "TimerDue" -> new Input.TimerDue(at, seq, link);
            case "RulesChanged" -> new Input.RulesChanged(at, seq, link);
            case "ReviewAnswer" ->
                new Input.ReviewAnswer(
                        at,
                        seq,
                        link,
                        system,
                        text(node, "field"),
                        Json.constant(Input.Answer.class, node.path(ANSWER).asText()));
            case "Identity" ->
                new Input.Identity(at, seq, changes.read(node.path("change"), node.path("suspected"), what));
            case "ArchiveLetGo" -> new Input.ArchiveLetGo(at, seq, link, system);
            case "Erase" -> new Input.Erase(at, seq, link);
            default -> throw unknown(what, node);
        };
    }

    private Outcome outcome(JsonNode node, String what) {
        String reason = node.path(REASON).asText();
        return switch (node.path(KIND).asText()) {
            case "Done" -> new Outcome.Done(Json.ref(node.path(REF)), event(node));
            case "Rejected" ->
                new Outcome.Rejected(
                        Json.constant(
                                Outcome.Rejection.class, node.path("rejection").asText()),
                        text(node, "property"),
                        node.has(REF) ? Json.ref(node.path(REF)) : null,
                        reason);
            case "Deferred" -> new Outcome.Deferred(after(node), text(node, "quota"), reason);
            case "Unknown" -> new Outcome.Unknown(reason);
            default -> throw unknown(what, node);
        };
    }

    private Read read(JsonNode node, Instant at, String what) {
        return switch (node.path(KIND).asText()) {
            case "Found" -> new Read.Found(events.read(node.path(EVENT)));
            case "Gone" ->
                new Read.Gone(
                        Json.asOf(node.path(AS_OF).path(0), node.path(AS_OF).path(1)),
                        node.path("restorable").asBoolean());
            case "MergedInto" -> new Read.MergedInto(Json.ref(node.path(REF)), event(node));
            case "NotVisible" -> new Read.NotVisible();
            case "Unknown" -> new Read.Unknown(node.path(REASON).asText(), after(node));
            default -> throw unknown(what + " of " + at, node);
        };
    }

    private @Nullable ChangeEvent event(JsonNode node) {
        return node.has(EVENT) ? events.read(node.path(EVENT)) : null;
    }

    private static @Nullable Duration after(JsonNode node) {
        String text = text(node, AFTER);
        return text == null ? null : Duration.parse(text);
    }

    private static Map<String, String> parents(JsonNode node) {
        Map<String, String> parents = new TreeMap<>();
        node.path("parents")
                .properties()
                .forEach(
                        parent -> parents.put(parent.getKey(), parent.getValue().asText()));
        return parents;
    }

    private static Map<RecordRef, String> references(JsonNode node) {
        Map<RecordRef, String> references = new TreeMap<>();
        node.path(REFERENCES)
                .forEach(
                        one -> references.put(Json.ref(one.path(0)), one.path(1).asText()));
        return references;
    }

    private static @Nullable String text(JsonNode node, String name) {
        return Json.textOrNull(node.path(name));
    }

    private static SyncException unknown(String what, JsonNode node) {
        return Json.unreadable(what + " holds a '" + node.path(KIND).asText()
                + "', which this version of crm-sync does not know; run the version that wrote it, or a newer one");
    }
}
