package dev.crmsync.planning;

import dev.crmsync.policy.FieldRule;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.Value;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a set consists of: members, or the links that it refers to. */
final class SetParts {
    private SetParts() {}

    /** The parts of a value, to be changed by the caller at will; none of what is no set. */
    static SortedSet<String> of(@Nullable Value value) {
        if (value instanceof Value.References all) {
            return new TreeSet<>(all.links());
        }
        return value instanceof Value.Members set ? new TreeSet<>(set.members()) : new TreeSet<>();
    }

    /**
     * What a set was before somebody edited it, when something had been sent there that nobody has answered for: each part that we
     * put there or took away, and that is shown so, is our doing. Where a set is decided whole it arrives whole, or has not.
     */
    static Value arrived(Planning planning, LinkDraft link, Field field, Value held, Value sent, Value shown) {
        SortedSet<String> before = of(held);
        SortedSet<String> ours = of(sent);
        SortedSet<String> there = of(shown);
        if (!there.containsAll(ours) && !merged(planning, link, field)) {
            return held;
        }
        for (String part : there) {
            if (ours.contains(part)) {
                before.add(part);
            }
        }
        // What we take away goes at once: while some of it is there, whatever else is gone was taken by somebody.
        boolean standing = before.stream().anyMatch(part -> !ours.contains(part) && there.contains(part));
        before.removeIf(part -> !standing && !ours.contains(part) && !there.contains(part));
        return value(field, before);
    }

    private static boolean merged(Planning planning, LinkDraft link, Field field) {
        return planning.rules
                .policy()
                .type(link.type())
                .flatMap(type -> type.field(field))
                .filter(policy -> policy.rule() instanceof FieldRule.SetMerge)
                .isPresent();
    }

    /** The value of a field that consists of these parts. */
    static Value value(Field field, SortedSet<String> parts) {
        return field.type() == FieldType.REFERENCES ? new Value.References(parts) : new Value.Members(parts);
    }
}
