package dev.crmsync.safety;

import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Posting;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Rules;
import dev.crmsync.spi.store.DueChange;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Unit;
import java.util.ArrayList;
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

    /** How many records would be made or changed, beside those that would be archived; counting stops beyond a bound. */
    long changes(long bound) {
        long[] changes = {0};
        look(work -> {
            changes[0] += work.writes() && !work.archives() ? 1 : 0;
            return changes[0] <= bound;
        });
        return changes[0];
    }

    /** What would be archived; the look ends with the first beyond a bound. */
    List<DueRow> archives(long bound) {
        List<DueRow> archives = new ArrayList<>();
        look(work -> {
            if (work.archives()) {
                archives.add(work.row());
            }
            return archives.size() <= bound;
        });
        return archives;
    }

    /** Lets everything go, what is to be archived included. */
    int letGo() {
        letArchivesGo(archives(Long.MAX_VALUE));
        return letOthersGo();
    }

    /** Lets go what is to be archived. */
    void letArchivesGo(List<DueRow> archives) {
        for (int from = 0; from < archives.size(); from += ROWS_A_PAGE) {
            archive(archives.subList(from, Math.min(archives.size(), from + ROWS_A_PAGE)));
        }
    }

    private void archive(List<DueRow> rows) {
        List<Posting> postings = rows.stream()
                .map(row -> Posting.on(
                        row.link(),
                        Lane.BACKFILL,
                        draft -> draft.plan(
                                List.of(row.link()),
                                (links, at, seq) -> new Input.ArchiveLetGo(at, seq, row.link(), row.system()))))
                .toList();
        ledger.post(postings, null).forEach(Ledger::expect);
    }

    /** Lets everything go but what is to be archived: that comes back here when its turn comes. */
    int letOthersGo() {
        return context.store().moveLane(context.sync(), Lane.HELD, Lane.BACKFILL);
    }

    /** Lets go the first few pieces of work that change a record; the others stay held. */
    int letGo(int most) {
        Unit.Builder few = Unit.builder();
        List<DueRow> archives = new ArrayList<>();
        int[] taken = {0};
        look(work -> {
            DueRow row = work.row();
            if (work.archives() && taken[0] < most) {
                archives.add(row);
                taken[0]++;
            } else if (work.writes() && taken[0] < most) {
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
        letArchivesGo(archives);
        return taken[0];
    }
}
