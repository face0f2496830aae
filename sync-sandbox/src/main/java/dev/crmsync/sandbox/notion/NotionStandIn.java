package dev.crmsync.sandbox.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.crmsync.sandbox.admin.AdminBasics;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Fault;
import dev.crmsync.sandbox.http.FrontDoor;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.LoopbackServer;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.webhook.Courier;
import dev.crmsync.sandbox.webhook.GatheringOutbox;
import dev.crmsync.sandbox.webhook.Outbox;
import java.io.IOException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;

/** One Notion workspace with one integration, over HTTP. Thread-safe. */
public final class NotionStandIn implements AutoCloseable {
    private final Object lock = new Object();
    private final Parts parts;
    private final NotionState state;
    private final NotionIdentity identity;
    private final NotionWorkspace workspace;
    private final Courier courier;
    private final Outbox outbox;
    private final LoopbackServer server;
    private final AdminClient adminClient;

    /** Binds the port and takes up what an earlier process saved; a missing node means a new workspace. */
    public NotionStandIn(int port, long seed, InstantSource clock, JsonNode saved, Runnable changed)
            throws IOException {
        this.parts = Parts.of(clock, seed, faults(), changed);
        NotionDials.declare(parts.dials());
        this.state = saved.has("state") ? Json.as(saved.path("state"), NotionState.class) : new NotionState();
        this.identity = NotionIdentity.of(parts);
        parts.restore(saved.path("dials"));
        this.courier = new Courier("notion", clock, new NotionCarrier(parts, state, lock), changed);
        Routes api = new Routes();
        Routes admin = new Routes();
        this.workspace = new NotionWorkspace(parts, state, courier, lock, identity);
        this.outbox = new GatheringOutbox(workspace.events(), courier);
        new AdminBasics(parts, outbox, this::reset).addTo(admin);
        workspace.addTo(api, admin);
        workspace.restore(saved.path("gatherings"));
        courier.restore(saved.path("deliveries"));
        NotionDesk desk = new NotionDesk(parts, state, workspace.limits(), identity.token(), lock);
        FrontDoor door = new FrontDoor(desk, api, admin, parts.faults(), parts.counts());
        this.server = new LoopbackServer("notion", port, door::serve);
        this.adminClient = new AdminClient(door::serve);
    }

    private static Set<Fault.Kind> faults() {
        Set<Fault.Kind> kinds = EnumSet.of(Fault.Kind.OVERLOADED, Fault.Kind.CONFLICT, Fault.Kind.BLOCKED);
        kinds.addAll(Fault.Kind.common());
        return kinds;
    }

    /** Begins to serve and to deliver. */
    public void start() {
        workspace.events().start();
        courier.start();
        server.start();
    }

    /** The origin: stands for {@code https://api.notion.com}; paths begin with {@code /v1/}. */
    public String url() {
        return server.origin();
    }

    /** The URL of the admin endpoint. */
    public String admin() {
        return server.origin() + FrontDoor.ADMIN;
    }

    /** The integration's secret. */
    public String token() {
        return identity.token();
    }

    /** The id of the integration's user, as {@code users/me} tells it. */
    public String botId() {
        return identity.botUser();
    }

    /** The id of the integration, as webhooks tell it. */
    public String integrationId() {
        return identity.integration();
    }

    /** The workspace's id. */
    public String workspaceId() {
        return identity.workspace();
    }

    /** The database of contacts that a new workspace has. */
    public String databaseId() {
        synchronized (lock) {
            return workspace.databaseId();
        }
    }

    /** The data source of contacts that a new workspace has. */
    public String dataSourceId() {
        synchronized (lock) {
            return workspace.dataSourceId();
        }
    }

    /** The admin endpoint, spoken to inside this process. */
    public AdminClient adminClient() {
        return adminClient;
    }

    /** The people who work in the workspace. */
    public NotionPeople people() {
        return new NotionPeople(adminClient);
    }

    /** Its dials, faults and the like. */
    public Parts parts() {
        return parts;
    }

    /** Its webhooks that are waiting, under way or done. */
    public Outbox outbox() {
        return outbox;
    }

    /** All that a restart needs. */
    public ObjectNode snapshot() {
        ObjectNode node = Json.object();
        synchronized (lock) {
            node.putRawValue("state", new RawValue(Json.text(state)));
            node.putRawValue(
                    "gatherings", new RawValue(Json.text(workspace.events().snapshot())));
        }
        node.set("dials", Json.tree(parts.dials().turned()));
        node.putRawValue("deliveries", new RawValue(Json.text(courier.snapshot())));
        return node;
    }

    @Override
    public void close() {
        server.close();
        workspace.events().close();
        courier.close();
    }

    private void reset() {
        synchronized (lock) {
            workspace.reset();
            courier.reset();
        }
    }
}
