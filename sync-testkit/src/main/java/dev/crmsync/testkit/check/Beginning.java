package dev.crmsync.testkit.check;

import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.NativeValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the state that a search begins with: one link with a record at each system, and what these hold. */
final class Beginning {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int LONGEST = 300;

    private final Arena arena;

    Beginning(Arena arena) {
        this.arena = arena;
    }

    /** As the setting says. */
    World begin() {
        Map<String, String> starts = arena.setting.starts;
        return arena.setting.unseen
                ? joining(starts)
                : settled(starts)
                        .orElseThrow(() -> new IllegalStateException(
                                "the world never comes to rest before anybody has done anything; look at it unseen()"));
    }

    /** A world in which sync has seen everything and has nothing left to do; empty when it never comes to that. */
    Optional<World> settled(Map<String, String> starts) {
        World world = joining(starts);
        Moves moves = new Moves(arena);
        for (int made = 0; made < LONGEST; made++) {
            Move next = moves.of(world).stream()
                    .filter(move -> !move.fromOutside() && !(move instanceof Move.Pass))
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                return Optional.of(known(world));
            }
            Turn turn = new Turn(arena, world);
            turn.make(next);
            world = turn.world();
        }
        return Optional.empty();
    }

    /** Whatever stands there now was entered by people, and nothing was written yet that counts. */
    private World known(World world) {
        List<Place> places = new ArrayList<>();
        for (int at = 0; at < arena.systems.size(); at++) {
            Place place = world.places().get(at);
            SortedMap<String, Hand> hands = new TreeMap<>();
            for (Field field : arena.fields) {
                Value value = arena.systems.get(at).held(field, place.holds(), arena.lenses());
                if (value != null && !value.isBlank()) {
                    hands.put(
                            field.name(),
                            Hand.initial(value, arena.systems.get(at).time(0)));
                }
            }
            places.add(place.beginning(hands));
        }
        return new World(world.link(), world.due(), places, world.asked(), world.left(), world.now(), world.ticks());
    }

    /** A world in which the records are known to be one, and none of them was seen yet. */
    World joining(Map<String, String> starts) {
        List<Place> places = new ArrayList<>();
        for (ToySystem system : arena.systems) {
            Place place = Place.empty(system.time(0), arena.setting.editsEach);
            places.add(arena.setting.missing.contains(system.name) ? place : holding(system, place, starts));
        }
        LinkState none = LinkState.empty(Arena.LINK, arena.type.name());
        World world = new World(none, List.of(), places, new TreeMap<>(), arena.setting.budget, START, 0);
        Turn turn = new Turn(arena, world);
        for (int at = 0; at < places.size(); at++) {
            ToySystem system = arena.systems.get(at);
            if (places.get(at).exists()) {
                IdentityChange change = turn.link.seq() == 0
                        ? new IdentityChange.Born(Arena.LINK, system.ref())
                        : new IdentityChange.Attached(Arena.LINK, system.ref(), IdentityChange.Attached.JOIN_KEY);
                turn.plan(new Input.Identity(START, turn.seq(), change));
            }
        }
        return turn.world();
    }

    private Place holding(ToySystem system, Place place, Map<String, String> starts) {
        SortedMap<String, NativeValue> holds = new TreeMap<>();
        for (Field field : arena.fields) {
            String text = starts.getOrDefault(
                    Setting.place(system.name, field), arena.values(field).get(0));
            Map<String, NativeValue> given = system.entering(field, text, holds, arena.lenses());
            if (given != null) {
                holds.putAll(system.kept(given, arena.lenses()));
            }
        }
        if (!system.anchor) {
            holds.put(
                    ToySystem.JOIN_KEY,
                    NativeValue.text(arena.systems.get(0).ref().id()));
        }
        Place held = place.holding(Collections.unmodifiableSortedMap(holds), place.changed());
        return held.noticing(
                new Notice(system.listed(held), held.changed(), Collections.emptySortedSet(), false, false));
    }
}
