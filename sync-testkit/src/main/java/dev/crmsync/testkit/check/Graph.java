package dev.crmsync.testkit.check;

import java.util.Arrays;

/**
 * The states that a search has found, by their fingerprints and numbered from 0, and the moves between them. Keeps no state
 * itself: a path is walked again from the beginning. Not thread-safe.
 */
final class Graph {
    private long[] highs = new long[1 << 12];
    private long[] lows = new long[1 << 12];
    private int[] slots = new int[1 << 14];
    private int[] parents = new int[1 << 12];
    private short[] ways = new short[1 << 12];
    private int[] firstEdge = new int[1 << 12];
    private int[] targets = new int[1 << 14];
    private byte[] kinds = new byte[1 << 14];
    private int states;
    private int edges;

    /** A move between two states. */
    static final byte OTHER = 0;

    /** A move that begins a write. */
    static final byte WRITE = 1;

    /** A move of somebody outside. */
    static final byte OUTSIDE = 2;

    Graph() {
        Arrays.fill(slots, -1);
    }

    /** The number of a state, or -1 - n when it is new and was given the number n. */
    int add(long high, long low, int parent, int way) {
        int slot = slot(high, low);
        if (slots[slot] >= 0) {
            return slots[slot];
        }
        if (states == highs.length) {
            highs = Arrays.copyOf(highs, 2 * states);
            lows = Arrays.copyOf(lows, 2 * states);
            parents = Arrays.copyOf(parents, 2 * states);
            ways = Arrays.copyOf(ways, 2 * states);
            firstEdge = Arrays.copyOf(firstEdge, 2 * states);
        }
        highs[states] = high;
        lows[states] = low;
        parents[states] = parent;
        ways[states] = (short) way;
        slots[slot] = states++;
        if (states * 2 > slots.length) {
            grow();
        }
        return -states;
    }

    private int slot(long high, long low) {
        int mask = slots.length - 1;
        int slot = (int) (high ^ low >>> 17) & mask;
        while (slots[slot] >= 0 && (highs[slots[slot]] != high || lows[slots[slot]] != low)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        Arrays.fill(slots, -1);
        for (int state = 0; state < states; state++) {
            slots[slot(highs[state], lows[state])] = state;
        }
    }

    /** From now on edges are those of this state; states are expanded in the order of their numbers. */
    void expand(int state) {
        firstEdge[state] = edges;
    }

    void edge(int target, byte kind) {
        if (edges == targets.length) {
            targets = Arrays.copyOf(targets, 2 * edges);
            kinds = Arrays.copyOf(kinds, 2 * edges);
        }
        targets[edges] = target;
        kinds[edges++] = kind;
    }

    int states() {
        return states;
    }

    int edges() {
        return edges;
    }

    int firstEdge(int state) {
        return firstEdge[state];
    }

    int endOfEdges(int state) {
        return state + 1 < states ? firstEdge[state + 1] : edges;
    }

    int target(int edge) {
        return targets[edge];
    }

    byte kind(int edge) {
        return kinds[edge];
    }

    int parent(int state) {
        return parents[state];
    }

    /** Which of the parent's moves led to a state. */
    int way(int state) {
        return ways[state];
    }
}
