package dev.crmsync.identity;

import dev.crmsync.fields.Lenses;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.Side;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Decides which records are the same thing: a record joins a link by the stable join key alone, unless the policy says that
 * an unknown record is matched by its e-mail address or phone number too. An equal one under another id otherwise never
 * links and never creates: it raises a suspicion that a person settles. Pure, total
 * and deterministic; safe to call from any thread.
 */
public final class Identity {
    private static final Set<Field> MATCH_FIELDS = new TreeSet<>(List.of(Contact.EMAIL, Contact.PHONE));

    /** A link bears this, with a system's name as its value, when a record of it may stand there that nobody can look up. */
    static final String LOST_CREATE = "create of unknown outcome";

    /** An erased link bears this for each record that it had: a digest is all that tells that it is gone for good. */
    static final String ERASED_RECORD = "erased record";

    private Identity() {}

    /**
     * What a link that was erased bears of a record that it had.
     *
     * @param ref the record
     * @return the match, to be kept as a salted digest
     */
    public static Situation.Match erased(RecordRef ref) {
        return new Situation.Match(ERASED_RECORD, Value.text(ref.toString()));
    }

    /**
     * The records of an event that may have been an erased person's: they belong to no link.
     *
     * @param event the event
     * @param known whether a record belongs to a link
     * @param rules the rules
     * @return what an erased link would bear of them: of the record itself, the one that it became, and the one that its join
     *     key names
     */
    public static SortedSet<Situation.Match> erasures(ChangeEvent event, Predicate<RecordRef> known, Rules rules) {
        Set<RecordRef> refs = new TreeSet<>();
        refs.add(event.ref());
        event.other().ifPresent(refs::add);
        joinKey(event, rules).ifPresent(refs::add);
        SortedSet<Situation.Match> erasures = new TreeSet<>();
        refs.stream().filter(known.negate()).forEach(ref -> erasures.add(erased(ref)));
        return erasures;
    }

    /**
     * Whether an event says that its record became one of another type, which is identified on its own: it is another thing, of
     * other fields. One that became a record of the same type has a new id, or was merged.
     *
     * @param event the event
     * @return whether its record was converted across types
     */
    public static boolean isConverted(ChangeEvent event) {
        return event.other()
                .filter(other -> !other.type().equals(event.ref().type())
                        || !other.system().equals(event.ref().system()))
                .isPresent();
    }

    /**
     * The records whose links must be looked up before an event can be identified and planned.
     *
     * @param event the event
     * @param rules the rules
     * @return the record itself, the one that it became, the one that its join key names, and those that it refers to, and
     *     those that the policy says are the same thing
     */
    public static Set<RecordRef> lookUps(ChangeEvent event, Rules rules) {
        Set<RecordRef> refs = new TreeSet<>();
        refs.add(event.ref());
        event.other().ifPresent(refs::add);
        joinKey(event, rules).ifPresent(refs::add);
        refs.addAll(references(event, rules));
        refs.addAll(same(event.ref(), rules));
        return refs;
    }

    /**
     * The records that an event's reference properties name.
     *
     * @param event the event
     * @param rules the rules
     * @return their references
     */
    public static Set<RecordRef> references(ChangeEvent event, Rules rules) {
        RecordRef ref = event.ref();
        return references(ref.system(), ref.type(), event.properties(), rules);
    }

    /**
     * The records that some properties of a record name.
     *
     * @param system the system
     * @param type the type of the record that has the properties
     * @param properties their values
     * @param rules the rules
     * @return their references
     */
    public static Set<RecordRef> references(
            String system, String type, Map<String, NativeValue> properties, Rules rules) {
        Set<RecordRef> refs = new TreeSet<>();
        rules.system(system).flatMap(known -> known.mapping(type)).ifPresent(mapping -> {
            for (FieldMapping mapped : mapping.fields()) {
                for (String property : mapped.field().target() == null
                        ? List.<String>of()
                        : mapped.lens().properties()) {
                    NativeValue named = properties.get(property);
                    if (named != null) {
                        refs.addAll(rules.lenses().named(system, mapped, named));
                    }
                }
            }
        });
        return refs;
    }

    /**
     * The values in an event by which its record could be recognised as another link's.
     *
     * @param event the event
     * @param rules the rules
     * @return well-formed e-mail addresses and phone numbers, and that it may be a record that was made and not answered for
     */
    public static SortedSet<Situation.Match> matchesOf(ChangeEvent event, Rules rules) {
        SortedSet<Situation.Match> matches = new TreeSet<>();
        if (creates(event.ref(), rules)) {
            matches.add(new Situation.Match(LOST_CREATE, Value.text(event.ref().system())));
        }
        mapping(event.ref(), rules)
                .ifPresent(mapping -> gather(
                        event.ref().system(),
                        mapping,
                        rules.lenses().slots(mapping, event.properties()),
                        rules.lenses(),
                        matches));
        return matches;
    }

    /**
     * The values that a link bears by which other records could be recognised as the same thing: agreed, or last seen
     * anywhere.
     *
     * @param link the link
     * @param rules the rules
     * @return well-formed e-mail addresses and phone numbers, and the systems where a create was not answered for
     */
    public static SortedSet<Situation.Match> matchesOf(LinkState link, Rules rules) {
        SortedSet<Situation.Match> matches = valuesOf(link, rules);
        link.sides().forEach((system, side) -> {
            if (bears(link)
                    && unanswered(side)
                    && matchable(link, system, rules).isEmpty()) {
                matches.add(new Situation.Match(LOST_CREATE, Value.text(system)));
            }
        });
        return matches;
    }

    /**
     * The values alone by which other links could be recognised as the same thing: agreed, last seen anywhere, or sent in a
     * create that was not answered.
     *
     * @param link the link
     * @param rules the rules
     * @return well-formed e-mail addresses and phone numbers
     */
    public static SortedSet<Situation.Match> valuesOf(LinkState link, Rules rules) {
        SortedSet<Situation.Match> matches = new TreeSet<>();
        if (!bears(link)) {
            return matches;
        }
        for (Field field : MATCH_FIELDS) {
            var agreed = link.agreed().get(field.name());
            if (agreed != null) {
                add(field, agreed.value(), rules.lenses(), matches);
            }
        }
        link.sides()
                .forEach((system, side) -> rules.system(system)
                        .flatMap(known -> known.mapping(link.type()))
                        .ifPresent(mapping -> gather(system, mapping, side.raw(), rules.lenses(), matches)));
        link.sides().forEach((system, side) -> {
            if (unanswered(side)) {
                matches.addAll(matchable(link, system, rules));
            }
        });
        return matches;
    }

    private static boolean bears(LinkState link) {
        return !link.erased() && link.joinedInto() == null;
    }

    /** Whether a record may have been made there that has not been seen yet. */
    private static boolean unanswered(Side side) {
        InFlight flight = side.inFlight();
        boolean making = side.record() == null && flight != null && flight.create();
        return making || side.held() == Reason.CREATE_REVIEW;
    }

    /** What was sent to make a record, by slot. */
    static Map<String, NativeValue> sent(Side side) {
        Map<String, NativeValue> sent = new TreeMap<>();
        side.sent()
                .forEach((slot, values) ->
                        sent.put(slot, values.get(values.size() - 1).raw()));
        if (side.inFlight() != null) {
            sent.putAll(side.inFlight().slots());
        }
        return sent;
    }

    /** The values in an unanswered create by which its record will be recognised anyway. */
    private static SortedSet<Situation.Match> matchable(LinkState link, String system, Rules rules) {
        SortedSet<Situation.Match> matches = new TreeSet<>();
        rules.system(system)
                .flatMap(known -> known.mapping(link.type()))
                .ifPresent(mapping -> gather(system, mapping, sent(link.side(system)), rules.lenses(), matches));
        return matches;
    }

    private static boolean creates(RecordRef ref, Rules rules) {
        return rules.policy()
                .type(ref.type())
                .map(type -> type.records(ref.system()).mayCreate())
                .orElse(false);
    }

    /**
     * Identifies an event's record.
     *
     * @param situation what was looked up
     * @return the changes to plan, in order, before the event itself; empty when the record is known and stays where it is,
     *     or when an unknown record is of no account
     */
    public static List<IdentityChange> identify(Situation situation) {
        return new Identifying(situation).changes();
    }

    /**
     * The gate just before a record is made: whether another link already has a record there that may be the same thing, or
     * may have one that nobody can look up.
     *
     * @param link the link
     * @param system the system where a record is about to be made
     * @param matches the links that bear what {@link #valuesOf(LinkState, Rules)} gave for the link
     * @param links these links
     * @return a suspicion for each equal value, or nothing when the record may be made
     */
    public static List<IdentityChange> beforeCreate(
            LinkState link, String system, Map<Situation.Match, List<String>> matches, Links links) {
        List<IdentityChange> changes = new ArrayList<>();
        new TreeMap<>(matches).forEach((match, bearers) -> {
            List<String> candidates = bearers.stream()
                    .filter(id -> !id.equals(link.id()) && links.byId().containsKey(id))
                    .filter(id -> !link.isApartFrom(links.get(id)))
                    .filter(id -> mayStandAt(links.get(id).side(system)))
                    .sorted()
                    .toList();
            if (!candidates.isEmpty()) {
                changes.add(new IdentityChange.Suspected(link.id(), candidates, match.field(), match.value()));
            }
        });
        return changes;
    }

    private static boolean mayStandAt(Side side) {
        return side.record() != null || side.held() == Reason.CREATE_REVIEW;
    }

    private static void gather(
            String system,
            Mapping mapping,
            Map<String, NativeValue> slots,
            Lenses lenses,
            SortedSet<Situation.Match> matches) {
        for (Field field : MATCH_FIELDS) {
            mapping.carrying(field)
                    .map(mapped -> lenses.get(system, mapped, field, slots, ref -> null))
                    .ifPresent(value -> add(field, value, lenses, matches));
        }
    }

    private static void add(Field field, Value value, Lenses lenses, SortedSet<Situation.Match> matches) {
        if (field.type() != FieldType.REFERENCE && lenses.canon().wellFormed(field, value)) {
            matches.add(new Situation.Match(field.name(), lenses.canon().key(field, value)));
        }
    }

    static Optional<Mapping> mapping(RecordRef ref, Rules rules) {
        return rules.system(ref.system()).flatMap(known -> known.mapping(ref.type()));
    }

    /** The records of other systems that the policy says are the same thing. */
    static SortedSet<RecordRef> same(RecordRef ref, Rules rules) {
        SortedSet<RecordRef> same = new TreeSet<>();
        rules.policy()
                .type(ref.type())
                .ifPresent(type -> type.sameAs(ref.system(), ref.id())
                        .forEach((system, id) -> same.add(new RecordRef(system, ref.type(), id))));
        return same;
    }

    /** The record at the anchor system that an event's join key names. */
    static Optional<RecordRef> joinKey(ChangeEvent event, Rules rules) {
        String anchor = rules.anchor();
        return mapping(event.ref(), rules)
                .map(Mapping::externalId)
                .map(property -> event.properties().get(property))
                .filter(value -> anchor != null
                        && value instanceof NativeValue.Text text
                        && !text.text().isBlank())
                .map(value -> new RecordRef(
                        String.valueOf(anchor),
                        event.ref().type(),
                        ((NativeValue.Text) value).text().strip()));
    }
}
