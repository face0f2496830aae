package dev.crmsync.ledger;

import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Reason;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.DueChange;
import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs postings on one desk after the other until each is committed, has failed, or was overtaken too often. */
final class Round {
    /** How often a posting is planned before it is left for later. */
    private static final int TRIES = 8;

    private final SyncContext context;
    private final MatchKeys keys;
    private final Consumer<Desk> preparation;

    Round(SyncContext context, MatchKeys keys, Consumer<Desk> preparation) {
        this.context = context;
        this.keys = keys;
        this.preparation = preparation;
    }

    List<Posted> run(List<Posting> postings, @Nullable Fence fence) {
        Posted[] results = new Posted[postings.size()];
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < postings.size(); i++) {
            open.add(i);
        }
        for (int tries = 0; tries < TRIES && !open.isEmpty(); tries++) {
            open = once(postings, open, fence, results);
        }
        open.forEach(index -> results[index] = without(Posted.State.OVERTAKEN, null));
        Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
        for (Posted posted : results) {
            posted.reasons().forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
        }
        if (!reasons.isEmpty()) {
            context.listener().planned(context.sync(), reasons);
        }
        return Arrays.asList(results);
    }

    private static Posted without(Posted.State state, @Nullable RuntimeException failure) {
        return new Posted(state, Links.of(), Map.of(), failure);
    }

    /** Plans and commits those that are open, and returns those that lost. */
    private List<Integer> once(List<Posting> postings, List<Integer> open, @Nullable Fence fence, Posted[] results) {
        Desk desk = new Desk(context, keys);
        prepare(desk, postings, open);
        List<Draft> drafts = new ArrayList<>();
        List<Integer> indices = new ArrayList<>();
        for (int index : open) {
            Draft draft = new Draft(desk, postings.get(index).lane());
            try {
                postings.get(index).script().accept(draft);
            } catch (SyncException e) {
                if (e.kind() == Kind.TRANSIENT) {
                    throw e;
                }
                results[index] = without(Posted.State.FAILED, e);
                continue;
            } catch (RuntimeException e) {
                results[index] = without(Posted.State.FAILED, e);
                continue;
            }
            desk.take(draft.planned().values());
            drafts.add(draft);
            indices.add(index);
        }
        return commit(desk, drafts, indices, fence, results);
    }

    private void prepare(Desk desk, List<Posting> postings, List<Integer> open) {
        Set<String> ids = new TreeSet<>();
        Set<RecordRef> refs = new TreeSet<>();
        for (int index : open) {
            ids.addAll(postings.get(index).links());
            refs.addAll(postings.get(index).refs());
        }
        desk.fetchLinks(ids);
        desk.fetchOwners(refs);
        preparation.accept(desk);
    }

    private List<Integer> commit(
            Desk desk, List<Draft> drafts, List<Integer> indices, @Nullable Fence fence, Posted[] results) {
        List<List<Integer>> clusters = Clusters.of(drafts, desk);
        List<Unit> units = new ArrayList<>();
        List<Recorder.Written> recorded = new ArrayList<>();
        for (List<Integer> cluster : clusters) {
            UnitWriter writer = new UnitWriter(desk);
            units.add(writer.write(cluster.stream().map(drafts::get).toList()));
            recorded.add(writer.recorded());
        }
        List<Integer> lost = new ArrayList<>();
        List<Unit> won = new ArrayList<>();
        List<Object> outcomes = store(units, fence);
        for (int i = 0; i < clusters.size(); i++) {
            Object outcome = outcomes.get(i);
            if (Boolean.TRUE.equals(outcome)) {
                won.add(units.get(i));
                recorded(recorded.get(i));
            }
            for (int position : clusters.get(i)) {
                int index = indices.get(position);
                if (outcome instanceof RuntimeException failure) {
                    results[index] = without(Posted.State.FAILED, failure);
                } else if (Boolean.TRUE.equals(outcome)) {
                    results[index] = committed(desk, drafts.get(position));
                } else {
                    lost.add(index);
                }
            }
        }
        lost.sort(null);
        shadowed(drafts, indices, results);
        wakeTheLate(won);
        return lost;
    }

    /** Only what was committed, and only then: a shadow holds up nothing and changes nothing. */
    private void shadowed(List<Draft> drafts, List<Integer> indices, Posted[] results) {
        Shadow shadow = context.beside().shadow();
        if (shadow == null) {
            return;
        }
        for (int i = 0; i < drafts.size(); i++) {
            Posted result = results[indices.get(i)];
            if (result != null && result.committed()) {
                shadow.look(context.sync(), drafts.get(i).taken(), context.listener());
            }
        }
    }

    private void recorded(Recorder.Written written) {
        Recorder recorder = context.beside().recorder();
        if (recorder != null) {
            recorder.committed(written);
        }
    }

    private static Posted committed(Desk desk, Draft draft) {
        List<LinkState> after = new ArrayList<>();
        draft.planned().keySet().forEach(id -> {
            LinkState link = desk.link(id);
            if (link != null) {
                after.add(desk.guarded(link));
            }
        });
        return new Posted(Posted.State.COMMITTED, Links.of(after), Ledger.count(draft.decisions()), null);
    }

    /** For each unit whether it won, or why the store will never take it. */
    private List<Object> store(List<Unit> units, @Nullable Fence fence) {
        if (units.isEmpty()) {
            return List.of();
        }
        try {
            return new ArrayList<>(context.store().commit(context.sync(), units, fence));
        } catch (RuntimeException e) {
            if (e instanceof SyncException ours && ours.kind() == Kind.TRANSIENT) {
                throw e;
            }
            // One of them is poison, and the others are not to suffer for it.
            return units.size() == 1 ? List.of(e) : alone(units, fence);
        }
    }

    private List<Object> alone(List<Unit> units, @Nullable Fence fence) {
        List<Object> outcomes = new ArrayList<>();
        units.forEach(unit -> outcomes.addAll(store(List.of(unit), fence)));
        return outcomes;
    }

    /** A parent that gained its record while its child was made to wait has woken nobody: it is looked at once more. */
    private void wakeTheLate(List<Unit> units) {
        Map<String, Set<String>> awaited = new TreeMap<>();
        for (Unit unit : units) {
            for (var change : unit.due()) {
                if (change instanceof DueChange.Put put && put.row().waitingOn() != null) {
                    awaited.computeIfAbsent(put.row().waitingOn(), parent -> new TreeSet<>())
                            .add(put.row().system());
                }
            }
        }
        if (awaited.isEmpty()) {
            return;
        }
        Desk desk = new Desk(context, keys);
        desk.fetchLinks(awaited.keySet());
        Unit.Builder wakes = Unit.builder();
        boolean any = false;
        for (Map.Entry<String, Set<String>> entry : new TreeMap<>(awaited).entrySet()) {
            LinkState parent = Successors.of(entry.getKey(), desk::stored);
            if (parent != null && entry.getValue().stream().anyMatch(system -> parent.referable(system) != null)) {
                wakes.wake(entry.getKey());
                any = true;
            }
        }
        if (any) {
            context.store().commit(context.sync(), List.of(wakes.build()), null);
        }
    }
}
