package dev.crmsync.testkit.simulation;

import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Reason;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When the engine saw what, what it made of that, and what it can have known. */
final class Sights {
    private static final Set<Reason> UNCLEAR = EnumSet.of(Reason.UNORDERED, Reason.AMBIGUOUS, Reason.PARTIAL);

    /** Reasons for which nothing of a sighting was taken. */
    private static final Set<Reason> REFUSED = EnumSet.of(Reason.UNIDENTIFIED, Reason.OVERTAKEN, Reason.SECONDARY);

    private final Findings found;
    private final Set<Said> refused = new HashSet<>();
    private final IdentityHashMap<Sighting, Boolean> believed = new IdentityHashMap<>();

    /** What a system said as of some time of its record of a link. */
    private record Said(
            @Nullable String link, String system, @Nullable AsOf asOf) {}

    Sights(Findings found) {
        this.found = found;
        found.journal
                .values()
                .forEach(decisions -> decisions.stream()
                        .filter(decision -> REFUSED.contains(decision.reason()))
                        .forEach(decision -> refused.add(
                                new Said(found.last(decision.link()), decision.system(), decision.asOf()))));
    }

    /** Whether a sighting shows all of a field, and not only a part of it: what comes or goes is read before it counts. */
    boolean shows(Sighting sighting, RecordRef ref, Field field) {
        return sighting.event.kind() == ChangeKind.UPSERT
                && sighting.event.ref().equals(ref)
                && found.mapped(ref, field)
                        .map(mapped -> sighting.event
                                .properties()
                                .keySet()
                                .containsAll(mapped.lens().properties()))
                        .orElse(false);
    }

    /** Whether a sighting says anything of a field. */
    boolean mentions(Sighting sighting, RecordRef ref, Field field) {
        return sighting.event.ref().equals(ref)
                && found.mapped(ref, field)
                        .map(mapped ->
                                mapped.lens().properties().stream().anyMatch(sighting.event.properties()::containsKey))
                        .orElse(false);
    }

    /** The fields that a sighting says something of. */
    SortedSet<Field> shown(Sighting sighting) {
        TreeSet<Field> fields = new TreeSet<>();
        RecordRef ref = sighting.event.ref();
        found.deeds(ref)
                .forEach(deed -> found.fields(deed).stream()
                        .filter(field -> mentions(sighting, ref, field))
                        .forEach(fields::add));
        return fields;
    }

    /** When the engine had first taken into account what a deed made of a field, or 0 when it never had. */
    long observed(Deed deed, Field field) {
        return found.chronicle.sightings.stream()
                .filter(sighting -> sighting.taken >= deed.tick() && believed(sighting))
                .filter(sighting -> shows(sighting, deed.ref(), field))
                .mapToLong(sighting -> sighting.planned)
                .min()
                .orElse(0);
    }

    /**
     * When it was first clear to the engine what a deed made of a field, or 0 when it never was. An event that is neither
     * older nor newer than what was seen before makes nothing clear: a read does.
     */
    long understood(Deed deed, Field field) {
        return found.chronicle.sightings.stream()
                .filter(sighting -> sighting.taken >= deed.tick() && believed(sighting))
                .filter(sighting -> shows(sighting, deed.ref(), field) && !unclear(sighting, field))
                .mapToLong(sighting -> sighting.planned)
                .min()
                .orElse(observed(deed, field));
    }

    /**
     * Whether the engine took a sighting in. It believes no part of a record that it had never seen, no answer that
     * something has overtaken, nothing of a record beside the one that it follows, and no late event of a record that is
     * gone.
     */
    boolean believed(Sighting sighting) {
        return believed.computeIfAbsent(
                sighting,
                fresh -> sighting.planned > 0 && !refused.contains(said(sighting.event)) && !ofGone(sighting));
    }

    private Said said(ChangeEvent event) {
        String link = found.linkOf(event.ref());
        return new Said(link == null ? null : found.last(link), event.ref().system(), event.asOf());
    }

    /** Whether an event came after its record was known to be gone. */
    private boolean ofGone(Sighting sighting) {
        RecordRef ref = sighting.event.ref();
        String link = found.linkOf(ref);
        return sighting.notice != null
                && link != null
                && sighting.event.kind() == ChangeKind.UPSERT
                && found.decisions(found.last(link)).stream()
                        .anyMatch(decision -> decision.reason() == Reason.GONE
                                && decision.system().equals(ref.system())
                                && sighting.event.asOf().equals(decision.asOf())
                                && planned(sighting, decision));
    }

    /** Whether a decision was made when a sighting was first taken into account, and not when it was told once more. */
    private boolean planned(Sighting sighting, Decision decision) {
        return found.commits(decision.link()).stream()
                .anyMatch(commit -> commit.tick() == sighting.planned
                        && commit.expected() < decision.seq()
                        && decision.seq() <= commit.version());
    }

    /** Whether what was seen of a field was older than what was known of it when it was first told. */
    boolean overtaken(Sighting sighting, Field field) {
        String link = found.linkOf(sighting.event.ref());
        return link != null
                && found.decisions(found.last(link)).stream()
                        .filter(decision -> field.name().equals(decision.field())
                                && decision.system().equals(sighting.event.ref().system())
                                && sighting.event.asOf().equals(decision.asOf()))
                        .findFirst()
                        .filter(decision -> decision.reason() == Reason.STALE)
                        .isPresent();
    }

    private boolean unclear(Sighting sighting, Field field) {
        return decided(sighting, field, UNCLEAR) || likeness(sighting, field);
    }

    /**
     * Whether a coarse date shows what a write is about to bring, and may be older than it: the engine knows it for no edit, and for no
     * proof that the write arrived either, and goes on seeing what it had seen.
     */
    private boolean likeness(Sighting sighting, Field field) {
        Value shown = found.value(sighting.event.ref(), field, Deed.slots(sighting.event.properties()));
        return decisions(sighting, field)
                .anyMatch(decision -> decision.reason() == Reason.ECHO && !found.same(field, shown, decision.saw()));
    }

    /** Whether what a webhook or a page said of a field was decided for one of these reasons. */
    private boolean decided(Sighting sighting, Field field, Set<Reason> reasons) {
        return decisions(sighting, field).anyMatch(decision -> reasons.contains(decision.reason()));
    }

    /** What was decided about a field when a webhook or a page told of it. */
    private Stream<Decision> decisions(Sighting sighting, Field field) {
        String link = found.linkOf(sighting.event.ref());
        return sighting.event.evidence() == Evidence.READ || link == null
                ? Stream.empty()
                : found.decisions(found.last(link)).stream()
                        .filter(decision -> field.name().equals(decision.field())
                                && decision.system().equals(sighting.event.ref().system())
                                && sighting.event.asOf().equals(decision.asOf()));
    }

    /** The same, when nothing newer had been done to the field before it was seen: so it was seen as it was made. */
    long seenAsMade(Deed deed, Field field) {
        return asMade(deed, field).mapToLong(sighting -> sighting.planned).min().orElse(0);
    }

    /** The same, when it was plain, and not seen only after something that had been done later. */
    long seenInTime(Deed deed, Field field) {
        return asMade(deed, field)
                .filter(sighting -> !decided(sighting, field, Set.of(Reason.STALE)) && !unclear(sighting, field))
                .mapToLong(sighting -> sighting.planned)
                .min()
                .orElse(0);
    }

    private Stream<Sighting> asMade(Deed deed, Field field) {
        long next = found.deeds(deed.ref()).stream()
                .filter(later ->
                        later.tick() > deed.tick() && found.fields(later).contains(field))
                .mapToLong(Deed::tick)
                .min()
                .orElse(Long.MAX_VALUE);
        return found.chronicle.sightings.stream()
                .filter(sighting -> sighting.taken >= deed.tick() && sighting.taken < next && believed(sighting))
                .filter(sighting -> shows(sighting, deed.ref(), field));
    }

    /**
     * The last tick before another at whose state of a field the engine had looked by some time: by a sighting that it
     * believed, or by a write of its own that was acknowledged. 0 when it had not.
     */
    long knownAt(RecordRef ref, Field field, long before, long by) {
        long known = 0;
        for (Sighting sighting : found.chronicle.sightings) {
            boolean plain = believed(sighting) && !unclear(sighting, field);
            if (sighting.taken < before && sighting.planned < by && plain && shows(sighting, ref, field)) {
                known = Math.max(known, sighting.taken);
            }
        }
        for (Call call : found.vendor(ref.system()).calls) {
            Deed deed = call.deed;
            boolean heard = call.acknowledged() && call.heard < by && found.gives(call, ref, field);
            if (heard && deed != null && deed.ref().equals(ref) && deed.tick() < before) {
                known = Math.max(known, deed.tick());
            }
        }
        return known;
    }

    /** When the engine first took into account what a record held at a tick or later, or 0 when it never did. */
    long firstSeen(RecordRef ref, long tick) {
        return found.chronicle.sightings.stream()
                .filter(sighting -> sighting.event.ref().equals(ref)
                        && sighting.event.kind() == ChangeKind.UPSERT
                        && sighting.taken >= tick
                        && believed(sighting))
                .mapToLong(sighting -> sighting.planned)
                .min()
                .orElse(0);
    }
}
