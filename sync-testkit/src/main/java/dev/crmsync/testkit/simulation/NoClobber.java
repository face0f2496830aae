package dev.crmsync.testkit.simulation;

import dev.crmsync.policy.FieldPolicy;
import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.Leaving;
import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.Scope;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Law 1: no write changes a value at a system that the policy does not let it receive. A value that a person had just
 * entered, and that nobody can have known of when the write began, may be overwritten where the policy lets the system
 * receive the field; one that had been observed may not, unless the policy says that it gives way.
 */
final class NoClobber extends Law {
    NoClobber(Findings found) {
        super(1, found);
    }

    @Override
    void check() {
        for (Deed deed : found.chronicle.deeds) {
            Call call = deed.call();
            if (call != null) {
                concerned(deed, call);
                deed.changes().keySet().forEach(slot -> unmapped(deed, call, slot));
                found.fields(deed).forEach(field -> judge(deed, call, field));
            }
        }
    }

    /** A record is made only while its link is in scope, and not written to once it has left, unless the policy goes on following it. */
    private void concerned(Deed deed, Call call) {
        RecordRef ref = deed.ref();
        RecordRule rule = found.rules
                .policy()
                .type(ref.type())
                .map(type -> type.records(ref.system()))
                .orElse(RecordRule.FOLLOW);
        Scope scope = rule.scope();
        boolean bound = scope != null && (call.write.creates() || rule.leaving() == Leaving.STOP_FOLLOWING);
        if (scope != null && bound && !archives(deed)) {
            Value agreed = found.agreedAt(found.last(call.write.key()), scope.field(), firstBegun(call));
            if (!scope.holds(agreed)) {
                broken(told(deed, call) + " went to a record whose link was out of scope, with " + scope.field() + " = "
                        + found.show(agreed));
            }
        }
    }

    /** When a request was first sent: a create that was not answered is repeated under its key, for only so is it known what came of it. */
    private long firstBegun(Call call) {
        String key = call.write.idempotencyKey();
        return found.vendor(call.system).calls.stream()
                .filter(earlier -> key != null && key.equals(earlier.write.idempotencyKey()))
                .mapToLong(earlier -> earlier.begun)
                .min()
                .orElse(call.begun);
    }

    private static boolean archives(Deed deed) {
        return deed.kind() == Deed.Kind.ARCHIVED;
    }

    private void unmapped(Deed deed, Call call, String slot) {
        boolean key = slot.equals(Shape.JOIN_KEY) && deed.kind() == Deed.Kind.CREATED;
        if (found.fieldOf(deed.ref(), slot) == null && !key) {
            broken(told(deed, call) + " changed " + slot + ", which carries no field");
        }
    }

    static String told(Deed deed, Call call) {
        return "write #" + call.number + " to " + deed.ref();
    }

    private void judge(Deed deed, Call call, Field field) {
        RecordRef ref = deed.ref();
        Value before = found.value(ref, field, deed.before());
        Value after = found.value(ref, field, sent(deed, call));
        FieldPolicy policy = found.rules.policy().field(ref.type(), field).orElse(null);
        boolean writable = found.mapped(ref, field)
                .map(mapped -> mapped.access().writable())
                .filter(access -> access != Access.Writable.NEVER)
                .isPresent();
        boolean owner = policy != null && owns(policy, ref.system());
        boolean received = policy != null
                && (owner || policy.receives(ref.system()))
                && SharedClobber.received(policy.rule(), call.write.creates());
        if (policy == null || !writable || !received || passedOn(deed, call, field)) {
            carried(deed, call, field, before, after);
            return;
        }
        if (found.same(field, before, after)) {
            return;
        }
        FieldRule rule = policy.rule();
        if (rule instanceof FieldRule.Owned owned) {
            owned(deed, call, field, owned, before, after);
        } else if (rule instanceof FieldRule.SetMerge merge) {
            merged(deed, call, field, merge, before, after);
        } else if (rule instanceof FieldRule.AppendOnly) {
            appended(deed, call, field, before, after);
        } else {
            new SharedClobber(this, deed, call, field, before, after).judge(rule);
        }
    }

    /** Whether a part of a whole was written as it was last seen, because the vendor replaces wholes. */
    private boolean passedOn(Deed deed, Call call, Field field) {
        RecordRef ref = deed.ref();
        if (field.key().isEmpty() || !found.vendor(ref.system()).shape.bagReplaced() || call.write.creates()) {
            return false;
        }
        long last = found.chronicle.sightings.stream()
                .filter(sighting -> sighting.planned > 0 && sighting.planned < call.begun)
                .filter(sighting -> found.sights.shows(sighting, ref, field))
                .mapToLong(sighting -> sighting.taken)
                .max()
                .orElse(0);
        Value seen = null;
        for (Deed earlier : found.deeds(ref)) {
            seen = earlier.tick() <= last ? found.value(ref, field, earlier.after()) : seen;
        }
        return found.same(field, seen, found.value(ref, field, Deed.slots(call.write.properties())));
    }

    /** What the vendor was told to hold; what it made of that is its own affair. */
    private static Map<String, NativeValue> sent(Deed deed, Call call) {
        Map<String, NativeValue> slots = new TreeMap<>(deed.after());
        slots.putAll(Deed.slots(call.write.properties()));
        return slots;
    }

    private static boolean owns(FieldPolicy policy, String system) {
        return policy.rule() instanceof FieldRule.Owned owned && owned.owner().equals(system);
    }

    /** A part of a whole that is not ours to change must be carried as it was last read. */
    private void carried(Deed deed, Call call, Field field, @Nullable Value before, @Nullable Value after) {
        Deed edit = lastEdit(deed, field);
        boolean known = edit != null && seen(edit, field, call.begun);
        if (edit == null || known) {
            broken(told(deed, call) + " changed " + field + " from " + found.show(before) + " to " + found.show(after)
                    + ", which " + deed.ref().system() + " does not receive");
        }
    }

    /** The last thing that anybody did to the field before this deed. */
    @Nullable Deed lastEdit(Deed deed, Field field) {
        Deed last = null;
        for (Deed earlier : found.deeds(deed.ref())) {
            if (earlier.tick() < deed.tick() && found.fields(earlier).contains(field)) {
                last = earlier;
            }
        }
        return last;
    }

    /** Whether an edit had been taken into account, as it was made, before a tick. */
    boolean seen(Deed edit, Field field, long tick) {
        long seen = found.sights.seenAsMade(edit, field);
        return seen > 0 && seen < tick;
    }

    /**
     * Whether an edit was one to the engine, too: it had known another value of the field there, and was not about to bring there
     * what was entered.
     */
    boolean wasEdit(Deed edit, Field field) {
        if (!edit.byPerson() || edit.kind() != Deed.Kind.EDITED) {
            return false;
        }
        long known = knownTick(edit, field);
        return known > 0
                && !found.same(field, knownBefore(edit, field), found.value(edit.ref(), field, edit.after()))
                && !found.beingSent(edit, field, found.sights.seenAsMade(edit, field));
    }

    /** What the engine knew to stand where an edit was made, before it saw the edit; null when it knew nothing. */
    @Nullable Value knownBefore(Deed edit, Field field) {
        long known = knownTick(edit, field);
        return known == 0 ? null : found.valueAt(edit.ref(), field, known);
    }

    private long knownTick(Deed edit, Field field) {
        return found.sights.knownAt(edit.ref(), field, edit.tick(), found.sights.seenAsMade(edit, field));
    }

    private void owned(
            Deed deed, Call call, Field field, FieldRule.Owned rule, @Nullable Value before, @Nullable Value after) {
        String system = deed.ref().system();
        Deed edit = lastEdit(deed, field);
        boolean stands = edit != null && wasEdit(edit, field) && seen(edit, field, call.begun);
        // Its own, too: what was written over at the owner before anybody knew of it is given back.
        sourced(
                deed,
                call,
                field,
                after,
                source -> source.equals(rule.owner()) || rule.seeds().contains(source));
        if (system.equals(rule.owner())) {
            if (stands || entered(edit, field, call) && !blank(before)) {
                broken(told(deed, call) + " overwrote the owner's " + field + " = " + found.show(before) + " with "
                        + found.show(after));
            }
            return;
        }
        if (stands && edit != null && rule.otherEdits() != NonOwnerEdit.REVERT && ownerThere(deed, rule, call)) {
            kept(deed, call, field, rule, edit, before);
        }
    }

    /** Whether somebody entered a value, or a record with it, before a write was begun, and the engine saw that. */
    private boolean entered(@Nullable Deed edit, Field field, Call call) {
        return edit != null
                && edit.byPerson()
                && seen(edit, field, call.begun)
                && !found.beingSent(edit, field, found.sights.seenAsMade(edit, field));
    }

    private boolean ownerThere(Deed deed, FieldRule.Owned rule, Call call) {
        String link = found.last(call.write.key());
        return found.records(link).stream()
                .anyMatch(record -> record.system().equals(rule.owner())
                        && found.deeds(record).stream().anyMatch(first -> first.tick() < deed.tick()));
    }

    /** An edit that the policy leaves in place, or holds for a person, until the owner says something new. */
    private void kept(Deed deed, Call call, Field field, FieldRule.Owned rule, Deed edit, @Nullable Value before) {
        String link = found.last(call.write.key());
        long seen = found.sights.seenAsMade(edit, field);
        Value then = found.agreedBeside(edit, field, seen);
        // One commit may take in the edit and, after it, what the owner says.
        boolean gaveWay = rule.otherEdits() == NonOwnerEdit.KEEP
                && found.agreedOtherwise(link, field, found.agreedAt(link, field, seen - 1), seen - 1, call.begun);
        if (then != null && !found.same(field, then, before) && !gaveWay) {
            broken(told(deed, call) + " overwrote " + field + " = " + found.show(before)
                    + ", an edit that the policy answers with " + rule.otherEdits());
        }
    }

    /** The value written must be one that a system which may supply it has held, and a blank one must have been made blank. */
    void sourced(Deed deed, Call call, Field field, @Nullable Value after, Predicate<String> supplies) {
        String link = found.last(call.write.key());
        boolean held = found.sources(link).stream()
                .filter(record -> supplies.test(record.system()))
                .flatMap(record -> found.deeds(record).stream())
                .filter(source -> source.tick() < deed.tick() && source.byPerson())
                .anyMatch(source -> supplied(source, field, after) || shownHere(deed.ref(), source, field, after));
        if (!held) {
            broken(told(deed, call) + " gave " + field + " the value " + found.show(after)
                    + ", which no system that may supply it has held");
        }
    }

    /** Whether a value is how this system shows what somebody entered: a record that sync once made begins a link with that. */
    private boolean shownHere(RecordRef ref, Deed source, Field field, @Nullable Value value) {
        return found.rendered(ref, field, found.value(source.ref(), field, source.after()), value);
    }

    boolean supplied(Deed source, Field field, @Nullable Value value) {
        Value there = found.value(source.ref(), field, source.after());
        boolean same = found.same(field, there, value) || found.rendered(source.ref(), field, value, there);
        return same && (!blank(value) || !blank(found.value(source.ref(), field, source.before())));
    }

    static boolean blank(@Nullable Value value) {
        return value == null || value.isBlank();
    }

    private void appended(Deed deed, Call call, Field field, @Nullable Value before, @Nullable Value after) {
        sourced(deed, call, field, after, source -> true);
        Deed edit = lastEdit(deed, field);
        if (edit != null && wasEdit(edit, field) && seen(edit, field, call.begun) && !blank(before)) {
            Value agreed = found.agreedAt(found.last(call.write.key()), field, found.sights.seenAsMade(edit, field));
            if (!blank(agreed) && !found.same(field, agreed, before)) {
                broken(told(deed, call) + " overwrote " + field + " = " + found.show(before)
                        + ", a later edit of a field that stands");
            }
        }
    }

    private void merged(
            Deed deed, Call call, Field field, FieldRule.SetMerge rule, @Nullable Value before, @Nullable Value after) {
        String system = deed.ref().system();
        Set<String> added = new TreeSet<>(members(after));
        added.removeAll(members(before));
        Set<String> removed = new TreeSet<>(members(before));
        removed.removeAll(members(after));
        added.forEach(member -> member(deed, call, field, member, true, rule.ownerOf(member), system));
        removed.forEach(member -> member(deed, call, field, member, false, rule.ownerOf(member), system));
    }

    private static Set<String> members(@Nullable Value value) {
        return value instanceof Value.Members set ? set.members() : Set.of();
    }

    private void member(
            Deed deed, Call call, Field field, String member, boolean put, Optional<String> owner, String system) {
        String link = found.last(call.write.key());
        boolean foreign = owner.isPresent() && !owner.get().equals(system);
        Deed ours = lastChange(found.deeds(deed.ref()), deed.tick(), field, member);
        boolean against = ours != null
                && wasEdit(ours, field)
                && members(knownBefore(ours, field)).contains(member) == put
                && !foreign
                && seen(ours, field, call.begun)
                && members(found.value(ours.ref(), field, ours.after())).contains(member) != put;
        boolean elsewhere = found.sources(link).stream()
                .filter(record -> !record.equals(deed.ref())
                        && owner.map(record.system()::equals).orElse(true))
                .flatMap(record -> found.deeds(record).stream())
                .filter(other -> other.tick() < deed.tick() && other.byPerson())
                .anyMatch(other -> changed(other, field, member, put)
                        && (!against || found.sights.observed(other, field) >= known(ours, call, field, member)));
        boolean revert = foreign && !put;
        // What a person did there a moment before and nobody had seen: a whole was written with what was read last.
        boolean unknown = ours != null && ours.byPerson() && !seen(ours, field, call.begun);
        if (!elsewhere && !revert && !unknown && !givenBack(ours, deed, field, member, put)) {
            broken(told(deed, call) + (put ? " put " : " took ") + member + (put ? " into " : " from ") + field + " at "
                    + system
                    + (against ? " against what a person had done there" : " though nobody had done so elsewhere"));
        }
    }

    /** Whether a write undoes one of ours that had undone, unknowingly, what a person had just done there. */
    private boolean givenBack(@Nullable Deed ours, Deed deed, Field field, String member, boolean put) {
        Call trampling = ours == null ? null : ours.call();
        if (ours == null || trampling == null) {
            return false;
        }
        Deed edit = lastChange(found.deeds(deed.ref()), ours.tick(), field, member);
        return edit != null
                && edit.byPerson()
                && changed(edit, field, member, put)
                && !seen(edit, field, trampling.begun);
    }

    /**
     * When the engine knew of a member that a person had put or taken: since it saw that, or since a write of its own that
     * said the same was acknowledged.
     */
    private long known(@Nullable Deed ours, Call call, Field field, String member) {
        if (ours == null) {
            return 0;
        }
        boolean there = members(found.value(ours.ref(), field, ours.after())).contains(member);
        long confirmed = found.vendor(ours.ref().system()).calls.stream()
                .filter(earlier -> earlier.acknowledged() && earlier.begun < call.begun)
                .filter(earlier -> earlier.answer instanceof Outcome.Done done
                        && done.ref().equals(ours.ref()))
                .filter(earlier -> says(earlier, ours, field, member, there))
                .mapToLong(earlier -> earlier.begun)
                .min()
                .orElse(Long.MAX_VALUE);
        return Math.min(confirmed, found.sights.seenAsMade(ours, field));
    }

    private boolean says(Call call, Deed deed, Field field, String member, boolean there) {
        Map<String, NativeValue> sent = Deed.slots(call.write.properties());
        return found.gives(call, deed.ref(), field)
                && members(found.value(deed.ref(), field, sent)).contains(member) == there;
    }

    private @Nullable Deed lastChange(List<Deed> deeds, long before, Field field, String member) {
        Deed last = null;
        for (Deed deed : deeds) {
            if (deed.tick() < before && (changed(deed, field, member, true) || changed(deed, field, member, false))) {
                last = deed;
            }
        }
        return last;
    }

    private boolean changed(Deed deed, Field field, String member, boolean put) {
        boolean before = members(found.value(deed.ref(), field, deed.before())).contains(member);
        boolean after = members(found.value(deed.ref(), field, deed.after())).contains(member);
        return put ? !before && after : before && !after;
    }
}
