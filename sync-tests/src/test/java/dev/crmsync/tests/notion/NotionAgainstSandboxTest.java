package dev.crmsync.tests.notion;

import static dev.crmsync.tests.notion.Studio.KEY;
import static dev.crmsync.tests.notion.Studio.list;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Set-up, pages of contacts, lists and limits. */
class NotionAgainstSandboxTest {
    private final Studio studio = new Studio();

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
    void contact_is_created_changed_cleared_and_found_again() {
        studio.setUp();
        RecordRef ref =
                studio.create("ctc_1", "title", " Mary Ann Lee ", "Email", " Ana@Example.com", "Segment", "gold");
        assertThat(studio.found(ref))
                .containsEntry("properties.title", NativeValue.text(" Mary Ann Lee "))
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
    }
}
