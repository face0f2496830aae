package dev.crmsync.adapter.kirim;

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
        List<TypeDeclaration> types = new ArrayList<>(List.of(contact, conversation(), user()));
        if (settings.messages()) {
            types.add(message());
        }
        return new Declaration(KirimProvider.NAME, true, types, Limits.quotas(settings));
    }

    private static TypeDeclaration conversation() {
        return declared(
                        Conversation.TYPE,
                        AsOfGrade.RECORD,
                        "one that is new, until somebody attends to it or the next walk: no event tells that it was"
                                + " opened",
                        "one that is opened again, until the next walk: no event tells it",
                        "one that is deleted, or waits from now on, until the next walk",
                        "when one was closed whose webhook was lost",
                        "one that is resolved before the sync follows it: walks list what is open or pending",
                        "who attends to one, where Kirim tells of no assignment that is taken back, until the next walk",
                        "one of another number of the organisation is not told apart until it is read")
                .listingSome();
    }

    private static TypeDeclaration user() {
        return declared(
                        User.TYPE,
                        AsOfGrade.RECORD,
                        "a user who attends to none of the newest conversations: Kirim lists no users",
                        "a change of name or e-mail, until a conversation of theirs is shown again")
                .without(Operation.LIST_ALL);
    }

    private static TypeDeclaration message() {
        return declared(
                        Message.TYPE,
                        AsOfGrade.PROPERTY,
                        "a message whose webhook was lost: Kirim lists no messages",
                        "an edit of a message, or that it was taken back")
                .without(Operation.LIST_ALL, Operation.READ_ONE);
    }

    /** A type whose records sync never makes at Kirim. */
    private static TypeDeclaration declared(String type, AsOfGrade grade, String... mayGoUnobserved) {
        return new TypeDeclaration(
                type,
                grade,
                false,
                new CreateLookup.None(),
                false,
                false,
                TypeDeclaration.DEFAULT_ECHO_HORIZON,
                Duration.ZERO,
                List.of(mayGoUnobserved));
    }
}
