package dev.crmsync.engine;

import dev.crmsync.ledger.Beside;
import dev.crmsync.ledger.Recorder;
import dev.crmsync.ledger.Shadow;
import dev.crmsync.planning.Rules;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.resolver.Resolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is done beside the planning of inputs.
 *
 * @param recorded which links are recorded, by id, or null for none
 * @param shadows the candidate of each sync that has one
 */
record Options(@Nullable Predicate<String> recorded, Map<String, Candidate> shadows) {
    static final Options NONE = new Options(null, Map.of());

    /** Copies the map. */
    Options {
        shadows = Map.copyOf(shadows);
    }

    /** A policy that is tried in the shadow of another, with the resolvers that it names. */
    record Candidate(Policy policy, List<Resolver> resolvers) {}

    Beside of(Sync sync, Rules rules) {
        Candidate candidate = shadows.get(sync.name());
        return recorded == null && candidate == null
                ? Beside.NOTHING
                : new Beside(
                        recorded == null ? null : new Recorder(recorded),
                        candidate == null ? null : new Shadow(rules(candidate, sync, rules)));
    }

    /** The candidate sees the systems as they are: it is the policy that is tried. */
    private static Rules rules(Candidate candidate, Sync sync, Rules live) {
        List<Resolver> resolvers = new ArrayList<>(candidate.resolvers());
        resolvers.addAll(live.resolvers().values());
        return Rules.of(candidate.policy(), live.systems(), sync.defaultRegion(), resolvers);
    }
}
