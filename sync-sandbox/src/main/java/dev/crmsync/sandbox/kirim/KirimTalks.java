package dev.crmsync.sandbox.kirim;

import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.kirim.KirimState.Contact;
import dev.crmsync.sandbox.kirim.KirimState.Conversation;
import dev.crmsync.sandbox.kirim.KirimState.Message;
import dev.crmsync.sandbox.kirim.KirimState.User;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The conversations of the organisation with their messages, and the rules by which they change. Guarded by the stand-in's lock. */
final class KirimTalks {
    static final String RESOLVED = "resolved";
    static final List<String> STATUSES = List.of("open", RESOLVED, "pending");

    /** Later than any time that is told, so that sorted texts run from the newest to the oldest, and never last. */
    private static final long END = 999_999_999_999_999L;

    private final Parts parts;
    private final KirimState state;
    private final KirimIds ids;
    private final KirimEvents events;

    KirimTalks(Parts parts, KirimState state, KirimIds ids, KirimEvents events) {
        this.parts = parts;
        this.state = state;
        this.ids = ids;
        this.events = events;
    }

    /** Conversations as they are listed: the newest message first, those without one last. It moves while it is walked. */
    NavigableMap<String, Conversation> ordered() {
        TreeMap<String, Conversation> rows = new TreeMap<>();
        state.conversations.values().forEach(one -> rows.put(KirimPage.key(END - one.lastMessageAt, one.id), one));
        return rows;
    }

    /** The conversation, if it is one of this number's; any number's where none is given. */
    Conversation conversation(@Nullable String phoneId, String id) {
        Conversation conversation = state.conversations.get(id);
        if (conversation == null || phoneId != null && !conversation.phoneId.equals(phoneId)) {
            throw KirimErrors.notFound();
        }
        return conversation;
    }

    User user(String id) {
        User user = state.users.get(id);
        if (user == null) {
            throw KirimErrors.badField("assigned_to", "There is no such user");
        }
        return user;
    }

    /** A message of a contact, or to them: it opens the contact's conversation where there is none, or it was resolved. */
    Message message(Contact contact, boolean inbound, String text, @Nullable String messageId) {
        Conversation conversation = state.conversations.values().stream()
                .filter(one -> one.contactId.equals(contact.id) && one.phoneId.equals(contact.phoneId))
                .findFirst()
                .orElseGet(() -> open(contact));
        long now = parts.clock().millis();
        Message message = new Message();
        message.id = messageId == null ? ids.next("msg") : messageId;
        message.conversationId = conversation.id;
        message.inbound = inbound;
        message.text = text;
        message.createdAt = now;
        state.messages.put(message.id, message);
        conversation.lastMessageAt = now;
        conversation.unread = inbound ? conversation.unread + 1 : 0;
        if (inbound) {
            conversation.lastInboundAt = now;
            // No event tells that it is open again.
            conversation.status = conversation.status.equals(RESOLVED) ? "open" : conversation.status;
        }
        touch(conversation);
        events.message(message);
        return message;
    }

    /** A new conversation without a message. */
    Conversation open(Contact contact) {
        Conversation conversation = new Conversation();
        conversation.phoneId = contact.phoneId;
        conversation.contactId = contact.id;
        conversation.createdAt = parts.clock().millis();
        conversation.updatedAt = conversation.createdAt;
        conversation.id = ids.next("cnv");
        state.conversations.put(conversation.id, conversation);
        parts.changed().run();
        return conversation;
    }

    void assign(Conversation conversation, @Nullable String userId) {
        String before = conversation.assignee;
        if (!Objects.equals(before, userId)) {
            conversation.assignee = userId == null ? null : user(userId).id;
            touch(conversation);
            events.assigned(conversation, before);
        }
    }

    void turn(Conversation conversation, String status, @Nullable String by) {
        if (!STATUSES.contains(status)) {
            throw KirimErrors.badField("status", "status must be one of " + STATUSES);
        }
        if (!conversation.status.equals(status)) {
            conversation.status = status;
            touch(conversation);
            if (status.equals(RESOLVED)) {
                events.closed(conversation, by);
            }
        }
    }

    /** A conversation goes with its messages, and no event tells of it. */
    void delete(Conversation conversation) {
        state.conversations.remove(conversation.id);
        state.messages.values().removeIf(message -> message.conversationId.equals(conversation.id));
        parts.changed().run();
    }

    private void touch(Conversation conversation) {
        conversation.updatedAt = parts.clock().millis();
        parts.changed().run();
    }
}
