package dev.crmsync.sandbox.pipedrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Receiver;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.sandbox.http.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Merging, and what else only the older edition tells of persons: the changelog and recents. */
class PipedriveMergeTest {
    private final Rig rig = new Rig();
    private final AdminClient admin = rig.sandbox.pipedrive().adminClient();
    private final PipedrivePeople people = rig.sandbox.pipedrive().people();
    private final String code = people.makeField("person", "Kirim id", "varchar");
    private final String other = people.makeField("person", "City", "varchar");

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void the_persons_of_the_path_disappears_and_the_other_ones_values_win() throws IOException {
        long loser = person("Ana", "a@example.com", Map.of(code, "ctc_a", other, "Oslo"));
        long survivor = person("Ben", "b@example.com", Map.of(code, "ctc_b"));
        String note = people.writeNote("x", String.valueOf(loser));
        String deal = people.makeDeal("Help", String.valueOf(loser));
        rig.pipedriveRecord("activities", Map.of("participants", List.of(Map.of("person_id", loser))));
        Answer merged = merge(loser, survivor);
        assertThat(merged.status()).isEqualTo(200);
        assertThat(merged.data().path("id").asLong()).isEqualTo(survivor);
        assertThat(merged.data().path("merge_what_id").asLong()).isEqualTo(loser);
        assertThat(merged.data().path("name").asText()).isEqualTo("Ben");
        // The loser's external id is gone, what the survivor had not is filled.
        assertThat(merged.data().path(code).asText()).isEqualTo("ctc_b");
        assertThat(merged.data().path(other).asText()).isEqualTo("Oslo");
        assertThat(merged.data().path("email")).hasSize(2);
        assertThat(merged.data().at("/email/0/value").asText()).isEqualTo("b@example.com");
        assertThat(merged.data().at("/email/1/primary").asBoolean(true)).isFalse();
        assertThat(rig.pipedrive("GET", "/api/v2/persons/" + loser, null).status())
                .isEqualTo(404);
        assertThat(rig.pipedrive("GET", "/v1/notes/" + note, null)
                        .data()
                        .path("person_id")
                        .asLong())
                .isEqualTo(survivor);
        assertThat(rig.pipedrive("GET", "/api/v2/deals/" + deal, null)
                        .data()
                        .path("person_id")
                        .asLong())
                .isEqualTo(survivor);
        assertThat(rig.pipedrive("GET", "/api/v2/activities", null)
                        .data()
                        .at("/0/participants/0/person_id")
                        .asLong())
                .isEqualTo(survivor);
        assertThat(merge(survivor, survivor).status()).isEqualTo(400);
        assertThat(merge(loser, survivor).status()).isEqualTo(404);
    }

    @Test
    void two_events_tell_of_a_merge_in_any_order() throws IOException {
        try (Receiver receiver = new Receiver()) {
            subscribe(receiver);
            for (String order : List.of("delete_first", "change_first")) {
                admin.turn("merge.order", order);
                String loser = people.makePerson("Ana");
                String survivor = people.makePerson("Ben");
                assertThat(admin.awaitQuiet(Duration.ofSeconds(5))).isTrue();
                receiver.received.clear();
                int before = admin.deliveries().size();
                people.merge(loser, survivor);
                assertThat(admin.awaitQuiet(Duration.ofSeconds(5))).isTrue();
                List<String> queued = admin.deliveries().stream()
                        .skip(before)
                        .map(one -> String.valueOf(one.get("type")))
                        .toList();
                assertThat(queued.get(0)).isEqualTo(order.equals("delete_first") ? "delete.person" : "change.person");
                for (JsonNode event :
                        receiver.received.stream().map(Request::json).toList()) {
                    boolean delete = event.at("/meta/action").asText().equals("delete");
                    assertThat(event.at("/meta/entity_id").asText()).isEqualTo(delete ? loser : survivor);
                    assertThat(event.at("/meta/merged_to_id").asText()).isEqualTo(delete ? survivor : "");
                    assertThat(event.at("/meta/merged_from_id").asText()).isEqualTo(delete ? "" : loser);
                }
                assertThat(receiver.received).hasSize(2);
            }
        }
    }

    @Test
    void chance_decides_on_the_order_when_nobody_else_does() {
        List<String> firsts = new ArrayList<>();
        try (Receiver receiver = new Receiver()) {
            subscribe(receiver);
            for (int i = 0; i < 12; i++) {
                String loser = people.makePerson("Ana");
                String survivor = people.makePerson("Ben");
                int before = admin.deliveries().size();
                people.merge(loser, survivor);
                firsts.add(String.valueOf(admin.deliveries().get(before).get("type")));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        assertThat(firsts).contains("delete.person", "change.person");
    }

    @Test
    void dials_say_what_a_merge_fills_and_touches() throws IOException {
        admin.turn(Map.of("merge.custom_fields", "drop", "merge.channels", "fill", "merge.related", "told"));
        long loser = person("Ana", "a@example.com", Map.of(other, "Oslo"));
        long survivor = person("Ben", "b@example.com", Map.of());
        people.makeDeal("Help", String.valueOf(loser));
        try (Receiver receiver = new Receiver()) {
            subscribe(receiver);
            JsonNode merged = merge(loser, survivor).data();
            assertThat(merged.path(other).isNull()).isTrue();
            assertThat(merged.path("email")).hasSize(1);
            assertThat(admin.awaitQuiet(Duration.ofSeconds(5))).isTrue();
            assertThat(receiver.received.stream()
                            .map(hook -> hook.json().at("/meta/entity").asText()))
                    .containsExactlyInAnyOrder("person", "person", "deal");
        }
    }

    @Test
    void a_deal_that_is_merged_away_leaves_its_notes_and_fills_what_is_empty() throws IOException {
        String ana = people.makePerson("Ana");
        String survivor = people.make("deal", Map.of("title", "Order"));
        String loser = people.makeDeal("Order, again", ana);
        people.patch("deal", loser, Map.of("status", "lost", "lost_reason", "twice"));
        String note = people.make("note", Map.of("content", "x", "deal_id", Long.parseLong(loser)));

        people.merge("deal", loser, survivor);

        JsonNode deal = rig.pipedrive("GET", "/api/v2/deals/" + survivor, null).data();
        assertThat(deal.path("title").asText()).isEqualTo("Order");
        assertThat(deal.path("person_id").asText()).isEqualTo(ana);
        assertThat(deal.path("status").asText()).isEqualTo("open");
        assertThat(deal.path("lost_reason").isTextual()).isFalse();
        assertThat(deal.path("close_time").isTextual()).isFalse();
        assertThat(rig.pipedrive("GET", "/api/v2/deals/" + loser, null).status())
                .isEqualTo(404);
        assertThat(rig.pipedrive("GET", "/v1/notes/" + note, null)
                        .data()
                        .path("deal_id")
                        .asText())
                .isEqualTo(survivor);
        assertThatThrownBy(() -> people.merge("note", note, note)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void two_events_tell_of_a_merge_of_deals() throws IOException {
        try (Receiver receiver = new Receiver()) {
            subscribe(receiver);
            String loser = people.make("deal", Map.of("title", "Order, again"));
            String survivor = people.make("deal", Map.of("title", "Order"));
            assertThat(admin.awaitQuiet(Duration.ofSeconds(5))).isTrue();
            receiver.received.clear();
            people.merge("deal", loser, survivor);
            assertThat(admin.awaitQuiet(Duration.ofSeconds(5))).isTrue();
            assertThat(receiver.received.stream()
                            .map(Request::json)
                            .map(event -> event.at("/meta/entity").asText()
                                    + " "
                                    + event.at("/meta/entity_id").asText()
                                    + " into "
                                    + event.at("/meta/merged_to_id").asText()
                                    + " from "
                                    + event.at("/meta/merged_from_id").asText()))
                    .containsExactlyInAnyOrder(
                            "deal " + loser + " into " + survivor + " from ",
                            "deal " + survivor + " into  from " + loser);
        }
    }

    @Test
    void what_moves_is_touched_or_not() throws IOException {
        for (String related : List.of("touched", "silent")) {
            admin.turn("merge.related", related);
            String loser = people.makePerson("Ana");
            String deal = people.makeDeal("Help", loser);
            String survivor = people.makePerson("Ben");
            rig.clock.advance(Duration.ofSeconds(1));
            people.merge(loser, survivor);
            JsonNode read = rig.pipedrive("GET", "/api/v2/deals/" + deal, null).data();
            assertThat(read.path("person_id").asText()).isEqualTo(survivor);
            assertThat(read.path("update_time").equals(read.path("add_time"))).isEqualTo(related.equals("silent"));
        }
    }

    @Test
    void the_changelog_names_user_agents_and_bulk_edits() throws IOException {
        long ana = person("Ana", "a@example.com", Map.of());
        rig.send(
                "PATCH",
                rig.sandbox.pipedrive().url() + "/api/v2/persons/" + ana,
                "x",
                Map.of("name", "Anna"),
                "x-api-token",
                rig.sandbox.pipedrive().token(),
                "User-Agent",
                "crm-sync/1");
        people.patch("person", String.valueOf(ana), Map.of("visible_to", 7));
        people.bulkEdit("person", List.of(String.valueOf(ana)), Map.of("visible_to", 3));
        JsonNode log =
                rig.pipedrive("GET", "/v1/persons/" + ana + "/changelog", null).data();
        assertThat(log.at("/0/change_source_user_agent").asText()).isEqualTo("bulk-actions-api");
        assertThat(log.at("/0/change_source").asText()).isEqualTo("api");
        assertThat(log.at("/0/is_bulk_update_flag").asBoolean()).isTrue();
        assertThat(log.at("/1/change_source").asText()).isEqualTo("app");
        assertThat(log).anySatisfy(one -> {
            assertThat(one.path("field_key").asText()).isEqualTo("name");
            assertThat(one.path("old_value").asText()).isEqualTo("Ana");
            assertThat(one.path("new_value").asText()).isEqualTo("Anna");
            assertThat(one.path("change_source_user_agent").asText()).isEqualTo("crm-sync/1");
        });
        JsonNode page = rig.pipedrive("GET", "/v1/persons/" + ana + "/changelog?limit=1", null)
                .body();
        String next = page.at("/additional_data/next_cursor").asText();
        assertThat(rig.pipedrive("GET", "/v1/persons/" + ana + "/changelog?limit=1&cursor=" + next, null)
                        .data()
                        .path(0))
                .isEqualTo(log.path(1));
    }

    @Test
    void recents_tell_of_several_kinds_in_order_of_time() throws IOException {
        long ana = person("Ana", "a@example.com", Map.of());
        rig.clock.advance(Duration.ofSeconds(10));
        String since = PipedriveTimes.legacy(rig.clock.millis()).replace(" ", "%20");
        people.writeNote("x", String.valueOf(ana));
        rig.clock.advance(Duration.ofSeconds(1));
        String deal = people.makeDeal("Help", String.valueOf(ana));
        rig.clock.advance(Duration.ofSeconds(1));
        people.delete("person", String.valueOf(ana));
        JsonNode recents = rig.pipedrive("GET", "/v1/recents?since_timestamp=" + since, null)
                .body();
        assertThat(recents.path("data")).hasSize(3);
        assertThat(recents.at("/data/0/item").asText()).isEqualTo("note");
        assertThat(recents.at("/data/1/id").asText()).isEqualTo(deal);
        assertThat(recents.at("/data/2/data/active_flag").asBoolean(true)).isFalse();
        assertThat(recents.at("/additional_data/last_timestamp_on_page").asText())
                .isEqualTo(PipedriveTimes.legacy(rig.clock.millis()));
        admin.turn("recents.deleted", "omitted");
        assertThat(rig.pipedrive("GET", "/v1/recents?items=deal,person&since_timestamp=" + since, null)
                        .data())
                .singleElement()
                .satisfies(one -> assertThat(one.path("item").asText()).isEqualTo("deal"));
        assertThat(rig.pipedrive("GET", "/v1/recents?since_timestamp=today", null)
                        .status())
                .isEqualTo(400);
        assertThat(rig.pipedrive("GET", "/v1/recents?items=lead&since_timestamp=" + since, null)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void people_merge_only_what_is_there() {
        String ana = people.makePerson("Ana");
        assertThatThrownBy(() -> people.merge("99", ana)).isInstanceOf(IllegalArgumentException.class);
    }

    private void subscribe(Receiver receiver) throws IOException {
        rig.pipedrive(
                "POST",
                "/v1/webhooks",
                Map.of("subscription_url", receiver.url(), "event_action", "*", "event_object", "*", "name", "all"));
    }

    private long person(String name, String email, Map<String, String> customs) throws IOException {
        return rig.pipedriveRecord(
                "persons", Map.of("name", name, "emails", List.of(Map.of("value", email)), "custom_fields", customs));
    }

    private Answer merge(long loser, long survivor) throws IOException {
        return rig.pipedrive("PUT", "/v1/persons/" + loser + "/merge", Map.of("merge_with_id", survivor));
    }
}
