package dev.crmsync.planning;

import dev.crmsync.fields.Canon;
import dev.crmsync.policy.FieldRule;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.resolver.Conflict;
import dev.crmsync.spi.resolver.Resolution;
import dev.crmsync.spi.resolver.Resolver;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A resolver of the embedder's own decides, from what every system that has a record holds. */
final class ResolvedRule extends SharedRule {
    private final FieldRule.Resolved rule;

    ResolvedRule(Planning planning, Standings standings, FieldRule.Resolved rule) {
        super(planning, standings);
        this.rule = rule;
    }

    @Override
    boolean blankJoining(Sight sight) {
        return sight.value().isBlank() && !rule.blanksTravel();
    }

    @Override
    Reason differing(Sight sight) {
        return resolve(sight, Reason.BASELINE_OVERRULED);
    }

    @Override
    Reason edited(Sight sight) {
        return resolve(sight, null);
    }

    private Reason resolve(Sight sight, @Nullable Reason overruled) {
        Resolution answer = ask(sight);
        if (answer == null) {
            return Reason.RESOLVER_FAILED;
        }
        if (!(answer instanceof Resolution.Agree agree) || agree.value().isBlank() && !rule.blanksTravel()) {
            return Reason.RESOLVER_REVIEW;
        }
        Value resolved = planning.lenses().canon().canonical(sight.field(), agree.value());
        if (planning.equivalent(sight.field(), sight.agreed(), resolved)) {
            return overruled == null ? revert(sight, Reason.RESOLVED_AGAINST) : overruled;
        }
        String from = sight.system();
        boolean own = planning.equivalent(sight.field(), sight.value(), resolved);
        if (!own) {
            from = holders(sight).entrySet().stream()
                    .filter(other ->
                            planning.equivalent(sight.field(), other.getValue().value(), resolved))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(from);
        }
        planning.agree(sight.link(), sight.field(), resolved, from);
        standings.agreesAgain(sight.link(), sight.system(), sight.field());
        return Reason.RESOLVED;
    }

    /** The resolver's answer; null when it failed, or answered with what the field cannot hold. */
    private @Nullable Resolution ask(Sight sight) {
        Resolver resolver = Objects.requireNonNull(planning.rules.resolvers().get(rule.resolver()), rule.resolver());
        try {
            Resolution answer = resolver.resolve(new Conflict(sight.field(), sight.agreed(), holders(sight)));
            boolean fits = !(answer instanceof Resolution.Agree agree)
                    || Canon.fits(sight.field().type(), agree.value());
            return fits ? answer : null;
        } catch (RuntimeException failed) {
            // A resolver that fails holds its field, and nothing else of the link.
            return null;
        }
    }

    private Map<String, Conflict.Candidate> holders(Sight sight) {
        Map<String, Conflict.Candidate> holders = new TreeMap<>();
        sight.link().sides.forEach((system, side) -> {
            Value held = planning.held(sight.link(), system, sight.field());
            boolean counts = held != null && (rule.blanksTravel() || !held.isBlank());
            if (held != null && counts && side.presence == Presence.PRESENT) {
                holders.put(system, new Conflict.Candidate(held, asOf(sight, system, side)));
            }
        });
        holders.put(sight.system(), new Conflict.Candidate(sight.value(), sight.asOf()));
        return holders;
    }

    private AsOf asOf(Sight sight, String system, SideDraft side) {
        FieldMapping mapped =
                planning.carrying(system, sight.link().type(), sight.field()).orElseThrow();
        return planning.lenses().slotsOf(mapped, sight.field()).stream()
                .map(side.seen::get)
                .filter(Objects::nonNull)
                .map(Seen::asOf)
                .findFirst()
                .orElse(sight.asOf());
    }
}
