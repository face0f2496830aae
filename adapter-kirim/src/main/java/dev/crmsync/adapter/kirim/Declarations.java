package dev.crmsync.adapter.kirim;

import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Contact;
import java.time.Duration;
import java.util.List;

/** What the engine may rely on. */
final class Declarations {
    private Declarations() {}

    static Declaration of(Settings settings) {
        TypeDeclaration contact = new TypeDeclaration(
                Contact.TYPE,
                AsOfGrade.RECORD,
                false,
                new CreateLookup.IdempotencyKey(Duration.ofHours(24)),
                false,
                false,
                TypeDeclaration.DEFAULT_ECHO_HORIZON,
                Duration.ZERO,
                List.of(
                        "a deletion: no event tells it; a walk that lacks the contact leads to a read, whose 404 says no"
                                + " more than that the contact is not visible",
                        "a change of labels, when its webhook is lost, or comes without its labels or with ids in place"
                                + " of their names: no read shows labels",
                        "a change of labels, when an event of an earlier change of them bears the very same time",
                        "a name or e-mail that was cleared, where Kirim leaves out what is empty: what is left out"
                                + " counts as unknown",
                        "a value that is changed and changed again before its webhook, read or walk: Kirim lists no"
                                + " changes by time",
                        "a change whose webhook failed for more than 31 hours, or was due while the subscription was"
                                + " disabled, until the next walk",
                        "which user or tool made a change"));
        return new Declaration(KirimProvider.NAME, true, List.of(contact), Limits.quotas(settings));
    }
}
