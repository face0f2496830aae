package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The people of the toy world, who know nothing of sync: they make, edit, clear, archive and delete records anywhere. */
final class People {
    private final World world;
    private final Chronicle chronicle;
    private final Dice dice;
    private final List<ToyVendor> vendors;
    private final int removals;
    private final int merges;
    private final Course course;
    private final Dials dials;
    private final Predicate<RecordRef> splitting;
    private final Map<String, Map<String, NativeValue>> earlier = new TreeMap<>();

    People(
            World world,
            Chronicle chronicle,
            Dice dice,
            Collection<ToyVendor> vendors,
            Dials dials,
            Course course,
            Predicate<RecordRef> splitting) {
        this.dials = dials;
        this.splitting = splitting;
        this.course = course;
        this.removals = dials.of(Dial.REMOVALS);
        this.merges = dials.of(Dial.MERGES);
        this.world = world;
        this.chronicle = chronicle;
        this.dice = dice;
        this.vendors = List.copyOf(vendors);
    }

    /** Those who are there when a history begins: some known to one vendor, some to several, not always in step. */
    void begin(int most) {
        int persons = dice.named("persons").between(1, most);
        for (int i = 0; i < persons; i++) {
            appear(dice.named("person" + i), i);
        }
    }

    private void appear(Dice own, int number) {
        String key = null;
        boolean anywhere = false;
        for (ToyVendor vendor : vendors) {
            boolean last = vendor.equals(vendors.get(vendors.size() - 1));
            if (own.chance(vendor.shape.anchor() ? 75 : 45) || last && !anywhere) {
                Values values = new Values(own.chance(60) ? dice.named("self" + number) : own, vendor.shape);
                Map<String, NativeValue> properties = values.person(number);
                if (key != null && own.chance(90)) {
                    properties.put(Shape.JOIN_KEY, NativeValue.text(key));
                }
                ToyRecord record = vendor.personCreates(properties);
                key = vendor.shape.anchor() ? record.ref.id() : key;
                anywhere = true;
            }
        }
    }

    /** Plans what they will do, and returns how many things those are; what each deed is hangs on the seed and on what it finds, and on no other deed's dice. */
    int plan(int most, Duration span) {
        int deeds = most == 0 ? 0 : dice.named("deeds").between(1, most);
        int number = 0;
        while (number < deeds) {
            Dice when = dice.named("when" + number);
            Duration time = Duration.ofMillis(when.below((int) span.toMillis()));
            int burst = when.chance(30) ? when.between(2, 4) : 1;
            int vendor = when.below(vendors.size());
            int record = when.below(1_000);
            for (int i = 0; i < burst && number < deeds; i++) {
                int deed = number++;
                Dice own = dice.named("deed" + deed);
                boolean elsewhere = own.chance(25);
                int where = elsewhere ? own.below(vendors.size()) : vendor;
                if (course.has(deed)) {
                    world.at(world.instant().plus(time), () -> {
                        if (!rarely(deed, vendors.get(where), record)) {
                            act(own, vendors.get(where), record);
                        }
                    });
                }
                time = time.plus(when.chance(15) ? Duration.ZERO : when.millis(1, 4_000));
            }
        }
        return number;
    }

    /** What people do when a dial asks for it, by dice of its own; whether they did. */
    private boolean rarely(int deed, ToyVendor vendor, int which) {
        List<ToyRecord> all = vendor.all();
        if (all.isEmpty()) {
            return false;
        }
        ToyRecord record = all.get(which % all.size());
        Dice restoring = dice.named("undelete" + deed);
        if (restoring.chance(dials.of(Dial.UNDELETES))) {
            Optional<ToyRecord> archived =
                    all.stream().filter(one -> one.archived && !one.hidden).findFirst();
            archived.ifPresent(vendor::personRestores);
            return archived.isPresent();
        }
        Dice importing = dice.named("import" + deed);
        if (importing.chance(dials.of(Dial.IMPORTS))) {
            all.stream().filter(ToyRecord::live).forEach(one -> edit(importing, vendor, one));
            return true;
        }
        Dice hiding = dice.named("hiding" + deed);
        if (hiding.chance(dials.of(Dial.HIDINGS)) && record.live() && !record.hidden) {
            vendor.hide(record, true);
            world.at(world.instant().plus(hiding.millis(60_000, 3_600_000)), () -> vendor.hide(record, false));
            return true;
        }
        boolean splits = dice.named("split" + deed).chance(dials.of(Dial.SPLITS));
        return splits && record.live() && splitting.test(record.ref);
    }

    /** From now on everything is in sight. */
    void goHome() {
        vendors.forEach(vendor -> vendor.all().forEach(record -> vendor.hide(record, false)));
    }

    private void act(Dice own, ToyVendor vendor, int which) {
        List<ToyRecord> all = vendor.all();
        if (all.isEmpty() || own.chance(4)) {
            chronicle.count("people's creates");
            vendor.personCreates(new Values(own, vendor.shape).person(own.between(10, 900)));
            return;
        }
        ToyRecord record = all.get(which % all.size());
        if (!record.live()) {
            if (record.archived && own.chance(60)) {
                chronicle.count("people's restores");
                vendor.personRestores(record);
            }
            return;
        }
        if (own.chance(removals)) {
            chronicle.count("people's removals");
            vendor.personRemoves(record, own.chance(40));
            return;
        }
        if (merges > 0 && own.chance(merges) && merge(own, vendor, record)) {
            return;
        }
        edit(own, vendor, record);
    }

    private boolean merge(Dice own, ToyVendor vendor, ToyRecord record) {
        List<ToyRecord> others = vendor.all().stream()
                .filter(other -> other.live() && !other.equals(record))
                .toList();
        if (others.isEmpty()) {
            return false;
        }
        chronicle.count("people's merges");
        vendor.personMerges(record, own.of(others));
        return true;
    }

    private void edit(Dice own, ToyVendor vendor, ToyRecord record) {
        Map<String, NativeValue> patch = patch(own, vendor, record);
        Map<String, NativeValue> before = new TreeMap<>();
        patch.keySet()
                .forEach(property -> before.put(property, record.properties.getOrDefault(property, NativeValue.EMPTY)));
        earlier.computeIfAbsent(record.ref.toString(), fresh -> new TreeMap<>()).putAll(before);
        chronicle.count("people's edits");
        vendor.personEdits(record, patch);
    }

    private Map<String, NativeValue> patch(Dice own, ToyVendor vendor, ToyRecord record) {
        Map<String, NativeValue> old = earlier.getOrDefault(record.ref.toString(), Map.of());
        if (!old.isEmpty() && own.chance(15)) {
            String property = own.of(new ArrayList<>(old.keySet()));
            return property.equals(Shape.BAG)
                    ? Map.of(
                            property,
                            emptied(
                                    record.properties.getOrDefault(property, NativeValue.EMPTY),
                                    old.getOrDefault(property, NativeValue.EMPTY)))
                    : Map.of(property, old.getOrDefault(property, NativeValue.EMPTY));
        }
        Values values = new Values(own, vendor.shape);
        int what = own.below(100);
        if (what < 25) {
            return values.name(record);
        } else if (what < 40) {
            return values.email(record, strangers(vendor, own));
        } else if (what < 55) {
            return values.phone(record);
        } else if (what < 75) {
            return values.labels(record);
        } else if (what < 95) {
            return values.bag();
        }
        return Map.of(Shape.PRIVATE, NativeValue.number(own.below(100)));
    }

    /** A patch of a bag that brings back what it once was. */
    private static NativeValue emptied(NativeValue now, NativeValue then) {
        Map<String, NativeValue> keys = new TreeMap<>();
        if (now instanceof NativeValue.Entries present) {
            present.entries().keySet().forEach(key -> keys.put(key, NativeValue.EMPTY));
        }
        if (then instanceof NativeValue.Entries past) {
            keys.putAll(past.entries());
        }
        return new NativeValue.Entries(keys);
    }

    /** Now and then somebody enters another person's address. */
    private static NativeValue strangers(ToyVendor vendor, Dice own) {
        List<ToyRecord> all = vendor.all();
        return own.chance(6)
                ? all.get(own.below(all.size())).properties.getOrDefault(Shape.EMAIL, NativeValue.EMPTY)
                : NativeValue.EMPTY;
    }
}
