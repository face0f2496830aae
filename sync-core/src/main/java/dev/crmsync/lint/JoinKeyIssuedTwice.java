package dev.crmsync.lint;

import java.util.List;
import java.util.Map;

/** The other systems keep the ids of one system: the ids of a second issuer are kept nowhere. */
final class JoinKeyIssuedTwice implements Check {
    @Override
    public void check(Subject subject, Report report) {
        List<String> issuers = subject.rules().systems().entrySet().stream()
                .filter(system -> system.getValue().declaration().issuesJoinKey())
                .map(Map.Entry::getKey)
                .toList();
        if (issuers.size() > 1) {
            report.warning(
                    null,
                    null,
                    issuers + " all issue the join key, and the ids of "
                            + subject.rules().anchor()
                            + " alone are kept: records of the others are joined by people only",
                    "Make a sync of its own for each of them");
        }
    }
}
