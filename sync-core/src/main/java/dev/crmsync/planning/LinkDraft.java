package dev.crmsync.planning;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A link while one input is being planned: the only mutable form of {@link LinkState}, never seen outside a plan. */
final class LinkDraft {
    final LinkState before;

    /** What the rules say of the link's record type. */
    final TypeRules rules;

    final DraftMap<Agreed> agreed;
    final SideDrafts sides;
    final DraftSet apart;

    @Nullable String joinedInto;

    boolean erased;
    boolean replanned;

    LinkDraft(LinkState before, TypeRules rules) {
        this.before = before;
        this.rules = rules;
        agreed = new DraftMap<>(before.agreed());
        sides = new SideDrafts(Frozen.of(before.sides()));
        apart = new DraftSet(before.apart());
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
        if (known == null) {
            known = new SideDraft(Side.UNKNOWN);
            sides.put(system, known);
        }
        return known;
    }

    @Nullable Value agreed(Carried carried) {
        Agreed current = agreed.get(carried.field().name(), carried.place());
        return current == null ? null : current.value();
    }

    @Nullable Value agreed(Field field) {
        Agreed current = agreed.get(field.name());
        return current == null ? null : current.value();
    }

    /** The link as it is now, under the sequence number and rules that it was last planned with. */
    LinkState now() {
        return state(before.seq(), before.rulesHash(), sides.frozen());
    }

    /** The link after the plan: under a new sequence number only when something changed. */
    LinkState freeze(long seq, String rulesHash) {
        SortedMap<String, Side> frozen = sides.frozen();
        boolean same = erased == before.erased()
                && Objects.equals(joinedInto, before.joinedInto())
                && agreed.is(before.agreed())
                && apart.now().equals(before.apart())
                && frozen.equals(before.sides());
        return same && !replanned ? before : state(seq, rulesHash, frozen);
    }

    private LinkState state(long seq, String rulesHash, SortedMap<String, Side> frozen) {
        return new LinkState(
                before.id(), before.type(), seq, rulesHash, agreed.frozen(), frozen, apart.now(), joinedInto, erased);
    }
}
