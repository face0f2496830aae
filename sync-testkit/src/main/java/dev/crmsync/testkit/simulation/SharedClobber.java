package dev.crmsync.testkit.simulation;

import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import org.jspecify.annotations.Nullable;

/** What law 1 asks of one write of a field that several systems share. */
final class SharedClobber {
    private final NoClobber law;
    private final Deed deed;
    private final Call call;
    private final Field field;
    private final @Nullable Value before;
    private final @Nullable Value after;
    private final @Nullable Deed edit;

    SharedClobber(NoClobber law, Deed deed, Call call, Field field, @Nullable Value before, @Nullable Value after) {
        this.law = law;
        this.deed = deed;
        this.call = call;
        this.field = field;
        this.before = before;
        this.after = after;
        this.edit = law.lastEdit(deed, field);
    }

    /** Whether a rule lets anything be written at all. */
    static boolean received(FieldRule rule, boolean creates) {
        return !(rule instanceof FieldRule.ReadOnly) && (creates || !(rule instanceof FieldRule.CreateOnly));
    }

    void judge(FieldRule rule) {
        if (NoClobber.blank(after) && !NoClobber.blank(before) && !rule.blanksTravel()) {
            broken("a blank overwrote a full value that is shared");
        }
        if (rule instanceof FieldRule.Preferred preferred) {
            preferred(preferred);
            return;
        }
        law.sourced(deed, call, field, after, source -> true);
        if (rule instanceof FieldRule.LastWriter) {
            undone();
        } else if (rule instanceof FieldRule.FillIfEmpty) {
            filled();
        } else if (rule instanceof FieldRule.Manual) {
            decided();
        }
    }

    private void broken(String what) {
        law.broken(NoClobber.told(deed, call) + " changed " + field + " from " + law.found.show(before) + " to "
                + law.found.show(after) + ": " + what);
    }

    private boolean seen() {
        return edit != null && edit.byPerson() && law.seen(edit, field, call.begun);
    }

    private boolean stands() {
        return edit != null && law.wasEdit(edit, field) && law.seen(edit, field, call.begun);
    }

    /** An edit gives way to those who come before its system in the order, and to nobody else. */
    private void preferred(FieldRule.Preferred rule) {
        int rank = rule.rank(deed.ref().system());
        boolean stands = stands() && !NoClobber.blank(before);
        law.sourced(
                deed,
                call,
                field,
                after,
                source -> rule.rank(source) < rule.order().size() && (!stands || rule.rank(source) < rank));
        if (stands && rule.otherEdits() == NonOwnerEdit.REVIEW) {
            broken("an edit that waits for a person was overwritten");
        }
    }

    /**
     * Whoever edits the agreed value had it before them, and so is the later one, where the engine knew that it stood there:
     * nobody may be given back what they had just replaced, unless somebody entered it anew.
     */
    private void undone() {
        if (edit == null || !stands() || NoClobber.blank(before)) {
            return;
        }
        Deed own = edit;
        boolean undone = law.found.same(field, law.knownBefore(own, field), after)
                && law.found.same(
                        field,
                        law.found.agreedAt(
                                law.found.last(call.write.key()), field, law.found.sights.seenAsMade(own, field) - 1),
                        after);
        boolean anew = law.found.records(law.found.last(call.write.key())).stream()
                .filter(record -> !record.equals(own.ref()))
                .flatMap(record -> law.found.deeds(record).stream())
                .filter(other -> other.tick() < deed.tick() && other.byPerson() && law.supplied(other, field, after))
                .anyMatch(other -> other.tick() > own.tick()
                        || law.found.sights.observed(other, field) >= law.found.sights.seenAsMade(own, field));
        if (undone && !anew) {
            broken("a later edit was undone");
        }
    }

    private void filled() {
        if (seen() && !NoClobber.blank(before)) {
            broken("only blanks are filled");
        }
    }

    private void decided() {
        boolean blanked = NoClobber.blank(before) && !stands();
        if (seen() && !blanked) {
            broken("only a person may decide");
        }
    }
}
