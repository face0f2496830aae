package dev.crmsync.sandbox.notion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.sandbox.NodeClient;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.admin.AdminClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Lets Notion's own JavaScript client, {@code @notionhq/client}, drive the stand-in: an independent reading of the same
 * paths, bodies and answers. Runs with {@code -Pofficial-client} only, for it fetches that client from npm.
 */
@Tag("official-client")
class NotionOfficialClientTest {
    @BeforeAll
    static void install() throws IOException, InterruptedException {
        NodeClient.install();
    }

    @Test
    void the_vendors_own_client_finds_what_it_expects() throws IOException, InterruptedException {
        try (Rig rig = new Rig()) {
            AdminClient admin = rig.sandbox.notion().adminClient();
            // The client walks on by the minute in which a row was made, so a query may end in the midst of the rows.
            admin.turn(Map.of("query.rows_most", 4, "search.lag_ms", 0, "search.lag_jitter_ms", 0));
            for (int i = 0; i < 7; i++) {
                rig.sandbox.notion().people().make(Map.of("Name", "Row " + i));
                rig.clock.advance(Duration.ofMinutes(1));
            }
            NodeClient.Run drive = NodeClient.drive(
                    "notion.mjs",
                    rig.sandbox.notion().url(),
                    rig.sandbox.notion().token());
            assertThat(drive.status()).as(drive.said()).isZero();
            assertThat(drive.lines())
                    .containsExactly(
                            "step who am I",
                            "step data source",
                            "step rows beyond the cap",
                            "step pages",
                            "step query",
                            "step property items",
                            "step blocks and comments",
                            "step trash",
                            "step webhooks",
                            "step limits");
            assertThat(admin.dump()).hasSize(38);
            assertThat(admin.requests("POST /v1/pages")).isEqualTo(31);
            assertThat(admin.requests("GET /v1/pages/{id}/properties/{property}"))
                    .isEqualTo(3);
        }
    }
}
