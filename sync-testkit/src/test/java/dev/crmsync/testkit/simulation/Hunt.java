package dev.crmsync.testkit.simulation;

import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * Grows the histories of all grounds, one seed after the other, until one breaks a law. It speaks in numbers and texts, so that it
 * can be asked through another class loader, in which a bug is planted.
 */
public final class Hunt {
    private static final List<Ground> GROUNDS = Ground.all();

    private Hunt() {}

    /**
     * The first history that breaks a law.
     *
     * @param from the number of the history to begin with
     * @param to the number of the first one that is not grown any more
     * @return its number and the laws that it breaks, with blanks between them; empty when none did
     */
    public static String first(int from, int to) {
        for (int number = from; number < to; number++) {
            SortedSet<Integer> laws = ground(number).broken(seed(number));
            if (!laws.isEmpty()) {
                return number + laws.stream().map(law -> " " + law).collect(Collectors.joining());
            }
        }
        return "";
    }

    static Ground ground(int number) {
        return GROUNDS.get(number % GROUNDS.size());
    }

    static long seed(int number) {
        return number / GROUNDS.size();
    }
}
