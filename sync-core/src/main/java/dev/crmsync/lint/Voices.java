package dev.crmsync.lint;

import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.NonOwnerEdit;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Who has a say under a rule: the one place of this package that tells the kinds of rules apart. */
final class Voices {
    private Voices() {}

    /** The systems that own the field, or members of it; empty when nobody owns any of it. */
    static Set<String> owners(FieldRule rule) {
        Set<String> owners = new TreeSet<>();
        if (rule instanceof FieldRule.Owned owned) {
            owners.add(owned.owner());
        } else if (rule instanceof FieldRule.SetMerge merge) {
            owners.addAll(merge.owners().values());
            if (merge.othersOwnedBy() != null) {
                owners.add(merge.othersOwnedBy());
            }
        } else if (rule instanceof FieldRule.ReadOnly read) {
            owners.add(read.source());
        }
        return owners;
    }

    /** The systems that are right where others differ: owners, and the first of a preferred order. */
    static Set<String> primaries(FieldRule rule) {
        return rule instanceof FieldRule.Preferred preferred
                ? Set.of(preferred.order().get(0))
                : owners(rule);
    }

    /** The systems that may supply a value while the owner has none. */
    static Set<String> seeds(FieldRule rule) {
        return rule instanceof FieldRule.Owned owned ? owned.seeds() : Collections.emptySet();
    }

    /** The systems that are named as ones that may supply a value, besides owners. */
    static Set<String> named(FieldRule rule) {
        if (rule instanceof FieldRule.Preferred || rule instanceof FieldRule.LastWriter) {
            return rule.systems();
        }
        return seeds(rule);
    }

    /** Whether what a system holds may become the agreed value, or a part of it. */
    static boolean supplies(FieldRule rule, String system) {
        if (rule instanceof FieldRule.Owned owned) {
            return owned.owner().equals(system) || owned.seeds().contains(system);
        } else if (rule instanceof FieldRule.SetMerge merge) {
            return merge.othersOwnedBy() == null || owners(merge).contains(system);
        } else if (rule instanceof FieldRule.Preferred preferred) {
            return preferred.order().contains(system);
        } else if (rule instanceof FieldRule.ReadOnly read) {
            return read.source().equals(system);
        }
        // Any system may supply the first value under all others, and most of them any edit.
        return true;
    }

    /** Whether what people at a system put there may stay, so that a write must not take it away. */
    static boolean keeps(FieldRule rule, String system) {
        if (rule.otherEdits() == NonOwnerEdit.KEEP) {
            return true;
        }
        return rule instanceof FieldRule.Owned owned ? owned.owner().equals(system) : supplies(rule, system);
    }

    /** Whether others than a system have a say, so that there is something to write there. */
    static boolean others(FieldRule rule, String system) {
        if (rule instanceof FieldRule.Owned owned) {
            return !owned.owner().equals(system) || !owned.seeds().isEmpty();
        } else if (rule instanceof FieldRule.SetMerge merge) {
            return merge.othersOwnedBy() == null || owners(merge).stream().anyMatch(owner -> !owner.equals(system));
        } else if (rule instanceof FieldRule.Preferred preferred) {
            return !preferred.order().equals(List.of(system));
        } else if (rule instanceof FieldRule.ReadOnly) {
            return false;
        }
        return true;
    }

    /** Whether a set is decided as one value, and not member by member or not at all once a record is there. */
    static boolean wholly(FieldRule rule) {
        return !(rule instanceof FieldRule.SetMerge
                || rule instanceof FieldRule.ReadOnly
                || rule instanceof FieldRule.CreateOnly);
    }

    /** Whether the rule asks which of two edits was the later one. */
    static boolean comparesTimes(FieldRule rule) {
        return rule instanceof FieldRule.LastWriter;
    }
}
