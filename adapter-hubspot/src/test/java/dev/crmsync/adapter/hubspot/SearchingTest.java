package dev.crmsync.adapter.hubspot;

import static dev.crmsync.adapter.hubspot.FakeHubSpot.error;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.results;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.adapter.hubspot.FakeHubSpot.Answer;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.model.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchingTest {
    private static final long BASE = Instant.parse("2026-05-01T10:00:00Z").toEpochMilli();
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    private final FakeHubSpot hubSpot = new FakeHubSpot();
    private final ConcurrentSkipListMap<Long, Long> changedById = new ConcurrentSkipListMap<>();

    @AfterEach
    void stop() {
        hubSpot.close();
    }

    private HubSpotAdapter adapter() {
        return hubSpot.answering(this::search).adapter(hubSpot.definition().overlap(OVERLAP));
    }

    /** The index by the facts: filters, one sort, pages of 200 at most, and a wall at 10,000. */
    private Answer search(FakeHubSpot.Seen request) {
        JsonNode body = request.body();
        int after = Integer.parseInt(body.path("after").asText());
        int limit = body.path("limit").asInt();
        if (limit > 200 || after + limit > 10_000) {
            return Answer.of(400, error("VALIDATION_ERROR", "too far"));
        }
        Stream<long[]> rows = changedById.entrySet().stream().map(e -> new long[] {e.getKey(), e.getValue()});
        for (JsonNode filter : body.path("filterGroups").path(0).path("filters")) {
            int column = filter.path("propertyName").asText().equals("hs_object_id") ? 0 : 1;
            long value = Long.parseLong(filter.path("value").textValue());
            rows = rows.filter(row -> switch (filter.path("operator").asText()) {
                case "GTE" -> row[column] >= value;
                case "LTE" -> row[column] <= value;
                default -> row[column] > value;
            });
        }
        boolean byId = body.path("sorts").path(0).path("propertyName").asText().equals("hs_object_id");
        // Rows of equal rank come in no order that one could rely on.
        Random random = new Random(request.hashCode());
        List<long[]> found = new ArrayList<>(rows.toList());
        java.util.Collections.shuffle(found, random);
        found.sort(Comparator.comparingLong(row -> row[byId ? 0 : 1]));
        ObjectNode page = results(found.stream()
                .skip(after)
                .limit(limit)
                .map(row ->
                        row(Long.toString(row[0]), Instant.ofEpochMilli(row[1]).toString()))
                .toArray(JsonNode[]::new));
        page.put("total", found.size());
        if (found.size() > after + limit) {
            page.withObjectProperty("paging").putObject("next").put("after", Integer.toString(after + limit));
        }
        return Answer.of(200, page);
    }

    private static String id(Page page, int at) {
        return page.events().get(at).ref().id();
    }

    /** Polls until caught up and returns the ids handed out, with their repeats. */
    private List<Long> drain(HubSpotAdapter adapter, String[] cursor) {
        List<Long> ids = new ArrayList<>();
        while (true) {
            Page page = adapter.changes("contact", cursor[0]);
            cursor[0] = page.next();
            if (page.events().isEmpty()) {
                return ids;
            }
            page.events().forEach(event -> ids.add(Long.valueOf(event.ref().id())));
        }
    }

    private String[] from(HubSpotAdapter adapter, long millis) {
        return new String[] {adapter.cursorAt("contact", Instant.ofEpochMilli(millis))};
    }

    @Test
    void search_sends_all_five_fields_and_milliseconds_as_text() {
        HubSpotAdapter adapter = adapter();
        Page page = adapter.changes("contact", from(adapter, BASE)[0]);
        JsonNode body = hubSpot.seen.get(0).body();
        assertThat(hubSpot.seen.get(0).line()).isEqualTo("POST /crm/v3/objects/contacts/search");
        assertThat(body.properties().stream().map(java.util.Map.Entry::getKey))
                .containsExactlyInAnyOrder("after", "filterGroups", "limit", "properties", "sorts");
        JsonNode filter = body.path("filterGroups").path(0).path("filters").path(0);
        assertThat(filter.path("propertyName").asText()).isEqualTo("lastmodifieddate");
        assertThat(filter.path("value").textValue()).isEqualTo(Long.toString(BASE - OVERLAP.toMillis()));
        assertThat(body.toString().length()).isLessThan(3_000);
        assertThat(page.complete()).isFalse();
    }

    @Test
    void changes_come_oldest_first_as_an_index_shows_them() {
        LongStream.range(0, 5).forEach(i -> changedById.put(100 - i, BASE + i));
        HubSpotAdapter adapter = adapter();
        Page page = adapter.changes("contact", from(adapter, BASE)[0]);
        assertThat(page.events()).extracting(event -> event.ref().id()).containsExactly("100", "99", "98", "97", "96");
        assertThat(page.events()).allMatch(event -> event.evidence() == Evidence.INDEX);
        assertThat(id(page, 0)).isEqualTo("100");
    }

    @Test
    void no_change_is_missed_or_told_twice_beyond_the_wall() {
        LongStream.range(0, 12_345).forEach(i -> changedById.put(1000 + i, BASE + i / 3));
        HubSpotAdapter adapter = adapter();
        assertThat(drain(adapter, from(adapter, BASE)))
                .hasSize(12_345)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(changedById.keySet());
    }

    @ParameterizedTest(name = "{0} contacts in one millisecond")
    @ValueSource(ints = {1, 2, 198, 199, 200, 201, 202, 399, 400, 401, 1000})
    void equal_times_at_a_page_edge_lose_nobody(int tied) {
        LongStream.range(0, 150).forEach(i -> changedById.put(10_000 + i, BASE + i));
        LongStream.range(0, tied).forEach(i -> changedById.put(20_000 + i, BASE + 500));
        LongStream.range(0, 150).forEach(i -> changedById.put(30_000 + i, BASE + 501 + i));
        HubSpotAdapter adapter = adapter();
        assertThat(drain(adapter, from(adapter, BASE)))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(changedById.keySet());
    }

    @Test
    void whole_import_in_one_millisecond_is_walked_by_id_beyond_the_wall() {
        LongStream.range(0, 10_500).forEach(i -> changedById.put(1 + i, BASE));
        HubSpotAdapter adapter = adapter();
        assertThat(drain(adapter, from(adapter, BASE)))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(changedById.keySet());
    }

    @Test
    void row_that_shows_up_late_is_told_by_the_next_poll() {
        long now = Instant.now().toEpochMilli();
        changedById.put(1L, now - 5_000);
        HubSpotAdapter adapter = adapter();
        String[] cursor = from(adapter, now - 10_000);
        drain(adapter, cursor);
        changedById.put(2L, now - 30_000);
        assertThat(drain(adapter, cursor)).contains(2L);
    }

    @Test
    void poll_moves_on_with_hubspots_clock_though_nothing_changes() {
        HubSpotAdapter adapter = adapter();
        String[] cursor = from(adapter, BASE);
        Instant before = Instant.now().minusSeconds(1);
        drain(adapter, cursor);
        Instant next = Instant.ofEpochMilli(
                ChangeCursor.parse("crm", "contact", cursor[0]).from());
        assertThat(next)
                .isBetween(before.minus(OVERLAP).minusSeconds(1), Instant.now().minus(OVERLAP));
    }

    @Test
    void contact_that_changes_during_the_walk_is_told_again() {
        LongStream.range(0, 300).forEach(i -> changedById.put(i + 1, BASE + i));
        HubSpotAdapter adapter = adapter();
        Page first = adapter.changes("contact", from(adapter, BASE)[0]);
        changedById.put(1L, BASE + 10_000);
        String[] cursor = {first.next()};
        assertThat(drain(adapter, cursor)).contains(1L, 300L);
    }

    @Test
    void randomly_clustered_changes_are_each_told_once() {
        for (int seed = 0; seed < 20; seed++) {
            changedById.clear();
            Random random = new Random(seed);
            long at = BASE;
            long id = 1;
            for (int cluster = 0; cluster < 30; cluster++) {
                at += random.nextInt(3);
                for (int i = random.nextInt(random.nextBoolean() ? 450 : 5); i > 0; i--) {
                    changedById.put(id++ * 7, at);
                }
            }
            HubSpotAdapter adapter = adapter();
            assertThat(drain(adapter, from(adapter, BASE)))
                    .as("seed %s", seed)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(changedById.keySet());
        }
    }

    @Test
    void answer_in_another_order_is_refused_before_rows_are_lost() {
        hubSpot.inTurn(Answer.of(200, results(row("1", "2026-05-01T10:00:01Z"), row("2", "2026-05-01T10:00:00Z"))));
        HubSpotAdapter adapter = hubSpot.adapter();
        assertThatThrownBy(() -> adapter.changes("contact", from(adapter, BASE)[0]))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.PERMANENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1777629600000",
                "hubspot-changes-2:contact:from=1:tie=-:began=-",
                "hubspot-changes-1:company:from=1:tie=-:began=-",
                "hubspot-changes-1:conversation:from=1:tie=-:began=-",
                "hubspot-changes-1:contact:from=-1:tie=-:began=-",
                "hubspot-changes-1:contact:from=9999999999999999999:tie=-:began=-",
            })
    void cursor_of_another_kind_asks_for_a_walk(String cursor) {
        assertThatThrownBy(() -> adapter().changes("contact", cursor))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.VALIDATION))
                .hasMessageContaining("walk");
    }

    @Test
    void spent_search_budget_is_told_under_its_own_key() {
        hubSpot.inTurn(Answer.of(429, error("RATE_LIMITS", "slow down").put("policyName", "SECONDLY")));
        HubSpotAdapter adapter = hubSpot.adapter();
        assertThatThrownBy(() -> adapter.changes("contact", from(adapter, BASE)[0]))
                .isInstanceOfSatisfying(SyncException.class, fault -> {
                    assertThat(fault.kind()).isEqualTo(Kind.RATE_LIMITED);
                    assertThat(fault.retryAfter()).contains(Duration.ofSeconds(1));
                });
        assertThat(hubSpot.reports)
                .containsExactly(new dev.crmsync.spi.adapter.QuotaReport("search", -1, 0, Duration.ofSeconds(1)));
    }
}
