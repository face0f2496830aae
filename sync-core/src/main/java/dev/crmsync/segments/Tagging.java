package dev.crmsync.segments;

import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Progress;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.pacing.PacedCalls;
import dev.crmsync.pacing.Pacer;
import dev.crmsync.pacing.Sleeper;
import dev.crmsync.safety.Budget;
import dev.crmsync.segments.SegmentMemory.Kept;
import dev.crmsync.segments.TaggingState.Counts;
import dev.crmsync.segments.TaggingState.Phase;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.ListsSegments;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.TagsMany;
import dev.crmsync.spi.adapter.TagsMany.Tag;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.Lane;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Keeps one segment mirrored as a label: its members are given the label, and those who have left it lose the label again if
 * an earlier run gave it to them. What people label themselves is left alone. Nothing is taken off on the word of a listing
 * that is empty or not known to be whole.
 *
 * <p>It may be killed at any point: {@link #apply} with the same hash goes on where it stopped. Thread-safe; calls wait for each
 * other, and return when they are done.
 */
public final class Tagging {
    private static final int SAMPLES = 5;

    private final SyncContext context;
    private final Segment segment;
    private final Map<String, Pacer> pacers;
    private final Budget budget;
    private final ListsSegments lister;
    private final TagsMany tagger;
    private final Members members;
    private final SegmentMemory memory;
    private final PacedCalls calls;

    Tagging(Ledger ledger, Segment segment, Map<String, Pacer> pacers, Budget budget, Sleeper sleeper, String owner) {
        this.context = ledger.context();
        this.segment = segment;
        this.pacers = pacers;
        this.budget = budget;
        if (!(context.adapter(segment.system()) instanceof ListsSegments lists)) {
            throw SyncException.configuration(
                            "system " + segment.system() + " keeps no segments that can be listed; name another")
                    .inSystem(segment.system());
        }
        if (!(context.adapter(segment.target()) instanceof TagsMany tags)) {
            throw SyncException.configuration(
                            "system " + segment.target() + " cannot label contacts in batches; name another target")
                    .inSystem(segment.target());
        }
        this.lister = lists;
        this.tagger = tags;
        this.members = new Members(ledger, segment);
        this.memory = new SegmentMemory(context, segment, owner);
        this.calls = new PacedCalls(pacers, sleeper, Lane.BACKFILL, memory::hold);
    }

    /**
     * The segment and its label.
     *
     * @return the segment
     */
    public Segment segment() {
        return segment;
    }

    /**
     * Lists the segment and says what would be done. Writes nothing anywhere but in the engine's own store.
     *
     * @return the plan, which waits until it is applied or replaced by another
     * @throws SyncException of kind VALIDATION when there is no such segment, or several labels of that name; otherwise what
     *     the vendors' answers come to: nothing was concluded, and it can be called again
     */
    public synchronized SegmentPlan dryRun() {
        try {
            memory.hold();
            TaggingState before = memory.state().orElse(TaggingState.NEW);
            String label = label(before.labelId());
            Members.Listing listing = members.list(lister, calls);
            SortedSet<String> borne = memory.all(Kept.BORNE, before.borne());
            TreeSet<String> leaving = new TreeSet<>();
            if (listing.complete()) {
                leaving.addAll(members.atTarget(borne).keySet());
                leaving.removeAll(listing.links());
            }
            int attach = memory.keep(Kept.ATTACH, listing.links(), before.attach());
            int detach = memory.keep(Kept.DETACH, leaving, before.detach());
            SegmentPlan plan = plan(label, listing, borne, leaving);
            memory.keep(before.planned(plan.hash(), label, listing.complete(), attach, detach));
            return plan;
        } finally {
            memory.release();
        }
    }

    private SegmentPlan plan(
            String label, Members.Listing listing, Collection<String> borne, Collection<String> leaving) {
        TreeSet<String> added = new TreeSet<>(listing.links());
        added.removeAll(borne);
        long tagged = batches(listing.links().size()) + batches(leaving.size());
        long admin = label.isEmpty() ? 1 : 0;
        Pacer pacer = Objects.requireNonNull(pacers.get(segment.target()), segment.target());
        String said = segment + "\n" + label + "\n" + listing.links() + "\n" + leaving;
        return new SegmentPlan(
                segment,
                SegmentMemory.digest(said).substring(0, 32),
                context.now(),
                label.isEmpty() ? null : label,
                listing.listed(),
                listing.complete(),
                listing.links().size(),
                added.size(),
                leaving.size(),
                listing.unlinked(),
                tagged + admin,
                pacer.estimate(Map.of(Operation.TAG_MANY, tagged, Operation.ADMIN, admin)),
                samples(listing.links()));
    }

    private List<RecordRef> samples(SortedSet<String> links) {
        List<String> first = links.stream().limit(SAMPLES).toList();
        return List.copyOf(members.atTarget(first).values());
    }

    private long batches(long records) {
        int size = tagger.tagBatchSize();
        return (records + size - 1) / size;
    }

    /** The label's id: the one that is known still, whatever it is called by now; else the one of that name or id; else none. */
    private String label(String known) {
        List<Tag> all = calls.call(segment.target(), Operation.ADMIN, tagger::tags);
        List<String> fitting = new ArrayList<>();
        for (Tag tag : all) {
            if (tag.id().equals(known) || tag.id().equals(segment.label())) {
                return tag.id();
            } else if (tag.name().strip().equals(segment.label().strip())) {
                fitting.add(tag.id());
            }
        }
        if (fitting.size() > 1) {
            throw SyncException.of(
                            Kind.VALIDATION,
                            segment.target() + " has " + fitting.size() + " labels named '" + segment.label()
                                    + "'; name the one that is meant by its id: " + fitting)
                    .inSystem(segment.target());
        }
        return fitting.isEmpty() ? "" : fitting.get(0);
    }

    /**
     * Does what a plan says, in batches, as slowly as the target's quotas want it. Told the same plan again it goes on where
     * it stopped, or gives the same report.
     *
     * @param planHash the plan's {@link SegmentPlan#hash()}
     * @return what was done
     * @throws SyncException of kind VALIDATION when it is not the plan that waits, or the label is gone; otherwise what the
     *     vendor's answers come to: what is done is done, and the same call goes on from there
     */
    public synchronized SegmentReport apply(String planHash) {
        try {
            memory.hold();
            TaggingState state = memory.state().orElse(TaggingState.NEW);
            if (!state.planHash().equals(planHash)) {
                throw SyncException.of(
                                Kind.VALIDATION,
                                "plan " + planHash + " for " + segment + " cannot be applied: "
                                        + (state.planHash().isEmpty()
                                                ? "no plan waits"
                                                : "the last one is " + state.planHash())
                                        + ". Call dryRun() and look at the plan that it gives")
                        .about(planHash);
            }
            if (state.phase() != Phase.APPLIED) {
                state = finish(tag(begin(state)));
            }
            Counts counts = state.counts();
            return new SegmentReport(
                    segment, planHash, state.labelId(), counts.applied(), counts.skipped(), counts.removed());
        } finally {
            memory.release();
        }
    }

    private TaggingState begin(TaggingState state) {
        TaggingState begun = state.applying(state.labelId().isEmpty() ? made(state.planHash()) : state.labelId());
        memory.keep(begun);
        return begun;
    }

    private String made(String planHash) {
        // A call before this one may have made it, and its answer may have been lost.
        String found = label("");
        return found.isEmpty()
                ? calls.call(segment.target(), Operation.ADMIN, () -> tagger.createTag(segment.label(), planHash))
                        .id()
                : found;
    }

    private TaggingState tag(TaggingState begun) {
        TaggingState state = begun;
        int rows = state.attach() + state.detach();
        for (int row = state.done(); row < rows; row++) {
            boolean attach = row < state.attach();
            List<String> links = attach ? memory.row(Kept.ATTACH, row) : memory.row(Kept.DETACH, row - state.attach());
            Counts counts = state.counts();
            for (List<RecordRef> batch :
                    chunks(List.copyOf(members.atTarget(links).values()))) {
                TagsMany.Tagged tagged = tag(state.labelId(), batch, attach, state.planHash());
                counts = attach
                        ? counts.attached(tagged.applied(), tagged.skipped())
                        : counts.detached(tagged.applied());
            }
            state = state.after(row + 1, counts);
            memory.keep(state);
            context.listener()
                    .progress(
                            context.sync(),
                            new Progress("label", segment.target(), Contact.TYPE, row + 1, rows, 0, null));
        }
        return state;
    }

    private TagsMany.Tagged tag(String label, List<RecordRef> batch, boolean attach, String run) {
        String key = SegmentMemory.digest(run + (attach ? "+" : "-") + label + batch);
        return calls.call(segment.target(), Operation.TAG_MANY, () -> tagger.tag(label, batch, attach, key));
    }

    private List<List<RecordRef>> chunks(List<RecordRef> refs) {
        List<List<RecordRef>> chunks = new ArrayList<>();
        for (int from = 0; from < refs.size(); from += tagger.tagBatchSize()) {
            chunks.add(refs.subList(from, Math.min(refs.size(), from + tagger.tagBatchSize())));
        }
        return chunks;
    }

    private TaggingState finish(TaggingState state) {
        SortedSet<String> borne = memory.all(Kept.ATTACH, state.attach());
        if (!state.whole()) {
            borne.addAll(memory.all(Kept.BORNE, state.borne()));
        }
        int rows = memory.keep(Kept.BORNE, borne, state.borne());
        TaggingState applied = state.applied(rows);
        memory.keep(applied);
        memory.keep(Kept.ATTACH, List.of(), state.attach());
        memory.keep(Kept.DETACH, List.of(), state.detach());
        return applied;
    }

    /**
     * Lists the segment, and does what that comes to when it is within the budget of the sync.
     *
     * @return what was done
     * @throws SyncException of kind VALIDATION when more contacts than the budget allows would get or lose the label: nothing was
     *     done, and the message names the plan to approve; or as {@link #dryRun} and {@link #apply}
     */
    public synchronized SegmentReport run() {
        SegmentPlan plan = dryRun();
        long most = budget.most(context.store().countLinks(context.sync()));
        if (plan.added() + plan.detach() > most) {
            throw SyncException.of(
                            Kind.VALIDATION,
                            "sync " + context.sync() + ": " + plan.added() + " contacts would get the label and "
                                    + plan.detach() + " lose it, and the budget is " + most
                                    + "; nothing was done. Look at the plan, then call apply(\"" + plan.hash()
                                    + "\"), or give a larger budget")
                    .about(plan.hash());
        }
        return apply(plan.hash());
    }

    /**
     * Finds out which contacts the target passes over: the label is put on them again, in halves of halves, until it is known.
     * That changes nothing, and costs calls, which are made after everything else.
     *
     * @param mostCalls the most calls to spend, above 0
     * @return those that were found
     * @throws SyncException of kind VALIDATION when nothing was labelled yet; otherwise what the vendor's answers come to
     */
    public synchronized Skipped findSkipped(int mostCalls) {
        try {
            memory.hold();
            TaggingState state = memory.state().orElse(TaggingState.NEW);
            if (state.phase() != Phase.APPLIED || state.labelId().isEmpty()) {
                throw SyncException.of(
                        Kind.VALIDATION, "nothing was labelled for " + segment + " yet; apply a plan first");
            }
            SkippedSearch search = new SkippedSearch(
                    mostCalls, batch -> tag(state.labelId(), batch, true, "skipped " + context.now()));
            for (int row = 0; row < state.borne(); row++) {
                List<RecordRef> refs = List.copyOf(
                        members.atTarget(memory.row(Kept.BORNE, row)).values());
                chunks(refs).forEach(search::look);
            }
            return search.found();
        } finally {
            memory.release();
        }
    }
}
