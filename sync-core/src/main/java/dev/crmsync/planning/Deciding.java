package dev.crmsync.planning;

import dev.crmsync.policy.FieldPolicy;
import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Asks a field's rule what becomes of a value: one that is seen for the first time, or a real edit. */
final class Deciding {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Planning planning;

    Deciding(Planning planning) {
        this.planning = planning;
    }

    /** A value is seen for the first time: never a removal, and never a comparison of times. */
    void joined(LinkDraft link, String system, Field field, AsOf asOf, Value value) {
        Value before = link.agreed(field);
        Reason reason = joining(link, system, field, value, before);
        if (reason == Reason.BASELINE_REVIEW) {
            hold(link, system, field, reason, asOf, value);
        } else {
            if (reason == Reason.BASELINE_KEPT && !value.isBlank()) {
                stand(link, system, field, Stance.KEPT, reason);
            }
            planning.decided(link, system, field, reason, asOf, value, before);
        }
    }

    private Reason joining(LinkDraft link, String system, Field field, Value value, @Nullable Value agreed) {
        Optional<FieldPolicy> policy = planning.rules.policy().field(link.type(), field);
        if (policy.isEmpty()) {
            return Reason.NO_RULE;
        }
        FieldRule rule = policy.get().rule();
        if (agreed != null && planning.equivalent(field, agreed, value)) {
            adoptSpelling(link, system, field, policy.get(), value);
            return Reason.BASELINE_EQUAL;
        }
        if (rule instanceof FieldRule.SetMerge merge) {
            return unite(link, system, field, merge, value, agreed);
        }
        if (agreed == null) {
            return value.isBlank() ? Reason.BASELINE_EQUAL : supply(link, system, field, rule, value);
        }
        return switch (rule.onJoin()) {
            case OWNER -> joinOwned(link, system, field, policy.get(), value, agreed);
            case FILL_EMPTY, UNION -> fill(link, system, field, value, agreed);
            case KEEP -> Reason.BASELINE_KEPT;
            case REVIEW -> Reason.BASELINE_REVIEW;
        };
    }

    /** The first value of all: the owner's, or that of a system that may fill what the owner left blank. */
    private Reason supply(LinkDraft link, String system, Field field, FieldRule rule, Value value) {
        if (rule instanceof FieldRule.Owned owned && !owned.owner().equals(system)) {
            boolean ownerBlank =
                    !ownerHasRecord(link, owned, field) || blank(planning.held(link, owned.owner(), field));
            if (!owned.seeds().contains(system) || !ownerBlank) {
                return Reason.BASELINE_KEPT;
            }
        }
        planning.agree(link, field, value, system);
        return rule instanceof FieldRule.AppendOnly ? Reason.APPENDED : Reason.BASELINE_AGREED;
    }

    private static boolean blank(@Nullable Value value) {
        return value != null && value.isBlank();
    }

    private Reason joinOwned(
            LinkDraft link, String system, Field field, FieldPolicy policy, Value value, Value agreed) {
        if (!Stances.owns(policy, system)) {
            return agreed.isBlank() ? Reason.BASELINE_KEPT : Reason.BASELINE_OVERRULED;
        }
        boolean fillable = planning.mapping(system, link.type())
                .map(mapping -> Stances.canBeWritten(mapping, field, link.side(system).record))
                .orElse(false);
        if (value.isBlank() && fillable) {
            return Reason.BASELINE_OVERRULED;
        }
        planning.agree(link, field, value, system);
        return Reason.BASELINE_AGREED;
    }

    private Reason fill(LinkDraft link, String system, Field field, Value value, Value agreed) {
        if (!agreed.isBlank()) {
            return Reason.BASELINE_OVERRULED;
        }
        planning.agree(link, field, value, system);
        return Reason.BASELINE_AGREED;
    }

    private Reason unite(
            LinkDraft link, String system, Field field, FieldRule.SetMerge merge, Value value, @Nullable Value agreed) {
        SortedSet<String> united = members(agreed);
        members(value).stream().filter(mayChange(merge, system)).forEach(united::add);
        boolean foreign = !united.containsAll(members(value));
        if (agreed == null && united.isEmpty()) {
            return foreign ? Reason.BASELINE_KEPT : Reason.BASELINE_EQUAL;
        }
        if (!united.equals(members(agreed)) || agreed == null) {
            planning.agree(link, field, new Value.Members(united), system);
            return Reason.BASELINE_UNITED;
        }
        return Reason.BASELINE_OVERRULED;
    }

    /** A real edit by a system. */
    void edited(LinkDraft link, String system, Field field, ChangeEvent event, Value held, Value value) {
        Value before = link.agreed(field);
        Optional<FieldPolicy> policy = planning.rules.policy().field(link.type(), field);
        Reason reason;
        if (policy.isEmpty()) {
            reason = Reason.NO_RULE;
        } else if (planning.equivalent(field, before, value)) {
            adoptSpelling(link, system, field, policy.get(), value);
            agreesAgain(link, system, field);
            reason = Reason.EQUIVALENT;
        } else if (planning.equivalent(field, held, value)) {
            // Typed anew and not changed: no rule is asked, or a blank of another kind would overwrite what others
            // hold.
            reason = Reason.EQUIVALENT;
        } else if (policy.get().rule() instanceof FieldRule.SetMerge merge) {
            reason = merge(link, system, field, event, merge, held, value, before);
        } else if (policy.get().rule() instanceof FieldRule.Owned owned) {
            reason = owned(link, system, field, owned, value);
        } else {
            reason = appendOnly(link, system, field, value, before);
        }
        if (reason == Reason.NON_OWNER_REVIEW) {
            hold(link, system, field, reason, event.asOf(), value);
        } else {
            planning.decided(link, system, field, reason, event.asOf(), value, before);
        }
    }

    private Reason owned(LinkDraft link, String system, Field field, FieldRule.Owned rule, Value value) {
        if (rule.owner().equals(system)) {
            planning.agree(link, field, value, system);
            agreesAgain(link, system, field);
            return Reason.OWNER_EDIT;
        }
        if (!ownerHasRecord(link, rule, field)) {
            if (rule.seeds().contains(system)) {
                planning.agree(link, field, value, system);
                return Reason.SEEDED;
            }
            stand(link, system, field, Stance.KEPT, Reason.NOT_SEEDED);
            return Reason.NOT_SEEDED;
        }
        if (link.agreed(field) == null) {
            stand(link, system, field, Stance.KEPT, Reason.KEPT_LOCALLY);
            return Reason.KEPT_LOCALLY;
        }
        return switch (rule.otherEdits()) {
            case KEEP -> {
                stand(link, system, field, Stance.KEPT, Reason.KEPT_LOCALLY);
                yield Reason.KEPT_LOCALLY;
            }
            case REVERT -> revert(link, system, field, Reason.OVERRULED_BY_OWNER);
            case REVIEW -> Reason.NON_OWNER_REVIEW;
        };
    }

    /** Whether the owner ever held a record that carries the field. */
    private boolean ownerHasRecord(LinkDraft link, FieldRule.Owned rule, Field field) {
        Presence presence = link.side(rule.owner()).presence;
        return presence != Presence.NONE
                && presence != Presence.MENTIONED
                && planning.carrying(rule.owner(), link.type(), field).isPresent();
    }

    private Reason merge(
            LinkDraft link,
            String system,
            Field field,
            ChangeEvent event,
            FieldRule.SetMerge rule,
            Value held,
            Value value,
            @Nullable Value agreed) {
        SortedSet<String> added = new TreeSet<>(members(value));
        added.removeAll(members(held));
        SortedSet<String> removed = new TreeSet<>(members(held));
        removed.removeAll(members(value));
        if (event.evidence() == Evidence.INDEX && !removed.isEmpty()) {
            link.side(system).want(Reason.UNORDERED, planning.seq);
            removed.clear();
        }
        Predicate<String> own = mayChange(rule, system);
        boolean foreign = !added.stream().allMatch(own) || !removed.stream().allMatch(own);
        SortedSet<String> merged = members(agreed);
        added.stream().filter(own).forEach(merged::add);
        removed.stream().filter(own).forEach(merged::remove);
        boolean changed = agreed == null ? !merged.isEmpty() : !merged.equals(members(agreed));
        if (changed) {
            planning.agree(link, field, new Value.Members(merged), system);
        }
        if (!foreign) {
            return changed ? Reason.MEMBERS_MERGED : Reason.EQUIVALENT;
        }
        if (rule.otherEdits() == NonOwnerEdit.KEEP || link.agreed(field) == null) {
            stand(link, system, field, Stance.KEPT, Reason.KEPT_LOCALLY);
            return Reason.KEPT_LOCALLY;
        }
        return revert(link, system, field, Reason.MEMBERS_RESTORED);
    }

    private static Predicate<String> mayChange(FieldRule.SetMerge rule, String system) {
        return member -> rule.ownerOf(member).map(system::equals).orElse(true);
    }

    private static SortedSet<String> members(@Nullable Value value) {
        return value instanceof Value.Members set ? new TreeSet<>(set.members()) : new TreeSet<>();
    }

    private Reason appendOnly(LinkDraft link, String system, Field field, Value value, @Nullable Value agreed) {
        if (agreed == null || agreed.isBlank()) {
            planning.agree(link, field, value, system);
            return Reason.APPENDED;
        }
        stand(link, system, field, Stance.KEPT, Reason.APPEND_ONLY);
        return Reason.APPEND_ONLY;
    }

    /** The owner's spelling of an equivalent value is the agreed one; nothing needs to be written for it. */
    private void adoptSpelling(LinkDraft link, String system, Field field, FieldPolicy policy, Value value) {
        Value agreed = link.agreed(field);
        if (Stances.owns(policy, system)
                && agreed != null
                && !agreed.equals(value)
                && !(agreed.isBlank() && value.isBlank())) {
            planning.agree(link, field, value, system);
        }
    }

    /** The system holds the agreed value by itself: what stood there stands no more, reverts stay counted. */
    private void agreesAgain(LinkDraft link, String system, Field field) {
        Standing standing = link.side(system).standings.get(field.name());
        if (standing != null && standing.stance() != Stance.FOLLOWS && standing.reason() != Reason.REVERT_CAP) {
            link.side(system).standings.remove(field.name());
            planning.settled(link, system, field.name());
        }
    }

    /** Counts a revert, and leaves the field alone once there were too many within an hour. */
    private Reason revert(LinkDraft link, String system, Field field, Reason reason) {
        SideDraft side = link.side(system);
        Standing standing = side.standings.get(field.name());
        if (standing != null && standing.stance() == Stance.HELD && standing.reason() != Reason.REVERT_CAP) {
            return reason;
        }
        Instant since = standing == null ? null : standing.since();
        boolean counting = since != null && since.plus(HOUR).isAfter(planning.at);
        int reverts = counting && standing != null ? standing.reverts() + 1 : 1;
        boolean capped = reverts > Rules.REVERTS_PER_HOUR;
        side.standings.put(
                field.name(),
                new Standing(
                        capped ? Stance.HELD : Stance.FOLLOWS,
                        capped ? Reason.REVERT_CAP : reason,
                        planning.seq,
                        reverts,
                        counting ? since : planning.at));
        return capped ? Reason.REVERT_CAP : reason;
    }

    /** When a field that is held for too many reverts is let go. */
    static @Nullable Instant releasedAt(Standing standing) {
        Instant since = standing.since();
        return standing.reason() == Reason.REVERT_CAP && since != null ? since.plus(HOUR) : null;
    }

    /** Lets go what was held for too many reverts, once the hour has passed. */
    void release(LinkDraft link) {
        for (SideDraft side : link.sides.values()) {
            side.standings.values().removeIf(standing -> {
                Instant release = releasedAt(standing);
                return release != null && !release.isAfter(planning.at);
            });
        }
    }

    void hold(LinkDraft link, String system, Field field, Reason reason, AsOf asOf, Value value) {
        stand(link, system, field, Stance.HELD, reason);
        planning.ask(link, system, field, reason, value);
        planning.decided(link, system, field, reason, asOf, value, link.agreed(field));
    }

    void stand(LinkDraft link, String system, Field field, Stance stance, Reason reason) {
        SideDraft side = link.side(system);
        Standing old = side.standings.get(field.name());
        side.standings.put(
                field.name(),
                new Standing(
                        stance,
                        reason,
                        planning.seq,
                        old == null ? 0 : old.reverts(),
                        old == null ? null : old.since()));
    }

    /** What a system holds becomes the agreed value, because a person said so. */
    void adopt(LinkDraft link, String system, Field field) {
        Value held = planning.held(link, system, field);
        if (held != null) {
            planning.agree(link, field, held, system);
        }
    }

    /** All that a side was seen to hold joins another link. */
    void joinedSide(LinkDraft link, String system) {
        SideDraft side = link.side(system);
        planning.mapping(system, link.type()).ifPresent(mapping -> {
            for (Field field : planning.lenses().fieldsOf(mapping, side.seen.keySet())) {
                Value value = planning.held(link, system, field);
                if (value != null) {
                    AsOf asOf = mapping.carrying(field).stream()
                            .flatMap(mapped -> planning.lenses().slotsOf(mapped, field).stream())
                            .map(side.seen::get)
                            .filter(seen -> seen != null)
                            .map(Seen::asOf)
                            .findFirst()
                            .orElse(AsOf.at(planning.at));
                    joined(link, system, field, asOf, value);
                }
            }
        });
    }
}
