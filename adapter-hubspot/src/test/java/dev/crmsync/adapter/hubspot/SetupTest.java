package dev.crmsync.adapter.hubspot;

import static dev.crmsync.adapter.hubspot.FakeHubSpot.error;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.results;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.adapter.hubspot.FakeHubSpot.Answer;
import dev.crmsync.adapter.hubspot.FakeHubSpot.Seen;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Describes.NativeProperty;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.SetupStep.State;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.FieldMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetupTest {
    private static final String PROPERTIES = "/crm/v3/properties/contacts";

    private final FakeHubSpot hubSpot = new FakeHubSpot();
    private final Map<String, ObjectNode> schema = new TreeMap<>();
    private Answer tokenInfo = Answer.of(404, error("NOT_FOUND", "no such path"));

    @BeforeEach
    void standardProperties() {
        for (String name : List.of("firstname", "lastname", "email", "phone")) {
            schema.put(name, property(name));
        }
        hubSpot.answering(this::serve);
    }

    @AfterEach
    void stop() {
        hubSpot.close();
    }

    private static ObjectNode property(String name) {
        return Json.object()
                .put("name", name)
                .put("label", name)
                .put("type", "string")
                .put("fieldType", "text");
    }

    private Answer serve(Seen request) {
        if (request.path().endsWith("/access-token-info")) {
            return tokenInfo;
        } else if (request.path().equals(PROPERTIES) && request.method().equals("POST")) {
            String name = request.body().path("name").asText();
            if (schema.putIfAbsent(name, (ObjectNode) request.body()) != null) {
                return Answer.of(409, error("OBJECT_ALREADY_EXISTS", "exists"));
            }
            return Answer.of(201, request.body());
        } else if (request.path().equals(PROPERTIES)) {
            return Answer.of(200, results(schema.values().toArray(JsonNode[]::new)));
        }
        return Answer.of(200, results());
    }

    private List<SetupStep> setUp(HubSpot definition, boolean dryRun) {
        HubSpotAdapter adapter = hubSpot.adapter(definition.tickets(false).notes(false));
        return adapter.setUp(adapter.defaultMappings(), dryRun);
    }

    private static List<String> of(List<SetupStep> steps, State state) {
        List<String> found = new ArrayList<>();
        steps.stream().filter(step -> step.state() == state).forEach(step -> found.add(step.what()));
        return found;
    }

    @Test
    void dry_run_says_what_is_missing_and_makes_nothing() {
        List<SetupStep> steps = setUp(hubSpot.definition().metadata("crm_segment", "crm_segment"), true);
        assertThat(of(steps, State.MISSING))
                .anySatisfy(
                        what -> assertThat(what).contains("kirim_contact_id").contains("unique"))
                .anySatisfy(what -> assertThat(what).contains("whatsapp_labels"))
                .anySatisfy(what -> assertThat(what).contains("crm_segment"))
                .hasSize(3);
        assertThat(of(steps, State.MADE)).isEmpty();
        assertThat(schema).hasSize(4);
    }

    @Test
    void real_run_makes_what_is_missing_and_a_second_one_nothing() {
        HubSpot definition = hubSpot.definition().metadata("crm_segment", "crm_segment");
        assertThat(of(setUp(definition, false), State.MADE)).hasSize(3);
        assertThat(schema.get("kirim_contact_id").path("hasUniqueValue").asBoolean())
                .isTrue();
        assertThat(schema.get("kirim_contact_id").path("type").asText()).isEqualTo("string");
        assertThat(schema.get("whatsapp_labels").path("hasUniqueValue").asBoolean())
                .isFalse();
        List<SetupStep> again = setUp(definition, false);
        assertThat(of(again, State.MADE)).isEmpty();
        assertThat(of(again, State.MISSING)).isEmpty();
        assertThat(of(again, State.PRESENT)).anyMatch(what -> what.contains("kirim_contact_id"));
    }

    @Test
    void join_key_property_without_unique_values_is_for_a_person() {
        schema.put("kirim_contact_id", property("kirim_contact_id"));
        assertThat(of(setUp(hubSpot.definition(), false), State.BY_HAND))
                .anySatisfy(
                        what -> assertThat(what).contains("kirim_contact_id").contains("unique"));
    }

    @Test
    void property_that_cannot_be_written_is_for_a_person() {
        schema.get("phone").putObject("modificationMetadata").put("readOnlyValue", true);
        assertThat(of(setUp(hubSpot.definition(), true), State.BY_HAND))
                .anySatisfy(what -> assertThat(what).contains("phone").contains("READ_ONLY"));
    }

    @ParameterizedTest
    @CsvSource({"403, crm.schemas.contacts.write", "400, ten properties"})
    void refusal_to_make_a_property_names_the_remedy(int status, String remedy) {
        hubSpot.answering(
                request -> request.method().equals("POST") && request.path().equals(PROPERTIES)
                        ? Answer.of(status, error("X_ERROR", "no"))
                        : serve(request));
        assertThat(of(setUp(hubSpot.definition(), false), State.BY_HAND)).anyMatch(what -> what.contains(remedy));
    }

    @Test
    void property_that_somebody_made_meanwhile_is_present() {
        hubSpot.answering(request -> {
            if (request.method().equals("POST") && request.path().equals(PROPERTIES)) {
                schema.putIfAbsent(request.body().path("name").asText(), (ObjectNode) request.body());
            }
            return serve(request);
        });
        assertThat(of(setUp(hubSpot.definition(), false), State.PRESENT))
                .anyMatch(what -> what.contains("kirim_contact_id"));
    }

    @Test
    void what_only_a_person_can_do_is_said_in_full() {
        List<String> byHand = of(setUp(hubSpot.definition(), true), State.BY_HAND);
        assertThat(byHand)
                .anyMatch(what -> what.contains("project-based app"))
                .anyMatch(what -> what.contains("target URL"))
                .anyMatch(what -> what.contains("firstname")
                        && what.contains("lastname")
                        && what.contains("whatsapp_labels")
                        && what.contains("privacyDeletion")
                        && what.contains("merge"));
    }

    @Test
    void scopes_app_and_account_of_the_token_are_checked() {
        ObjectNode info = Json.object().put("appId", 99).put("hubId", 62515).put("userId", 1);
        info.putArray("scopes").add("crm.objects.contacts.read").add("crm.objects.contacts.write");
        tokenInfo = Answer.of(200, info);
        List<SetupStep> steps = setUp(hubSpot.definition(), true);
        assertThat(of(steps, State.PRESENT)).contains("scope crm.objects.contacts.write");
        assertThat(of(steps, State.BY_HAND))
                .anyMatch(what -> what.contains("crm.schemas.contacts.write"))
                .anyMatch(what -> what.contains("appId(\"99\")"))
                .anyMatch(what -> what.contains("portalId(\"62515\")"));
        assertThat(steps.toString()).doesNotContain(FakeHubSpot.TOKEN);
    }

    @Test
    void token_that_hubspot_does_not_tell_about_is_tried_on_a_read() {
        List<SetupStep> steps = setUp(hubSpot.definition(), true);
        assertThat(of(steps, State.PRESENT)).contains("scope crm.objects.contacts.read");
        assertThat(of(steps, State.BY_HAND)).anyMatch(what -> what.contains("crm.objects.contacts.write"));
    }

    @Test
    void token_that_is_no_good_is_thrown() {
        tokenInfo = Answer.of(401, error("INVALID_AUTHENTICATION", "no"));
        assertThatThrownBy(() -> setUp(hubSpot.definition(), true))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.AUTH))
                .hasMessageNotContaining(FakeHubSpot.TOKEN);
    }

    @Test
    void property_that_a_mapping_names_and_reads_do_not_ask_for_is_pointed_out() {
        HubSpotAdapter adapter = hubSpot.adapter();
        List<SetupStep> steps = adapter.setUp(
                List.of(adapter.defaultMappings()
                        .get(0)
                        .with(FieldMapping.direct(Contact.METADATA.entry("tier"), "tier"))),
                true);
        assertThat(of(steps, State.BY_HAND)).anyMatch(what -> what.contains("reading(\"tier\")"));
        assertThat(of(steps, State.MISSING)).anyMatch(what -> what.contains("property tier"));
    }

    @Test
    void properties_are_described() {
        schema.get("email").put("hasUniqueValue", true).put("calculated", true);
        assertThat(hubSpot.adapter().describe("contact"))
                .contains(
                        new NativeProperty("email", "email", "string/text", false, true),
                        new NativeProperty("phone", "phone", "string/text", true, false));
    }

    @Test
    void what_the_app_may_not_look_at_is_told_among_the_other_steps() {
        hubSpot.answering(request ->
                request.path().contains("/tickets") ? Answer.of(403, error("MISSING_SCOPES", "no")) : serve(request));
        HubSpotAdapter adapter = hubSpot.adapter();
        List<SetupStep> steps = adapter.setUp(adapter.defaultMappings(), false);
        assertThat(of(steps, State.BY_HAND))
                .anyMatch(what -> what.contains("may not look at tickets"))
                .anyMatch(what -> what.contains("subscribe the app to the ticket events"))
                .anyMatch(what -> what.contains("hs_pipeline,") && what.contains("associationChange (to contacts)"));
        assertThat(of(steps, State.MADE)).anyMatch(what -> what.contains("kirim_contact_id"));
    }

    @Test
    void contacts_that_may_not_be_looked_at_and_faults_of_other_kinds_are_thrown() {
        hubSpot.answering(request -> request.path().contains("/tickets")
                ? Answer.of(503, error("SERVER_ERROR", "unavailable"))
                : serve(request));
        HubSpotAdapter adapter = hubSpot.adapter();
        assertThatThrownBy(() -> adapter.setUp(adapter.defaultMappings(), true))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.TRANSIENT));
        hubSpot.answering(request ->
                request.path().equals(PROPERTIES) ? Answer.of(403, error("MISSING_SCOPES", "no")) : serve(request));
        assertThatThrownBy(() -> adapter.setUp(adapter.defaultMappings(), true))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.AUTH));
    }
}
