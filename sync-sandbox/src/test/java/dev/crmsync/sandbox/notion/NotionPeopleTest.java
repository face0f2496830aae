package dev.crmsync.sandbox.notion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.sandbox.Receiver;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.SandboxOptions;
import dev.crmsync.sandbox.admin.AdminClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do through the admin endpoint, what it tells, and what outlives a restart. */
class NotionPeopleTest {
    private final Rig rig = new Rig();
    private final AdminClient admin = rig.sandbox.notion().adminClient();
    private final NotionPeople people = rig.sandbox.notion().people();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void people_write_and_read_plain_values() {
        Map<String, Object> values = new HashMap<>();
        values.put("Name", "Ana");
        values.put("Email", "ana@example.com");
        values.put("Phone", "+4712345678");
        values.put("Notes", "n".repeat(4500));
        values.put("Labels", List.of("VIP", "New"));
        values.put("Stage", "Lead");
        values.put("Status", "Done");
        values.put("Score", 4);
        values.put("VIP", true);
        values.put("Website", "https://example.com");
        values.put("Owner", List.of(people.users().get(2).get("id")));
        String id = people.make(values);
        assertThat(people.values(id)).containsAllEntriesOf(values);
        Map<String, Object> none = new HashMap<>();
        for (String name : List.of("Email", "Notes", "Labels", "Stage", "Score", "Owner")) {
            none.put(name, null);
        }
        people.patch(id, none);
        assertThat(people.values(id))
                .containsEntry("Name", "Ana")
                .containsEntry("Email", null)
                .containsEntry("Notes", "")
                .containsEntry("Labels", List.of())
                .containsEntry("Stage", null)
                .containsEntry("Owner", List.of());
        people.patch(id, Map.of("Birthday", "1990-05-01", "Score", Map.of("number", 9)));
        assertThat(people.values(id)).containsEntry("Score", 9);
    }

    @Test
    void edits_go_on_when_one_of_them_fails() {
        String id = people.make(Map.of("Name", "Ana"));
        Map<String, Object> answer = admin.any(
                "POST",
                "/edits",
                Map.of(
                        "edits",
                        List.of(
                                Map.of("op", "patch", "id", id, "properties", Map.of("Nonsense", 1)),
                                Map.of("op", "dance", "id", id),
                                Map.of("op", "patch", "id", "x", "properties", Map.of()),
                                Map.of("op", "patch", "id", id, "properties", Map.of("Score", 1)))));
        assertThat(answer).containsEntry("failed", 3);
        assertThat(people.values(id)).containsEntry("Score", 1);
        assertThatThrownBy(() -> people.patch(id, Map.of("Nonsense", 1))).hasMessageContaining("Nonsense");
        assertThatThrownBy(() -> people.patchAs("nobody", id, Map.of())).hasMessageContaining("nobody");
        assertThatThrownBy(() -> people.makeIn("nowhere", Map.of())).hasMessageContaining("nowhere");
    }

    @Test
    void doing_a_thing_twice_is_doing_it_once() {
        String id = people.make(Map.of("Name", "Ana"));
        people.delete(id);
        String trashedAt = people.page(id).get("edited_at").toString();
        rig.clock.advance(Duration.ofSeconds(5));
        people.delete(id);
        assertThat(people.page(id)).containsEntry("edited_at", trashedAt).containsEntry("in_trash", true);
        people.restore(id);
        people.restore(id);
        people.patch(id, Map.of("Score", 1));
        String editedAt = people.page(id).get("edited_at").toString();
        rig.clock.advance(Duration.ofSeconds(5));
        people.patch(id, Map.of("Score", 1));
        assertThat(people.page(id)).containsEntry("edited_at", editedAt);
        String database = rig.sandbox.notion().databaseId();
        people.unshare(database);
        people.unshare(database);
        people.share(database);
        assertThat(people.databases().get(0)).containsEntry("shared", true);
    }

    @Test
    void another_user_is_named_as_the_editor() {
        String id = people.make(Map.of("Name", "Ana"));
        String budi = people.users().get(2).get("id").toString();
        people.patchAs(budi, id, Map.of("Score", 1));
        assertThat(people.page(id)).containsEntry("edited_by", budi);
    }

    @Test
    void a_seed_is_silent_and_seen_at_once() throws IOException {
        try (NotionEars ears = new NotionEars()) {
            ears.subscribe();
            ears.admin.turn("query.lag_ms", 5000);
            List<String> ids = ears.admin.seed(Arrays.asList(
                    Map.of("properties", Map.of("Name", "Ana")), Map.of("properties", Map.of("Name", "Ben"))));
            assertThat(ids).hasSize(2);
            assertThat(ears.heard()).isEmpty();
            assertThat(NotionSay.query(ears.rig, Map.of()).body().path("results"))
                    .hasSize(2);
            ears.admin.any(
                    "POST",
                    "/pages",
                    Map.of("pages", List.of(Map.of("properties", Map.of("Name", "Cia"))), "webhooks", true));
            assertThat(ears.types()).contains("page.created");
        }
    }

    @Test
    void the_same_seed_gives_the_same_ids_and_a_reset_begins_anew() {
        String first = people.make(Map.of("Name", "Ana"));
        try (Rig again = new Rig()) {
            assertThat(again.sandbox.notion().people().make(Map.of("Name", "Ana")))
                    .isEqualTo(first);
            assertThat(again.sandbox.notion().token())
                    .isEqualTo(rig.sandbox.notion().token());
        }
        try (Rig other = new Rig(SandboxOptions.standard().withSeed(2))) {
            assertThat(other.sandbox.notion().dataSourceId())
                    .isNotEqualTo(rig.sandbox.notion().dataSourceId());
        }
        String source = rig.sandbox.notion().dataSourceId();
        admin.turn("times.grain", "ms");
        people.subscribe("https://example.com/hook");
        admin.any("POST", "/reset", null);
        assertThat(people.pages()).isEmpty();
        assertThat(people.webhooks()).isEmpty();
        assertThat(rig.sandbox.notion().dataSourceId()).isEqualTo(source);
        assertThat(people.make(Map.of("Name", "Ana"))).isEqualTo(first);
        assertThat(rig.sandbox.notion().parts().dials().turned()).isEmpty();
    }

    @Test
    void a_restart_keeps_pages_subscriptions_and_what_was_not_yet_told(@TempDir Path directory) throws IOException {
        SandboxOptions options = SandboxOptions.standard().withState(directory.resolve("state.json"));
        try (Receiver receiver = new Receiver()) {
            String page;
            List<Map<String, Object>> before;
            try (Rig one = new Rig(options)) {
                NotionPeople there = one.sandbox.notion().people();
                String id = there.subscribe(receiver.url(), "page.properties_updated");
                there.verify(
                        id,
                        receiver.await(1)
                                .get(0)
                                .json()
                                .path("verification_token")
                                .asText());
                one.sandbox.notion().adminClient().turn("webhooks.delay_ms", 50_000);
                page = there.make(Map.of("Name", "Ana", "Labels", List.of("VIP")));
                there.write(page, "Hello");
                there.comment(page, "Hi");
                there.patch(page, Map.of("Score", 1));
                before = there.pages();
            }
            try (Rig two = new Rig(options)) {
                NotionPeople there = two.sandbox.notion().people();
                assertThat(there.pages()).isEqualTo(before);
                assertThat(there.comments()).hasSize(1);
                assertThat((List<?>) there.page(page).get("blocks")).hasSize(1);
                there.patch(page, Map.of("VIP", true));
                two.sandbox.notion().adminClient().flush(false);
                assertThat(receiver.await(2)).hasSize(2);
                assertThat(receiver.received.get(1).json().at("/data/updated_properties"))
                        .hasSize(2);
                assertThat(NotionSay.query(two, Map.of()).body().path("results"))
                        .hasSize(1);
                assertThat(there.make(Map.of("Name", "Ben"))).isNotEqualTo(page);
            }
        }
    }

    @Test
    void the_signature_is_that_of_the_raw_body() {
        // Computed with another program: printf '{"a": 1}' | openssl dgst -sha256 -hmac secret_x
        assertThat(NotionSignature.header("secret_x", "{\"a\": 1}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("sha256=bc3a8aa2f80da291802deed2021a83c036df5517d4dd432d667a8c46087b25dd");
    }
}
