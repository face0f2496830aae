package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.notion.NotionState.Comment;
import dev.crmsync.sandbox.notion.NotionState.DataSource;
import dev.crmsync.sandbox.notion.NotionState.Page;
import dev.crmsync.sandbox.notion.NotionState.Subscription;
import java.util.Map;

/** Events as subscribers see them. Guarded by the stand-in's lock. */
final class NotionEventShapes {
    private static final int PROPERTIES_MOST = 100;

    private final Parts parts;
    private final NotionState state;
    private final NotionIdentity identity;

    NotionEventShapes(Parts parts, NotionState state, NotionIdentity identity) {
        this.parts = parts;
        this.state = state;
        this.identity = identity;
    }

    /** The id under which an author shows: integrators disagree which one a bot has. */
    String authorId(NotionActor actor) {
        if (!actor.id().equals(identity.botUser())) {
            return actor.id();
        }
        return switch (parts.dials().word("webhooks.author_id")) {
            case "integration" -> identity.integration();
            case "bot_id" -> identity.botId();
            default -> identity.botUser();
        };
    }

    ObjectNode parent(Page page) {
        DataSource source = state.dataSources.get(page.dataSource);
        return source == null
                ? Json.object().put("id", identity.workspace()).put("type", "space")
                : Json.object()
                        .put("id", source.database)
                        .put("type", "database")
                        .put("data_source_id", source.id);
    }

    ObjectNode parent(DataSource source) {
        return Json.object().put("id", source.database).put("type", "database");
    }

    ObjectNode parent(Comment comment) {
        return comment.block.isEmpty()
                ? Json.object().put("id", comment.page).put("type", "page")
                : Json.object().put("id", comment.block).put("type", "block");
    }

    ObjectNode event(NotionGathering gathering, Subscription subscription, String id) {
        boolean older = subscription.apiVersion.equals(NotionEdition.DATABASES.date());
        boolean aboutSource = gathering.entityType.equals("data_source");
        ObjectNode event = Json.object()
                .put("id", id)
                .put("timestamp", NotionTimes.millis(gathering.timestamp))
                .put("workspace_id", identity.workspace())
                .put("workspace_name", identity.workspaceName())
                .put("subscription_id", subscription.id)
                .put("integration_id", identity.integration())
                .put("type", older ? gathering.type.replace("data_source.", "database.") : gathering.type);
        ArrayNode authors = event.putArray("authors");
        for (String author : gathering.authors) {
            int space = author.indexOf(' ');
            authors.addObject().put("id", author.substring(space + 1)).put("type", author.substring(0, space));
        }
        if (parts.dials().on("webhooks.accessible_by")) {
            event.putArray("accessible_by")
                    .addObject()
                    .put("id", identity.botUser())
                    .put("type", "bot");
        }
        event.put("attempt_number", 1).put("api_version", subscription.apiVersion);
        ObjectNode entity = event.putObject("entity");
        if (older && aboutSource) {
            entity.put("id", gathering.parent.path("id").asText()).put("type", "database");
        } else {
            entity.put("id", gathering.entity).put("type", gathering.entityType);
        }
        event.set("data", data(gathering, older));
        return event;
    }

    private static ObjectNode data(NotionGathering gathering, boolean older) {
        ObjectNode data = Json.object();
        if (!gathering.page.isEmpty()) {
            data.put("page_id", gathering.page);
        }
        ObjectNode parent = gathering.parent.deepCopy();
        data.set("parent", older ? parent.without("data_source_id") : parent);
        if (gathering.type.equals("page.properties_updated") || gathering.type.endsWith("schema_updated")) {
            ArrayNode properties = data.putArray("updated_properties");
            gathering.properties.stream().limit(PROPERTIES_MOST).forEach(properties::add);
        }
        if (gathering.type.endsWith("content_updated")) {
            ArrayNode blocks = data.putArray("updated_blocks");
            for (Map.Entry<String, String> one : gathering.blocks.entrySet()) {
                blocks.addObject().put("id", one.getKey()).put("type", one.getValue());
            }
        }
        return data;
    }
}
