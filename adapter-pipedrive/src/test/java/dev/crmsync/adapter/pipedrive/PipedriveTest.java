package dev.crmsync.adapter.pipedrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SpiVersion;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.AdapterProvider;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.RecordRef;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PipedriveTest {
    private final FakePipedrive pipedrive = new FakePipedrive();

    @AfterEach
    void stop() {
        pipedrive.close();
    }

    @Test
    void provider_is_found_by_its_name() {
        assertThat(ServiceLoader.load(AdapterProvider.class)).anySatisfy(provider -> {
            assertThat(provider.name()).isEqualTo("pipedrive");
            assertThat(provider.spiVersion()).isEqualTo(SpiVersion.CURRENT);
        });
    }

    @Test
    void declares_what_the_engine_may_rely_on() {
        Declaration declared = pipedrive
                .adapter(pipedrive.definition().searchLag(Duration.ofMinutes(3)))
                .declaration();
        assertThat(declared.issuesJoinKey()).isFalse();
        assertThat(declared.types())
                .extracting(TypeDeclaration::type)
                .containsExactly("contact", "conversation", "message", "user");
        TypeDeclaration contact = declared.type(Contact.TYPE).orElseThrow();
        assertThat(contact.createLookup()).isEqualTo(new CreateLookup.Lookup(Duration.ofMinutes(3)));
        assertThat(contact.tellsMerges()).isTrue();
        assertThat(contact.marksOwnWrites()).isFalse();
        assertThat(pipedrive
                        .adapter(pipedrive.definition().dedicatedUser("77"))
                        .declaration()
                        .type(Contact.TYPE)
                        .orElseThrow()
                        .marksOwnWrites())
                .isTrue();
    }

    @Test
    void mappings_follow_the_definition() {
        Pipedrive definition = pipedrive
                .definition()
                .contactOwners(true)
                .labels("Tags")
                .metadata("crm_segment", "Segment")
                .externalId("WhatsApp id");
        Mapping contact = pipedrive.adapter(definition).defaultMappings().get(0);
        assertThat(contact.externalId()).isEqualTo("custom_fields.WhatsApp id");
        assertThat(contact.required()).containsExactly(Contact.NAME);
        assertThat(contact.carrying(Contact.LABELS).orElseThrow().lens().properties())
                .containsExactly("custom_fields.Tags");
        assertThat(contact.carrying(Contact.METADATA.entry("crm_segment"))
                        .orElseThrow()
                        .lens()
                        .properties())
                .containsExactly("custom_fields.Segment");
        assertThat(contact.carrying(Contact.OWNER)).isPresent();
    }

    @Test
    void what_is_left_out_is_not_spoken_for() {
        PipedriveAdapter adapter = pipedrive.adapter(pipedrive.definition().tickets("none"));
        assertThat(adapter.declaration().types())
                .extracting(TypeDeclaration::type)
                .containsExactly("contact");
        assertThat(adapter.defaultMappings()).hasSize(1);
        assertThatThrownBy(() -> adapter.read(new RecordRef("crm", "conversation", "1")))
                .hasMessageContaining("leave that type out");
    }

    static List<Pipedrive> wrong() {
        Pipedrive good = Pipedrive.company("t");
        return List.of(
                good.baseUrl(URI.create("http://api.example.com")),
                good.webhookTarget(URI.create("http://app.example.com/x")),
                good.tickets("tasks"),
                good.messages("mails"),
                good.dealPipeline("1", "open:open,1:pending,won:closed"),
                good.dealPipeline("x", "1:open"),
                good.dealPipeline("1", "1:waiting"),
                good.companyId("acme"),
                good.externalId("a\nb"),
                good.externalId("x".repeat(101)),
                good.activityType("what ever"),
                good.limits(0, 30_000),
                good.overlap(Duration.ZERO),
                good.searchLag(Duration.ofSeconds(-1)));
    }

    @ParameterizedTest
    @MethodSource
    void wrong(Pipedrive definition) {
        assertThatThrownBy(() -> pipedrive.adapter(definition))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.CONFIGURATION))
                .hasMessageContaining("setting '");
    }

    @Test
    void text_forms_show_neither_secrets_nor_settings() {
        Pipedrive definition = Pipedrive.company("t0ken")
                .webhooks("hook", "p4ss")
                .webhookTarget(URI.create("https://app.example.com/x"), () -> List.of("s3cret"));
        assertThat(definition.toString() + pipedrive.config(definition))
                .doesNotContain("t0ken", "p4ss", "s3cret", "app.example.com");
    }

    @Test
    void token_that_no_header_can_carry_is_not_shown() {
        PipedriveAdapter adapter =
                pipedrive.adapter(Pipedrive.company("to ken\u00e9").baseUrl(pipedrive.url()));
        assertThatThrownBy(() -> adapter.read(FakePipedrive.contact("1")))
                .isInstanceOf(SyncException.class)
                .hasMessageNotContaining("to ken");
        PipedriveAdapter none =
                pipedrive.adapter(Pipedrive.company(() -> List.of()).baseUrl(pipedrive.url()));
        assertThatThrownBy(() -> none.read(FakePipedrive.contact("1")))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.AUTH));
    }
}
