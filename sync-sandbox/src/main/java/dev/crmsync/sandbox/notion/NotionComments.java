package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.notion.NotionState.Comment;
import dev.crmsync.sandbox.notion.NotionState.Page;
import java.util.Objects;

/** What is said about pages. Guarded by the stand-in's lock. */
final class NotionComments {
    private final Parts parts;
    private final NotionState state;
    private final NotionIds ids;
    private final NotionRichText texts;
    private final NotionEvents events;

    NotionComments(Parts parts, NotionState state, NotionIds ids, NotionRichText texts, NotionEvents events) {
        this.parts = parts;
        this.state = state;
        this.ids = ids;
        this.texts = texts;
        this.events = events;
    }

    /** Says something about a page or, when it is named, a block; the empty discussion begins a new one. */
    Comment create(Page page, String block, String discussion, JsonNode text, NotionActor actor) {
        Comment comment = new Comment();
        comment.text = texts.accept(text, "rich_text", actor.type().equals("bot"));
        comment.id = ids.fresh("comment");
        comment.page = page.id;
        comment.block = block;
        comment.discussion = discussion.isEmpty() ? ids.fresh("discussion") : discussion;
        comment.by(actor, parts.clock().millis());
        state.comments.put(comment.id, comment);
        events.comment("created", comment, page, actor);
        parts.changed().run();
        return comment;
    }

    void update(Comment comment, JsonNode text, NotionActor actor) {
        comment.text = texts.accept(text, "rich_text", actor.type().equals("bot"));
        comment.edited(actor, parts.clock().millis());
        events.comment("updated", comment, page(comment), actor);
        parts.changed().run();
    }

    void delete(Comment comment, NotionActor actor) {
        state.comments.remove(comment.id);
        events.comment("deleted", comment, page(comment), actor);
        parts.changed().run();
    }

    /** A comment of a discussion. */
    Comment inDiscussion(String id) {
        String known = NotionIds.valid("body failed validation: body.discussion_id", id);
        return state.comments.values().stream()
                .filter(one -> one.discussion.equals(known))
                .findFirst()
                .orElseThrow(() -> NotionErrors.missing("discussion", known));
    }

    private Page page(Comment comment) {
        return Objects.requireNonNull(state.pages.get(comment.page));
    }
}
