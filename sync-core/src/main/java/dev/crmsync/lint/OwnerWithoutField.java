package dev.crmsync.lint;

import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An owner that never shows a value decides nothing, and an edit elsewhere is overruled by nobody's decision. */
final class OwnerWithoutField implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (Ruled ruled : subject.ruled()) {
            Map<String, FieldMapping> carriers = subject.carriers(ruled);
            for (String owner : Voices.owners(ruled.rule())) {
                FieldMapping own = carriers.get(owner);
                if (own == null && subject.rules().system(owner).isPresent()) {
                    lacks(subject, report, ruled, owner, carriers.keySet());
                } else if (own != null && own.access().readable() == Access.Readable.NEVER) {
                    report.error(
                            owner,
                            ruled.name(),
                            "its owner takes the field and never shows it, so that nothing is ever decided",
                            "Give the field to a system that shows it");
                }
            }
        }
    }

    private static void lacks(Subject subject, Report report, Ruled ruled, String owner, Set<String> carriers) {
        boolean bag = ruled.field().type() == FieldType.BAG;
        if (bag && subject.carriesAny(owner, ruled.type(), ruled.field())) {
            return;
        }
        String remedy = "Map the field at " + owner + ", or give it to one of the systems that carry it";
        if (carriers.size() > 1) {
            report.error(
                    owner,
                    ruled.name(),
                    "its owner does not carry it, while " + new TreeSet<>(carriers)
                            + " do: nothing that they hold is ever decided by the owner",
                    remedy);
        } else if (carriers.size() == 1 && !bag) {
            report.warning(
                    owner,
                    ruled.name(),
                    "its owner does not carry it: what " + carriers.iterator().next() + " holds stays there",
                    remedy);
        }
    }
}
