package dev.crmsync.safety;

import dev.crmsync.spi.model.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a backfill is: all that is needed to go on with it in another process.
 *
 * @param phase what it is doing
 * @param since when that began
 * @param planHash the plan that waits for approval, or was approved; empty while there is none
 * @param rulesHash the rules that the plan was made under
 * @param rows how many rows hold the digests of the plan's work
 * @param totals how many pieces of work were let go at each system
 */
record RunState(
        Phase phase, Instant since, String planHash, String rulesHash, int rows, SortedMap<String, Long> totals) {
    /** A walk that was begun longer ago is begun anew: what it saw is too old to plan by. */
    private static final Duration RESUMABLE = Duration.ofHours(24);

    private static final int FORMAT = 1;

    enum Phase {
        /** All records are walked. */
        WALKING,
        /** A plan waits to be applied. */
        PLANNED,
        /** The plan was approved; the work may not have been let go yet. */
        LETTING_GO,
        /** The work was let go. */
        DELIVERING
    }

    RunState {
        totals = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, Long>) totals));
    }

    static RunState walking(Instant since) {
        return new RunState(Phase.WALKING, since, "", "", 0, new TreeMap<>());
    }

    static RunState planned(Instant at, String planHash, String rulesHash, int rows) {
        return new RunState(Phase.PLANNED, at, planHash, rulesHash, rows, new TreeMap<>());
    }

    RunState lettingGo(Instant at, SortedMap<String, Long> letGo) {
        return new RunState(Phase.LETTING_GO, at, planHash, rulesHash, rows, letGo);
    }

    RunState delivering() {
        return new RunState(Phase.DELIVERING, since, planHash, rulesHash, 0, totals);
    }

    /** Whether there is a plan that can be applied, or whose application can be ended. */
    boolean hasPlan() {
        return phase == Phase.PLANNED || phase == Phase.LETTING_GO;
    }

    /** Whether its work was let go, or is about to be. */
    boolean approved() {
        return phase == Phase.LETTING_GO || phase == Phase.DELIVERING;
    }

    /** Whether somebody is, or may come back to, making or looking at a plan. */
    boolean beingMade(Instant now) {
        return hasPlan() || phase == Phase.WALKING && since.plus(RESUMABLE).isAfter(now);
    }

    Bytes toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeUTF(phase.name());
            out.writeLong(since.toEpochMilli());
            out.writeUTF(planHash);
            out.writeUTF(rulesHash);
            out.writeInt(rows);
            out.writeInt(totals.size());
            for (Map.Entry<String, Long> total : totals.entrySet()) {
                out.writeUTF(total.getKey());
                out.writeLong(total.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Bytes.of(bytes.toByteArray());
    }

    /** The state that was kept, or null when another version wrote it otherwise: the backfill begins anew. */
    static @Nullable RunState of(Bytes kept) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(kept.toArray()))) {
            if (in.readByte() != FORMAT) {
                return null;
            }
            Phase phase = Phase.valueOf(in.readUTF());
            Instant since = Instant.ofEpochMilli(in.readLong());
            String planHash = in.readUTF();
            String rulesHash = in.readUTF();
            int rows = in.readInt();
            SortedMap<String, Long> totals = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                totals.put(in.readUTF(), in.readLong());
            }
            return new RunState(phase, since, planHash, rulesHash, rows, totals);
        } catch (IOException | IllegalArgumentException unreadable) {
            return null;
        }
    }
}
