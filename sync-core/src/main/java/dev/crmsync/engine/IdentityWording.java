package dev.crmsync.engine;

import dev.crmsync.planning.Cause;
import dev.crmsync.planning.Composition;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.IdentityStep;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the identity log is told to people. With the ids of records and without any other value. */
final class IdentityWording {
    private IdentityWording() {}

    /** One step in a line: what changed, and what has brought it about. */
    static String of(IdentityStep step) {
        return step.changes().stream().map(change -> of(change, step.link())).collect(Collectors.joining("; and "))
                + (step.erases() ? "" : " (" + of(step.cause()) + ")");
    }

    /** The records of a link, a line for each system that has any. */
    static List<String> of(Composition composition) {
        List<String> lines = new ArrayList<>();
        if (composition.takenOverBy() != null) {
            lines.add("nothing: link " + composition.takenOverBy() + " has all of it");
        } else if (composition.parts().isEmpty()) {
            lines.add("no record");
        }
        composition.parts().forEach((system, part) -> lines.add(system + ": " + of(part)));
        return lines;
    }

    private static String of(Composition.Part part) {
        String primary = part.primary() == null
                ? "no primary record"
                : part.primary()
                        + switch (part.condition()) {
                            case FOLLOWED -> "";
                            case GONE -> ", deleted or archived";
                            case LEFT_ALONE -> ", left alone";
                        };
        return part.secondaries().isEmpty()
                ? primary
                : primary + "; and kept in mind: " + String.join(", ", part.secondaries());
    }

    private static String of(@Nullable Cause cause) {
        if (cause == null) {
            return "what brought it about was not written down";
        }
        return switch (cause.by()) {
            case PERSON -> "a person said so";
            case EVENT -> cause.system() + " told of it" + (cause.told() == null ? "" : ": " + cause.told());
            case READ -> cause.system() + " answered a read so";
            case WRITE -> cause.system() + " answered a write so";
            case ENGINE -> "sync did so by itself";
        };
    }

    private static String of(IdentityChange change, String link) {
        if (change instanceof IdentityChange.Born born) {
            return "begins with " + born.ref();
        } else if (change instanceof IdentityChange.Attached attached) {
            return attached.ref() + " joins it, by " + evidence(attached.evidence());
        } else if (change instanceof IdentityChange.Mentioned mentioned) {
            return mentioned.ref() + " is named by another record of it";
        } else if (change instanceof IdentityChange.Claimed claimed) {
            return "a record is claimed at " + claimed.system() + ", before it is made";
        } else if (change instanceof IdentityChange.Confirmed confirmed) {
            return confirmed.ref() + " is confirmed: it was made for this link";
        } else if (change instanceof IdentityChange.Rekeyed rekeyed) {
            return rekeyed.from() + " is re-keyed, its id is " + rekeyed.to() + " now";
        } else if (change instanceof IdentityChange.Converted converted) {
            return converted.from() + " is converted into " + converted.to() + ", and followed no longer";
        } else if (change instanceof IdentityChange.Suspected suspected) {
            return "may be the same as link " + others(suspected, link) + ", by " + evidence(suspected.field())
                    + ": a person is asked";
        } else if (change instanceof IdentityChange.Joined joined) {
            return takenOver(joined.into(), joined.from(), link);
        } else if (change instanceof IdentityChange.Merged merged) {
            return takenOver(merged.into(), merged.from(), link) + ", because " + merged.gone() + " is merged into "
                    + merged.survivor();
        } else if (change instanceof IdentityChange.Separated separated) {
            String other = separated.link().equals(link) ? separated.other() : separated.link();
            return "is another thing than link " + other + " for good";
        }
        return ofOne(change, link);
    }

    private static String ofOne(IdentityChange change, String link) {
        if (change instanceof IdentityChange.Split split) {
            return split.own().equals(link)
                    ? "begins with " + split.ref() + ", split off link " + split.link()
                    : split.ref() + " is split off, into link " + split.own();
        } else if (change instanceof IdentityChange.Unlinked unlinked) {
            String into = unlinked.own().equals(unlinked.link()) ? "" : ", in link " + unlinked.own();
            return unlinked.own().equals(link) && !unlinked.link().equals(link)
                    ? "begins with " + unlinked.ref() + ", unlinked from link " + unlinked.link() + " and left alone"
                    : unlinked.ref() + " is unlinked and left alone" + into;
        } else if (change instanceof IdentityChange.Followed followed) {
            return followed.ref() + " is followed again";
        } else if (change instanceof IdentityChange.Gone gone) {
            return gone.ref() + " is deleted or archived";
        } else if (change instanceof IdentityChange.Undeleted undeleted) {
            return undeleted.ref() + " is undeleted";
        }
        return "is ERASED";
    }

    private static String takenOver(String into, String from, String link) {
        return into.equals(link) ? "takes over link " + from : "is taken over by link " + into;
    }

    private static String others(IdentityChange.Suspected suspected, String link) {
        return suspected.link().equals(link) ? String.join(", ", suspected.candidates()) : suspected.link();
    }

    private static String evidence(String named) {
        return switch (named) {
            case IdentityChange.Attached.JOIN_KEY -> "its join key";
            case IdentityChange.Attached.POLICY -> "the policy";
            default -> "an equal " + named;
        };
    }
}
