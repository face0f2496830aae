package dev.crmsync.testkit.simulation;

import dev.crmsync.planning.Parting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Law 9 of archives: within a day no more records are archived than the budget says, and what is held back is to be found. */
final class BlastRadius extends Law {
    BlastRadius(Findings found) {
        super(9, found);
    }

    @Override
    void check() {
        List<Deed> archives = found.chronicle.deeds.stream()
                .filter(deed -> deed.call() != null && deed.call().archives)
                .toList();
        Instant first = found.chronicle.deeds.stream()
                .filter(deed -> deed.kind() == Deed.Kind.ARCHIVED || deed.kind() == Deed.Kind.DELETED)
                .map(Deed::at)
                .findFirst()
                .orElse(Instant.EPOCH);
        for (int i = 0; i < archives.size(); i++) {
            long days = 1 + Duration.between(first, archives.get(i).at()).toDays();
            long most = days * found.budget.most(found.links.size());
            if (i + 1 > most) {
                broken((i + 1) + " records were archived within " + days + " day(s), and the budget of a day is "
                        + found.budget);
                return;
            }
        }
        found.links.forEach((id, link) -> link.sides().forEach((system, side) -> {
            Parting parting = side.life().parting();
            boolean held = found.due.stream()
                    .anyMatch(row -> row.link().equals(id) && row.system().equals(system));
            boolean asked =
                    found.reviews.stream().anyMatch(review -> review.link().equals(id));
            if (parting != null && parting.stage() == Parting.Stage.LET_GO) {
                broken(id + " was let go to be archived at " + system + ", and never was");
            } else if (parting != null && parting.stage() == Parting.Stage.HELD_BACK && !held) {
                broken(id + " is to be archived at " + system + ", and no work is held for it");
            } else if (parting != null && parting.stage() == Parting.Stage.ASKED && !asked) {
                broken(id + " waits for a person at " + system + ", and nobody is asked");
            }
            if (parting != null) {
                found.chronicle.count("parting " + parting.stage());
            }
        }));
    }
}
