package dev.crmsync.lint;

import dev.crmsync.fields.Canon;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Lens;
import java.util.ArrayList;
import java.util.List;

/**
 * What is canonical must stay as it is when it is made canonical again, or two systems that agree are never found to. The
 * library's own forms are; codes come from the mapping.
 */
final class CanonicalForm implements Check {
    @Override
    public void check(Subject subject, Report report) {
        Canon canon = subject.rules().lenses().canon();
        for (Ruled ruled : subject.ruled()) {
            subject.carriers(ruled).forEach((system, mapped) -> {
                List<Value> claimed = new ArrayList<>();
                if (mapped.lens() instanceof Lens.Coded coded) {
                    coded.canonicalByNative().values().forEach(code -> claimed.add(Value.text(code)));
                }
                if (claimed.stream().anyMatch(value -> moves(canon, ruled.field(), value))) {
                    report.error(
                            system,
                            ruled.name(),
                            "one of the canonical codes of its mapping has outer blanks or is not in NFC, so that it is"
                                    + " never equal to itself once it was made canonical",
                            "Write the code as it should be: without outer blanks, and in NFC");
                }
            });
        }
    }

    private static boolean moves(Canon canon, Field field, Value value) {
        return !canon.canonical(field, value).equals(value);
    }
}
