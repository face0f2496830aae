package dev.crmsync.testkit.simulation;

import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * Grows the histories of some grounds, one seed after the other, until one breaks a law. It speaks in numbers and texts, so that it
 * can be asked through another class loader, in which a bug is planted.
 */
public final class Hunt {
    private final List<Ground> grounds;

    /**
     * A hunt.
     *
     * @param where a regular expression that finds the names of its grounds
     */
    public Hunt(String where) {
        grounds = Ground.all().stream()
                .filter(ground -> ground.name().matches(where))
                .toList();
    }

    /**
     * The first history that breaks a law.
     *
     * @param from the number of the history to begin with
     * @param to the number of the first one that is not grown any more
     * @return its number and the laws that it breaks, with blanks between them; empty when none did
     */
    public String first(int from, int to) {
        for (int number = from; number < to; number++) {
            SortedSet<Integer> laws = broken(number);
            if (!laws.isEmpty()) {
                return number + laws.stream().map(law -> " " + law).collect(Collectors.joining());
            }
        }
        return "";
    }

    /**
     * A test of the smallest history that breaks a law as another one does.
     *
     * @param number the number of the other one
     * @param law the law
     * @param tries how many histories may be grown for it
     * @param packageName the package of the test
     * @param className the name of its class
     * @return the source of the test
     */
    public String test(int number, int law, int tries, String packageName, String className) {
        return ground(number).simulator().shrink(seed(number), law, tries).test(packageName, className);
    }

    SortedSet<Integer> broken(int number) {
        return ground(number).broken(seed(number));
    }

    History history(int number) {
        return ground(number).simulator().run(seed(number));
    }

    String reproduction(int number) {
        return ground(number).simulator().reproduction(seed(number));
    }

    private Ground ground(int number) {
        return grounds.get(number % grounds.size());
    }

    private long seed(int number) {
        return number / grounds.size();
    }
}
