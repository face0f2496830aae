package dev.crmsync.adapter.hubspot;

import static dev.crmsync.adapter.hubspot.FakeHubSpot.change;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.contact;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.results;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.adapter.hubspot.FakeHubSpot.Answer;
import dev.crmsync.spi.SpiVersion;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.AdapterProvider;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Quota;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.SecretSink;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import dev.crmsync.spi.model.NativeValue;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubSpotTest {
    private static HubSpotAdapter adapter(HubSpot definition) {
        return (HubSpotAdapter) definition.provider().create(config(definition.settings(), definition.secrets()));
    }

    private static AdapterConfig config(Map<String, String> settings, Map<String, SecretSource> secrets) {
        return new AdapterConfig("crm", settings, secrets, SecretSink.refusing(), InstantSource.system(), report -> {});
    }

    @Test
    void provider_is_found_by_its_name() {
        assertThat(ServiceLoader.load(AdapterProvider.class)).anySatisfy(provider -> {
            assertThat(provider.name()).isEqualTo("hubspot");
            assertThat(provider.spiVersion()).isEqualTo(SpiVersion.CURRENT);
        });
    }

    @Test
    void text_of_a_definition_shows_no_value() {
        HubSpot definition =
                HubSpot.privateApp("pat-secret").clientSecret("client-secret").portalId("62515");
        assertThat(definition.toString())
                .contains("portalId", "token", "clientSecret")
                .doesNotContain("pat-secret", "client-secret", "62515");
        assertThat(adapter(definition).toString()).doesNotContain("secret");
    }

    @Test
    void definition_is_not_changed_by_its_copies() {
        HubSpot plain = HubSpot.privateApp("t");
        plain.appId("1").metadata("a", "b").clientSecret("s");
        assertThat(plain.settings()).isEmpty();
        assertThat(plain.secrets()).containsOnlyKeys("token");
    }

    @Test
    void default_mapping_carries_name_email_phone_labels_and_chosen_metadata() {
        Mapping mapping = adapter(HubSpot.privateApp("t")
                        .metadata("crm_segment", "segment")
                        .metadata("crm.tier", "tier"))
                .defaultMappings()
                .get(0);
        assertThat(mapping.type()).isEqualTo("contact");
        assertThat(mapping.externalId()).isEqualTo("kirim_contact_id");
        assertThat(mapping.carrying(Contact.NAME).orElseThrow().lens())
                .isEqualTo(new Lens.Joined(List.of("firstname", "lastname"), " "));
        assertThat(mapping.carrying(Contact.EMAIL).orElseThrow().renderings())
                .containsExactlyInAnyOrder(Rendering.TRIMMED, Rendering.LOWER_CASED);
        assertThat(mapping.carrying(Contact.PHONE).orElseThrow().lens()).isEqualTo(new Lens.Direct("phone"));
        assertThat(mapping.carrying(Contact.LABELS).orElseThrow().lens())
                .isEqualTo(new Lens.Delimited("whatsapp_labels", ";"));
        assertThat(mapping.carrying(Contact.METADATA.entry("crm_segment"))
                        .orElseThrow()
                        .lens())
                .isEqualTo(new Lens.Direct("segment"));
        assertThat(mapping.carrying(Contact.METADATA.entry("other"))).isEmpty();
    }

    @Test
    void declaration_tells_what_may_be_relied_on() {
        TypeDeclaration contact = adapter(HubSpot.privateApp("t").appId("1").overlap(Duration.ofMinutes(2)))
                .declaration()
                .type("contact")
                .orElseThrow();
        assertThat(contact.marksOwnWrites()).isTrue();
        assertThat(contact.createLookup()).isEqualTo(new CreateLookup.UniqueUpsert());
        assertThat(contact.overlap()).isEqualTo(Duration.ofMinutes(2));
        assertThat(contact.mayGoUnobserved()).isNotEmpty();
        assertThat(adapter(HubSpot.privateApp("t"))
                        .declaration()
                        .type("contact")
                        .orElseThrow()
                        .marksOwnWrites())
                .isFalse();
    }

    @Test
    void quotas_follow_the_plan() {
        List<Quota> quotas = adapter(HubSpot.privateApp("t").limits(190, 650_000))
                .declaration()
                .quotas();
        assertThat(quotas)
                .extracting(Quota::key, Quota::calls, Quota::window)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("burst", 190L, Duration.ofSeconds(10)),
                        org.assertj.core.groups.Tuple.tuple("daily", 650_000L, Duration.ofDays(1)),
                        org.assertj.core.groups.Tuple.tuple("search", 5L, Duration.ofSeconds(1)));
        assertThat(quotas)
                .filteredOn(quota -> quota.key().equals("search"))
                .allMatch(quota ->
                        quota.operations().equals(java.util.Set.of(Operation.LIST_CHANGES, Operation.LIST_MEMBERS)));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "baseUrl|http://api.hubapi.com",
                "baseUrl|ftp://x",
                "baseUrl|::",
                "objectsPath|crm/v3",
                "objectsPath|/crm/{id}",
                "appId|abc",
                "portalId|-1",
                "externalId|No Such",
                "metadata.a|Bad-Name",
                "properties|a,B",
                "callsPerTenSeconds|0",
                "callsPerDay|many",
                "overlap|5 minutes",
                "overlap|PT0S",
                "timeout|PT-1S",
            })
    void wrong_setting_is_named_with_its_remedy(String name, String value) {
        assertThatThrownBy(() -> new HubSpotProvider()
                        .create(config(Map.of(name, value), Map.of("token", SecretSource.of("t")))))
                .isInstanceOfSatisfying(SyncException.class, fault -> {
                    assertThat(fault.kind()).isEqualTo(SyncException.Kind.CONFIGURATION);
                    assertThat(fault.subject()).contains(name);
                })
                .hasMessageContaining("must be");
    }

    @Test
    void missing_token_is_named() {
        assertThatThrownBy(() -> new HubSpotProvider().create(config(Map.of(), Map.of())))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("token");
    }

    @Test
    void webhooks_without_a_client_secret_are_refused() {
        assertThat(adapter(HubSpot.privateApp("t")).receive(Vectors.signedV1(Vectors.BODY)))
                .isInstanceOf(Receipt.BadSignature.class);
    }

    @Test
    void public_address_is_what_the_signature_covers() {
        HubSpotAdapter adapter = adapter(HubSpot.privateApp("t")
                .clientSecret(Vectors.SECRET)
                .webhookTarget(URI.create("https://public.example/hook")));
        assertThat(adapter.receive(Vectors.signedV3(
                        "http://127.0.0.1:9/inner",
                        "https://public.example/hook",
                        Vectors.BODY,
                        System.currentTimeMillis())))
                .isInstanceOf(Receipt.Accepted.class);
    }

    @Test
    void one_adapter_serves_many_threads() throws Exception {
        try (FakeHubSpot hubSpot = new FakeHubSpot()) {
            hubSpot.answering(request -> {
                if (request.method().equals("GET")) {
                    String id = request.path().substring(request.path().lastIndexOf('/') + 1);
                    return Answer.of(200, row(id, "2026-05-01T10:00:00Z", "firstname", "n" + id));
                }
                JsonNode input = request.body().path("inputs").path(0);
                return Answer.of(
                        200,
                        results(row(input.path("id").asText(), "2026-05-01T10:00:00Z", "firstname", "x")
                                .put(
                                        "objectWriteTraceId",
                                        input.path("objectWriteTraceId").asText())));
            });
            HubSpotAdapter adapter = hubSpot.adapter();
            ExecutorService threads = Executors.newFixedThreadPool(16);
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String id = Integer.toString(1000 + i);
                results.add(threads.submit(() -> {
                    Read.Found found = (Read.Found) adapter.read(contact(id));
                    Write write = change("k", id, Map.of("firstname", NativeValue.text("x")));
                    Outcome.Done done =
                            (Outcome.Done) adapter.writeMany(List.of(write)).get("k");
                    return found.record().properties().containsValue(NativeValue.text("n" + id))
                            && done.ref().equals(contact(id))
                            && adapter.receive(Vectors.signedV1(Vectors.BODY)) instanceof Receipt.Accepted;
                }));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
            threads.shutdown();
        }
    }

    @Test
    void owners_of_contacts_are_followed_only_when_asked_for_and_bring_users_along() {
        try (FakeHubSpot hubSpot = new FakeHubSpot()) {
            HubSpot plain = hubSpot.definition().tickets(false).notes(false);
            HubSpotAdapter without = hubSpot.adapter(plain);
            HubSpotAdapter with = hubSpot.adapter(plain.contactOwners(true));
            assertThat(without.declaration().types())
                    .extracting(TypeDeclaration::type)
                    .containsExactly("contact");
            assertThat(without.defaultMappings().get(0).fields())
                    .noneMatch(field -> field.field().equals(Contact.OWNER));
            assertThat(with.declaration().types())
                    .extracting(TypeDeclaration::type)
                    .containsExactly("contact", "user");
            assertThat(with.defaultMappings().get(0).fields())
                    .filteredOn(field -> field.field().equals(Contact.OWNER))
                    .singleElement()
                    .satisfies(field ->
                            assertThat(field.lens()).isEqualTo(new Lens.ReferenceTo("hubspot_owner_id", "user")));
        }
    }
}
