package dev.crmsync.planning;

import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.Skew;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a record that is gone at one system is to be archived at the others: only where the record rules say so at both
 * ends, and never over an edit that is not known to be earlier than the deletion.
 */
final class Partings {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Planning planning;

    Partings(Planning planning) {
        this.planning = planning;
    }

    /** Whether anybody's deletions of this type are followed: otherwise nothing is written down. */
    private boolean followed(LinkDraft link) {
        return link.rules.deletesFollowed();
    }

    /** Somebody edited a record, or it was first seen to hold something. What is due to be archived stays, until a person says. */
    void edited(LinkDraft link, String system, @Nullable AsOf asOf, @Nullable Value saw) {
        if (!followed(link)) {
            return;
        }
        SideDraft side = link.side(system);
        Instant by = asOf == null ? null : latest(link, system, asOf);
        side.life = side.life.editedAt(planning.seq, by);
        for (Map.Entry<String, SideDraft> other : link.sides.entrySet()) {
            Parting parting = other.getValue().life.parting();
            if (parting != null && !parting.system().equals(system) && !earlier(link, system, by, parting)) {
                contest(link, other.getKey(), other.getValue(), parting, saw);
            }
        }
    }

    /**
     * Somebody wanted a record back that was not known to be gone. What was seen of it since says nothing of that: it was done when
     * it was done.
     */
    void restored(LinkDraft link, String system, AsOf asOf) {
        if (followed(link) && !link.side(system).life.accounts(asOf.to())) {
            edited(link, system, asOf, null);
            SideDraft side = link.side(system);
            side.life = side.life.backBy(asOf.to());
        }
    }

    /** Somebody wanted a record back that was known to be gone: the read that follows takes it into account, whenever the record is dated. */
    void toldOfReturn(LinkDraft link, String system, AsOf asOf) {
        if (followed(link)) {
            SideDraft side = link.side(system);
            side.life = side.life.backBy(asOf.to());
        }
    }

    /**
     * A record is there, and was gone before: somebody wanted it back, and nothing tells when.
     *
     * @param gone by when it was gone, or null when that is known
     * @param there when it was there
     */
    void cameBack(LinkDraft link, String system, @Nullable Instant gone, Instant there) {
        SideDraft side = link.side(system);
        if (followed(link) && (gone == null || !side.life.accounts(gone))) {
            edited(link, system, null, null);
            side.life = side.life.backBy(there);
        }
    }

    /** A record joins with all that it is known to hold. */
    void joined(LinkDraft link, String system) {
        edited(link, system, null, null);
    }

    /** An archiving that is under way cannot be called back; should it get lost, it is not begun again without a word. */
    private void contest(LinkDraft link, String system, SideDraft side, Parting parting, @Nullable Value saw) {
        if (parting.stage() != Parting.Stage.ASKED) {
            part(side, parting.at(Parting.Stage.ASKED));
            planning.ask(link, system, null, Reason.DELETE_REVIEW, saw);
            planning.decided(link, system, Reason.DELETE_REVIEW);
        }
    }

    /** A call that was begun at this sequence number, or later, was answered by the record. */
    void alive(LinkDraft link, String system, long begun) {
        if (followed(link)) {
            SideDraft side = link.side(system);
            side.life = side.life.aliveSince(begun);
        }
    }

    /**
     * A record is gone, by somebody's doing.
     *
     * @param told when the system says that it happened, or null when it is only known that it is gone
     */
    void gone(LinkDraft link, String system, @Nullable AsOf told) {
        SideDraft side = link.side(system);
        RecordRule rule = Scopes.rule(planning.rules, link.type(), system);
        Skew skew = rule.deletes();
        if (skew == null || !tellsDeletes(link, system) || Scopes.left(link, rule)) {
            return;
        }
        Instant notBefore = told != null ? told.from() : lastShown(side);
        boolean contested = contested(link, system, side, skew, notBefore);
        List.copyOf(link.sides.keySet()).forEach(other -> {
            SideDraft theirs = link.side(other);
            boolean there = theirs.presence == Presence.PRESENT && theirs.life.parting() == null;
            if (!other.equals(system) && there && mayArchive(planning.rules, link.now(), other)) {
                Parting.Stage stage = contested ? Parting.Stage.ASKED : Parting.Stage.HELD_BACK;
                part(theirs, new Parting(system, planning.seq, stage, notBefore));
                Reason reason = contested ? Reason.DELETE_REVIEW : Reason.ARCHIVE_DUE;
                if (contested) {
                    planning.ask(link, other, null, reason, null);
                }
                planning.decided(link, other, reason);
            }
        });
    }

    /** Whether something elsewhere may be later than the deletion, or was never to be seen by who deleted. */
    private boolean contested(LinkDraft link, String system, SideDraft side, Skew skew, Instant notBefore) {
        boolean unsent = side.inFlight != null || !side.secondaries.isEmpty() || lacked(link, system);
        return unsent
                || link.sides.entrySet().stream()
                        .anyMatch(other -> !other.getKey().equals(system)
                                && other.getValue().life.edited() > side.life.alive()
                                && !earlier(
                                        link,
                                        other.getKey(),
                                        other.getValue().life.editedBy(),
                                        system,
                                        skew,
                                        notBefore));
    }

    /** What others had agreed on, and the record was never given. */
    private boolean lacked(LinkDraft link, String system) {
        return !Difference.of(link.before, system, planning.rules, null).isEmpty();
    }

    /** Whether what is told only now was done before the other record was removed: it was there to be seen by who removed that. */
    private boolean earlier(LinkDraft link, String editor, @Nullable Instant by, Parting parting) {
        Skew skew = Scopes.rule(planning.rules, link.type(), parting.system()).deletes();
        return skew != null && earlier(link, editor, by, parting.system(), skew, parting.notBefore());
    }

    private boolean earlier(
            LinkDraft link, String editor, @Nullable Instant by, String system, Skew skew, Instant notBefore) {
        Optional<Duration> apart = skew.of(editor, system);
        return by != null
                && apart.isPresent()
                && grade(link, system) != AsOfGrade.NONE
                && notBefore.isAfter(by.plus(apart.get()));
    }

    /** When the record was last shown, on its system's clock: it was not gone before. */
    private static Instant lastShown(SideDraft side) {
        return side.seen.values().stream()
                .map(seen -> seen.asOf().from())
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /** By when an edit that is shown with these times was made, or null when they tell nothing. */
    private @Nullable Instant latest(LinkDraft link, String system, AsOf asOf) {
        return switch (grade(link, system)) {
            case PROPERTY -> asOf.from();
            case RECORD ->
                asOf.from().plus(SECOND).isBefore(asOf.to()) ? asOf.from().plus(SECOND) : asOf.to();
            case COARSE -> asOf.to();
            case NONE -> null;
        };
    }

    private AsOfGrade grade(LinkDraft link, String system) {
        return declared(link, system).map(TypeDeclaration::asOf).orElse(AsOfGrade.NONE);
    }

    private boolean tellsDeletes(LinkDraft link, String system) {
        return declared(link, system).map(TypeDeclaration::tellsDeletes).orElse(false);
    }

    private Optional<TypeDeclaration> declared(LinkDraft link, String system) {
        return planning.rules
                .system(system)
                .flatMap(known -> known.declaration().type(link.type()));
    }

    /** The record is there again: nothing is archived on its account any more. */
    void back(LinkDraft link, String system) {
        link.sides.forEach((other, side) -> {
            Parting parting = side.life.parting();
            if (parting != null && parting.system().equals(system)) {
                end(link, other, side);
            }
        });
    }

    /** Nothing is to be archived there any more. */
    void end(LinkDraft link, String system, SideDraft side) {
        Parting parting = side.life.parting();
        if (parting != null) {
            if (parting.stage() == Parting.Stage.ASKED) {
                planning.settled(link, system, null);
            }
            part(side, null);
        }
    }

    /** A budget has room for it, or a person said so. */
    void letGo(LinkDraft link, String system) {
        SideDraft side = link.side(system);
        Parting parting = side.life.parting();
        if (parting != null && parting.stage() == Parting.Stage.HELD_BACK) {
            part(side, parting.at(Parting.Stage.LET_GO));
        }
    }

    /** The system does not let it be archived. */
    void refused(LinkDraft link, String system) {
        SideDraft side = link.side(system);
        Parting parting = side.life.parting();
        if (parting != null) {
            part(side, parting.at(Parting.Stage.ASKED));
            planning.ask(link, system, null, Reason.DELETE_REVIEW, null);
        }
        planning.decided(link, system, Reason.REFUSED);
    }

    /** Whether a person was asked about a record that is gone elsewhere. */
    static boolean asked(SideDraft side) {
        Parting parting = side.life.parting();
        return parting != null && parting.stage() == Parting.Stage.ASKED;
    }

    void answered(LinkDraft link, String system, boolean follows) {
        SideDraft side = link.side(system);
        Parting parting = side.life.parting();
        if (parting != null) {
            part(side, follows ? parting.at(Parting.Stage.LET_GO) : null);
        }
    }

    /** Other rules: what they do not allow is not done, what they allow is counted anew, and what nobody watched is unknown. */
    void rulesChanged(LinkDraft link) {
        boolean watched = link.sides.values().stream().anyMatch(side -> !side.life.equals(Life.UNKNOWN));
        boolean followed = followed(link);
        link.sides.forEach((system, side) -> {
            Parting parting = side.life.parting();
            if (parting != null && !due(planning.rules, link.now(), system, parting)) {
                end(link, system, side);
            } else if (parting != null && parting.stage() == Parting.Stage.LET_GO) {
                part(side, parting.at(Parting.Stage.HELD_BACK));
            }
            if (followed && !watched && side.everSeen()) {
                side.life = new Life(planning.seq, null, 0, null, null);
            }
        });
    }

    private static void part(SideDraft side, @Nullable Parting parting) {
        side.life = side.life.with(parting);
    }

    private static boolean mayArchive(Rules rules, LinkState link, String system) {
        RecordRule rule = Scopes.rule(rules, link.type(), system);
        boolean able = rules.system(system).map(SystemRules::archives).orElse(false);
        return rule.mayArchive() && able && !Scopes.left(link, rule);
    }

    private static boolean due(Rules rules, LinkState link, String system, Parting parting) {
        Side gone = link.side(parting.system());
        // When it may be there again, that is looked at first.
        boolean settled = !gone.reachable() && gone.wanted() == null;
        return settled
                && Scopes.rule(rules, link.type(), parting.system()).deletes() != null
                && mayArchive(rules, link, system);
    }

    /**
     * Whether what is to be archived may be: until then the record is kept in step. While a read is wanted anywhere, it may
     * bring an edit that speaks against it.
     */
    static boolean mayGo(LinkState link, String system) {
        return !heldBack(link, system) && link.sides().values().stream().noneMatch(side -> side.wanted() != null);
    }

    /** Whether what is to be archived is yet to be counted, or answered. */
    static boolean heldBack(LinkState link, String system) {
        Parting parting = link.side(system).life().parting();
        return parting == null || parting.stage() != Parting.Stage.LET_GO;
    }

    /** Whether a link's record is to be archived at a system, at once or when it is let go. */
    static boolean due(Rules rules, LinkState link, String system) {
        Side side = link.side(system);
        Parting parting = side.life().parting();
        return parting != null
                && parting.stage() != Parting.Stage.ASKED
                && side.reachable()
                && due(rules, link, system, parting);
    }
}
