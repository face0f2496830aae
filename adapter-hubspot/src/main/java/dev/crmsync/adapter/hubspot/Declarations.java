package dev.crmsync.adapter.hubspot;

import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Contact;
import java.util.List;

/** What the engine may rely on. */
final class Declarations {
    private Declarations() {}

    static Declaration of(Settings settings) {
        TypeDeclaration contact = new TypeDeclaration(
                Contact.TYPE,
                AsOfGrade.PROPERTY,
                settings.appId() != null,
                new CreateLookup.UniqueUpsert(),
                true,
                true,
                TypeDeclaration.DEFAULT_ECHO_HORIZON,
                settings.overlap(),
                List.of(
                        "a value that is changed and changed again between two polls, when its property has no webhook"
                                + " subscription",
                        "a contact that is deleted, restored or merged while webhooks fail for more than 24 hours: a"
                                + " search never shows archived contacts; the next read or walk does",
                        "which user or tool made a change that a poll, and not a webhook, told"));
        return new Declaration(HubSpotProvider.NAME, false, List.of(contact), Limits.quotas(settings));
    }
}
