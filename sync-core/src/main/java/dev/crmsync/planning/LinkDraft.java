package dev.crmsync.planning;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A link while one input is being planned: the only mutable form of {@link LinkState}, never seen outside a plan. */
final class LinkDraft {
    final LinkState before;
    final TreeMap<String, Agreed> agreed;
    final TreeMap<String, SideDraft> sides = new TreeMap<>();
    final TreeSet<String> apart;

    @Nullable String joinedInto;

    boolean erased;
    boolean replanned;

    LinkDraft(LinkState before) {
        this.before = before;
        agreed = new TreeMap<>(before.agreed());
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
        return sides.computeIfAbsent(system, name -> new SideDraft(Side.UNKNOWN));
    }

    @Nullable Value agreed(Field field) {
        Agreed current = agreed.get(field.name());
        return current == null ? null : current.value();
    }

    /** The link as it is now, under the sequence number and rules that it was last planned with. */
    LinkState now() {
        TreeMap<String, Side> frozen = new TreeMap<>();
        sides.forEach((system, side) -> {
            Side state = side.freeze();
            if (!state.equals(Side.UNKNOWN)) {
                frozen.put(system, state);
            }
        });
        return new LinkState(
                before.id(),
                before.type(),
                before.seq(),
                before.rulesHash(),
                agreed,
                frozen,
                apart,
                joinedInto,
                erased);
    }

    /** The link after the plan: under a new sequence number only when something changed. */
    LinkState freeze(long seq, String rulesHash) {
        LinkState now = now();
        if (now.equals(before) && !replanned) {
            return before;
        }
        return new LinkState(
                now.id(),
                now.type(),
                seq,
                rulesHash,
                now.agreed(),
                now.sides(),
                now.apart(),
                now.joinedInto(),
                now.erased());
    }
}
