package dev.crmsync.sandbox.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.sandbox.NodeClient;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.admin.AdminClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Lets HubSpot's own JavaScript client, {@code @hubspot/api-client}, drive the stand-in: an independent reading of the
 * same paths, bodies and answers. Runs with {@code -Pofficial-client} only, for it fetches that client from npm.
 */
@Tag("official-client")
class OfficialClientTest {
    @BeforeAll
    static void install() throws IOException, InterruptedException {
        NodeClient.install();
    }

    @Test
    void the_vendors_own_client_finds_what_it_expects() throws IOException, InterruptedException {
        try (Rig rig = new Rig()) {
            AdminClient admin = rig.sandbox.hubSpot().adminClient();
            admin.turn(Map.of(
                    "search.index_delay_ms",
                    0,
                    "search.index_jitter_ms",
                    0,
                    "search.require_all_fields",
                    true,
                    "associations.partial",
                    "partial"));
            admin.any(
                    "POST",
                    "/owners",
                    Map.of(
                            "owners",
                            List.of(
                                    Map.of("email", "sari@example.com", "firstName", "Sari"),
                                    Map.of("email", "joko@example.com", "firstName", "Joko"))));
            NodeClient.Run drive = NodeClient.drive(
                    "hubspot.mjs",
                    rig.sandbox.hubSpot().url(),
                    rig.sandbox.hubSpot().token());
            assertThat(drive.status()).as(drive.said()).isZero();
            assertThat(drive.lines())
                    .containsExactly(
                            "step properties",
                            "step pipelines and owners",
                            "step contacts",
                            "step tickets",
                            "step notes",
                            "step associations",
                            "step batch upsert",
                            "step search",
                            "step lists",
                            "step merge",
                            "step archive");
            assertThat(admin.dump())
                    .singleElement()
                    .satisfies(contact -> assertThat(contact.get("archived")).isEqualTo(true));
            assertThat(admin.any("GET", "/tickets", null).get("count")).isEqualTo(2);
            assertThat(admin.any("GET", "/notes", null).get("count")).isEqualTo(3);
            assertThat(admin.requests("POST /crm/v3/objects/tickets/batch/upsert"))
                    .isEqualTo(3);
        }
    }
}
