package dev.crmsync.safety;

import dev.crmsync.ledger.SyncContext;
import dev.crmsync.pacing.Pacer;
import dev.crmsync.planning.Difference;
import dev.crmsync.planning.Due;
import dev.crmsync.pull.WalkReport;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.ReadsMany;
import dev.crmsync.spi.adapter.WritesMany;
import dev.crmsync.spi.store.ReviewRow;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Adds held work up to a plan, row by row. */
final class PlanDraft {
    private static final int SAMPLES_OF_A_KIND = 3;
    private static final int REVIEWS_A_PAGE = 500;
    private static final int HASH_BYTES = 16;

    private final SyncContext context;
    private final Map<String, Pacer> pacers;
    private final Consumer<String> digests;
    private final MessageDigest hash = HeldWork.sha256();
    private final SortedMap<String, Tally> tallies = new TreeMap<>();
    private final List<Sample> samples = new ArrayList<>();

    /** What adds up at one system. */
    private static final class Tally {
        private final Map<Due.Need, Map<String, Long>> writes = new EnumMap<>(Due.Need.class);
        private final Map<String, Long> reads = new TreeMap<>();
        private final SortedMap<String, SystemPlan.FieldPlan> fields = new TreeMap<>();
        private final Map<Due.Need, Integer> samples = new EnumMap<>(Due.Need.class);
        private long waiting;

        long written(Due.Need need) {
            return writes.getOrDefault(need, Map.of()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /**
     * An empty draft.
     *
     * @param rulesHash the rules that the plan is made under: other rules make another plan
     * @param digests is told the digest of each piece of work, in order
     */
    PlanDraft(SyncContext context, Map<String, Pacer> pacers, String rulesHash, Consumer<String> digests) {
        this.context = context;
        this.pacers = pacers;
        this.digests = digests;
        hash.update(rulesHash.getBytes(StandardCharsets.UTF_8));
    }

    void add(HeldWork work) {
        String digest = work.digest();
        hash.update(digest.getBytes(StandardCharsets.UTF_8));
        digests.accept(digest);
        if (work.link() == null) {
            return;
        }
        Tally tally = tallies.computeIfAbsent(work.row().system(), system -> new Tally());
        if (work.reads()) {
            tally.reads.merge(work.link().type(), 1L, Long::sum);
        }
        Due.Need need = work.need();
        if (need != null && work.writes()) {
            tally.writes
                    .computeIfAbsent(need, kind -> new TreeMap<>())
                    .merge(work.link().type(), 1L, Long::sum);
            tally.waiting += work.row().waitingOn() == null ? 0 : 1;
            work.changes().forEach(change -> tally.fields.merge(change.field(), counted(change), PlanDraft::sum));
            if (tally.samples.merge(need, 1, Integer::sum) <= SAMPLES_OF_A_KIND) {
                samples.add(new Sample(work.row().link(), work.row().system(), need, work.changes()));
            }
        }
    }

    private static SystemPlan.FieldPlan counted(Difference.FieldChange change) {
        boolean holds = change.from() != null && !change.from().isBlank();
        return new SystemPlan.FieldPlan(1, holds && change.to().isBlank() ? 1 : 0);
    }

    private static SystemPlan.FieldPlan sum(SystemPlan.FieldPlan a, SystemPlan.FieldPlan b) {
        return new SystemPlan.FieldPlan(a.changed() + b.changed(), a.cleared() + b.cleared());
    }

    BackfillPlan plan(Budget budget, List<WalkReport> walks) {
        long links = context.store().countLinks(context.sync());
        List<SystemPlan> systems = new ArrayList<>();
        tallies.forEach((system, tally) -> systems.add(plan(system, tally)));
        return new BackfillPlan(
                context.sync(),
                HexFormat.of().formatHex(hash.digest(), 0, HASH_BYTES),
                context.now(),
                links,
                budget.most(links),
                systems,
                samples,
                openReviews(),
                walks);
    }

    private SystemPlan plan(String system, Tally tally) {
        SortedMap<Operation, Long> calls = new TreeMap<>();
        Adapter adapter = context.adapter(system);
        int writeBatch = adapter instanceof WritesMany many ? many.writeBatchSize() : 1;
        Operation write = adapter instanceof WritesMany ? Operation.WRITE_MANY : Operation.WRITE_ONE;
        tally.writes.forEach((need, byType) -> byType.values()
                .forEach(count -> add(
                        calls,
                        need == Due.Need.ARCHIVE ? Operation.ARCHIVE : write,
                        count,
                        need == Due.Need.ARCHIVE ? 1 : writeBatch)));
        int readBatch = adapter instanceof ReadsMany many ? many.readBatchSize() : 1;
        Operation read = adapter instanceof ReadsMany ? Operation.READ_MANY : Operation.READ_ONE;
        tally.reads.values().forEach(count -> add(calls, read, count, readBatch));
        Pacer pacer = pacers.get(system);
        return new SystemPlan(
                system,
                tally.written(Due.Need.CREATE),
                tally.written(Due.Need.UPDATE),
                tally.written(Due.Need.ARCHIVE),
                tally.reads.values().stream().mapToLong(Long::longValue).sum(),
                tally.waiting,
                tally.fields,
                calls,
                pacer == null ? Duration.ZERO : pacer.estimate(calls));
    }

    private static void add(Map<Operation, Long> calls, Operation operation, long records, int batch) {
        calls.merge(operation, (records + batch - 1) / batch, Long::sum);
    }

    private SortedMap<String, Long> openReviews() {
        SortedMap<String, Long> open = new TreeMap<>();
        @Nullable String after = null;
        List<ReviewRow> page;
        do {
            page = context.store().openReviews(context.sync(), after, REVIEWS_A_PAGE);
            for (ReviewRow review : page) {
                open.merge(review.kind(), 1L, Long::sum);
                after = review.id();
            }
        } while (page.size() == REVIEWS_A_PAGE);
        return open;
    }
}
