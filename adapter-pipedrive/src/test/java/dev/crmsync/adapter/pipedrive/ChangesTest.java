package dev.crmsync.adapter.pipedrive;

import static dev.crmsync.adapter.pipedrive.FakePipedrive.contact;
import static dev.crmsync.adapter.pipedrive.FakePipedrive.error;
import static dev.crmsync.adapter.pipedrive.FakePipedrive.ticket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.adapter.pipedrive.FakePipedrive.Answer;
import dev.crmsync.adapter.pipedrive.FakePipedrive.Seen;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangesTest {
    private static final Instant START = FakePipedrive.NOW.minus(Duration.ofMinutes(30));

    private final FakePipedrive pipedrive = new FakePipedrive();
    private final Company company = new Company();
    private PipedriveAdapter adapter;
    private String cursor = "";

    @BeforeEach
    void serve() {
        pipedrive.answering(company);
        adapter = pipedrive.adapter();
        company.clock = START;
    }

    @AfterEach
    void stop() {
        pipedrive.close();
    }

    /** All events until the poll has caught up; the cursor is kept for the next poll. */
    private List<ChangeEvent> poll(String type) {
        cursor = cursor.isEmpty() ? adapter.cursorAt(type, START) : cursor;
        List<ChangeEvent> events = new ArrayList<>();
        for (int pages = 0; pages < 100; pages++) {
            Page page = adapter.changes(type, cursor);
            cursor = String.valueOf(page.next());
            events.addAll(page.events());
            if (page.events().isEmpty()) {
                return events;
            }
        }
        throw new AssertionError("the poll does not end");
    }

    private List<String> ids(List<ChangeEvent> events) {
        return events.stream().map(event -> event.ref().id()).toList();
    }

    private List<Seen> lists(String path) {
        return pipedrive.asked("GET " + path);
    }

    @Test
    void poll_asks_from_the_overlap_on_in_the_order_of_change() {
        company.addPerson("5", "Budi");
        assertThat(poll("contact")).singleElement().satisfies(event -> {
            assertThat(event.ref()).isEqualTo(contact("5"));
            assertThat(event.evidence()).isEqualTo(Evidence.LISTING);
        });
        assertThat(lists("/api/v2/persons"))
                .singleElement()
                .satisfies(request -> assertThat(request.query())
                        .containsEntry(
                                "updated_since",
                                START.minus(Duration.ofMinutes(2)).toString())
                        .containsEntry("sort_by", "update_time")
                        .containsEntry("sort_direction", "asc"));
    }

    @Test
    void next_poll_reaches_back_behind_the_beginning_of_this_one_on_pipedrives_clock() {
        company.addPerson("5", "Budi");
        poll("contact");
        pipedrive.seen.clear();
        pipedrive.now = pipedrive.now.plus(Duration.ofMinutes(5));
        assertThat(poll("contact")).isEmpty();
        assertThat(lists("/api/v2/persons"))
                .singleElement()
                .satisfies(request -> assertThat(request.query())
                        .containsEntry(
                                "updated_since",
                                FakePipedrive.NOW.minus(Duration.ofMinutes(2)).toString()));
    }

    @Test
    void many_pages_are_followed_by_pipedrives_own_cursor() {
        company.page = 7;
        IntStream.rangeClosed(1, 50).forEach(id -> {
            company.clock = START.plusSeconds(id / 20);
            company.addPerson("" + id, "P" + id);
        });
        assertThat(new TreeSet<>(ids(poll("contact")))).hasSize(50);
        assertThat(lists("/api/v2/persons")).hasSize(8);
    }

    @Test
    void cursor_that_is_good_no_longer_costs_no_walk() {
        company.page = 3;
        IntStream.rangeClosed(1, 9).forEach(id -> {
            company.clock = START.plusSeconds(id);
            company.addPerson("" + id, "P" + id);
        });
        Set<String> refused = new TreeSet<>(List.of("6"));
        pipedrive.answering(request -> refused.remove(request.query().getOrDefault("cursor", ""))
                ? Answer.of(400, error("cursor is not valid"))
                : company.apply(request));
        assertThat(new TreeSet<>(ids(poll("contact")))).hasSize(9);
    }

    @Test
    void cursor_that_is_refused_where_nothing_leads_on_wants_a_walk() {
        company.page = 3;
        company.clock = START.minus(Duration.ofMinutes(2));
        IntStream.rangeClosed(1, 9).forEach(id -> company.addPerson("" + id, "P" + id));
        pipedrive.answering(request ->
                request.query().containsKey("cursor") ? Answer.of(400, error("no")) : company.apply(request));
        assertThatThrownBy(() -> poll("contact"))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.VALIDATION));
    }

    @Test
    void rows_in_another_order_are_an_error_and_not_a_loss() {
        ObjectNode late = company.addPerson("5", "Budi");
        company.clock = START.minusSeconds(30);
        ObjectNode early = company.addPerson("6", "Ana");
        pipedrive.answering(request -> request.path().endsWith("/persons")
                ? Answer.of(200, FakePipedrive.list(late, early))
                : company.apply(request));
        assertThatThrownBy(() -> poll("contact"))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.PERMANENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "pipedrive-changes-1:conversation:0:0:0:0:0:-:", "hubspot-changes-1:contact:from=0"})
    void cursor_of_somebody_else_is_refused(String other) {
        assertThatThrownBy(() -> adapter.changes("contact", other))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.VALIDATION));
    }

    @Test
    void deleted_person_that_a_list_shows_is_told_as_deleted() {
        ObjectNode row = company.addPerson("5", "Budi").put("is_deleted", true);
        pipedrive.answering(request ->
                request.path().endsWith("/persons") ? Answer.of(200, FakePipedrive.list(row)) : company.apply(request));
        assertThat(poll("contact"))
                .singleElement()
                .satisfies(event -> assertThat(event.kind()).isEqualTo(ChangeKind.DELETE));
    }

    @Test
    void what_was_missed_while_webhooks_were_banned_is_found_by_the_next_poll() {
        company.addPerson("5", "Budi");
        poll("contact");
        // Thirty minutes of events are lost; nobody tells of them.
        company.clock = FakePipedrive.NOW.plus(Duration.ofMinutes(10));
        company.addPerson("6", "Ana");
        company.person("5").put("name", "Budi Santoso").put("update_time", company.clock.toString());
        pipedrive.now = pipedrive.now.plus(Duration.ofMinutes(30));
        assertThat(ids(poll("contact"))).containsExactlyInAnyOrder("5", "6");
    }

    @Test
    void archived_and_deleted_deals_are_looked_for_once_an_hour() {
        ObjectNode archived = company.addDeal("1", "open", 1).put("is_archived", true);
        ObjectNode deleted = company.addDeal("2", "deleted", 1).put("is_deleted", true);
        company.addDeal("3", "open", 1);
        pipedrive.answering(request -> {
            boolean ofDeleted = request.query().containsKey("status");
            boolean since = request.query().containsKey("updated_since")
                    && Instant.parse(request.query().get("updated_since")).isAfter(START);
            if (request.path().endsWith("/deals/archived") || ofDeleted) {
                return Answer.of(
                        200, since ? FakePipedrive.list() : FakePipedrive.list(ofDeleted ? deleted : archived));
            }
            return company.apply(request);
        });
        assertThat(ids(poll("conversation"))).containsExactly("3");
        assertThat(lists("/api/v2/deals/archived")).isEmpty();

        pipedrive.now = pipedrive.now.plus(Duration.ofMinutes(31));
        assertThat(poll("conversation"))
                .extracting(ChangeEvent::kind)
                .containsExactlyInAnyOrder(ChangeKind.DELETE, ChangeKind.ARCHIVE);
        pipedrive.now = pipedrive.now.plus(Duration.ofMinutes(10));
        assertThat(poll("conversation")).isEmpty();
        assertThat(lists("/api/v2/deals/archived")).hasSize(1);
    }

    @Test
    void leads_are_paged_by_their_last_second_so_that_none_is_skipped_when_rows_move() {
        adapter = pipedrive.adapter(pipedrive.definition().tickets("leads"));
        company.page = 4;
        for (int i = 1; i <= 20; i++) {
            company.clock = START.plusSeconds(i < 12 ? 3 : i);
            company.add(
                    "leads",
                    String.format("adf21080-0e10-11eb-879b-05d71fb426%02d", i),
                    Json.object().put("title", "L" + i).put("is_archived", false));
        }
        pipedrive.answering(request -> {
            Answer answer = company.apply(request);
            // After each page somebody edits the row that was changed first: all others move up by one.
            company.records.values().stream()
                    .min(Comparator.comparing(row -> row.path("update_time").asText()))
                    .filter(row -> company.clock.isAfter(START.plusSeconds(15)) && pipedrive.seen.size() < 8)
                    .ifPresent(row -> row.put(
                            "update_time",
                            START.plusSeconds(100 + pipedrive.seen.size()).toString()));
            return answer;
        });
        List<String> met = ids(poll("conversation"));
        assertThat(new TreeSet<>(met)).hasSize(20);
    }

    @Test
    void walk_lists_all_and_ends() {
        company.page = 7;
        IntStream.rangeClosed(1, 20).forEach(id -> company.addPerson("" + id, "P" + id));
        List<ChangeEvent> events = new ArrayList<>();
        @Nullable String at = null;
        do {
            Page page = adapter.list("contact", at);
            assertThat(page.complete()).isTrue();
            events.addAll(page.events());
            at = page.next();
        } while (at != null);
        assertThat(ids(events)).doesNotHaveDuplicates().hasSize(20);
        assertThatThrownBy(() -> adapter.list("contact", "somebody else's"))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.VALIDATION));
    }

    @Test
    void walk_over_deals_keeps_to_its_pipeline() {
        adapter =
                pipedrive.adapter(pipedrive.definition().dealPipeline("1", "1:open,2:pending,won:closed,lost:closed"));
        company.addDeal("1", "open", 1);
        company.addDeal("2", "open", 9).put("pipeline_id", 2);
        assertThat(adapter.list("conversation", null).events())
                .singleElement()
                .satisfies(event -> assertThat(event.ref()).isEqualTo(ticket("1")));
        assertThat(adapter.read(ticket("2"))).isEqualTo(new Read.NotVisible());
    }

    @Test
    void another_question_has_another_fingerprint() {
        String own = adapter.scopeFingerprint("contact");
        assertThat(pipedrive.adapter().scopeFingerprint("contact")).isEqualTo(own);
        assertThat(pipedrive.adapter(pipedrive.definition().metadata("a", "b")).scopeFingerprint("contact"))
                .isNotEqualTo(own);
        assertThat(adapter.scopeFingerprint("conversation")).isNotEqualTo(own);
    }

    @Test
    void members_of_a_saved_filter_are_listed() {
        company.addPerson("5", "Budi");
        pipedrive.answering(request -> request.path().equals("/v1/filters")
                ? Answer.of(
                        200,
                        FakePipedrive.list(
                                Json.object()
                                        .put("id", 3)
                                        .put("name", "VIPs")
                                        .put("type", "people")
                                        .put("active_flag", true),
                                Json.object().put("id", 4).put("type", "deals")))
                : company.apply(request));
        assertThat(adapter.segments()).singleElement().satisfies(segment -> {
            assertThat(segment.id()).isEqualTo("filter:3");
            assertThat(segment.name()).isEqualTo("VIPs");
        });
        assertThat(adapter.members("filter:3", null).records()).containsExactly(contact("5"));
        assertThat(lists("/api/v2/persons").get(0).query()).containsEntry("filter_id", "3");
        assertThatThrownBy(() -> adapter.members("list:3", null)).hasMessageContaining("filter:<id>");
        assertThatThrownBy(() -> adapter.members("filter:3", "x")).hasMessageContaining("begin the walk anew");
    }
}
