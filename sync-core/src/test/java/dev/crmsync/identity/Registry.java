package dev.crmsync.identity;

import dev.crmsync.planning.Due;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Plan;
import dev.crmsync.planning.Planner;
import dev.crmsync.planning.ReviewChange;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.Side;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All links there are, as a ledger would keep them: events are identified against all of them, and planned. */
final class Registry {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    final Rules rules;
    final Map<RecordRef, String> owners = new HashMap<>();
    final Map<String, LinkState> links = new TreeMap<>();
    final Map<String, ReviewChange.Opened> reviews = new TreeMap<>();
    final Map<String, List<Due>> due = new TreeMap<>();
    Plan last;

    Registry(Rules rules) {
        this.rules = rules;
        this.last = new Plan(Links.of(List.of()), List.of(), List.of(), List.of());
    }

    static RecordRef ref(String system, String id) {
        return new RecordRef(system, Contact.TYPE, id);
    }

    /** A record that is told of whole. */
    static ChangeEvent seen(RecordRef ref, String... properties) {
        return ChangeEvent.full(ref, values(properties), AsOf.at(NOW), Evidence.EVENT);
    }

    static Map<String, NativeValue> values(String... properties) {
        Map<String, NativeValue> values = new TreeMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            values.put(properties[i], NativeValue.text(properties[i + 1]));
        }
        return values;
    }

    /** Identifies an event against all links there are, plans what comes of it, and the event itself. */
    List<IdentityChange> arrives(ChangeEvent event, String newLink) {
        List<IdentityChange> changes = identify(event, newLink);
        String owner = owners.get(event.ref());
        if (owner != null) {
            take(new Input.Observed(NOW, seq(List.of(owner)), owner, event, Map.of()), List.of(owner));
        }
        return changes;
    }

    List<IdentityChange> identify(ChangeEvent event, String newLink) {
        Map<Situation.Match, List<String>> matches = new TreeMap<>();
        for (Situation.Match match : Identity.matchesOf(event, rules)) {
            matches.put(match, bearers(match));
        }
        List<IdentityChange> changes =
                Identity.identify(new Situation(event, owners, matches, Links.of(links.values()), newLink, rules));
        changes.forEach(this::plan);
        return changes;
    }

    void plan(IdentityChange change) {
        change.links().forEach(id -> links.putIfAbsent(id, LinkState.empty(id, Contact.TYPE)));
        take(new Input.Identity(NOW, seq(change.links()), change), change.links());
    }

    /** The gate just before a record is made. */
    List<IdentityChange> beforeCreate(String link, String system) {
        Map<Situation.Match, List<String>> matches = new TreeMap<>();
        for (Situation.Match match : Identity.valuesOf(links.get(link), rules)) {
            matches.put(match, bearers(match));
        }
        List<IdentityChange> changes =
                Identity.beforeCreate(links.get(link), system, matches, Links.of(links.values()));
        changes.forEach(this::plan);
        return changes;
    }

    private List<String> bearers(Situation.Match match) {
        return links.values().stream()
                .filter(link -> Identity.matchesOf(link, rules).contains(match))
                .map(LinkState::id)
                .toList();
    }

    /** A write to a system begins. */
    InFlight write(String link, String system) {
        take(new Input.WriteStarted(NOW, seq(List.of(link)), link, system, Map.of(), null), List.of(link));
        InFlight flight = side(link, system).inFlight();
        if (flight == null) {
            throw new AssertionError("nothing is written of " + link + " to " + system);
        }
        return flight;
    }

    void outcome(String link, String system, InFlight flight, Outcome outcome) {
        take(
                new Input.WriteOutcome(NOW, seq(List.of(link)), link, system, flight.seq(), outcome, Map.of()),
                List.of(link));
    }

    void erase(String link) {
        take(new Input.Erase(NOW, seq(List.of(link)), link), List.of(link));
    }

    Side side(String link, String system) {
        return links.get(link).side(system);
    }

    /** What is due of all links. */
    List<Due> due() {
        List<Due> all = new ArrayList<>();
        due.values().forEach(all::addAll);
        return all;
    }

    private long seq(List<String> ids) {
        return ids.stream().mapToLong(id -> links.get(id).seq()).max().orElse(0) + 1;
    }

    void take(Input input, String link) {
        take(input, List.of(link));
    }

    private void take(Input input, List<String> ids) {
        Plan plan = Planner.plan(Links.of(ids.stream().map(links::get).toList()), input, rules);
        last = plan;
        plan.after().byId().values().forEach(link -> {
            links.put(link.id(), link);
            owners.values().removeIf(link.id()::equals);
            link.refs().forEach(known -> owners.put(known, link.id()));
            due.put(link.id(), Planner.due(link, rules));
        });
        plan.reviews().forEach(review -> {
            if (review instanceof ReviewChange.Opened opened) {
                reviews.put(opened.id(), opened);
            } else if (review instanceof ReviewChange.Closed closed) {
                reviews.remove(closed.id());
            }
        });
    }
}
