package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a person does in the pages: one record at a time as app, many at once as the dials say. Guarded by the stand-in's lock. */
final class PipedriveDoings {
    private final Parts parts;
    private final Map<PipedriveKind, PipedriveBook> books;
    private final PipedriveMerge merge;
    private final PipedriveTeam team;

    PipedriveDoings(Parts parts, Map<PipedriveKind, PipedriveBook> books, PipedriveMerge merge, PipedriveTeam team) {
        this.parts = parts;
        this.books = books;
        this.merge = merge;
        this.team = team;
    }

    /** The record that a doing was about, afterwards. */
    record Done(PipedriveKind kind, Item item) {}

    /** Who does it: whoever is named, or the one who works in the pages. */
    PipedriveOrigin person(JsonNode edit) {
        return PipedriveOrigin.person(edit.path("user_id").asLong(team.editor()));
    }

    Done doing(JsonNode edit) {
        PipedriveKind kind = kind(edit.path("kind").asText("person"));
        PipedriveBook book = book(kind);
        String id = edit.path("id").asText();
        String op = edit.path("op").asText("patch");
        PipedriveOrigin origin = person(edit);
        switch (op) {
            case "create" -> {
                return new Done(kind, book.create(edit.path("values"), origin, true));
            }
            case "patch" -> {
                Item item = book.present(id);
                book.update(item, edit.path("values"), origin);
                return new Done(kind, item);
            }
            case "delete" -> {
                Item item = book.present(id);
                book.delete(item, origin, null);
                return new Done(kind, item);
            }
            case "restore" -> {
                Item item = book.any(id);
                book.restore(item, origin);
                return new Done(kind, item);
            }
            case "merge" -> {
                if (kind != PipedriveKind.PERSON && kind != PipedriveKind.DEAL) {
                    throw new IllegalArgumentException("Persons and deals are merged, not " + kind.plural());
                }
                Item survivor = book.present(edit.path("survivor").asText());
                merge.merge(kind, book.present(edit.path("loser").asText()), survivor, origin);
                return new Done(kind, survivor);
            }
            case "bulk" -> {
                return bulk(book, edit);
            }
            default ->
                throw new IllegalArgumentException(
                        "op must be create, patch, delete, restore, merge or bulk, not " + op);
        }
    }

    /** Everything is there before anything is changed. */
    private Done bulk(PipedriveBook book, JsonNode edit) {
        List<Item> items = new ArrayList<>();
        edit.path("ids").forEach(id -> items.add(book.present(id.asText())));
        if (items.isEmpty()) {
            throw new IllegalArgumentException("A bulk edit wants ids");
        }
        PipedriveOrigin origin = new PipedriveOrigin(
                parts.dials().word("bulk.change_source"),
                person(edit).userId(),
                "bulk-actions-api",
                parts.dials().on("bulk.flag"));
        items.forEach(item -> book.update(item, edit.path("values"), origin));
        return new Done(book.kind(), items.get(0));
    }

    private PipedriveKind kind(String word) {
        return books.keySet().stream()
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no kind " + word));
    }

    private PipedriveBook book(PipedriveKind kind) {
        PipedriveBook book = books.get(kind);
        if (book == null) {
            throw new IllegalArgumentException("There are no " + kind.plural());
        }
        return book;
    }
}
