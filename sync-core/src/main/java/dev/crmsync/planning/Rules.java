package dev.crmsync.planning;

import dev.crmsync.fields.Canon;
import dev.crmsync.fields.Lenses;
import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.resolver.Resolver;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What planning needs besides state. Immutable.
 *
 * @param policy who decides what
 * @param systems what is known of each system, by name
 * @param anchor the system whose ids are the join key that the others keep, or null when none issues one
 * @param lenses the functions behind the mappings, with the canonical forms
 * @param resolvers the resolvers that the policy names, by id
 * @param hash a digest of all the above; decisions and links record it
 */
public record Rules(
        Policy policy,
        SortedMap<String, SystemRules> systems,
        @Nullable String anchor,
        Lenses lenses,
        SortedMap<String, Resolver> resolvers,
        String hash) {
    /** How many times a field is written over at a system within an hour before it is left alone. */
    public static final int REVERTS_PER_HOUR = 3;

    /** How many times the same value may take the place of the same one of ours before the field is left to a person. */
    public static final int ROUNDS = 3;

    /** How many answers of a read may be overtaken before one is accepted all the same. */
    public static final int RACES = 3;

    /** How old a read may be that a whole is replaced on the strength of. */
    public static final Duration FRESH = Duration.ofSeconds(30);

    /** Copies the maps. */
    public Rules {
        systems = Collections.unmodifiableSortedMap(new TreeMap<>(systems));
        resolvers = Collections.unmodifiableSortedMap(new TreeMap<>(resolvers));
    }

    /**
     * Makes rules of a policy that names no resolver.
     *
     * @param policy who decides what
     * @param systems what is known of each system, by name
     * @param defaultRegion the ISO 3166 region in which phone numbers without a country code are read, such as {@code ID}
     * @return the rules
     */
    public static Rules of(Policy policy, Map<String, SystemRules> systems, String defaultRegion) {
        return of(policy, systems, defaultRegion, List.of());
    }

    /**
     * Makes rules, with a digest of all that they say: the same rules give the same digest on every machine.
     *
     * @param policy who decides what
     * @param systems what is known of each system, by name
     * @param defaultRegion the ISO 3166 region in which phone numbers without a country code are read, such as {@code ID}
     * @param resolvers at least the resolvers that the policy names
     * @return the rules; the anchor is the system whose adapter declares that it issues the join key, the first by name
     * @throws dev.crmsync.spi.SyncException of kind CONFIGURATION when the policy names a resolver, or a version of one, that
     *     is not given
     */
    public static Rules of(
            Policy policy,
            Map<String, SystemRules> systems,
            String defaultRegion,
            Collection<? extends Resolver> resolvers) {
        TreeMap<String, SystemRules> sorted = new TreeMap<>(systems);
        String anchor = sorted.entrySet().stream()
                .filter(system -> system.getValue().declaration().issuesJoinKey())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
        StringBuilder said = new StringBuilder(policy.toString()).append(defaultRegion);
        sorted.forEach((name, rules) -> said.append('\n')
                .append(name)
                .append(rules.mappings())
                .append(rules.declaration().types()));
        return new Rules(
                policy,
                sorted,
                anchor,
                new Lenses(Canon.withDefaultRegion(defaultRegion)),
                named(policy, resolvers),
                digest(said.toString()));
    }

    private static SortedMap<String, Resolver> named(Policy policy, Collection<? extends Resolver> given) {
        TreeMap<String, Resolver> named = new TreeMap<>();
        policy.policies().values().stream()
                .flatMap(type -> type.fields().values().stream())
                .forEach(field -> {
                    if (field.rule() instanceof FieldRule.Resolved asked) {
                        named.put(asked.resolver(), find(asked, field.source(), given));
                    }
                });
        return named;
    }

    private static Resolver find(FieldRule.Resolved asked, String source, Collection<? extends Resolver> given) {
        for (Resolver resolver : given) {
            if (resolver.id().equals(asked.resolver()) && resolver.version() == asked.version()) {
                return resolver;
            }
        }
        List<String> known = given.stream()
                .map(resolver -> resolver.id() + " version " + resolver.version())
                .toList();
        throw SyncException.configuration(source + " is decided by the resolver " + asked.resolver() + " version "
                + asked.version() + ", and the sync has " + known + "; give it that resolver, or name another");
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /**
     * What is known of a system.
     *
     * @param system its name
     * @return its rules, or empty when it is not part of the sync
     */
    public Optional<SystemRules> system(String system) {
        return Optional.ofNullable(systems.get(system));
    }
}
