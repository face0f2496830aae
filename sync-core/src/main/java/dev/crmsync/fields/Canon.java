package dev.crmsync.fields;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The canonical forms and the equivalence of values, by field type. A pure function of the default region for phone
 * numbers. Immutable and thread-safe; one instance per sync is enough, and it remembers the phone numbers it has parsed.
 */
public sealed class Canon permits RecalledCanon {
    /** Raised whenever the canonical form of any value changes: what was agreed under another one is then derived anew. */
    public static final int FORM = 1;

    private final Phones phones;

    Canon(Canon other) {
        this(other.phones);
    }

    private Canon(Phones phones) {
        this.phones = phones;
    }

    /**
     * The canon that reads local phone numbers as those of one region.
     *
     * @param iso3166Region the region's two letters, such as {@code ID}
     * @return the canon
     * @throws dev.crmsync.spi.SyncException of kind CONFIGURATION when no such region has phone numbers
     */
    public static Canon withDefaultRegion(String iso3166Region) {
        return new Canon(new Phones(iso3166Region));
    }

    /**
     * The region whose local phone numbers are read as such.
     *
     * @return the region's two letters, upper case
     */
    public String defaultRegion() {
        return phones.region();
    }

    /**
     * The canonical form of a value: idempotent. Text is brought to NFC, line feeds and no outer blanks; an e-mail
     * address to lower case as well; a phone number to E.164 with {@code ;ext=} for an extension, while one that cannot be
     * parsed stays as it is; an instant to whole milliseconds; members are canonical texts without blank ones. Text
     * that spells a number, a flag or an ISO 8601 instant becomes one where the field's type asks for it. Blank text
     * becomes {@link Value#EMPTY}; the empty set stays a value of its own. A value that does not fit the type at all
     * is returned unchanged.
     *
     * @param field the field
     * @param value its value
     * @return the canonical form
     */
    public Value canonical(Field field, Value value) {
        return switch (field.type()) {
            case TEXT, ENUMERATION, BAG_ENTRY -> text(value);
            case EMAIL -> email(text(value));
            case PHONE -> phone(text(value));
            case NUMBER -> number(value);
            case FLAG -> flag(value);
            case TIME -> time(value);
            case MEMBERS -> members(value);
            case REFERENCE, REFERENCES, BAG -> value instanceof Value.Text ? text(value) : value;
        };
    }

    /**
     * Whether two values mean the same, so that neither needs to be written over the other. An equivalence relation:
     * all blank values (empty, blank text, the empty set) are one, phone numbers count by E.164 and unparsable ones by
     * their letters and digits, e-mail addresses count without regard to case, everything else by its canonical form.
     *
     * @param field the field
     * @param a one value
     * @param b another value
     * @return true when equivalent
     */
    public boolean equivalent(Field field, Value a, Value b) {
        return a.equals(b) || key(field, a).equals(key(field, b));
    }

    /**
     * Whether a value is fit to tell records apart: a phone number in a range that is in use, an e-mail address that
     * mail could be sent to. Of other types every value but a blank one is well formed.
     *
     * @param field the field
     * @param value its value
     * @return true when well formed
     */
    public boolean wellFormed(Field field, Value value) {
        Value canonical = canonical(field, value);
        if (canonical.isBlank()) {
            return false;
        }
        return switch (field.type()) {
            case PHONE ->
                canonical instanceof Value.Text t && phones.of(t.text()).valid();
            case EMAIL -> canonical instanceof Value.Text t && Emails.plausible(t.text());
            default -> true;
        };
    }

    /**
     * Whether a value is of a kind that fields of a type hold; the empty value fits all of them.
     *
     * @param type the type
     * @param value the value
     * @return true when it fits
     */
    public static boolean fits(FieldType type, Value value) {
        if (value instanceof Value.Empty) {
            return true;
        }
        return switch (type) {
            case TEXT, PHONE, EMAIL, ENUMERATION, BAG_ENTRY -> value instanceof Value.Text;
            case NUMBER -> value instanceof Value.Number;
            case FLAG -> value instanceof Value.Flag;
            case TIME -> value instanceof Value.Time;
            case MEMBERS -> value instanceof Value.Members;
            case REFERENCE -> value instanceof Value.Reference;
            case REFERENCES -> value instanceof Value.References;
            case BAG -> false;
        };
    }

    /**
     * What a value is compared by: equal for {@linkplain #equivalent equivalent} values, and for no others.
     *
     * @param field the field
     * @param value its value
     * @return a value to compare and to look up by, and not to show or to write anywhere; empty for all blank ones
     */
    public Value key(Field field, Value value) {
        Value canonical = canonical(field, value);
        if (canonical.isBlank()) {
            return Value.EMPTY;
        }
        if (canonical instanceof Value.Text t) {
            return switch (field.type()) {
                case PHONE -> new Value.Text(phones.of(t.text()).key());
                case EMAIL -> new Value.Text(Emails.key(t.text()));
                default -> canonical;
            };
        }
        return canonical;
    }

    private static Value text(Value value) {
        if (value instanceof Value.Text t) {
            String text = CanonicalText.of(t.text());
            return text.isEmpty() ? Value.EMPTY : same(t, text);
        } else if (value instanceof Value.Number n) {
            return new Value.Text(Numbers.plain(n.number()));
        } else if (value instanceof Value.Flag f) {
            return new Value.Text(Boolean.toString(f.flag()));
        } else if (value instanceof Value.Time t) {
            return new Value.Text(t.time().toString());
        }
        return value;
    }

    private static Value email(Value value) {
        return value instanceof Value.Text t ? same(t, Emails.canonical(t.text())) : value;
    }

    private Value phone(Value value) {
        return value instanceof Value.Text t ? same(t, phones.of(t.text()).canonical()) : value;
    }

    private static Value number(Value value) {
        if (value instanceof Value.Number n) {
            return Numbers.sane(n.number()) ? n : text(n);
        }
        Value text = text(value);
        if (text instanceof Value.Text t) {
            BigDecimal number = Numbers.parse(t.text());
            return number == null ? text : new Value.Number(number);
        }
        return text;
    }

    private static Value flag(Value value) {
        if (value instanceof Value.Flag) {
            return value;
        }
        Value text = text(value);
        if (text instanceof Value.Text t) {
            return switch (t.text().toLowerCase(Locale.ROOT)) {
                case "true" -> new Value.Flag(true);
                case "false" -> new Value.Flag(false);
                default -> text;
            };
        }
        return text;
    }

    private static Value time(Value value) {
        if (value instanceof Value.Time t) {
            Instant time = Times.millis(t.time());
            return time == null ? text(t) : time.equals(t.time()) ? t : new Value.Time(time);
        }
        Value text = text(value);
        if (text instanceof Value.Text t) {
            Instant time = Times.iso(t.text());
            return time == null ? text : new Value.Time(time);
        }
        return text;
    }

    private static Value members(Value value) {
        if (!(value instanceof Value.Members m)) {
            return text(value);
        }
        SortedSet<String> names = new TreeSet<>();
        boolean changed = false;
        for (String member : m.members()) {
            String name = CanonicalText.of(member);
            changed |= !name.equals(member) || name.isEmpty();
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return changed ? new Value.Members(names) : m;
    }

    private static Value same(Value.Text value, String text) {
        return text.equals(value.text()) ? value : new Value.Text(text);
    }
}
