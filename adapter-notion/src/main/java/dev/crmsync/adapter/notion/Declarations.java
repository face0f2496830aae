package dev.crmsync.adapter.notion;

import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Message;
import dev.crmsync.spi.field.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the engine may rely on. */
final class Declarations {
    private Declarations() {}

    static Declaration of(Settings settings) {
        List<TypeDeclaration> types = new ArrayList<>();
        settings.kinds().forEach(kind -> types.add(page(kind.type(), settings)));
        if (settings.keepsMessages()) {
            types.add(message(settings));
        }
        if (settings.users()) {
            types.add(user());
        }
        return new Declaration(NotionProvider.NAME, false, types, List.of(Limits.quota(settings)));
    }

    private static TypeDeclaration page(String type, Settings settings) {
        return new TypeDeclaration(
                type,
                AsOfGrade.COARSE,
                !settings.bots().isEmpty(),
                new CreateLookup.Lookup(settings.queryLag()),
                true,
                false,
                TypeDeclaration.DEFAULT_ECHO_HORIZON,
                settings.overlap(),
                List.of(
                        "a page that is put into the trash while a webhook is lost, until the next walk",
                        "a page that is shared with the connection no longer, or was moved to another data source: it is"
                                + " not visible from then on, and nothing is concluded from it",
                        "the order of what happens within one minute",
                        "a value that is changed and changed again before it is read",
                        "files, rollups and buttons, which are not read"));
    }

    private static TypeDeclaration message(Settings settings) {
        return new TypeDeclaration(
                        Message.TYPE,
                        AsOfGrade.COARSE,
                        false,
                        new CreateLookup.Lookup(settings.queryLag()),
                        true,
                        false,
                        TypeDeclaration.DEFAULT_ECHO_HORIZON,
                        settings.overlap(),
                        List.of("what people do to blocks and comments: nothing is made of it"))
                .without(Operation.LIST_ALL, Operation.LIST_CHANGES);
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
                        List.of("any change of a user, until the next walk", "guests, whom Notion does not list"))
                .without(Operation.LIST_CHANGES);
    }
}
