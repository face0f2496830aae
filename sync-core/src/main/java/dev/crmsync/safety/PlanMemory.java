package dev.crmsync.safety;

import dev.crmsync.ledger.SyncContext;
import dev.crmsync.pull.DigestSet;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the store keeps of a backfill: how far it is, and of the plan that waits for approval what it would do. */
final class PlanMemory {
    private static final String STATE = "backfill";
    private static final String ROW = "backfill/work/";
    private static final int DIGESTS_A_ROW = 1000;

    private final SyncContext context;
    private final List<String> digests = new ArrayList<>();
    private int rows;

    PlanMemory(SyncContext context) {
        this.context = context;
    }

    Optional<RunState> state() {
        return context.store().cursor(context.sync(), STATE).map(RunState::of);
    }

    boolean keep(RunState state, @Nullable Fence fence) {
        return commit(Unit.builder().cursor(STATE, state.toBytes()), fence);
    }

    void drop(@Nullable Fence fence) {
        commit(Unit.builder().cursor(STATE, Bytes.EMPTY), fence);
    }

    /** Begins to keep what a plan would do. Whatever plan there was before is not one that can be approved any more. */
    void beginWork() {
        digests.clear();
        rows = 0;
    }

    void keepWork(String digest, @Nullable Fence fence) {
        digests.add(digest);
        if (digests.size() == DIGESTS_A_ROW) {
            flush(fence);
        }
    }

    /** Ends it, and tells how many rows it took. */
    int endWork(@Nullable Fence fence) {
        if (!digests.isEmpty()) {
            flush(fence);
        }
        return rows;
    }

    private void flush(@Nullable Fence fence) {
        commit(Unit.builder().cursor(ROW + rows++, DigestSet.row(digests)), fence);
        digests.clear();
    }

    DigestSet work(int upTo) {
        DigestSet work = new DigestSet();
        for (int row = 0; row < upTo; row++) {
            context.store().cursor(context.sync(), ROW + row).ifPresent(work::addAll);
        }
        return work;
    }

    void forgetWork(int upTo, @Nullable Fence fence) {
        for (int row = 0; row < upTo; row++) {
            commit(Unit.builder().cursor(ROW + row, Bytes.EMPTY), fence);
        }
    }

    private boolean commit(Unit.Builder unit, @Nullable Fence fence) {
        return context.store()
                .commit(context.sync(), List.of(unit.build()), fence)
                .get(0);
    }
}
