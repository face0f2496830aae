package dev.crmsync.sandbox.pipedrive;

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
import dev.crmsync.sandbox.webhook.Courier;
import dev.crmsync.sandbox.webhook.Outbox;
import java.io.IOException;
import java.time.InstantSource;

/** One Pipedrive company with one API token, over HTTP. Thread-safe. */
public final class PipedriveStandIn implements AutoCloseable {
    private final Object lock = new Object();
    private final Parts parts;
    private final PipedriveState state;
    private final PipedriveCompany company;
    private final Courier courier;
    private final LoopbackServer server;
    private final AdminClient adminClient;
    private final String token;
    private final long companyId;
    private final long userId;

    /** Binds the port and takes up what an earlier process saved; a missing node means a new company. */
    public PipedriveStandIn(int port, long seed, InstantSource clock, JsonNode saved, Runnable changed)
            throws IOException {
        this.parts = Parts.of(clock, seed, Fault.Kind.common(), changed);
        PipedriveDials.declare(parts.dials());
        this.state = saved.has("state") ? Json.as(saved.path("state"), PipedriveState.class) : new PipedriveState();
        this.token = token(parts.chance());
        this.companyId = 7_000_000 + Math.floorMod(parts.chance().bits("company", 0), 1_000_000L);
        this.userId = 11_000_000 + Math.floorMod(parts.chance().bits("user", 0), 1_000_000L);
        parts.restore(saved.path("dials"));
        this.courier = new Courier("pipedrive", clock, new PipedriveCarrier(parts, state, lock), changed);
        Routes api = new Routes();
        Routes admin = new Routes();
        new AdminBasics(parts, courier, this::reset).addTo(admin);
        this.company = new PipedriveCompany(parts, state, courier, lock, companyId, userId);
        company.addTo(api, admin);
        PipedriveDesk desk = new PipedriveDesk(parts, company.limits(), token, lock);
        FrontDoor door = new FrontDoor(desk, api, admin, parts.faults(), parts.counts());
        courier.restore(saved.path("deliveries"));
        this.server = new LoopbackServer("pipedrive", port, door::serve);
        this.adminClient = new AdminClient(door::serve);
    }

    /** Begins to serve and to deliver. */
    public void start() {
        courier.start();
        server.start();
    }

    /** The origin: stands for {@code https://{company}.pipedrive.com}. */
    public String url() {
        return server.origin();
    }

    /** The URL of the admin endpoint. */
    public String admin() {
        return server.origin() + FrontDoor.ADMIN;
    }

    /** The API token. */
    public String token() {
        return token;
    }

    /** The company's id, as webhooks and {@code users/me} tell it. */
    public long companyId() {
        return companyId;
    }

    /** The id of the user to whom the token belongs. */
    public long userId() {
        return userId;
    }

    /** The admin endpoint, spoken to inside this process. */
    public AdminClient adminClient() {
        return adminClient;
    }

    /** The people who work in the company. */
    public PipedrivePeople people() {
        return new PipedrivePeople(adminClient);
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
        }
        node.set("dials", Json.tree(parts.dials().turned()));
        node.putRawValue("deliveries", new RawValue(Json.text(courier.snapshot())));
        return node;
    }

    /** Its webhooks that are waiting, under way or done. */
    public Outbox outbox() {
        return courier;
    }

    @Override
    public void close() {
        server.close();
        courier.close();
    }

    private void reset() {
        synchronized (lock) {
            company.reset();
            courier.reset();
        }
    }

    private static String token(Seeded seeded) {
        return String.format(
                "%016x%016x%08x", seeded.bits("token", 0), seeded.bits("token", 1), seeded.bits("token", 2) >>> 32);
    }
}
