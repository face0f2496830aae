package dev.crmsync.testkit.check;

import java.util.Arrays;

/**
 * Looks for circles in a graph that was searched to the end: what goes round for ever without anybody outside is a livelock.
 * Where there is none, tells how many writes can follow at the most once nobody outside does anything more. After Tarjan; without
 * recursion, for paths are long.
 */
final class Circles {
    private final Graph graph;
    private final int[] index;
    private final int[] low;
    private final int[] component;
    private final int[] edge;
    private final int[] stack;
    private final int[] path;
    private final int[] writes;
    private int components;
    private int next = 1;
    private int stacked;
    private int depth;
    private int circle = -1;
    private boolean writing;

    Circles(Graph graph) {
        this.graph = graph;
        int states = graph.states();
        index = new int[states];
        low = new int[states];
        component = new int[states];
        edge = new int[states];
        stack = new int[states];
        path = new int[states];
        writes = new int[states];
        Arrays.fill(component, -1);
        for (int state = 0; state < states; state++) {
            if (index[state] == 0) {
                from(state);
            }
        }
        lookForCircles();
    }

    /** A state on a circle, one with writes if there is any; -1 when there is none. */
    int circle() {
        return circle;
    }

    /** Whether something is written on the circle. */
    boolean writing() {
        return writing;
    }

    boolean together(int one, int other) {
        return component[one] == component[other];
    }

    /** The most writes that can begin after any state without anybody outside; without meaning where there are circles. */
    int mostWrites() {
        return Arrays.stream(writes).max().orElse(0);
    }

    private void from(int root) {
        enter(root);
        while (depth > 0) {
            int state = path[depth - 1];
            if (edge[state] < graph.endOfEdges(state)) {
                int target = graph.target(edge[state]++);
                if (index[target] == 0) {
                    enter(target);
                } else if (component[target] < 0) {
                    low[state] = Math.min(low[state], index[target]);
                }
            } else {
                depth--;
                leave(state);
                if (depth > 0) {
                    low[path[depth - 1]] = Math.min(low[path[depth - 1]], low[state]);
                }
            }
        }
    }

    private void enter(int state) {
        index[state] = next;
        low[state] = next++;
        edge[state] = graph.firstEdge(state);
        stack[stacked++] = state;
        path[depth++] = state;
    }

    /** All that follows is done: components are left in an order in which their successors come first. */
    private void leave(int state) {
        for (int at = graph.firstEdge(state); at < graph.endOfEdges(state); at++) {
            if (graph.kind(at) != Graph.OUTSIDE) {
                int more = graph.kind(at) == Graph.WRITE ? 1 : 0;
                writes[state] = Math.max(writes[state], writes[graph.target(at)] + more);
            }
        }
        if (low[state] == index[state]) {
            int member;
            do {
                member = stack[--stacked];
                component[member] = components;
            } while (member != state);
            components++;
        }
    }

    private void lookForCircles() {
        for (int state = 0; state < graph.states(); state++) {
            for (int at = graph.firstEdge(state); at < graph.endOfEdges(state); at++) {
                boolean round = component[graph.target(at)] == component[state];
                boolean writes = round && graph.kind(at) == Graph.WRITE;
                if (round && (circle < 0 || writes && !writing)) {
                    circle = state;
                    writing = writes;
                }
            }
        }
    }
}
