package dev.crmsync.testkit.check;

import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is done at systems, by people, automations and writes that arrive. Not thread-safe. */
final class Deeds {
    private final Arena arena;
    private final Place[] places;
    private int ticks;

    Deeds(Arena arena, Place[] places, int ticks) {
        this.arena = arena;
        this.places = places;
        this.ticks = ticks;
    }

    /** How many deeds were done so far. */
    int ticks() {
        return ticks;
    }

    String automation(Move.Reaction reaction) {
        return arena.setting.automations.stream()
                .filter(known -> known.system().equals(reaction.system())
                        && known.field().equals(reaction.field()))
                .findFirst()
                .orElseThrow()
                .value();
    }

    /** The read that is under way looks now, before what comes next. */
    void look(int at, boolean first) {
        if (first && places[at].call() instanceof Call.Reading reading) {
            ChangeEvent sample = arena.systems.get(at).read(places[at], ticks);
            places[at] = places[at].calling(new Call.Reading(reading.issued(), sample, places[at].changed()));
        }
    }

    /** Somebody other than sync enters a value. */
    void enter(int at, Field field, String text) {
        ToySystem system = arena.systems.get(at);
        Map<String, NativeValue> given = Objects.requireNonNull(
                system.entering(field, text, places[at].holds(), arena.lenses()), "a value that cannot be entered");
        if (change(at, given, Collections.unmodifiableSortedSet(new TreeSet<>(Set.of(field.name()))))) {
            Value value = system.held(field, places[at].holds(), arena.lenses());
            Hand hand = Hand.entered(value == null ? Value.EMPTY : value, places[at].changed());
            places[at] = places[at].hand(field.name(), hand);
        }
    }

    /** Changes a record; the event of it waits to be told. */
    private boolean change(int at, Map<String, NativeValue> given, SortedSet<String> outside) {
        ToySystem system = arena.systems.get(at);
        SortedMap<String, NativeValue> holds = new TreeMap<>(places[at].holds());
        Set<String> changed = new TreeSet<>();
        system.kept(given, arena.lenses()).forEach((property, raw) -> {
            NativeValue old = holds.put(property, raw);
            if (!raw.equals(old == null ? NativeValue.EMPTY : old)) {
                changed.add(property);
            }
        });
        if (changed.isEmpty() && places[at].exists()) {
            return false;
        }
        ticks++;
        Instant time = system.time(ticks);
        ChangeEvent event = system.event(holds, changed, !places[at].exists(), time);
        Notice notice = new Notice(event, time, outside, false, false);
        places[at] = places[at]
                .holding(Collections.unmodifiableSortedMap(holds), time)
                .noticing(notice);
        return true;
    }

    /** A write takes effect. */
    void arrive(int at) {
        Call.Sending sending = (Call.Sending) Objects.requireNonNull(places[at].call(), "call");
        ToySystem system = arena.systems.get(at);
        Map<String, NativeValue> before = places[at].holds();
        if (change(at, sending.properties(), Collections.emptySortedSet())) {
            for (Field field : arena.fields) {
                boolean touched = system.properties(field).stream().anyMatch(sending.properties()::containsKey);
                Value old = system.held(field, before, arena.lenses());
                if (touched && !arena.same(field, old, system.held(field, places[at].holds(), arena.lenses()))) {
                    places[at] = places[at].hand(field.name(), null);
                    urge(at, field);
                }
            }
        }
        Outcome done = new Outcome.Done(
                system.ref(), system.answer(places[at], sending.properties().keySet(), ticks));
        places[at] =
                places[at].calling(new Call.Answering(sending.flight(), done, places[at].changed(), sending.counts()));
    }

    private void urge(int at, Field field) {
        ToySystem system = arena.systems.get(at);
        for (Setting.Automation automation : arena.setting.automations) {
            boolean here = automation.system().equals(system.name)
                    && automation.field().equals(field.name());
            if (here && Moves.enters(arena, system, field, automation.value(), places[at])) {
                places[at] = places[at].urged(field.name(), true);
            }
        }
    }
}
