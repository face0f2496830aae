package dev.crmsync.planning;

import dev.crmsync.fields.Lenses;
import dev.crmsync.policy.FieldPolicy;
import dev.crmsync.policy.FieldRule;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.Mapping;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each (field, system) pair of a link is held to. Pure. */
public final class Stances {
    private Stances() {}

    /**
     * The stance of one pair.
     *
     * @param link the link
     * @param system the system
     * @param field the field, bag entries expanded
     * @param rules the rules
     * @return its stance; that a whole system is paused is known to the engine alone
     */
    public static Stance of(LinkState link, String system, Field field, Rules rules) {
        Agreed agreed = link.agreed().get(field.name());
        Side side = link.side(system);
        Standing standing = side.standings().get(field.name());
        Stance gone = gone(link.erased(), side.presence());
        if (gone != null) {
            return gone;
        }
        Carriage carriage = rules.carriage(system, link.type());
        return carriage == null || side.record() != null && Scopes.left(link, carriage.records())
                ? Stance.NOT_RECEIVED
                : of(
                        rules.lenses(),
                        carriage.carried(field),
                        field,
                        standing,
                        side.record(),
                        agreed == null ? null : agreed.value());
    }

    /** The stance of one pair in the midst of a plan. */
    static Stance of(
            LinkDraft link,
            SideDraft side,
            Field field,
            @Nullable Carried carried,
            @Nullable Value agreed,
            Rules rules) {
        Stance gone = gone(link.erased, side.presence);
        if (gone != null) {
            return gone;
        }
        return carried == null || side.record != null && Scopes.left(link, carried.records())
                ? Stance.NOT_RECEIVED
                : of(rules.lenses(), carried, field, side.standings.get(field.name()), side.record, agreed);
    }

    /** A record that is gone, or out of sight, receives nothing, whatever the field; null for one that may. */
    private static @Nullable Stance gone(boolean erased, Presence presence) {
        if (erased) {
            return Stance.NOT_RECEIVED;
        }
        return switch (presence) {
            case ARCHIVED, DELETED, IGNORED -> Stance.NOT_RECEIVED;
            case NOT_VISIBLE -> Stance.PAUSED;
            case NONE, MENTIONED, PRESENT -> null;
        };
    }

    private static Stance of(
            Lenses lenses,
            @Nullable Carried carried,
            Field field,
            @Nullable Standing standing,
            @Nullable String record,
            @Nullable Value agreed) {
        if (carried == null || carried.policy() == null) {
            return Stance.NOT_RECEIVED;
        }
        if (standing != null && standing.stance() != Stance.FOLLOWS) {
            return standing.stance();
        }
        Stance ruled = carried.ruled(record);
        boolean refused = ruled != Stance.NOT_RECEIVED
                && agreed != null
                && carried.mayRefuse(agreed)
                && lenses.refusal(carried.mapped(), field, agreed).isPresent();
        return refused ? Stance.REFUSED : ruled;
    }

    /**
     * Counts the stances of all pairs of a link's agreed fields and the systems that it has a record at. The counts add up
     * to the number of pairs.
     *
     * @param link the link
     * @param rules the rules
     * @return a count for each stance that occurs
     */
    public static Map<Stance, Integer> census(LinkState link, Rules rules) {
        Map<Stance, Integer> census = new EnumMap<>(Stance.class);
        for (String name : link.agreed().keySet()) {
            Field field = rules.type(link.type()).field(name);
            for (String system : rules.systems().keySet()) {
                if (link.side(system).record() != null) {
                    Stance stance = field == null ? Stance.NOT_RECEIVED : of(link, system, field, rules);
                    census.merge(stance, 1, Integer::sum);
                }
            }
        }
        return census;
    }

    /** Whether a write could bring a value there, given whether there is a record already. */
    static boolean writable(Access access, boolean exists) {
        return switch (access.writable()) {
            case PATCHED, REPLACED -> true;
            case ON_CREATE -> !exists;
            case NEVER -> false;
        };
    }

    static boolean owns(FieldPolicy policy, String system) {
        FieldRule rule = policy.rule();
        if (rule instanceof FieldRule.Owned owned) {
            return owned.owner().equals(system);
        }
        return rule instanceof FieldRule.SetMerge merge && system.equals(merge.othersOwnedBy());
    }

    static boolean canBeWritten(Mapping mapping, Field field, @Nullable String record) {
        return mapping.carrying(field)
                .map(mapped -> writable(mapped.access(), record != null))
                .orElse(false);
    }
}
