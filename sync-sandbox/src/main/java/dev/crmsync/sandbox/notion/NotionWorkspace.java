package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.webhook.Courier;
import java.util.Objects;

/** The workspace put together: its pages, its people, and the endpoints that show them. Guarded by the stand-in's lock. */
final class NotionWorkspace {
    /** What the integration is called. */
    static final String INTEGRATION = "crm-sync";

    private final Parts parts;
    private final NotionState state;
    private final Object lock;
    private final NotionIdentity identity;
    private final NotionIds ids;
    private final NotionTimes times;
    private final NotionRichText texts;
    private final NotionEvents events;
    private final NotionSchema schema;
    private final NotionShapes shapes;
    private final NotionAccess access;
    private final NotionBook book;
    private final NotionTeam team;
    private final NotionLimits limits;

    NotionWorkspace(Parts parts, NotionState state, Courier courier, Object lock, NotionIdentity identity) {
        this.parts = parts;
        this.state = state;
        this.lock = lock;
        this.identity = identity;
        this.ids = new NotionIds(parts, state);
        this.times = new NotionTimes(parts);
        this.texts = new NotionRichText(parts);
        this.events = new NotionEvents(parts, state, new NotionEventShapes(parts, state, identity), courier, lock);
        this.schema = new NotionSchema(parts, state, ids, events);
        this.shapes = new NotionShapes(parts, state, times, identity.workspaceName());
        this.access = new NotionAccess(parts, state);
        this.book = new NotionBook(parts, state, new NotionValues(parts, state, schema, texts), events);
        this.team = new NotionTeam(parts, state, ids, schema, identity);
        this.limits = new NotionLimits(parts);
    }

    NotionLimits limits() {
        return limits;
    }

    NotionEvents events() {
        return events;
    }

    void addTo(Routes api, Routes admin) {
        NotionActor bot = NotionActor.bot(identity.botUser());
        NotionBlocks blocks = new NotionBlocks(parts, state, ids, texts, book, events);
        NotionComments comments = new NotionComments(parts, state, ids, texts, events);
        NotionFilter filter = new NotionFilter(new NotionConditions(parts, shapes, times), times);
        NotionDataSourcesApi sources = new NotionDataSourcesApi(parts, access, schema, times, texts, bot);
        new NotionUsersApi(parts, state, shapes, bot).addTo(api);
        sources.addTo(api);
        new NotionQueryApi(parts, access, book, shapes, filter, times).addTo(api);
        new NotionPagesApi(state, access, book, blocks, shapes, bot).addTo(api);
        NotionBlocksApi blocksApi = new NotionBlocksApi(access, blocks, times, bot);
        blocksApi.addTo(api);
        NotionCommentsApi commentsApi = new NotionCommentsApi(state, access, comments, times, bot, INTEGRATION);
        commentsApi.addTo(api);
        new NotionSearchApi(parts, state, access, book, shapes, sources).addTo(api);
        NotionDoings doings = new NotionDoings(state, book, blocks, comments, team);
        new NotionAdmin(state, book, shapes, doings, blocksApi, commentsApi, lock).addTo(admin);
        new NotionTeamAdmin(parts, state, team, schema, events, doings, lock).addTo(admin);
        new NotionWebhooksAdmin(parts, state, ids, events, lock).addTo(admin);
    }

    /** Takes up what an earlier process left. */
    void restore(JsonNode gatherings) {
        if (state.users.isEmpty()) {
            reset();
        } else {
            book.rebuild();
            events.restore(gatherings);
        }
    }

    /** As on the first day. */
    void reset() {
        state.clear();
        events.reset();
        limits.reset();
        team.addStandard();
        book.rebuild();
    }

    /** The database that a new workspace has. */
    String databaseId() {
        return Objects.requireNonNull(state.dataSources.get(dataSourceId())).database;
    }

    /** The data source that a new workspace has. */
    String dataSourceId() {
        return state.dataSources.keySet().iterator().next();
    }
}
