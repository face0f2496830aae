package dev.crmsync.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.hubspot.HubSpotStandIn;
import dev.crmsync.sandbox.kirim.KirimStandIn;
import dev.crmsync.sandbox.notion.NotionStandIn;
import dev.crmsync.sandbox.pipedrive.PipedriveStandIn;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A running sandbox: a Kirim organisation, a HubSpot portal, a Pipedrive company and a Notion workspace on loopback ports. Thread-safe. */
public final class Sandbox implements AutoCloseable {
    private final StateFile file;
    private final KirimStandIn kirim;
    private final HubSpotStandIn hubSpot;
    private final PipedriveStandIn pipedrive;
    private final NotionStandIn notion;

    private Sandbox(SandboxOptions options, JsonNode saved, long seed) throws IOException {
        this.file = new StateFile(options.state(), this::snapshot);
        this.kirim = new KirimStandIn(options.kirimPort(), seed, options.clock(), saved.path("kirim"), file::changed);
        try {
            this.hubSpot = new HubSpotStandIn(
                    options.hubSpotPort(), seed, options.clock(), saved.path("hubspot"), file::changed);
        } catch (IOException e) {
            kirim.close();
            throw e;
        }
        try {
            this.pipedrive = new PipedriveStandIn(
                    options.pipedrivePort(), seed, options.clock(), saved.path("pipedrive"), file::changed);
        } catch (IOException e) {
            kirim.close();
            hubSpot.close();
            throw e;
        }
        try {
            this.notion =
                    new NotionStandIn(options.notionPort(), seed, options.clock(), saved.path("notion"), file::changed);
        } catch (IOException e) {
            kirim.close();
            hubSpot.close();
            pipedrive.close();
            throw e;
        }
    }

    /** Starts a sandbox; throws UncheckedIOException when a port is taken or the state file cannot be read. */
    public static Sandbox start(SandboxOptions options) {
        try {
            JsonNode saved = StateFile.load(options.state());
            // Keys and ids follow from the seed, so a saved state keeps the one that it was begun with.
            long seed = saved.path("seed").asLong(options.seed());
            Sandbox sandbox = new Sandbox(options, saved, seed);
            sandbox.kirim.start();
            sandbox.hubSpot.start();
            sandbox.pipedrive.start();
            sandbox.notion.start();
            sandbox.file.start();
            return sandbox;
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox cannot start: " + e.getMessage(), e);
        }
    }

    /** The Kirim organisation. */
    public KirimStandIn kirim() {
        return kirim;
    }

    /** The HubSpot portal. */
    public HubSpotStandIn hubSpot() {
        return hubSpot;
    }

    /** The Pipedrive company. */
    public PipedriveStandIn pipedrive() {
        return pipedrive;
    }

    /** The Notion workspace. */
    public NotionStandIn notion() {
        return notion;
    }

    /** The one line that tells others where everything is. */
    public String describe() {
        ObjectNode line = Json.object();
        line.putObject("kirim")
                .put("url", kirim.url())
                .put("token", kirim.token())
                .put("phoneId", kirim.phoneId())
                .put("admin", kirim.admin());
        line.putObject("hubspot")
                .put("url", hubSpot.url())
                .put("token", hubSpot.token())
                .put("clientSecret", hubSpot.clientSecret())
                .put("appId", hubSpot.appId())
                .put("admin", hubSpot.admin());
        line.putObject("pipedrive")
                .put("url", pipedrive.url())
                .put("token", pipedrive.token())
                .put("companyId", pipedrive.companyId())
                .put("userId", pipedrive.userId())
                .put("admin", pipedrive.admin());
        line.putObject("notion")
                .put("url", notion.url())
                .put("token", notion.token())
                .put("botId", notion.botId())
                .put("databaseId", notion.databaseId())
                .put("dataSourceId", notion.dataSourceId())
                .put("admin", notion.admin());
        return Json.text(line);
    }

    @Override
    public void close() {
        kirim.close();
        hubSpot.close();
        pipedrive.close();
        notion.close();
        file.close();
    }

    private byte[] snapshot() {
        ObjectNode all =
                Json.object().put("version", 1).put("seed", kirim.parts().seed());
        all.set("kirim", kirim.snapshot());
        all.set("hubspot", hubSpot.snapshot());
        all.set("pipedrive", pipedrive.snapshot());
        all.set("notion", notion.snapshot());
        return Json.bytes(all);
    }
}
