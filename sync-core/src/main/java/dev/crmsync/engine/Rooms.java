package dev.crmsync.engine;

import dev.crmsync.delivery.Outlet;
import dev.crmsync.intake.Intake;
import dev.crmsync.intake.IntakeSettings;
import dev.crmsync.intake.Reception;
import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Pauses;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.ledger.Worked;
import dev.crmsync.planning.Rules;
import dev.crmsync.pull.Polls;
import dev.crmsync.pull.Pulled;
import dev.crmsync.pull.Recovery;
import dev.crmsync.pull.Routing;
import dev.crmsync.review.DeadLetterBox;
import dev.crmsync.review.Reviews;
import dev.crmsync.safety.ArchiveGate;
import dev.crmsync.safety.Backfill;
import dev.crmsync.safety.Sweeps;
import dev.crmsync.segments.Segments;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.ListsChanges;
import dev.crmsync.spi.model.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rooms of one sync in a running engine. */
final class Rooms {
    private static final Duration POLL = Duration.ofMinutes(1);

    final SyncContext context;
    final Ledger ledger;
    final Pauses pauses;
    final Reception reception;
    final Intake intake;
    final Polls polls;
    final Sweeps sweeps;
    final Backfill backfill;
    final ArchiveGate archives;
    final Reviews reviews;
    final DeadLetterBox deadLetters;
    final Upkeep upkeep;
    final Explanations explanations;
    final Identities identities;
    final Erasing erasing;
    final Linking linking;
    final Refreshing refreshing;
    final Segments segments;
    final Routing routing;
    final Recovery recovery;
    final Outlet outlet;
    final Accounts accounts;
    final Incidents incidents;

    Rooms(Sync sync, Seams seams, IntakeSettings intakeSettings, Upkeep.Ages ages) {
        String owner = intakeSettings.owner();
        // Before the adapters: a store that fails leaves none of them open.
        Bytes salt = Salt.of(seams.store(), sync.name(), owner, seams.clock().instant(), seams.ids());
        Assembly assembly = Assembly.of(sync, seams);
        Rules rules = assembly.rules();
        context = new SyncContext(
                sync.name(),
                seams.store(),
                () -> rules,
                assembly.adapters(),
                seams.clock(),
                seams.ids(),
                seams.jitter(),
                seams.listener(),
                salt,
                seams.options().of(sync, rules));
        ledger = new Ledger(context);
        pauses = new Pauses(context);
        reception = new Reception(context, intakeSettings);
        intake = new Intake(ledger, intakeSettings);
        polls = new Polls(ledger, assembly.pacers(), intervals(sync, assembly.adapters()), owner);
        sweeps = new Sweeps(ledger, assembly.pacers(), sync.sweeps(), sync.budget());
        backfill = new Backfill(ledger, assembly.pacers(), sync.budget(), seams.sleeper());
        segments = new Segments(ledger, assembly.pacers(), sync.budget(), seams.sleeper());
        routing = new Routing(ledger, assembly.pacers(), seams.sleeper());
        recovery = new Recovery(context, assembly.pacers(), seams.sleeper());
        archives = new ArchiveGate(ledger, sync.budget());
        reviews = new Reviews(ledger);
        deadLetters = new DeadLetterBox(ledger);
        Reach reach = new Reach(context);
        reach.begin();
        upkeep = new Upkeep(context, owner, ages, reach);
        explanations = new Explanations(ledger, pauses);
        identities = new Identities(ledger, explanations, reach);
        erasing = new Erasing(ledger);
        linking = new Linking(ledger);
        refreshing = new Refreshing(ledger, explanations);
        outlet = new Outlet(ledger, assembly.pacers(), pauses);
        incidents = new Incidents(context);
        accounts = new Accounts(context, assembly.pacers(), seams.sleeper());
    }

    /** What goes on in these rooms by itself, beside intake and delivery. */
    List<Activity> activities() {
        List<Activity> activities = new ArrayList<>();
        // As many at a time as there are systems, so that a slow one delays no other's polls.
        for (String system : context.adapters().keySet()) {
            activities.add(new Activity(context.sync() + " polls, for " + system, () -> pulled(polls.step())));
        }
        activities.add(new Activity(context.sync() + " sweeps", () -> pulled(sweeps.step())));
        activities.add(new Activity(context.sync() + " archives", archives::step));
        activities.add(new Activity(context.sync() + " upkeep", upkeep::step));
        return activities;
    }

    private static Worked pulled(Pulled pulled) {
        return new Worked(pulled.worked(), pulled.next());
    }

    private static Map<String, Duration> intervals(Sync sync, Map<String, Adapter> adapters) {
        Map<String, Duration> intervals = new TreeMap<>();
        adapters.forEach((system, adapter) -> {
            Duration interval = sync.polls().getOrDefault(system, POLL);
            if (adapter instanceof ListsChanges && !interval.isZero()) {
                intervals.put(system, interval);
            }
        });
        return intervals;
    }
}
