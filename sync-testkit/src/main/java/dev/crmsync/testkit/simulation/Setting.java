package dev.crmsync.testkit.simulation;

import dev.crmsync.policy.Policy;
import dev.crmsync.spi.resolver.Resolver;
import dev.crmsync.spi.store.Store;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that a history hangs on but its seed.
 *
 * @param policy the policy
 * @param resolvers the resolvers that it names
 * @param systems the names of the systems, of which the first issues the join key
 * @param dials how busy and how faulty the world is
 * @param course what of all that the dice choose happens after all
 * @param stores makes the store of a history
 * @param later the policy that may take the place of the first in mid-flight; null for none
 * @param sabotage how the world is broken on purpose
 * @param recording whether the engine records its inputs
 */
record Setting(
        Policy policy,
        List<Resolver> resolvers,
        List<String> systems,
        Dials dials,
        Course course,
        Supplier<? extends Store> stores,
        @Nullable Policy later,
        Sabotage sabotage,
        boolean recording) {
    Setting {
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(dials, "dials");
        Objects.requireNonNull(stores, "stores");
        resolvers = List.copyOf(resolvers);
        systems = List.copyOf(systems);
        if (systems.size() < 2) {
            throw new IllegalArgumentException("a sync needs two systems at least");
        }
    }

    Setting with(List<String> names) {
        return new Setting(policy, resolvers, names, dials, course, stores, later, sabotage, recording);
    }

    Setting with(Dials other) {
        return new Setting(policy, resolvers, systems, other, course, stores, later, sabotage, recording);
    }

    Setting with(Course other) {
        return new Setting(policy, resolvers, systems, dials, other, stores, later, sabotage, recording);
    }

    Setting with(Supplier<? extends Store> other) {
        return new Setting(policy, resolvers, systems, dials, course, other, later, sabotage, recording);
    }

    Setting with(Sabotage other) {
        return new Setting(policy, resolvers, systems, dials, course, stores, later, other, recording);
    }

    Setting turningTo(Policy next) {
        return new Setting(policy, resolvers, systems, dials, course, stores, next, sabotage, recording);
    }

    Setting resolvedBy(List<Resolver> named) {
        return new Setting(policy, named, systems, dials, course, stores, later, sabotage, recording);
    }

    Setting recorded() {
        return new Setting(policy, resolvers, systems, dials, course, stores, later, sabotage, true);
    }
}
