package dev.crmsync.planning;

import dev.crmsync.fields.Canon;
import dev.crmsync.fields.Lenses;
import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.resolver.Resolver;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What planning needs besides state: who decides what, what each system declares and maps, and what follows from them for
 * each record type, worked out once. Immutable and thread-safe.
 */
public final class Rules {
    /** How many times a field is written over at a system within an hour before it is left alone. */
    public static final int REVERTS_PER_HOUR = 3;

    /** How many times the same value may take the place of the same one of ours before the field is left to a person. */
    public static final int ROUNDS = 3;

    /** How many answers of a read may be overtaken before one is accepted all the same. */
    public static final int RACES = 3;

    /** How old a read may be that a whole is replaced on the strength of. */
    public static final Duration FRESH = Duration.ofSeconds(30);

    /** How long after a record could not be seen it is looked for again. */
    public static final Duration LOOK_AGAIN = Duration.ofDays(1);

    private final Policy policy;
    private final SortedMap<String, SystemRules> systems;
    private final @Nullable String anchor;
    private final Lenses lenses;
    private final SortedMap<String, Resolver> resolvers;
    private final String hash;
    private final Map<String, TypeRules> types = new HashMap<>();

    private Rules(
            Policy policy,
            SortedMap<String, SystemRules> systems,
            @Nullable String anchor,
            Lenses lenses,
            SortedMap<String, Resolver> resolvers,
            String hash) {
        this.policy = policy;
        this.systems = Collections.unmodifiableSortedMap(new TreeMap<>(systems));
        this.anchor = anchor;
        this.lenses = lenses;
        this.resolvers = Collections.unmodifiableSortedMap(new TreeMap<>(resolvers));
        this.hash = hash;
        policy.types().forEach(type -> workOut(type.name()));
        systems.values().forEach(system -> system.mappings().keySet().forEach(this::workOut));
    }

    private void workOut(String type) {
        types.computeIfAbsent(type, name -> new TypeRules(name, policy, systems, lenses));
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
        StringBuilder said =
                new StringBuilder(policy.toString()).append(defaultRegion).append(Canon.FORM);
        sorted.forEach((name, rules) -> said.append('\n')
                .append(name)
                .append(rules.mappings())
                .append(rules.declaration().types())
                .append(rules.archives() ? "archives" : ""));
        return new Rules(
                policy,
                sorted,
                anchor,
                new Lenses(Canon.withDefaultRegion(defaultRegion)),
                named(policy, resolvers),
                digest(said.toString()));
    }

    /**
     * The same rules as they are planned under elsewhere: what was written down of them is planned again under the digest that
     * they had, and values may be read through other lenses.
     *
     * @param digest what decisions and links record
     * @param others the lenses
     * @param standIn what is asked in the place of each resolver
     * @return a copy
     */
    public Rules restored(String digest, Lenses others, UnaryOperator<Resolver> standIn) {
        TreeMap<String, Resolver> asked = new TreeMap<>(resolvers);
        asked.replaceAll((id, resolver) -> standIn.apply(resolver));
        return new Rules(policy, systems, anchor, others, asked, digest);
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
     * Who decides what.
     *
     * @return the policy
     */
    public Policy policy() {
        return policy;
    }

    /**
     * What is known of each system.
     *
     * @return by system name, unmodifiable
     */
    public SortedMap<String, SystemRules> systems() {
        return systems;
    }

    /**
     * The system whose ids are the join key that the others keep.
     *
     * @return its name, or null when none issues one
     */
    public @Nullable String anchor() {
        return anchor;
    }

    /**
     * The functions behind the mappings, with the canonical forms.
     *
     * @return the lenses
     */
    public Lenses lenses() {
        return lenses;
    }

    /**
     * The resolvers that the policy names.
     *
     * @return by id, unmodifiable
     */
    public SortedMap<String, Resolver> resolvers() {
        return resolvers;
    }

    /**
     * A digest of all that these rules say; decisions and links record it.
     *
     * @return the digest
     */
    public String hash() {
        return hash;
    }

    /** What follows from these rules for a record type; nothing for one that they do not speak of. */
    TypeRules type(String name) {
        TypeRules known = types.get(name);
        return known == null ? new TypeRules(name, policy, systems, lenses) : known;
    }

    /** How a system carries a record type; null when it does not. */
    @Nullable Carriage carriage(String system, String type) {
        return type(type).at(system);
    }

    /** How a system carries a field; null when it does not. */
    @Nullable Carried carried(String system, String type, Field field) {
        Carriage carriage = carriage(system, type);
        return carriage == null ? null : carriage.carried(field);
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
