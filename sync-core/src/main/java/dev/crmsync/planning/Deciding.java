package dev.crmsync.planning;

import dev.crmsync.policy.FieldPolicy;
import dev.crmsync.policy.FieldRule;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks a field's rule what becomes of a value: one that is seen for the first time, or a real edit. */
final class Deciding {
    /** Answers that hold the field until a person has decided. */
    private static final Set<Reason> ASKS = EnumSet.of(
            Reason.BASELINE_REVIEW,
            Reason.NON_OWNER_REVIEW,
            Reason.TIE_REVIEW,
            Reason.MANUAL_REVIEW,
            Reason.RESOLVER_REVIEW,
            Reason.RESOLVER_FAILED);

    private final Planning planning;
    private final Standings standings;

    Deciding(Planning planning) {
        this.planning = planning;
        this.standings = new Standings(planning);
    }

    /** A value is seen for the first time: never a removal, and never a comparison of times. */
    void joined(LinkDraft link, String system, Field field, AsOf asOf, Value value) {
        Value before = link.agreed(field);
        Sight sight = new Sight(link, system, field, value, null, before, asOf, Evidence.READ);
        Reason reason = joining(sight);
        if (ASKS.contains(reason)) {
            hold(link, system, field, reason, asOf, value);
        } else {
            if (reason == Reason.BASELINE_KEPT && !value.isBlank()) {
                stand(link, system, field, Stance.KEPT, reason);
            }
            leaveOut(link, field);
            planning.decided(link, system, field, reason, asOf, value, before);
        }
    }

    /** Values at systems that receive none are noted as theirs. */
    private void leaveOut(LinkDraft link, Field field) {
        if (!link.rules.receivedEverywhere(field)) {
            link.sides.forEach((system, side) -> standings.leaveOut(link, system, side, field));
        }
    }

    private Reason joining(Sight sight) {
        FieldPolicy policy = sight.link().rules.policy(sight.field());
        if (policy == null) {
            return Reason.NO_RULE;
        }
        if (sight.agreed() != null && planning.equivalent(sight.field(), sight.agreed(), sight.value())) {
            adoptSpelling(sight, policy);
            return Reason.BASELINE_EQUAL;
        }
        return rule(policy).joined(sight);
    }

    /** A real edit by a system. */
    void edited(LinkDraft link, String system, Field field, ChangeEvent event, Value held, Value value) {
        edited(link, system, field, event.asOf(), event.evidence(), held, value);
    }

    void edited(LinkDraft link, String system, Field field, AsOf asOf, Evidence evidence, Value held, Value value) {
        Agreed origin = link.agreed.get(field.name());
        Value before = link.agreed(field);
        Sight sight = new Sight(link, system, field, value, held, before, asOf, evidence);
        Reason reason = deciding(sight, held);
        debounce(sight, origin);
        if (oscillates(sight, origin, reason)) {
            hold(link, system, field, Reason.OSCILLATION, asOf, value);
        } else if (ASKS.contains(reason)) {
            hold(link, system, field, reason, asOf, value);
        } else {
            leaveOut(link, field);
            planning.decided(link, system, field, reason, asOf, value, before);
        }
    }

    /**
     * Whether an edit is one turn too many of the same two values. Only an edit of the agreed value counts that leads to a
     * write, there or elsewhere; and one that is agreed only when somebody else had supplied what it replaces.
     */
    private boolean oscillates(Sight sight, @Nullable Agreed origin, Reason reason) {
        Standing standing =
                sight.link().side(sight.system()).standings.get(sight.field().name());
        Agreed now = sight.link().agreed.get(sight.field().name());
        if (origin == null || now == null) {
            return false;
        }
        boolean taken = now.seq() != origin.seq();
        boolean reverted = standing != null && standing.stance() != Stance.KEPT && standing.seq() == planning.seq;
        boolean counts = taken ? !origin.system().equals(sight.system()) : reverted;
        return counts
                && planning.equivalent(sight.field(), origin.value(), sight.held())
                && !planning.equivalent(sight.field(), origin.value(), sight.value())
                && standings.oscillates(sight, origin.value(), sight.value(), taken, reason);
    }

    /** The agreed value was written, that was acknowledged, and another one was told meanwhile: it did not come to stay. */
    void resisted(LinkDraft link, String system, Field field) {
        Agreed ours = link.agreed.get(field.name());
        Value theirs = planning.held(link, system, field);
        if (ours != null && theirs != null && !planning.equivalent(field, ours.value(), theirs)) {
            AsOf asOf = AsOf.at(planning.at);
            Sight sight = new Sight(link, system, field, theirs, ours.value(), ours.value(), asOf, Evidence.EVENT);
            if (standings.oscillates(sight, ours.value(), theirs, false, Reason.WRITTEN)) {
                hold(link, system, field, Reason.OSCILLATION, asOf, theirs);
            }
        }
    }

    private Reason deciding(Sight sight, Value held) {
        FieldPolicy policy = sight.link().rules.policy(sight.field());
        if (policy == null) {
            return Reason.NO_RULE;
        }
        if (planning.equivalent(sight.field(), sight.agreed(), sight.value())) {
            adoptSpelling(sight, policy);
            if (!planning.equivalent(sight.field(), held, sight.value())) {
                rule(policy).confirmed(sight);
            }
            standings.agreesAgain(sight.link(), sight.system(), sight.field());
            return Reason.EQUIVALENT;
        }
        if (planning.equivalent(sight.field(), held, sight.value())) {
            // Typed anew and not changed: no rule is asked, or a blank of another kind would overwrite what others
            // hold.
            return Reason.EQUIVALENT;
        }
        if (sight.value().isBlank() && !policy.rule().blanksTravel()) {
            return sight.nothingAgreed() ? Reason.EQUIVALENT : blankRefused(sight, held);
        }
        return rule(policy).edited(sight);
    }

    /** The agreed value is put back where it was emptied; where another one was, it is on its way already. */
    private Reason blankRefused(Sight sight, Value held) {
        return planning.equivalent(sight.field(), sight.agreed(), held)
                ? standings.revert(sight.link(), sight.system(), sight.field(), Reason.BLANK_REFUSED)
                : standings.keptNoMore(sight.link(), sight.system(), sight.field(), Reason.BLANK_REFUSED);
    }

    /** What was edited just now may be half typed: others are told when it has stood for a while. */
    private void debounce(Sight sight, @Nullable Agreed origin) {
        Agreed agreed = sight.link().agreed.get(sight.field().name());
        if (agreed != null && agreed.seq() == planning.seq) {
            Settling before = origin == null ? null : origin.settling();
            FieldPolicy policy = sight.link().rules.policy(sight.field());
            if (policy != null && !policy.debounce().isZero()) {
                Settling settles = Settling.of(before, planning.at, policy.debounce());
                sight.link().agreed.put(sight.field().name(), agreed.later(settles));
            }
        }
    }

    private RuleOfField rule(FieldPolicy policy) {
        FieldRule rule = policy.rule();
        if (rule instanceof FieldRule.Owned owned) {
            return new OwnedRule(planning, standings, owned);
        } else if (rule instanceof FieldRule.SetMerge merge) {
            return new SetMergeRule(planning, standings, merge);
        } else if (rule instanceof FieldRule.AppendOnly) {
            return new AppendOnlyRule(planning, standings);
        } else if (rule instanceof FieldRule.LastWriter writer) {
            return new LastWriterRule(planning, standings, writer);
        } else if (rule instanceof FieldRule.Preferred preferred) {
            return new PreferredRule(planning, standings, preferred);
        } else if (rule instanceof FieldRule.FillIfEmpty) {
            return new FillIfEmptyRule(planning, standings);
        } else if (rule instanceof FieldRule.CreateOnly) {
            return new CreateOnlyRule(planning, standings);
        } else if (rule instanceof FieldRule.ReadOnly source) {
            return new ReadOnlyRule(planning, standings, source);
        } else if (rule instanceof FieldRule.Manual) {
            return new ManualRule(planning, standings);
        } else if (rule instanceof FieldRule.Resolved resolved) {
            return new ResolvedRule(planning, standings, resolved);
        }
        throw new IllegalStateException("a rule without behaviour: " + rule);
    }

    /** The owner's spelling of an equivalent value is the agreed one; nothing needs to be written for it. */
    private void adoptSpelling(Sight sight, FieldPolicy policy) {
        Value agreed = sight.agreed();
        if (Stances.owns(policy, sight.system())
                && agreed != null
                && !agreed.equals(sight.value())
                && !(agreed.isBlank() && sight.value().isBlank())) {
            planning.agree(sight.link(), sight.field(), sight.value(), sight.system());
        }
    }

    void release(LinkDraft link) {
        standings.release(link);
    }

    void hold(LinkDraft link, String system, Field field, Reason reason, AsOf asOf, Value value) {
        standings.hold(link, system, field, reason, asOf, value);
    }

    void stand(LinkDraft link, String system, Field field, Stance stance, Reason reason) {
        standings.stand(link, system, field, stance, reason);
    }

    /** What a system holds becomes the agreed value, because a person said so. */
    void adopt(LinkDraft link, String system, Field field) {
        Value held = planning.held(link, system, field);
        if (held != null) {
            planning.agree(link, field, held, system);
        }
    }
}
