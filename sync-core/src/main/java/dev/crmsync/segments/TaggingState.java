package dev.crmsync.segments;

import dev.crmsync.spi.model.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * How far the mirroring of a segment is: all that is needed to go on with it in another process.
 *
 * @param phase what it is doing
 * @param planHash the plan that waits, is being applied, or was applied last; empty before the first
 * @param labelId the id of the label; empty while it is still to be made
 * @param whole whether the listing that the plan was made from was whole
 * @param attach how many rows name those who are to bear the label
 * @param detach how many rows name those who are to lose it
 * @param borne how many rows name those who were given it by earlier runs
 * @param done how many rows of the plan are done, those of {@code attach} first
 * @param counts what the vendor has counted so far
 */
record TaggingState(
        Phase phase,
        String planHash,
        String labelId,
        boolean whole,
        int attach,
        int detach,
        int borne,
        int done,
        Counts counts) {
    private static final int FORMAT = 1;

    /** What a vendor has counted. */
    record Counts(long applied, long skipped, long removed) {
        static final Counts NONE = new Counts(0, 0, 0);

        Counts attached(long more, long passedOver) {
            return new Counts(applied + more, skipped + passedOver, removed);
        }

        Counts detached(long more) {
            return new Counts(applied, skipped, removed + more);
        }
    }

    enum Phase {
        /** A plan waits to be applied. */
        PLANNED,
        /** A plan is being applied. */
        APPLYING,
        /** The last plan was applied. */
        APPLIED
    }

    static final TaggingState NEW = new TaggingState(Phase.APPLIED, "", "", true, 0, 0, 0, 0, Counts.NONE);

    TaggingState planned(String hash, String label, boolean complete, int attachRows, int detachRows) {
        return new TaggingState(Phase.PLANNED, hash, label, complete, attachRows, detachRows, borne, 0, Counts.NONE);
    }

    TaggingState applying(String label) {
        return new TaggingState(Phase.APPLYING, planHash, label, whole, attach, detach, borne, done, counts);
    }

    TaggingState after(int rows, Counts counted) {
        return new TaggingState(phase, planHash, labelId, whole, attach, detach, borne, rows, counted);
    }

    TaggingState applied(int borneRows) {
        return new TaggingState(Phase.APPLIED, planHash, labelId, whole, 0, 0, borneRows, 0, counts);
    }

    Bytes toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeUTF(phase.name());
            out.writeUTF(planHash);
            out.writeUTF(labelId);
            out.writeBoolean(whole);
            for (int rows : new int[] {attach, detach, borne, done}) {
                out.writeInt(rows);
            }
            out.writeLong(counts.applied());
            out.writeLong(counts.skipped());
            out.writeLong(counts.removed());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Bytes.of(bytes.toByteArray());
    }

    /** The state that was kept, or null when another version wrote it otherwise: the next plan begins anew. */
    static @Nullable TaggingState of(Bytes kept) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(kept.toArray()))) {
            if (in.readByte() != FORMAT) {
                return null;
            }
            return new TaggingState(
                    Phase.valueOf(in.readUTF()),
                    in.readUTF(),
                    in.readUTF(),
                    in.readBoolean(),
                    in.readInt(),
                    in.readInt(),
                    in.readInt(),
                    in.readInt(),
                    new Counts(in.readLong(), in.readLong(), in.readLong()));
        } catch (IOException | IllegalArgumentException unreadable) {
            return null;
        }
    }
}
