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
    private final World world;
    private final CrmSide side;
    private final Map<String, Shown> paired;
    private final Consumer<String> complain;
    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, CrmSide.Ticket> tickets = new HashMap<>();

    TalkJudge(World world, CrmSide side, Map<String, Shown> paired, Consumer<String> complain) {
        this.world = world;
        this.side = side;
        this.paired = paired;
        this.complain = complain;
    }

    void judge() {
        Judge.maps(world.kirim.any("GET", "/users", null).get("users"))
                .forEach(user -> addresses.put(lower(user.get("id")), lower(user.get("email"))));
        for (CrmSide.Ticket ticket : side.tickets()) {
            if (ticket.key().isEmpty()) {
                if (!world.diary.madeByPeople(side.notedTicket(ticket.id()))) {
                    complain.accept("ticket " + ticket.id() + " was made by nobody, and for no conversation");
                }
            } else if (tickets.put(ticket.key(), ticket) != null) {
                complain.accept(ticket.key() + " has two tickets");
            }
        }
        Judge.maps(world.kirim.any("GET", "/conversations", null).get("conversations"))
                .forEach(this::conversation);
        messages();
    }

    private void conversation(Map<String, Object> conversation) {
        String id = String.valueOf(conversation.get("id"));
        Shown contact = paired.get(String.valueOf(conversation.get("contact_id")));
        CrmSide.Ticket ticket = tickets.get(id);
        if (contact == null || ticket != null && world.diary.isGone(side.notedTicket(ticket.id()))) {
            return;
        }
        if (ticket == null) {
            // Walks list what is open or pending: one that was resolved before anything told of it is never seen.
            if (!world.kirimForgets || !"resolved".equals(conversation.get("status"))) {
                complain.accept(id + " of " + conversation.get("contact_id") + " has no ticket\n"
                        + world.why(RecordType.CONVERSATION, id, "contact"));
            }
            return;
        }
        expect(id, "status", conversation.get("status"), ticket.status());
        String assignee = addresses.getOrDefault(lower(conversation.get("assigned_to")), "");
        boolean nobodys = assignee.isEmpty()
                && !world.diary.madeByPeople("assignment of " + id)
                && world.why(RecordType.CONVERSATION, id, "assignee").contains("has no agreed value");
        boolean asked = world.asked("user", String.valueOf(conversation.get("assigned_to")));
        if (!assignee.equals("temp@example.com") && !nobodys && !asked) {
            // Where Kirim never had an assignee there is nothing to put in the place of the CRM's.
            expect(id, "assignee", assignee, ticket.assignee());
        }
        expect(id, "contact", List.of(whose(conversation, contact, ticket)), ticket.contacts());
    }

    /** The record that a ticket should belong to: of a person whom somebody made of two elsewhere, the first one will do. */
    private String whose(Map<String, Object> conversation, Shown contact, CrmSide.Ticket ticket) {
        String link = world.link("kirim", String.valueOf(conversation.get("contact_id")));
        boolean another = world.diary.saidToBeOne(side.word())
                && ticket.contacts().size() == 1
                && world.link(side.word(), ticket.contacts().get(0)).equals(link);
        return another ? ticket.contacts().get(0) : contact.id();
    }

    private void expect(String id, String field, Object atKirim, @Nullable Object atCrm) {
        if (!atKirim.equals(atCrm)) {
            expect(id + " " + field, atKirim, atCrm);
            complain.accept(world.why(RecordType.CONVERSATION, id, field));
        }
    }

    private void expect(String what, Object atKirim, @Nullable Object atCrm) {
        if (!atKirim.equals(atCrm)) {
            complain.accept(what + ": Kirim shows " + atKirim + ", " + side.name() + " " + atCrm);
        }
    }

    private void messages() {
        Map<String, List<CrmSide.Note>> notes = new HashMap<>();
        side.notes()
                .forEach(note -> notes.computeIfAbsent(note.key(), key -> new ArrayList<>())
                        .add(note));
        for (Map<String, Object> message :
                Judge.maps(world.kirim.any("GET", "/messages", null).get("messages"))) {
            List<CrmSide.Note> own = notes.getOrDefault(String.valueOf(message.get("id")), List.of());
            notes.remove(String.valueOf(message.get("id")));
            if (own.size() > 1) {
                complain.accept(message.get("id") + " has " + own.size() + " notes");
            }
            message(message, own);
        }
        notes.keySet().forEach(key -> complain.accept("a note of '" + key + "', which is no message"));
    }

    private void message(Map<String, Object> message, List<CrmSide.Note> notes) {
        CrmSide.Ticket ticket = tickets.get(String.valueOf(message.get("conversation_id")));
        boolean due = ticket != null
                && !ticket.archived()
                && !world.kirimForgets
                && world.live(String.valueOf(message.get("created_at")));
        if (notes.isEmpty()) {
            if (due) {
                complain.accept(message.get("id") + " of " + message.get("conversation_id") + " has no note\n"
                        + world.why(RecordType.MESSAGE, String.valueOf(message.get("id")), "conversation"));
            }
            return;
        }
        CrmSide.Note note = notes.get(0);
        Map<?, ?> text = (Map<?, ?>) message.getOrDefault("text", Map.of());
        expect(message.get("id") + " text", Shown.text(text.get("body")), note.text());
        if (due && ticket != null) {
            expect(message.get("id") + " ticket", List.of(ticket.id()), note.tickets());
        }
    }

    private static String lower(@Nullable Object text) {
        return Shown.text(text).toLowerCase(Locale.ROOT);
    }
}
