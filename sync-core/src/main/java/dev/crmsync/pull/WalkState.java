package dev.crmsync.pull;

import dev.crmsync.pull.WalkReport.Conclusion;
import dev.crmsync.spi.model.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a walk is: all that is needed to go on with it in another process.
 *
 * @param phase what is being done
 * @param startedAt when it began, on the engine's clock
 * @param fingerprint the question that it answers
 * @param cursor the vendor's cursor of the next page, or null for the first
 * @param pages how many pages were kept
 * @param rows how many rows they had
 * @param matched how many of them joined a link by an equal value
 * @param complete whether the vendor vouched for every page so far
 * @param conclusion what was concluded; null until it is finished
 * @param absent how many known records were not listed
 * @param asked how many of these are read
 */
record WalkState(
        Phase phase,
        Instant startedAt,
        String fingerprint,
        @Nullable String cursor,
        int pages,
        long rows,
        long matched,
        boolean complete,
        @Nullable Conclusion conclusion,
        long absent,
        long asked) {
    private static final int FORMAT = 2;

    enum Phase {
        LISTING,
        CONCLUDING,
        FINISHED
    }

    static WalkState begun(Instant at, String fingerprint) {
        return new WalkState(Phase.LISTING, at, fingerprint, null, 0, 0, 0, true, null, 0, 0);
    }

    /** The state after a page: the end of the listing when the vendor gave no cursor. */
    WalkState after(int events, long joined, @Nullable String next, boolean vouched) {
        return new WalkState(
                next == null ? Phase.CONCLUDING : Phase.LISTING,
                startedAt,
                fingerprint,
                next,
                pages + 1,
                rows + events,
                matched + joined,
                complete && vouched,
                null,
                0,
                0);
    }

    WalkState finished(Conclusion made, long records, long missing, long reads) {
        return new WalkState(
                Phase.FINISHED, startedAt, fingerprint, null, pages, records, matched, complete, made, missing, reads);
    }

    WalkReport report(String system, String type) {
        return new WalkReport(
                system,
                type,
                startedAt,
                rows,
                matched,
                absent,
                asked,
                conclusion == null ? Conclusion.PARTIAL : conclusion);
    }

    Bytes toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeUTF(phase.name());
            out.writeLong(startedAt.toEpochMilli());
            out.writeUTF(fingerprint);
            out.writeBoolean(cursor != null);
            if (cursor != null) {
                byte[] opaque = cursor.getBytes(StandardCharsets.UTF_8);
                out.writeInt(opaque.length);
                out.write(opaque);
            }
            out.writeInt(pages);
            out.writeLong(rows);
            out.writeLong(matched);
            out.writeBoolean(complete);
            out.writeUTF(conclusion == null ? "" : conclusion.name());
            out.writeLong(absent);
            out.writeLong(asked);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Bytes.of(bytes.toByteArray());
    }

    /** The state that was kept, or null when it was kept by a version that wrote it otherwise: the walk begins anew. */
    static @Nullable WalkState of(Bytes kept) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(kept.toArray()))) {
            if (in.readByte() != FORMAT) {
                return null;
            }
            Phase phase = Phase.valueOf(in.readUTF());
            Instant startedAt = Instant.ofEpochMilli(in.readLong());
            String fingerprint = in.readUTF();
            String cursor = in.readBoolean() ? new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8) : null;
            int pages = in.readInt();
            long rows = in.readLong();
            long matched = in.readLong();
            boolean complete = in.readBoolean();
            String conclusion = in.readUTF();
            return new WalkState(
                    phase,
                    startedAt,
                    fingerprint,
                    cursor,
                    pages,
                    rows,
                    matched,
                    complete,
                    conclusion.isEmpty() ? null : Conclusion.valueOf(conclusion),
                    in.readLong(),
                    in.readLong());
        } catch (IOException | IllegalArgumentException unreadable) {
            return null;
        }
    }
}
