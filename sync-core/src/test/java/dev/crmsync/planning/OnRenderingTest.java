package dev.crmsync.planning;

import static dev.crmsync.planning.Due.Need.UPDATE;
import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.policy.OnRendering;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import dev.crmsync.spi.model.NativeValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Three answers to a system that shows a value otherwise than it was given: here one that lower-cases names. */
class OnRenderingTest {
    private static final Mapping PLAIN = Mapping.of(Contact.TYPE, FieldMapping.direct(NAME, "name"));

    private static Mapping showing(Rendering... renderings) {
        return Mapping.of(
                Contact.TYPE, new FieldMapping(NAME, new Lens.Direct("name"), Access.READ_WRITE, List.of(renderings)));
    }

    private static Desk written(OnRendering answer, Mapping erp) {
        Policy policy = Policy.named("rendered")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(NAME, "kirim").onRendering(NAME, answer));
        Desk desk = new Desk(
                Desk.rules(
                        policy,
                        new CreateLookup.UniqueUpsert(),
                        Map.of(
                                "kirim", List.of(PLAIN),
                                "crm", List.of(showing(Rendering.LOWER_CASED).withExternalId("key")),
                                "erp", List.of(erp.withExternalId("key")))),
                Contact.TYPE);
        desk.has("kirim", "name", "budi").has("crm", "name", "budi").has("erp", "name", "budi");
        return desk.event("kirim", 60, "name", "Mary Ann").write("crm").done("crm", 61, "name", "mary ann");
    }

    @Test
    void it_is_remembered_and_the_value_stands() {
        Desk desk = written(OnRendering.REMEMBER, PLAIN);
        assertThat(desk.agreed(NAME)).isEqualTo(Value.text("Mary Ann"));
        assertThat(desk.plan.due()).containsExactly(new Due("L", "erp", UPDATE, null, null));
        assertThat(desk.write("erp").sent("erp")).containsEntry("name", NativeValue.text("Mary Ann"));
    }

    @Test
    void it_is_accepted_as_agreed_and_the_owners_spelling_is_left_as_it_is() {
        Desk desk = written(OnRendering.ACCEPT, PLAIN);
        assertThat(desk.reasons(NAME)).contains(Reason.RENDERING_AGREED);
        assertThat(desk.agreed(NAME)).isEqualTo(Value.text("mary ann"));
        assertThat(desk.plan.due()).containsExactly(new Due("L", "erp", UPDATE, null, null));
        assertThat(desk.write("erp").sent("erp")).containsEntry("name", NativeValue.text("mary ann"));
        assertThat(Stances.of(desk.link, "kirim", NAME, desk.rules)).isEqualTo(Stance.KEPT);

        desk.event("kirim", 90, "name", "Mary Young");
        assertThat(desk.agreed(NAME)).isEqualTo(Value.text("Mary Young"));
    }

    @Test
    void it_is_rewritten_at_the_owner_too_and_that_is_the_end_of_it() {
        Desk desk = written(OnRendering.REWRITE, PLAIN);
        assertThat(desk.agreed(NAME)).isEqualTo(Value.text("mary ann"));
        assertThat(desk.plan.due())
                .containsExactlyInAnyOrder(
                        new Due("L", "erp", UPDATE, null, null), new Due("L", "kirim", UPDATE, null, null));
        desk.write("kirim").read("kirim", desk.link.seq(), 61, "name", "Mary Ann");
        desk.write("kirim").done("kirim", 62, "name", "mary ann").write("erp").done("erp", 63, "name", "mary ann");
        assertThat(desk.plan.due()).isEmpty();
    }

    @Test
    void what_another_system_would_show_otherwise_again_is_remembered_after_all() {
        Desk desk = written(OnRendering.REWRITE, showing(Rendering.cut(4)));
        assertThat(desk.agreed(NAME)).isEqualTo(Value.text("Mary Ann"));
        assertThat(desk.reasons(NAME)).doesNotContain(Reason.RENDERING_AGREED);
    }

    @Test
    void it_is_taken_from_a_later_read_as_well() {
        Policy policy = Policy.named("rendered")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(NAME, "kirim").onRendering(NAME, OnRendering.ACCEPT));
        Desk silent = new Desk(
                Desk.rules(
                        policy,
                        new CreateLookup.UniqueUpsert(),
                        Map.of(
                                "kirim", List.of(PLAIN),
                                "crm", List.of(showing(Rendering.LOWER_CASED).withExternalId("key")))),
                Contact.TYPE);
        silent.has("kirim", "name", "budi").has("crm", "name", "budi").event("kirim", 60, "name", "Mary Ann");
        silent.write("crm").done("crm", 61, "name", "Mary Ann");
        assertThat(silent.agreed(NAME)).isEqualTo(Value.text("Mary Ann"));
        silent.event("crm", 62, "name", "mary ann");
        assertThat(silent.agreed(NAME)).isEqualTo(Value.text("mary ann"));
    }

    @Test
    void a_rule_that_makes_a_value_of_what_several_hold_leaves_nothing_to_say_of_it() {
        assertThatThrownBy(() -> Policy.named("p")
                        .type(
                                RecordType.CONTACT,
                                contact -> contact.setMerge(Contact.LABELS)
                                        .onRendering(Contact.LABELS, OnRendering.ACCEPT)))
                .hasMessageContaining("contact.labels")
                .hasMessageContaining("onRendering");
    }
}
