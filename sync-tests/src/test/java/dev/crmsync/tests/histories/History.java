package dev.crmsync.tests.histories;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One history: people and their records, the backfill, steps with trouble on the way, and calm in the end.
 *
 * @param seed what it follows from
 * @param crms whose
 * @param steps what happened
 * @param complaints what the judge found wrong
 * @param excused how often something differed for a reason, by the reason
 */
record History(long seed, Crms crms, List<String> steps, List<String> complaints, Map<String, Integer> excused) {
    static History of(long seed, Crms crms) {
        try (World world = new World(seed, crms)) {
            try {
                play(world);
                List<String> complaints = new ArrayList<>();
                Map<String, Integer> excused = new TreeMap<>();
                for (CrmSide side : world.sides) {
                    Judge judge = new Judge(world, side);
                    complaints.addAll(judge.complaints());
                    judge.excused().forEach((reason, count) -> excused.merge(reason, count, Integer::sum));
                }
                Judge.writesWhileNothingHappens(world)
                        .forEach(write -> complaints.add("written though nobody had done anything: " + write));
                return new History(seed, crms, world.log, complaints, excused);
            } catch (RuntimeException | AssertionError broken) {
                return new History(
                        seed,
                        crms,
                        world.log,
                        List.of("it came to no end: " + broken + "\n  "
                                + String.join(
                                        "\n  ",
                                        List.of(broken.getStackTrace()).stream()
                                                .limit(15)
                                                .map(String::valueOf)
                                                .toList())),
                        new TreeMap<>());
            }
        }
    }

    /** Everything up to the end, at which all has drained. */
    static void play(World world) {
        Steps people = new Steps(world);
        people.populate();
        if (world.dice.nextInt(3) == 0) {
            world.storm();
        }
        world.backfill();
        world.settle();
        world.begins();
        world.storm();
        int steps = 10 + world.dice.nextInt(21);
        for (int i = 0; i < steps; i++) {
            people.step();
        }
        world.log.add("all is calm");
        world.calm();
        world.recover();
        if (world.retryDeadLetters() > 0) {
            world.recover();
        }
    }

    boolean good() {
        return complaints.isEmpty();
    }

    /** What to do about it, what is wrong, and all that led to it. */
    String report() {
        return "seed " + seed + ", again with -Dhistories.first=" + seed + " -Dhistories.count=1 -Dhistories.crm="
                + crms.word() + "\n" + String.join("\n", complaints) + "\n  " + String.join("\n  ", steps);
    }
}
