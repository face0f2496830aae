package dev.crmsync.testkit.check;

import dev.crmsync.fields.Lenses;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One system of a small world: how it dates, tells and shows what its record holds. What it holds is in the world's
 * {@link Place}. Immutable.
 */
final class ToySystem {
    /** The property that holds the join key. */
    static final String JOIN_KEY = "join_key";

    /** The year in which the clock of the first system begins; engines are far later, so that none is taken for the other. */
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Duration BETWEEN_CLOCKS = Duration.ofDays(365);

    final String name;
    final boolean anchor;
    final Mapping mapping;
    private final String type;
    private final AsOfGrade grade;
    private final boolean silent;
    private final Map<String, List<Rendering>> habits;
    private final Instant base;
    private final Duration apart;

    ToySystem(Setting setting, String type, int index, Mapping mapping, boolean sharedClock) {
        this.name = setting.systems.get(index);
        this.type = type;
        this.anchor = index == 0;
        this.mapping = anchor ? mapping : mapping.withExternalId(JOIN_KEY);
        this.grade = setting.grades.getOrDefault(name, AsOfGrade.PROPERTY);
        this.silent = setting.silent.contains(name);
        this.habits = setting.habits;
        this.base = sharedClock ? FIRST : FIRST.plus(BETWEEN_CLOCKS.multipliedBy(index));
        this.apart = setting.apart;
    }

    SystemRules rules() {
        TypeDeclaration declared = new TypeDeclaration(
                type,
                grade,
                false,
                new CreateLookup.UniqueUpsert(),
                true,
                true,
                TypeDeclaration.DEFAULT_ECHO_HORIZON,
                Duration.ZERO,
                List.of());
        return new SystemRules(
                new Declaration("toy", anchor, List.of(declared), List.of()), Map.of(type, mapping), false);
    }

    /** When a deed is done that is the so-many-eth of the world. */
    Instant time(int tick) {
        return base.plus(apart.multipliedBy(tick));
    }

    RecordRef ref() {
        return new RecordRef(name, type, name + "-1");
    }

    /** The event of a deed: a record that was made is told as a whole. */
    ChangeEvent event(SortedMap<String, NativeValue> holds, Set<String> changed, boolean made, Instant at) {
        if (made || grade != AsOfGrade.PROPERTY) {
            return ChangeEvent.full(ref(), holds, when(at, at), Evidence.EVENT);
        }
        SortedMap<String, NativeValue> told = new TreeMap<>(holds);
        told.keySet().retainAll(changed);
        return ChangeEvent.partial(ref(), told, when(at, at), Evidence.EVENT);
    }

    /** The record as a first walk lists it. */
    ChangeEvent listed(Place place) {
        return ChangeEvent.full(ref(), place.holds(), when(place.changed(), place.changed()), Evidence.LISTING);
    }

    /** What a read shows that looks between two deeds. */
    ChangeEvent read(Place place, int ticks) {
        Instant looked = time(ticks).plus(apart.dividedBy(2));
        return ChangeEvent.full(ref(), place.holds(), when(place.changed(), looked), Evidence.READ);
    }

    /** What a write's own answer shows; null when it shows nothing. */
    @Nullable ChangeEvent answer(Place place, Set<String> written, int ticks) {
        if (silent) {
            return null;
        }
        ChangeEvent whole = read(place, ticks);
        if (grade != AsOfGrade.PROPERTY) {
            return whole;
        }
        SortedMap<String, NativeValue> shown = new TreeMap<>(place.holds());
        shown.keySet().retainAll(written);
        return ChangeEvent.partial(ref(), shown, whole.asOf(), Evidence.READ);
    }

    /** Of the coarsest grade all deeds lie in one minute, as those that follow each other quickly do. */
    private AsOf when(Instant changed, Instant seen) {
        if (grade == AsOfGrade.COARSE) {
            return AsOf.coarse(base, Duration.ofMinutes(1));
        }
        return AsOf.read(changed, seen);
    }

    /** The properties as this system keeps them, with its habits of which nobody was told. */
    SortedMap<String, NativeValue> kept(Map<String, NativeValue> given, Lenses lenses) {
        SortedMap<String, NativeValue> kept = new TreeMap<>(given);
        for (FieldMapping mapped : mapping.fields()) {
            for (String property : mapped.lens().properties()) {
                kept.computeIfPresent(property, (same, raw) -> shown(mapped, raw, lenses));
            }
        }
        return kept;
    }

    private NativeValue shown(FieldMapping mapped, NativeValue raw, Lenses lenses) {
        NativeValue declared = lenses.rendered(mapped, raw);
        List<Rendering> habit = habits.getOrDefault(Setting.place(name, mapped.field()), List.of());
        return habit.isEmpty() ? declared : lenses.rendered(mapped.shownAs(habit.toArray(Rendering[]::new)), declared);
    }

    /** The properties that change when a person enters a value, given as text: a spelling is kept as it was typed. */
    @Nullable Map<String, NativeValue> entering(Field field, String text, Map<String, NativeValue> holds, Lenses lenses) {
        FieldMapping mapped = mapping.carrying(field).orElse(null);
        if (mapped == null) {
            return null;
        }
        Map<String, NativeValue> slots = lenses.slots(mapping, holds);
        Map<String, NativeValue> put;
        if (mapped.lens() instanceof Lens.Direct direct) {
            put = Map.of(direct.property(), text.isEmpty() ? NativeValue.EMPTY : NativeValue.text(text));
        } else {
            put = lenses.put(mapped, field, value(field, text), slots, link -> null);
        }
        return put == null ? null : lenses.properties(mapping, put, slots);
    }

    private static Value value(Field field, String text) {
        if (text.isEmpty()) {
            return field.type() == FieldType.MEMBERS ? Value.members() : Value.EMPTY;
        }
        return field.type() == FieldType.MEMBERS ? Value.members(text.split(",")) : Value.text(text);
    }

    /** What a record of these properties holds of a field. */
    @Nullable Value held(Field field, Map<String, NativeValue> holds, Lenses lenses) {
        return mapping.carrying(field)
                .map(mapped -> lenses.get(name, mapped, field, lenses.slots(mapping, holds), ref -> null))
                .orElse(null);
    }

    /** The properties that carry a field. */
    List<String> properties(Field field) {
        return mapping.carrying(field).map(mapped -> mapped.lens().properties()).orElseGet(ArrayList::new);
    }
}
