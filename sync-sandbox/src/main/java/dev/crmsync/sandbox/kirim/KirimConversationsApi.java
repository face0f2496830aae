package dev.crmsync.sandbox.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.kirim.KirimState.Conversation;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Kirim's conversation endpoints. Which of them exist under which path is a dial where it is not known. */
final class KirimConversationsApi {
    private final Parts parts;
    private final KirimState state;
    private final KirimTalks talks;
    private final KirimShapes shapes;
    private final KirimCursor cursors;

    KirimConversationsApi(Parts parts, KirimState state, KirimTalks talks, KirimShapes shapes, KirimCursor cursors) {
        this.parts = parts;
        this.state = state;
        this.talks = talks;
        this.shapes = shapes;
        this.cursors = cursors;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/v1/conversations/{id}", call -> one("root", null, call))
                .on("PATCH", "/v1/conversations/{id}", call -> patch("root", null, call))
                .on("GET", "/v1/{pid}/conversations", this::list)
                .on("GET", "/v1/{pid}/conversations/{id}", call -> one("phone", phoneId(call), call))
                .on("PATCH", "/v1/{pid}/conversations/{id}", call -> patch("phone", phoneId(call), call));
    }

    private Reply list(Call call) {
        String phoneId = phoneId(call);
        String status = call.request().query("status");
        String contact = call.request().query("contact_id");
        if (status != null && !KirimTalks.STATUSES.contains(status)) {
            throw KirimErrors.badField("status", "status must be one of " + KirimTalks.STATUSES);
        }
        Predicate<Conversation> wanted = one -> one.phoneId.equals(phoneId)
                && (status == null || one.status.equals(status))
                && (contact == null || one.contactId.equals(contact));
        String filters = KirimPage.filters(call.request().path(), Arrays.asList(status, contact));
        return Reply.json(
                200, KirimPage.of(call.request(), cursors, filters, talks.ordered(), wanted, shapes::conversation));
    }

    private Reply one(String path, @Nullable String phoneId, Call call) {
        if (!parts.dials().is("conversations.get_one", path)) {
            throw KirimErrors.notFound();
        }
        return KirimContactsApi.data(200, shapes.conversation(talks.conversation(phoneId, call.param("id"))));
    }

    private Reply patch(String path, @Nullable String phoneId, Call call) {
        if (!parts.dials().is("conversations.patch", path)) {
            throw KirimErrors.notFound();
        }
        Conversation conversation = talks.conversation(phoneId, call.param("id"));
        JsonNode body = call.request().json();
        if (!body.has("status") && !body.has("assigned_to")) {
            throw KirimErrors.missing("status");
        }
        String assignee = KirimBook.text(body, "assigned_to");
        String status = KirimBook.text(body, "status");
        if (assignee != null) {
            talks.user(assignee);
        }
        if (status != null) {
            talks.turn(conversation, status, null);
        } else if (body.has("status")) {
            throw KirimErrors.badField("status", "status must be a string");
        }
        if (body.has("assigned_to")) {
            talks.assign(conversation, assignee);
        }
        return KirimContactsApi.data(200, shapes.conversation(conversation));
    }

    private String phoneId(Call call) {
        String phoneId = call.param("pid");
        if (!phoneId.matches("\\d{6,20}")) {
            throw KirimErrors.notFound();
        }
        if (!state.accounts.containsKey(phoneId)) {
            throw KirimErrors.forbiddenPhone();
        }
        return phoneId;
    }
}
