package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.field.Value;
import java.util.SortedMap;
import java.util.TreeMap;

/** Law 5: duplicates and replays change nothing. */
final class EffectOnce extends Law {
    EffectOnce(Findings found) {
        super(5, found);
    }

    @Override
    void check() {
        if (found.replays.writes() > 0) {
            broken("playing every event once more caused " + found.replays.writes() + " writes");
        }
        found.replays.before().forEach((link, agreed) -> {
            SortedMap<String, Value> after = found.replays.after().getOrDefault(link, new TreeMap<>());
            if (!after.equals(agreed)) {
                broken("playing every event once more changed what is agreed of " + link + ": " + agreed + " became "
                        + after);
            }
        });
        if (found.replays.after().size() != found.replays.before().size()) {
            broken("playing every event once more made links");
        }
    }
}
