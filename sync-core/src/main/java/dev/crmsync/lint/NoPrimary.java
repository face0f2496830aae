package dev.crmsync.lint;

import dev.crmsync.spi.field.RecordType;
import java.util.Set;
import java.util.TreeSet;

/** Where several CRMs may supply and none decides, whichever is seen first decides. */
final class NoPrimary implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (RecordType type : subject.types()) {
            Set<String> crms = new TreeSet<>(subject.mappings(type.name()).keySet());
            String anchor = subject.rules().anchor();
            crms.removeIf(system -> system.equals(anchor));
            boolean decides = subject.ruled().stream()
                    .filter(ruled -> ruled.type().equals(type.name()))
                    .anyMatch(ruled -> Voices.owners(ruled.rule()).stream().anyMatch(crms::contains));
            if (crms.size() > 1 && !decides) {
                report.warning(
                        null,
                        null,
                        "none of " + crms + " owns a field of " + type.name()
                                + ": where they differ, the one that is seen first is right",
                        "Name a primary CRM and let it own what is in doubt");
            }
        }
    }
}
