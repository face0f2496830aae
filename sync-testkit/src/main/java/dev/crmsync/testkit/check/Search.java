package dev.crmsync.testkit.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Goes through every state of a small world that can be reached, nearest first. Not thread-safe; for one search. */
final class Search {
    private static final int TOLD_EVERY = 10_000;

    private final Arena arena;
    private final Moves moves;
    private final List<World> beginnings;
    private final Graph graph = new Graph();
    private final Fingerprint fingerprint = new Fingerprint();
    private final Deque<World> waiting = new ArrayDeque<>();
    private int expanded;
    private int depth;
    private int levelEnd;
    private int mostWrites;
    private boolean exhausted = true;
    private @Nullable Found found;

    /**
     * A broken law, and the way to it.
     *
     * @param breach what was broken
     * @param beginning the number of the beginning
     * @param moves the moves from there
     */
    record Found(Breach breach, int beginning, List<Move> moves) {
        Found {
            moves = List.copyOf(moves);
        }
    }

    Search(Arena arena, List<World> beginnings) {
        this.arena = arena;
        this.moves = new Moves(arena);
        this.beginnings = List.copyOf(beginnings);
    }

    /** Searches until a law is broken, all is seen, or the limit is reached. */
    void run() {
        for (int i = 0; i < beginnings.size(); i++) {
            reached(beginnings.get(i), -1, i);
        }
        levelEnd = graph.states();
        while (!waiting.isEmpty() && found == null) {
            if (graph.states() > arena.setting.limit) {
                exhausted = false;
                return;
            }
            if (expanded == levelEnd) {
                depth++;
                levelEnd = graph.states();
            }
            expand(waiting.remove(), expanded++);
        }
        if (found == null) {
            goRound();
        }
    }

    private int reached(World world, int parent, int way) {
        fingerprint.take(world);
        int number = graph.add(fingerprint.high, fingerprint.low, parent, way);
        if (number < 0) {
            waiting.add(world);
            if (graph.states() % TOLD_EVERY == 0) {
                arena.setting.progress.told(graph.states(), graph.edges(), waiting.size());
            }
        }
        return number;
    }

    private void expand(World world, int state) {
        graph.expand(state);
        boolean still = true;
        List<Move> all = moves.of(world);
        for (int way = 0; way < all.size(); way++) {
            Move move = all.get(way);
            Turn turn = new Turn(arena, world);
            turn.make(move);
            if (turn.breach != null && arena.setting.lawful) {
                List<Move> path = path(state);
                path.add(move);
                found = new Found(turn.breach, beginning(state), path);
                return;
            }
            World after = turn.world();
            int number = reached(after, state, way);
            int target = number < 0 ? -1 - number : number;
            if (target != state) {
                graph.edge(target, kind(move, world, after));
                still &= move.fromOutside();
            }
        }
        if (still && arena.setting.lawful) {
            Breach breach = new Quiet(arena, world).judge();
            found = breach == null ? null : new Found(breach, beginning(state), path(state));
        }
    }

    private byte kind(Move move, World before, World after) {
        if (move.fromOutside()) {
            return Graph.OUTSIDE;
        }
        if (move instanceof Move.Serve serve) {
            int at = arena.index(serve.system());
            boolean begins = after.places().get(at).call() instanceof Call.Sending
                    && before.places().get(at).call() == null;
            return begins ? Graph.WRITE : Graph.OTHER;
        }
        return Graph.OTHER;
    }

    private int beginning(int state) {
        int first = state;
        while (graph.parent(first) >= 0) {
            first = graph.parent(first);
        }
        return graph.way(first);
    }

    /** The moves from the beginning to a state. */
    private List<Move> path(int state) {
        List<Integer> ways = new ArrayList<>();
        int at = state;
        while (graph.parent(at) >= 0) {
            ways.add(graph.way(at));
            at = graph.parent(at);
        }
        Collections.reverse(ways);
        World world = beginnings.get(graph.way(at));
        List<Move> path = new ArrayList<>();
        for (int way : ways) {
            Move move = moves.of(world).get(way);
            Turn turn = new Turn(arena, world);
            turn.make(move);
            world = turn.world();
            path.add(move);
        }
        return path;
    }

    private void goRound() {
        Circles circles = new Circles(graph);
        int state = circles.circle();
        if (state < 0) {
            mostWrites = circles.mostWrites();
            return;
        }
        List<Move> path = path(state);
        path.addAll(round(circles, state));
        String what = circles.writing()
                ? "the last moves come round to where they began, and something is written each time: for ever"
                : "the last moves come round to where they began, and nobody has edited anything: for ever";
        found = new Found(new Breach(circles.writing() ? 2 : 3, what), beginning(state), path);
    }

    /** The shortest way round from a state to itself. */
    private List<Move> round(Circles circles, int start) {
        Deque<Integer> next = new ArrayDeque<>(List.of(start));
        Set<Integer> seen = new HashSet<>();
        Map<Integer, Integer> cameFrom = new HashMap<>();
        while (!next.isEmpty()) {
            int state = next.remove();
            for (int edge = graph.firstEdge(state); edge < graph.endOfEdges(state); edge++) {
                int target = graph.target(edge);
                if (target == start) {
                    List<Integer> states = new ArrayList<>(List.of(start));
                    int at = state;
                    while (at != start) {
                        states.add(at);
                        at = Objects.requireNonNull(cameFrom.get(at), "a way back");
                    }
                    states.add(start);
                    Collections.reverse(states);
                    return along(states);
                }
                if (circles.together(target, start) && seen.add(target)) {
                    cameFrom.put(target, state);
                    next.add(target);
                }
            }
        }
        throw new IllegalStateException("a circle leads back to its beginning");
    }

    /** The moves that lead along some states. */
    private List<Move> along(List<Integer> states) {
        World world = at(states.get(0));
        List<Move> path = new ArrayList<>();
        for (int i = 1; i < states.size(); i++) {
            for (Move move : moves.of(world)) {
                Turn turn = new Turn(arena, world);
                turn.make(move);
                fingerprint.take(turn.world());
                if (graph.add(fingerprint.high, fingerprint.low, -1, 0) == states.get(i)) {
                    world = turn.world();
                    path.add(move);
                    break;
                }
            }
        }
        return path;
    }

    private World at(int state) {
        World world = beginnings.get(beginning(state));
        for (Move move : path(state)) {
            Turn turn = new Turn(arena, world);
            turn.make(move);
            world = turn.world();
        }
        return world;
    }

    int states() {
        return graph.states();
    }

    int transitions() {
        return graph.edges();
    }

    int depth() {
        return depth;
    }

    boolean exhausted() {
        return exhausted;
    }

    int mostWrites() {
        return mostWrites;
    }

    @Nullable Found found() {
        return found;
    }
}
