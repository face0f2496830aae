package dev.crmsync.adapter.notion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SpiVersion;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.AdapterProvider;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.Message;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.RecordRef;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NotionTest {
    private final FakeNotion notion = new FakeNotion();

    @AfterEach
    void stop() {
        notion.close();
    }

    @Test
    void provider_is_found_by_its_name() {
        assertThat(ServiceLoader.load(AdapterProvider.class)).anySatisfy(provider -> {
            assertThat(provider.name()).isEqualTo("notion");
            assertThat(provider.spiVersion()).isEqualTo(SpiVersion.CURRENT);
        });
    }

    @Test
    void declares_what_the_engine_may_rely_on() {
        Declaration declared = notion.adapter(notion.definition().queryLag(Duration.ofMinutes(3)))
                .declaration();
        assertThat(declared.issuesJoinKey()).isFalse();
        assertThat(declared.types())
                .extracting(TypeDeclaration::type)
                .containsExactly("contact", "conversation", "message", "user");
        TypeDeclaration contact = declared.type(Contact.TYPE).orElseThrow();
        assertThat(contact.asOf()).isEqualTo(AsOfGrade.COARSE);
        assertThat(contact.createLookup()).isEqualTo(new CreateLookup.Lookup(Duration.ofMinutes(3)));
        assertThat(contact.tellsMerges()).isFalse();
        assertThat(contact.marksOwnWrites()).isFalse();
        assertThat(declared.type(Message.TYPE).orElseThrow().can(Operation.LIST_CHANGES))
                .isFalse();
        assertThat(notion.adapter(notion.definition().bot(Workspace.BOT))
                        .declaration()
                        .type(Contact.TYPE)
                        .orElseThrow()
                        .marksOwnWrites())
                .isTrue();
    }

    @Test
    void mappings_follow_the_definition() {
        Notion definition = notion.definition()
                .contactName("Full name")
                .owner("Owner")
                .labels("Tags")
                .metadata("crm_segment", "Segment")
                .externalId("WhatsApp id")
                .status("Stage", "New:open,Talking:open,Waiting:pending,Re: done:closed");
        List<Mapping> mappings = notion.adapter(definition).defaultMappings();
        Mapping contact = mappings.get(0);
        assertThat(contact.externalId()).isEqualTo("properties.WhatsApp id");
        assertThat(contact.carrying(Contact.NAME).orElseThrow().lens().properties())
                .containsExactly("properties.Full name");
        assertThat(contact.carrying(Contact.LABELS).orElseThrow().lens().properties())
                .containsExactly("properties.Tags");
        assertThat(contact.carrying(Contact.METADATA.entry("crm_segment"))
                        .orElseThrow()
                        .lens()
                        .properties())
                .containsExactly("properties.Segment");
        assertThat(contact.carrying(Contact.OWNER)).isPresent();
        Lens status =
                mappings.get(1).carrying(Conversation.STATUS).orElseThrow().lens();
        assertThat(((Lens.Coded) status).nativeByCanonical())
                .containsEntry("open", "New")
                .containsEntry("closed", "Re: done");
    }

    /** Of e-mail addresses and phone numbers alone Notion is known to trim them. */
    @Test
    void titles_are_not_said_to_be_shown_otherwise_than_they_were_given() {
        for (Mapping mapping :
                notion.adapter(notion.definition()).defaultMappings().subList(0, 2)) {
            assertThat(mapping.fields())
                    .filteredOn(mapped -> mapped.lens().properties().contains("properties.title"))
                    .singleElement()
                    .satisfies(title -> assertThat(title.renderings()).isEmpty());
        }
    }

    @Test
    void what_is_left_out_is_not_spoken_for() {
        Notion alone = Notion.connection("t").contacts(Workspace.CONTACTS).baseUrl(notion.url());
        NotionAdapter adapter = notion.adapter(alone);
        assertThat(adapter.declaration().types())
                .extracting(TypeDeclaration::type)
                .containsExactly("contact");
        assertThat(adapter.defaultMappings()).hasSize(1);
        assertThatThrownBy(() -> adapter.read(new RecordRef("crm", "conversation", Workspace.id(1))))
                .hasMessageContaining("leave that type out");
        assertThat(notion.adapter(notion.definition().messages("none"))
                        .declaration()
                        .types())
                .extracting(TypeDeclaration::type)
                .containsExactly("contact", "conversation", "user");
    }

    static List<Notion> wrong() {
        Notion good = Notion.connection("t").contacts(Workspace.CONTACTS);
        return List.of(
                Notion.connection("t"),
                good.contacts("people"),
                good.tickets("x"),
                good.tickets(Workspace.CONTACTS),
                good.baseUrl(URI.create("http://api.example.com")),
                good.webhookTarget(URI.create("http://app.example.com/x")),
                good.messages("mails"),
                good.bot("me"),
                good.status("Status", "Open:waiting"),
                good.status("Status", "Open"),
                good.externalId("a\nb"),
                good.email("x".repeat(101)),
                good.limits(0),
                good.overlap(Duration.ofSeconds(90)),
                good.queryLag(Duration.ofSeconds(-1)));
    }

    @ParameterizedTest
    @MethodSource
    void wrong(Notion definition) {
        assertThatThrownBy(() -> notion.adapter(definition))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.CONFIGURATION))
                .hasMessageContaining("setting '");
    }

    @Test
    void ids_may_be_copied_from_addresses() {
        Notion copied =
                notion.definition().contacts(Workspace.CONTACTS.replace("-", "").toUpperCase(Locale.ROOT));
        assertThat(notion.adapter(copied).scopeFingerprint("contact"))
                .isEqualTo(notion.adapter().scopeFingerprint("contact"));
    }

    @Test
    void text_forms_show_neither_secrets_nor_settings() {
        Notion definition = Notion.connection("t0ken")
                .contacts(Workspace.CONTACTS)
                .webhookToken("s3cret")
                .webhookTarget(URI.create("https://app.example.com/x"));
        assertThat(definition.toString() + notion.config(definition))
                .doesNotContain("t0ken", "s3cret", "app.example.com", Workspace.CONTACTS);
    }

    @Test
    void token_that_no_header_can_carry_is_not_shown() {
        Notion bad =
                Notion.connection("to ken\u00e9").contacts(Workspace.CONTACTS).baseUrl(notion.url());
        assertThatThrownBy(() -> notion.adapter(bad).read(FakeNotion.contact(Workspace.id(1))))
                .isInstanceOf(SyncException.class)
                .hasMessageNotContaining("to ken");
    }
}
