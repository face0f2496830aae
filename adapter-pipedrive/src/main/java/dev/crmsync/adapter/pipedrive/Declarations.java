package dev.crmsync.adapter.pipedrive;

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
        List<TypeDeclaration> types = new ArrayList<>(List.of(contact(settings)));
        for (ObjectKind kind : settings.kinds()) {
            if (kind.type().equals(Conversation.TYPE)) {
                types.add(ticket(kind, settings));
            } else if (kind.type().equals(Message.TYPE)) {
                types.add(message(settings));
            }
        }
        if (settings.users()) {
            types.add(user());
        }
        return new Declaration(PipedriveProvider.NAME, false, types, Limits.quotas(settings));
    }

    private static TypeDeclaration contact(Settings settings) {
        return new TypeDeclaration(
                Contact.TYPE,
                AsOfGrade.RECORD,
                settings.userId() != null,
                new CreateLookup.Lookup(settings.searchLag()),
                true,
                true,
                TypeDeclaration.DEFAULT_ECHO_HORIZON,
                settings.overlap(),
                List.of(
                        "a person whom the token's user may not see, or sees no longer: Pipedrive answers as if there were"
                                + " none, and nothing is concluded from it",
                        "a merge while webhooks are banned: the one that was merged away is not visible from then on, and"
                                + " its survivor is found by polls",
                        "a deletion while webhooks are banned, until the next walk, where polls do not list what was"
                                + " deleted",
                        "a value that is changed and changed again before it is read",
                        "addresses and numbers beside the primary ones, which are left as they are"));
    }

    private static TypeDeclaration ticket(ObjectKind kind, Settings settings) {
        boolean deals = kind.equals(ObjectKind.DEAL);
        return new TypeDeclaration(
                Conversation.TYPE,
                AsOfGrade.RECORD,
                settings.userId() != null,
                new CreateLookup.Lookup(settings.searchLag()),
                deals,
                deals,
                TypeDeclaration.DEFAULT_ECHO_HORIZON,
                settings.overlap(),
                List.of(
                        deals
                                ? "a deal that is archived or deleted while webhooks are banned, for up to an hour"
                                : "a lead that was deleted, or became a deal: it is not visible from then on",
                        deals
                                ? "a deal that is moved to another pipeline than the one that is followed, which is out of"
                                        + " sight from then on"
                                : "a lead that is archived while webhooks are banned, for up to an hour",
                        "a value that is changed and changed again before it is read"));
    }

    private static TypeDeclaration user() {
        return new TypeDeclaration(
                        User.TYPE,
                        AsOfGrade.RECORD,
                        false,
                        new CreateLookup.None(),
                        false,
                        false,
                        TypeDeclaration.DEFAULT_ECHO_HORIZON,
                        Duration.ZERO,
                        List.of("any change of a user whose webhook is lost, until the next walk"))
                .without(Operation.LIST_CHANGES, Operation.READ_MANY);
    }

    private static TypeDeclaration message(Settings settings) {
        return new TypeDeclaration(
                        Message.TYPE,
                        AsOfGrade.RECORD,
                        false,
                        new CreateLookup.Lookup(settings.overlap()),
                        false,
                        false,
                        TypeDeclaration.DEFAULT_ECHO_HORIZON,
                        settings.overlap(),
                        List.of("what people do to notes and activities: nothing is made of it"))
                .without(Operation.LIST_ALL, Operation.LIST_CHANGES);
    }
}
