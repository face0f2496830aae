package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.LoopbackServer;
import dev.crmsync.sandbox.notion.NotionState.Comment;
import dev.crmsync.sandbox.notion.NotionState.DataSource;
import dev.crmsync.sandbox.notion.NotionState.Database;
import dev.crmsync.sandbox.notion.NotionState.Page;
import dev.crmsync.sandbox.notion.NotionState.Subscription;
import dev.crmsync.sandbox.webhook.Courier;
import dev.crmsync.sandbox.webhook.Delivery;
import dev.crmsync.sandbox.webhook.DueQueue;
import dev.crmsync.sandbox.webhook.GatheringOutbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Gathers changes into events that tell what changed and never to what. Guarded by the stand-in's lock. */
final class NotionEvents implements GatheringOutbox.Gathering, AutoCloseable {
    private static final int AT_ONCE = 1000;
    private static final Set<String> GATHERED = Set.of(
            "page.created",
            "page.properties_updated",
            "page.content_updated",
            "page.deleted",
            "page.undeleted",
            "page.moved",
            "data_source.content_updated");

    private final Parts parts;
    private final NotionState state;
    private final NotionEventShapes shapes;
    private final Courier courier;
    private final Object lock;
    private final DueQueue<NotionGathering> waiting;
    private final Map<String, NotionGathering> open = new HashMap<>();
    private final ExecutorService gatherer = Executors.newSingleThreadExecutor(LoopbackServer.daemons("notion-events"));

    NotionEvents(Parts parts, NotionState state, NotionEventShapes shapes, Courier courier, Object lock) {
        this.parts = parts;
        this.state = state;
        this.shapes = shapes;
        this.courier = courier;
        this.lock = lock;
        this.waiting = new DueQueue<>(parts.clock());
    }

    void start() {
        gatherer.execute(this::gather);
    }

    /** Something happened to a page that needs no more telling. */
    void page(String what, Page page, NotionActor actor) {
        tell("page." + what, page, actor, one -> {});
    }

    void properties(Page page, NotionActor actor, Iterable<String> ids) {
        tell("page.properties_updated", page, actor, one -> ids.forEach(one.properties::add));
    }

    void content(Page page, NotionActor actor, Iterable<String> blocks) {
        tell("page.content_updated", page, actor, one -> blocks.forEach(id -> one.blocks.put(id, "block")));
    }

    /** A page left a data source for a place that the integration may not see. */
    void movedOut(Page page, DataSource from, NotionActor actor) {
        if (audible(from)) {
            emit("page.moved", page.id, "page", shapes.parent(page), actor, one -> {});
        }
    }

    /** Rows came or went. */
    void rows(DataSource source, Page page, NotionActor actor) {
        if (audible(source)) {
            emit(
                    "data_source.content_updated",
                    source.id,
                    "data_source",
                    shapes.parent(source),
                    actor,
                    one -> one.blocks.put(page.id, "page"));
        }
    }

    void schema(DataSource source, NotionActor actor, Iterable<String> properties) {
        if (audible(source)) {
            emit(
                    "data_source.schema_updated",
                    source.id,
                    "data_source",
                    shapes.parent(source),
                    actor,
                    one -> properties.forEach(one.properties::add));
        }
    }

    /** Something happened to a data source as a whole. */
    void dataSource(String what, DataSource source, NotionActor actor) {
        if (audible(source)) {
            emit("data_source." + what, source.id, "data_source", shapes.parent(source), actor, one -> {});
        }
    }

    void comment(String what, Comment comment, Page page, NotionActor actor) {
        if (audible(page)) {
            ObjectNode parent = shapes.parent(comment);
            emit("comment." + what, comment.id, "comment", parent, actor, one -> one.page = page.id);
        }
    }

    private void tell(String type, Page page, NotionActor actor, Consumer<NotionGathering> more) {
        if (audible(page)) {
            emit(type, page.id, "page", shapes.parent(page), actor, more);
        }
    }

    private boolean audible(Page page) {
        DataSource source = state.dataSources.get(page.dataSource);
        return source != null && audible(source);
    }

    private boolean audible(DataSource source) {
        Database database = state.databases.get(source.database);
        return database != null && database.shared;
    }

    private void emit(
            String type,
            String entity,
            String entityType,
            ObjectNode parent,
            NotionActor actor,
            Consumer<NotionGathering> more) {
        for (Subscription subscription : state.subscriptions.values()) {
            if (subscription.status.equals("active") && subscription.events.contains(type)) {
                NotionGathering one = gathering(subscription.id, type, entity, entityType);
                one.parent = parent;
                one.timestamp = parts.clock().millis();
                one.authors.add(actor.type() + " " + shapes.authorId(actor));
                more.accept(one);
                if (type.equals("page.deleted")) {
                    takeBack(one);
                }
            }
        }
        parts.changed().run();
    }

    /** The gathering that is still open, or a new one that leaves in its own time. */
    private NotionGathering gathering(String subscription, String type, String entity, String entityType) {
        NotionGathering known = open.get(NotionGathering.key(subscription, type, entity));
        if (known != null && GATHERED.contains(type)) {
            return known;
        }
        long now = parts.clock().millis();
        List<Long> departures = parts.mischief().departures(now);
        NotionGathering fresh = new NotionGathering();
        fresh.subscription = subscription;
        fresh.type = type;
        fresh.entity = entity;
        fresh.entityType = entityType;
        fresh.gone = departures.isEmpty();
        fresh.dueAt = departures.isEmpty() ? now : departures.get(0);
        fresh.copyAt = departures.size() > 1 ? departures.get(1) : -1;
        open.put(fresh.key(), fresh);
        waiting.add(fresh, fresh.dueAt);
        return fresh;
    }

    /** What was made and went before anybody was told of it is told once, or not at all. */
    private void takeBack(NotionGathering deleted) {
        if (parts.dials().is("events.created_and_deleted", "two")
                || !open.containsKey(NotionGathering.key(deleted.subscription, "page.created", deleted.entity))) {
            return;
        }
        for (String type : List.of("page.created", "page.properties_updated", "page.content_updated")) {
            forget(open.get(NotionGathering.key(deleted.subscription, type, deleted.entity)));
        }
        if (parts.dials().is("events.created_and_deleted", "none")) {
            forget(deleted);
        }
    }

    /** What comes after it is another event, so nothing more is gathered under it. */
    private void forget(@Nullable NotionGathering gathering) {
        if (gathering != null) {
            gathering.gone = true;
            open.remove(gathering.key(), gathering);
        }
    }

    /** Sends the token to a subscriber that is to be verified; once. */
    void verify(Subscription subscription) {
        Delivery delivery = delivery(subscription.id, NotionCarrier.VERIFICATION, "");
        delivery.body = Json.text(Json.object().put("verification_token", subscription.token));
        courier.accept(delivery);
    }

    private void gather() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                List<NotionGathering> taken =
                        waiting.take(AT_ONCE, () -> parts.dials().whole("webhooks.gather_ms"));
                synchronized (lock) {
                    taken.forEach(this::dispatch);
                }
                waiting.done(taken.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void dispatch(NotionGathering gathering) {
        open.remove(gathering.key(), gathering);
        Subscription subscription = state.subscriptions.get(gathering.subscription);
        if (gathering.gone || subscription == null) {
            return;
        }
        String id = NotionIds.uuid(parts, "event", state.next("event"));
        ObjectNode body = shapes.event(gathering, subscription, id);
        String type = body.path("type").asText();
        Delivery first = delivery(subscription.id, type, id);
        first.body = Json.text(body);
        courier.accept(first);
        if (gathering.copyAt >= 0) {
            Delivery copy = delivery(subscription.id, type, id);
            copy.body = first.body;
            copy.dueAt = Math.max(copy.dueAt, gathering.copyAt);
            courier.accept(copy);
        }
    }

    private Delivery delivery(String subscription, String type, String eventId) {
        Delivery delivery = new Delivery();
        delivery.id = "delivery-" + state.next("delivery");
        delivery.type = type;
        delivery.eventId = eventId;
        delivery.subscription = subscription;
        delivery.createdAt = parts.clock().millis();
        delivery.dueAt = delivery.createdAt;
        return delivery;
    }

    @Override
    public int size() {
        return waiting.size();
    }

    @Override
    public void hasten() {
        waiting.hasten(one -> true);
    }

    void reset() {
        open.clear();
        waiting.clear();
    }

    List<NotionGathering> snapshot() {
        return waiting.waiting(UnaryOperator.identity());
    }

    void restore(JsonNode saved) {
        for (JsonNode one : saved) {
            NotionGathering gathering = Json.as(one, NotionGathering.class);
            open.put(gathering.key(), gathering);
            waiting.add(gathering, gathering.dueAt);
        }
    }

    @Override
    public void close() {
        gatherer.shutdownNow();
    }
}
