package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.notion.NotionState.Block;
import dev.crmsync.sandbox.notion.NotionState.Comment;
import dev.crmsync.sandbox.notion.NotionState.Page;
import java.util.List;

/** Comments on pages and blocks, each in a discussion. Guarded by the stand-in's lock. */
final class NotionCommentsApi {
    private final NotionState state;
    private final NotionAccess access;
    private final NotionComments comments;
    private final NotionTimes times;
    private final NotionActor bot;
    private final String integrationName;

    NotionCommentsApi(
            NotionState state,
            NotionAccess access,
            NotionComments comments,
            NotionTimes times,
            NotionActor bot,
            String integrationName) {
        this.state = state;
        this.access = access;
        this.comments = comments;
        this.times = times;
        this.bot = bot;
        this.integrationName = integrationName;
    }

    void addTo(Routes routes) {
        routes.on("POST", "/v1/comments", this::create)
                .on("GET", "/v1/comments", this::list)
                .on("GET", "/v1/comments/{id}", call -> {
                    access.may("read_comments");
                    return Reply.json(200, shown(present(call.param("id"))));
                })
                .on("PATCH", "/v1/comments/{id}", this::patch)
                .on("DELETE", "/v1/comments/{id}", call -> {
                    access.may("insert_comments");
                    Comment comment = own(call.param("id"));
                    comments.delete(comment, bot);
                    return Reply.json(200, shown(comment));
                });
    }

    private Reply create(Call call) {
        access.may("insert_comments");
        JsonNode body = call.request().json();
        Page page;
        String block = "";
        String discussion = "";
        if (body.path("discussion_id").isTextual()) {
            Comment first = comments.inDiscussion(body.path("discussion_id").asText());
            page = access.page(first.page);
            block = first.block;
            discussion = first.discussion;
        } else if (body.at("/parent/block_id").isTextual()) {
            Block about = access.block(body.at("/parent/block_id").asText());
            page = access.page(about.page);
            block = about.id;
        } else if (body.at("/parent/page_id").isTextual()) {
            page = access.page(body.at("/parent/page_id").asText());
        } else {
            throw NotionErrors.invalid("parent", "should be defined, instead was `undefined`.");
        }
        Comment made = comments.create(page, block, discussion, body.path("rich_text"), bot);
        return Reply.json(200, shown(made));
    }

    private Reply list(Call call) {
        access.may("read_comments");
        String asked = call.request().query("block_id");
        String id = NotionIds.valid("query failed validation: query.block_id", asked == null ? "" : asked);
        if (access.seen(id) == null) {
            access.block(id);
        }
        List<Comment> all = state.comments.values().stream()
                .filter(one -> (one.block.isEmpty() ? one.page : one.block).equals(id))
                .toList();
        NotionPaging.Cut<Comment> cut =
                NotionPaging.of(call.request(), "comments of " + id).cut(all);
        List<ObjectNode> results = cut.items().stream().map(this::shown).toList();
        return Reply.json(200, NotionShapes.list("comment", results, cut.next()));
    }

    private Reply patch(Call call) {
        access.may("insert_comments");
        Comment comment = own(call.param("id"));
        comments.update(comment, call.request().json().path("rich_text"), bot);
        return Reply.json(200, shown(comment));
    }

    private Comment present(String text) {
        String id = NotionIds.valid("path failed validation: path.comment_id", text);
        Comment comment = state.comments.get(id);
        if (comment == null || access.seen(comment.page) == null) {
            throw NotionErrors.missing("comment", id);
        }
        return comment;
    }

    /** Only what the integration said itself can it take back. */
    private Comment own(String text) {
        Comment comment = present(text);
        if (!comment.createdBy.equals(bot.id())) {
            throw NotionErrors.restricted("the comment was made by another user");
        }
        return comment;
    }

    ObjectNode shown(Comment comment) {
        ObjectNode shown = Json.object().put("object", "comment").put("id", comment.id);
        boolean page = comment.block.isEmpty();
        shown.putObject("parent")
                .put("type", page ? "page_id" : "block_id")
                .put(page ? "page_id" : "block_id", page ? comment.page : comment.block);
        shown.put("discussion_id", comment.discussion)
                .put("created_time", times.other(comment.createdAt))
                .put("last_edited_time", times.other(comment.editedAt));
        shown.set("created_by", NotionShapes.partial(comment.createdBy));
        shown.set("rich_text", comment.text);
        boolean ours = comment.createdBy.equals(bot.id());
        NotionState.User author = state.users.get(comment.createdBy);
        shown.putObject("display_name")
                .put("type", ours ? "integration" : "user")
                .put("resolved_name", ours ? integrationName : author == null ? null : author.name);
        return shown;
    }
}
