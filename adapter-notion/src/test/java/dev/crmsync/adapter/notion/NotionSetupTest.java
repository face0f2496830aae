package dev.crmsync.adapter.notion;

import static dev.crmsync.adapter.notion.FakeNotion.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.adapter.notion.FakeNotion.Answer;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.SetupStep.State;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.FieldMapping;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotionSetupTest {
    private final FakeNotion notion = new FakeNotion();
    private final Workspace workspace = new Workspace();

    @BeforeEach
    void serve() {
        notion.answering(workspace);
    }

    @AfterEach
    void stop() {
        notion.close();
    }

    private List<SetupStep> setUp(Notion definition, boolean dryRun) {
        NotionAdapter adapter = notion.adapter(definition);
        return adapter.setUp(adapter.defaultMappings(), dryRun);
    }

    private static List<String> of(List<SetupStep> steps, State state) {
        return steps.stream()
                .filter(step -> step.state() == state)
                .map(SetupStep::what)
                .toList();
    }

    private void emptyDataSources() {
        workspace.source(Workspace.CONTACTS);
        workspace.property(Workspace.CONTACTS, "title", "Name", "title");
        workspace.source(Workspace.TICKETS);
        workspace.property(Workspace.TICKETS, "title", "Name", "title");
    }

    private JsonNode property(String source, String name) {
        return workspace.sources.get(source).path("properties").path(name);
    }

    @Test
    void dry_run_says_what_is_missing_and_makes_nothing() {
        emptyDataSources();
        List<SetupStep> steps = setUp(
                notion.definition()
                        .metadata("crm_segment", "Segment")
                        .webhookTarget(URI.create("https://app.example.com/w")),
                true);
        assertThat(of(steps, State.MISSING))
                .hasSize(10)
                .anyMatch(what -> what.contains("'Kirim contact id' of the contacts (rich_text)"))
                .anyMatch(what -> what.contains("'Email' of the contacts (email)"))
                .anyMatch(what -> what.contains("'Labels' of the contacts (multi_select)"))
                .anyMatch(what -> what.contains("'Contact' of the conversations (relation)"));
        assertThat(of(steps, State.MADE)).isEmpty();
        assertThat(notion.seen).allMatch(request -> request.method().equals("GET"));
        assertThat(steps.toString()).doesNotContain(FakeNotion.TOKEN);
    }

    @Test
    void real_run_makes_what_is_missing_and_a_second_one_nothing() {
        emptyDataSources();
        Notion definition = notion.definition().metadata("crm_segment", "Segment");
        assertThat(of(setUp(definition, false), State.MADE)).hasSize(10);
        assertThat(property(Workspace.CONTACTS, "Phone").path("type").asText()).isEqualTo("phone_number");
        assertThat(property(Workspace.CONTACTS, "Segment").path("type").asText())
                .isEqualTo("rich_text");
        assertThat(property(Workspace.TICKETS, "Status")
                        .path("select")
                        .path("options")
                        .findValuesAsText("name"))
                .containsExactly("Closed", "Open", "Pending");
        assertThat(property(Workspace.TICKETS, "Assignee").path("type").asText())
                .isEqualTo("people");
        assertThat(notion.seen)
                .anyMatch(request -> request.body()
                        .path("properties")
                        .path("Contact")
                        .path("relation")
                        .path("data_source_id")
                        .asText()
                        .equals(Workspace.CONTACTS));
        notion.seen.clear();
        List<SetupStep> again = setUp(definition, false);
        assertThat(of(again, State.MADE)).isEmpty();
        assertThat(of(again, State.MISSING)).isEmpty();
        assertThat(notion.seen).allMatch(request -> request.method().equals("GET"));
    }

    @Test
    void ids_of_this_data_source_are_told() {
        assertThat(of(setUp(notion.definition(), true), State.PRESENT))
                .anyMatch(what -> what.contains("'Email'") && what.contains("em%3A1"));
    }

    @Test
    void made_property_is_used_at_once() {
        emptyDataSources();
        NotionAdapter adapter = notion.adapter();
        adapter.setUp(adapter.defaultMappings(), false);
        adapter.write(FakeNotion.newContact("ctc_1", Map.of("properties.title", FakeNotion.text("Ana"))));
        assertThat(workspace.pages.values())
                .singleElement()
                .satisfies(page -> assertThat(
                                RichText.plain(page.path("properties").path("Kirim contact id")))
                        .isEqualTo("ctc_1"));
    }

    @Test
    void property_of_a_type_that_does_not_fit_is_left_for_a_person() {
        workspace.property(Workspace.CONTACTS, "la%3A1", "Labels", "rich_text");
        workspace.property(Workspace.CONTACTS, "ki%3A1", "Kirim contact id", "number");
        workspace.property(Workspace.TICKETS, "cl%3A1", "Closed at", "date");
        workspace.property(Workspace.TICKETS, "as%3A1", "Assignee", "created_by");
        assertThat(of(setUp(notion.definition(), false), State.BY_HAND))
                .anyMatch(what -> what.contains("'Labels'") && what.contains("make one of type multi_select"))
                .anyMatch(what -> what.contains("'Kirim contact id'") && what.contains("no page is looked up"))
                .anyMatch(what -> what.contains("'Closed at'") && what.contains("whole minutes"))
                .anyMatch(what -> what.contains("'Assignee'") && what.contains("not written"));
    }

    @Test
    void options_of_a_status_are_made_by_a_person() {
        workspace.property(Workspace.TICKETS, "st%3A1", "Status", "status", "Not started", "In progress", "Done");
        assertThat(of(setUp(notion.definition(), false), State.BY_HAND))
                .anyMatch(what -> what.contains("[Closed, Open, Pending]") && what.contains("states("));
        Notion named = notion.definition().status("Status", "Not started:open,In progress:pending,Done:closed");
        assertThat(of(setUp(named, false), State.PRESENT)).anyMatch(what -> what.contains("'Status'"));
    }

    @Test
    void property_that_is_named_by_an_id_and_not_there_is_not_made() {
        assertThat(of(setUp(notion.definition().email("zz%3A9"), false), State.BY_HAND))
                .anyMatch(what -> what.contains("there is no property with the id zz%3A9"));
    }

    @Test
    void refusal_to_make_a_property_is_left_for_a_person() {
        emptyDataSources();
        notion.answering(request -> request.method().equals("PATCH")
                ? Answer.of(403, error(403, "restricted_resource", "Insufficient permissions."))
                : workspace.apply(request));
        assertThat(of(setUp(notion.definition(), false), State.BY_HAND))
                .anyMatch(what -> what.contains("'Email'") && what.contains("or make it in Notion"));
    }

    @Test
    void database_that_is_not_shared_and_an_id_that_is_a_databases_are_told_apart() {
        assertThat(of(setUp(notion.definition().contacts(Workspace.id(0x99)), true), State.BY_HAND))
                .anyMatch(what -> what.contains("share the database of the contacts"));
        assertThat(of(setUp(notion.definition().contacts(Workspace.DATABASE), true), State.BY_HAND))
                .anyMatch(what -> what.contains("name one of its data sources, " + Workspace.CONTACTS + " (People)"));
    }

    @Test
    void bot_and_capabilities_are_told() {
        assertThat(of(setUp(notion.definition(), true), State.BY_HAND))
                .anyMatch(what -> what.contains("add bot(\"" + Workspace.BOT + "\")"))
                .anyMatch(what -> what.contains("user information including e-mail"))
                .noneMatch(what -> what.contains("comments"));
        assertThat(of(setUp(notion.definition().bot(Workspace.BOT).messages("comments"), true), State.BY_HAND))
                .noneMatch(what -> what.contains("add bot("))
                .anyMatch(what -> what.contains("read and insert comments"));
    }

    @Test
    void subscription_is_a_persons_work_and_its_token_is_told_of_without_its_value() {
        assertThat(of(setUp(notion.definition(), true), State.BY_HAND))
                .anyMatch(what -> what.contains("run the set-up without a dry run"));
        notion.tokens = List.of("secret_of_the_subscription");
        List<SetupStep> steps = setUp(notion.definition(), false);
        assertThat(of(steps, State.PRESENT)).anyMatch(what -> what.contains("verification token"));
        assertThat(steps.toString()).doesNotContain("secret_of");
    }

    @Test
    void mapping_that_names_what_is_not_looked_at_is_told() {
        NotionAdapter adapter = notion.adapter();
        var mappings = List.of(adapter.defaultMappings()
                .get(0)
                .with(FieldMapping.direct(Contact.METADATA.entry("tier"), "properties.Segment")));
        assertThat(of(adapter.setUp(mappings, true), State.BY_HAND))
                .anyMatch(what -> what.contains("reading(\"Segment\")"));
    }

    @Test
    void bad_token_is_said_at_once() {
        Notion wrong = Notion.connection("wrong").contacts(Workspace.CONTACTS).baseUrl(notion.url());
        assertThatThrownBy(() -> setUp(wrong, true))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.AUTH));
    }
}
