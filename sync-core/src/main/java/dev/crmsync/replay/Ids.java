package dev.crmsync.replay;

import dev.crmsync.planning.Due;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Side;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gathers the ids of links and records that a recording speaks of. */
final class Ids {
    private final SortedSet<String> ids = new TreeSet<>();

    private Ids() {}

    static SortedSet<String> of(List<Step> steps) {
        Ids all = new Ids();
        steps.forEach(all::step);
        return all.ids;
    }

    private void step(Step step) {
        step.before().forEach(before -> {
            ids.add(before.link());
            names(before.successors());
            if (before.state() != null) {
                state(before.state());
            }
        });
        step.due().stream().map(Due::waitingOn).forEach(this::add);
        input(step.input());
    }

    private void input(Input input) {
        if (input instanceof Input.Observed one) {
            event(one.event());
            references(one.references());
        } else if (input instanceof Input.WriteStarted one) {
            names(one.parents());
        } else if (input instanceof Input.WriteOutcome one) {
            references(one.references());
            if (one.outcome() instanceof Outcome.Done done) {
                ref(done.ref());
                event(done.record());
            } else if (one.outcome() instanceof Outcome.Rejected rejected) {
                ref(rejected.existing());
            }
        } else if (input instanceof Input.ReadOutcome one) {
            references(one.references());
            if (one.read() instanceof Read.Found found) {
                event(found.record());
            } else if (one.read() instanceof Read.MergedInto merged) {
                ref(merged.into());
                event(merged.record());
            }
        } else if (input instanceof Input.Identity one) {
            change(one.change());
        }
    }

    private void change(IdentityChange change) {
        ids.addAll(change.links());
        if (change instanceof IdentityChange.Born one) {
            ref(one.ref());
        } else if (change instanceof IdentityChange.Attached one) {
            ref(one.ref());
        } else if (change instanceof IdentityChange.Mentioned one) {
            ref(one.ref());
        } else if (change instanceof IdentityChange.Rekeyed one) {
            ref(one.from());
            ref(one.to());
        } else if (change instanceof IdentityChange.Merged one) {
            ref(one.gone());
            ref(one.survivor());
        } else if (change instanceof IdentityChange.Converted one) {
            ref(one.from());
            ref(one.to());
        } else if (change instanceof IdentityChange.Split one) {
            ref(one.ref());
        } else if (change instanceof IdentityChange.Unlinked one) {
            ref(one.ref());
        } else if (change instanceof IdentityChange.Followed one) {
            ref(one.ref());
        }
    }

    private void state(LinkState state) {
        ids.add(state.id());
        ids.addAll(state.apart());
        ids.addAll(state.references());
        add(state.joinedInto());
        state.sides().values().forEach(this::side);
    }

    private void side(Side side) {
        add(side.record());
        ids.addAll(side.secondaries());
        side.seen().values().forEach(seen -> names(seen.links()));
    }

    private void event(@Nullable ChangeEvent event) {
        if (event != null) {
            ref(event.ref());
            event.other().ifPresent(this::ref);
        }
    }

    private void references(Map<RecordRef, String> references) {
        references.forEach((ref, link) -> {
            ref(ref);
            ids.add(link);
        });
    }

    private void names(Map<String, String> names) {
        ids.addAll(names.keySet());
        ids.addAll(names.values());
    }

    private void ref(@Nullable RecordRef ref) {
        if (ref != null) {
            ids.add(ref.id());
        }
    }

    private void add(@Nullable String id) {
        if (id != null) {
            ids.add(id);
        }
    }
}
