package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.dials.Dials;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.LoopbackServer;
import dev.crmsync.sandbox.hubspot.HubSpotState.Subscription;
import dev.crmsync.sandbox.webhook.Courier;
import dev.crmsync.sandbox.webhook.Delivery;
import dev.crmsync.sandbox.webhook.DueQueue;
import dev.crmsync.sandbox.webhook.GatheringOutbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Turns changes into events, one for each matching subscription, and gathers events into batches. */
final class HubSpotEvents implements GatheringOutbox.Gathering, AutoCloseable {
    private static final Set<String> GENERIC =
            Set.of("creation", "deletion", "merge", "restore", "propertyChange", "associationChange");

    private final Parts parts;
    private final HubSpotState state;
    private final Courier courier;
    private final Object lock;
    private final long portalId;
    private final long appId;
    private final DueQueue<Waiting> waiting;
    private final ExecutorService batcher =
            Executors.newSingleThreadExecutor(LoopbackServer.daemons("hubspot-batcher"));
    private long lastEventId;

    /** An event that has not left; plain fields for the snapshot. */
    static final class Waiting {
        String json = "";
        long dueAt;
    }

    HubSpotEvents(Parts parts, HubSpotState state, Courier courier, Object lock, long portalId, long appId) {
        this.parts = parts;
        this.state = state;
        this.courier = courier;
        this.lock = lock;
        this.portalId = portalId;
        this.appId = appId;
        this.waiting = new DueQueue<>(parts.clock());
    }

    void start() {
        batcher.execute(this::gather);
    }

    void created(ObjectType of, String id, Origin origin) {
        emit(
                of,
                "creation",
                "",
                id,
                origin,
                e -> e.put("changeFlag", parts.dials().word("webhooks.creation_flag")));
    }

    void changed(ObjectType of, String id, String property, String value, Origin origin) {
        boolean redacted = parts.dials().on("webhooks.sensitive");
        emit(of, "propertyChange", property, id, origin, e -> {
            e.put("propertyName", property).put("propertyValue", redacted ? "REDACTED" : value);
            if (redacted || e.has("objectTypeId")) {
                e.put("isSensitive", redacted);
            }
        });
    }

    void deleted(ObjectType of, String id, Origin origin) {
        emit(of, "deletion", "", id, origin, e -> e.put("changeFlag", "DELETED"));
    }

    void restored(ObjectType of, String id, Origin origin) {
        emit(of, "restore", "", id, origin, e -> {});
    }

    void erased(ObjectType of, String id, Origin origin) {
        emit(of, "privacyDeletion", "", id, origin, e -> {});
    }

    void merged(ObjectType of, String primary, String secondary, String result, int moved, Origin origin) {
        emit(of, "merge", "", result, origin, e -> {
            e.put("primaryObjectId", Long.parseLong(primary));
            e.putArray("mergedObjectIds").add(Long.parseLong(secondary));
            e.put("newObjectId", Long.parseLong(result)).put("numberOfPropertiesMoved", moved);
        });
    }

    /** One of the two events of a changed association: each side tells its own. */
    void associated(ObjectType of, String from, ObjectType with, String to, boolean removed, Origin origin) {
        emit(of, "associationChange", "", from, origin, e -> {
            e.remove("objectId");
            e.put(
                            "associationType",
                            of.singular().toUpperCase(Locale.ROOT) + "_TO_"
                                    + with.singular().toUpperCase(Locale.ROOT))
                    .put("fromObjectId", Long.parseLong(from))
                    .put("toObjectId", Long.parseLong(to))
                    .put("associationRemoved", removed)
                    .put("isPrimaryAssociation", false);
        });
    }

    @Override
    public int size() {
        return waiting.size();
    }

    @Override
    public void hasten() {
        waiting.hasten(e -> true);
    }

    void reset() {
        waiting.clear();
    }

    List<Waiting> snapshot() {
        return waiting.waiting(UnaryOperator.identity());
    }

    void restore(JsonNode saved) {
        for (JsonNode one : saved) {
            Waiting event = Json.as(one, Waiting.class);
            waiting.add(event, event.dueAt);
        }
    }

    @Override
    public void close() {
        batcher.shutdownNow();
    }

    /** Notes are told of in the generic shape only: there are no classic types for them. */
    private void emit(
            ObjectType of, String what, String property, String id, Origin origin, Consumer<ObjectNode> more) {
        if (state.targetUrl.isEmpty()) {
            return;
        }
        String classic = of.singular() + "." + what;
        String generic = GENERIC.contains(what) ? "object." + what : classic;
        for (Subscription subscription : state.subscriptions) {
            boolean typeFits = subscription.type.equals(classic) || subscription.type.equals(generic);
            String name = subscription.propertyName;
            boolean propertyFits = property.isEmpty() || name == null || name.equals("*") || name.equals(property);
            if (subscription.active && typeFits && propertyFits) {
                String type = switch (parts.dials().word("webhooks.shape")) {
                    case "classic" -> classic;
                    case "generic" -> generic;
                    default -> subscription.type;
                };
                if (!of.equals(ObjectType.NOTES) || type.startsWith("object.")) {
                    send(event(of, subscription, type, id, origin, more));
                }
            }
        }
    }

    private ObjectNode event(
            ObjectType of,
            Subscription subscription,
            String type,
            String id,
            Origin origin,
            Consumer<ObjectNode> more) {
        ObjectNode event = Json.object()
                .put("eventId", eventId())
                .put("subscriptionId", subscription.id)
                .put("portalId", portalId)
                .put("appId", appId)
                .put("occurredAt", parts.clock().millis())
                .put(parts.dials().word("webhooks.type_field"), type)
                .put("attemptNumber", 0)
                .put("objectId", Long.parseLong(id))
                .put("changeSource", origin.source());
        if (!origin.sourceId().isEmpty()) {
            event.put("sourceId", origin.sourceId());
        }
        if (type.startsWith("object.")) {
            event.put("objectTypeId", of.id());
        }
        more.accept(event);
        return event;
    }

    private long eventId() {
        if (!parts.chance().happens("event id", parts.dials().number("webhooks.event_id_repeats"))) {
            lastEventId = eventId(parts, state);
        }
        return lastEventId;
    }

    static long eventId(Parts parts, HubSpotState state) {
        return parts.chance().bits("event", state.lastEvent++) >>> 33;
    }

    private void send(ObjectNode event) {
        for (long due : parts.mischief().departures(parts.clock().millis())) {
            Waiting one = new Waiting();
            one.json = Json.text(event);
            one.dueAt = due;
            waiting.add(one, due);
        }
        parts.changed().run();
    }

    private void gather() {
        Dials dials = parts.dials();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                int most = (int) Math.max(1, dials.whole("webhooks.batch_most"));
                List<Waiting> taken = waiting.take(most, () -> dials.whole("webhooks.batch_window_ms"));
                List<Waiting> batch = new ArrayList<>(taken);
                if (dials.on("webhooks.shuffle_batch")) {
                    shuffle(batch);
                }
                dispatch(batch);
                waiting.done(taken.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void dispatch(List<Waiting> batch) {
        ArrayNode body = Json.array();
        batch.forEach(e -> body.add(Json.parse(e.json.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        Delivery delivery = new Delivery();
        synchronized (lock) {
            delivery.id = "batch-" + ++state.lastDelivery;
        }
        delivery.type =
                body.path(0).path(parts.dials().word("webhooks.type_field")).asText();
        delivery.subscription = "app";
        delivery.events = body.size();
        delivery.body = Json.text(body);
        delivery.createdAt = parts.clock().millis();
        delivery.dueAt = delivery.createdAt;
        courier.accept(delivery);
    }

    private void shuffle(List<Waiting> batch) {
        for (int i = batch.size() - 1; i > 0; i--) {
            int other = (int) (parts.chance().next("webhook.shuffle") * (i + 1));
            Waiting swapped = batch.get(i);
            batch.set(i, batch.get(other));
            batch.set(other, swapped);
        }
    }
}
