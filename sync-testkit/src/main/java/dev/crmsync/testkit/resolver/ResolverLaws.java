package dev.crmsync.testkit.resolver;

import dev.crmsync.fields.Canon;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.resolver.Resolver;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds a resolver against the {@linkplain ResolverLaw laws} under which it is safe to use. Every conflict is tried that can be
 * made of a few values at two systems, three, and four, as far as the resolver is made for so many, the small ones first:
 *
 * <pre>{@code ResolverLaws.of(new LongestName(), Contact.NAME).values(Value.text("Ann"), Value.text("Bob")).assertHold();}</pre>
 *
 * <p>That no counterexample was found is no proof for other values: give those that the resolver tells apart. Immutable.
 */
public final class ResolverLaws {
    private static final int MOST_VALUES = 8;

    private final Resolver resolver;
    private final Field field;
    private final List<Value> values;
    private final Canon canon;

    private ResolverLaws(Resolver resolver, Field field, List<Value> values, Canon canon) {
        this.resolver = resolver;
        this.field = field;
        this.values = values;
        this.canon = canon;
    }

    /**
     * The laws for a resolver, with made-up values that suit the field, a blank among them, and phone numbers of Indonesia.
     *
     * @param resolver the resolver
     * @param field the field that it decides; no bag and no reference, but for references given as {@link #values}
     * @return the laws
     */
    public static ResolverLaws of(Resolver resolver, Field field) {
        return new ResolverLaws(resolver, field, SampleValues.of(field.type()), Canon.withDefaultRegion("ID"));
    }

    /**
     * With values of one's own: those that the resolver tells apart. A blank is tried in any case.
     *
     * @param own two values at least, seven at most
     * @return the laws
     * @throws IllegalArgumentException when there are fewer or more
     */
    public ResolverLaws values(Value... own) {
        Set<Value> all = new LinkedHashSet<>(List.of(own));
        if (all.size() < 2 || all.size() >= MOST_VALUES) {
            throw new IllegalArgumentException(
                    "give 2 to " + (MOST_VALUES - 1) + " different values; every conflict of them is tried");
        }
        all.add(Value.EMPTY);
        return new ResolverLaws(resolver, field, List.copyOf(all), canon);
    }

    /**
     * With the region in which phone numbers without a country code are read.
     *
     * @param iso3166Region the region, such as {@code DE}
     * @return the laws
     */
    public ResolverLaws defaultRegion(String iso3166Region) {
        return new ResolverLaws(resolver, field, values, Canon.withDefaultRegion(iso3166Region));
    }

    /**
     * Tries the resolver.
     *
     * @return the laws that it breaks, each with its smallest counterexample; none when all hold
     */
    public List<BrokenLaw> check() {
        List<Value> canonical = new ArrayList<>();
        values.stream().map(value -> canon.canonical(field, value)).distinct().forEach(canonical::add);
        return new Trial(resolver, field, canonical, canon).run();
    }

    /**
     * Asserts that all laws hold.
     *
     * @throws AssertionError that names each broken law with its smallest counterexample
     */
    public void assertHold() {
        List<BrokenLaw> broken = check();
        if (!broken.isEmpty()) {
            StringBuilder message = new StringBuilder("resolver ")
                    .append(resolver.id())
                    .append(" version ")
                    .append(resolver.version())
                    .append(" breaks ")
                    .append(broken.size())
                    .append(" law(s):");
            broken.forEach(one -> message.append("\n  ").append(one));
            throw new AssertionError(message.toString());
        }
    }
}
