package dev.crmsync.planning;

import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.NativeValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A side while one input is being planned. */
final class SideDraft {
    Presence presence;

    @Nullable String record;

    final DraftSet secondaries;
    final DraftMap<Seen> seen;
    final DraftMap<List<Sent>> sent;
    final DraftMap<Standing> standings;
    final DraftMap<Replaced> replaced;

    @Nullable Reason held;

    @Nullable InFlight inFlight;

    @Nullable WantedRead wanted;

    long lastInput;
    long lastRead;

    @Nullable Instant readAt;

    Life life;

    /** Whether this input wants a read, be one wanted already or not. */
    boolean asked;

    private Side frozen;

    SideDraft(Side side) {
        frozen = side;
        presence = side.presence();
        record = side.record();
        secondaries = new DraftSet(side.secondaries());
        seen = new DraftMap<>(side.seen());
        sent = new DraftMap<>(side.sent());
        standings = new DraftMap<>(side.standings());
        replaced = new DraftMap<>(side.replaced());
        held = side.held();
        inFlight = side.inFlight();
        wanted = side.wanted();
        lastInput = side.lastInput();
        lastRead = side.lastRead();
        readAt = side.readAt();
        life = side.life();
    }

    /** The side as it is now: the same instance for as long as nothing changes. */
    Side freeze() {
        if (!is(frozen)) {
            frozen = new Side(
                    presence,
                    record,
                    secondaries.now(),
                    seen.frozen(),
                    sent.frozen(),
                    standings.frozen(),
                    held,
                    inFlight,
                    wanted,
                    lastInput,
                    lastRead,
                    readAt,
                    life,
                    replaced.frozen());
        }
        return frozen;
    }

    /** Whether freezing would give an equal side. */
    boolean is(Side side) {
        return lastInput == side.lastInput()
                && lastRead == side.lastRead()
                && presence == side.presence()
                && held == side.held()
                && Objects.equals(record, side.record())
                && Objects.equals(inFlight, side.inFlight())
                && Objects.equals(wanted, side.wanted())
                && Objects.equals(readAt, side.readAt())
                && life.equals(side.life())
                && standings.is(side.standings())
                && replaced.is(side.replaced())
                && sent.is(side.sent())
                && secondaries.now().equals(side.secondaries())
                && seen.is(side.seen());
    }

    /** Whether there ever was a record that was seen. */
    boolean everSeen() {
        return presence != Presence.NONE && presence != Presence.MENTIONED && presence != Presence.IGNORED;
    }

    /** Whether the system has said that the record is gone. */
    boolean gone() {
        return presence == Presence.ARCHIVED || presence == Presence.DELETED;
    }

    /** Forgets what the record held and what stood on its account, but not which records there are. */
    void forget() {
        seen.clear();
        sent.clear();
        standings.clear();
        replaced.clear();
        inFlight = null;
        wanted = null;
        life = Life.UNKNOWN;
        lastRead = 0;
        readAt = null;
    }

    /** The last-seen raw values: a view that changes with the draft. */
    Map<String, NativeValue> raw() {
        return new RawValues(seen);
    }

    /** A slot, by its index among those seen, shows again what it was last seen to hold: at a later time, when it is later. */
    void seenAgain(int index, AsOf asOf) {
        Seen before = index < 0 ? null : seen.at(index);
        if (before == null) {
            return;
        }
        AsOf.Order order = asOf.compare(before.asOf());
        if (order == AsOf.Order.AFTER) {
            seen.set(index, new Seen(before.raw(), asOf, before.links()));
        } else if (order == AsOf.Order.UNORDERED
                && wanted != null
                && asOf.from().isBefore(asOf.to())) {
            // Within one grain it may have been something else in between: an answer that is on its way may show just
            // that.
            asked = true;
        }
    }

    /** Wants a read, unless one is wanted already. */
    void want(Reason reason, long seq) {
        asked = true;
        if (wanted == null) {
            wanted = new WantedRead(reason, seq, 0);
        }
    }

    /** Wants a read because somebody has restored the record, whatever else one was wanted for: a deletion told next may be older. */
    void wantBack(long seq) {
        asked = true;
        wanted = wanted == null
                ? new WantedRead(Reason.BACK, seq, 0)
                : new WantedRead(Reason.BACK, wanted.seq(), wanted.raced());
    }

    /** Remembers what was sent, so that a late echo of it is known; at most a few for each slot. */
    void remember(String slot, Sent value) {
        List<Sent> kept = new ArrayList<>(sent.getOrDefault(slot, List.of()));
        kept.removeIf(old -> old.raw().equals(value.raw()));
        kept.add(value);
        if (kept.size() > REMEMBERED) {
            kept.remove(0);
        }
        sent.put(slot, List.copyOf(kept));
    }

    /** A value that was sent later is known to stand: what was sent before it can be shown no more, but by somebody else. */
    void outlive(String slot, NativeValue later) {
        List<Sent> values = sent.getOrDefault(slot, List.of());
        int last = values.size() - 1;
        while (last >= 0 && !values.get(last).raw().equals(later)) {
            last--;
        }
        if (last < 0) {
            sent.remove(slot);
        } else if (last > 0) {
            sent.put(slot, values.subList(last, values.size()));
        }
    }

    /** Forgets those values sent to a slot that cannot be ours when they are shown from now on. */
    void disown(String slot, Predicate<Sent> which) {
        List<Sent> kept = sent.getOrDefault(slot, List.of()).stream()
                .filter(which.negate())
                .toList();
        if (kept.isEmpty()) {
            sent.remove(slot);
        } else {
            sent.put(slot, kept);
        }
    }

    /** Forgets what was sent before the horizon. */
    void forgetBefore(Instant horizon) {
        for (String slot : List.copyOf(sent.keySet())) {
            disown(slot, value -> value.at().isBefore(horizon));
        }
    }

    private static final int REMEMBERED = 4;
}
