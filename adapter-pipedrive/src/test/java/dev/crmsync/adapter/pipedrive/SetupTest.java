package dev.crmsync.adapter.pipedrive;

import static dev.crmsync.adapter.pipedrive.FakePipedrive.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.adapter.pipedrive.FakePipedrive.Answer;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.ManagesSubscriptions.Subscription;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.SetupStep.State;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.FieldMapping;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SetupTest {
    private static final URI TARGET = URI.create("https://app.example.com/webhooks/crm");

    private final FakePipedrive pipedrive = new FakePipedrive();
    private final Company company = new Company();

    @BeforeEach
    void serve() {
        pipedrive.answering(company);
    }

    @AfterEach
    void stop() {
        pipedrive.close();
    }

    private Pipedrive hidden() {
        return pipedrive.definition().companyId("4242").webhookTarget(TARGET, () -> List.of("s3cret"));
    }

    private List<SetupStep> setUp(Pipedrive definition, boolean dryRun) {
        PipedriveAdapter adapter = pipedrive.adapter(definition);
        return adapter.setUp(adapter.defaultMappings(), dryRun);
    }

    private static List<String> of(List<SetupStep> steps, State state) {
        return steps.stream()
                .filter(step -> step.state() == state)
                .map(SetupStep::what)
                .toList();
    }

    @Test
    void dry_run_says_what_is_missing_and_makes_nothing() {
        company.fields
                .get("personFields")
                .removeIf(field -> field.path("field_code").asText().length() == 40);
        List<SetupStep> steps = setUp(hidden().metadata("crm_segment", "Segment"), true);
        assertThat(of(steps, State.MISSING))
                .anyMatch(what -> what.contains("'Kirim contact id' of persons (varchar)"))
                .anyMatch(what -> what.contains("'Segment' of persons (text)"))
                .anyMatch(what -> what.contains("webhook about each person"))
                .anyMatch(what -> what.contains("webhook about each deal"));
        assertThat(of(steps, State.MADE)).isEmpty();
        assertThat(pipedrive.seen).allMatch(request -> request.method().equals("GET"));
        assertThat(steps.toString())
                .doesNotContain("s3cret")
                .doesNotContain("p4ss")
                .doesNotContain(FakePipedrive.TOKEN);
    }

    @Test
    void real_run_makes_what_is_missing_and_a_second_one_nothing() {
        company.fields
                .get("personFields")
                .removeIf(field -> field.path("field_code").asText().length() == 40);
        Pipedrive definition = hidden().metadata("crm_segment", "Segment");
        assertThat(of(setUp(definition, false), State.MADE)).hasSize(5);
        assertThat(company.fields.get("personFields"))
                .extracting(field -> field.path("field_name").asText())
                .contains("Kirim contact id", "Segment");
        assertThat(company.webhooks).hasSize(3).allSatisfy(row -> {
            assertThat(row.path("subscription_url").asText()).isEqualTo(TARGET + "/s3cret");
            assertThat(row.path("version").asText()).isEqualTo("2.0");
            assertThat(row.path("event_action").asText()).isEqualTo("*");
            assertThat(row.path("http_auth_user").asText()).isEqualTo("hook");
            assertThat(row.path("http_auth_password").asText()).isEqualTo("p4ss");
        });
        pipedrive.seen.clear();
        List<SetupStep> again = setUp(definition, false);
        assertThat(of(again, State.MADE)).isEmpty();
        assertThat(of(again, State.MISSING)).isEmpty();
        assertThat(pipedrive.seen).allMatch(request -> request.method().equals("GET"));
    }

    @Test
    void keys_of_this_account_are_told() {
        assertThat(of(setUp(hidden(), true), State.PRESENT)).anyMatch(what -> what.contains(Company.KEY));
    }

    @Test
    void made_field_is_used_at_once() {
        company.fields
                .get("personFields")
                .removeIf(field -> field.path("field_code").asText().equals(Company.KEY));
        PipedriveAdapter adapter = pipedrive.adapter();
        adapter.setUp(adapter.defaultMappings(), false);
        adapter.write(FakePipedrive.newContact("ctc_1", Map.of("name", FakePipedrive.text("Ana"))));
        JsonNode made = company.fields
                .get("personFields")
                .get(company.fields.get("personFields").size() - 1);
        assertThat(company.person("101")
                        .path("custom_fields")
                        .path(made.path("field_code").asText())
                        .asText())
                .isEqualTo("ctc_1");
    }

    @Test
    void what_only_a_person_can_mend_is_said() {
        company.me.put("is_admin", false).put("company_id", 9);
        company.fields.get("personFields").get(1).put("field_type", "monetary");
        company.fields.get("personFields").add(Company.field("d".repeat(40), "Segment", "varchar"));
        company.fields.get("personFields").add(Company.field("e".repeat(40), "Budget", "monetary"));
        List<String> byHand = of(
                setUp(
                        hidden().metadata("a", "Segment")
                                .metadata("b", "Budget")
                                .metadata("c", "f".repeat(40))
                                .labels("Tags"),
                        false),
                State.BY_HAND);
        assertThat(byHand)
                .anyMatch(what -> what.contains("no admin"))
                .anyMatch(what -> what.contains("companyId(\"9\")"))
                .anyMatch(what -> what.contains("no record is looked up"))
                .anyMatch(what -> what.contains("several fields are called 'Segment'"))
                .anyMatch(what -> what.contains("'Budget'") && what.contains("monetary"))
                .anyMatch(what -> what.contains("no field with the key"))
                .anyMatch(what -> what.contains("'Tags'") && what.contains("multiple options"));
    }

    @Test
    void field_that_may_not_be_made_names_the_remedy() {
        company.fields.get("dealFields").clear();
        pipedrive.answering(
                request -> request.method().equals("POST") && request.path().endsWith("dealFields")
                        ? Answer.of(403, error("no"))
                        : company.apply(request));
        assertThat(of(setUp(hidden(), false), State.BY_HAND))
                .anyMatch(what -> what.contains("Kirim conversation id") && what.contains("leave to manage fields"));
    }

    @Test
    void stages_are_compared_with_those_of_the_pipeline() {
        pipedrive.answering(request -> request.path().equals("/api/v2/stages")
                ? Answer.of(
                        200,
                        FakePipedrive.list(
                                Json.object().put("id", 1).put("pipeline_id", 1),
                                Json.object().put("id", 2).put("pipeline_id", 1)))
                : company.apply(request));
        assertThat(of(
                        setUp(hidden().dealPipeline("1", "1:open,2:pending,won:closed,lost:closed"), true),
                        State.PRESENT))
                .anyMatch(what -> what.contains("stages [1, 2]"));
        assertThat(of(setUp(hidden().dealPipeline("1", "1:open,won:closed,lost:closed"), true), State.BY_HAND))
                .anyMatch(what -> what.contains("name each of them"));
    }

    @Test
    void token_that_is_no_good_is_thrown() {
        assertThatThrownBy(() -> setUp(Pipedrive.company("x".repeat(40)).baseUrl(pipedrive.url()), true))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.AUTH));
    }

    @Test
    void mapping_of_ones_own_is_read_only_when_the_definition_names_its_field() {
        PipedriveAdapter adapter = pipedrive.adapter();
        List<SetupStep> steps = adapter.setUp(
                List.of(adapter.defaultMappings()
                        .get(0)
                        .with(FieldMapping.direct(Contact.METADATA.entry("tier"), "custom_fields.Tier"))),
                true);
        assertThat(of(steps, State.BY_HAND)).anyMatch(what -> what.contains("reading(\"Tier\")"));
    }

    @Test
    void webhook_that_pipedrive_has_given_up_is_registered_again_and_the_old_one_deleted() {
        setUp(hidden(), false);
        String dead = company.webhooks
                .get(0)
                .put("is_active", 0)
                .put("remove_reason", "failing")
                .path("id")
                .asText();
        assertThat(of(setUp(hidden(), true), State.MISSING)).hasSize(1);
        assertThat(of(setUp(hidden(), false), State.MADE)).hasSize(1);
        assertThat(company.webhooks)
                .hasSize(3)
                .noneMatch(row -> row.path("id").asText().equals(dead))
                .allMatch(row -> row.path("is_active").asInt() == 1);
    }

    @Test
    void webhook_whose_registration_got_lost_is_not_registered_twice() {
        PipedriveAdapter adapter = pipedrive.adapter(hidden());
        pipedrive.answering(request -> {
            Answer answer = company.apply(request);
            return request.method().equals("POST") ? Answer.cut() : answer;
        });
        assertThatThrownBy(() -> adapter.subscribe(TARGET, List.of("contact"))).isInstanceOf(SyncException.class);
        pipedrive.answering(company);
        Subscription made = adapter.subscribe(TARGET, List.of("contact"));
        assertThat(company.webhooks).hasSize(1);
        assertThat(made.events()).containsExactly("person.*");
    }

    @Test
    void webhooks_of_others_are_left_alone() {
        company.webhooks.add(Json.object()
                .put("id", 1)
                .put("subscription_url", "https://other.example.com/x")
                .put("event_object", "person")
                .put("event_action", "*")
                .put("is_active", 0));
        setUp(hidden(), false);
        assertThat(company.webhooks).hasSize(4).anyMatch(row -> row.path("id").asInt() == 1);
    }

    @Test
    void one_subscription_is_several_webhooks_and_goes_as_one() {
        PipedriveAdapter adapter = pipedrive.adapter(hidden());
        adapter.subscribe(TARGET, List.of("contact", "conversation"));
        List<Subscription> all = adapter.subscriptions();
        assertThat(all).singleElement().satisfies(one -> {
            assertThat(one.events()).containsExactlyInAnyOrder("person.*", "deal.*");
            assertThat(one.active()).isTrue();
        });
        adapter.unsubscribe(all.get(0).id());
        adapter.unsubscribe(all.get(0).id());
        assertThat(company.webhooks).isEmpty();
    }

    @Test
    void password_that_is_not_known_is_made_and_given_to_the_sink_before_anything_bears_it() {
        PipedriveAdapter adapter =
                pipedrive.adapter(pipedrive.definition().webhooks(SecretSource.of("hook"), () -> List.of()));
        adapter.subscribe(TARGET, List.of("contact"));
        String password = pipedrive.stored.get("webhookPassword");
        assertThat(password).hasSizeGreaterThan(40);
        assertThat(company.webhooks.get(0).path("http_auth_password").asText()).isEqualTo(password);
    }

    @Test
    void rotation_registers_all_anew_before_the_old_ones_go() {
        PipedriveAdapter adapter = pipedrive.adapter(hidden());
        String id =
                adapter.subscribe(TARGET, List.of("contact", "conversation")).id();
        pipedrive.seen.clear();
        adapter.rotateSecret(id, Duration.ofHours(24));

        String password = pipedrive.stored.get("webhookPassword");
        assertThat(company.webhooks)
                .hasSize(2)
                .allMatch(row -> row.path("http_auth_password").asText().equals(password));
        assertThat(pipedrive.seen)
                .extracting(FakePipedrive.Seen::method)
                .containsExactly("GET", "POST", "DELETE", "POST", "DELETE");
        assertThatThrownBy(() -> adapter.rotateSecret("999", Duration.ofHours(1)))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.NOT_FOUND));
    }

    @Test
    void limit_of_webhooks_names_the_remedy() {
        pipedrive.answering(request -> request.method().equals("POST")
                ? Answer.of(422, "{\"status\":\"error\",\"success\":false,\"errors\":{\"limit\":[\"reached\"]}}")
                : company.apply(request));
        assertThatThrownBy(() -> pipedrive.adapter(hidden()).subscribe(TARGET, List.of("contact")))
                .hasMessageContaining("40 webhooks");
    }
}
