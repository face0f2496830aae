package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Merges one person or deal into another: the survivor's values win, and what belonged to the loser moves. Guarded by the
 * stand-in's lock.
 *
 * @see <a href="https://pipedrive.readme.io/docs/merging-two-deals">Pipedrive: merging two deals</a>
 */
final class PipedriveMerge {
    private static final Set<String> LISTS = Set.of("emails", "phones", "label_ids");

    /** How the loser ended, which says nothing of the survivor. */
    private static final Set<String> ENDS =
            Set.of("won_time", "lost_time", "close_time", "lost_reason", "archive_time", "stage_change_time");

    private final Parts parts;
    private final Map<PipedriveKind, PipedriveBook> books;

    PipedriveMerge(Parts parts, Map<PipedriveKind, PipedriveBook> books) {
        this.parts = parts;
        this.books = books;
    }

    /** Merges; two events tell of it, in an order that nobody promises. */
    void merge(PipedriveKind kind, Item loser, Item survivor, PipedriveOrigin origin) {
        if (loser.id.equals(survivor.id)) {
            throw PipedriveErrors.invalid("merge_with_id: a record cannot be merged with itself");
        }
        PipedriveBook merged = book(kind);
        boolean deleteFirst = switch (parts.dials().word("merge.order")) {
            case "delete_first" -> true;
            case "change_first" -> false;
            default -> parts.chance().happens("merge.order", 0.5);
        };
        ObjectNode filled = filled(loser, survivor);
        if (deleteFirst) {
            merged.delete(loser, origin, survivor);
        }
        merged.apply(survivor, filled, origin, loser);
        if (!deleteFirst) {
            merged.delete(loser, origin, survivor);
        }
        move(kind.word() + "_id", loser, survivor, origin);
    }

    private ObjectNode filled(Item loser, Item survivor) {
        boolean union = parts.dials().is("merge.channels", "union");
        ObjectNode filled = Json.object();
        loser.values.properties().forEach(e -> {
            String key = e.getKey();
            JsonNode held = survivor.values.path(key);
            if (LISTS.contains(key)) {
                if (held.isEmpty()) {
                    filled.set(key, e.getValue());
                } else if (union) {
                    filled.set(key, both(key, held, e.getValue()));
                }
            } else if (!key.equals("custom_fields")
                    && !ENDS.contains(key)
                    && held.isMissingNode()
                    && !key.endsWith("_name")) {
                filled.set(key, e.getValue());
            }
        });
        if (parts.dials().is("merge.custom_fields", "fill")) {
            ObjectNode customs = filled.putObject("custom_fields");
            loser.values.path("custom_fields").properties().forEach(e -> {
                if (!survivor.values.path("custom_fields").has(e.getKey())) {
                    customs.set(e.getKey(), e.getValue());
                }
            });
        }
        return filled;
    }

    private static ArrayNode both(String key, JsonNode held, JsonNode more) {
        if (!key.equals("label_ids")) {
            return PipedriveChannels.union(held, more);
        }
        ArrayNode union = held.deepCopy();
        for (JsonNode id : more) {
            boolean there = false;
            for (JsonNode one : held) {
                there |= one.asLong() == id.asLong();
            }
            if (!there) {
                union.add(id);
            }
        }
        return union;
    }

    private void move(String reference, Item loser, Item survivor, PipedriveOrigin origin) {
        String related = parts.dials().word("merge.related");
        for (PipedriveKind kind :
                new PipedriveKind[] {PipedriveKind.DEAL, PipedriveKind.LEAD, PipedriveKind.NOTE, PipedriveKind.ACTIVITY
                }) {
            PipedriveBook book = book(kind);
            for (Item item : book.all()) {
                ObjectNode moved = moved(reference, item, loser.number, survivor.number);
                if (!item.deleted && !moved.isEmpty() && related.equals("told")) {
                    book.apply(item, moved, origin, null);
                } else if (!moved.isEmpty()) {
                    book.move(item, moved, related.equals("touched"));
                }
            }
        }
    }

    private static ObjectNode moved(String reference, Item item, long loser, long survivor) {
        ObjectNode moved = Json.object();
        if (item.values.path(reference).asLong() == loser) {
            moved.put(reference, survivor);
        }
        if (reference.equals("person_id") && item.values.has("participants")) {
            ArrayNode participants = item.values.path("participants").deepCopy();
            boolean concerned = false;
            for (JsonNode one : participants) {
                if (one.path("person_id").asLong() == loser) {
                    ((ObjectNode) one).put("person_id", survivor);
                    concerned = true;
                }
            }
            if (concerned) {
                moved.set("participants", participants);
            }
        }
        return moved;
    }

    private PipedriveBook book(PipedriveKind kind) {
        return Objects.requireNonNull(books.get(kind));
    }
}
