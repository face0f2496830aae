package dev.crmsync.sandbox.pipedrive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.sandbox.NodeClient;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.admin.AdminClient;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Lets Pipedrive's own JavaScript client, {@code pipedrive}, drive the stand-in: an independent reading of the same
 * paths, bodies and answers. Runs with {@code -Pofficial-client} only, for it fetches that client from npm.
 */
@Tag("official-client")
class PipedriveOfficialClientTest {
    @BeforeAll
    static void install() throws IOException, InterruptedException {
        NodeClient.install();
    }

    @Test
    void the_vendors_own_client_finds_what_it_expects() throws IOException, InterruptedException {
        try (Rig rig = new Rig()) {
            AdminClient admin = rig.sandbox.pipedrive().adminClient();
            admin.turn(Map.of("search.lag_ms", 0, "search.lag_jitter_ms", 0));
            NodeClient.Run drive = NodeClient.drive(
                    "pipedrive.mjs",
                    rig.sandbox.pipedrive().url(),
                    rig.sandbox.pipedrive().token());
            assertThat(drive.status()).as(drive.said()).isZero();
            assertThat(drive.lines())
                    .containsExactly(
                            "step who am I",
                            "step fields",
                            "step persons",
                            "step search",
                            "step deals and activities",
                            "step notes",
                            "step leads",
                            "step webhooks",
                            "step merge",
                            "step history",
                            "step delete");
            assertThat(admin.dump())
                    .hasSize(2)
                    .allSatisfy(person -> assertThat(person).containsEntry("is_deleted", true));
            assertThat(admin.any("GET", "/deals", null).get("count")).isEqualTo(1);
            assertThat(admin.requests("PUT /v1/persons/{id}/merge")).isEqualTo(1);
            assertThat(admin.requests("GET /api/v2/itemSearch/field")).isEqualTo(2);
        }
    }
}
