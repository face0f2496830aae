package dev.crmsync.engine;

import dev.crmsync.ledger.Ledger;
import dev.crmsync.planning.Composition;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.IdentityStep;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.RecordRef;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Hides the ids of records whose person was erased. The log of a link may name them all the same: a record that was split off it
 * and was erased with a link of its own.
 */
final class Veil {
    /** What stands in the place of an id. */
    static final String ERASED = "(erased)";

    private final Ledger ledger;
    private final Map<RecordRef, Boolean> hidden = new TreeMap<>();

    Veil(Ledger ledger) {
        this.ledger = ledger;
    }

    IdentityStep over(IdentityStep step) {
        Set<RecordRef> named = new TreeSet<>();
        step.changes()
                .forEach(change -> renamed(change, ref -> {
                    named.add(ref);
                    return ref;
                }));
        addRefs(named, step.before());
        addRefs(named, step.after());
        look(named);
        return new IdentityStep(
                step.link(),
                step.seq(),
                step.at(),
                step.changes().stream()
                        .map(change -> renamed(change, this::over))
                        .toList(),
                step.cause(),
                step.before() == null ? null : covered(step.before()),
                step.after() == null ? null : covered(step.after()));
    }

    Composition over(Composition composition) {
        look(composition.refs());
        return covered(composition);
    }

    private static void addRefs(Set<RecordRef> named, @Nullable Composition composition) {
        if (composition != null) {
            named.addAll(composition.refs());
        }
    }

    private void look(Set<RecordRef> named) {
        Set<RecordRef> unknown = new TreeSet<>(named);
        unknown.removeAll(hidden.keySet());
        if (unknown.isEmpty()) {
            return;
        }
        Map<RecordRef, String> owners =
                ledger.context().store().linkIds(ledger.context().sync(), unknown);
        unknown.forEach(ref ->
                hidden.put(ref, !owners.containsKey(ref) && ledger.erased(ref).isPresent()));
    }

    private RecordRef over(RecordRef ref) {
        return hidden.getOrDefault(ref, false) ? new RecordRef(ref.system(), ref.type(), ERASED) : ref;
    }

    private Composition covered(Composition composition) {
        TreeMap<String, Composition.Part> parts = new TreeMap<>();
        composition.parts().forEach((system, part) -> {
            UnaryOperator<String> cover =
                    id -> over(new RecordRef(system, composition.type(), id)).id();
            TreeSet<String> secondaries = new TreeSet<>();
            part.secondaries().forEach(id -> secondaries.add(cover.apply(id)));
            String primary = part.primary();
            parts.put(
                    system,
                    new Composition.Part(primary == null ? null : cover.apply(primary), secondaries, part.condition()));
        });
        return new Composition(composition.type(), parts, composition.takenOverBy());
    }

    private static IdentityChange renamed(IdentityChange change, UnaryOperator<RecordRef> names) {
        if (change instanceof IdentityChange.Born born) {
            return new IdentityChange.Born(born.link(), names.apply(born.ref()));
        } else if (change instanceof IdentityChange.Attached attached) {
            return new IdentityChange.Attached(attached.link(), names.apply(attached.ref()), attached.evidence());
        } else if (change instanceof IdentityChange.Mentioned mentioned) {
            return new IdentityChange.Mentioned(mentioned.link(), names.apply(mentioned.ref()));
        } else if (change instanceof IdentityChange.Rekeyed rekeyed) {
            return new IdentityChange.Rekeyed(rekeyed.link(), names.apply(rekeyed.from()), names.apply(rekeyed.to()));
        } else if (change instanceof IdentityChange.Merged merged) {
            return new IdentityChange.Merged(
                    merged.into(), merged.from(), names.apply(merged.gone()), names.apply(merged.survivor()));
        } else if (change instanceof IdentityChange.Converted converted) {
            return new IdentityChange.Converted(
                    converted.link(), names.apply(converted.from()), names.apply(converted.to()));
        } else if (change instanceof IdentityChange.Split split) {
            return new IdentityChange.Split(split.link(), names.apply(split.ref()), split.own());
        } else if (change instanceof IdentityChange.Unlinked unlinked) {
            return new IdentityChange.Unlinked(unlinked.link(), names.apply(unlinked.ref()), unlinked.own());
        } else if (change instanceof IdentityChange.Followed followed) {
            return new IdentityChange.Followed(followed.link(), names.apply(followed.ref()));
        } else if (change instanceof IdentityChange.Confirmed confirmed) {
            return new IdentityChange.Confirmed(confirmed.link(), names.apply(confirmed.ref()));
        } else if (change instanceof IdentityChange.Gone gone) {
            return new IdentityChange.Gone(gone.link(), names.apply(gone.ref()));
        } else if (change instanceof IdentityChange.Undeleted undeleted) {
            return new IdentityChange.Undeleted(undeleted.link(), names.apply(undeleted.ref()));
        } else if (change instanceof IdentityChange.Suspected suspected) {
            // Explanations of identity show no value.
            return new IdentityChange.Suspected(
                    suspected.link(), suspected.candidates(), suspected.field(), Value.EMPTY);
        }
        return change;
    }
}
