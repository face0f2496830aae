package dev.crmsync.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** How busy and how faulty a toy world is. Immutable; two of the same settings are equal. */
public final class Dials {
    private static final int PERSONS = 3;
    private static final int EDITS = 24;
    private static final Duration SPAN = Duration.ofHours(3);

    private final int persons;
    private final int edits;
    private final Duration span;
    private final Map<Dial, Integer> turned;

    private Dials(int persons, int edits, Duration span, Map<Dial, Integer> turned) {
        if (persons < 1 || edits < 0 || span.isNegative() || span.isZero()) {
            throw new IllegalArgumentException("a world needs a person at least, some time, and no negative numbers");
        }
        this.persons = persons;
        this.edits = edits;
        this.span = span;
        this.turned = new EnumMap<>(Dial.class);
        turned.forEach((dial, value) -> {
            dial.check(value);
            if (value > 0) {
                this.turned.put(dial, value);
            }
        });
    }

    /**
     * A world of a few people in which nothing happens but what they do, at vendors that show what they are given.
     *
     * @return the dials, all at 0
     */
    public static Dials still() {
        return new Dials(PERSONS, EDITS, SPAN, Map.of());
    }

    /**
     * A world of busy people and perfect lines.
     *
     * @return the dials
     */
    public static Dials calm() {
        return still().with(Dial.RENDERINGS, 50)
                .with(Dial.CUTS, 20)
                .with(Dial.AUTOMATIONS, 10)
                .with(Dial.SKEW, 900)
                .with(Dial.REMOVALS, 4);
    }

    /**
     * A world in which most of what can go wrong does, and often several things at once.
     *
     * @return the dials
     */
    public static Dials storm() {
        return calm().with(Dial.DUPLICATES, 25)
                .with(Dial.DELAYS, 30)
                .with(Dial.DROPS, 10)
                .with(Dial.CRASHES, 4)
                .with(Dial.LOST_READS, 6)
                .with(Dial.LOST_REQUESTS, 5)
                .with(Dial.LOST_ANSWERS, 8)
                .with(Dial.DEFERRALS, 8);
    }

    /**
     * A world in which everything goes wrong that can: a storm in which records are merged, split, restored, and out of sight for a
     * while, systems are out, batches succeed in part, nodes stand still, and a system joins in mid-flight.
     *
     * @return the dials
     */
    public static Dials everything() {
        return storm().persons(2 * PERSONS)
                .with(Dial.MERGES, 4)
                .with(Dial.REMOVALS, 8)
                .with(Dial.OUTAGES, 30)
                .with(Dial.PARTIAL_BATCHES, 10)
                .with(Dial.IMPORTS, 6)
                .with(Dial.UNDELETES, 6)
                .with(Dial.HIDINGS, 4)
                .with(Dial.SPLITS, 3)
                .with(Dial.JOINERS, 40)
                .with(Dial.POLICIES, 40)
                .with(Dial.PAUSES, 2);
    }

    /**
     * The same world with one dial turned.
     *
     * @param dial the dial
     * @param value its setting, 0 for off
     * @return a copy
     * @throws IllegalArgumentException when the dial does not go there
     */
    public Dials with(Dial dial, int value) {
        Map<Dial, Integer> other = new EnumMap<>(Dial.class);
        other.putAll(turned);
        other.put(Objects.requireNonNull(dial, "dial"), value);
        return new Dials(persons, edits, span, other);
    }

    /**
     * The same world with another number of persons.
     *
     * @param most how many there are at the most when a history begins
     * @return a copy
     */
    public Dials persons(int most) {
        return new Dials(most, edits, span, turned);
    }

    /**
     * The same world with people who are more or less busy.
     *
     * @param most how many things they do at the most
     * @return a copy
     */
    public Dials edits(int most) {
        return new Dials(persons, most, span, turned);
    }

    /**
     * The same world in more or less time.
     *
     * @param time the time in which people do what they do
     * @return a copy
     */
    public Dials span(Duration time) {
        return new Dials(persons, edits, time, turned);
    }

    /**
     * The same world with people who archive and delete more, or less.
     *
     * @param percent how many percent of the things that they do
     * @return a copy
     */
    public Dials removing(int percent) {
        return with(Dial.REMOVALS, percent);
    }

    /**
     * The same world with people who merge records.
     *
     * @param percent how many percent of the things that they do
     * @return a copy
     */
    public Dials merging(int percent) {
        return with(Dial.MERGES, percent);
    }

    /**
     * How many persons there are at the most when a history begins.
     *
     * @return 1 or more
     */
    public int persons() {
        return persons;
    }

    /**
     * How many things people do at the most.
     *
     * @return 0 or more
     */
    public int edits() {
        return edits;
    }

    /**
     * The time in which people do what they do.
     *
     * @return a positive time
     */
    public Duration span() {
        return span;
    }

    /**
     * What a dial is turned to.
     *
     * @param dial the dial
     * @return its setting, 0 for off
     */
    public int of(Dial dial) {
        return turned.getOrDefault(dial, 0);
    }

    /** The same people and vendors, and nothing between them fails. */
    Dials withoutFaults() {
        Dials other = this;
        for (Dial dial : Dial.values()) {
            other = dial.isFault() ? other.with(dial, 0) : other;
        }
        return other;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dials dials
                && dials.persons == persons
                && dials.edits == edits
                && dials.span.equals(span)
                && dials.turned.equals(turned);
    }

    @Override
    public int hashCode() {
        return Objects.hash(persons, edits, span, turned);
    }

    /** An expression of Java that makes equal dials. */
    @Override
    public String toString() {
        List<String> shortest = null;
        for (Map.Entry<String, Dials> base :
                Map.of("storm", storm(), "calm", calm(), "still", still()).entrySet()) {
            List<String> words = words(base.getKey(), base.getValue());
            boolean shorter = shortest == null
                    || words.size() < shortest.size()
                    || words.size() == shortest.size() && words.get(0).compareTo(shortest.get(0)) < 0;
            shortest = shorter ? words : shortest;
        }
        return String.join("", Objects.requireNonNull(shortest));
    }

    private List<String> words(String name, Dials base) {
        List<String> words = new ArrayList<>(List.of("Dials." + name + "()"));
        if (persons != base.persons) {
            words.add(".persons(" + persons + ")");
        }
        if (edits != base.edits) {
            words.add(".edits(" + edits + ")");
        }
        if (!span.equals(base.span)) {
            words.add(".span(Duration.ofMillis(" + span.toMillis() + "))");
        }
        words.addAll(List.of(Dial.values()).stream()
                .filter(dial -> of(dial) != base.of(dial))
                .map(dial -> ".with(Dial." + dial + ", " + of(dial) + ")")
                .collect(Collectors.toList()));
        return words;
    }
}
