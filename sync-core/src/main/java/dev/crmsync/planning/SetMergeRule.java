package dev.crmsync.planning;

import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.Evidence;
import java.util.SortedSet;
import java.util.TreeSet;

/** Members, or links, come together by what each system added and removed; members that a system owns are its own. */
final class SetMergeRule extends RuleOfField {
    private final FieldRule.SetMerge rule;

    SetMergeRule(Planning planning, Standings standings, FieldRule.SetMerge rule) {
        super(planning, standings);
        this.rule = rule;
    }

    @Override
    Reason joined(Sight sight) {
        Value agreed = sight.agreed();
        SortedSet<String> united = SetParts.of(agreed);
        SetParts.of(sight.value()).stream()
                .filter(member -> mayChange(member, sight.system()))
                .forEach(united::add);
        boolean foreign = !united.containsAll(SetParts.of(sight.value()));
        if (agreed == null && united.isEmpty()) {
            return foreign ? Reason.BASELINE_KEPT : Reason.BASELINE_EQUAL;
        }
        boolean changed = !united.equals(SetParts.of(agreed)) || agreed == null;
        if (changed) {
            planning.agree(sight.link(), sight.field(), SetParts.value(sight.field(), united), sight.system());
        }
        if (ownerUnheard(sight, united)) {
            return Reason.BASELINE_KEPT;
        }
        return changed ? Reason.BASELINE_UNITED : Reason.BASELINE_OVERRULED;
    }

    @Override
    Reason edited(Sight sight) {
        SortedSet<String> added = SetParts.of(sight.value());
        added.removeAll(SetParts.of(sight.held()));
        SortedSet<String> removed = SetParts.of(sight.held());
        removed.removeAll(SetParts.of(sight.value()));
        if (sight.evidence() == Evidence.INDEX && !removed.isEmpty()) {
            sight.link().side(sight.system()).want(Reason.UNORDERED, planning.seq);
            removed.clear();
        }
        boolean foreign = !own(added, sight.system()).equals(added)
                || !own(removed, sight.system()).equals(removed);
        SortedSet<String> merged = SetParts.of(sight.agreed());
        merged.addAll(own(added, sight.system()));
        merged.removeAll(own(removed, sight.system()));
        boolean changed = sight.agreed() == null ? !merged.isEmpty() : !merged.equals(SetParts.of(sight.agreed()));
        if (changed) {
            planning.agree(sight.link(), sight.field(), SetParts.value(sight.field(), merged), sight.system());
        }
        if (ownerUnheard(sight, merged)) {
            return keep(sight, Reason.NOT_SEEDED);
        }
        if (!foreign) {
            return changed ? Reason.MEMBERS_MERGED : Reason.EQUIVALENT;
        }
        boolean nothing = sight.link().agreed(sight.field()) == null;
        return rule.otherEdits() == NonOwnerEdit.KEEP || nothing
                ? keep(sight, Reason.KEPT_LOCALLY)
                : revert(sight, Reason.MEMBERS_RESTORED);
    }

    /** Whether the system holds members that are not agreed, and that an owner without a record here has never spoken of. */
    private boolean ownerUnheard(Sight sight, SortedSet<String> agreed) {
        return SetParts.of(sight.value()).stream()
                .filter(member -> !agreed.contains(member) && !mayChange(member, sight.system()))
                .anyMatch(member -> rule.ownerOf(member)
                        .filter(owner -> !everHeld(sight, owner))
                        .isPresent());
    }

    private SortedSet<String> own(SortedSet<String> members, String system) {
        TreeSet<String> own = new TreeSet<>(members);
        own.removeIf(member -> !mayChange(member, system));
        return own;
    }

    private boolean mayChange(String member, String system) {
        return rule.ownerOf(member).map(system::equals).orElse(true);
    }
}
