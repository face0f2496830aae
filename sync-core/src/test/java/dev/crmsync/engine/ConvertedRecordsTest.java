package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.Reason;
import dev.crmsync.policy.Policies;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A lead that becomes a contact: of the same type to us it has a new id, of another type it is another thing. */
class ConvertedRecordsTest {
    private static final Field TITLE = Field.of("title", FieldType.TEXT);
    private static final RecordType LEAD = new RecordType("lead", List.of(TITLE));
    private static final Mapping LEADS = Mapping.of("lead", FieldMapping.direct(TITLE, "title"));

    private final World world = new World();
    private final RecordRef lead = new RecordRef("crm", "lead", "crm-1");
    private final RecordRef contact = world.crm("c1");
    private final RecordRef inbox = new RecordRef("kirim", "lead", "q1");

    /** A lead that Kirim has told of, and its record in the CRM. */
    private void leadInStep() {
        world.setting = builder -> builder.gatherWindow(Duration.ZERO);
        world.kirim = new Toy("kirim", world.clock, World.contacts(), LEADS).anchor();
        world.crm = new Toy(
                "crm", world.clock, World.contacts().withExternalId("kirim_id"), LEADS.withExternalId("kirim_id"));
        world.policy = Policies.guide()
                .primaryCrm("crm")
                .type(
                        LEAD,
                        type -> type.owned(TITLE, "crm", "kirim")
                                .records("kirim", RecordRule.FOLLOW.archiving())
                                .records("crm", RecordRule.CREATE.deletesFollowed()));
        world.start();
        world.tell(world.kirim, world.kirim.edit(inbox, "title", "Wants a quote"));
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));
        assertThat(world.crm.records).containsOnlyKeys(lead);
    }

    private ChangeEvent converted() {
        world.crm.edit(contact, Map.of("name", NativeValue.text("Budi")));
        return world.crm.convert(lead, contact);
    }

    private boolean told(RecordRef ref, Reason reason) {
        return world.engine.history(World.SYNC, world.engine.linkOf(World.SYNC, ref)).decisions().stream()
                .anyMatch(decision -> decision.reason() == reason);
    }

    private void isAnotherThing() {
        assertThat(told(inbox, Reason.CONVERTED)).isTrue();
        assertThat(world.engine.linkOf(World.SYNC, contact)).isNotEqualTo(world.engine.linkOf(World.SYNC, inbox));
        assertThat(world.engine
                        .why(World.SYNC, contact, Contact.NAME)
                        .systems()
                        .get("crm")
                        .record())
                .isEqualTo("c1");
        assertThat(world.kirim.records).as("is neither made again nor archived").containsOnlyKeys(inbox);
        assertThat(world.kirim.archives).isEmpty();
        assertThat(world.crm.records).containsOnlyKeys(contact);
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void one_that_was_converted_is_told_of_as_of_the_moment() {
        leadInStep();
        String link = world.engine.linkOf(World.SYNC, inbox);
        Instant converted = world.clock.instant();
        world.tell(world.crm, converted());
        world.settle();
        String became = world.engine.linkOf(World.SYNC, contact);
        Identities identities = world.engine.identities(World.SYNC);

        IdentityAsOf before = identities.asOf(lead, converted.minusMillis(1));
        IdentityAsOf after = identities.asOf(lead, converted);

        assertThat(List.of(before.link(), after.link())).containsOnly(link);
        assertThat(before.text()).contains("crm: crm-1").doesNotContain("deleted or archived");
        assertThat(after.text())
                .contains(
                        "crm: crm-1, deleted or archived",
                        lead + " is converted into " + contact + ", and followed no longer (crm told of it: CONVERT)");
        assertThat(identities.asOf(became, converted.minusMillis(1)).state()).isEqualTo(IdentityAsOf.State.NOT_YET);
        assertThat(world.engine.identities(World.SYNC).linkOf(contact, converted))
                .isEqualTo(became);
    }

    @Test
    void one_of_another_type_is_followed_no_longer_and_what_it_became_is_identified_on_its_own() {
        leadInStep();

        world.tell(world.crm, converted());
        world.settle();

        isAnotherThing();
    }

    @Test
    void so_it_is_when_the_conversion_is_found_out_by_a_read() {
        leadInStep();
        converted();

        world.tell(world.crm, ChangeEvent.of(lead, ChangeKind.GAP, AsOf.at(world.clock.instant()), Evidence.EVENT));
        world.settle();

        isAnotherThing();
    }

    @Test
    void told_twice_it_changes_nothing_and_an_edit_elsewhere_goes_on_being_agreed() {
        leadInStep();
        ChangeEvent told = converted();
        world.tell(world.crm, told);
        world.settle();
        int writes = world.crm.writes.size();

        world.tell(world.crm, told);
        world.tell(world.kirim, world.kirim.edit(inbox, "title", "Wants two quotes"));
        world.settle();

        isAnotherThing();
        assertThat(world.crm.writes).hasSize(writes);
    }

    @Test
    void a_lead_that_nobody_knew_is_of_no_account_and_the_contact_is_read() {
        leadInStep();
        RecordRef unknown = new RecordRef("crm", "lead", "q2");
        world.crm.edit(contact, "name", "Budi");

        world.tell(world.crm, world.crm.convert(unknown, contact));
        world.settle();

        assertThat(world.crm.reads).contains(contact);
        assertThat(world.store.linkIds(World.SYNC, List.of(unknown))).isEmpty();
    }

    @Test
    void an_erased_lead_begins_nobody_anew_as_a_contact() {
        leadInStep();
        world.engine.erase(World.SYNC, lead);

        world.tell(world.crm, converted());
        world.settle();

        assertThat(world.store.linkIds(World.SYNC, List.of(contact))).isEmpty();
    }

    @Test
    void one_of_the_same_type_has_a_new_id() {
        world.start();
        world.peopleInStep(1, 2);
        RecordRef person = world.kirim("k1");
        RecordRef old = world.crmOf(person);
        world.crm.edit(contact, "name", "Person One");

        world.tell(world.crm, world.crm.convert(old, contact));
        world.settle();

        assertThat(world.engine.linkOf(World.SYNC, contact)).isEqualTo(world.engine.linkOf(World.SYNC, person));
        assertThat(world.kirim.text(person, "name")).isEqualTo("Person One");
        assertThat(world.crm.records).containsOnlyKeys(contact);
    }
}
