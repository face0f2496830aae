package dev.crmsync.adapter.kirim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SpiVersion;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.AdapterProvider;
import dev.crmsync.spi.adapter.Archives;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Describes;
import dev.crmsync.spi.adapter.FindsCreated;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.ListsChanges;
import dev.crmsync.spi.adapter.ManagesSubscriptions;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Quota;
import dev.crmsync.spi.adapter.ReadsMany;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.ReceivesWebhooks;
import dev.crmsync.spi.adapter.ReplaysWebhooks;
import dev.crmsync.spi.adapter.SecretSink;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.TagsMany;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.adapter.WritesMany;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KirimTest {
    private static final Kirim KIRIM =
            Kirim.organisation("kdv_live_secret").phoneNumber("119800001").webhookSecret("whsec_secret");

    private static Adapter adapter(Kirim definition) {
        return definition.provider().create(FakeKirim.config(definition, SecretSink.refusing()));
    }

    @Test
    void provider_is_found_by_its_name() {
        assertThat(ServiceLoader.load(AdapterProvider.class)).anySatisfy(provider -> {
            assertThat(provider.name()).isEqualTo("kirim");
            assertThat(provider.spiVersion()).isEqualTo(SpiVersion.CURRENT);
        });
    }

    @Test
    void text_of_a_definition_shows_no_value() {
        assertThat(KIRIM.toString())
                .contains("phoneNumberId", "apiKey", "webhookSecret")
                .doesNotContain("kdv_live", "whsec", "119800001");
        assertThat(adapter(KIRIM).toString()).doesNotContain("secret");
    }

    @Test
    void definition_is_not_changed_by_its_copies() {
        Kirim plain = Kirim.organisation("k");
        plain.phoneNumber("119800001").webhookSecret("s").createdAfter(Instant.EPOCH);
        assertThat(plain.settings()).isEmpty();
        assertThat(plain.secrets()).containsOnlyKeys("apiKey");
    }

    @Test
    void every_setting_of_the_definition_is_taken() {
        Kirim all = KIRIM.displayNumber("+62 812-0000 0001")
                .webhookTarget(URI.create("https://h.example/k"))
                .baseUrl(URI.create("https://api.kirimdev.com/v1"))
                .signatureHeader("X-Kirim-Signature-256")
                .createdAfter(Instant.parse("2026-05-01T00:00:00Z"))
                .writesPerMinute(600)
                .readsPerMinute(6_000)
                .messages(true)
                .team("team-1")
                .conversationPages(3)
                .timeout(Duration.ofSeconds(50));
        assertThat(Settings.of(FakeKirim.config(all, SecretSink.refusing())))
                .isEqualTo(new Settings(
                        "https://api.kirimdev.com/v1",
                        "119800001",
                        "6281200000001",
                        URI.create("https://h.example/k"),
                        "X-Kirim-Signature-256",
                        true,
                        "team-1",
                        3,
                        Instant.parse("2026-05-01T00:00:00Z"),
                        600,
                        6_000,
                        Duration.ofSeconds(50)));
    }

    @Test
    void defaults_are_those_of_the_documentation_and_of_the_free_plan() {
        assertThat(Settings.of(FakeKirim.config(KIRIM, SecretSink.refusing())))
                .isEqualTo(new Settings(
                        "https://api.kirim.chat/v1",
                        "119800001",
                        null,
                        null,
                        "X-Kirim-Signature",
                        false,
                        null,
                        10,
                        null,
                        60,
                        600,
                        Duration.ofSeconds(45)));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "phoneNumberId, ",
        "phoneNumberId, +6281200000001",
        "phoneNumberId, 12345",
        "baseUrl, http://api.kirim.chat/v1",
        "baseUrl, https://user:hidden@api.kirim.chat/v1",
        "baseUrl, https://api.kirim.chat/v1?a=b",
        "baseUrl, nonsense hidden",
        "displayNumber, home",
        "webhookTarget, nonsense hidden",
        "webhookTarget, /hidden",
        "signatureHeader, a b",
        "createdAfter, yesterday",
        "writesPerMinute, 0",
        "readsPerMinute, -5",
        "readsPerMinute, many",
        "timeout, PT0S",
        "timeout, soon",
    })
    void wrong_setting_is_named_with_its_remedy(String name, String value) {
        Map<String, String> settings = new HashMap<>(KIRIM.settings());
        settings.put(name, value == null ? "" : value);
        AdapterConfig config = new AdapterConfig(
                "wa", settings, KIRIM.secrets(), SecretSink.refusing(), InstantSource.system(), report -> {});
        assertThatThrownBy(() -> new KirimProvider().create(config)).isInstanceOfSatisfying(SyncException.class, e -> {
            assertThat(e.kind()).isEqualTo(SyncException.Kind.CONFIGURATION);
            assertThat(e.system()).contains("wa");
            assertThat(e.subject()).contains(name);
            assertThat(e.getMessage()).doesNotContain("hidden", "secret");
        });
    }

    @Test
    void key_that_is_missing_is_told() {
        AdapterConfig config = new AdapterConfig(
                "wa",
                KIRIM.settings(),
                Map.of("webhookSecret", SecretSource.of("s")),
                SecretSink.refusing(),
                InstantSource.system(),
                report -> {});
        assertThatThrownBy(() -> new KirimProvider().create(config))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("apiKey");
    }

    @Test
    void default_mapping_carries_every_property_as_kirim_lets_it_be_read_and_written() {
        Mapping mapping = adapter(KIRIM).defaultMappings().get(0);
        assertThat(mapping.type()).isEqualTo("contact");
        assertThat(mapping.externalId()).isNull();
        assertThat(mapping.required()).containsExactly(Contact.PHONE);
        assertThat(mapping.carrying(Contact.NAME).orElseThrow().access()).isEqualTo(Access.READ_WRITE);
        assertThat(mapping.carrying(Contact.EMAIL).orElseThrow().access()).isEqualTo(Access.READ_WRITE);
        assertThat(mapping.carrying(Contact.PHONE).orElseThrow().access()).isEqualTo(Access.READ_AND_CREATE);
        assertThat(mapping.carrying(Contact.LABELS).orElseThrow().access()).isEqualTo(Access.EVENT_ONLY);
        assertThat(mapping.carrying(Contact.LABELS).orElseThrow().lens()).isEqualTo(new Lens.ListOf("labels"));
        assertThat(mapping.carrying(Contact.METADATA.entry("crm_id"))
                        .orElseThrow()
                        .access()
                        .writable())
                .isEqualTo(Access.Writable.REPLACED);
    }

    @Test
    void properties_are_described() {
        List<Describes.NativeProperty> described = ((Describes) adapter(KIRIM)).describe("contact");
        assertThat(described)
                .extracting(Describes.NativeProperty::name)
                .containsExactly("name", "email", "phone_number", "labels", "metadata");
    }

    @Test
    void declaration_tells_what_may_be_relied_on() {
        var declaration = adapter(KIRIM).declaration();
        assertThat(declaration.issuesJoinKey()).isTrue();
        TypeDeclaration contact = declaration.type("contact").orElseThrow();
        assertThat(contact.createLookup()).isEqualTo(new CreateLookup.IdempotencyKey(Duration.ofHours(24)));
        assertThat(contact.marksOwnWrites()).isFalse();
        assertThat(contact.tellsDeletes()).isFalse();
        assertThat(contact.tellsMerges()).isFalse();
        assertThat(contact.echoHorizon()).isEqualTo(Duration.ofDays(35));
        assertThat(contact.mayGoUnobserved()).hasSizeGreaterThan(3);
        assertThat(declaration.quotas())
                .contains(new Quota(
                        "write",
                        60,
                        Duration.ofMinutes(1),
                        Set.of(Operation.WRITE_ONE, Operation.TAG_MANY, Operation.ADMIN)));
    }

    @Test
    void what_kirim_cannot_do_is_not_claimed() {
        assertThat(adapter(KIRIM))
                .isInstanceOf(ReceivesWebhooks.class)
                .isInstanceOf(ManagesSubscriptions.class)
                .isInstanceOf(ReadsOne.class)
                .isInstanceOf(ListsAll.class)
                .isInstanceOf(WritesOne.class)
                .isInstanceOf(SetsUp.class)
                .isInstanceOf(TagsMany.class)
                .isInstanceOf(ReplaysWebhooks.class)
                .isNotInstanceOfAny(
                        ListsChanges.class, ReadsMany.class, WritesMany.class, FindsCreated.class, Archives.class);
    }
}
