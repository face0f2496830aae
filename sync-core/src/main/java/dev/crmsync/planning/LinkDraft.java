package dev.crmsync.planning;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A link while one input is being planned: the only mutable form of {@link LinkState}, never seen outside a plan. */
final class LinkDraft {
    final LinkState before;
    final DraftMap<Agreed> agreed;
    final TreeMap<String, SideDraft> sides = new TreeMap<>();
    final TreeSet<String> apart;

    @Nullable String joinedInto;

    boolean erased;
    boolean replanned;

    LinkDraft(LinkState before) {
        this.before = before;
        agreed = new DraftMap<>(before.agreed());
        before.sides().forEach((system, side) -> sides.put(system, new SideDraft(side)));
        apart = new TreeSet<>(before.apart());
        joinedInto = before.joinedInto();
        erased = before.erased();
    }

    String id() {
        return before.id();
    }

    String type() {
        return before.type();
    }

    SideDraft side(String system) {
        SideDraft known = sides.get(system);
        return known == null ? sides.computeIfAbsent(system, name -> new SideDraft(Side.UNKNOWN)) : known;
    }

    @Nullable Value agreed(Field field) {
        Agreed current = agreed.get(field.name());
        return current == null ? null : current.value();
    }

    /** The link as it is now, under the sequence number and rules that it was last planned with. */
    LinkState now() {
        return state(before.seq(), before.rulesHash(), frozenSides());
    }

    /** The link after the plan: under a new sequence number only when something changed. */
    LinkState freeze(long seq, String rulesHash) {
        SortedMap<String, Side> frozen = frozenSides();
        boolean same = erased == before.erased()
                && Objects.equals(joinedInto, before.joinedInto())
                && agreed.is(before.agreed())
                && apart.equals(before.apart())
                && frozen.equals(before.sides());
        return same && !replanned ? before : state(seq, rulesHash, frozen);
    }

    private SortedMap<String, Side> frozenSides() {
        TreeMap<String, Side> frozen = new TreeMap<>();
        sides.forEach((system, side) -> {
            Side state = side.freeze();
            if (!state.equals(Side.UNKNOWN)) {
                frozen.put(system, state);
            }
        });
        return frozen;
    }

    private LinkState state(long seq, String rulesHash, SortedMap<String, Side> frozen) {
        return new LinkState(
                before.id(), before.type(), seq, rulesHash, agreed.frozen(), frozen, apart, joinedInto, erased);
    }
}
