package dev.crmsync.testkit.check;

import dev.crmsync.planning.Presence;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Seen;
import dev.crmsync.planning.Side;
import dev.crmsync.planning.Stance;
import dev.crmsync.planning.Stances;
import dev.crmsync.planning.Standing;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.model.NativeValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Law 3, of a world in which nothing happens any more unless somebody outside does something. */
final class Quiet {
    private final Arena arena;
    private final World world;

    Quiet(Arena arena, World world) {
        this.arena = arena;
        this.world = world;
    }

    /** What is wrong; null when all is in step. */
    @Nullable Breach judge() {
        String wrong = world.due().isEmpty() ? null : "work is due that cannot be done: " + world.due();
        for (int at = 0; at < arena.systems.size() && wrong == null; at++) {
            Place place = world.places().get(at);
            wrong = place.exists() ? wrong(arena.systems.get(at), place) : null;
        }
        return wrong == null ? null : new Breach(3, wrong);
    }

    private @Nullable String wrong(ToySystem system, Place place) {
        Side side = world.link().side(system.name);
        if (side.inFlight() != null || side.wanted() != null) {
            return system.name + " is not settled: in flight " + side.inFlight() + ", wanted " + side.wanted();
        } else if (side.presence() != Presence.PRESENT) {
            return "the record at " + system.name + " is there, and believed to be " + side.presence();
        }
        Map<String, NativeValue> truth = arena.lenses().slots(system.mapping, place.holds());
        for (Map.Entry<String, Seen> seen : side.seen().entrySet()) {
            NativeValue held = truth.getOrDefault(seen.getKey(), NativeValue.EMPTY);
            NativeValue believed = seen.getValue().raw();
            if (!held.equals(believed) && !(held.isBlank() && believed.isBlank())) {
                return system.name + " holds " + seen.getKey() + " = " + held + ", and is believed to hold " + believed;
            }
        }
        for (Field field : arena.fields) {
            String wrong = wrong(system, place, side, field);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private @Nullable String wrong(ToySystem system, Place place, Side side, Field field) {
        FieldMapping mapped = system.mapping.carrying(field).orElse(null);
        if (mapped == null) {
            return null;
        }
        Stance stance = Stances.of(world.link(), system.name, field, arena.rules);
        Standing standing = side.standings().get(field.name());
        if (stance == Stance.FOLLOWS || stance == Stance.ASSUMED) {
            Value agreed = Insight.agreed(world.link(), field);
            Value held = system.held(field, place.holds(), arena.lenses());
            return arena.same(field, agreed, held) || rendered(mapped, field, agreed, place, system)
                    ? null
                    : system.name + " follows and should hold " + field + " = " + Arena.show(agreed) + ", and holds "
                            + Arena.show(held);
        } else if (stance == Stance.HELD && standing != null && standing.reason() == Reason.REVERT_CAP) {
            return system.name + ": " + field + " is held by a cap that nothing lets go";
        } else if (stance == Stance.HELD && !world.asked().containsValue(system.name + "/" + field.name())) {
            return system.name + ": " + field + " is held, and nobody is asked";
        }
        return stance == Stance.WAITING || stance == Stance.PAUSED
                ? system.name + ": " + field + " is " + stance + " in a world without parents and pauses"
                : null;
    }

    private boolean rendered(FieldMapping mapped, Field field, @Nullable Value agreed, Place place, ToySystem system) {
        Map<String, NativeValue> shown = arena.lenses().slots(system.mapping, place.holds());
        Map<String, NativeValue> put =
                agreed == null ? null : arena.lenses().put(mapped, field, agreed, shown, link -> null);
        return put != null
                && put.entrySet().stream()
                        .allMatch(slot -> arena.lenses()
                                .explains(
                                        mapped, slot.getValue(), shown.getOrDefault(slot.getKey(), NativeValue.EMPTY)));
    }
}
