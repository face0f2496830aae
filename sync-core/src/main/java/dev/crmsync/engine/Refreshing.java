package dev.crmsync.engine;

import dev.crmsync.ledger.Arrival;
import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Observation;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.planning.Rules;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.Lane;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Asks for reads of a record at every system, because somebody wants it in step now. */
final class Refreshing {
    private final Ledger ledger;
    private final SyncContext context;
    private final Explanations explanations;

    Refreshing(Ledger ledger, Explanations explanations) {
        this.ledger = ledger;
        this.context = ledger.context();
        this.explanations = explanations;
    }

    void ask(RecordRef ref) {
        context.adapter(ref.system());
        refuseUnsynced(ref);
        want(List.of(ref));
        String link = explanations.linkOf(ref);
        List<RecordRef> others = ledger.load(List.of(link)).values().stream()
                .flatMap(state -> state.sides().keySet().stream()
                        .map(state::ref)
                        .filter(other -> other != null && !other.equals(ref)))
                .toList();
        want(others);
    }

    private void refuseUnsynced(RecordRef ref) {
        Rules rules = context.rules().get();
        Set<String> synced = new TreeSet<>(rules.policy().policies().keySet());
        synced.retainAll(rules.system(ref.system())
                .map(known -> known.mappings().keySet())
                .orElse(Set.of()));
        if (!synced.contains(ref.type())) {
            throw SyncException.configuration("sync " + context.sync() + " does not sync the type '" + ref.type()
                            + "' at system " + ref.system() + "; it syncs " + synced + " there")
                    .inSystem(ref.system())
                    .about(ref.type());
        }
    }

    private void want(List<RecordRef> refs) {
        AsOf now = AsOf.at(context.now());
        List<Arrival> gaps = refs.stream()
                .map(ref -> Arrival.of(ChangeEvent.of(ref, ChangeKind.GAP, now, Evidence.EVENT)))
                .toList();
        Observation observation = ledger.observe(gaps, Lane.LIVE, null);
        if (!observation.left().isEmpty()) {
            throw SyncException.of(Kind.TRANSIENT, "others are at the same record; try again");
        }
    }
}
