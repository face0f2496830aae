package dev.crmsync.tests.notion;

import static dev.crmsync.tests.notion.Studio.contact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.ListsChanges;
import dev.crmsync.spi.adapter.ListsSegments;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks, polls, segments, and what faults and limits make of calls. */
class NotionListsAgainstSandboxTest {
    private final Studio studio = new Studio().setUp();

    @AfterEach
    void stop() {
        studio.close();
    }

    private List<String> seed(int count) {
        return seed(count, Map.of());
    }

    private List<String> seed(int count, Map<String, Object> more) {
        List<Map<String, Object>> pages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> values = new HashMap<>(more);
            values.put("Name", "s" + i);
            pages.add(Map.of("properties", values));
        }
        return studio.admin.seed(pages);
    }

    private static List<String> ids(List<ChangeEvent> events) {
        return events.stream().map(event -> event.ref().id()).toList();
    }

    @ParameterizedTest
    @CsvSource({"keyset, 0, false", "offset, 0.5, true"})
    void walk_shows_every_page_once_and_none_that_is_in_the_trash(String cursor, double shorter, boolean complete) {
        studio.admin.turn(
                Map.of("query.cursor", cursor, "query.short_pages", shorter, "query.status_complete", complete));
        List<String> seeded = seed(330);
        studio.people.delete(seeded.get(3));
        assertThat(ids(studio.walked("contact")))
                .doesNotHaveDuplicates()
                .hasSize(329)
                .doesNotContain(seeded.get(3));
        assertThat(studio.pages("contact")).allMatch(Page::complete);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void walk_goes_around_the_most_that_a_query_shows(boolean early) {
        studio.admin.turn(Map.of("query.rows_most", 250, "query.cap_told_early", early));
        List<String> seeded = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            seeded.addAll(seed(200));
            studio.pass(Duration.ofMinutes(2));
        }
        List<Page> pages = studio.pages("contact");
        assertThat(pages).allMatch(Page::complete);
        assertThat(pages.stream()
                        .flatMap(page -> page.events().stream())
                        .map(event -> event.ref().id()))
                .containsAll(seeded)
                .hasSizeGreaterThan(800);
    }

    @Test
    void walk_over_a_minute_of_more_than_a_query_shows_says_that_it_lacks_some() {
        studio.admin.turn("query.rows_most", 250);
        seed(300);
        studio.pass(Duration.ofMinutes(2));
        List<String> later = seed(20);
        List<Page> pages = studio.pages("contact");
        assertThat(pages).anyMatch(page -> !page.complete());
        assertThat(pages.stream()
                        .flatMap(page -> page.events().stream())
                        .map(event -> event.ref().id()))
                .containsAll(later);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void poll_goes_around_the_most_that_a_query_shows(boolean early) {
        studio.admin.turn(Map.of("query.rows_most", 250, "query.cap_told_early", early));
        String from = studio.cursorAt("contact", studio.clock.instant());
        List<String> seeded = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            seeded.addAll(seed(200));
            studio.pass(Duration.ofMinutes(2));
        }
        assertThat(ids(studio.poll("contact", from).events())).containsAll(seeded);

        seed(300);
        assertThatThrownBy(() -> studio.poll("contact", from))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.VALIDATION));
    }

    @ParameterizedTest
    @CsvSource({"minute, keyset", "minute, offset", "ms, keyset"})
    void changes_are_listed_whole_though_many_share_a_minute_and_rows_move_meanwhile(String grain, String cursor) {
        studio.admin.turn(Map.of("times.grain", grain, "query.cursor", cursor));
        String from = studio.cursorAt("contact", studio.clock.instant());
        List<String> seeded = seed(350);
        ListsChanges lists = (ListsChanges) studio.adapter;
        Page page = lists.changes("contact", from);
        Set<String> told = new HashSet<>(ids(page.events()));
        assertThat(told).isNotEmpty();
        // Somebody edits one that was shown, and one that was not yet, while the poll is under way.
        studio.pass(Duration.ofMinutes(1));
        String shown = told.iterator().next();
        String other =
                seeded.stream().filter(id -> !told.contains(id)).findFirst().orElseThrow();
        studio.people.patch(shown, Map.of("Name", "edited"));
        studio.people.patch(other, Map.of("Name", "edited"));
        Studio.Polled rest = studio.poll("contact", String.valueOf(page.next()));
        told.addAll(ids(rest.events()));
        told.addAll(ids(studio.poll("contact", rest.next()).events()));
        assertThat(told).containsAll(seeded);
        assertThat(rest.events())
                .filteredOn(event -> event.ref().id().equals(shown))
                .last()
                .satisfies(event ->
                        assertThat(event.properties()).containsEntry("properties.title", NativeValue.text("edited")));
    }

    @Test
    void next_poll_reaches_back_by_the_overlap() {
        Studio.Polled first = studio.poll("contact", studio.cursorAt("contact", studio.clock.instant()));
        RecordRef ref = studio.create("ctc_1", "title", "Ana");
        Studio.Polled second = studio.poll("contact", first.next());
        assertThat(second.events()).extracting(ChangeEvent::ref).containsExactly(ref);
        assertThat(studio.poll("contact", second.next()).events())
                .as("the overlap shows it once more")
                .extracting(ChangeEvent::ref)
                .contains(ref);
    }

    @Test
    void edit_that_a_query_shows_late_is_found_by_a_later_poll() {
        Studio.Polled first = studio.poll("contact", studio.cursorAt("contact", studio.clock.instant()));
        studio.admin.turn("query.lag_ms", 90_000);
        RecordRef ref = studio.create("ctc_1", "title", "Ana");
        Studio.Polled second = studio.poll("contact", first.next());
        assertThat(second.events()).isEmpty();
        studio.pass(Duration.ofMinutes(2));
        assertThat(studio.poll("contact", second.next()).events())
                .extracting(ChangeEvent::ref)
                .contains(ref);
    }

    @Test
    void people_are_walked_and_bots_are_not() {
        for (int i = 0; i < 120; i++) {
            studio.people.makeUser("Agent " + i, "agent" + i + "@example.com");
        }
        assertThat(studio.walked("user"))
                .hasSize(122)
                .extracting(event -> event.ref().id())
                .doesNotHaveDuplicates()
                .doesNotContain(studio.sandbox.notion().botId());
        RecordRef last = studio.walked("user").get(121).ref();
        assertThat(studio.found(last))
                .containsEntry("name", NativeValue.text("Agent 119"))
                .containsEntry("person.email", NativeValue.text("agent119@example.com"));
        studio.admin.turn("capabilities.users", "without_email");
        assertThat(studio.found(last)).as("not known is not empty").doesNotContainKey("person.email");
        studio.admin.turn("capabilities.users", "none");
        assertThatThrownBy(() -> studio.walked("user"))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.AUTH));
    }

    @Test
    void options_are_segments_and_their_members_are_walked_to_the_end() {
        studio.admin.turn("query.rows_most", 250);
        List<String> leads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            leads.addAll(seed(150, Map.of("Stage", "Lead")));
            seed(50, Map.of("Stage", "Customer"));
            studio.pass(Duration.ofMinutes(2));
        }
        ListsSegments lists = (ListsSegments) studio.adapter;
        String segment = lists.segments().stream()
                .filter(one -> one.name().equals("Stage: Lead"))
                .map(ListsSegments.Segment::id)
                .findFirst()
                .orElseThrow();
        for (String asked : List.of(segment, "property:Stage=Lead")) {
            Set<String> members = new HashSet<>();
            String cursor = null;
            do {
                ListsSegments.Members page = lists.members(asked, cursor);
                page.records().forEach(ref -> members.add(ref.id()));
                cursor = page.next();
            } while (cursor != null);
            assertThat(members).containsExactlyInAnyOrderElementsOf(leads);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "rate_limited, RATE_LIMITED",
        "overloaded, RATE_LIMITED",
        "blocked, RATE_LIMITED",
        "conflict, TRANSIENT",
        "server_error, TRANSIENT",
        "reset, TRANSIENT",
        "lost_answer, TRANSIENT",
        "cut_answer, TRANSIENT",
        "html, TRANSIENT",
        "unauthorized, AUTH",
    })
    void fault_of_a_read_is_typed(String kind, SyncException.Kind expected) {
        RecordRef ref = studio.create("ctc_1", "title", "Ana");
        // The JDK's client asks a few times more when a GET finds its connection closed.
        studio.admin.fault(kind, 10, Map.of("path", "/pages/" + ref.id()));
        assertThatThrownBy(() -> studio.read(ref))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(expected))
                .hasMessageNotContaining(studio.sandbox.notion().token());
        studio.admin.any("DELETE", "/faults", null);
        assertThat(studio.read(ref)).isInstanceOf(Read.Found.class);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "rate_limited, Deferred",
        "overloaded, Deferred",
        "blocked, Deferred",
        "conflict, Deferred",
        "server_error, Unknown",
        "reset, Unknown",
        "lost_answer, Unknown",
        "cut_answer, Unknown",
        "html, Unknown",
    })
    void fault_of_a_write_never_claims_more_than_is_certain(String kind, String expected) {
        RecordRef ref = studio.create("ctc_1", "title", "Ana");
        studio.admin.fault(kind, 1, Map.of("method", "PATCH"));
        assertThat(studio.change(ref, "title", "Bob").getClass().getSimpleName())
                .isEqualTo(expected);
    }

    @Test
    void overload_is_left_alone_for_as_long_as_it_says() {
        RecordRef ref = studio.create("ctc_1", "title", "Ana");
        studio.admin.fault("overloaded", 1, Map.of("method", "PATCH"));
        Outcome.Deferred deferred = (Outcome.Deferred) studio.change(ref, "title", "Bob");
        assertThat(deferred.retryAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(deferred.quotaKey()).isEqualTo("connection");
        assertThat(studio.reports).last().satisfies(report -> {
            assertThat(report.quotaKey()).isEqualTo("connection");
            assertThat(report.blockedFor()).isEqualTo(Duration.ofSeconds(3));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"window", "average"})
    void spent_budget_is_left_alone_until_it_comes_back(String edition) {
        RecordRef ref = studio.create("ctc_1", "title", "Ana");
        studio.pass(Duration.ofMinutes(2));
        studio.admin.turn(Map.of("limits.edition", edition, "limits.per_minute", 5));
        Outcome.Deferred spent = null;
        for (int i = 0; i < 12 && spent == null; i++) {
            spent = studio.change(ref, "title", "n" + i) instanceof Outcome.Deferred deferred ? deferred : null;
        }
        assertThat(spent).isNotNull();
        assertThat(spent.quotaKey()).isEqualTo("connection");
        assertThat(spent.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
        assertThatThrownBy(() -> studio.read(ref)).isInstanceOfSatisfying(SyncException.class, fault -> {
            assertThat(fault.kind()).isEqualTo(SyncException.Kind.RATE_LIMITED);
            assertThat(fault.retryAfter()).isPresent();
        });
        studio.pass(spent.retryAfter());
        assertThat(studio.change(ref, "title", "Bob")).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void limit_of_the_whole_workspace_may_take_longer_than_a_minute() {
        RecordRef ref = studio.create("ctc_1", "title", "Ana");
        studio.pass(Duration.ofMinutes(2));
        studio.admin.turn("limits.workspace_per_minute", 1);
        assertThat(studio.change(ref, "title", "Bob")).isInstanceOf(Outcome.Done.class);
        Outcome.Deferred spent = (Outcome.Deferred) studio.change(ref, "title", "Cid");
        assertThat(spent.retryAfter()).isEqualTo(Duration.ofSeconds(90));
        studio.pass(spent.retryAfter());
        assertThat(studio.read(contact(ref.id()))).isInstanceOf(Read.Found.class);
    }
}
