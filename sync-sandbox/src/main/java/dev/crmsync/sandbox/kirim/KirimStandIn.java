package dev.crmsync.sandbox.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.crmsync.sandbox.admin.AdminBasics;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Fault;
import dev.crmsync.sandbox.http.FrontDoor;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.LoopbackServer;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.kirim.KirimState.Account;
import dev.crmsync.sandbox.webhook.Courier;
import dev.crmsync.sandbox.webhook.Outbox;
import java.io.IOException;
import java.time.InstantSource;

/** One Kirim organisation with one phone number, over HTTP. Thread-safe. */
public final class KirimStandIn implements AutoCloseable {
    private final Object lock = new Object();
    private final Parts parts;
    private final KirimState state;
    private final KirimBook book;
    private final Courier courier;
    private final KirimDesk desk;
    private final LoopbackServer server;
    private final AdminClient adminClient;
    private final String token;
    private final String phoneId;

    /** Binds the port and takes up what an earlier process saved; a missing node means a new organisation. */
    public KirimStandIn(int port, long seed, InstantSource clock, JsonNode saved, Runnable changed) throws IOException {
        this.parts = Parts.of(clock, seed, Fault.Kind.common(), changed);
        KirimDials.declare(parts.dials());
        this.state = saved.has("state") ? Json.as(saved.path("state"), KirimState.class) : new KirimState();
        this.token = KirimIds.apiKey(parts.chance());
        this.phoneId = KirimIds.phoneId(parts.chance(), 0);
        if (state.accounts.isEmpty()) {
            state.accounts.put(phoneId, firstAccount());
        }
        KirimIds ids = new KirimIds(parts.chance(), state);
        KirimShapes shapes = new KirimShapes(state, parts.dials());
        KirimCarrier carrier = new KirimCarrier(parts, state, lock);
        this.book = new KirimBook(parts, state, ids);
        this.courier = new Courier("kirim", clock, carrier, changed);
        carrier.onDisabled(id -> courier.end(d -> d.subscription.equals(id), "subscription disabled"));
        KirimEvents events = new KirimEvents(parts, state, ids, shapes, courier);
        KirimCursor cursors = new KirimCursor("cursor " + token);
        Routes api = new Routes();
        addAccountRoutes(api);
        new KirimWebhooksApi(parts, state, ids, events, courier, cursors).addTo(api);
        new KirimContactsApi(parts, state, book, shapes, events, cursors).addTo(api);
        KirimTalks talks = new KirimTalks(parts, state, ids, events);
        new KirimConversationsApi(parts, state, talks, shapes, cursors).addTo(api);
        Routes admin = new Routes();
        new AdminBasics(parts, courier, this::reset).addTo(admin);
        new KirimAdmin(parts, state, book, shapes, events, lock, phoneId).addTo(admin);
        new KirimTeamAdmin(parts, state, ids, talks, shapes, lock, phoneId).addTo(admin);
        this.desk = new KirimDesk(parts, token, new KirimIdempotency(parts, state, lock), lock);
        FrontDoor door = new FrontDoor(desk, api, admin, parts.faults(), parts.counts());
        parts.restore(saved.path("dials"));
        courier.restore(saved.path("deliveries"));
        this.server = new LoopbackServer("kirim", port, door::serve);
        this.adminClient = new AdminClient(door::serve);
    }

    /** Begins to serve and to deliver. */
    public void start() {
        courier.start();
        server.start();
    }

    /** The base URL, with its version: stands for {@code https://api.kirim.chat/v1}. */
    public String url() {
        return server.origin() + "/v1";
    }

    /** The URL of the admin endpoint. */
    public String admin() {
        return server.origin() + FrontDoor.ADMIN;
    }

    /** The organisation's API key. */
    public String token() {
        return token;
    }

    /** The id of the first phone number. */
    public String phoneId() {
        return phoneId;
    }

    /** The admin endpoint, spoken to inside this process. */
    public AdminClient adminClient() {
        return adminClient;
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
            state.clear();
            state.minted = 0;
            state.accounts.put(phoneId, firstAccount());
            book.reindex();
            courier.reset();
            desk.reset();
        }
    }

    private Account firstAccount() {
        Account account = new Account();
        account.phoneId = phoneId;
        account.display = "+62 812-0000-1000";
        account.name = "Sandbox";
        return account;
    }

    private void addAccountRoutes(Routes api) {
        api.on("GET", "/v1/health", call -> Reply.json(200, Json.object().put("status", "ok")))
                .on("GET", "/v1/me", call -> KirimContactsApi.data(200, me()))
                .on("GET", "/v1/accounts", call -> {
                    ArrayNode data = Json.array();
                    state.accounts.values().forEach(a -> data.add(KirimShapes.account(a)));
                    ObjectNode page = Json.object().set("data", data);
                    return Reply.json(200, page.put("has_more", false).putNull("next_cursor"));
                });
    }

    private ObjectNode me() {
        ObjectNode me = Json.object();
        me.putObject("organization")
                .put("id", KirimIds.fixed(parts.chance(), "org"))
                .put("object", "organization")
                .put("name", "Sandbox");
        me.putObject("api_key")
                .put("id", KirimIds.fixed(parts.chance(), "key"))
                .put("object", "api_key")
                .put("label", "sandbox")
                .put("last4", token.substring(token.length() - 4));
        String plan = parts.dials().word("limits.plan");
        me.putObject("rate_limits")
                .put("tier", plan.equals("custom") ? "enterprise" : plan)
                .put("write_per_minute", Math.round(KirimDials.writesPerMinute(parts.dials())))
                .put("read_per_minute", Math.round(KirimDials.readsPerMinute(parts.dials())));
        return me;
    }
}
