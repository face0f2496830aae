package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.Label;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Labels that are records of their own: what a person bears are links, so that a label may be renamed and stays the one it is. */
class LabelsAsRecordsTest {
    private static final Field NAME = Field.of("name", FieldType.TEXT);
    private static final Field TAGS = Field.references("tags", Label.TYPE);
    private static final RecordType PERSON = new RecordType("person", List.of(NAME, TAGS));
    private static final Mapping LABELS = Mapping.of(Label.TYPE, FieldMapping.direct(Label.NAME, "name"));

    private final World world = new World();
    private final RecordRef ana = new RecordRef("kirim", "person", "k1");
    private final RecordRef vip = new RecordRef("kirim", Label.TYPE, "l1");
    private final RecordRef late = new RecordRef("kirim", Label.TYPE, "l2");

    private static Mapping people(String property) {
        return Mapping.of(
                "person",
                FieldMapping.direct(NAME, "name"),
                FieldMapping.of(TAGS, new Lens.ReferencesTo(property, Label.TYPE)));
    }

    @BeforeEach
    void start() {
        world.kirim = new Toy("kirim", world.clock, people("label_ids"), LABELS).anchor();
        world.crm = new Toy(
                "crm", world.clock, people("options").withExternalId("kirim_id"), LABELS.withExternalId("kirim_id"));
        world.crm.lookup(new CreateLookup.Lookup(Duration.ofMinutes(5)));
        world.policy = Policy.named("labels as records")
                .type(RecordType.LABEL, type -> type.owned(Label.NAME, "kirim").records("crm", RecordRule.CREATE))
                .type(PERSON, type -> type.owned(NAME, "kirim").setMerge(TAGS).records("crm", RecordRule.CREATE));
        world.start();
    }

    private void label(RecordRef label, String name) {
        world.tell(world.kirim, world.kirim.edit(label, "name", name));
    }

    private void bears(RecordRef person, String property, RecordRef... labels) {
        Toy toy = person.system().equals("kirim") ? world.kirim : world.crm;
        NativeValue ids = new NativeValue.Items(
                Stream.of(labels).map(label -> NativeValue.text(label.id())).toList());
        world.clock.pass(Duration.ofSeconds(10));
        world.tell(toy, toy.edit(person, Map.of("name", NativeValue.text("Ana"), property, ids)));
    }

    private RecordRef crm(RecordRef ofKirim) {
        return world.crm.records.entrySet().stream()
                .filter(record -> record.getKey().type().equals(ofKirim.type()))
                .filter(record ->
                        NativeValue.text(ofKirim.id()).equals(record.getValue().get("kirim_id")))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the CRM has no " + ofKirim));
    }

    private Set<String> borne(RecordRef person, String property) {
        Toy toy = person.system().equals("kirim") ? world.kirim : world.crm;
        NativeValue ids = toy.records.get(person).get(property);
        Set<String> borne = new TreeSet<>();
        if (ids instanceof NativeValue.Items items) {
            items.items().forEach(id -> borne.add(((NativeValue.Text) id).text()));
        }
        return borne;
    }

    private void inStep() {
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
        int writes = world.crm.writes.size() + world.kirim.writes.size();
        world.settle(Duration.ofHours(1));
        assertThat(world.crm.writes.size() + world.kirim.writes.size()).isEqualTo(writes);
    }

    @Test
    void each_system_is_told_of_a_label_by_its_own_id() {
        label(vip, "VIP");
        label(late, "Past Due");
        bears(ana, "label_ids", late, vip);
        world.settle();

        assertThat(borne(crm(ana), "options"))
                .containsExactlyInAnyOrder(crm(vip).id(), crm(late).id());
        inStep();
    }

    @Test
    void a_label_that_is_renamed_is_one_write_of_the_label_and_none_of_who_bears_it() {
        label(vip, "VIP");
        bears(ana, "label_ids", vip);
        world.settle();
        int before = world.crm.writes.size();

        world.clock.pass(Duration.ofMinutes(1));
        label(vip, "Gold");
        world.settle();

        assertThat(world.crm.writes.subList(before, world.crm.writes.size()))
                .extracting(Write::type)
                .containsExactly(Label.TYPE);
        assertThat(world.crm.text(crm(vip), "name")).isEqualTo("Gold");
        assertThat(borne(crm(ana), "options")).containsExactly(crm(vip).id());
        inStep();
    }

    @Test
    void what_each_system_adds_and_removes_comes_together() {
        label(vip, "VIP");
        label(late, "Past Due");
        bears(ana, "label_ids", vip);
        world.settle();

        bears(crm(ana), "options", crm(vip), crm(late));
        world.settle();
        assertThat(borne(ana, "label_ids")).containsExactlyInAnyOrder(vip.id(), late.id());

        bears(crm(ana), "options", crm(late));
        world.settle();
        assertThat(borne(ana, "label_ids")).containsExactly(late.id());

        bears(ana, "label_ids");
        world.settle();
        assertThat(borne(crm(ana), "options")).isEmpty();
        inStep();
    }

    @Test
    void a_label_that_has_no_record_there_yet_follows_and_holds_up_none_of_the_others() {
        label(vip, "VIP");
        world.settle();
        world.crm.fates.add(Toy.answerLost());
        label(late, "Past Due");
        bears(ana, "label_ids", vip, late);
        world.settle(Duration.ofMinutes(2));
        assertThat(borne(crm(ana), "options")).containsExactly(crm(vip).id());

        world.settle(Duration.ofHours(1));
        assertThat(borne(crm(ana), "options"))
                .containsExactlyInAnyOrder(crm(vip).id(), crm(late).id());
        inStep();
    }

    @Test
    void a_label_that_a_person_adds_while_another_is_waited_for_is_not_held_up() {
        RecordRef third = new RecordRef("kirim", Label.TYPE, "l3");
        label(vip, "VIP");
        label(third, "Trial");
        world.settle();
        world.crm.fates.add(Toy.answerLost());
        label(late, "Past Due");
        bears(ana, "label_ids", late);
        world.settle(Duration.ofMinutes(2));
        assertThat(borne(crm(ana), "options")).isEmpty();

        bears(ana, "label_ids", late, third, vip);
        world.settle(Duration.ofMinutes(1));
        assertThat(borne(crm(ana), "options"))
                .containsExactlyInAnyOrder(crm(vip).id(), crm(third).id());

        world.settle(Duration.ofHours(1));
        assertThat(borne(crm(ana), "options"))
                .containsExactlyInAnyOrder(
                        crm(vip).id(), crm(third).id(), crm(late).id());
        inStep();
    }

    @Test
    void a_label_that_nobody_has_told_of_is_read() {
        world.kirim.edit(vip, "name", "VIP");
        bears(ana, "label_ids", vip);
        world.settle();

        assertThat(world.crm.text(crm(vip), "name")).isEqualTo("VIP");
        assertThat(borne(crm(ana), "options")).containsExactly(crm(vip).id());
        inStep();
    }

    @Test
    void labels_that_turn_out_to_be_one_are_one_on_everybody_who_bears_either() {
        label(vip, "VIP");
        label(late, "V.I.P.");
        bears(ana, "label_ids", vip, late);
        world.settle();
        int before = world.kirim.writes.size();

        world.engine.join(World.SYNC, vip, late);
        bears(ana, "label_ids", vip, late);
        world.settle(Duration.ofHours(1));

        String of = world.engine.linkOf(World.SYNC, vip);
        assertThat(world.engine.linkOf(World.SYNC, late)).isEqualTo(of);
        assertThat(world.engine.why(World.SYNC, ana, TAGS).text()).contains("links [" + of + "]");
        assertThat(world.kirim.writes.size()).isEqualTo(before);
        inStep();
    }

    @Test
    void a_label_that_a_person_adds_before_our_create_was_answered_for_is_an_addition() {
        label(vip, "VIP");
        label(late, "Past Due");
        world.settle();
        world.crm.fates.add(Toy.answerLost());
        bears(ana, "label_ids", vip);
        world.settle(Duration.ofSeconds(20));
        RecordRef made = crm(ana);

        bears(made, "options", crm(vip), crm(late));
        world.settle(Duration.ofHours(1));

        assertThat(borne(ana, "label_ids")).containsExactlyInAnyOrder(vip.id(), late.id());
        assertThat(borne(made, "options"))
                .containsExactlyInAnyOrder(crm(vip).id(), crm(late).id());
        inStep();
    }

    @Test
    void the_order_in_which_a_system_lists_them_is_no_edit() {
        label(vip, "VIP");
        label(late, "Past Due");
        bears(ana, "label_ids", vip, late);
        world.settle();
        RecordRef there = crm(ana);

        bears(there, "options", crm(late), crm(vip));
        world.settle();
        bears(there, "options", crm(vip), crm(late));
        ChangeEvent again = world.crm.event(there, Evidence.EVENT);
        world.tell(world.crm, again);
        world.settle();

        assertThat(world.kirim.writes).isEmpty();
        inStep();
    }
}
