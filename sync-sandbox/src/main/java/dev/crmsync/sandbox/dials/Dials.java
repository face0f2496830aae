package dev.crmsync.sandbox.dials;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The dials of one stand-in. Thread-safe; a turned dial counts from the next request on. */
public final class Dials {
    private final Map<String, Dial> known = new LinkedHashMap<>();
    private final Map<String, Object> turned = new ConcurrentHashMap<>();

    /** Declares a flag. */
    public Dials flag(String name, boolean standard, String fact) {
        return declare(new Dial(name, standard, List.of(), fact));
    }

    /** Declares a number. */
    public Dials number(String name, double standard, String fact) {
        return declare(new Dial(name, standard, List.of(), fact));
    }

    /** Declares a choice; the first word is the default. */
    public Dials choice(String name, String fact, String... words) {
        return declare(new Dial(name, words[0], List.of(words), fact));
    }

    /** Declares free text. */
    public Dials text(String name, String standard, String fact) {
        return declare(new Dial(name, standard, List.of(), fact));
    }

    /** Whether a flag is up. */
    public boolean on(String name) {
        return (Boolean) value(name);
    }

    /** A number. */
    public double number(String name) {
        return (Double) value(name);
    }

    /** A number, rounded. */
    public long whole(String name) {
        return Math.round(number(name));
    }

    /** A chosen word, or free text. */
    public String word(String name) {
        return (String) value(name);
    }

    /** Whether a choice stands at this word. */
    public boolean is(String name, String word) {
        return word(name).equals(word);
    }

    /** Turns several dials, all or none; throws IllegalArgumentException for an unknown name or a wrong value. */
    public void turn(Map<String, ?> values) {
        Map<String, Object> accepted = new LinkedHashMap<>();
        values.forEach((name, value) -> accepted.put(name, dial(name).accept(value)));
        turned.putAll(accepted);
    }

    /** Turns one dial. */
    public void turn(String name, Object value) {
        turn(Map.of(name, value));
    }

    /** Every dial back to its default. */
    public void reset() {
        turned.clear();
    }

    /** Every dial and its present value. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        known.keySet().forEach(name -> values.put(name, value(name)));
        return values;
    }

    /** The dials that are not at their default. */
    public Map<String, Object> turned() {
        return new LinkedHashMap<>(turned);
    }

    /** The dials themselves, in the order of declaration. */
    public List<Dial> all() {
        return new ArrayList<>(known.values());
    }

    private Dials declare(Dial dial) {
        if (known.put(dial.name(), dial) != null) {
            throw new IllegalStateException("Dial declared twice: " + dial.name());
        }
        return this;
    }

    private Object value(String name) {
        Object value = turned.get(name);
        return value == null ? dial(name).standard() : value;
    }

    private Dial dial(String name) {
        Dial dial = known.get(name);
        if (dial == null) {
            throw new IllegalArgumentException("No dial is called " + name + "; GET admin/dials lists them");
        }
        return dial;
    }
}
