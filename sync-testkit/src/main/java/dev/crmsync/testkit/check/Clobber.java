package dev.crmsync.testkit.check;

import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Side;
import dev.crmsync.policy.FieldPolicy;
import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.OnRendering;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.model.NativeValue;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Law 1, of one field in a write that begins: the system must be let receive it, and what a person has entered there and the
 * engine has understood stands, unless the rule says that it gives way.
 */
final class Clobber {
    private final Arena arena;
    private final Side side;
    private final LinkState link;
    private final Place place;
    private final ToySystem system;

    Clobber(Arena arena, LinkState link, Place place, ToySystem system) {
        this.arena = arena;
        this.link = link;
        this.side = link.side(system.name);
        this.place = place;
        this.system = system;
    }

    /** What is wrong with the write; null when nothing is. */
    @Nullable String judge(Field field, InFlight flight) {
        FieldMapping mapped = system.mapping.carrying(field).orElseThrow();
        Map<String, NativeValue> sent = new TreeMap<>(side.raw());
        sent.putAll(flight.slots());
        Value target = arena.lenses().get(system.name, mapped, field, sent, ref -> null);
        Value believed = flight.create() ? null : side.held(arena.lenses(), system.name, field, mapped);
        if (arena.same(field, believed, target)) {
            return null;
        }
        FieldPolicy policy = arena.policy(field);
        String wrong = policy == null
                ? "no rule speaks of it"
                : notReceived(policy, flight.create()) ? "the policy does not let it receive that" : null;
        if (wrong == null && policy != null) {
            wrong = wrong(policy, field, believed, target);
        }
        return wrong == null
                ? null
                : "a write to " + system.name + " changes " + field + " from " + Arena.show(believed) + " to "
                        + Arena.show(target) + ": " + wrong;
    }

    private boolean notReceived(FieldPolicy policy, boolean creates) {
        FieldRule rule = policy.rule();
        boolean owner = rule instanceof FieldRule.Owned owned && owned.owner().equals(system.name);
        return !owner && !policy.receives(system.name)
                || rule instanceof FieldRule.ReadOnly
                || rule instanceof FieldRule.CreateOnly && !creates;
    }

    private @Nullable String wrong(FieldPolicy policy, Field field, @Nullable Value believed, @Nullable Value target) {
        FieldRule rule = policy.rule();
        Hand hand = place.hands().get(field.name());
        boolean stands = hand != null && hand.understood() && !arena.same(field, hand.value(), target);
        boolean rewritten = policy.onRendering() == OnRendering.REWRITE;
        if (Arena.blank(target) && !Arena.blank(believed) && !rule.blanksTravel()) {
            return "a blank would overwrite a full value that is shared";
        } else if (rule instanceof FieldRule.FillIfEmpty || rule instanceof FieldRule.AppendOnly) {
            return stands && !Arena.blank(believed) ? "a full value stands there" : null;
        } else if (rule instanceof FieldRule.Manual) {
            boolean asked = hand != null && hand.contested();
            return stands && (asked || !Arena.blank(believed)) ? "only a person may decide" : null;
        } else if (!stands || hand == null || rewritten) {
            return null;
        } else if (rule instanceof FieldRule.Owned owned) {
            return owned(owned, hand);
        } else if (rule instanceof FieldRule.Preferred preferred) {
            // What it held to begin with may be what another one has supplied.
            boolean edited = hand.at().isAfter(system.time(0)) && !Arena.blank(hand.value());
            boolean first = preferred.rank(system.name) == 0 && edited;
            return first ? "the preferred system has said otherwise" : null;
        } else if (rule instanceof FieldRule.LastWriter) {
            boolean later = hand.built() && !hand.overtaken() && !Arena.blank(hand.value());
            return later ? "a later edit would be undone" : null;
        } else if (rule instanceof FieldRule.SetMerge merge) {
            return hand.overtaken() ? null : members(merge, hand, target);
        }
        return null;
    }

    private @Nullable String owned(FieldRule.Owned rule, Hand hand) {
        if (rule.owner().equals(system.name)) {
            return "the owner has said otherwise";
        }
        boolean ownerThere = link.side(rule.owner()).record() != null;
        if (!ownerThere || !hand.contested()) {
            return null;
        }
        return switch (rule.otherEdits()) {
            case REVERT -> null;
            case KEEP -> hand.overtaken() ? null : "an edit that is to be kept stands there";
            case REVIEW -> "an edit that waits for a person stands there";
        };
    }

    private @Nullable String members(FieldRule.SetMerge rule, Hand hand, @Nullable Value target) {
        Set<String> added = new TreeSet<>(membersOf(hand.value()));
        added.removeAll(membersOf(hand.replaced()));
        Set<String> removed = new TreeSet<>(membersOf(hand.replaced()));
        removed.removeAll(membersOf(hand.value()));
        added.removeIf(member -> foreign(rule, member));
        removed.removeIf(member -> foreign(rule, member));
        if (!membersOf(target).containsAll(added)) {
            return "a member that was added there would be taken away";
        }
        removed.retainAll(membersOf(target));
        return removed.isEmpty() ? null : "a member that was taken away there would be put back";
    }

    private boolean foreign(FieldRule.SetMerge rule, String member) {
        return rule.ownerOf(member).filter(owner -> !owner.equals(system.name)).isPresent();
    }

    private static Set<String> membersOf(@Nullable Value value) {
        return value instanceof Value.Members set ? set.members() : Set.of();
    }
}
