package dev.crmsync.lint;

import java.util.Optional;
import java.util.Set;

/** Two owners of one native property write over each other, whatever each field's rule says. */
final class PropertyOwnedTwice implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (Collision collision : Collision.in(subject)) {
            Optional<Set<String>> one =
                    subject.policy(collision.type(), collision.one()).map(policy -> Voices.owners(policy.rule()));
            Optional<Set<String>> other =
                    subject.policy(collision.type(), collision.other()).map(policy -> Voices.owners(policy.rule()));
            if (one.isPresent() && other.isPresent() && !one.equals(other)) {
                report.error(
                        collision.system(),
                        collision.type() + "." + collision.one().name(),
                        "property " + collision.property() + " holds this field, which " + who(one.get()) + ", and "
                                + collision.other().name() + " as well, which " + who(other.get()),
                        "Keep the two fields in properties of their own, or take one out of the mapping");
            }
        }
    }

    private static String who(Set<String> owners) {
        return owners.isEmpty()
                ? "nobody owns"
                : String.join(" and ", owners) + " own" + (owners.size() == 1 ? "s" : "");
    }
}
