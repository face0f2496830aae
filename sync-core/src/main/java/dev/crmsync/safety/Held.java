package dev.crmsync.safety;

import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Rules;
import dev.crmsync.spi.store.DueChange;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Unit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The lane of held work of one sync: looked through, and let go. */
final class Held {
    private static final int ROWS_A_PAGE = 500;

    private final Ledger ledger;
    private final SyncContext context;

    Held(Ledger ledger) {
        this.ledger = ledger;
        this.context = ledger.context();
    }

    /** Shows all held work in the order of (link, system), until the viewer has seen enough. */
    void look(Predicate<HeldWork> more) {
        Rules rules = context.rules().get();
        DueRow after = null;
        List<DueRow> page;
        do {
            page = context.store().walkDue(context.sync(), Set.of(Lane.HELD), after, ROWS_A_PAGE);
            Map<String, LinkState> links =
                    ledger.load(page.stream().map(DueRow::link).distinct().toList());
            for (DueRow row : page) {
                if (!more.test(HeldWork.of(row, links.get(row.link()), rules))) {
                    return;
                }
                after = row;
            }
        } while (page.size() == ROWS_A_PAGE);
    }

    /** How many records would be changed; counting stops beyond a bound. */
    long changes(long bound) {
        long[] changes = {0};
        look(work -> {
            changes[0] += work.writes() ? 1 : 0;
            return changes[0] <= bound;
        });
        return changes[0];
    }

    int letGo() {
        return context.store().moveLane(context.sync(), Lane.HELD, Lane.BACKFILL);
    }

    /** Lets go the first few pieces of work that change a record; the others stay held. */
    int letGo(int most) {
        Unit.Builder few = Unit.builder();
        int[] taken = {0};
        look(work -> {
            if (work.writes() && taken[0] < most) {
                DueRow row = work.row();
                few.due(new DueChange.Put(
                        new DueRow(
                                row.sync(),
                                row.link(),
                                row.system(),
                                Lane.BACKFILL,
                                row.notBefore(),
                                row.attempts(),
                                row.inFlight(),
                                row.waitingOn()),
                        false));
                taken[0]++;
            }
            return taken[0] < most;
        });
        context.store().commit(context.sync(), List.of(few.build()), null);
        return taken[0];
    }
}
