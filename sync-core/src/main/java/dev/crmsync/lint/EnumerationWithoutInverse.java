package dev.crmsync.lint;

import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import java.util.Set;
import java.util.TreeSet;

/** A code that a receiver has no word for is refused there, record by record. */
final class EnumerationWithoutInverse implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (Ruled ruled : subject.ruled()) {
            if (ruled.field().type() != FieldType.ENUMERATION) {
                continue;
            }
            subject.receivers(ruled).forEach((receiver, mapped) -> {
                if (mapped.lens() instanceof Lens.Coded coded) {
                    Set<String> words = new TreeSet<>(coded.canonicalByNative().values());
                    subject.suppliers(ruled).forEach((supplier, theirs) -> {
                        if (!supplier.equals(receiver)) {
                            compare(report, ruled, receiver, words, supplier, theirs);
                        }
                    });
                }
            });
        }
    }

    private static void compare(
            Report report, Ruled ruled, String receiver, Set<String> words, String supplier, FieldMapping theirs) {
        if (theirs.lens() instanceof Lens.Coded coded) {
            Set<String> lacking = new TreeSet<>(coded.canonicalByNative().values());
            lacking.removeAll(words);
            if (!lacking.isEmpty()) {
                report.warning(
                        receiver,
                        ruled.name(),
                        supplier + " may supply the codes " + lacking + ", which its mapping has no code for",
                        "Add them to the mapping at " + receiver + ", or let several codes of " + supplier
                                + " be mapped elsewhere");
            }
        } else {
            report.warning(
                    receiver,
                    ruled.name(),
                    supplier + " supplies codes as they are, and its mapping has codes for " + words + " alone",
                    "Give " + supplier + " a coded lens with these codes");
        }
    }
}
