package dev.crmsync.tests.pipedrive;

import static dev.crmsync.tests.pipedrive.Office.creating;
import static dev.crmsync.tests.pipedrive.Office.list;
import static dev.crmsync.tests.pipedrive.Office.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.ListsChanges;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsMany;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Set-up, persons, lists and limits. */
class PipedriveAgainstSandboxTest {
    private final Office office = new Office();

    @AfterEach
    void stop() {
        office.close();
    }

    private static Map<String, Object> address(String value, boolean primary) {
        return Map.of("value", value, "label", "home", "primary", primary);
    }

    @Test
    void empty_company_is_set_up_once_and_a_dry_run_makes_nothing() {
        assertThat(office.setUp(true))
                .extracting(SetupStep::state)
                .contains(SetupStep.State.MISSING)
                .doesNotContain(SetupStep.State.MADE, SetupStep.State.BY_HAND);
        assertThat(office.people.webhooks()).isEmpty();
        assertThat(office.passwords).isEmpty();
        assertThat(office.admin.requests("POST /api/v2/personFields")).isZero();

        assertThat(office.setUp(false))
                .filteredOn(step -> step.state() == SetupStep.State.MADE)
                .extracting(SetupStep::what)
                .hasSize(7)
                .anyMatch(what -> what.contains("'Kirim contact id' of persons"))
                .anyMatch(what -> what.contains("'Segment' of persons"))
                .anyMatch(what -> what.contains("'Kirim conversation id' of deals"))
                .contains("password of the webhooks");
        assertThat(office.passwords).hasSize(1);
        assertThat(office.people.webhooks())
                .extracting(row -> row.get("event_object"))
                .containsExactlyInAnyOrder("person", "deal", "user");

        assertThat(office.setUp(false)).extracting(SetupStep::state).containsOnly(SetupStep.State.PRESENT);
        assertThat(office.people.webhooks()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"null, cleared, 200", "absent, kept, 201"})
    void person_is_created_changed_cleared_and_found_again(String missing, String empty, String status) {
        office.setUp()
                .admin
                .turn(Map.of("custom.missing", missing, "custom.empty_text", empty, "writes.created_status", status));
        String id = office.create(
                "ctc_1", "name", " Mary Ann Lee ", "email", "Ana@Example.com", "custom_fields.Segment", "gold");

        assertThat(office.found(id))
                .containsEntry("name", NativeValue.text("Mary Ann Lee"))
                .containsEntry("email", NativeValue.text("Ana@Example.com"))
                .containsEntry("phone", NativeValue.EMPTY)
                .containsEntry("label_ids", list())
                .containsEntry("custom_fields.Kirim contact id", NativeValue.text("ctc_1"))
                .containsEntry("custom_fields.Segment", NativeValue.text("gold"));

        Outcome.Done done = (Outcome.Done)
                office.change(id, "name", "Ana", "email", "", "phone", "+62 812", "custom_fields.Segment", "");
        assertThat(done.record()).isNotNull();
        assertThat(office.found(id))
                .containsEntry("name", NativeValue.text("Ana"))
                .containsEntry("email", NativeValue.EMPTY)
                .containsEntry("phone", NativeValue.text("+62 812"));
        assertThat(office.found(id)).containsEntry("custom_fields.Segment", NativeValue.EMPTY);
        assertThat(office.walked(office.adapter, "contact").get(0).properties())
                .containsEntry("custom_fields.Segment", NativeValue.EMPTY);

        office.pass(Duration.ofSeconds(10));
        assertThat(((Read.Found) office.find("ctc_1")).record().ref()).isEqualTo(person(id));
        assertThat(office.find("CTC_1")).isInstanceOf(Read.Gone.class);
        assertThat(((Outcome.Rejected) office.change(id, "name", "")).kind()).isEqualTo(Rejection.REQUIRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "absent"})
    void field_that_the_account_has_no_longer_is_not_empty(String missing) {
        office.setUp().admin.turn("custom.missing", missing);
        String id = office.create("ctc_1", "name", "Ana", "custom_fields.Segment", "gold");
        String other = office.create("ctc_2", "name", "Bob");
        assertThat(office.found(other)).containsEntry("custom_fields.Segment", NativeValue.EMPTY);
        office.deleteField("Segment");
        office.pass(Duration.ofMinutes(6));

        assertThat(office.found(id)).doesNotContainKey("custom_fields.Segment");
        assertThat(office.found(other)).doesNotContainKey("custom_fields.Segment");
    }

    @Test
    void create_whose_answer_was_lost_is_found_once_the_index_has_it() {
        office.setUp().admin.fault("lost_answer", 1, Map.of("method", "POST", "path", "/persons"));
        office.admin.turn("search.lag_ms", 60_000);

        assertThat(office.write(creating("ctc_1", "name", "Ana"))).isInstanceOf(Outcome.Unknown.class);
        assertThat(office.find("ctc_1")).isInstanceOf(Read.Gone.class);
        office.pass(Duration.ofMinutes(2));

        assertThat(((Read.Found) office.find("ctc_1")).record().properties())
                .containsEntry("name", NativeValue.text("Ana"));
        assertThat(office.people.all("persons")).hasSize(1);
    }

    @Test
    void create_that_was_never_seen_is_not_found() {
        office.setUp().admin.fault("reset", 1, Map.of("method", "POST", "path", "/persons"));
        assertThat(office.write(creating("ctc_1", "name", "Ana"))).isInstanceOf(Outcome.Unknown.class);
        office.pass(Duration.ofMinutes(20));
        assertThat(office.find("ctc_1")).isInstanceOf(Read.Gone.class);
        assertThat(office.people.all("persons")).isEmpty();
    }

    @Test
    void hit_that_was_deleted_or_bears_another_key_by_now_is_none() {
        office.setUp();
        String id = office.create("ctc_1", "name", "Ana");
        office.pass(Duration.ofMinutes(1));
        office.admin.turn("search.lag_ms", 600_000);
        office.people.delete("person", id);
        assertThat(office.find("ctc_1")).isInstanceOf(Read.Gone.class);
    }

    @Test
    void other_addresses_stay_and_the_primary_one_is_exchanged() {
        String id = withTwoAddresses();
        assertThat(office.change(id, "email", "SECOND@example.com")).isInstanceOf(Outcome.Done.class);
        assertThat(office.found(id)).containsEntry("email", NativeValue.text("SECOND@example.com"));
        assertThat(office.change(id, "email", "third@example.com")).isInstanceOf(Outcome.Done.class);
        assertThat(office.held("persons", id).get("emails"))
                .isEqualTo(List.of(address("third@example.com", true), address("first@example.com", false)));
        assertThat(((Outcome.Rejected) office.change(id, "email", "")).property())
                .isEqualTo("email");
    }

    @Test
    void where_arrays_are_added_to_the_answer_tells_what_stands_there() {
        String id = withTwoAddresses();
        office.admin.turn("channels.patch", "append");
        Outcome.Done done = (Outcome.Done) office.change(id, "email", "second@example.com");
        assertThat(Objects.requireNonNull(done.record()).properties())
                .containsEntry("email", office.found(id).get("email"));
    }

    private String withTwoAddresses() {
        office.setUp();
        String id = office.create("ctc_1", "name", "Ana");
        List<Map<String, Object>> both =
                List.of(address("second@example.com", false), address("first@example.com", true));
        office.people.patch("person", id, Map.of("emails", both));
        return id;
    }

    @ParameterizedTest
    @ValueSource(strings = {"label_ids", "label"})
    void labels_are_made_as_they_are_needed_and_those_of_others_stay(String code) {
        office.setUp().admin.turn("labels.field_code", code);
        String id = office.create("ctc_1", "name", "Ana");

        assertThat(office.change(id, Map.of("label_ids", list("VIP", "Past Due", "hot lead"))))
                .isInstanceOf(Outcome.Done.class);
        assertThat(office.found(id).get("label_ids"))
                .satisfies(labels -> assertThat(((NativeValue.Items) Objects.requireNonNull(labels)).items())
                        .containsExactlyInAnyOrderElementsOf(
                                list("Hot lead", "Past Due", "VIP").items()));
        String other = office.create("ctc_2", "name", "Bob");
        assertThat(office.change(other, Map.of("label_ids", list("VIP")))).isInstanceOf(Outcome.Done.class);
        assertThat(office.held("persons", other).get("label_ids"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(1);
        assertThat(office.admin.requests("POST /api/v2/personFields/{field_code}/options"))
                .isEqualTo(2);

        assertThat(office.change(id, Map.of("label_ids", list("VIP")))).isInstanceOf(Outcome.Done.class);
        assertThat(office.found(id).get("label_ids")).isEqualTo(list("VIP"));
        assertThat(office.change(id, Map.of("label_ids", NativeValue.EMPTY))).isInstanceOf(Outcome.Done.class);
        assertThat(office.found(id).get("label_ids")).isEqualTo(list());
    }

    @Test
    void label_that_may_not_be_added_is_no_option_and_one_that_was_renamed_is_named_anew() {
        office.setUp().admin.turn("labels.options_writable", false);
        String id = office.create("ctc_1", "name", "Ana");
        assertThat(((Outcome.Rejected) office.change(id, Map.of("label_ids", list("VIP")))).kind())
                .isEqualTo(Rejection.NOT_AN_OPTION);
        String vip = office.people.makeLabel("person", "VIP");
        assertThat(office.change(id, Map.of("label_ids", list("VIP")))).isInstanceOf(Outcome.Done.class);
        office.people.renameLabel("person", vip, "Very important");
        office.pass(Duration.ofMinutes(6));
        assertThat(office.found(id).get("label_ids")).isIn(list("VIP"), list("Very important"));
    }

    @Test
    void persons_that_are_deleted_merged_hidden_and_unknown_are_told_apart() {
        office.setUp();
        String there = office.create("ctc_1", "name", "There");
        String deleted = office.create("ctc_2", "name", "Deleted");
        String loser = office.create("ctc_3", "name", "Loser");
        office.people.delete("person", deleted);
        office.people.merge(loser, there);
        List<RecordRef> refs = new ArrayList<>(List.of(person(there), person(deleted), person(loser), person("999")));
        Map<RecordRef, Read> few = ((ReadsMany) office.adapter).readMany(refs);
        List<RecordRef> many = new ArrayList<>(refs);
        for (int i = 0; i < 20; i++) {
            many.add(person(office.create("more_" + i, "name", "More")));
        }
        for (Map<RecordRef, Read> reads : List.of(few, ((ReadsMany) office.adapter).readMany(many))) {
            assertThat(reads.get(person(there))).isInstanceOf(Read.Found.class);
            assertThat(reads.get(person(deleted))).isInstanceOf(Read.Gone.class);
            assertThat(reads.get(person(loser))).isEqualTo(new Read.NotVisible());
            assertThat(reads.get(person("999"))).isEqualTo(new Read.NotVisible());
        }
        for (String get : List.of("404", "410")) {
            office.admin.turn("deleted.get", get);
            assertThat(office.read(person(deleted))).isNotInstanceOf(Read.Found.class);
        }
    }

    @Test
    void walk_shows_every_person_once_and_no_deleted_one() {
        office.setUp();
        List<String> seeded = seed(1_100);
        office.people.delete("person", seeded.get(3));
        assertThat(office.walked(office.adapter, "contact"))
                .extracting(event -> event.ref().id())
                .doesNotHaveDuplicates()
                .hasSize(1_099)
                .doesNotContain(seeded.get(3));
    }

    private List<String> seed(int count) {
        List<Map<String, Object>> persons = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            persons.add(Map.of("name", "s" + i));
        }
        return office.admin.seed(persons);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void changes_are_listed_whole_though_many_share_a_second_and_rows_move_meanwhile(boolean milliseconds) {
        office.setUp().admin.turn("rest.update_time_ms", milliseconds);
        String from = office.cursorAt("contact", office.clock.instant());
        List<String> seeded = seed(1_200);
        Set<String> told = new HashSet<>();
        ListsChanges lists = (ListsChanges) office.adapter;
        Page page = lists.changes("contact", from);
        page.events().forEach(event -> told.add(event.ref().id()));
        // Somebody edits one that was shown, and one that was not yet, while the poll is under way.
        office.people.patch("person", seeded.get(0), Map.of("name", "edited"));
        office.people.patch("person", seeded.get(1_100), Map.of("name", "edited"));
        Office.Polled rest = office.poll("contact", String.valueOf(page.next()));
        rest.events().forEach(event -> told.add(event.ref().id()));
        assertThat(told).containsAll(seeded);
        assertThat(rest.events())
                .filteredOn(event -> event.ref().equals(person(seeded.get(0))))
                .extracting(event -> event.properties().get("name"))
                .containsOnly(NativeValue.text("edited"));
    }

    @Test
    void next_poll_reaches_back_by_the_overlap() {
        office.setUp();
        Office.Polled first = office.poll("contact", office.cursorAt("contact", office.clock.instant()));
        String id = office.create("ctc_1", "name", "Ana");
        Office.Polled second = office.poll("contact", first.next());
        assertThat(second.events()).extracting(ChangeEvent::ref).containsExactly(person(id));
        assertThat(office.poll("contact", second.next()).events())
                .as("the overlap shows it once more")
                .extracting(ChangeEvent::ref)
                .contains(person(id));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deleted_person_that_a_list_shows_is_told_as_deleted(boolean shown) {
        office.setUp().admin.turn(Map.of("deleted.in_updated_since", shown, "deleted.in_ids", shown));
        String from = office.cursorAt("contact", office.clock.instant());
        String id = office.create("ctc_1", "name", "Ana");
        office.people.delete("person", id);
        List<ChangeEvent> events = office.poll("contact", from).events();
        if (shown) {
            assertThat(events).extracting(ChangeEvent::kind).containsExactly(ChangeKind.DELETE);
        } else {
            assertThat(events).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "rate_limited, RATE_LIMITED",
        "server_error, TRANSIENT",
        "reset, TRANSIENT",
        "lost_answer, TRANSIENT",
        "cut_answer, TRANSIENT",
        "unauthorized, AUTH",
    })
    void fault_of_a_read_is_typed(String kind, SyncException.Kind expected) {
        office.setUp();
        String id = office.create("ctc_1", "name", "Ana");
        // The JDK's client asks a few times more when a GET finds its connection closed.
        office.admin.fault(kind, 10, Map.of("path", "/persons/" + id));
        assertThatThrownBy(() -> office.read(person(id)))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(expected))
                .hasMessageNotContaining(office.sandbox.pipedrive().token());
        office.admin.any("DELETE", "/faults", null);
        assertThat(office.read(person(id))).isInstanceOf(Read.Found.class);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "rate_limited, Deferred",
        "server_error, Unknown",
        "reset, Unknown",
        "lost_answer, Unknown",
        "cut_answer, Unknown",
    })
    void fault_of_a_write_never_claims_more_than_is_certain(String kind, String expected) {
        office.setUp();
        String id = office.create("ctc_1", "name", "Ana");
        office.admin.fault(kind, 1, Map.of("method", "PATCH"));
        assertThat(office.change(id, "name", "Bob").getClass().getSimpleName()).isEqualTo(expected);
    }

    @Test
    void tokens_of_the_day_that_are_spent_put_calls_off_and_the_firewall_is_a_limit_too() {
        office.setUp();
        String id = office.create("ctc_1", "name", "Ana");
        office.admin.turn(Map.of("limits.daily_tokens", 1, "limits.abuse_after", 3));
        Outcome.Deferred spent = (Outcome.Deferred) office.change(id, "name", "Bob");
        assertThat(spent.quotaKey()).isEqualTo("tokens");
        assertThat(spent.retryAfter()).isEqualTo(Duration.ofMinutes(15));
        for (int i = 0; i < 3; i++) {
            assertThat(office.change(id, "name", "Bob")).isInstanceOf(Outcome.Deferred.class);
        }
        // Whoever goes on is shut out with a page.
        Outcome.Deferred shut = (Outcome.Deferred) office.change(id, "name", "Bob");
        assertThat(shut.retryAfter()).isEqualTo(Duration.ofMinutes(10));
        assertThatThrownBy(() -> office.read(person(id)))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.RATE_LIMITED));
        assertThat(office.reports)
                .anyMatch(report -> report.quotaKey().equals("tokens")
                        && Duration.ofMinutes(10).equals(report.blockedFor()));

        office.admin.turn("limits.daily_tokens", 210_000);
        office.pass(Duration.ofMinutes(10));
        assertThat(office.change(id, "name", "Bob")).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void spent_burst_is_left_alone_until_it_comes_back() {
        office.setUp();
        String id = office.create("ctc_1", "name", "Ana");
        office.admin.turn("limits.burst", 2);
        Outcome.Deferred spent = null;
        for (int i = 0; i < 4 && spent == null; i++) {
            spent = office.change(id, "name", "n" + i) instanceof Outcome.Deferred deferred ? deferred : null;
        }
        assertThat(spent).isNotNull();
        assertThat(spent.quotaKey()).isEqualTo("burst");
        office.pass(Duration.ofSeconds(3));
        assertThat(office.change(id, "name", "Bob")).isInstanceOf(Outcome.Done.class);
        assertThat(office.reports).anyMatch(report -> report.quotaKey().equals("burst") && report.limit() == 120);
    }
}
