package dev.crmsync.delivery;

import dev.crmsync.identity.Identity;
import dev.crmsync.identity.Situation;
import dev.crmsync.ledger.Draft;
import dev.crmsync.ledger.Posting;
import dev.crmsync.ledger.Successors;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.planning.Agreed;
import dev.crmsync.planning.Cause;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Plan;
import dev.crmsync.planning.Planner;
import dev.crmsync.planning.Rules;
import dev.crmsync.policy.FieldPolicy;
import dev.crmsync.policy.OnTaken;
import dev.crmsync.spi.adapter.Archives;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesMany;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Begins writes, sends them, and takes in what became of them. */
final class Writes {
    /** After each failure a batch has a quarter of its size: a binary digit for each of these. */
    private static final int SHRINKING = 2;

    private final SyncContext context;
    private final String system;
    private final Calls calls;
    private final DeliverySettings settings;

    Writes(SyncContext context, String system, Calls calls, DeliverySettings settings) {
        this.context = context;
        this.system = system;
        this.calls = calls;
        this.settings = settings;
    }

    /**
     * Begins a write: the difference is derived anew and claimed by the plan before anything is sent. Where nothing is to be
     * sent after all, the claim is given back; where a read must come first, it is kept.
     */
    Posting begin(Job job) {
        String id = job.link.id();
        return Posting.on(id, job.row.lane(), draft -> {
            job.sending = null;
            LinkState link = draft.link(id).orElseThrow(() -> new IllegalArgumentException("there is no link " + id));
            if (link.side(system).inFlight() != null) {
                // Somebody whose claim had lapsed has begun one meanwhile: the next wave sees to it.
                draft.plan(List.of(id), (links, at, seq) -> new Input.TimerDue(at, seq, id));
                return;
            }
            boolean creates = Planner.due(link, draft.rules()).stream()
                    .anyMatch(work -> work.system().equals(system) && work.need() == Due.Need.CREATE);
            if (creates) {
                List<LinkState> others = bearersOfEqualValues(draft, link);
                if (suspected(draft, link, others)) {
                    Plan plan = draft.plan(List.of(id), (links, at, seq) -> new Input.TimerDue(at, seq, id));
                    end(draft, job, plan);
                    return;
                } else if (isBeingMade(draft, others)) {
                    Instant later = draft.now().plus(settings.shortest());
                    draft.postpone(job.row, job.row.lane(), job.row.attempts(), later);
                    return;
                }
            }
            Map<String, String> parents = parents(draft, link);
            String key =
                    creates && keyed(draft.rules(), link.type()) ? context.ids().get() : null;
            Plan plan = draft.plan(
                    List.of(id), (links, at, seq) -> new Input.WriteStarted(at, seq, id, system, parents, key));
            job.sending = plan.after().get(id).side(system).inFlight();
            Due next = Reads.next(plan, job);
            if (job.sending == null && (next == null || next.need() != Due.Need.READ)) {
                end(draft, job, plan);
            }
        });
    }

    private static List<LinkState> bearersOfEqualValues(Draft draft, LinkState link) {
        TreeSet<String> ids = new TreeSet<>();
        draft.bearers(link.type(), Identity.valuesOf(link, draft.rules()))
                .values()
                .forEach(ids::addAll);
        ids.remove(link.id());
        ids.removeAll(link.apart());
        List<LinkState> others = new ArrayList<>();
        ids.forEach(id -> draft.link(id).ifPresent(others::add));
        return others;
    }

    /** The gate just before a record is made: nobody else may have one that is the same thing. */
    private boolean suspected(Draft draft, LinkState link, List<LinkState> others) {
        Map<Situation.Match, List<String>> bearers = draft.bearers(link.type(), Identity.valuesOf(link, draft.rules()));
        List<IdentityChange> changes = Identity.beforeCreate(link, system, bearers, Links.of(others));
        draft.relink(changes, link.type(), Cause.ENGINE);
        return !changes.isEmpty();
    }

    /**
     * Whether a record that may be the same thing is being made at this moment: who comes second waits, and is then stopped
     * by the gate. The others are committed with this link, so that two engines cannot both come first.
     */
    private boolean isBeingMade(Draft draft, List<LinkState> others) {
        boolean making = false;
        for (LinkState other : others) {
            InFlight flight = other.side(system).inFlight();
            making |= flight != null && flight.create();
            draft.plan(List.of(other.id()), (links, at, seq) -> new Input.TimerDue(at, seq, other.id()));
        }
        return making;
    }

    /** Work that is still due at once though nothing could be begun would be claimed again without end: it waits. */
    private void end(Draft draft, Job job, Plan plan) {
        Due next = Reads.next(plan, job);
        boolean idle = next == null
                || next.need() == Due.Need.TIMER
                || next.waitingOn() != null
                || Reads.later(next, draft.now());
        if (idle) {
            draft.release(job.row);
        } else {
            draft.postpone(
                    job.row, job.row.lane(), job.row.attempts(), draft.now().plus(settings.longest()));
        }
    }

    private Map<String, String> parents(Draft draft, LinkState link) {
        Map<String, String> parents = new TreeMap<>();
        for (Agreed agreed : link.agreed().values()) {
            for (String named : LinkState.referredTo(agreed.value())) {
                LinkState parent = Successors.of(named, id -> draft.link(id).orElse(null));
                RecordRef ref = parent == null ? null : parent.referable(system);
                if (ref != null) {
                    parents.put(named, ref.id());
                }
            }
        }
        return parents;
    }

    private boolean keyed(Rules rules, String type) {
        return rules.system(system)
                .flatMap(known -> known.declaration().type(type))
                .filter(declared -> declared.createLookup() instanceof CreateLookup.IdempotencyKey)
                .isPresent();
    }

    /** Sends what the jobs have begun; each has an outcome afterwards. */
    void send(List<Job> jobs) {
        Rules rules = context.rules().get();
        Map<Job, Write> alone = new LinkedHashMap<>();
        Map<String, Map<Job, Write>> together = new TreeMap<>();
        WritesMany many = context.adapter(system) instanceof WritesMany adapter ? adapter : null;
        List<Runnable> tasks = new ArrayList<>();
        for (Job job : jobs) {
            if (job.sending != null && job.sending.archive()) {
                tasks.add(() -> archiveOne(job));
                continue;
            }
            Write write = write(job, rules);
            if (many != null && many.batches(write)) {
                String kind = write.type() + "/" + write.creates() + "/" + most(many, job);
                together.computeIfAbsent(kind, same -> new LinkedHashMap<>()).put(job, write);
            } else {
                alone.put(job, write);
            }
        }
        if (many != null) {
            together.values().forEach(kind -> {
                List<Map.Entry<Job, Write>> all = List.copyOf(kind.entrySet());
                int most = most(many, all.get(0).getKey());
                for (int from = 0; from < all.size(); from += most) {
                    var batch = all.subList(from, Math.min(all.size(), from + most));
                    tasks.add(() -> writeMany(many, batch));
                }
            });
        }
        alone.forEach((job, write) -> tasks.add(() -> writeOne(job, write)));
        calls.run(tasks);
    }

    /**
     * How many writes go together with this one. One record may have spoilt the call for all, and the others must not fail
     * with it until the end: what has failed goes in smaller and smaller company, and alone when it counts.
     */
    private int most(WritesMany many, Job job) {
        int failures = job.row.attempts();
        boolean last = failures > 0 && failures + 1 >= settings.attempts();
        return last ? 1 : Math.max(1, many.writeBatchSize() >> Math.min(Integer.SIZE - 1, SHRINKING * failures));
    }

    private Write write(Job job, Rules rules) {
        InFlight flight = Objects.requireNonNull(job.sending, "sending");
        Optional<Mapping> mapping = rules.system(system).flatMap(known -> known.mapping(job.link.type()));
        Map<String, NativeValue> properties = mapping.map(known -> rules.lenses()
                        .properties(known, flight.slots(), job.side().raw()))
                .orElseGet(Map::of);
        return new Write(
                job.link.id(),
                job.link.type(),
                flight.create() ? null : job.link.ref(system),
                properties,
                externalId(flight.joinKey(), job.link.type(), system, rules),
                flight.create() ? flight.idempotencyKey() : null);
    }

    /** The join key as the system keeps it, or null when it keeps none or the key is not known. */
    static Write.@Nullable ExternalId externalId(@Nullable String key, String type, String system, Rules rules) {
        String property = rules.system(system)
                .flatMap(known -> known.mapping(type))
                .map(Mapping::externalId)
                .orElse(null);
        return key == null || property == null ? null : new Write.ExternalId(property, key);
    }

    private void writeMany(WritesMany writer, List<Map.Entry<Job, Write>> batch) {
        List<Job> jobs = batch.stream().map(Map.Entry::getKey).toList();
        calls.call(
                Operation.WRITE_MANY,
                jobs.get(0).row.lane(),
                jobs,
                () -> {
                    Map<String, Outcome> outcomes = writer.writeMany(
                            batch.stream().map(Map.Entry::getValue).toList());
                    batch.forEach(one -> one.getKey().outcome =
                            told(outcomes.get(one.getValue().key()), "the answer did not name the record"));
                },
                reason -> jobs.forEach(job -> job.outcome = new Outcome.Unknown(reason)));
    }

    private void writeOne(Job job, Write write) {
        if (!(context.adapter(system) instanceof WritesOne writer)) {
            job.outcome = new Outcome.Rejected(
                    Outcome.Rejection.READ_ONLY, null, null, "the adapter cannot write this record by itself");
            return;
        }
        calls.call(
                Operation.WRITE_ONE,
                job.row.lane(),
                List.of(job),
                () -> job.outcome = told(writer.write(write), "the adapter answered nothing"),
                reason -> job.outcome = new Outcome.Unknown(reason));
    }

    private void archiveOne(Job job) {
        RecordRef ref = job.link.ref(system);
        if (!(context.adapter(system) instanceof Archives archiver) || ref == null) {
            job.outcome = new Outcome.Rejected(
                    Outcome.Rejection.READ_ONLY, null, null, "the adapter cannot archive this record");
            return;
        }
        calls.call(
                Operation.ARCHIVE,
                job.row.lane(),
                List.of(job),
                () -> job.outcome = told(archiver.archive(ref), "the adapter answered nothing"),
                reason -> job.outcome = new Outcome.Unknown(reason));
    }

    /** A write that was sent and of which nothing is told may have taken effect. */
    private static Outcome told(@Nullable Outcome outcome, String otherwise) {
        return outcome == null ? new Outcome.Unknown(otherwise) : outcome;
    }

    /** Plans what became of a write. */
    Plan outcome(Draft draft, Job job) {
        InFlight flight = Objects.requireNonNull(job.sending, "sending");
        String id = standing(draft, job);
        if (draft.link(id).filter(LinkState::erased).isPresent()) {
            return erased(draft, id, flight, job.answered());
        }
        Outcome outcome = settled(draft, job, id, flight, job.answered());
        String owner = standing(draft, job);
        long started = begunBy(draft, job, owner, flight);
        Map<RecordRef, String> references =
                outcome instanceof Outcome.Done done ? references(draft, done, flight) : Map.of();
        Plan plan = draft.plan(
                List.of(owner),
                (links, at, seq) -> new Input.WriteOutcome(at, seq, owner, system, started, outcome, references));
        if (job.doubtsParents) {
            askAfterParents(draft, job, flight);
        }
        return plan;
    }

    /** Has the records read that a write refers to. */
    private void askAfterParents(Draft draft, Job job, InFlight flight) {
        AsOf now = AsOf.at(draft.now());
        Identity.references(system, job.link.type(), flight.slots(), draft.rules())
                .forEach(parent -> draft.observe(ChangeEvent.of(parent, ChangeKind.GAP, now, Evidence.READ)));
    }

    /** Whose the ids are that were written, and those that the answer shows. */
    private static Map<RecordRef, String> references(Draft draft, Outcome.Done done, InFlight flight) {
        AsOf now = AsOf.at(draft.now());
        Map<RecordRef, String> known =
                new HashMap<>(draft.references(ChangeEvent.partial(done.ref(), flight.slots(), now, Evidence.READ)));
        if (done.record() != null) {
            known.putAll(draft.references(done.record()));
        }
        return known;
    }

    /** The sequence number of a write, under which its answer is waited for: unless its link was taken over without it. */
    private long begunBy(Draft draft, Job job, String owner, InFlight flight) {
        boolean waited = draft.link(owner)
                .map(link -> link.side(system).inFlight())
                .filter(known -> known.seq() == flight.seq()
                        && known.at().equals(flight.at())
                        && known.create() == flight.create()
                        && flight.slots().entrySet().containsAll(known.slots().entrySet()))
                .isPresent();
        return waited || owner.equals(job.link.id()) ? flight.seq() : Input.WriteOutcome.OF_A_LINK_TAKEN_OVER;
    }

    /** A record that was made of a person who was erased meanwhile begins nobody anew, and nothing is kept of it. */
    private Plan erased(Draft draft, String id, InFlight flight, Outcome outcome) {
        if (flight.create() && outcome instanceof Outcome.Done done) {
            draft.owner(done.ref())
                    .flatMap(draft::link)
                    .filter(other -> other.refs().size() == 1)
                    .ifPresentOrElse(other -> draft.erase(other.id()), () -> draft.bury(id, done.ref()));
        }
        return draft.plan(List.of(id), (links, at, seq) -> new Input.TimerDue(at, seq, id));
    }

    /** The link that the write is of by now: another one may have taken over the one that began it. */
    private static String standing(Draft draft, Job job) {
        LinkState link = Successors.of(job.link.id(), id -> draft.link(id).orElse(null));
        return link == null ? job.link.id() : link.id();
    }

    /**
     * A record that we made is often told of before the answer comes, and has begun a link of its own: that link is ours. A
     * record that is somebody else's is no record of this link, and a person is asked whether the two are the same.
     */
    private Outcome settled(Draft draft, Job job, String id, InFlight flight, Outcome outcome) {
        if (!flight.create()) {
            redirected(draft, job, outcome);
            return outcome;
        }
        if (outcome instanceof Outcome.Done done) {
            LinkState other = draft.owner(done.ref())
                    .filter(owner -> !owner.equals(id))
                    .flatMap(draft::link)
                    .orElse(null);
            if (other == null) {
                return outcome;
            }
            String anchor = draft.rules().anchor();
            boolean apart = draft.link(id).filter(other::isApartFrom).isPresent();
            boolean begunForIt = other.refs().size() == 1;
            if (!apart && (begunForIt || anchor != null && other.ref(anchor) == null)) {
                draft.relink(List.of(new IdentityChange.Joined(id, other.id())), job.link.type(), Cause.write(system));
                return outcome;
            }
            suspect(draft, job, id, done.ref(), null);
            return new Outcome.Rejected(
                    Outcome.Rejection.UNIQUE, null, done.ref(), "the record that answered belongs to another link");
        }
        if (outcome instanceof Outcome.Rejected rejected
                && rejected.kind() == Outcome.Rejection.UNIQUE
                && rejected.existing() != null) {
            OnTaken said = onTaken(draft.rules(), job.link.type(), rejected.property());
            if (said == OnTaken.LINK && isTakenForTheSame(draft, job, id, rejected.existing())) {
                return new Outcome.Deferred(null, null, "the record that holds the value is taken for the same");
            } else if (said != OnTaken.WITHOUT) {
                suspect(draft, job, id, rejected.existing(), rejected.property());
            }
        }
        return outcome;
    }

    /** The record that holds a value which no two may share joins the link, where the policy says so and nothing speaks against it. */
    private boolean isTakenForTheSame(Draft draft, Job job, String id, RecordRef existing) {
        LinkState other = known(draft, existing).flatMap(draft::link).orElse(null);
        String anchor = draft.rules().anchor();
        if (other == null
                || other.id().equals(id)
                || other.refs().size() > 1 && (anchor == null || other.ref(anchor) != null)
                || draft.link(id).filter(other::isApartFrom).isPresent()) {
            return false;
        }
        draft.relink(List.of(new IdentityChange.Joined(id, other.id())), job.link.type(), Cause.write(system));
        return true;
    }

    /** What the policy says of a property whose value another record holds. */
    private OnTaken onTaken(Rules rules, String type, @Nullable String property) {
        return rules.system(system).flatMap(known -> known.mapping(type)).stream()
                .flatMap(mapping -> mapping.fields().stream())
                .filter(mapped -> property != null && mapped.lens().properties().contains(property))
                .flatMap(mapped -> rules.policy().field(type, mapped.field()).stream())
                .map(FieldPolicy::onTaken)
                .findFirst()
                .orElse(OnTaken.REVIEW);
    }

    /** The link of a record, which begins with it where it has none. */
    private static Optional<String> known(Draft draft, RecordRef existing) {
        return draft.owner(existing)
                .or(() -> draft.observe(ChangeEvent.of(existing, ChangeKind.GAP, AsOf.at(draft.now()), Evidence.READ)));
    }

    /** The missed half of a merge: the record that we wrote to is told to be another one by now. */
    private void redirected(Draft draft, Job job, Outcome outcome) {
        RecordRef sent = job.link.ref(system);
        if (outcome instanceof Outcome.Done done && sent != null && !done.ref().equals(sent)) {
            draft.observe(ChangeEvent.merged(sent, done.ref(), AsOf.at(draft.now()), Evidence.READ));
        }
    }

    /** The record that stands in the way gets a link, where it has none, and is named as the candidate. */
    private void suspect(Draft draft, Job job, String id, RecordRef existing, @Nullable String property) {
        String other = known(draft, existing).orElse(id);
        if (!other.equals(id)) {
            String field = property == null ? "record" : property;
            draft.relink(
                    List.of(new IdentityChange.Suspected(id, List.of(other), field, Value.text(existing.id()))),
                    job.link.type(),
                    Cause.write(system));
        }
    }
}
