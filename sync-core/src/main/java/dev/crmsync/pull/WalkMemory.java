package dev.crmsync.pull;

import dev.crmsync.ledger.SyncContext;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.Fence;
import dev.crmsync.spi.store.Unit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the store keeps of the walks of one type at one system: how far the walk is, which records it listed, and which
 * records the last complete walk of the same question lacked.
 */
final class WalkMemory {
    /** Eight bytes each: a row stays below 8 KB. */
    private static final int RECORDS_A_ROW = 1000;

    private static final int ROWS_A_COMMIT = 200;

    private final SyncContext context;
    private final String state;
    private final String seen;
    private final String base;
    private final String lacked;

    WalkMemory(SyncContext context, String system, String type) {
        String name = system + "/" + type;
        this.context = context;
        this.state = "sweep/" + name;
        this.seen = "sweep-seen/" + name + "/";
        this.base = "sweep-base/" + name;
        this.lacked = "sweep-lacked/" + name + "/";
    }

    /**
     * The last complete walk that concluded anything.
     *
     * @param fingerprint the question that it answered
     * @param lackedRows how many rows tell which known records it lacked
     * @param records how many records it listed
     * @param at when it concluded, on the engine's clock, or null when that was not written down
     */
    record Base(
            String fingerprint,
            int lackedRows,
            long records,
            @Nullable Instant at) {}

    Optional<WalkState> state() {
        return context.store().cursor(context.sync(), state).map(WalkState::of);
    }

    /** Begins a walk anew. The pages of the former one are forgotten afterwards: none of them is read again. */
    boolean begin(WalkState begun, int formerPages, @Nullable Fence fence) {
        boolean kept = commit(Unit.builder().cursor(state, begun.toBytes()), fence);
        if (kept) {
            forget(seen, formerPages, fence);
        }
        return kept;
    }

    /** Keeps a page: what it listed, and the cursor of the next one. */
    boolean keep(WalkState next, Collection<String> ids, @Nullable Fence fence) {
        return commit(
                Unit.builder()
                        .cursor(seen + (next.pages() - 1), ids.isEmpty() ? Bytes.EMPTY : DigestSet.row(ids))
                        .cursor(state, next.toBytes()),
                fence);
    }

    /**
     * Keeps a conclusion.
     *
     * @param lacking the known records that the walk lacked, when absence is to be measured by it from now on, or null
     */
    boolean finish(WalkState finished, @Nullable List<String> lacking, @Nullable Fence fence) {
        Unit.Builder unit = Unit.builder().cursor(state, finished.toBytes());
        if (lacking != null) {
            int rows = 0;
            for (int from = 0; from < lacking.size(); from += RECORDS_A_ROW) {
                List<String> some = lacking.subList(from, Math.min(lacking.size(), from + RECORDS_A_ROW));
                unit.cursor(lacked + rows++, DigestSet.row(some));
            }
            unit.cursor(base, bytes(new Base(finished.fingerprint(), rows, finished.rows(), context.now())));
        }
        boolean kept = commit(unit, fence);
        if (kept) {
            forget(seen, finished.pages(), fence);
        }
        return kept;
    }

    DigestSet seen(int pages) {
        return load(seen, pages);
    }

    DigestSet lacked() {
        return load(lacked, base().map(Base::lackedRows).orElse(0));
    }

    Optional<Base> base() {
        return context.store().cursor(context.sync(), base).map(WalkMemory::base);
    }

    private DigestSet load(String prefix, int rows) {
        DigestSet set = new DigestSet();
        for (int row = 0; row < rows; row++) {
            context.store().cursor(context.sync(), prefix + row).ifPresent(set::addAll);
        }
        return set;
    }

    private void forget(String prefix, int rows, @Nullable Fence fence) {
        for (int from = 0; from < rows; from += ROWS_A_COMMIT) {
            Unit.Builder unit = Unit.builder();
            for (int row = from; row < Math.min(rows, from + ROWS_A_COMMIT); row++) {
                unit.cursor(prefix + row, Bytes.EMPTY);
            }
            commit(unit, fence);
        }
    }

    private boolean commit(Unit.Builder unit, @Nullable Fence fence) {
        return context.store()
                .commit(context.sync(), List.of(unit.build()), fence)
                .get(0);
    }

    private static Bytes bytes(Base base) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(base.fingerprint());
            out.writeInt(base.lackedRows());
            out.writeLong(base.records());
            if (base.at() != null) {
                out.writeLong(base.at().toEpochMilli());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Bytes.of(bytes.toByteArray());
    }

    private static Base base(Bytes kept) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(kept.toArray()))) {
            return new Base(
                    in.readUTF(),
                    in.readInt(),
                    in.readLong(),
                    in.available() > 0 ? Instant.ofEpochMilli(in.readLong()) : null);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
