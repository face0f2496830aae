package dev.crmsync.adapter.hubspot;

import static dev.crmsync.adapter.hubspot.FakeHubSpot.change;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.contact;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.error;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.newContact;
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
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.NativeValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchWritingTest {
    private static final String CHANGED = "2026-05-01T10:00:00Z";

    private final FakeHubSpot hubSpot = new FakeHubSpot();

    @AfterEach
    void stop() {
        hubSpot.close();
    }

    private static Map<String, NativeValue> name(String name) {
        return Map.of("firstname", NativeValue.text(name));
    }

    private static List<Write> changes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> change("k" + i, Integer.toString(100 + i), name("n" + i)))
                .toList();
    }

    private static List<Write> creates(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> newContact("k" + i, "ctc_" + i, name("n" + i)))
                .toList();
    }

    private static ObjectNode answered(JsonNode input, boolean traced) {
        ObjectNode row = input.has("idProperty")
                ? row(
                        "9" + input.path("id").asText().substring(4),
                        CHANGED,
                        "kirim_contact_id",
                        input.path("id").asText())
                : row(input.path("id").asText(), CHANGED);
        row.withObjectProperty("properties")
                .put("firstname", input.path("properties").path("firstname").asText());
        return traced
                ? row.put("objectWriteTraceId", input.path("objectWriteTraceId").asText())
                : row;
    }

    private static List<JsonNode> inputs(Seen request) {
        List<JsonNode> inputs = new ArrayList<>();
        request.body().path("inputs").forEach(inputs::add);
        return inputs;
    }

    private static ObjectNode errorRow(String category, String message, String context, String name) {
        ObjectNode row = error(category, message);
        row.putObject("context").putArray(context).add(name);
        return row;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void every_change_of_a_hundred_gets_its_own_outcome_in_whatever_order(boolean traced) {
        hubSpot.answering(request -> {
            List<JsonNode> rows = new ArrayList<>(inputs(request).stream()
                    .map(input -> (JsonNode) answered(input, traced))
                    .toList());
            Collections.shuffle(rows, new Random(1));
            return Answer.of(200, results(rows.toArray(JsonNode[]::new)));
        });
        Map<String, Outcome> outcomes = hubSpot.adapter().writeMany(changes(100));
        assertThat(hubSpot.seen).hasSize(1);
        assertThat(hubSpot.seen.get(0).line()).isEqualTo("POST /crm/v3/objects/contacts/batch/update");
        assertThat(outcomes).hasSize(100);
        for (int i = 0; i < 100; i++) {
            Outcome.Done done = (Outcome.Done) outcomes.get("k" + i);
            assertThat(done.ref()).isEqualTo(contact(Integer.toString(100 + i)));
            assertThat(done.record().properties()).containsEntry("firstname", NativeValue.text("n" + i));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void every_create_of_a_hundred_gets_its_own_outcome_in_whatever_order(boolean traced) {
        hubSpot.answering(request -> {
            List<JsonNode> rows = new ArrayList<>(inputs(request).stream()
                    .map(input -> (JsonNode) answered(input, traced))
                    .toList());
            Collections.shuffle(rows, new Random(2));
            return Answer.of(201, results(rows.toArray(JsonNode[]::new)));
        });
        Map<String, Outcome> outcomes = hubSpot.adapter().writeMany(creates(100));
        assertThat(hubSpot.seen.get(0).line()).isEqualTo("POST /crm/v3/objects/contacts/batch/upsert");
        for (int i = 0; i < 100; i++) {
            assertThat(((Outcome.Done) outcomes.get("k" + i)).ref()).isEqualTo(contact("9" + i));
        }
        Set<String> traces = new HashSet<>();
        inputs(hubSpot.seen.get(0))
                .forEach(input -> traces.add(input.path("objectWriteTraceId").asText()));
        assertThat(traces).hasSize(100);
    }

    @Test
    void partial_success_tells_each_row_its_own_fate() {
        hubSpot.answering(request -> {
            List<JsonNode> in = inputs(request);
            ObjectNode body = results(answered(in.get(3), true), answered(in.get(0), false));
            body.put("numErrors", 3);
            body.putArray("errors")
                    .add(errorRow(
                            "CONFLICT",
                            "Contact already exists. Existing ID: 377",
                            "objectWriteTraceId",
                            in.get(1).path("objectWriteTraceId").asText()))
                    .add(errorRow(
                            "VALIDATION_ERROR",
                            "Property values were not valid: [{\"error\":\"INVALID_EMAIL\",\"name\":\"email\"}]",
                            "ids",
                            "ctc_2"))
                    .add(errorRow("RATE_LIMITS", "later", "id", "ctc_4"));
            return Answer.of(207, body);
        });
        Map<String, Outcome> outcomes = hubSpot.adapter().writeMany(creates(5));
        assertThat(outcomes.get("k0")).isInstanceOf(Outcome.Done.class);
        assertThat(outcomes.get("k1")).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.kind()).isEqualTo(Rejection.UNIQUE);
            assertThat(rejected.existing()).isEqualTo(contact("377"));
        });
        assertThat(outcomes.get("k2")).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.kind()).isEqualTo(Rejection.INVALID);
            assertThat(rejected.property()).isEqualTo("email");
        });
        assertThat(outcomes.get("k3")).isInstanceOf(Outcome.Done.class);
        assertThat(outcomes.get("k4")).isInstanceOf(Outcome.Deferred.class);
    }

    @Test
    void missing_contact_of_an_update_is_told() {
        hubSpot.answering(request -> {
            ObjectNode body = results(answered(inputs(request).get(0), true));
            body.putArray("errors").add(errorRow("OBJECT_NOT_FOUND", "not found", "ids", "101"));
            return Answer.of(207, body);
        });
        assertThat(hubSpot.adapter().writeMany(changes(2)).get("k1"))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.kind()).isEqualTo(Rejection.NOT_FOUND));
    }

    @Test
    void error_that_names_nobody_belongs_to_the_only_one_left() {
        hubSpot.answering(request -> {
            ObjectNode body = results(answered(inputs(request).get(1), true));
            body.putArray("errors").add(error("VALIDATION_ERROR", "no"));
            return Answer.of(207, body);
        });
        assertThat(hubSpot.adapter().writeMany(changes(2)).get("k0")).isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void contact_that_was_merged_away_names_the_record_that_took_the_change() {
        hubSpot.answering(request -> Answer.of(
                200, results(answered(inputs(request).get(0), false), row("900", CHANGED, "firstname", "n1"))));
        assertThat(((Outcome.Done) hubSpot.adapter().writeMany(changes(2)).get("k1")).ref())
                .isEqualTo(contact("900"));
    }

    @Test
    void row_without_a_word_is_unknown_and_goes_alone_next_time() {
        hubSpot.answering(request -> request.method().equals("PATCH")
                ? Answer.of(404, error("OBJECT_NOT_FOUND", "no"))
                : Answer.of(200, results(answered(inputs(request).get(0), true))));
        HubSpotAdapter adapter = hubSpot.adapter();
        List<Write> writes = changes(3);
        Map<String, Outcome> outcomes = adapter.writeMany(writes);
        assertThat(outcomes.get("k1")).isInstanceOf(Outcome.Unknown.class);
        assertThat(outcomes.get("k2")).isInstanceOf(Outcome.Unknown.class);
        assertThat(writes).extracting(adapter::batches).containsExactly(true, false, false);

        assertThat(((Outcome.Rejected) adapter.write(writes.get(1))).kind()).isEqualTo(Rejection.NOT_FOUND);
        assertThat(writes).extracting(adapter::batches).containsExactly(true, true, false);
    }

    /** Refuses whole batches that hold a bad row, as HubSpot does when one row spoils all. */
    private Answer wholeOrNothing(Seen request, Set<String> bad, Set<String> written) {
        List<JsonNode> in = inputs(request);
        if (in.stream().anyMatch(input -> bad.contains(input.path("id").asText()))) {
            return Answer.of(
                    400,
                    error(
                            "VALIDATION_ERROR",
                            "Property values were not valid: [{\"error\":\"INVALID_EMAIL\",\"name\":\"email\"}]"));
        }
        in.forEach(input -> assertThat(written.add(input.path("id").asText()))
                .as("written once")
                .isTrue());
        return Answer.of(
                200, results(in.stream().map(input -> answered(input, true)).toArray(JsonNode[]::new)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "137", "199"})
    void one_row_that_spoils_its_batch_is_found_and_the_others_are_written_once(String bad) {
        Set<String> written = new HashSet<>();
        hubSpot.answering(request -> wholeOrNothing(request, Set.of(bad), written));
        Map<String, Outcome> outcomes = hubSpot.adapter().writeMany(changes(100));
        assertThat(hubSpot.seen).hasSizeLessThanOrEqualTo(16);
        assertThat(written).hasSize(99);
        for (int i = 0; i < 100; i++) {
            assertThat(outcomes.get("k" + i))
                    .isInstanceOf(Integer.toString(100 + i).equals(bad) ? Outcome.Rejected.class : Outcome.Done.class);
        }
    }

    @Test
    void many_bad_rows_leave_the_rest_for_single_writes_and_make_headway() {
        Set<String> bad = new HashSet<>();
        IntStream.range(0, 100).filter(i -> i % 3 == 0).forEach(i -> bad.add(Integer.toString(100 + i)));
        Set<String> written = new HashSet<>();
        hubSpot.answering(request -> wholeOrNothing(request, bad, written));
        HubSpotAdapter adapter = hubSpot.adapter();
        List<Write> writes = changes(100);
        Map<String, Outcome> outcomes = adapter.writeMany(writes);
        assertThat(hubSpot.seen).hasSizeLessThanOrEqualTo(32);
        assertThat(outcomes).hasSize(100);
        for (Write write : writes) {
            Outcome outcome = outcomes.get(write.key());
            boolean done = outcome instanceof Outcome.Done;
            assertThat(done).isEqualTo(written.contains(write.ref().id()));
            assertThat(adapter.batches(write)).isEqualTo(!(outcome instanceof Outcome.Deferred));
        }
        assertThat(outcomes.values()).anyMatch(Outcome.Rejected.class::isInstance);
    }

    @Test
    void property_that_does_not_exist_is_not_hunted_row_by_row() {
        hubSpot.answering(request -> {
            List<JsonNode> in = inputs(request);
            return in.stream().anyMatch(input -> input.path("properties").has("nosuch"))
                    ? Answer.of(
                            400,
                            error(
                                    "VALIDATION_ERROR",
                                    "Property values were not valid: [{\"isValid\":false,\"error\":\"PROPERTY_DOESNT_EXIST\",\"name\":\"nosuch\"}]"))
                    : Answer.of(
                            200,
                            results(in.stream()
                                    .map(input -> answered(input, true))
                                    .toArray(JsonNode[]::new)));
        });
        List<Write> writes = new ArrayList<>(changes(50));
        for (int i = 50; i < 100; i++) {
            writes.add(change("k" + i, Integer.toString(100 + i), Map.of("nosuch", NativeValue.text("x"))));
        }
        Map<String, Outcome> outcomes = hubSpot.adapter().writeMany(writes);
        assertThat(hubSpot.seen).hasSize(2);
        assertThat(outcomes.get("k0")).isInstanceOf(Outcome.Done.class);
        assertThat(((Outcome.Rejected) outcomes.get("k99")).property()).isEqualTo("nosuch");
    }

    @Test
    void two_writes_of_one_contact_never_share_a_batch() {
        hubSpot.answering(request -> Answer.of(
                200,
                results(inputs(request).stream()
                        .map(input -> answered(input, true))
                        .toArray(JsonNode[]::new))));
        Map<String, Outcome> outcomes =
                hubSpot.adapter().writeMany(List.of(change("a", "7", name("x")), change("b", "7", name("y"))));
        assertThat(outcomes.get("a")).isInstanceOf(Outcome.Done.class);
        assertThat(outcomes.get("b")).isInstanceOf(Outcome.Deferred.class);
        assertThat(inputs(hubSpot.seen.get(0))).hasSize(1);
    }

    @Test
    void credentials_that_may_not_write_are_thrown() {
        hubSpot.inTurn(Answer.of(401, error("EXPIRED_AUTHENTICATION", "no")));
        assertThatThrownBy(() -> hubSpot.adapter().writeMany(changes(2)))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.AUTH));
    }

    @Test
    void nothing_is_thrown_once_a_part_was_written() {
        hubSpot.answering(request -> switch (hubSpot.seen.size()) {
            case 1 -> Answer.of(400, error("VALIDATION_ERROR", "no"));
            case 2 ->
                Answer.of(
                        200,
                        results(inputs(request).stream()
                                .map(input -> answered(input, true))
                                .toArray(JsonNode[]::new)));
            default -> Answer.of(401, error("EXPIRED_AUTHENTICATION", "no"));
        });
        Map<String, Outcome> outcomes = hubSpot.adapter().writeMany(changes(4));
        assertThat(outcomes.get("k0")).isInstanceOf(Outcome.Done.class);
        assertThat(outcomes.get("k3")).isInstanceOf(Outcome.Deferred.class);
    }

    @Test
    void batch_that_is_put_off_is_deferred_as_a_whole() {
        hubSpot.inTurn(Answer.of(429, error("RATE_LIMITS", "no").put("policyName", "TEN_SECONDLY_ROLLING")));
        assertThat(hubSpot.adapter().writeMany(changes(3)).values())
                .hasSize(3)
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOfSatisfying(Outcome.Deferred.class, deferred -> {
                    assertThat(deferred.quotaKey()).isEqualTo("burst");
                    assertThat(deferred.retryAfter()).isEqualTo(Duration.ofSeconds(10));
                }));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 500, 502, 524})
    void batch_that_may_have_taken_effect_is_unknown_as_a_whole(int status) {
        hubSpot.inTurn(Answer.of(status, "{}"));
        assertThat(hubSpot.adapter().writeMany(changes(3)).values())
                .hasSize(3)
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Unknown.class));
        assertThat(hubSpot.seen).hasSize(1);
    }

    @Test
    void answer_that_makes_no_sense_leaves_every_row_unknown() {
        for (String body : List.of(
                "[]",
                "{\"results\":5,\"errors\":{\"a\":1}}",
                "{\"results\":[[],1,null,{}]}",
                "{\"results\":[{\"id\":\"1\"}],\"errors\":[1,null,[]]}")) {
            hubSpot.inTurn(Answer.of(
                    200, Json.parse(dev.crmsync.spi.model.Bytes.utf8(body)).orElseThrow()));
            assertThat(hubSpot.adapter().writeMany(changes(3)).values())
                    .hasSize(3)
                    .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Unknown.class));
        }
    }

    @Test
    void create_without_a_join_key_is_no_part_of_a_batch() {
        HubSpotAdapter adapter = hubSpot.adapter();
        assertThat(adapter.batches(new Write("k", "contact", null, Map.of(), null, null)))
                .isFalse();
        assertThat(adapter.batches(newContact("k", "ctc_1", Map.of()))).isTrue();
        assertThat(adapter.writeMany(List.of())).isEmpty();
    }
}
