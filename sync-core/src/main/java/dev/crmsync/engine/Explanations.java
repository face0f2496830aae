package dev.crmsync.engine;

import dev.crmsync.json.JournalCodec;
import dev.crmsync.json.LinkCodec;
import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Pauses;
import dev.crmsync.ledger.Successors;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.planning.Agreed;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Planner;
import dev.crmsync.planning.Presence;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.Side;
import dev.crmsync.planning.Stance;
import dev.crmsync.planning.Stances;
import dev.crmsync.planning.Standing;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.JournalEntry;
import dev.crmsync.spi.store.LinkRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells why things are as they are, and how many are how. Reads only. */
final class Explanations {
    private static final int PAGE = 500;
    private static final int MOST_DECISIONS = 50;
    private static final int MOST_TRACED = 5000;
    private static final int MOST_COUNTED = 1000;

    private final Ledger ledger;
    private final SyncContext context;
    private final Pauses pauses;
    private final JournalCodec journal = new JournalCodec();
    private final LinkCodec links = new LinkCodec();

    Explanations(Ledger ledger, Pauses pauses) {
        this.ledger = ledger;
        this.context = ledger.context();
        this.pauses = pauses;
    }

    String linkOf(RecordRef ref) {
        String link = Optional.ofNullable(
                        context.store().linkIds(context.sync(), List.of(ref)).get(ref))
                .or(() -> ledger.erased(ref))
                .orElse(null);
        if (link == null) {
            throw SyncException.of(
                            Kind.NOT_FOUND,
                            "sync " + context.sync() + " knows no record " + ref
                                    + "; read it with syncNow, or wait until it is told or listed")
                    .inSystem(ref.system())
                    .about(ref.toString());
        }
        return link;
    }

    /** The link of that id as it stands, or the one that took it over. */
    private LinkState link(String id) {
        LinkState link = Successors.of(id, known -> ledger.load(List.of(known)).get(known));
        if (link == null) {
            throw SyncException.of(
                            Kind.NOT_FOUND,
                            "sync " + context.sync() + " has no link " + id
                                    + "; reviews and dead letters name links, and any record leads to its own")
                    .about(id);
        }
        return link;
    }

    WhyNot whyNot(String id, Field field, Value value) {
        return trace(id, field).whyNot(field, value);
    }

    LastWrite lastWriter(String id, Field field) {
        return trace(id, field).lastWriter(field);
    }

    private Trace trace(String id, Field field) {
        LinkState link = link(id);
        Rules rules = context.rules().get();
        refuseUnknown(field, link.type(), rules);
        return new Trace(
                link,
                rules,
                decisions(
                        link.id(),
                        decision -> decision.field() == null || field.name().equals(decision.field()),
                        MOST_TRACED));
    }

    History history(String id) {
        LinkState link = link(id);
        List<Decision> all = decisions(link.id(), decision -> true, MOST_TRACED + 1);
        boolean whole = all.size() <= MOST_TRACED;
        return new Trace(link, context.rules().get(), whole ? all : all.subList(0, MOST_TRACED)).history(whole);
    }

    Why why(String id, Field field) {
        LinkState link = link(id);
        Rules rules = context.rules().get();
        refuseUnknown(field, link.type(), rules);
        SortedMap<String, String> paused = pauses.all();
        SortedMap<String, Why.At> systems = new TreeMap<>();
        rules.systems()
                .forEach((system, known) -> known.mapping(link.type())
                        .flatMap(mapping -> mapping.carrying(field))
                        .ifPresent(mapped ->
                                systems.put(system, at(link, system, field, rules, paused.containsKey(system)))));
        List<Decision> decisions =
                decisions(link.id(), decision -> field.name().equals(decision.field()), MOST_DECISIONS);
        Agreed agreed = link.agreed().get(field.name());
        return new Why(link.id(), field.name(), agreed, agreedAt(agreed, decisions), systems, decisions);
    }

    private static void refuseUnknown(Field field, String type, Rules rules) {
        Optional<RecordType> known = rules.policy().recordType(type);
        if (known.isPresent() && known.get().field(field.name()).isEmpty()) {
            String fields = known.get().fields().stream().map(Field::name).collect(Collectors.joining(", "));
            throw SyncException.configuration("type " + type + " has no field '" + field.name() + "'; it has " + fields)
                    .about(field.name());
        }
    }

    private static @Nullable Instant agreedAt(@Nullable Agreed agreed, List<Decision> decisions) {
        return decisions.stream()
                .filter(decision -> agreed != null && decision.seq() == agreed.seq())
                .map(Decision::at)
                .findFirst()
                .orElse(null);
    }

    private Why.At at(LinkState link, String system, Field field, Rules rules, boolean paused) {
        Side side = link.side(system);
        Standing standing = side.standings().get(field.name());
        Stance stance = stance(Stances.of(link, system, field, rules), paused);
        return new Why.At(
                side.record(),
                stance,
                reason(side, standing),
                held(link, system, field, rules),
                outstanding(link, system, rules));
    }

    private static @Nullable Reason reason(Side side, @Nullable Standing standing) {
        return switch (side.presence()) {
            case ARCHIVED, DELETED -> Reason.GONE;
            case NOT_VISIBLE -> Reason.NOT_VISIBLE;
            case IGNORED -> Reason.UNLINKED;
            case NONE, MENTIONED, PRESENT -> standing == null ? side.held() : standing.reason();
        };
    }

    private static Stance stance(Stance stance, boolean paused) {
        boolean follows = stance == Stance.FOLLOWS || stance == Stance.ASSUMED;
        return paused && follows ? Stance.PAUSED : stance;
    }

    private static @Nullable Value held(LinkState link, String system, Field field, Rules rules) {
        return rules.system(system)
                .flatMap(known -> known.mapping(link.type()))
                .flatMap(mapping -> mapping.carrying(field))
                .map(mapped -> link.side(system).held(rules.lenses(), system, field, mapped))
                .orElse(null);
    }

    private static @Nullable String outstanding(LinkState link, String system, Rules rules) {
        return Planner.due(link, rules).stream()
                .filter(work -> work.system().equals(system))
                .map(Explanations::words)
                .findFirst()
                .orElse(null);
    }

    private static String words(Due due) {
        return due.need().name().toLowerCase(Locale.ROOT)
                + (due.waitingOn() == null ? "" : ", waiting for link " + due.waitingOn())
                + (due.notBefore() == null ? "" : ", not before " + due.notBefore());
    }

    /** The decisions of a link that fit, newest first, and up to a number of them. */
    private List<Decision> decisions(String link, Predicate<Decision> fits, int most) {
        List<Decision> decisions = new ArrayList<>();
        long before = Long.MAX_VALUE;
        List<JournalEntry> page;
        do {
            page = context.store().journal(context.sync(), link, before, PAGE);
            for (JournalEntry entry : page) {
                before = Math.min(before, entry.seq());
                if (entry.kind().equals(JournalCodec.DECISION)) {
                    journal.decode(entry).stream().filter(fits).forEach(decisions::add);
                }
            }
        } while (page.size() == PAGE && decisions.size() < most);
        return decisions.subList(0, Math.min(decisions.size(), most));
    }

    Census census() {
        Rules rules = context.rules().get();
        SortedMap<String, String> paused = pauses.all();
        SortedMap<String, Map<Stance, Long>> stances = new TreeMap<>();
        SortedMap<String, Map<Presence, Long>> records = new TreeMap<>();
        long counted = 0;
        String after = null;
        List<LinkRow> page;
        do {
            page = context.store().walkLinks(context.sync(), after, PAGE);
            for (LinkRow row : page) {
                LinkState link = links.decode(row);
                if (link.joinedInto() == null && !link.erased()) {
                    counted++;
                    count(link, rules, paused, stances, records);
                }
            }
            after = page.isEmpty() ? null : page.get(page.size() - 1).id();
        } while (page.size() == PAGE);
        return new Census(counted, stances, records);
    }

    private static void count(
            LinkState link,
            Rules rules,
            Map<String, String> paused,
            Map<String, Map<Stance, Long>> stances,
            Map<String, Map<Presence, Long>> records) {
        for (String system : rules.systems().keySet()) {
            Side side = link.side(system);
            records.computeIfAbsent(system, name -> new EnumMap<>(Presence.class))
                    .merge(side.presence(), 1L, Long::sum);
            if (side.record() == null) {
                continue;
            }
            Map<Stance, Long> own = stances.computeIfAbsent(system, name -> new EnumMap<>(Stance.class));
            for (String name : link.agreed().keySet()) {
                Stance stance = rules.policy()
                        .recordType(link.type())
                        .flatMap(type -> type.field(name))
                        .map(field -> Stances.of(link, system, field, rules))
                        .orElse(Stance.NOT_RECEIVED);
                own.merge(stance(stance, paused.containsKey(system)), 1L, Long::sum);
            }
        }
    }

    Status status() {
        var store = context.store();
        String sync = context.sync();
        return new Status(
                sync,
                store.countLinks(sync),
                store.countPending(sync),
                store.countDue(sync),
                store.nextDue(sync).orElse(null),
                pauses.all(),
                store.openReviews(sync, null, MOST_COUNTED).size(),
                store.deadLetters(sync, null, MOST_COUNTED).size());
    }
}
