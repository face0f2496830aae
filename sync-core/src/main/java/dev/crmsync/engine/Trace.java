package dev.crmsync.engine;

import dev.crmsync.planning.Agreed;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Rules;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the story of one link out of its decisions. Pure.
 *
 * @param link the link as it stands
 * @param rules the rules as they stand
 * @param decisions the decisions about it, newest first
 */
record Trace(LinkState link, Rules rules, List<Decision> decisions) {
    /** What was sent to a system, and what it answered. */
    private static final Set<Reason> CONSEQUENCES = EnumSet.of(
            Reason.WRITE_STARTED,
            Reason.WRITTEN,
            Reason.CREATED,
            Reason.DEFERRED,
            Reason.OUTCOME_UNKNOWN,
            Reason.NOT_CREATED,
            Reason.CREATE_REVIEW,
            Reason.REFUSED,
            Reason.REFUSED_OPTION,
            Reason.REFUSED_TAKEN,
            Reason.REFUSED_LENGTH,
            Reason.REFUSED_REQUIRED,
            Reason.REFUSED_PARENT,
            Reason.REFUSED_READ_ONLY,
            Reason.DUPLICATE_REVIEW,
            Reason.ECHO,
            Reason.ECHO_RENDERED,
            Reason.WRITTEN_OVER);

    /** What says nothing new of what people did. */
    private static final Set<Reason> NO_EDIT = EnumSet.of(
            Reason.STALE,
            Reason.UNORDERED,
            Reason.UNCHANGED,
            Reason.AMBIGUOUS,
            Reason.ECHO,
            Reason.ECHO_RENDERED,
            Reason.WRITTEN_OVER,
            Reason.PARTIAL,
            Reason.OVERTAKEN,
            Reason.WRITTEN,
            Reason.REFUSED,
            Reason.REFUSED_OPTION,
            Reason.REFUSED_TAKEN,
            Reason.REFUSED_LENGTH,
            Reason.REFUSED_REQUIRED,
            Reason.REFUSED_PARENT,
            Reason.REFUSED_READ_ONLY,
            Reason.WAITING_FOR_PARENT,
            Reason.RULES_CHANGED);

    /** Copies the list. */
    Trace {
        decisions = List.copyOf(decisions);
    }

    WhyNot whyNot(Field field, Value asked) {
        Value value = rules.lenses().canon().canonical(field, asked);
        Agreed agreed = link.agreed().get(field.name());
        List<Decision> own = about(field);
        List<Decision> sightings = own.stream()
                .filter(decision -> is(field, decision.saw(), value))
                .toList();
        if (agreed != null && is(field, agreed.value(), value)) {
            return new WhyNot(
                    link.id(), field.name(), value, WhyNot.Verdict.IS_AGREED, agreed, null, sightings, List.of());
        }
        Decision replaced = first(
                own,
                decision -> is(field, decision.before(), value)
                        && decision.after() != null
                        && !is(field, decision.after(), value));
        Decision turnedDown = first(
                own,
                decision -> is(field, decision.saw(), value)
                        && !NO_EDIT.contains(decision.reason())
                        && !is(field, decision.after(), value));
        Decision decided = later(replaced, turnedDown);
        WhyNot.Verdict verdict = decided == null
                ? sightings.isEmpty() ? WhyNot.Verdict.NEVER_SEEN : WhyNot.Verdict.TURNED_DOWN
                : decided.equals(turnedDown) ? WhyNot.Verdict.TURNED_DOWN : WhyNot.Verdict.WAS_REPLACED;
        Decision restsOn = decided == null && !sightings.isEmpty() ? sightings.get(0) : decided;
        return new WhyNot(
                link.id(), field.name(), value, verdict, agreed, restsOn, sightings, consequences(field, restsOn));
    }

    LastWrite lastWriter(Field field) {
        Agreed agreed = link.agreed().get(field.name());
        List<Decision> own = about(field);
        Decision agreedBy = agreed == null
                ? null
                : first(
                        own,
                        decision -> decision.seq() == agreed.seq()
                                && decision.system().equals(agreed.system())
                                && is(field, decision.after(), agreed.value()));
        SortedMap<String, Decision> written = new TreeMap<>();
        own.stream()
                .filter(decision -> decision.reason() == Reason.WRITTEN)
                .forEach(decision -> written.putIfAbsent(decision.system(), decision));
        return new LastWrite(
                link.id(),
                field.name(),
                agreed,
                agreedBy,
                first(own, decision -> decision.saw() != null && !NO_EDIT.contains(decision.reason())),
                written);
    }

    History history(boolean whole) {
        List<Decision> oldestFirst = new ArrayList<>(decisions);
        // Within one input the order of the planner stands.
        Collections.sort(oldestFirst, (a, b) -> Long.compare(a.seq(), b.seq()));
        return new History(link.id(), oldestFirst, whole);
    }

    private List<Decision> about(Field field) {
        return decisions.stream()
                .filter(decision -> field.name().equals(decision.field()))
                .toList();
    }

    /** What was sent and answered since, oldest first, for the field or for the record as a whole. */
    private List<Decision> consequences(Field field, @Nullable Decision since) {
        if (since == null) {
            return List.of();
        }
        List<Decision> after = new ArrayList<>(decisions.stream()
                .filter(decision -> decision.seq() > since.seq() && CONSEQUENCES.contains(decision.reason()))
                .filter(decision -> decision.field() == null || field.name().equals(decision.field()))
                .toList());
        Collections.reverse(after);
        return after;
    }

    private boolean is(Field field, @Nullable Value one, Value other) {
        return one != null && rules.lenses().canon().equivalent(field, one, other);
    }

    private static @Nullable Decision first(List<Decision> decisions, Predicate<Decision> fits) {
        return decisions.stream().filter(fits).findFirst().orElse(null);
    }

    private static @Nullable Decision later(@Nullable Decision one, @Nullable Decision other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.seq() >= one.seq() ? other : one;
    }
}
