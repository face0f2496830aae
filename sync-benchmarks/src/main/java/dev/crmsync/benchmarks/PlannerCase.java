package dev.crmsync.benchmarks;

import dev.crmsync.planning.Agreed;
import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Plan;
import dev.crmsync.planning.Planner;
import dev.crmsync.planning.Rules;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.NativeValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** One input to the planner, beside the same question put to the floor: which fields does it change? */
final class PlannerCase {
    private final Rules rules;
    private final LinkState link;
    private final Links before;
    private final Input input;
    private final Floor floor;
    private final Map<String, Value> agreed;
    private final Map<String, Value> lastSeen;
    private final Map<String, Value> given;

    private PlannerCase(Story story, LinkState link, Input input, String system, String cityBefore, String cityGiven) {
        this.rules = story.rules;
        this.link = link;
        this.before = Links.of(link);
        this.input = input;
        this.floor = new Floor(rules.lenses().canon(), Person.fields());
        this.agreed = new HashMap<>();
        link.agreed().forEach((field, value) -> agreed.put(field, value.value()));
        this.lastSeen = values(rules, system, cityBefore);
        this.given = values(rules, system, cityGiven);
    }

    static PlannerCase of(PlannerInput kind) {
        Story story = new Story();
        return switch (kind) {
            case BASELINE ->
                new PlannerCase(story, story.joining, story.baseline(), Person.NOTION, Person.OLD_CITY, Person.OLD_CITY)
                        .seenForTheFirstTime();
            case UNCHANGED ->
                new PlannerCase(story, story.inStep, story.unchanged(), Person.CRM, Person.OLD_CITY, Person.OLD_CITY);
            case ECHO ->
                new PlannerCase(story, story.writing, story.echo(), Person.NOTION, Person.OLD_CITY, Person.NEW_CITY);
            case OWNER_EDIT ->
                new PlannerCase(story, story.inStep, story.edit(), Person.CRM, Person.OLD_CITY, Person.NEW_CITY);
            // What the receiver lacks: seen from there, the agreed values are given, and none of them was agreed there.
            case WRITE_STARTED ->
                new PlannerCase(
                                story,
                                story.edited,
                                story.writeStarted(),
                                Person.NOTION,
                                Person.OLD_CITY,
                                Person.NEW_CITY)
                        .seenFromTheReceiver();
            case WRITE_OUTCOME ->
                new PlannerCase(
                        story, story.writing, story.writeOutcome(), Person.NOTION, Person.OLD_CITY, Person.NEW_CITY);
        };
    }

    private PlannerCase seenFromTheReceiver() {
        agreed.clear();
        agreed.putAll(lastSeen);
        return this;
    }

    private PlannerCase seenForTheFirstTime() {
        lastSeen.clear();
        return this;
    }

    Plan plan() {
        return Planner.plan(before, input, rules);
    }

    Map<String, Value> floor() {
        return floor.changed(agreed, lastSeen, given);
    }

    /** The fields whose agreed value a plan changed, or that it claimed to be written. */
    Set<String> changedBy(Plan plan) {
        LinkState after = plan.after().get(link.id());
        Set<String> changed = new TreeSet<>();
        after.agreed().forEach((field, now) -> {
            Agreed then = link.agreed().get(field);
            if (then == null || !then.value().equals(now.value())) {
                changed.add(field);
            }
        });
        after.sides().forEach((system, side) -> {
            InFlight flight = side.inFlight();
            if (flight != null && link.side(system).inFlight() == null) {
                rules.lenses()
                        .fieldsOf(mapping(rules, system), flight.slots().keySet())
                        .forEach(field -> changed.add(field.name()));
            }
        });
        return changed;
    }

    private static Map<String, Value> values(Rules rules, String system, String city) {
        Mapping mapping = mapping(rules, system);
        Map<String, NativeValue> slots = rules.lenses().slots(mapping, Person.shownBy(system, city));
        Map<String, Value> values = new HashMap<>();
        for (Field field : Person.fields()) {
            Value value = rules.lenses().get(system, mapping.carrying(field).orElseThrow(), field, slots, ref -> null);
            values.put(field.name(), Objects.requireNonNull(value));
        }
        return values;
    }

    private static Mapping mapping(Rules rules, String system) {
        return rules.system(system)
                .flatMap(known -> known.mapping(Contact.TYPE))
                .orElseThrow();
    }
}
