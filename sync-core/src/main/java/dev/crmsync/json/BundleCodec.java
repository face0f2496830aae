package dev.crmsync.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.fields.Facts;
import dev.crmsync.fields.Question;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Rules;
import dev.crmsync.replay.Before;
import dev.crmsync.replay.Bundle;
import dev.crmsync.replay.Recording;
import dev.crmsync.replay.Step;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.resolver.Resolver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A bundle as a file. Immutable and thread-safe. */
public final class BundleCodec {
    private static final int FORMAT = 1;
    private static final String WHAT = "the bundle";

    private static final String SYNC = "sync";
    private static final String LINKS = "links";
    private static final String MADE = "made";
    private static final String REDACTED = "redacted";
    private static final String RULES = "rules";
    private static final String STEPS = "steps";
    private static final String FACTS = "facts";
    private static final String INPUT = "input";
    private static final String BEFORE = "before";
    private static final String LINK = "link";
    private static final String TYPE = "type";
    private static final String SEQ = "seq";
    private static final String STATE = "state";
    private static final String SUCCESSORS = "successors";
    private static final String DECISIONS = "decisions";
    private static final String VALUES = "values";
    private static final String DUE = "due";

    private final InputJson inputs = new InputJson();
    private final StepJson steps = new StepJson();
    private final RulesCodec rules = new RulesCodec();
    private final ValueJson values = new ValueJson(Texts.IN_PLACE);

    /** Makes the codec. */
    public BundleCodec() {}

    /**
     * Writes a bundle.
     *
     * @param bundle the bundle
     * @return the content of its file: JSON in UTF-8
     */
    public Bytes encode(Bundle bundle) {
        ObjectNode node = Json.document(FORMAT).put(SYNC, bundle.sync());
        ArrayNode links = node.putArray(LINKS);
        bundle.links().forEach(links::add);
        node.put(MADE, bundle.made().toString()).put(REDACTED, bundle.redacted());
        ObjectNode all = node.putObject(RULES);
        bundle.recording().rules().forEach((hash, one) -> all.set(hash, rules.write(one)));
        ArrayNode written = node.putArray(STEPS);
        bundle.recording().steps().forEach(step -> written.add(write(step)));
        ArrayNode facts = node.putArray(FACTS);
        bundle.facts().forEach((question, known) -> facts.add(write(question, known)));
        return Json.bytes(node);
    }

    private ObjectNode write(Step step) {
        ObjectNode node = Json.object();
        node.set(INPUT, inputs.write(step.input()));
        ArrayNode before = node.putArray(BEFORE);
        step.before().forEach(one -> before.add(write(one)));
        node.put(RULES, step.rules());
        ArrayNode decisions = node.putArray(DECISIONS);
        for (Decision decision : step.decisions()) {
            ObjectNode one = StepJson.skeleton(decision);
            one.set(VALUES, steps.personal(decision));
            decisions.add(one);
        }
        ArrayNode due = node.putArray(DUE);
        step.due().forEach(work -> due.add(StepJson.due(work)));
        return node;
    }

    private ObjectNode write(Before before) {
        ObjectNode node =
                Json.object().put(LINK, before.link()).put(TYPE, before.type()).put(SEQ, before.seq());
        LinkState state = before.state();
        if (state != null) {
            node.set(STATE, steps.state(state));
        }
        if (!before.successors().isEmpty()) {
            node.set(SUCCESSORS, StepJson.names(before.successors()));
        }
        return node;
    }

    /** Kind, about, slots, values, and the answer: nothing, a value, or slots. */
    private ArrayNode write(Question question, Facts.Known known) {
        ArrayNode node = Json.array().add(question.kind().name()).add(question.about());
        node.add(slots(question.slots()));
        ArrayNode given = node.addArray();
        question.values().forEach(value -> given.add(values.write(value)));
        Map<String, NativeValue> held = known.slots();
        if (held != null) {
            node.addObject().set("slots", slots(held));
        } else if (known.value() != null) {
            node.addObject().set("value", values.write(known.value()));
        }
        return node;
    }

    private ObjectNode slots(Map<String, NativeValue> slots) {
        ObjectNode node = Json.object();
        new TreeMap<>(slots).forEach((slot, raw) -> node.set(slot, values.write(raw)));
        return node;
    }

    /**
     * Reads a bundle.
     *
     * @param content the content of its file
     * @param resolvers resolvers that its policy may name; those of a redacted bundle are not asked
     * @return the bundle
     * @throws dev.crmsync.spi.SyncException of kind PERMANENT when the file is damaged or of a newer version
     */
    public Bundle decode(Bytes content, Collection<? extends Resolver> resolvers) {
        JsonNode node = Json.read(content, FORMAT, WHAT);
        TreeMap<String, Rules> all = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node.path(RULES).properties()) {
            all.put(entry.getKey(), rules.read(entry.getValue(), resolvers));
        }
        List<String> links = new ArrayList<>();
        node.path(LINKS).forEach(link -> links.add(link.asText()));
        List<Step> read = new ArrayList<>();
        node.path(STEPS).forEach(step -> read.add(step(step)));
        Map<Question, Facts.Known> facts = new LinkedHashMap<>();
        node.path(FACTS).forEach(fact -> facts.put(question(fact), known(fact.path(4))));
        return new Bundle(
                node.path(SYNC).asText(),
                links,
                Instant.parse(node.path(MADE).asText()),
                node.path(REDACTED).asBoolean(),
                new Recording(read, all),
                facts);
    }

    private Step step(JsonNode node) {
        Input input = inputs.read(node.path(INPUT), WHAT);
        String hash = node.path(RULES).asText();
        List<Before> before = new ArrayList<>();
        node.path(BEFORE).forEach(one -> before.add(before(one)));
        List<Decision> decisions = new ArrayList<>();
        node.path(DECISIONS)
                .forEach(one -> decisions.add(steps.decision(one, one.path(VALUES), input.seq(), input.at(), hash)));
        List<Due> due = new ArrayList<>();
        node.path(DUE).forEach(work -> due.add(StepJson.due(work)));
        return new Step(input, before, hash, decisions, due);
    }

    private Before before(JsonNode node) {
        String link = node.path(LINK).asText();
        String type = node.path(TYPE).asText();
        return new Before(
                link,
                type,
                node.path(SEQ).longValue(),
                steps.state(node.path(STATE), link, type, WHAT),
                StepJson.names(node.path(SUCCESSORS)));
    }

    private Question question(JsonNode node) {
        List<Value> given = new ArrayList<>();
        node.path(3).forEach(value -> given.add(values.readValue(value)));
        return new Question(
                Json.constant(Question.Kind.class, node.path(0).asText()),
                node.path(1).asText(),
                slots(node.path(2)),
                given);
    }

    private Facts.Known known(JsonNode node) {
        if (node.has("slots")) {
            return Facts.Known.ofSlots(slots(node.path("slots")));
        }
        return Facts.Known.of(node.has("value") ? values.readValue(node.path("value")) : null);
    }

    private Map<String, NativeValue> slots(JsonNode node) {
        Map<String, NativeValue> slots = new TreeMap<>();
        node.properties().forEach(slot -> slots.put(slot.getKey(), values.readNative(slot.getValue())));
        return slots;
    }
}
