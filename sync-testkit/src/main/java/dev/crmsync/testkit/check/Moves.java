package dev.crmsync.testkit.check;

import dev.crmsync.planning.Due;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.model.NativeValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can happen next in a world, always in the same order. */
final class Moves {
    private static final int MOST_WAITING = 1;

    private final Arena arena;

    Moves(Arena arena) {
        this.arena = arena;
    }

    List<Move> of(World world) {
        List<Move> moves = new ArrayList<>();
        boolean working = false;
        for (int at = 0; at < arena.systems.size(); at++) {
            Place place = world.places().get(at);
            inside(arena.systems.get(at).name, place, world, moves);
            working |= place.call() != null;
        }
        if (next(world.due(), world.now()).isPresent()) {
            moves.add(new Move.Pass());
        }
        if (working && world.left().crashes() > 0) {
            moves.add(new Move.Crash());
        }
        for (int at = 0; at < arena.systems.size(); at++) {
            outside(arena.systems.get(at), world.places().get(at), world, moves);
        }
        return moves;
    }

    private static void inside(String system, Place place, World world, List<Move> moves) {
        for (int i = 0; i < place.notices().size(); i++) {
            if (identified(system, place.notices().get(i), world)) {
                moves.add(new Move.Tell(system, i, false));
            }
        }
        Call call = place.call();
        if (call instanceof Call.Sending) {
            moves.add(new Move.Arrive(system));
        } else if (call != null) {
            moves.add(new Move.Answer(system));
        } else if (work(world.due(), system, world.now()).isPresent()) {
            moves.add(new Move.Serve(system));
        }
        // An automation that were never told of could go on for ever, and no two of its states would be the same.
        for (String field : place.notices().size() > MOST_WAITING ? Set.<String>of() : place.urges()) {
            moves.add(new Move.Reaction(system, field, false));
            if (unlooked(call)) {
                moves.add(new Move.Reaction(system, field, true));
            }
        }
    }

    /** A part of a record that sync has made, told before the record is known, would begin a link of its own: that waits. */
    private static boolean identified(String system, Notice notice, World world) {
        return world.link().side(system).record() != null
                || notice.event().properties().containsKey(ToySystem.JOIN_KEY);
    }

    private void outside(ToySystem system, Place place, World world, List<Move> moves) {
        Budget left = world.left();
        Call call = place.call();
        if (left.lostAnswers() > 0 && (call instanceof Call.Sending || call instanceof Call.Answering)) {
            moves.add(new Move.Lose(system.name));
        }
        for (int i = 0; i < place.notices().size() && left.duplicates() > 0; i++) {
            Notice notice = place.notices().get(i);
            if (!notice.told() && identified(system.name, notice, world)) {
                moves.add(new Move.Tell(system.name, i, true));
            }
        }
        if (left.edits() == 0 || place.edits() == 0 || !place.exists()) {
            return;
        }
        for (Field field : arena.fields) {
            for (String value : arena.values(field)) {
                if (enters(arena, system, field, value, place)) {
                    moves.add(new Move.Edit(system.name, field.name(), value, false));
                    if (unlooked(call)) {
                        moves.add(new Move.Edit(system.name, field.name(), value, true));
                    }
                }
            }
        }
    }

    /** When a read looks matters only where something changes between its issue and its answer. */
    private static boolean unlooked(@Nullable Call call) {
        return call instanceof Call.Reading reading && reading.sample() == null;
    }

    /** Whether entering a value would change anything. */
    static boolean enters(Arena arena, ToySystem system, Field field, String value, Place place) {
        Map<String, NativeValue> given = system.entering(field, value, place.holds(), arena.lenses());
        return given != null
                && system.kept(given, arena.lenses()).entrySet().stream()
                        .anyMatch(entry -> !entry.getValue()
                                .equals(place.holds().getOrDefault(entry.getKey(), NativeValue.EMPTY)));
    }

    /** What delivery can do at a system now. */
    static Optional<Due> work(List<Due> due, String system, Instant now) {
        return due.stream()
                .filter(work -> work.system().equals(system) && !later(work, now))
                .findFirst();
    }

    /** When something is due that is not due yet. */
    static Optional<Instant> next(List<Due> due, Instant now) {
        Instant next = null;
        for (Due work : due) {
            Instant time = work.notBefore();
            if (time != null && time.isAfter(now) && (next == null || time.isBefore(next))) {
                next = time;
            }
        }
        return Optional.ofNullable(next);
    }

    private static boolean later(Due work, Instant now) {
        Instant time = work.notBefore();
        return time != null && time.isAfter(now);
    }
}
