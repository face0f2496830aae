package dev.crmsync.ledger;

import dev.crmsync.json.JournalCodec;
import dev.crmsync.json.LinkCodec;
import dev.crmsync.json.ReviewCodec;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Parting;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.ReviewChange;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.DueChange;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.LinkChange;
import dev.crmsync.spi.store.LinkRow;
import dev.crmsync.spi.store.MatchKey;
import dev.crmsync.spi.store.ReviewRow;
import dev.crmsync.spi.store.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns drafts that belong together into one unit to commit. */
final class UnitWriter {
    /** Counted and not journaled: they tell nothing that the entries beside them do not. */
    private static final Set<Reason> UNTOLD = Set.of(Reason.UNCHANGED, Reason.WRITE_STARTED);

    private final Desk desk;
    private final LinkCodec links = new LinkCodec();
    private final JournalCodec journal = new JournalCodec();
    private final ReviewCodec reviews = new ReviewCodec();
    private final Unit.Builder unit = Unit.builder();
    private Recorder.Written recorded = Recorder.Written.NOTHING;

    UnitWriter(Desk desk) {
        this.desk = desk;
    }

    Unit write(List<Draft> drafts) {
        Set<String> planned = new TreeSet<>();
        Map<String, List<Due>> due = new TreeMap<>();
        Map<String, Lane> lanes = new TreeMap<>();
        Map<ClaimEnd.Place, ClaimEnd> claims = new LinkedHashMap<>();
        Map<String, ReviewRow> reviewRows = new TreeMap<>();
        for (Draft draft : drafts) {
            planned.addAll(draft.planned().keySet());
            due.putAll(draft.due());
            draft.planned().keySet().forEach(id -> lanes.merge(id, draft.lane(), UnitWriter::better));
            draft.claims().forEach(end -> claims.put(end.place(), end));
            draft.identity().forEach(unit::journal);
            draft.decisions().forEach(this::tell);
            draft.reviews().forEach(change -> review(change, reviewRows));
            draft.wakes().forEach(unit::wake);
            append(draft.extras());
        }
        reviewRows.values().forEach(unit::review);
        record(drafts);
        Set<String> changed = new TreeSet<>();
        Map<String, Set<RecordRef>> graves = new TreeMap<>();
        drafts.forEach(draft -> draft.planned()
                .keySet()
                .forEach(id ->
                        graves.computeIfAbsent(id, fresh -> new TreeSet<>()).addAll(draft.graves(id))));
        planned.stream()
                .filter(id -> change(id, graves.getOrDefault(id, Set.of())))
                .forEach(changed::add);
        drafts.forEach(draft -> changed.addAll(draft.renewed()));
        for (String id : changed) {
            changeDue(id, due.getOrDefault(id, List.of()), lanes.getOrDefault(id, Lane.LIVE), claims);
        }
        claims.forEach((pair, end) -> {
            if (!changed.contains(pair.link())) {
                endClaim(end, due.get(pair.link()));
            }
        });
        return unit.build();
    }

    /** What is erased together with it leaves no trace in a recording either. */
    private void record(List<Draft> drafts) {
        Recorder recorder = desk.context.beside().recorder();
        if (recorder == null) {
            return;
        }
        Set<String> erased = new TreeSet<>();
        List<Taken> taken = new ArrayList<>();
        for (Draft draft : drafts) {
            erased.addAll(draft.extras().erased());
            taken.addAll(draft.taken());
            draft.planned().values().stream().filter(LinkState::erased).forEach(link -> erased.add(link.id()));
        }
        recorded = recorder.write(taken, erased::contains, unit);
    }

    /** What the recorder has added, to be remembered once the unit is committed. */
    Recorder.Written recorded() {
        return recorded;
    }

    private static Lane better(Lane a, Lane b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    /** Whether the link is another than it was. One that is not is written all the same, so that nobody overtakes. */
    private boolean change(String id, Set<RecordRef> graves) {
        LinkState before = desk.stored(id);
        LinkState after = desk.link(id);
        if (after == null || after.seq() == 0) {
            return false;
        }
        LinkRow row = desk.row(id);
        if (row != null && after.seq() == row.version()) {
            LinkRow same = new LinkRow(id, row.type(), row.version() + 1, row.rulesHash(), row.document());
            unit.link(
                    new LinkChange(row.version(), same, Set.of(), Set.of(), desk.graves(row.type(), graves), Set.of()));
            return false;
        }
        Set<RecordRef> refsBefore = before == null ? Set.of() : before.refs();
        Set<RecordRef> refsAfter = after.refs();
        Set<MatchKey> keysBefore = before == null ? Set.of() : desk.keysOf(before);
        Set<MatchKey> keysAfter = new HashSet<>(desk.keysOf(after));
        keysAfter.addAll(desk.graves(after.type(), graves));
        if (after.erased()) {
            keysAfter.addAll(desk.graves(after.type(), refsBefore));
        }
        // Keys of before are told under the present rules; under others they may have been fewer.
        boolean sameRules = before != null && before.rulesHash().equals(after.rulesHash());
        unit.link(new LinkChange(
                before == null ? 0 : before.seq(),
                links.encode(after),
                without(refsAfter, refsBefore),
                without(refsBefore, refsAfter),
                sameRules ? MatchKeys.without(keysAfter, keysBefore) : keysAfter,
                MatchKeys.without(keysBefore, keysAfter)));
        return true;
    }

    private static Set<RecordRef> without(Set<RecordRef> all, Set<RecordRef> these) {
        Set<RecordRef> rest = new TreeSet<>(all);
        rest.removeAll(these);
        return rest;
    }

    private void changeDue(String id, List<Due> due, Lane lane, Map<ClaimEnd.Place, ClaimEnd> claims) {
        Set<String> systems = new TreeSet<>(desk.rules.systems().keySet());
        LinkState before = desk.stored(id);
        if (before != null) {
            systems.addAll(before.sides().keySet());
        }
        for (String system : systems) {
            ClaimEnd end = claims.get(new ClaimEnd.Place(id, system));
            Due work = at(due, system);
            if (end != null) {
                endClaim(end, due);
            } else if (work == null) {
                unit.due(new DueChange.Remove(id, system, false));
            } else {
                Instant time = work.notBefore() == null ? desk.at : work.notBefore();
                unit.due(new DueChange.Put(row(work, lane(work, lane), time, 0), false));
            }
        }
    }

    /** What is to be archived waits until it was counted in a budget, whatever it was that made it due. */
    private Lane lane(Due work, Lane lane) {
        LinkState link = desk.link(work.link());
        Parting parting = link == null ? null : link.side(work.system()).life().parting();
        boolean held = work.need() == Due.Need.ARCHIVE && parting != null && parting.stage() == Parting.Stage.HELD_BACK;
        return held ? Lane.HELD : lane;
    }

    private static @Nullable Due at(List<Due> due, String system) {
        return due.stream()
                .filter(work -> work.system().equals(system))
                .findFirst()
                .orElse(null);
    }

    private void endClaim(ClaimEnd end, @Nullable List<Due> due) {
        DueRow row = end.row();
        Instant until = end.until() == null ? desk.at : end.until();
        if (end.dropped()) {
            unit.due(new DueChange.Remove(row.link(), row.system(), true));
        } else if (due == null) {
            unit.due(new DueChange.Put(
                    new DueRow(
                            row.sync(),
                            row.link(),
                            row.system(),
                            end.lane(),
                            until,
                            end.attempts(),
                            row.inFlight(),
                            row.waitingOn()),
                    true));
        } else {
            Due work = at(due, row.system());
            if (work == null) {
                unit.due(new DueChange.Remove(row.link(), row.system(), true));
            } else {
                Instant time = work.notBefore() == null || work.notBefore().isBefore(until) ? until : work.notBefore();
                unit.due(new DueChange.Put(row(work, lane(work, end.lane()), time, end.attempts()), true));
            }
        }
    }

    private DueRow row(Due work, Lane lane, Instant time, int attempts) {
        LinkState link = desk.link(work.link());
        boolean inFlight = link != null && link.side(work.system()).inFlight() != null;
        return new DueRow(
                desk.context.sync(), work.link(), work.system(), lane, time, attempts, inFlight, work.waitingOn());
    }

    private void tell(List<Decision> decisions) {
        Map<String, List<Decision>> byLink = new TreeMap<>();
        for (Decision decision : decisions) {
            if (!UNTOLD.contains(decision.reason())) {
                byLink.computeIfAbsent(decision.link(), fresh -> new ArrayList<>())
                        .add(decision);
            }
        }
        byLink.values().forEach(told -> unit.journal(journal.encode(told)));
    }

    private void review(ReviewChange change, Map<String, ReviewRow> rows) {
        ReviewRow standing = rows.get(change.id());
        if (standing == null) {
            standing = desk.context
                    .store()
                    .review(desk.context.sync(), change.id())
                    .orElse(null);
        }
        boolean open = standing != null && standing.closedAt() == null;
        if (change instanceof ReviewChange.Opened opened) {
            rows.put(change.id(), reviews.encode(opened, open && standing != null ? standing.openedAt() : desk.at));
        } else if (standing != null && open) {
            rows.put(
                    change.id(),
                    new ReviewRow(
                            standing.id(),
                            standing.link(),
                            standing.kind(),
                            standing.openedAt(),
                            desk.at,
                            standing.skeleton(),
                            standing.values()));
        }
    }

    private void append(Unit extras) {
        extras.links().forEach(unit::link);
        extras.journal().forEach(unit::journal);
        extras.due().forEach(unit::due);
        extras.wakes().forEach(unit::wake);
        extras.reviews().forEach(unit::review);
        extras.deadLetters().forEach(unit::deadLetter);
        extras.deadLettersGone().forEach(unit::deadLetterGone);
        extras.inbox().forEach(unit::inbox);
        extras.inboxDone().forEach(unit::inboxDone);
        extras.cursors().forEach(unit::cursor);
        extras.erased().forEach(unit::erase);
    }
}
