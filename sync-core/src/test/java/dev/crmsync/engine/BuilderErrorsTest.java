package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.crmsync.memory.MemoryStore;
import dev.crmsync.policy.Policies;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A definition that is wrong is refused before anything starts, with what is wrong and what to do about it. */
class BuilderErrorsTest {
    private final World world = new World();

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(ThrowingCallable making) {
        Throwable thrown = catchThrowable(making);
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION));
        return assertThat(thrown);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(UnaryOperator<Sync> definition) {
        world.defining = definition;
        return refused(world::start);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refusedMapping(UnaryOperator<Mapping> change) {
        return refused(sync -> sync.mapping("crm", Contact.TYPE, change));
    }

    @Test
    void a_store_that_was_left_out_is_asked_for_by_name() {
        refused(() -> SyncEngine.builder().sync(world.sync()).start())
                .hasMessageContaining("no store")
                .hasMessageContaining("JdbcStore.h2(")
                .hasMessageContaining("dev.crmsync:store-jdbc");
    }

    @Test
    void an_engine_without_a_sync_is_told_how_to_define_one() {
        refused(() -> SyncEngine.builder().store(new MemoryStore()).start()).hasMessageContaining(".sync(Sync.named(");
    }

    @Test
    void two_syncs_of_one_name_are_refused() {
        refused(() -> SyncEngine.builder().sync(world.sync()).sync(world.sync()))
                .hasMessageContaining("'acme' already")
                .hasMessageContaining("another name");
    }

    @Test
    void a_name_that_could_be_no_key_is_refused_with_the_form_that_fits() {
        refused(() -> Sync.named("a b")).hasMessageContaining("1 to 60 letters");
        refused(() -> Sync.named("")).hasMessageContaining("1 to 60 letters");
        refused(() -> Sync.named("acme").system("the crm", world.crm)).hasMessageContaining("1 to 40 letters");
        refused(() -> Sync.named("acme").system("crm", world.crm).system("crm", world.kirim))
                .hasMessageContaining("'crm' already");
    }

    @Test
    void one_system_alone_cannot_be_kept_in_step() {
        Sync alone = Sync.named("acme").system("crm", world.crm).policy(world.policy);
        refused(() -> SyncEngine.builder().store(new MemoryStore()).sync(alone).stepping())
                .hasMessageContaining("1 system(s)")
                .hasMessageContaining(".system(name, definition)");
    }

    @Test
    void a_policy_that_was_left_out_is_asked_for_with_an_example() {
        Sync without = Sync.named("acme").system("crm", world.crm).system("kirim", world.kirim);
        refused(() -> SyncEngine.builder()
                        .store(new MemoryStore())
                        .sync(without)
                        .stepping())
                .hasMessageContaining("no policy")
                .hasMessageContaining("Policies.guide()");
    }

    @Test
    void a_default_region_that_is_none_is_refused_with_where_to_say_it() {
        for (String region : List.of("", "Indonesia", "XX", "62")) {
            refused(sync -> sync.defaultRegion(region))
                    .hasMessageContaining("Sync.defaultRegion(\"ID\")")
                    .hasMessageContaining("ISO 3166");
        }
    }

    @Test
    void a_policy_that_names_a_system_that_is_not_there_is_refused_with_those_that_are() {
        world.policy = Policies.guide().primaryCrm("hubspot");
        refused(world::start)
                .hasMessageContaining("policy guide names the system 'hubspot'")
                .hasMessageContaining("[crm, kirim]")
                .hasMessageContaining(".system(\"hubspot\", ..)");
    }

    @Test
    void a_policy_of_nonsense_is_refused_as_soon_as_it_is_said() {
        refused(() -> Policy.named("mine").type(RecordType.CONTACT, type -> type.owned(field("nmae"), "crm")))
                .hasMessageContaining("contact.nmae");
        refused(() -> Policy.named("mine").type(RecordType.CONTACT, type -> type.setMerge(Contact.NAME)))
                .hasMessageContaining("contact.name");
        refused(() -> Policy.named("mine").type(RecordType.CONTACT, type -> type.receivedBy(Contact.NAME, "crm")))
                .hasMessageContaining("say who decides");
        refused(() -> Policy.named("mine").type(RecordType.CONTACT, type -> type.owned(Contact.NAME, "crm", "crm")))
                .hasMessageContaining("crm");
    }

    private static Field field(String name) {
        return Field.of(name, FieldType.TEXT);
    }

    @Test
    void a_mapping_of_a_field_that_the_policy_does_not_know_is_refused() {
        refusedMapping(mapping -> mapping.with(FieldMapping.direct(field("birthday"), "birthday")))
                .hasMessageContaining("field 'birthday'")
                .hasMessageContaining("at crm");
    }

    @Test
    void a_mapping_that_maps_a_property_twice_is_refused_with_sync_system_and_property() {
        refusedMapping(mapping -> mapping.with(FieldMapping.direct(Contact.NAME, "email")))
                .hasMessageContaining("sync acme")
                .hasMessageContaining("crm")
                .hasMessageContaining("email is mapped twice");
    }

    @Test
    void a_mapping_of_a_type_that_is_not_synced_is_refused_with_those_that_are() {
        refused(sync -> sync.mapping("crm", "contcat", mapping -> mapping))
                .hasMessageContaining("'contcat'")
                .hasMessageContaining("[contact, conversation, message, user]");
    }

    @Test
    void a_mapping_that_turns_into_one_of_another_type_or_into_nothing_is_refused() {
        refusedMapping(mapping -> Mapping.of("company")).hasMessageContaining("company");
        refusedMapping(mapping -> null).hasMessageContaining("nothing");
    }

    @Test
    void a_mapping_at_a_system_that_is_not_there_is_refused() {
        refused(sync -> sync.mapping("nowhere", Contact.TYPE, mapping -> mapping))
                .hasMessageContaining("a mapping names the system 'nowhere'");
    }

    @Test
    void rules_that_would_harm_data_are_refused_with_all_that_was_found_and_where_it_is_explained() {
        refusedMapping(mapping -> mapping.without(Contact.EMAIL)
                        .withExternalId("email")
                        .with(FieldMapping.direct(Contact.NAME, "metadata/name")))
                .hasMessageContaining("sync acme would harm data")
                .hasMessageContaining("ERROR mutable-match-key at crm")
                .hasMessageContaining("ERROR lens-round-trip at crm")
                .hasMessageContaining("docs/lint.md#mutable-match-key")
                .message()
                .doesNotContain("WARNING");
    }

    @Test
    void records_that_could_not_be_found_again_may_not_be_made() {
        world.crm.lookup(new CreateLookup.Lookup(Duration.ofMinutes(1)));
        refusedMapping(mapping -> new Mapping(mapping.type(), mapping.fields(), null, List.of()))
                .hasMessageContaining("Mapping.withExternalId(..)");
    }

    @Test
    void intervals_of_systems_that_cannot_be_asked_so_are_refused() {
        refused(sync -> sync.pollEvery("crm", Duration.ofMinutes(1))).hasMessageContaining("cannot list changes");
        refused(sync -> sync.pollEvery("nowhere", Duration.ofMinutes(1))).hasMessageContaining("nowhere");
        refused(sync -> sync.sweepEvery("nowhere", Duration.ofHours(1))).hasMessageContaining("nowhere");
    }

    @Test
    void durations_and_numbers_that_make_no_sense_are_refused_by_the_name_of_the_setting() {
        Duration none = Duration.ZERO;
        Duration back = Duration.ofSeconds(-1);
        refused(() -> SyncEngine.builder().attempts(0)).hasMessageContaining("attempts");
        refused(() -> SyncEngine.builder().mostWebhookBytes(0)).hasMessageContaining("mostWebhookBytes");
        refused(() -> SyncEngine.builder().gatherWindow(back)).hasMessageContaining("gatherWindow");
        refused(() -> SyncEngine.builder().claims(none)).hasMessageContaining("claims");
        refused(() -> SyncEngine.builder().remember(none, Duration.ofDays(1))).hasMessageContaining("remember");
        refused(() -> SyncEngine.builder().remember(Duration.ofDays(1), back)).hasMessageContaining("remember");
        refused(() -> world.sync().pollEvery("crm", back)).hasMessageContaining("pollEvery");
        refused(() -> world.sync().sweepEvery("crm", none)).hasMessageContaining("sweepEvery");
    }

    @Test
    void a_vendor_that_nobody_provides_is_refused_with_those_that_there_are() {
        refused(sync -> sync.system("third", "hubsport", Map.of(), Map.of())).hasMessageContaining("hubsport");
    }

    @Test
    void no_message_and_no_text_form_shows_a_secret_or_a_value() {
        Sync secretive = world.sync()
                .system("third", "hubsport", Map.of("portal", "hush-setting"), Map.of("t", SecretSource.of("hush")));

        refused(() -> SyncEngine.builder()
                        .store(new MemoryStore())
                        .sync(secretive)
                        .stepping())
                .message()
                .doesNotContain("hush");
        assertThat(secretive).asString().doesNotContain("hush");
    }

    @Test
    void records_of_a_type_may_be_forbidden_where_they_could_not_be_found_again() {
        Toy crm = world.crm.lookup(new CreateLookup.UniqueUpsert());
        assertThat(crm).isNotNull();
        world.policy = Policy.named("following")
                .type(
                        RecordType.CONTACT,
                        type -> type.owned(Contact.NAME, "kirim").records("crm", RecordRule.FOLLOW));
        world.defining = sync -> sync.mapping(
                "crm", Contact.TYPE, mapping -> new Mapping(mapping.type(), mapping.fields(), null, List.of()));

        assertThat(world.start().engine).isNotNull();
    }
}
