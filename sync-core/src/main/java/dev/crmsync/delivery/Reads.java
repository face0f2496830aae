package dev.crmsync.delivery;

import dev.crmsync.ledger.Draft;
import dev.crmsync.ledger.Posting;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.planning.Cause;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Plan;
import dev.crmsync.planning.Rules;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.FindsCreated;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsMany;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.Lane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the records that jobs want, and looks up what creates of unknown outcome may have made. */
final class Reads {
    private final SyncContext context;
    private final Adapter adapter;
    private final Calls calls;

    Reads(SyncContext context, String system, Calls calls) {
        this.context = context;
        this.adapter = context.adapter(system);
        this.calls = calls;
    }

    /** Asks the system; each job has an answer afterwards, or is put back. */
    void read(List<Job> wanted) {
        List<Runnable> tasks = new ArrayList<>();
        wanted.stream()
                .filter(job -> !readable(job))
                .forEach(job -> job.read = new Read.Unknown(
                        "the adapter cannot read records of type " + job.link.type() + " by id", null));
        List<Job> jobs = new ArrayList<>(wanted.stream().filter(this::readable).toList());
        if (adapter instanceof ReadsMany many && (jobs.size() > 1 || !(adapter instanceof ReadsOne))) {
            if (adapter instanceof ReadsOne one) {
                jobs.stream()
                        .filter(job -> !can(job, Operation.READ_MANY))
                        .forEach(job -> tasks.add(() -> readOne(one, job)));
                jobs.removeIf(job -> !can(job, Operation.READ_MANY));
            }
            Map<String, List<Job>> byType = new TreeMap<>();
            jobs.forEach(job -> byType.computeIfAbsent(job.link.type(), type -> new ArrayList<>())
                    .add(job));
            byType.values().forEach(ofType -> {
                for (int from = 0; from < ofType.size(); from += many.readBatchSize()) {
                    List<Job> batch = ofType.subList(from, Math.min(ofType.size(), from + many.readBatchSize()));
                    tasks.add(() -> readMany(many, batch));
                }
            });
        } else if (adapter instanceof ReadsOne one) {
            jobs.forEach(job -> tasks.add(() -> readOne(one, job)));
        } else {
            jobs.forEach(job -> job.read = new Read.Unknown("the adapter cannot read records by id", null));
        }
        calls.run(tasks);
    }

    private boolean readable(Job job) {
        return can(job, Operation.READ_ONE);
    }

    private boolean can(Job job, Operation operation) {
        return adapter.declaration()
                .type(job.link.type())
                .map(declared -> declared.can(operation))
                .orElse(true);
    }

    private void readOne(ReadsOne reader, Job job) {
        calls.call(
                Operation.READ_ONE,
                job.row.lane(),
                List.of(job),
                () -> job.read = told(reader.read(ref(job)), "the adapter answered nothing"),
                reason -> job.read = new Read.Unknown(reason, null));
    }

    private void readMany(ReadsMany reader, List<Job> batch) {
        calls.call(
                Operation.READ_MANY,
                batch.get(0).row.lane(),
                batch,
                () -> {
                    Map<RecordRef, Read> answers =
                            reader.readMany(batch.stream().map(Reads::ref).toList());
                    batch.forEach(job -> job.read = told(answers.get(ref(job)), "the answer did not name the record"));
                },
                reason -> unclear(reader, batch, reason));
    }

    private static Read told(@Nullable Read read, String otherwise) {
        return read == null ? new Read.Unknown(otherwise, null) : read;
    }

    /** One record may have spoilt the call for all: each is asked for by itself. */
    private void unclear(ReadsMany reader, List<Job> batch, String reason) {
        if (batch.size() == 1) {
            batch.get(0).read = new Read.Unknown(reason, null);
        } else {
            batch.forEach(job -> readMany(reader, List.of(job)));
        }
    }

    private static RecordRef ref(Job job) {
        return Objects.requireNonNull(job.link.ref(job.system()), "a read is wanted of a record that has no id");
    }

    /**
     * Whether a record must be looked for before it is made: somebody may have made it meanwhile, and a unique upsert would
     * write over what they entered. A run has just listed everything and need not. Where an index is looked into that lags, its
     * silence says nothing, and the call is spared.
     */
    boolean looksFirst(Job job) {
        boolean unlisted = job.row.lane() == Lane.LIVE
                || job.row.lane() == Lane.RETRY
                || !job.link.apart().isEmpty();
        boolean lags = adapter.declaration()
                .type(job.link.type())
                .filter(declared -> declared.createLookup() instanceof CreateLookup.Lookup)
                .isPresent();
        return !job.looked
                && unlisted
                && !lags
                && adapter instanceof FindsCreated
                && can(job, Operation.FIND)
                && joinKey(job) != null;
    }

    /** The key that a create was sent with, or the one that it would be sent with now; null when none is known. */
    private Write.@Nullable ExternalId joinKey(Job job) {
        Rules rules = context.rules().get();
        InFlight flight = job.side().inFlight();
        String anchor = rules.anchor();
        RecordRef known = anchor == null || anchor.equals(job.system()) ? null : job.link.ref(anchor);
        String key = flight != null ? flight.joinKey() : known == null ? null : known.id();
        return Writes.externalId(key, job.link.type(), job.system(), rules);
    }

    /** What a create was sent with; nothing while none is on its way. */
    private Map<String, NativeValue> sent(Job job) {
        InFlight flight = job.side().inFlight();
        Rules rules = context.rules().get();
        return flight == null || !flight.create()
                ? Map.of()
                : rules.system(job.system())
                        .flatMap(known -> known.mapping(job.link.type()))
                        .map(mapping -> rules.lenses()
                                .properties(mapping, flight.slots(), job.side().raw()))
                        .orElseGet(Map::of);
    }

    /** Looks up records by their join key: creates of unknown outcome, and what is about to be made. */
    void find(List<Job> jobs) {
        List<Runnable> tasks = new ArrayList<>();
        for (Job job : jobs) {
            Write.ExternalId key = joinKey(job);
            if (adapter instanceof FindsCreated finder && key != null) {
                tasks.add(() -> calls.call(
                        Operation.FIND,
                        job.row.lane(),
                        List.of(job),
                        () -> job.read =
                                told(finder.find(job.link.type(), key, sent(job)), "the adapter answered nothing"),
                        reason -> job.read = new Read.Unknown(reason, null)));
            } else {
                job.read = new Read.Unknown(
                        key == null
                                ? "the join key that it was made with is not known"
                                : "the adapter declares that creates can be looked up, and cannot look them up",
                        null);
            }
        }
        calls.run(tasks);
    }

    /** What is committed once a job's read was answered: the claim is kept while there is more to do at once. */
    Posting answered(Job job, long issued) {
        return Posting.on(job.link.id(), job.row.lane(), draft -> {
            Read read = Objects.requireNonNull(job.read, "read");
            Plan plan = take(draft, job, issued, read);
            Due next = next(plan, job);
            job.kept = next != null && next.need() != Due.Need.TIMER && !later(next, draft.now());
            if (!job.kept) {
                // A read that succeeds does not make up for the write that failed before it.
                draft.postpone(job.row, job.row.lane(), job.row.attempts(), draft.now());
            }
        });
    }

    private Plan take(Draft draft, Job job, long issued, Read read) {
        if (read instanceof Read.MergedInto merged) {
            return merged(draft, job, issued, merged);
        }
        InFlight flight = job.side().inFlight();
        if (read instanceof Read.Found found && flight != null && flight.create()) {
            String owner = draft.owner(found.record().ref()).orElse(job.link.id());
            if (!owner.equals(job.link.id())) {
                // What was found is another link's: no record of this link's own can be made beside it.
                Outcome taken = new Outcome.Rejected(
                        Outcome.Rejection.UNIQUE, null, found.record().ref(), "the join key belongs to another link");
                return draft.plan(
                        List.of(job.link.id()),
                        (links, at, seq) -> new Input.WriteOutcome(
                                at, seq, job.link.id(), job.system(), flight.seq(), taken, Map.of()));
            }
        }
        Plan plan = outcome(draft, job, issued, read);
        boolean lookedFirst = flight == null && job.side().record() == null;
        return lookedFirst && read instanceof Read.Found found && isOfAnother(draft, job, found.record())
                ? draft.plan(List.of(job.link.id()), (links, at, seq) -> new Input.TimerDue(at, seq, job.link.id()))
                : plan;
    }

    /** What bears our join key and is another link's is not written over by a record that is made under that key. */
    private static boolean isOfAnother(Draft draft, Job job, ChangeEvent record) {
        String id = job.link.id();
        String owner = draft.owner(record.ref()).orElse(id);
        boolean lacking = draft.link(id)
                .filter(link ->
                        link.joinedInto() == null && link.side(job.system()).record() == null)
                .isPresent();
        if (!lacking || owner.equals(id)) {
            return false;
        }
        Value key = Value.text(record.ref().id());
        draft.relink(
                List.of(new IdentityChange.Suspected(id, List.of(owner), IdentityChange.KEYED_RECORD, key)),
                job.link.type(),
                Cause.read(job.system()));
        return true;
    }

    /** The missed half of a merge: the record that we asked for is told to be another one by now. */
    private Plan merged(Draft draft, Job job, long issued, Read.MergedInto merged) {
        Instant now = draft.now();
        String id = job.link.id();
        draft.observe(ChangeEvent.merged(ref(job), merged.into(), AsOf.at(now), Evidence.READ));
        boolean ours = draft.owner(merged.into()).filter(id::equals).isPresent();
        ChangeEvent record = merged.record();
        if (ours && record != null) {
            return outcome(draft, job, issued, new Read.Found(record));
        }
        // Either the survivor is read next, by whichever link has it now, or this link has lost its record here.
        boolean takenOver =
                draft.link(id).filter(link -> link.joinedInto() != null).isPresent();
        if (takenOver && record != null) {
            draft.observe(record);
        }
        return ours || takenOver
                ? draft.plan(List.of(id), (links, at, seq) -> new Input.TimerDue(at, seq, id))
                : outcome(draft, job, issued, new Read.Gone(AsOf.at(now), false));
    }

    /** What was read may bear a join key that nobody knew of: then the record is another link's by now. */
    private Plan outcome(Draft draft, Job job, long issued, Read read) {
        ChangeEvent record = read instanceof Read.Found found ? found.record() : null;
        String id = job.link.id();
        boolean overtaken = draft.link(id)
                .map(link ->
                        link.joinedInto() != null || link.side(job.system()).lastInput() > issued)
                .orElse(false);
        String owner = record == null ? id : draft.identify(record).orElse(id);
        // What the answer itself has changed about who is who does not overtake it; what came before it still does.
        long since = overtaken ? issued : draft.link(owner).map(LinkState::seq).orElse(issued);
        Map<RecordRef, String> references = record == null ? Map.of() : draft.references(record);
        return draft.plan(
                List.of(owner),
                (links, at, seq) -> new Input.ReadOutcome(at, seq, owner, job.system(), since, read, references));
    }

    static @Nullable Due next(Plan plan, Job job) {
        return plan.due().stream()
                .filter(work ->
                        work.link().equals(job.link.id()) && work.system().equals(job.system()))
                .findFirst()
                .orElse(null);
    }

    static boolean later(Due due, Instant now) {
        Instant time = due.notBefore();
        return time != null && time.isAfter(now);
    }
}
