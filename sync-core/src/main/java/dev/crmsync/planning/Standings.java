package dev.crmsync.planning;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Brings about stances that the rules alone do not give, counts reverts, and lets go again. */
final class Standings {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Planning planning;

    Standings(Planning planning) {
        this.planning = planning;
    }

    void stand(LinkDraft link, String system, Field field, Stance stance, Reason reason) {
        SideDraft side = link.side(system);
        Standing old = side.standings.get(field.name());
        side.standings.put(
                field.name(),
                new Standing(
                        stance,
                        reason,
                        planning.seq,
                        old == null ? 0 : old.reverts(),
                        old == null ? null : old.since(),
                        old == null ? null : old.rounds()));
    }

    /**
     * Notes a value of a system that is no receiver of the field: were it to become one, its value would join, and not be
     * written over as if somebody had decided about it.
     */
    void leaveOut(LinkDraft link, String system, SideDraft side, Field field) {
        Carried carried = link.rules.carried(system, field);
        boolean receives = carried == null || carried.ruled(side.record) != Stance.NOT_RECEIVED;
        if (receives || side.record == null) {
            return;
        }
        Standing standing = side.standings.get(field.name());
        Value held = planning.held(link, system, field);
        Value agreed = link.agreed(field);
        boolean free = standing == null || standing.stance() == Stance.FOLLOWS;
        if (free && held != null && !held.isBlank() && agreed != null && !planning.equivalent(field, held, agreed)) {
            stand(link, system, field, Stance.NOT_RECEIVED, Reason.LEFT_OUT);
        }
    }

    /** Leaves a value where it is. */
    Reason keep(LinkDraft link, String system, Field field, Reason reason) {
        stand(link, system, field, Stance.KEPT, reason);
        return reason;
    }

    void hold(LinkDraft link, String system, Field field, Reason reason, AsOf asOf, Value value) {
        stand(link, system, field, Stance.HELD, reason);
        planning.ask(link, system, field, reason, value);
        planning.decided(link, system, field, reason, asOf, value, link.agreed(field));
    }

    /** Counts a revert, and leaves the field alone once there were too many within an hour. */
    Reason revert(LinkDraft link, String system, Field field, Reason reason) {
        SideDraft side = link.side(system);
        Standing standing = side.standings.get(field.name());
        if (standing != null && standing.stance() == Stance.HELD && standing.reason() != Reason.REVERT_CAP) {
            return reason;
        }
        Instant since = standing == null ? null : standing.since();
        boolean counting = since != null && since.plus(HOUR).isAfter(planning.at);
        int reverts = counting && standing != null ? standing.reverts() + 1 : 1;
        boolean capped = reverts > Rules.REVERTS_PER_HOUR;
        side.standings.put(
                field.name(),
                new Standing(
                        capped ? Stance.HELD : Stance.FOLLOWS,
                        capped ? Reason.REVERT_CAP : reason,
                        planning.seq,
                        reverts,
                        counting ? since : planning.at,
                        standing == null ? null : standing.rounds()));
        return capped ? Reason.REVERT_CAP : reason;
    }

    /**
     * Another value took the place of the agreed one that a system held: once is an edit, the same again and again is
     * somebody or something that answers each of our writes.
     *
     * @param ours the agreed value that stood there
     * @param theirs what took its place
     * @param taken whether it was agreed in turn, as rules without an owner do: people may change a value to and fro on
     *     different days, and only turns within an hour count
     * @return whether it was once too often
     */
    boolean oscillates(Sight sight, Value ours, Value theirs, boolean taken, Reason reason) {
        DraftMap<Standing> standings = sight.link().side(sight.system()).standings;
        Standing standing =
                standings.getOrDefault(sight.field().name(), Standing.of(Stance.FOLLOWS, reason, planning.seq));
        Rounds before = standing.rounds();
        int turn = Objects.hash(ours, theirs);
        boolean again = before != null && before.turn() == turn && !(taken && past(before.since()));
        Rounds rounds = again && before != null
                ? new Rounds(turn, before.count() + 1, before.since())
                : new Rounds(turn, 1, planning.at);
        standings.put(
                sight.field().name(),
                new Standing(
                        standing.stance(),
                        standing.reason(),
                        standing.seq(),
                        standing.reverts(),
                        standing.since(),
                        rounds));
        boolean asked = standing.stance() == Stance.HELD && standing.reason() != Reason.REVERT_CAP;
        return rounds.count() > Rules.ROUNDS && !asked;
    }

    private boolean past(Instant since) {
        return !since.plus(HOUR).isAfter(planning.at);
    }

    /** A value that was left in place is there no more: the system follows again. */
    Reason keptNoMore(LinkDraft link, String system, Field field, Reason reason) {
        link.side(system)
                .standings
                .computeIfPresent(field.name(), (name, standing) -> standing.stance() == Stance.KEPT ? null : standing);
        return reason;
    }

    /** The system holds the agreed value by itself: what stood there stands no more, reverts stay counted. */
    void agreesAgain(LinkDraft link, String system, Field field) {
        Standing standing = link.side(system).standings.get(field.name());
        if (standing != null
                && standing.stance() != Stance.FOLLOWS
                && standing.reason() != Reason.REVERT_CAP
                && standing.reason() != Reason.OSCILLATION) {
            link.side(system).standings.remove(field.name());
            planning.settled(link, system, field.name());
        }
    }

    /** When a field that is held for too many reverts is let go. */
    static @Nullable Instant releasedAt(Standing standing) {
        Instant since = standing.since();
        return standing.reason() == Reason.REVERT_CAP && since != null ? since.plus(HOUR) : null;
    }

    /** Lets go what was held for too many reverts, once the hour has passed, and forgets turns that came to nothing. */
    void release(LinkDraft link) {
        link.before.sides().forEach((system, side) -> {
            if (!side.standings().isEmpty()) {
                link.side(system).standings.removeValues(this::mayGo);
            }
        });
    }

    private boolean mayGo(Standing standing) {
        Instant release = releasedAt(standing);
        return release == null ? quiet(standing) : !release.isAfter(planning.at);
    }

    private boolean quiet(Standing standing) {
        Rounds rounds = standing.rounds();
        return standing.stance() == Stance.FOLLOWS && standing.reverts() == 0 && rounds != null && past(rounds.since());
    }
}
