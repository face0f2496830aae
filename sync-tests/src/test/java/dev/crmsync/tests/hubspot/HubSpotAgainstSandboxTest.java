package dev.crmsync.tests.hubspot;

import static dev.crmsync.tests.hubspot.Portal.changing;
import static dev.crmsync.tests.hubspot.Portal.contact;
import static dev.crmsync.tests.hubspot.Portal.creating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Archives;
import dev.crmsync.spi.adapter.FindsCreated;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.ListsChanges;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.QuotaReport;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsMany;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesMany;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubSpotAgainstSandboxTest {
    private final Portal portal = new Portal();

    @AfterEach
    void stop() {
        portal.close();
    }

    private Read read(String id) {
        return ((ReadsOne) portal.adapter).read(contact(id));
    }

    private Outcome write(Write write) {
        return ((WritesOne) portal.adapter).write(write);
    }

    private Map<String, Outcome> writeMany(List<Write> writes) {
        return ((WritesMany) portal.adapter).writeMany(writes);
    }

    private Map<String, NativeValue> found(String id) {
        return ((Read.Found) read(id)).record().properties();
    }

    @Test
    void empty_account_is_set_up_once() {
        SetsUp setsUp = (SetsUp) portal.adapter;
        assertThat(setsUp.setUp(portal.adapter.defaultMappings(), true))
                .extracting(SetupStep::state)
                .contains(SetupStep.State.MISSING, SetupStep.State.BY_HAND)
                .doesNotContain(SetupStep.State.MADE);
        assertThat(setsUp.setUp(portal.adapter.defaultMappings(), false))
                .filteredOn(step -> step.state() == SetupStep.State.MADE)
                .hasSize(5);
        assertThat(setsUp.setUp(portal.adapter.defaultMappings(), false))
                .extracting(SetupStep::state)
                .doesNotContain(SetupStep.State.MADE, SetupStep.State.MISSING);
    }

    @Test
    void contact_is_created_changed_cleared_and_found_again() {
        portal.setUp();
        String id = portal.create("ctc_1", "firstname", "Mary Ann", "lastname", "Lee", "email", " Ana@Example.com ");
        assertThat(found(id))
                .containsEntry("firstname", NativeValue.text("Mary Ann"))
                .containsEntry("email", NativeValue.text("ana@example.com"))
                .containsEntry("kirim_contact_id", NativeValue.text("ctc_1"))
                .containsEntry("phone", NativeValue.EMPTY);

        Outcome.Done done = (Outcome.Done) write(changing("k", id, "firstname", "", "whatsapp_labels", "vip;new"));
        assertThat(done.record().properties()).containsEntry("whatsapp_labels", NativeValue.text("vip;new"));
        assertThat(found(id))
                .containsEntry("firstname", NativeValue.EMPTY)
                .containsEntry("whatsapp_labels", NativeValue.text("vip;new"));

        Read byKey = ((FindsCreated) portal.adapter).find("contact", new Write.ExternalId("kirim_contact_id", "ctc_1"));
        assertThat(((Read.Found) byKey).record().ref()).isEqualTo(contact(id));
        assertThat(((FindsCreated) portal.adapter).find("contact", new Write.ExternalId("kirim_contact_id", "ctc_2")))
                .isInstanceOf(Read.Gone.class);
    }

    @Test
    void create_whose_answer_was_lost_makes_one_contact_when_repeated() {
        portal.setUp();
        portal.fault("lost_answer", "/batch/upsert", 1);
        assertThat(write(creating("k", "ctc_1", "firstname", "Ana"))).isInstanceOf(Outcome.Unknown.class);
        String id = portal.create("ctc_1", "firstname", "Ana");
        assertThat(found(id)).containsEntry("firstname", NativeValue.text("Ana"));
        assertThat(portal.admin("GET", "/contacts", Json.object()).path("count").asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void batch_outcomes_belong_to_their_writes_in_whatever_order(boolean shuffle) {
        portal.setUp().dial("batch.shuffle", shuffle);
        List<Write> creates = IntStream.range(0, 100)
                .mapToObj(i -> creating("k" + i, "ctc_" + i, "firstname", "n" + i))
                .toList();
        Map<String, Outcome> created = writeMany(creates);
        List<Write> changes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String id = ((Outcome.Done) created.get("k" + i)).ref().id();
            assertThat(found(id)).containsEntry("kirim_contact_id", NativeValue.text("ctc_" + i));
            changes.add(changing("c" + i, id, "lastname", "l" + i));
        }
        Map<String, Outcome> changed = writeMany(changes);
        for (int i = 0; i < 100; i++) {
            assertThat(((Outcome.Done) changed.get("c" + i)).ref())
                    .isEqualTo(changes.get(i).ref());
        }
        assertThat(found(((Outcome.Done) changed.get("c42")).ref().id()))
                .containsEntry("lastname", NativeValue.text("l42"));
    }

    @ParameterizedTest
    @CsvSource({"partial, 409", "whole, 409", "partial, 400", "whole, 400"})
    void one_bad_row_and_one_taken_email_are_told_and_the_others_written(String partial, String conflict) {
        portal.setUp().dial("batch.partial", partial);
        portal.dial("unique.conflict", conflict);
        String holder = portal.create("ctc_holder", "email", "taken@example.com");
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            writes.add(creating(
                    "k" + i,
                    "ctc_" + i,
                    "email",
                    i == 7 ? "no address" : i == 23 ? "taken@example.com" : "p" + i + "@example.com"));
        }
        Map<String, Outcome> outcomes = writeMany(writes);
        for (int i = 0; i < 40; i++) {
            if (i != 7 && i != 23) {
                assertThat(outcomes.get("k" + i)).isInstanceOf(Outcome.Done.class);
            }
        }
        Outcome.Rejected bad = (Outcome.Rejected) outcomes.get("k7");
        assertThat(bad.kind()).isEqualTo(Rejection.INVALID);
        assertThat(bad.property()).isEqualTo("email");
        Outcome.Rejected taken = (Outcome.Rejected) outcomes.get("k23");
        assertThat(taken.kind()).isEqualTo(Rejection.UNIQUE);
        assertThat(taken.existing()).isEqualTo(contact(holder));
        assertThat(taken.message() + bad.message()).doesNotContain("@", "no address");
    }

    @Test
    void single_change_to_a_taken_email_names_the_holder() {
        portal.setUp();
        String holder = portal.create("ctc_1", "email", "a@example.com");
        String other = portal.create("ctc_2", "email", "b@example.com");
        Outcome.Rejected taken = (Outcome.Rejected) write(changing("k", other, "email", "a@example.com"));
        assertThat(taken.kind()).isEqualTo(Rejection.UNIQUE);
        assertThat(taken.property()).isEqualTo("email");
        assertThat(taken.existing()).isEqualTo(contact(holder));
    }

    @Test
    void property_that_does_not_exist_is_refused_by_name() {
        portal.setUp();
        String id = portal.create("ctc_1");
        assertThat(((Outcome.Rejected) write(changing("k", id, "no_such_property", "x"))).property())
                .isEqualTo("no_such_property");
    }

    @Test
    void merged_archived_and_unknown_contacts_are_told_apart() {
        portal.setUp();
        String a = portal.create("ctc_a", "firstname", "A");
        String b = portal.create("ctc_b", "firstname", "B");
        String c = portal.create("ctc_c", "firstname", "C");
        String d = portal.create("ctc_d", "firstname", "D");
        JsonNode merge = portal.admin(
                "POST",
                "/edits",
                Json.object().put("op", "merge").put("primary", a).put("secondary", b));
        String survivor = merge.path("results").path(0).path("id").asText();
        assertThat(((Archives) portal.adapter).archive(contact(c))).isInstanceOf(Outcome.Done.class);

        assertThat(read(a))
                .isInstanceOfSatisfying(
                        Read.MergedInto.class,
                        merged -> assertThat(merged.into()).isEqualTo(contact(survivor)));
        Map<RecordRef, Read> reads = ((ReadsMany) portal.adapter)
                .readMany(List.of(contact(a), contact(b), contact(c), contact(d), contact("999999999999")));
        assertThat(((Read.MergedInto) reads.get(contact(a))).into()).isEqualTo(contact(survivor));
        assertThat(((Read.MergedInto) reads.get(contact(b))).into()).isEqualTo(contact(survivor));
        assertThat(reads.get(contact(c)))
                .isInstanceOfSatisfying(
                        Read.Gone.class, gone -> assertThat(gone.restorable()).isTrue());
        assertThat(reads.get(contact(d))).isInstanceOf(Read.Found.class);
        assertThat(reads.get(contact("999999999999"))).isEqualTo(new Read.NotVisible());
        assertThat(((Archives) portal.adapter).archive(contact(c))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void walk_shows_every_contact_once() {
        portal.setUp();
        Set<String> created = new HashSet<>();
        seed(250).forEach(id -> created.add(id.asText()));
        List<String> walked = new ArrayList<>();
        String cursor = null;
        do {
            Page page = ((ListsAll) portal.adapter).list("contact", cursor);
            page.events().forEach(event -> walked.add(event.ref().id()));
            cursor = page.next();
        } while (cursor != null);
        assertThat(walked).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(created);
    }

    private JsonNode seed(int count) {
        var body = Json.object();
        for (int i = 0; i < count; i++) {
            body.withArrayProperty("contacts")
                    .addObject()
                    .putObject("properties")
                    .put("firstname", "s" + i);
        }
        return portal.admin("POST", "/contacts", body).path("ids");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void changes_are_listed_whole_though_many_share_a_millisecond(boolean allFields) {
        portal.setUp().dial("search.require_all_fields", allFields);
        portal.dial("limits.search_per_second", 1000);
        Instant before = Instant.now();
        Set<String> created = new HashSet<>();
        seed(1_200).forEach(id -> created.add(id.asText()));
        ListsChanges lists = (ListsChanges) portal.adapter;
        Set<String> told = new HashSet<>();
        Page page;
        String cursor = lists.cursorAt("contact", before);
        do {
            page = lists.changes("contact", cursor);
            page.events().forEach(event -> told.add(event.ref().id()));
            cursor = page.next();
        } while (!page.events().isEmpty());
        assertThat(told).isEqualTo(created);
    }

    @Test
    void change_that_the_index_shows_late_is_told_by_a_later_poll() {
        portal.setUp().dial("search.index_delay_ms", 600_000);
        portal.dial("limits.search_per_second", 1000);
        ListsChanges lists = (ListsChanges) portal.adapter;
        String cursor = lists.cursorAt("contact", Instant.now());
        String id = portal.create("ctc_1");
        Page early = lists.changes("contact", cursor);
        assertThat(early.events()).isEmpty();
        portal.admin("POST", "/index", Json.object());
        assertThat(lists.changes("contact", String.valueOf(early.next())).events())
                .extracting(event -> event.ref().id())
                .contains(id);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "rate_limited, RATE_LIMITED",
        "server_error, TRANSIENT",
        "reset, TRANSIENT",
        "html, TRANSIENT",
        "lost_answer, TRANSIENT",
        "cut_answer, TRANSIENT",
        "unauthorized, AUTH",
        "locked, TRANSIENT",
        "migrating, TRANSIENT",
    })
    void fault_of_a_read_is_typed(String kind, SyncException.Kind expected) {
        portal.setUp();
        String id = portal.create("ctc_1");
        // The JDK's client asks a few times more when a GET finds its connection closed.
        portal.fault(kind, "/contacts/" + id, 10);
        assertThatThrownBy(() -> read(id))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(expected))
                .hasMessageNotContaining(portal.sandbox.hubSpot().token());
        portal.mend();
        assertThat(read(id)).isInstanceOf(Read.Found.class);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "rate_limited, Deferred",
        "server_error, Unknown",
        "reset, Unknown",
        "html, Unknown",
        "lost_answer, Unknown",
        "cut_answer, Unknown",
        "locked, Deferred",
        "migrating, Deferred",
    })
    void fault_of_a_write_never_claims_more_than_is_certain(String kind, String expected) {
        portal.setUp();
        String id = portal.create("ctc_1");
        portal.fault(kind, "/contacts/" + id, 1);
        assertThat(write(changing("k", id, "firstname", "Ana")).getClass().getSimpleName())
                .isEqualTo(expected);
        portal.fault(kind, "/batch/update", 1);
        assertThat(writeMany(List.of(changing("k", id, "firstname", "Ana")))
                        .get("k")
                        .getClass()
                        .getSimpleName())
                .isEqualTo(expected);
    }

    @Test
    void remaining_calls_are_reported() {
        portal.setUp();
        read("1");
        assertThat(portal.reports)
                .anyMatch(report -> report.quotaKey().equals("burst") && report.limit() == 190)
                .anyMatch(report -> report.quotaKey().equals("daily") && report.remaining() > 0);
        assertThat(portal.reports).extracting(QuotaReport::blockedFor).containsOnlyNulls();
    }
}
