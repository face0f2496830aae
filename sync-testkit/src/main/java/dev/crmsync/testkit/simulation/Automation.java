package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.model.NativeValue;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * An automation at a vendor that nobody told us of: whenever sync has changed a property, it puts back, a moment later, what
 * it had first found there. To sync it looks like a person who never tires.
 */
final class Automation implements BiConsumer<ToyRecord, Deed> {
    private final World world;
    private final ToyVendor vendor;
    private final Dice dice;
    private final String property;
    private final Map<String, NativeValue> first = new TreeMap<>();

    Automation(World world, ToyVendor vendor, Dice dice) {
        this.world = world;
        this.vendor = vendor;
        this.dice = dice;
        this.property = dice.of(Shape.EMAIL, Shape.PHONE);
    }

    @Override
    public void accept(ToyRecord record, Deed deed) {
        boolean ours = deed.kind() == Deed.Kind.EDITED && !deed.byPerson();
        Deed.Change change = deed.changes().get(property);
        if (!ours || change == null || change.before() == null) {
            return;
        }
        NativeValue back = first.computeIfAbsent(record.ref.id(), id -> change.before());
        world.at(world.instant().plus(dice.millis(1, 4_000)), () -> {
            if (record.live() && !back.equals(record.properties.get(property))) {
                vendor.personEdits(record, Map.of(property, back));
            }
        });
    }
}
