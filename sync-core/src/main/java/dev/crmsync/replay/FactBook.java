package dev.crmsync.replay;

import dev.crmsync.fields.Facts;
import dev.crmsync.fields.Lenses;
import dev.crmsync.fields.Question;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.NativeValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Facts about tokens. One that was read back knows what is written in it, and counts what it was asked beyond that; one that is
 * being written works out what it is asked of the values that the tokens stand for. Not thread-safe.
 */
final class FactBook {
    private final Map<Question, Facts.Known> facts;
    private final @Nullable Tokens tokens;
    private long unknown;

    private FactBook(Map<Question, Facts.Known> facts, @Nullable Tokens tokens) {
        this.facts = facts;
        this.tokens = tokens;
    }

    /** A book that was written. */
    static FactBook of(Map<Question, Facts.Known> facts) {
        return new FactBook(new LinkedHashMap<>(facts), null);
    }

    /** A book that is being written. */
    static FactBook written(Tokens tokens) {
        return new FactBook(new LinkedHashMap<>(), tokens);
    }

    Map<Question, Facts.Known> facts() {
        return facts;
    }

    /** How often it was asked what it does not know. */
    long unknown() {
        return unknown;
    }

    /** The facts as these lenses, where values are as they are, make them. */
    Facts through(Lenses truly) {
        return (question, truth) -> recall(question, truth, truly);
    }

    private Facts.@Nullable Known recall(Question question, Facts.Truth truth, Lenses truly) {
        Facts.Known known = facts.get(question);
        if (known != null) {
            return known;
        }
        if (tokens == null) {
            unknown++;
            return null;
        }
        Facts.Known told = told(truth.of(truly, asked(question, tokens)), tokens);
        facts.put(question, told);
        return told;
    }

    private static Question asked(Question question, Tokens tokens) {
        Map<String, NativeValue> slots = new TreeMap<>();
        question.slots().forEach((slot, raw) -> slots.put(slot, tokens.back(raw)));
        List<Value> values = new ArrayList<>();
        question.values().forEach(value -> values.add(tokens.back(value)));
        return new Question(question.kind(), question.about(), slots, values);
    }

    private static Facts.Known told(Facts.Known known, Tokens tokens) {
        Map<String, NativeValue> held = known.slots();
        if (held == null) {
            return Facts.Known.of(tokens.ofAny(known.value()));
        }
        Map<String, NativeValue> slots = new TreeMap<>();
        held.forEach((slot, raw) -> slots.put(slot, tokens.of(raw)));
        return Facts.Known.ofSlots(slots);
    }
}
