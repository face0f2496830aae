package dev.crmsync.testkit.check;

import dev.crmsync.planning.Agreed;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Sent;
import dev.crmsync.planning.Side;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Keeps count of what the engine can know of what people did, from what it was shown and not from what it made of that: the
 * laws ask of it no more than it can know. Not thread-safe.
 */
final class Insight {
    private final Arena arena;
    private final Place[] places;

    Insight(Arena arena, Place[] places) {
        this.arena = arena;
        this.places = places;
    }

    static @Nullable Value agreed(LinkState link, Field field) {
        Agreed agreed = link.agreed().get(field.name());
        return agreed == null ? null : agreed.value();
    }

    /** Whether somebody has changed a field in a way that the engine cannot know of, or not for certain. */
    boolean outstanding(String field) {
        for (Place place : places) {
            boolean news = place.notices().stream()
                    .anyMatch(notice -> notice.isNews() && notice.outside().contains(field));
            if (news || place.unclear().contains(field)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The record was shown to the engine as it was after the last deed until some time, whatever the as-of tells of that.
     * Unless it still wants a read it knows all that was done until then.
     */
    void shown(int at, ChangeEvent event, Instant until, LinkState before, LinkState after) {
        ToySystem system = arena.systems.get(at);
        if (after.side(system.name).wanted() != null) {
            return;
        }
        for (Field field : arena.fields) {
            boolean whole = event.properties().keySet().containsAll(system.properties(field));
            Hand hand = places[at].hands().get(field.name());
            if (whole && hand != null && !hand.understood() && !hand.at().isAfter(until)) {
                understood(at, system, field, hand, before, after);
            }
            if (whole && places[at].unclear().contains(field.name())) {
                TreeSet<String> unclear = new TreeSet<>(places[at].unclear());
                unclear.remove(field.name());
                places[at] = places[at].unclear(unclear);
                forgetTally(field.name());
            }
        }
        known(at, event, until);
    }

    private void known(int at, ChangeEvent event, Instant until) {
        List<Notice> notices = new ArrayList<>(places[at].notices());
        boolean any = false;
        for (int i = 0; i < notices.size(); i++) {
            Notice notice = notices.get(i);
            boolean earlier = !notice.at().isAfter(until);
            if (notice.isNews()
                    && earlier
                    && event.properties()
                            .keySet()
                            .containsAll(notice.event().properties().keySet())) {
                notices.set(i, notice.shown());
                notice.outside().forEach(this::forgetTally);
                any = true;
            }
        }
        if (any) {
            places[at] = places[at].noticing(notices);
        }
    }

    private void understood(int at, ToySystem system, Field field, Hand hand, LinkState before, LinkState after) {
        Side side = before.side(system.name);
        FieldMapping mapped = system.mapping.carrying(field).orElseThrow();
        if (maybeOurs(side, field, mapped, places[at].holds(), system)) {
            return;
        }
        Value was = agreed(before, field);
        Value believed = side.held(arena.lenses(), system.name, field, mapped);
        if (arena.same(field, believed, hand.value())) {
            // Nobody can tell that something else stood there in between.
            return;
        }
        boolean built = was != null && believed != null && arena.same(field, was, believed);
        boolean contested = !arena.same(field, agreed(after, field), hand.value());
        places[at] = places[at].hand(
                field.name(), hand.understood(field.type().isSet() ? believed : null, contested, built));
    }

    /** Whether what stands there may as well be what sync has written: nobody can tell that a person typed the same. */
    private boolean maybeOurs(
            Side side, Field field, FieldMapping mapped, Map<String, NativeValue> holds, ToySystem system) {
        Map<String, NativeValue> slots = arena.lenses().slots(system.mapping, holds);
        for (String slot : arena.lenses().slotsOf(mapped, field)) {
            NativeValue raw = slots.getOrDefault(slot, NativeValue.EMPTY);
            NativeValue sent =
                    side.inFlight() == null ? null : side.inFlight().slots().get(slot);
            boolean sending = sent != null && arena.lenses().explains(mapped, sent, raw);
            boolean wasSent = false;
            for (Sent earlier : side.sent().getOrDefault(slot, List.of())) {
                wasSent |= raw.equals(earlier.shown()) || arena.lenses().explains(mapped, earlier.raw(), raw);
            }
            if (!sending && !wasSent) {
                return false;
            }
        }
        return true;
    }

    /** What is agreed may have become another: then whatever stood against it has been overtaken. */
    void agreedChanged(LinkState before, LinkState after) {
        if (before.agreed().equals(after.agreed())) {
            return;
        }
        for (Field field : arena.fields) {
            Value is = agreed(after, field);
            if (arena.same(field, agreed(before, field), is)) {
                continue;
            }
            for (int at = 0; at < places.length; at++) {
                Hand hand = places[at].hands().get(field.name());
                if (hand != null && hand.understood()) {
                    boolean contested = hand.contested() && !arena.same(field, is, hand.value());
                    places[at] = places[at].hand(field.name(), hand.after(contested));
                }
            }
        }
    }

    /** An edit of a field was understood: writes that were begun before do not count. */
    void forgetTally(String field) {
        for (int at = 0; at < places.length; at++) {
            if (places[at].tally().containsKey(field)) {
                places[at] = places[at].tallying(field, 0);
            }
            Call call = places[at].call();
            if (call instanceof Call.Sending sending && sending.counts().contains(field)) {
                TreeSet<String> counts = new TreeSet<>(sending.counts());
                counts.remove(field);
                places[at] = places[at].calling(
                        new Call.Sending(sending.flight(), sending.create(), sending.properties(), counts));
            } else if (call instanceof Call.Answering answering
                    && answering.counts().contains(field)) {
                TreeSet<String> counts = new TreeSet<>(answering.counts());
                counts.remove(field);
                places[at] = places[at].calling(
                        new Call.Answering(answering.flight(), answering.outcome(), answering.until(), counts));
            }
        }
    }
}
