package dev.crmsync.delivery;

import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Posting;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.pacing.Pacer;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Parting;
import dev.crmsync.planning.Rules;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.QuotaReport;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.adapter.WritesMany;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Works on rows that were claimed together for one system, in waves: each wave does for each row what is next for it, until
 * every claim has been given back.
 */
final class Shift {
    /** A read, its repetitions when it was raced, the write after it, and one to spare. */
    private static final int WAVES = 8;

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(50);

    private final Outlet outlet;
    private final SyncContext context;
    private final Ledger ledger;
    private final String system;
    private final Silence silence;
    private final Absent absent;
    private final HalfDone halfDone;
    private final String place;
    private final Calls calls;
    private final Reads reads;
    private final Writes writes;
    private final Claims claims;
    private final List<Job> jobs = new ArrayList<>();

    Shift(
            Outlet outlet,
            String system,
            DeliverySettings settings,
            Silence silence,
            Absent absent,
            HalfDone halfDone,
            Executor executor) {
        this.outlet = outlet;
        this.context = outlet.context();
        this.ledger = outlet.ledger();
        this.system = system;
        this.silence = silence;
        this.absent = absent;
        this.halfDone = halfDone;
        this.place = context.sync() + "/" + system;
        this.calls = new Calls(outlet, system, settings, executor);
        this.reads = new Reads(context, system, calls);
        this.writes = new Writes(context, system, calls, settings);
        this.claims = new Claims(outlet, system, settings, silence, place);
    }

    /** Works on the rows, and tells whether none of them was put off. */
    boolean work(List<DueRow> rows) {
        take(rows);
        for (int wave = 0; wave < WAVES && jobs.stream().anyMatch(job -> job.open); wave++) {
            wave();
        }
        List<Job> restless = open();
        restless.forEach(job -> job.putBack(calls.afterFailure(job), true, "it was never done with"));
        claims.giveBack(restless);
        return jobs.stream().allMatch(job -> job.back == null);
    }

    private List<Job> open() {
        return jobs.stream().filter(job -> job.open).toList();
    }

    private void take(List<DueRow> rows) {
        List<DueRow> broken = new ArrayList<>();
        Map<String, LinkState> links = load(rows);
        for (DueRow row : rows) {
            LinkState link = links.get(row.link());
            if (link == null) {
                broken.add(row);
            } else {
                jobs.add(new Job(row, link));
            }
        }
        broken.forEach(row -> claims.bury(row, "its link is gone or cannot be read"));
    }

    /** A document that cannot be read spoils the load of its neighbours no more than it must. */
    private Map<String, LinkState> load(List<DueRow> rows) {
        List<String> ids = rows.stream().map(DueRow::link).toList();
        try {
            return ledger.load(ids);
        } catch (SyncException e) {
            if (e.kind() != Kind.PERMANENT || ids.size() == 1) {
                return unreadable(e);
            }
            Map<String, LinkState> links = new TreeMap<>();
            rows.forEach(row -> links.putAll(load(List.of(row))));
            return links;
        }
    }

    private static Map<String, LinkState> unreadable(SyncException e) {
        if (e.kind() != Kind.PERMANENT) {
            throw e;
        }
        return Map.of();
    }

    private void wave() {
        Rules rules = context.rules().get();
        Instant now = context.now();
        Map<Due.Need, List<Job>> byNeed = new EnumMap<>(Due.Need.class);
        List<Job> idle = new ArrayList<>();
        for (Job job : open()) {
            Due due = job.due(rules);
            if (due == null || due.need() == Due.Need.TIMER || Reads.later(due, now)) {
                idle.add(job);
            } else {
                byNeed.computeIfAbsent(due.need(), need -> new ArrayList<>()).add(job);
            }
        }
        rest(idle);
        lost(byNeed.getOrDefault(Due.Need.OUTCOME, List.of()));
        read(Due.Need.READ, byNeed.getOrDefault(Due.Need.READ, List.of()), reads::read);
        read(Due.Need.LOOKUP, byNeed.getOrDefault(Due.Need.LOOKUP, List.of()), reads::find);
        repeat(byNeed.getOrDefault(Due.Need.REPEAT, List.of()));
        List<Job> creating = byNeed.getOrDefault(Due.Need.CREATE, List.of());
        List<Job> unlooked = creating.stream().filter(this::looksFirst).toList();
        List<Job> writing = new ArrayList<>(creating);
        writing.removeAll(unlooked);
        writing.addAll(byNeed.getOrDefault(Due.Need.UPDATE, List.of()));
        // What was looked for already comes first, or look-ups could spend a scarce quota for ever.
        write(writing);
        look(unlooked);
        archive(byNeed.getOrDefault(Due.Need.ARCHIVE, List.of()));
    }

    /** What is to be archived goes nowhere before it was counted in a budget; then as any write. */
    private void archive(List<Job> due) {
        List<Job> held = due.stream().filter(job -> !letGo(job)).toList();
        claims.post(
                held,
                job -> Posting.on(
                        job.link.id(),
                        job.row.lane(),
                        draft -> draft.postpone(job.row, Lane.HELD, job.row.attempts(), draft.now())),
                (job, posted) -> job.open = false);
        List<Job> going =
                due.stream().filter(Shift.this::letGo).filter(job -> job.open).toList();
        if (going.isEmpty()) {
            return;
        }
        long calls = outlet.pacer(system)
                .availableNow(Operation.ARCHIVE, going.get(0).row.lane());
        int most = (int) Math.min(going.size(), calls);
        putOff(going.subList(most, going.size()), Map.of(Operation.ARCHIVE, 1L));
        begin(going.subList(0, most));
    }

    private boolean letGo(Job job) {
        Parting parting = job.side().life().parting();
        return parting != null && parting.stage() == Parting.Stage.LET_GO;
    }

    private boolean looksFirst(Job job) {
        // A record that a person has taken out of the link may bear its join key, whatever was not there before.
        boolean lately = job.link.apart().isEmpty() && absent.lately(place, job.link.id(), context.now());
        return reads.looksFirst(job) && !lately;
    }

    /** Looks for what is about to be made: as much of it as there is room left to make. */
    private void look(List<Job> unlooked) {
        if (unlooked.isEmpty()) {
            return;
        }
        Lane lane = unlooked.get(0).row.lane();
        long calls =
                Math.min(room(lane, 2 * unlooked.size()), outlet.pacer(system).availableNow(Operation.FIND, lane));
        int most = (int) Math.min(unlooked.size(), calls > 1 ? calls / 2 : calls);
        read(Due.Need.CREATE, unlooked.subList(0, most), reads::find);
        putOff(unlooked.subList(most, unlooked.size()), Map.of(Operation.FIND, 1L, writeOperation(), 1L));
    }

    /** Nothing is due now: time may have let something go. */
    private void rest(List<Job> idle) {
        claims.post(
                idle,
                job -> Posting.on(job.link.id(), job.row.lane(), draft -> {
                    String id = job.link.id();
                    draft.plan(List.of(id), (links, at, seq) -> new Input.TimerDue(at, seq, id));
                    draft.release(job.row);
                }),
                (job, posted) -> job.open = false);
    }

    /** A write that was begun by somebody who did not live to tell of its outcome. */
    private void lost(List<Job> crashed) {
        claims.post(
                crashed,
                job -> Posting.on(job.link.id(), job.row.lane(), draft -> {
                    String id = job.link.id();
                    InFlight flight = Objects.requireNonNull(job.side().inFlight(), "in flight");
                    Outcome unknown = new Outcome.Unknown("the engine stopped before it knew");
                    draft.plan(
                            List.of(id),
                            (links, at, seq) ->
                                    new Input.WriteOutcome(at, seq, id, system, flight.seq(), unknown, Map.of()));
                }),
                (job, posted) -> context.listener().wrote(context.sync(), system, need(job), "Unknown"));
    }

    private static Due.Need need(Job job) {
        InFlight flight = job.sending != null ? job.sending : job.side().inFlight();
        if (flight != null && flight.archive()) {
            return Due.Need.ARCHIVE;
        }
        return flight != null && flight.create() ? Due.Need.CREATE : Due.Need.UPDATE;
    }

    private void read(Due.Need need, List<Job> wanted, Consumer<List<Job>> ask) {
        if (wanted.isEmpty()) {
            return;
        }
        wanted.forEach(job -> {
            job.read = null;
            job.outcome = null;
            job.back = null;
            job.asked = Duration.ZERO;
        });
        ask.accept(wanted);
        List<Job> answered = new ArrayList<>();
        for (Job job : wanted) {
            Read read = job.read;
            if (read != null) {
                context.listener()
                        .read(context.sync(), system, need, read.getClass().getSimpleName());
            }
            if (need != Due.Need.READ && read != null && !(read instanceof Read.Unknown)) {
                job.looked = true;
                absent.looked(place, job.link.id(), context.now());
            }
            if (read instanceof Read.Unknown unknown) {
                Duration asked = unknown.retryAfter();
                Instant until =
                        asked == null ? calls.afterFailure(job) : context.now().plus(asked);
                job.putBack(until, true, unknown.reason());
            } else if (read instanceof Read.Found || read != null && need != Due.Need.CREATE) {
                answered.add(job);
            }
        }
        listen(wanted);
        claims.post(answered, job -> reads.answered(job, job.link.seq()), (job, posted) -> job.open = job.kept);
        claims.giveBack(wanted.stream().filter(job -> job.back != null).toList());
    }

    /** A create under a key that lives is sent once more as it was; one whose key has expired is for a person. */
    private void repeat(List<Job> unknown) {
        List<Job> living = unknown.stream().filter(this::keyLives).toList();
        lost(unknown.stream().filter(job -> !living.contains(job)).toList());
        if (!living.isEmpty()) {
            living.forEach(job -> job.sending = job.side().inFlight());
            send(living);
        }
    }

    private boolean keyLives(Job job) {
        InFlight flight = Objects.requireNonNull(job.side().inFlight(), "in flight");
        return context.rules()
                .get()
                .system(system)
                .flatMap(known -> known.declaration().type(job.link.type()))
                .map(TypeDeclaration::createLookup)
                .filter(lookup -> lookup instanceof CreateLookup.IdempotencyKey key
                        && flight.at().plus(key.ttl()).isAfter(context.now()))
                .isPresent();
    }

    private void write(List<Job> due) {
        if (due.isEmpty()) {
            return;
        }
        List<Job> beginning = due.subList(0, room(due.get(0).row.lane(), due.size()));
        putOff(due.subList(beginning.size(), due.size()), Map.of(writeOperation(), 1L));
        begin(beginning);
    }

    private void begin(List<Job> beginning) {
        List<Job> begun = new ArrayList<>();
        claims.post(beginning, writes::begin, (job, posted) -> {
            if (job.sending != null) {
                absent.sent(place, job.link.id());
                begun.add(job);
            } else {
                Due next = job.due(context.rules().get());
                job.open = job.side().inFlight() != null || next != null && next.need() == Due.Need.READ;
            }
        });
        if (!begun.isEmpty()) {
            send(begun);
        }
    }

    private Operation writeOperation() {
        return context.adapter(system) instanceof WritesMany ? Operation.WRITE_MANY : Operation.WRITE_ONE;
    }

    /** Puts jobs back until there is room for these calls. */
    private void putOff(List<Job> waiting, Map<Operation, Long> calls) {
        if (!waiting.isEmpty()) {
            Duration time = outlet.pacer(system).estimate(calls);
            Duration wait = time.compareTo(SHORTEST_WAIT) > 0 ? time : SHORTEST_WAIT;
            Calls.putBack(waiting, context.now().plus(wait), false, "no calls are left for now");
            claims.giveBack(waiting);
            waiting.stream().filter(job -> job.looked).forEach(job -> halfDone.add(place, job.row));
        }
    }

    /** How many writes the quotas allow to be begun: one that is begun and cannot be sent costs two commits. */
    private int room(Lane lane, int most) {
        Pacer pacer = outlet.pacer(system);
        long room = pacer.availableNow(Operation.WRITE_ONE, lane);
        if (context.adapter(system) instanceof WritesMany many) {
            long calls = pacer.availableNow(Operation.WRITE_MANY, lane);
            long together = calls > most ? most : calls * many.writeBatchSize();
            room = Math.max(room == Long.MAX_VALUE ? 0 : room, together);
        }
        return (int) Math.min(most, room);
    }

    private void send(List<Job> begun) {
        begun.forEach(job -> {
            job.outcome = null;
            job.back = null;
            job.asked = Duration.ZERO;
            job.doubtsParents = false;
        });
        writes.send(begun);
        for (Job job : begun) {
            if (job.outcome == null) {
                // It was put back before it left: that much is certain.
                String reason = job.back == null ? "it was not sent" : job.back.reason();
                job.outcome = new Outcome.Deferred(null, null, reason);
            }
            context.listener()
                    .wrote(
                            context.sync(),
                            system,
                            need(job),
                            job.answered().getClass().getSimpleName());
            judge(job);
        }
        listen(begun);
        claims.post(
                begun,
                job -> Posting.on(job.link.id(), job.row.lane(), draft -> {
                    writes.outcome(draft, job);
                    claims.end(draft, job);
                }),
                (job, posted) -> claims.ended(job));
    }

    /** A call that came to nothing may be the record's fault or the system's: one answer tells that it is not the system's. */
    private void listen(List<Job> asked) {
        for (Job job : asked) {
            boolean failed = job.back != null && job.back.failed();
            if (failed && !(job.outcome instanceof Outcome.Rejected)) {
                silence.failed(place, job.link.id());
            }
        }
        boolean answered = asked.stream()
                .anyMatch(job -> job.outcome instanceof Outcome.Done
                        || job.outcome instanceof Outcome.Rejected
                        || job.outcome == null && job.read != null && !(job.read instanceof Read.Unknown));
        if (answered) {
            silence.answered(place);
        }
    }

    /** Whether and until when the row waits after this outcome. */
    private void judge(Job job) {
        Outcome outcome = job.answered();
        if (outcome instanceof Outcome.Deferred deferred && job.back == null) {
            String quota = deferred.quotaKey();
            Duration asked = deferred.retryAfter();
            if (quota != null) {
                asked = asked == null ? Calls.UNTOLD : asked;
                outlet.pacer(system).report(new QuotaReport(quota, -1, -1, asked));
            }
            Instant until =
                    asked == null ? calls.afterFailure(job) : context.now().plus(asked);
            job.putBack(until, quota == null, deferred.reason());
        } else if (outcome instanceof Outcome.Unknown unknown) {
            // Once is an accident; when it happens again, what it refers to may be gone, and nobody has told.
            job.doubtsParents = job.row.attempts() > 0;
            job.putBack(calls.afterFailure(job), true, unknown.reason());
        } else if (outcome instanceof Outcome.Rejected rejected
                && rejected.kind() == Outcome.Rejection.MISSING_PARENT
                && job.row.attempts() == 0) {
            // What it refers to is read first: it is waited for if it is gone, and the refusal stands if it is there.
            job.doubtsParents = true;
            job.outcome = new Outcome.Deferred(null, null, rejected.message());
            job.putBack(calls.afterFailure(job), true, rejected.message());
        } else if (outcome instanceof Outcome.Rejected rejected
                && rejected.kind() == Outcome.Rejection.NOT_FOUND
                && need(job) != Due.Need.CREATE) {
            // A read tells whether it is gone. One that may be read and not be written would be asked for without end.
            job.putBack(calls.afterFailure(job), true, rejected.message());
        }
    }
}
