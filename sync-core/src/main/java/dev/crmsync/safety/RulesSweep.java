package dev.crmsync.safety;

import dev.crmsync.ledger.DeadLetters;
import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Posted;
import dev.crmsync.ledger.Posting;
import dev.crmsync.ledger.Progress;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.LinkRow;
import dev.crmsync.spi.store.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The walk over all links that changed rules call for: a policy, a mapping, what an adapter declares, a system that joined or
 * left. Each link is held against the present rules, a page at a time, and what becomes due by that is held back. A link that
 * something else reaches first is held against them there and then. Killed, it goes on behind the page that was kept last.
 */
final class RulesSweep {
    private static final Logger LOG = LoggerFactory.getLogger(RulesSweep.class);
    private static final String STATE = "rules";
    private static final int LINKS_A_PAGE = 200;

    /** Two engines that run different rules take turns no faster than this. */
    private static final Duration TURN = Duration.ofMinutes(10);

    private final Ledger ledger;
    private final SyncContext context;
    private @Nullable String finished;

    /** How far it is: under which rules, since when, how many links were held against them, and the last of these. */
    private record State(
            String rules,
            Instant since,
            boolean ended,
            long done,
            @Nullable String after) {
        Bytes toBytes() {
            return Bytes.utf8(String.join(
                    "\n",
                    rules,
                    since.toString(),
                    String.valueOf(ended),
                    String.valueOf(done),
                    after == null ? "" : after));
        }

        /** The state that was kept, or null when none was, or another version wrote it otherwise: the walk begins anew. */
        static @Nullable State of(Bytes kept) {
            String[] lines = kept.toUtf8().split("\n", -1);
            try {
                return lines.length == 5
                        ? new State(
                                lines[0],
                                Instant.parse(lines[1]),
                                Boolean.parseBoolean(lines[2]),
                                Long.parseLong(lines[3]),
                                lines[4].isEmpty() ? null : lines[4])
                        : null;
            } catch (RuntimeException unreadable) {
                return null;
            }
        }
    }

    RulesSweep(Ledger ledger) {
        this.ledger = ledger;
        this.context = ledger.context();
    }

    /** When there is a page to take: now, later, or never under the present rules. */
    @Nullable Instant next() {
        String rules = context.rules().get().hash();
        if (rules.equals(finished)) {
            return null;
        }
        State state = state();
        if (state != null && state.rules().equals(rules)) {
            finished = state.ended() ? rules : null;
            return state.ended() ? null : context.now();
        }
        Instant turn = state == null ? context.now() : state.since().plus(state.ended() ? Duration.ZERO : TURN);
        return turn.isBefore(context.now()) ? context.now() : turn;
    }

    /**
     * Takes one page.
     *
     * @return whether it was the last one
     */
    boolean step(Fence fence) {
        String rules = context.rules().get().hash();
        State state = state();
        if (state == null || !state.rules().equals(rules)) {
            state = new State(rules, context.now(), false, 0, null);
        }
        List<LinkRow> page = context.store().walkLinks(context.sync(), state.after(), LINKS_A_PAGE);
        List<Posting> postings = page.stream()
                .filter(row -> !row.rulesHash().equals(rules))
                .map(row -> Posting.on(row.id(), Lane.HELD, draft -> draft.underPresentRules(List.of(row.id()))))
                .toList();
        List<Posted> posted = ledger.post(postings, fence);
        for (Posted one : posted) {
            RuntimeException failure = one.failure();
            if (failure != null) {
                LOG.error(
                        "{}: a link could not be held against the changed rules ({}); the others go on",
                        context.sync(),
                        DeadLetters.reason(failure));
            }
        }
        boolean ended = page.size() < LINKS_A_PAGE;
        String after =
                page.isEmpty() ? state.after() : page.get(page.size() - 1).id();
        State kept = new State(rules, state.since(), ended, state.done() + page.size(), after);
        context.store()
                .commit(
                        context.sync(),
                        List.of(Unit.builder().cursor(STATE, kept.toBytes()).build()),
                        fence);
        finished = ended ? rules : null;
        if (!page.isEmpty()) {
            tell(kept);
        }
        return ended;
    }

    private void tell(State state) {
        Instant now = context.now();
        Rate rate = new Rate(state.since(), 0);
        long total = context.store().countLinks(context.sync());
        context.listener()
                .progress(
                        context.sync(),
                        new Progress(
                                "rules",
                                null,
                                null,
                                state.done(),
                                total,
                                rate.perSecond(now, state.done()),
                                rate.left(now, state.done(), total)));
    }

    private @Nullable State state() {
        return context.store().cursor(context.sync(), STATE).map(State::of).orElse(null);
    }
}
