package dev.crmsync.adapter.hubspot;

import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.Message;
import dev.crmsync.spi.field.User;
import java.time.Duration;
import java.util.ArrayList;
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
        List<TypeDeclaration> types = new ArrayList<>(List.of(contact));
        if (settings.tickets()) {
            types.add(ticket(settings));
        }
        if (settings.tickets() || settings.contactOwners()) {
            types.add(owner());
        }
        if (settings.notes()) {
            types.add(note(settings));
        }
        return new Declaration(HubSpotProvider.NAME, false, types, Limits.quotas(settings));
    }

    private static TypeDeclaration ticket(Settings settings) {
        return new TypeDeclaration(
                Conversation.TYPE,
                AsOfGrade.PROPERTY,
                settings.appId() != null,
                new CreateLookup.UniqueUpsert(),
                true,
                true,
                TypeDeclaration.DEFAULT_ECHO_HORIZON,
                settings.overlap(),
                List.of(
                        "a changed contact of a ticket, until its next read or walk, when its webhook is lost: it need not"
                                + " move the ticket's time of change",
                        "the contact of a ticket that has several: which of them is meant nobody can say",
                        "a ticket that is moved to another pipeline, which is out of sight from then on",
                        "a value that is changed and changed again between two polls, when its property has no webhook"
                                + " subscription"));
    }

    private static TypeDeclaration owner() {
        return new TypeDeclaration(
                        User.TYPE,
                        AsOfGrade.RECORD,
                        false,
                        new CreateLookup.None(),
                        false,
                        false,
                        TypeDeclaration.DEFAULT_ECHO_HORIZON,
                        Duration.ZERO,
                        List.of("any change of an owner, until the next walk: HubSpot tells of none"))
                .without(Operation.LIST_CHANGES, Operation.READ_MANY);
    }

    /** A note's body may come back in other words: HubSpot puts tags around it, and people edit it. */
    private static TypeDeclaration note(Settings settings) {
        return new TypeDeclaration(
                        Message.TYPE,
                        AsOfGrade.RECORD,
                        false,
                        new CreateLookup.Lookup(settings.overlap()),
                        false,
                        false,
                        TypeDeclaration.DEFAULT_ECHO_HORIZON,
                        settings.overlap(),
                        List.of("what people do to notes: nothing tells of it, and nothing is made of it"))
                .without(Operation.LIST_ALL, Operation.LIST_CHANGES);
    }
}
