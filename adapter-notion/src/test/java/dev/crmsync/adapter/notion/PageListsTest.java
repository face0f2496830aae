package dev.crmsync.adapter.notion;

import static dev.crmsync.adapter.notion.FakeNotion.text;
import static dev.crmsync.adapter.notion.Workspace.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageListsTest {
    private static final Instant NOON = FakeNotion.NOW;

    private final FakeNotion notion = new FakeNotion();
    private final Workspace workspace = new Workspace();
    private NotionAdapter adapter;

    @BeforeEach
    void serve() {
        notion.answering(workspace);
        adapter = notion.adapter();
    }

    @AfterEach
    void stop() {
        notion.close();
    }

    private void contacts(int from, int count, Instant at) {
        workspace.clock = at;
        for (int i = 0; i < count; i++) {
            workspace.contact(from + i, "P" + i);
        }
    }

    private static Set<String> ids(List<ChangeEvent> events) {
        Set<String> ids = new TreeSet<>();
        events.forEach(event -> ids.add(event.ref().id()));
        return ids;
    }

    /** What a poll shows before it has caught up, and the cursor for the next. */
    private Page poll(String cursor) {
        List<ChangeEvent> all = new ArrayList<>();
        Page page = adapter.changes("contact", cursor);
        while (!page.events().isEmpty()) {
            all.addAll(page.events());
            page = adapter.changes("contact", page.next());
        }
        return new Page(all, page.next(), false);
    }

    private boolean walkComplete = true;

    private List<ChangeEvent> walk() {
        List<ChangeEvent> all = new ArrayList<>();
        String cursor = null;
        do {
            Page page = adapter.list("contact", cursor);
            all.addAll(page.events());
            walkComplete &= page.complete();
            cursor = page.next();
        } while (cursor != null);
        return all;
    }

    private long queries() {
        return notion.asked("POST /v1/data_sources/" + Workspace.CONTACTS + "/query")
                .size();
    }

    @Test
    void walk_shows_every_page_of_the_data_source_and_none_of_another() {
        contacts(0x100, 250, NOON.minusSeconds(7200));
        workspace.add(Workspace.TICKETS, 7);
        assertThat(ids(walk())).hasSize(250);
        assertThat(walkComplete).isTrue();
        assertThat(queries()).isEqualTo(3);
        assertThat(walk()).allMatch(event -> event.evidence() == Evidence.INDEX && event.full());
    }

    @Test
    void walk_goes_on_from_the_last_minute_where_a_query_shows_no_more() {
        workspace.cap = 120;
        for (int minute = 0; minute < 5; minute++) {
            contacts(0x1000 * (minute + 1), 70, NOON.minusSeconds(7200 - 60L * minute));
        }
        assertThat(ids(walk())).hasSize(350);
        assertThat(walkComplete).isTrue();
    }

    @Test
    void query_that_says_early_that_it_will_lack_some_is_followed_by_another() {
        contacts(0x1000, 150, NOON.minusSeconds(7200));
        contacts(0x2000, 10, NOON.minusSeconds(7000));
        notion.answering(request -> {
            boolean early = request.path().endsWith("/query")
                    && !request.body().has("start_cursor")
                    && !request.body().has("filter");
            FakeNotion.Answer answer = workspace.apply(request);
            ObjectNode body = (ObjectNode) Json.parse(Bytes.utf8(answer.body())).orElseThrow();
            if (early) {
                body.putObject("request_status").put("type", "incomplete");
            }
            return FakeNotion.Answer.of(200, body);
        });
        assertThat(ids(walk())).hasSize(160);
        assertThat(notion.seen.get(notion.seen.size() - 1).body().path("filter").toString())
                .contains(NOON.minusSeconds(7020).toString());
    }

    @Test
    void minute_with_more_pages_than_a_query_shows_is_passed_and_the_walk_says_that_it_lacks_some() {
        workspace.cap = 120;
        contacts(0x1000, 150, NOON.minusSeconds(7200));
        contacts(0x2000, 30, NOON.minusSeconds(7000));
        assertThat(ids(walk())).hasSize(150);
        assertThat(walkComplete).isFalse();
    }

    @Test
    void cursor_of_something_else_is_refused() {
        assertThatThrownBy(() -> adapter.list("contact", "pipedrive-walk-1:0:"))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.VALIDATION));
        assertThatThrownBy(() -> adapter.changes("contact", "x"))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.VALIDATION));
        String ofTickets = adapter.cursorAt("conversation", NOON);
        assertThatThrownBy(() -> adapter.changes("contact", ofTickets)).isInstanceOf(SyncException.class);
    }

    @Test
    void fingerprint_changes_with_the_question() {
        String before = adapter.scopeFingerprint("contact");
        assertThat(notion.adapter().scopeFingerprint("contact")).isEqualTo(before);
        assertThat(notion.adapter(notion.definition().metadata("x", "Segment")).scopeFingerprint("contact"))
                .isNotEqualTo(before);
        assertThat(notion.adapter(notion.definition().contacts(id(0x99))).scopeFingerprint("contact"))
                .isNotEqualTo(before);
        assertThat(adapter.scopeFingerprint("user")).isEqualTo("notion-users-1");
    }

    @Test
    void poll_asks_for_whole_minutes_with_some_overlap_and_takes_the_edges_in() {
        contacts(0x100, 1, NOON.minusSeconds(299));
        assertThat(poll(adapter.cursorAt("contact", NOON)).events()).hasSize(1);
        assertThat(notion.asked("POST /v1/data_sources/" + Workspace.CONTACTS + "/query")
                        .get(0)
                        .body()
                        .path("filter")
                        .toString())
                .isEqualTo("{\"timestamp\":\"last_edited_time\",\"last_edited_time\":{\"on_or_after\":"
                        + "\"2026-05-01T11:55:00Z\"}}");
    }

    @Test
    void edit_in_a_minute_that_was_polled_already_is_seen_by_the_next_poll() {
        contacts(5, 1, NOON.minusSeconds(10));
        Page first = poll(adapter.cursorAt("contact", NOON));
        assertThat(first.events()).hasSize(1);
        workspace.set(workspace.pages.get(id(5)), "Name", Workspace.text("Later in the same minute"));
        assertThat(poll(first.next()).events())
                .singleElement()
                .satisfies(event -> assertThat(event.properties())
                        .containsEntry("properties.title", text("Later in the same minute")));
    }

    @Test
    void next_poll_begins_the_overlap_before_this_one_began() {
        Page first = poll(adapter.cursorAt("contact", NOON.minus(Duration.ofDays(1))));
        notion.now = NOON.plusSeconds(600);
        poll(first.next());
        assertThat(notion.seen.get(notion.seen.size() - 1).body().toString()).contains("2026-05-01T11:55:00Z");
    }

    @Test
    void poll_walks_around_what_a_query_shows_no_more_of() {
        workspace.cap = 120;
        for (int minute = 0; minute < 4; minute++) {
            contacts(0x1000 * (minute + 1), 70, NOON.minusSeconds(7200 - 60L * minute));
        }
        assertThat(ids(poll(adapter.cursorAt("contact", NOON.minusSeconds(7200)))
                        .events()))
                .hasSize(280);
    }

    @Test
    void minute_with_more_edits_than_a_query_shows_asks_for_a_walk() {
        workspace.cap = 120;
        contacts(0x1000, 150, NOON.minusSeconds(60));
        assertThatThrownBy(() -> poll(adapter.cursorAt("contact", NOON)))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.VALIDATION))
                .hasMessageContaining("walk all records");
    }

    @Test
    void page_that_is_edited_while_it_is_polled_hides_no_other() {
        for (int minute = 0; minute < 3; minute++) {
            contacts(0x1000 * (minute + 1), 60, NOON.minusSeconds(240 - 60L * minute));
        }
        String cursor = adapter.cursorAt("contact", NOON);
        Page page = adapter.changes("contact", cursor);
        Set<String> seen = ids(page.events());
        // Somebody edits the first ten: they leave their places, and all others move up.
        for (int i = 0; i < 10; i++) {
            workspace.pages.get(id(0x1000 + i)).put("last_edited_time", Workspace.minute(NOON));
        }
        seen.addAll(ids(poll(page.next()).events()));
        assertThat(seen).hasSize(180);
    }

    @Test
    void rows_in_another_order_are_not_trusted() {
        contacts(0x100, 2, NOON.minusSeconds(60));
        notion.answering(request -> {
            if (!request.path().endsWith("/query")) {
                return workspace.apply(request);
            }
            ObjectNode list = Json.object();
            ObjectNode late = workspace.pages.get(id(0x100)).deepCopy().put("last_edited_time", Workspace.minute(NOON));
            list.putArray("results").add(late).add(workspace.pages.get(id(0x101)));
            return FakeNotion.Answer.of(200, list.putNull("next_cursor"));
        });
        assertThatThrownBy(() -> adapter.changes("contact", adapter.cursorAt("contact", NOON)))
                .hasMessageContaining("another order");
    }

    @Test
    void row_that_shows_nothing_is_to_be_read_and_one_in_the_trash_is_archived() {
        contacts(5, 1, NOON.minusSeconds(60));
        notion.answering(request -> {
            if (!request.path().endsWith("/query")) {
                return workspace.apply(request);
            }
            ObjectNode list = Json.object();
            ObjectNode partial = Json.object().put("object", "page").put("id", id(6));
            ObjectNode trashed = workspace.pages.get(id(5)).deepCopy().put("in_trash", true);
            list.putArray("results").add(partial).add(trashed).add(Json.object().put("object", "data_source"));
            return FakeNotion.Answer.of(200, list.putNull("next_cursor"));
        });
        assertThat(adapter.list("contact", null).events())
                .extracting(ChangeEvent::kind)
                .containsExactly(ChangeKind.GAP, ChangeKind.ARCHIVE);
    }
}
