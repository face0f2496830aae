package dev.crmsync.tests.histories;

import dev.crmsync.spi.field.RecordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Judges conversations against tickets, and messages against notes: each of a contact that has its fellow is there, once, and the same. */
final class TalkJudge {
    private static final Map<String, String> STAGES = Map.of("1", "open", "2", "pending", "3", "open", "4", "resolved");

    private final World world;
    private final Map<String, Shown> paired;
    private final Consumer<String> complain;
    private final List<String> associations;
    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, Map<String, Object>> tickets = new HashMap<>();

    TalkJudge(World world, Map<String, Shown> paired, Consumer<String> complain) {
        this.world = world;
        this.paired = paired;
        this.complain = complain;
        this.associations = world.people.associations();
    }

    void judge() {
        world.people.owners().forEach(owner -> addresses.put(lower(owner.get("id")), lower(owner.get("email"))));
        Judge.maps(world.kirim.any("GET", "/users", null).get("users"))
                .forEach(user -> addresses.put(lower(user.get("id")), lower(user.get("email"))));
        for (Map<String, Object> ticket : world.people.all("tickets")) {
            String key = property(ticket, "kirim_conversation_id");
            if (key.isEmpty()) {
                if (!world.diary.madeByPeople("ticket/" + ticket.get("id"))) {
                    complain.accept("ticket " + ticket.get("id") + " was made by nobody, and for no conversation");
                }
            } else if (tickets.put(key, ticket) != null) {
                complain.accept(key + " has two tickets");
            }
        }
        Judge.maps(world.kirim.any("GET", "/conversations", null).get("conversations"))
                .forEach(this::conversation);
        messages();
    }

    private void conversation(Map<String, Object> conversation) {
        String id = String.valueOf(conversation.get("id"));
        Shown contact = paired.get(String.valueOf(conversation.get("contact_id")));
        Map<String, Object> ticket = tickets.get(id);
        if (contact == null || ticket != null && world.diary.isGone("ticket/" + ticket.get("id"))) {
            return;
        }
        if (ticket == null) {
            // Walks list what is open or pending: one that was resolved before anything told of it is never seen.
            if (!world.kirimForgets || !"resolved".equals(conversation.get("status"))) {
                complain.accept(id + " of " + contact.key() + " has no ticket");
            }
            return;
        }
        expect(id, "status", conversation.get("status"), STAGES.get(property(ticket, "hs_pipeline_stage")));
        String assignee = addresses.getOrDefault(lower(conversation.get("assigned_to")), "");
        boolean nobodys = assignee.isEmpty()
                && !world.diary.madeByPeople("assignment of " + id)
                && world.why(RecordType.CONVERSATION, id, "assignee").contains("has no agreed value");
        boolean asked = world.asked("user", String.valueOf(conversation.get("assigned_to")));
        if (!assignee.equals("temp@example.com") && !nobodys && !asked) {
            // Where Kirim never had an assignee there is nothing to put in the place of HubSpot's.
            expect(id, "assignee", assignee, addresses.getOrDefault(lower(property(ticket, "hubspot_owner_id")), ""));
        }
        expect(id, "contact", List.of(contact.id()), associated("tickets/" + ticket.get("id") + ">contacts/"));
    }

    private void expect(String id, String field, Object atKirim, Object atCrm) {
        if (!atKirim.equals(atCrm)) {
            expect(id + " " + field, atKirim, atCrm);
            complain.accept(world.why(RecordType.CONVERSATION, id, field));
        }
    }

    private void expect(String what, Object atKirim, Object atCrm) {
        if (!atKirim.equals(atCrm)) {
            complain.accept(what + ": Kirim shows " + atKirim + ", HubSpot " + atCrm);
        }
    }

    private List<String> associated(String begin) {
        return associations.stream()
                .filter(pair -> pair.startsWith(begin))
                .map(pair -> pair.substring(begin.length()))
                .toList();
    }

    private void messages() {
        Map<String, List<Map<String, Object>>> notes = new HashMap<>();
        world.people
                .all("notes")
                .forEach(note -> notes.computeIfAbsent(property(note, "kirim_message_id"), key -> new ArrayList<>())
                        .add(note));
        for (Map<String, Object> message :
                Judge.maps(world.kirim.any("GET", "/messages", null).get("messages"))) {
            List<Map<String, Object>> own = notes.getOrDefault(String.valueOf(message.get("id")), List.of());
            notes.remove(String.valueOf(message.get("id")));
            if (own.size() > 1) {
                complain.accept(message.get("id") + " has " + own.size() + " notes");
            }
            message(message, own);
        }
        notes.keySet().forEach(key -> complain.accept("a note of '" + key + "', which is no message"));
    }

    private void message(Map<String, Object> message, List<Map<String, Object>> notes) {
        Map<String, Object> ticket = tickets.get(String.valueOf(message.get("conversation_id")));
        boolean due = ticket != null
                && !Boolean.TRUE.equals(ticket.get("archived"))
                && !world.kirimForgets
                && world.live(String.valueOf(message.get("created_at")));
        if (notes.isEmpty()) {
            if (due) {
                complain.accept(message.get("id") + " of " + message.get("conversation_id") + " has no note");
            }
            return;
        }
        Map<String, Object> note = notes.get(0);
        Map<?, ?> text = (Map<?, ?>) message.getOrDefault("text", Map.of());
        expect(message.get("id") + " text", Shown.text(text.get("body")), plain(property(note, "hs_note_body")));
        if (due && ticket != null) {
            expect(
                    message.get("id") + " ticket",
                    List.of(String.valueOf(ticket.get("id"))),
                    associated("notes/" + note.get("id") + ">tickets/"));
        }
    }

    private static String property(Map<String, Object> record, String name) {
        return Shown.text(((Map<?, ?>) record.getOrDefault("properties", Map.of())).get(name));
    }

    private static String lower(@Nullable Object text) {
        return Shown.text(text).toLowerCase(Locale.ROOT);
    }

    private static String plain(String html) {
        return html.replace("<br>", "\n")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
