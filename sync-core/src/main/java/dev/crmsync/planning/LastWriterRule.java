package dev.crmsync.planning;

import dev.crmsync.policy.FieldRule;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The later edit decides. An edit of the agreed value itself needs no clock: whoever made it had the agreed value before
 * them. Only edits that were made apart are compared, by the times between which each must have been made. A read could not
 * tell more of these: it shows the record's time of last change, which the sighting of the edit showed as well.
 */
final class LastWriterRule extends SharedRule {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FieldRule.LastWriter rule;

    LastWriterRule(Planning planning, Standings standings, FieldRule.LastWriter rule) {
        super(planning, standings);
        this.rule = rule;
    }

    @Override
    Reason supply(Sight sight) {
        planning.agree(sight.link(), sight.field(), sight.value(), sight.system(), written(sight));
        return Reason.BASELINE_AGREED;
    }

    @Override
    Reason differing(Sight sight) {
        return switch (rule.onJoin()) {
            case KEEP -> Reason.BASELINE_KEPT;
            case FILL_EMPTY -> Reason.BASELINE_OVERRULED;
            default -> Reason.BASELINE_REVIEW;
        };
    }

    @Override
    Reason edited(Sight sight) {
        Agreed origin = origin(sight);
        if (origin == null
                || sight.nothingAgreed()
                || origin.system().equals(sight.system())
                || builtOn(sight, origin)) {
            return take(sight, Reason.LATER_WRITER);
        }
        return switch (order(sight, origin)) {
            case AFTER -> take(sight, Reason.LATER_WRITER);
            case BEFORE -> revert(sight, Reason.EARLIER_WRITER);
            case UNORDERED -> tie(sight, origin);
        };
    }

    private Reason take(Sight sight, Reason reason) {
        planning.agree(sight.link(), sight.field(), sight.value(), sight.system(), written(sight));
        standings.agreesAgain(sight.link(), sight.system(), sight.field());
        return reason;
    }

    private Reason tie(Sight sight, Agreed origin) {
        int mine = rule.ties().indexOf(sight.system());
        int theirs = rule.ties().indexOf(origin.system());
        if (mine < 0 && theirs < 0) {
            return Reason.TIE_REVIEW;
        }
        boolean first = theirs < 0 || mine >= 0 && mine < theirs;
        return first ? take(sight, Reason.TIE_TAKEN) : revert(sight, Reason.TIE_OVERRULED);
    }

    /** Whether the system had shown the agreed value, or a rendering of it, before it was edited there. */
    private boolean builtOn(Sight sight, Agreed origin) {
        return planning.equivalent(sight.field(), origin.value(), sight.held())
                || renderedBefore(sight, origin.value())
                || emptiedBefore(sight, origin);
    }

    /** Whether the agreed value had been emptied there before, and that was refused. */
    private static boolean emptiedBefore(Sight sight, Agreed origin) {
        Standing standing = sight.link()
                .before
                .side(sight.system())
                .standings()
                .get(sight.field().name());
        return sight.held() != null
                && sight.held().isBlank()
                && standing != null
                && standing.reason() == Reason.BLANK_REFUSED
                && standing.seq() > origin.seq();
    }

    private boolean renderedBefore(Sight sight, Value agreed) {
        FieldMapping mapped = planning.carrying(sight.system(), sight.link().type(), sight.field())
                .orElse(null);
        if (mapped == null) {
            return false;
        }
        Map<String, Seen> before = sight.link().before.side(sight.system()).seen();
        Map<String, NativeValue> put =
                planning.lenses().put(mapped, sight.field(), agreed, new RawValues(before), link -> null);
        return put != null
                && put.entrySet().stream().allMatch(slot -> {
                    NativeValue shown = Planning.at(before, slot.getKey());
                    return shown != null
                            && (shown.equals(slot.getValue())
                                    || planning.lenses().explains(mapped, slot.getValue(), shown));
                });
    }

    private AsOf.Order order(Sight sight, Agreed origin) {
        AsOf mine = written(sight);
        AsOf theirs = origin.written();
        Optional<Duration> skew = rule.skew().of(sight.system(), origin.system());
        if (mine == null || theirs == null || skew.isEmpty()) {
            return AsOf.Order.UNORDERED;
        }
        if (mine.from().isAfter(theirs.to().plus(skew.get()))) {
            return AsOf.Order.AFTER;
        }
        return theirs.from().isAfter(mine.to().plus(skew.get())) ? AsOf.Order.BEFORE : AsOf.Order.UNORDERED;
    }

    /**
     * From when to when, on the system's clock, the value may have been entered: not before the value that it replaced was
     * last known to stand, and not after it was itself known to. Null when the system's times cannot be trusted.
     */
    private @Nullable AsOf written(Sight sight) {
        AsOfGrade grade = planning.rules
                .system(sight.system())
                .flatMap(known -> known.declaration().type(sight.link().type()))
                .map(TypeDeclaration::asOf)
                .orElse(AsOfGrade.NONE);
        AsOf asOf = sight.asOf();
        Instant latest = switch (grade) {
            case PROPERTY -> asOf.from();
            case RECORD ->
                asOf.from().plus(SECOND).isBefore(asOf.to()) ? asOf.from().plus(SECOND) : asOf.to();
            case COARSE -> asOf.to();
            case NONE -> null;
        };
        if (latest == null) {
            return null;
        }
        boolean exact = grade == AsOfGrade.PROPERTY && sight.evidence() == Evidence.EVENT;
        return new AsOf(exact ? latest : earliest(sight, latest), latest);
    }

    private Instant earliest(Sight sight, Instant latest) {
        Map<String, Seen> before = sight.link().before.side(sight.system()).seen();
        Instant earliest = latest;
        FieldMapping mapped = planning.carrying(sight.system(), sight.link().type(), sight.field())
                .orElse(null);
        for (String slot :
                mapped == null ? List.<String>of() : planning.lenses().slotsOf(mapped, sight.field())) {
            Seen seen = before.get(slot);
            Instant stood = seen == null
                    ? Instant.EPOCH
                    : seen.asOf().to().isAfter(latest)
                            ? seen.asOf().from()
                            : seen.asOf().to();
            earliest = stood.isBefore(earliest) ? stood : earliest;
        }
        return earliest;
    }
}
