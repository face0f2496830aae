package dev.crmsync.sandbox.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.crmsync.sandbox.admin.AdminBasics;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.dials.Seeded;
import dev.crmsync.sandbox.http.Fault;
import dev.crmsync.sandbox.http.FrontDoor;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.LoopbackServer;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.hubspot.HubSpotState.CrmObject;
import dev.crmsync.sandbox.search.LaggingIndex;
import dev.crmsync.sandbox.webhook.Courier;
import dev.crmsync.sandbox.webhook.GatheringOutbox;
import dev.crmsync.sandbox.webhook.Outbox;
import java.io.IOException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** One HubSpot portal with one private app, over HTTP. Thread-safe. */
public final class HubSpotStandIn implements AutoCloseable {
    private static final Set<Fault.Kind> KINDS = EnumSet.range(Fault.Kind.RATE_LIMITED, Fault.Kind.MIGRATING);

    private final Object lock = new Object();
    private final Parts parts;
    private final HubSpotState state;
    private final Map<ObjectType, HubSpotSchema> schemas = new LinkedHashMap<>();
    private final Map<ObjectType, HubSpotBook> books = new LinkedHashMap<>();
    private final HubSpotEvents events;
    private final Courier courier;
    private final Outbox outbox;
    private final HubSpotDesk desk;
    private final LoopbackServer server;
    private final AdminClient adminClient;
    private final String token;
    private final String clientSecret;
    private final long appId;

    /** Binds the port and takes up what an earlier process saved; a missing node means a new portal. */
    public HubSpotStandIn(int port, long seed, InstantSource clock, JsonNode saved, Runnable changed)
            throws IOException {
        this.parts = Parts.of(clock, seed, KINDS, changed);
        HubSpotDials.declare(parts.dials());
        this.state = saved.has("state") ? Json.as(saved.path("state"), HubSpotState.class) : new HubSpotState();
        this.token = "pat-na1-" + uuid(parts.chance(), "token");
        this.clientSecret = uuid(parts.chance(), "client secret");
        this.appId = 1_000_000 + Math.floorMod(parts.chance().bits("app", 0), 1_000_000L);
        long portalId = 40_000_000 + Math.floorMod(parts.chance().bits("portal", 0), 1_000_000L);
        parts.restore(saved.path("dials"));
        this.courier = new Courier("hubspot", clock, new HubSpotCarrier(parts, state, clientSecret, lock), changed);
        this.events = new HubSpotEvents(parts, state, courier, lock, portalId, appId);
        this.outbox = new GatheringOutbox(events, courier);
        HubSpotLinks links = new HubSpotLinks(parts, state, events, books);
        Routes api = new Routes();
        Routes admin = new Routes();
        new AdminBasics(parts, outbox, this::reset).addTo(admin);
        for (ObjectType type : ObjectType.ALL) {
            HubSpotSchema schema = new HubSpotSchema(type, state, parts.dials());
            HubSpotShapes shapes = new HubSpotShapes(type, schema, parts.dials());
            LaggingIndex<CrmObject> index =
                    new LaggingIndex<>(parts, "search.index_delay_ms", "search.index_jitter_ms");
            HubSpotBook book = new HubSpotBook(type, parts, state, schema, index, events);
            book.onMerge((old, id) -> links.moved(type, old, id));
            book.onErase(id -> links.gone(new HubSpotLinks.End(type, id)));
            schemas.put(type, schema);
            books.put(type, book);
            new HubSpotObjectsApi(type, state, book, shapes, links, this::api)
                    .addTo(api, new HubSpotSearch(parts, schema, index, shapes));
            new HubSpotBatchApi(type, parts, schema, book, shapes, links, this::api).addTo(api);
            new HubSpotPropertiesApi(type, parts, state, schema, book, portalId).addTo(api);
            new HubSpotAdmin(type, parts, state, schema, book, shapes, index, lock).addTo(admin);
        }
        new HubSpotAssociationsApi(parts, links, this::api).addTo(api);
        new HubSpotOwnersApi(state).addTo(api);
        HubSpotMembers members = new HubSpotMembers(parts, state, contacts());
        HubSpotListsApi lists = new HubSpotListsApi(parts, state, members);
        lists.addTo(api);
        new HubSpotMembershipsApi(state, lists, members, contacts()).addTo(api);
        HubSpotPipelines.addTo(api);
        new HubSpotTeamAdmin(parts, state, links, lists, members, lock).addTo(admin);
        this.desk = new HubSpotDesk(parts, token, lock);
        FrontDoor door = new FrontDoor(desk, api, admin, parts.faults(), parts.counts());
        events.restore(saved.path("events"));
        courier.restore(saved.path("deliveries"));
        this.server = new LoopbackServer("hubspot", port, door::serve);
        this.adminClient = new AdminClient(door::serve);
    }

    /** Begins to serve and to deliver. */
    public void start() {
        courier.start();
        events.start();
        server.start();
    }

    /** The origin: stands for {@code https://api.hubapi.com}. */
    public String url() {
        return server.origin();
    }

    /** The URL of the admin endpoint. */
    public String admin() {
        return server.origin() + FrontDoor.ADMIN;
    }

    /** The private app's access token. */
    public String token() {
        return token;
    }

    /** The private app's client secret, which signs webhooks. */
    public String clientSecret() {
        return clientSecret;
    }

    /** The private app's id, as webhooks name it. */
    public String appId() {
        return String.valueOf(appId);
    }

    /** The admin endpoint, spoken to inside this process. */
    public AdminClient adminClient() {
        return adminClient;
    }

    /** The people who work in the portal. */
    public HubSpotPeople people() {
        return new HubSpotPeople(adminClient);
    }

    /** Its dials, faults and the like. */
    public Parts parts() {
        return parts;
    }

    /** All that a restart needs. */
    public ObjectNode snapshot() {
        ObjectNode node = Json.object();
        synchronized (lock) {
            node.putRawValue("state", new RawValue(Json.text(state)));
            node.set("events", Json.tree(events.snapshot()));
        }
        node.set("dials", Json.tree(parts.dials().turned()));
        node.putRawValue("deliveries", new RawValue(Json.text(courier.snapshot())));
        return node;
    }

    /** Its webhooks that are waiting, under way or done. */
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public void close() {
        server.close();
        events.close();
        courier.close();
    }

    private HubSpotBook contacts() {
        return Objects.requireNonNull(books.get(ObjectType.CONTACTS));
    }

    private Origin api() {
        String id = switch (parts.dials().word("webhooks.source_id")) {
            case "absent" -> "";
            case "other" -> "0";
            default -> appId();
        };
        return new Origin(parts.dials().word("webhooks.change_source"), id);
    }

    private void reset() {
        synchronized (lock) {
            HubSpotState fresh = new HubSpotState();
            state.lastId = fresh.lastId;
            state.lastEvent = 0;
            state.lastSubscription = fresh.lastSubscription;
            state.targetUrl = "";
            state.shelves.clear();
            state.associations.clear();
            state.owners.clear();
            state.lists.clear();
            state.subscriptions.clear();
            state.blocked.clear();
            schemas.values().forEach(HubSpotSchema::addStandard);
            books.values().forEach(HubSpotBook::rebuild);
            events.reset();
            courier.reset();
            desk.reset();
        }
    }

    private static String uuid(Seeded seeded, String what) {
        return new UUID(seeded.bits(what, 0), seeded.bits(what, 1)).toString();
    }
}
