package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import java.util.List;

/** The people and bots of the workspace. Guarded by the stand-in's lock. */
final class NotionUsersApi {
    private final Parts parts;
    private final NotionState state;
    private final NotionShapes shapes;
    private final NotionActor bot;

    NotionUsersApi(Parts parts, NotionState state, NotionShapes shapes, NotionActor bot) {
        this.parts = parts;
        this.state = state;
        this.shapes = shapes;
        this.bot = bot;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/v1/users", this::list)
                .on("GET", "/v1/users/me", call -> Reply.json(200, me()))
                .on("GET", "/v1/users/{id}", this::get);
    }

    /** The integration always knows itself. */
    private ObjectNode me() {
        ObjectNode me = shapes.user(bot.id());
        if (!me.has("type")) {
            me.put("type", "bot").putObject("bot");
        }
        return me;
    }

    private Reply list(Call call) {
        allowed();
        NotionPaging.Cut<String> cut = NotionPaging.of(call.request(), "users").cut(List.copyOf(state.users.keySet()));
        List<ObjectNode> users = cut.items().stream().map(shapes::user).toList();
        return Reply.json(200, NotionShapes.list("user", users, cut.next()));
    }

    private Reply get(Call call) {
        allowed();
        String id = NotionIds.valid("path failed validation: path.user_id", call.param("id"));
        if (!state.users.containsKey(id)) {
            throw NotionErrors.missing("user", id);
        }
        return Reply.json(200, shapes.user(id));
    }

    private void allowed() {
        if (parts.dials().is("capabilities.users", "none")) {
            throw NotionErrors.restricted("the integration has no capability to read users");
        }
    }
}
