package dev.crmsync.adapter.hubspot;

import static dev.crmsync.adapter.hubspot.FakeHubSpot.error;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.results;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.adapter.hubspot.FakeHubSpot.Answer;
import dev.crmsync.adapter.hubspot.FakeHubSpot.Seen;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the association of a ticket with its contact is taken for, and what becomes of a write of it. */
class TicketsTest {
    private static final String CHANGED = "2026-05-01T10:00:00.250Z";
    private static final String READ = "POST /crm/v4/associations/tickets/contacts/batch/read";
    private static final String ASSOCIATE = "POST /crm/v4/associations/tickets/contacts/batch/associate/default";
    private static final NativeValue ANA = NativeValue.text("501");

    private final FakeHubSpot hubSpot = new FakeHubSpot();

    @AfterEach
    void stop() {
        hubSpot.close();
    }

    private static RecordRef ticket(String id) {
        return new RecordRef("crm", "conversation", id);
    }

    private static Write change(String id, Map<String, NativeValue> properties) {
        return new Write(id, "conversation", ticket(id), properties, null, null);
    }

    private static Write creating(String kirimId, Map<String, NativeValue> properties) {
        return new Write(
                kirimId,
                "conversation",
                null,
                properties,
                new Write.ExternalId("kirim_conversation_id", kirimId),
                null);
    }

    private static ObjectNode associated(String ticket, String... contacts) {
        ObjectNode result = Json.object();
        result.putObject("from").put("id", ticket);
        result.putArray("to");
        for (String contact : contacts) {
            result.withArray("to").addObject().put("toObjectId", Long.parseLong(contact));
        }
        return result;
    }

    private static ObjectNode none(String ticket) {
        ObjectNode error = error("OBJECT_NOT_FOUND", "No company associated")
                .put("subCategory", "crm.associations.NO_ASSOCIATIONS_FOUND");
        error.putObject("context").putArray("fromObjectId").add(ticket);
        return error;
    }

    private static ObjectNode with(ObjectNode body, JsonNode... errors) {
        body.put("numErrors", errors.length).putArray("errors").addAll(List.of(errors));
        return body;
    }

    private List<ChangeEvent> walked(Answer associations) {
        hubSpot.answering(request -> request.line().equals(READ)
                ? associations
                : Answer.of(200, results(row("7", CHANGED), row("8", CHANGED), row("9", CHANGED))));
        return hubSpot.adapter().list("conversation", null).events();
    }

    @Test
    void a_ticket_without_contacts_is_told_as_an_error_of_its_own_and_is_bare() {
        List<ChangeEvent> events = walked(Answer.of(207, with(results(associated("7", "501")), none("8"), none("9"))));
        assertThat(events).allMatch(ChangeEvent::full);
        assertThat(events)
                .extracting(event -> event.properties().get("@contact"))
                .containsExactly(ANA, NativeValue.EMPTY, NativeValue.EMPTY);
    }

    @Test
    void half_an_answer_blanks_nothing() {
        List<ChangeEvent> events = walked(Answer.of(
                207, with(results(associated("7", "501")), none("8"), error("INTERNAL_ERROR", "unavailable"))));
        assertThat(events.get(0).properties()).containsEntry("@contact", ANA);
        assertThat(events.get(1).properties()).containsEntry("@contact", NativeValue.EMPTY);
        assertThat(events.get(2).properties()).doesNotContainKey("@contact");
        assertThat(events.get(2).full()).isFalse();
    }

    @Test
    void errors_that_are_counted_and_not_shown_blank_nothing() {
        ObjectNode body = results(associated("7", "501")).put("numErrors", 2);
        assertThat(walked(Answer.of(207, body)))
                .filteredOn(event -> event.properties().containsKey("@contact"))
                .extracting(event -> event.ref().id())
                .containsExactly("7");
    }

    @Test
    void an_answer_without_results_blanks_nothing() {
        assertThat(walked(Answer.of(200, "{}")))
                .hasSize(3)
                .noneMatch(event -> event.properties().containsKey("@contact"));
    }

    @Test
    void of_several_contacts_and_of_a_page_that_goes_on_none_is_told() {
        ObjectNode more = associated("8", "501");
        more.putObject("paging").putObject("next").put("after", "x");
        ObjectNode unreadable = associated("9");
        unreadable.withArray("to").addObject().put("id", "501");
        assertThat(walked(Answer.of(200, results(associated("7", "501", "502"), more, unreadable))))
                .hasSize(3)
                .noneMatch(event -> event.properties().containsKey("@contact"))
                .noneMatch(ChangeEvent::full);
    }

    @Test
    void one_contact_under_several_labels_is_one_contact() {
        assertThat(walked(Answer.of(200, results(associated("7", "501", "501"))))
                        .get(0)
                        .properties())
                .containsEntry("@contact", ANA);
    }

    @Test
    void a_single_read_asks_for_the_contact_along_and_shows_none_where_there_is_none() {
        hubSpot.inTurn(Answer.of(200, row("7", CHANGED, "subject", "Hi")));
        Read.Found found = (Read.Found) hubSpot.adapter().read(ticket("7"));
        assertThat(hubSpot.seen.get(0).query()).containsEntry("associations", "contacts");
        assertThat(found.record().full()).isTrue();
        assertThat(found.record().properties()).containsEntry("@contact", NativeValue.EMPTY);
    }

    @Test
    void a_walk_whose_associations_fail_is_no_page_at_all() {
        hubSpot.answering(request -> request.line().equals(READ)
                ? Answer.of(503, error("SERVER_ERROR", "unavailable"))
                : Answer.of(200, results(row("7", CHANGED))));
        assertThatThrownBy(() -> hubSpot.adapter().list("conversation", null)).isInstanceOf(SyncException.class);
    }

    @Test
    void taking_a_contact_away_is_refused_for_that_property_alone_and_unsent() {
        Outcome outcome = hubSpot.adapter()
                .write(change("7", Map.of("@contact", NativeValue.EMPTY, "hs_pipeline_stage", NativeValue.text("4"))));
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.kind()).isEqualTo(Rejection.READ_ONLY);
            assertThat(rejected.property()).isEqualTo("@contact");
        });
        assertThat(hubSpot.seen).isEmpty();
    }

    @Test
    void a_new_ticket_has_no_contact_to_take_away() {
        hubSpot.inTurn(Answer.of(200, results(row("7", CHANGED, "kirim_conversation_id", "cnv_1"))));
        assertThat(hubSpot.adapter().write(creating("cnv_1", Map.of("@contact", NativeValue.EMPTY))))
                .isInstanceOf(Outcome.Done.class);
        assertThat(hubSpot.seen).hasSize(1);
    }

    @Test
    void a_changed_contact_goes_alone_without_an_empty_change_of_properties() {
        hubSpot.inTurn(Answer.of(200, results(associated("7", "501"))));
        HubSpotAdapter adapter = hubSpot.adapter();
        Write bare = change("7", Map.of("@contact", ANA));
        assertThat(adapter.batches(bare)).isFalse();
        assertThat(adapter.batches(change("7", Map.of("@contact", ANA, "subject", NativeValue.text("Hi")))))
                .isTrue();
        assertThat(adapter.write(bare)).isInstanceOf(Outcome.Done.class);
        assertThat(hubSpot.seen).extracting(Seen::line).containsExactly(ASSOCIATE);
        assertThat(hubSpot.seen.get(0).body().toString())
                .isEqualTo("{\"inputs\":[{\"from\":{\"id\":\"7\"},\"to\":{\"id\":\"501\"}}]}");
    }

    private Map<String, Outcome> hundred(Function<Seen, Answer> associations) {
        hubSpot.answering(request -> {
            if (request.line().equals(ASSOCIATE)) {
                return associations.apply(request);
            }
            List<JsonNode> rows = new ArrayList<>();
            for (JsonNode input : request.body().path("inputs")) {
                rows.add(row("9" + input.path("id").asText().substring(4), CHANGED)
                        .put(
                                "objectWriteTraceId",
                                input.path("objectWriteTraceId").asText()));
            }
            return Answer.of(200, results(rows.toArray(JsonNode[]::new)));
        });
        List<Write> writes = new ArrayList<>();
        for (int i = 100; i < 200; i++) {
            writes.add(creating("cnv_" + i, Map.of("@contact", NativeValue.text("" + i))));
        }
        return hubSpot.adapter().writeMany(writes);
    }

    private long associations() {
        return hubSpot.seen.stream()
                .filter(seen -> seen.line().equals(ASSOCIATE))
                .count();
    }

    @Test
    void a_lost_answer_leaves_a_hundred_open_and_sends_nothing_more() {
        Map<String, Outcome> outcomes = hundred(request -> Answer.cut());
        assertThat(outcomes.values()).hasSize(100).allMatch(Outcome.Unknown.class::isInstance);
        assertThat(associations()).isEqualTo(1);
    }

    @Test
    void a_spent_quota_and_a_missing_scope_are_not_asked_again_a_hundred_times() {
        assertThat(hundred(request -> Answer.of(429, error("RATE_LIMITS", "slow down")))
                        .values())
                .allMatch(Outcome.Unknown.class::isInstance);
        assertThat(associations()).isEqualTo(1);
        hubSpot.seen.clear();
        hundred(request -> Answer.of(403, error("MISSING_SCOPES", "no")));
        assertThat(associations()).isEqualTo(1);
    }

    @Test
    void one_contact_that_is_missing_is_found_by_halves() {
        Map<String, Outcome> outcomes = hundred(request -> {
            for (JsonNode input : request.body().path("inputs")) {
                if (input.path("to").path("id").asText().equals("142")) {
                    return Answer.of(404, error("OBJECT_NOT_FOUND", "contact 142"));
                }
            }
            return Answer.of(201, results());
        });
        assertThat(outcomes.get("cnv_142")).isInstanceOf(Outcome.Unknown.class);
        assertThat(outcomes.values()).filteredOn(Outcome.Done.class::isInstance).hasSize(99);
        assertThat(associations()).isLessThanOrEqualTo(15);
    }

    @Test
    void of_an_answer_in_part_what_it_names_is_done_and_only_the_rest_is_sent_again() {
        List<Integer> sizes = new ArrayList<>();
        Map<String, Outcome> outcomes = hundred(request -> {
            JsonNode inputs = request.body().path("inputs");
            sizes.add(inputs.size());
            if (inputs.size() == 1) {
                return Answer.of(404, error("OBJECT_NOT_FOUND", "contact"));
            }
            ObjectNode body = Json.object();
            for (int i = 1; i < inputs.size(); i++) {
                body.withArray("results").addObject().set("from", inputs.get(i).path("from"));
            }
            return Answer.of(207, with(body, error("OBJECT_NOT_FOUND", "contact")));
        });
        assertThat(sizes).containsExactly(100, 1);
        assertThat(outcomes.get("cnv_100")).isInstanceOf(Outcome.Unknown.class);
        assertThat(outcomes.values()).filteredOn(Outcome.Done.class::isInstance).hasSize(99);
    }

    @Test
    void contacts_that_are_all_missing_cost_a_bounded_number_of_calls() {
        Map<String, Outcome> outcomes = hundred(request -> Answer.of(404, error("OBJECT_NOT_FOUND", "contact")));
        assertThat(outcomes.values()).hasSize(100).allMatch(Outcome.Unknown.class::isInstance);
        assertThat(associations()).isEqualTo(32);
    }

    @Test
    void a_poll_of_tickets_goes_by_their_own_time_and_refuses_the_cursor_of_contacts() {
        hubSpot.inTurn(Answer.of(200, results()));
        HubSpotAdapter adapter = hubSpot.adapter();
        String cursor = adapter.cursorAt("conversation", Instant.parse(CHANGED));
        Page page = adapter.changes("conversation", cursor);
        assertThat(page.events()).isEmpty();
        assertThat(hubSpot.seen.get(0).line()).isEqualTo("POST /crm/v3/objects/tickets/search");
        assertThat(hubSpot.seen.get(0).body().toString()).contains("hs_lastmodifieddate");
        assertThatThrownBy(() -> adapter.changes("contact", cursor)).hasMessageContaining("of this type");
    }
}
