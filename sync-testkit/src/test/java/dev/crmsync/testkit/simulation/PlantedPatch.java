package dev.crmsync.testkit.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * A unified diff of one file. It is applied where the lines that it knows stand, wherever that is by now, and nowhere else: they
 * must be there once.
 *
 * @param file the file, as seen from the project's root
 * @param hunks what it changes
 */
record PlantedPatch(String file, List<Hunk> hunks) {
    private static final String NEW_FILE = "+++ b/";

    /** Lines that stand there, and what is put in their place. */
    record Hunk(List<String> before, List<String> after) {}

    static PlantedPatch of(List<String> lines) {
        String file = lines.get(1).substring(NEW_FILE.length());
        List<Hunk> hunks = new ArrayList<>();
        for (String line : lines.subList(2, lines.size())) {
            if (line.startsWith("@@")) {
                hunks.add(new Hunk(new ArrayList<>(), new ArrayList<>()));
                continue;
            }
            Hunk hunk = hunks.get(hunks.size() - 1);
            String text = line.isEmpty() ? "" : line.substring(1);
            if (!line.startsWith("+")) {
                hunk.before().add(text);
            }
            if (!line.startsWith("-")) {
                hunk.after().add(text);
            }
        }
        return new PlantedPatch(file, List.copyOf(hunks));
    }

    /**
     * Applies it.
     *
     * @throws IllegalStateException when the lines that a hunk knows do not stand there once
     */
    List<String> applied(List<String> source) {
        List<String> lines = new ArrayList<>(source);
        for (Hunk hunk : hunks) {
            int place = -1;
            for (int start = 0; start + hunk.before().size() <= lines.size(); start++) {
                if (lines.subList(start, start + hunk.before().size()).equals(hunk.before())) {
                    if (place >= 0) {
                        throw new IllegalStateException(file + " has these lines twice: " + hunk.before());
                    }
                    place = start;
                }
            }
            if (place < 0) {
                throw new IllegalStateException(file + " does not have these lines: " + hunk.before());
            }
            List<String> there = lines.subList(place, place + hunk.before().size());
            there.clear();
            there.addAll(hunk.after());
        }
        return lines;
    }
}
