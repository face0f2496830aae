package dev.crmsync.tests.notion;

import static dev.crmsync.tests.notion.Studio.KEY;
import static dev.crmsync.tests.notion.Studio.contact;
import static dev.crmsync.tests.notion.Studio.creating;
import static dev.crmsync.tests.notion.Studio.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.adapter.notion.Notion;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Set-up, and pages of contacts one by one. */
class NotionAgainstSandboxTest {
    private Studio studio = new Studio();

    @AfterEach
    void stop() {
        studio.close();
    }

    @Test
    void workspace_is_set_up_once_and_a_dry_run_makes_nothing() {
        assertThat(studio.setUp(true))
                .extracting(SetupStep::state)
                .contains(SetupStep.State.MISSING)
                .doesNotContain(SetupStep.State.MADE);
        assertThat(studio.admin.requests("PATCH /v1/data_sources/{id}")).isZero();

        assertThat(studio.setUp(false))
                .filteredOn(step -> step.state() == SetupStep.State.MADE)
                .extracting(SetupStep::what)
                .hasSize(7)
                .anyMatch(what -> what.contains("'Kirim contact id' of the contacts (rich_text)"))
                .anyMatch(what -> what.contains("'Segment' of the contacts (rich_text)"))
                .anyMatch(what -> what.contains("'Contact' of the conversations (relation)"));
        assertThat(studio.setUp(false))
                .extracting(SetupStep::state)
                .doesNotContain(SetupStep.State.MADE, SetupStep.State.MISSING);
    }

    @Test
    void set_up_says_what_a_person_must_do_where_nothing_is_shared_or_a_database_is_named() {
        String database = studio.sandbox.notion().databaseId();
        assertThat(told(studio.definition().contacts(database)))
                .anyMatch(what -> what.contains("that of a database") && what.contains(studio.contacts));
        studio.people.unshare(database);
        assertThat(told(studio.definition())).anyMatch(what -> what.contains("share the database of the contacts"));
    }

    private List<String> told(Notion definition) {
        Adapter adapter = studio.adapter(definition);
        return ((SetsUp) adapter)
                .setUp(adapter.defaultMappings(), true).stream()
                        .filter(step -> step.state() == SetupStep.State.BY_HAND)
                        .map(SetupStep::what)
                        .toList();
    }

    @Test
    void property_that_may_not_be_made_is_left_to_a_person() {
        studio.admin.turn("capabilities.edit_data_source", false);
        assertThat(studio.setUp(false))
                .extracting(SetupStep::state)
                .contains(SetupStep.State.BY_HAND)
                .doesNotContain(SetupStep.State.MADE);
    }

    @ParameterizedTest
    @CsvSource({"merged, cleared, minute", "split, rejected, ms", "kept, cleared, minute"})
    void contact_is_created_changed_cleared_and_found_again(String segments, String empty, String grain) {
        studio.setUp()
                .admin
                .turn(Map.of("rich_text.segments", segments, "email_phone.empty", empty, "times.grain", grain));
        RecordRef ref = studio.create("ctc_1", "title", "Mary Ann Lee", "Email", " Ana@Example.com", "Segment", "gold");
        assertThat(studio.found(ref))
                .containsEntry("properties.title", NativeValue.text("Mary Ann Lee"))
                .containsEntry("properties.Email", NativeValue.text("Ana@Example.com"))
                .containsEntry("properties.Phone", NativeValue.EMPTY)
                .containsEntry("properties.Labels", list())
                .containsEntry(KEY, NativeValue.text("ctc_1"))
                .containsEntry("properties.Segment", NativeValue.text("gold"));

        Outcome.Done done =
                (Outcome.Done) studio.change(ref, "title", "Ana", "Email", "", "Phone", "+62 812", "Segment", "");
        assertThat(done.record()).isNotNull();
        assertThat(studio.found(ref))
                .containsEntry("properties.title", NativeValue.text("Ana"))
                .containsEntry("properties.Email", NativeValue.EMPTY)
                .containsEntry("properties.Phone", NativeValue.text("+62 812"))
                .containsEntry("properties.Segment", NativeValue.EMPTY);
        assertThat(((Read.Found) studio.find("ctc_1")).record().ref()).isEqualTo(ref);
        assertThat(studio.find("ctc_2")).isInstanceOf(Read.Gone.class);
        assertThat(studio.find("CTC_1")).as("keys differ by case").isInstanceOf(Read.Gone.class);
        assertThat(studio.people.values(ref.id())).containsEntry("Name", "Ana").containsEntry("Email", null);
    }

    @Test
    void create_whose_answer_was_lost_is_found_once_the_query_has_it() {
        studio.setUp().admin.fault("lost_answer", 1, Map.of("method", "POST", "path", "/v1/pages"));
        studio.admin.turn("query.lag_ms", 60_000);

        assertThat(studio.write(creating("ctc_1", "title", "Ana"))).isInstanceOf(Outcome.Unknown.class);
        assertThat(studio.find("ctc_1")).isInstanceOf(Read.Gone.class);
        studio.pass(Duration.ofMinutes(2));
        assertThat(((Read.Found) studio.find("ctc_1")).record().properties())
                .containsEntry("properties.title", NativeValue.text("Ana"));
        assertThat(studio.people.pages()).hasSize(1);
    }

    @Test
    void create_that_was_never_seen_is_not_found() {
        studio.setUp().admin.fault("reset", 1, Map.of("method", "POST", "path", "/v1/pages"));
        assertThat(studio.write(creating("ctc_1", "title", "Ana"))).isInstanceOf(Outcome.Unknown.class);
        assertThat(studio.find("ctc_1")).isInstanceOf(Read.Gone.class);
        assertThat(studio.people.pages()).isEmpty();
    }

    @Test
    void hit_that_was_trashed_or_bears_another_key_by_now_is_none() {
        studio.setUp();
        RecordRef trashed = studio.create("ctc_1", "title", "Ana");
        RecordRef another = studio.create("ctc_2", "title", "Bob");
        studio.pass(Duration.ofMinutes(1));
        studio.admin.turn("query.lag_ms", 600_000);
        studio.people.delete(trashed.id());
        studio.people.patch(another.id(), Map.of("Kirim contact id", "ctc_3"));
        assertThat(studio.find("ctc_1")).isInstanceOf(Read.Gone.class);
        assertThat(studio.find("ctc_2")).isInstanceOf(Read.Gone.class);
    }

    @Test
    void without_its_property_for_the_join_key_no_contact_is_made() {
        assertThatThrownBy(() -> studio.write(creating("ctc_1", "title", "Ana")))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.AUTH));
        assertThat(studio.people.pages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"merged", "split", "kept"})
    void long_text_goes_out_in_pieces_and_comes_back_whole(String segments) {
        studio.setUp().admin.turn("rich_text.segments", segments);
        // A character of two halves stands where a piece would end.
        String text = "x".repeat(1_999) + "🌴" + "y".repeat(4_321);
        RecordRef ref = studio.create("ctc_1", "title", text, "Segment", text);
        assertThat(studio.found(ref))
                .containsEntry("properties.title", NativeValue.text(text))
                .containsEntry("properties.Segment", NativeValue.text(text));
        assertThat(studio.people.values(ref.id())).containsEntry("Segment", text);

        String most = "z".repeat(200_000);
        assertThat(studio.change(ref, "Segment", most)).isInstanceOf(Outcome.Done.class);
        assertThat(studio.found(ref)).containsEntry("properties.Segment", NativeValue.text(most));
        Outcome.Rejected tooLong = (Outcome.Rejected) studio.change(ref, "Segment", most + "z");
        assertThat(tooLong.kind()).isEqualTo(Rejection.TOO_LONG);
        assertThat(tooLong.property()).isEqualTo("properties.Segment");
    }

    @Test
    void text_that_mentions_more_than_a_page_shows_comes_whole() {
        studio.close();
        studio = new Studio(one -> one.reading("Notes"));
        studio.setUp();
        RecordRef ref = studio.create("ctc_1", "title", "Ana");
        List<Map<String, Object>> pieces = new ArrayList<>();
        StringBuilder whole = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            String id = studio.people.makeUser("Agent " + i, "agent" + i + "@example.com");
            pieces.add(Map.of("mention", Map.of("type", "user", "user", Map.of("id", id))));
            pieces.add(Map.of("text", Map.of("content", " " + i + ", ")));
            whole.append("@mention ").append(i).append(", ");
        }
        studio.people.patch(ref.id(), Map.of("Notes", pieces));
        assertThat(studio.people.values(ref.id())).containsEntry("Notes", whole.toString());
        assertThat(studio.found(ref)).containsEntry("properties.Notes", NativeValue.text(whole.toString()));
    }

    @Test
    void write_that_is_larger_than_notion_takes_is_refused_for_its_longest_text() {
        studio.setUp();
        RecordRef ref = studio.create("ctc_1", "title", "Ana");
        // Of three bytes each: few enough characters, and too many bytes.
        Outcome.Rejected refused =
                (Outcome.Rejected) studio.change(ref, "title", "Bob", "Segment", "語".repeat(180_000));
        assertThat(refused.kind()).isEqualTo(Rejection.TOO_LONG);
        assertThat(refused.property()).isEqualTo("properties.Segment");
        assertThat(studio.admin.requests("PATCH /v1/pages/{id}")).isZero();
    }

    @Test
    void labels_become_options_as_they_are_needed_and_are_written_whole() {
        studio.setUp();
        RecordRef ref = studio.create("ctc_1", "title", "Ana");
        assertThat(studio.change(ref, Map.of("properties.Labels", list("VIP", "Past due"))))
                .isInstanceOf(Outcome.Done.class);
        assertThat(((NativeValue.Items) studio.found(ref).get("properties.Labels")).items())
                .containsExactlyInAnyOrderElementsOf(list("Past due", "VIP").items());
        assertThat(studio.change(ref, Map.of("properties.Labels", list("VIP")))).isInstanceOf(Outcome.Done.class);
        assertThat(studio.found(ref)).containsEntry("properties.Labels", list("VIP"));

        // A person renames the option: pages show the new name, and the old one is another option.
        studio.people.renameOption("Labels", "VIP", "Very important");
        assertThat(studio.found(ref)).containsEntry("properties.Labels", list("Very important"));
        String[] many =
                IntStream.range(0, 60).mapToObj(i -> "label " + (100 + i)).toArray(String[]::new);
        assertThat(studio.change(ref, Map.of("properties.Labels", list(many)))).isInstanceOf(Outcome.Done.class);
        assertThat(studio.found(ref)).containsEntry("properties.Labels", list(many));

        Outcome.Rejected comma = (Outcome.Rejected) studio.change(ref, Map.of("properties.Labels", list("a,b")));
        assertThat(comma.kind()).isEqualTo(Rejection.NOT_AN_OPTION);
        assertThat(studio.change(ref, Map.of("properties.Labels", NativeValue.EMPTY)))
                .isInstanceOf(Outcome.Done.class);
        assertThat(studio.found(ref)).containsEntry("properties.Labels", list());
    }

    @Test
    void option_that_was_removed_meanwhile_is_made_anew() {
        studio.setUp();
        RecordRef ref = studio.create("ctc_1", "title", "Ana");
        assertThat(studio.change(ref, Map.of("properties.Labels", list("VIP")))).isInstanceOf(Outcome.Done.class);
        assertThat(studio.change(ref, Map.of("properties.Labels", list()))).isInstanceOf(Outcome.Done.class);
        studio.people.addOption("Labels", "Rare");
        studio.pass(Duration.ofMinutes(6));
        assertThat(studio.change(ref, Map.of("properties.Labels", list("Rare"))))
                .isInstanceOf(Outcome.Done.class);
        studio.setUp();
        studio.people.removeOption("Labels", "Rare");
        // Its id is refused, the options are read, and what is written next goes by the name.
        assertThat(studio.change(ref, Map.of("properties.Labels", list("Rare", "VIP"))))
                .isInstanceOf(Outcome.Deferred.class);
        assertThat(studio.change(ref, Map.of("properties.Labels", list("Rare", "VIP"))))
                .isInstanceOf(Outcome.Done.class);
        assertThat(((NativeValue.Items) studio.found(ref).get("properties.Labels")).items())
                .containsExactlyInAnyOrderElementsOf(list("Rare", "VIP").items());
    }

    @Test
    void property_may_be_renamed_while_it_is_followed_and_one_that_is_gone_is_not_empty() {
        studio.setUp();
        RecordRef ref = studio.create("ctc_1", "title", "Ana", "Segment", "gold");
        studio.people.renameProperty("Segment", "Worth");
        assertThat(studio.change(ref, "Segment", "platinum")).isInstanceOf(Outcome.Done.class);
        assertThat(studio.found(ref)).containsEntry("properties.Segment", NativeValue.text("platinum"));
        assertThat(studio.people.values(ref.id())).containsEntry("Worth", "platinum");

        studio.people.removeProperty("Worth");
        assertThat(studio.found(ref)).doesNotContainKey("properties.Segment");
        Outcome first = studio.change(ref, "Segment", "gold");
        assertThat(first).isInstanceOf(Outcome.Deferred.class);
        assertThat(((Outcome.Rejected) studio.change(ref, "Segment", "gold")).property())
                .isEqualTo("properties.Segment");
    }

    @Test
    void pages_that_are_trashed_moved_unshared_and_unknown_are_told_apart() {
        studio.setUp();
        RecordRef there = studio.create("ctc_1", "title", "There");
        RecordRef trashed = studio.create("ctc_2", "title", "Trashed");
        RecordRef moved = studio.create("ctc_3", "title", "Moved");
        RecordRef away = studio.create("ctc_4", "title", "Moved out of all");
        studio.people.delete(trashed.id());
        studio.people.move(moved.id(), studio.tickets);
        studio.people.move(away.id(), null);
        assertThat(studio.read(there)).isInstanceOf(Read.Found.class);
        assertThat(((Read.Gone) studio.read(trashed)).restorable()).isTrue();
        assertThat(studio.read(moved)).isEqualTo(new Read.NotVisible());
        assertThat(studio.read(away)).isEqualTo(new Read.NotVisible());
        assertThat(studio.read(contact("11111111-2222-3333-4444-555555555555"))).isEqualTo(new Read.NotVisible());
        for (RecordRef gone : List.of(trashed, moved, away)) {
            assertThat(((Outcome.Rejected) studio.change(gone, "Segment", "x")).kind())
                    .isEqualTo(Rejection.NOT_FOUND);
        }
        // Every page has a title, so Notion takes one wherever the page is now: nobody says that it is done.
        assertThat(studio.change(moved, "title", "x")).isInstanceOf(Outcome.Unknown.class);

        studio.people.unshare(studio.sandbox.notion().databaseId());
        assertThat(studio.read(there)).as("not found is not gone").isEqualTo(new Read.NotVisible());
        assertThat(((Outcome.Rejected) studio.change(there, "title", "x")).kind())
                .isEqualTo(Rejection.NOT_FOUND);
        assertThatThrownBy(() -> studio.walked("contact"))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.AUTH));
        assertThatThrownBy(() -> studio.write(creating("ctc_9", "title", "New")))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.AUTH));
        studio.people.share(studio.sandbox.notion().databaseId());
        studio.people.restore(trashed.id());
        assertThat(studio.read(there)).isInstanceOf(Read.Found.class);
        assertThat(studio.read(trashed)).isInstanceOf(Read.Found.class);
    }

    @Test
    void page_is_put_into_the_trash_once() {
        studio.setUp();
        RecordRef ref = studio.create("ctc_1", "title", "Ana");
        assertThat(studio.archive(ref)).isInstanceOf(Outcome.Done.class);
        assertThat(studio.read(ref)).isInstanceOf(Read.Gone.class);
        assertThat(studio.archive(ref)).isInstanceOf(Outcome.Done.class);
        assertThat(studio.admin.requests("PATCH /v1/pages/{id}")).isEqualTo(1);
        studio.people.restore(ref.id());
        assertThat(studio.read(ref)).isInstanceOf(Read.Found.class);
    }
}
