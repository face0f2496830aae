package dev.crmsync.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts together the drafts of a round that built on each other's links: they are committed together or not at all. */
final class Clusters {
    private final int[] parent;

    private Clusters(int size) {
        parent = new int[size];
        for (int i = 0; i < size; i++) {
            parent[i] = i;
        }
    }

    /** Indices of drafts, in clusters; a link that nobody in the round has planned brings nobody together. */
    static List<List<Integer>> of(List<Draft> drafts, Desk desk) {
        Clusters clusters = new Clusters(drafts.size());
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < drafts.size(); i++) {
            for (String link : drafts.get(i).touched()) {
                if (desk.isPlanned(link)) {
                    Integer other = first.putIfAbsent(link, i);
                    clusters.join(i, other == null ? i : other);
                }
            }
        }
        Map<Integer, List<Integer>> byRoot = new TreeMap<>();
        for (int i = 0; i < drafts.size(); i++) {
            byRoot.computeIfAbsent(clusters.root(i), root -> new ArrayList<>()).add(i);
        }
        return new ArrayList<>(byRoot.values());
    }

    private int root(int index) {
        int at = index;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    private void join(int a, int b) {
        int first = Math.min(root(a), root(b));
        parent[root(a)] = first;
        parent[root(b)] = first;
    }
}
