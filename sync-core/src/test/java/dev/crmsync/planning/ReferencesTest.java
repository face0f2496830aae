package dev.crmsync.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.Policy;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The links that a link refers to, and those that stand for them once they were taken over. */
class ReferencesTest {
    private static final Field SUBJECT = Field.of("subject", FieldType.TEXT);
    private static final Field PERSON = Field.reference("person", "contact");
    private static final Field TAGS = Field.references("tags", "label");
    private static final RecordType TICKET = new RecordType("ticket", List.of(SUBJECT, PERSON, TAGS));
    private static final Mapping MAPPING = Mapping.of(
            "ticket",
            FieldMapping.direct(SUBJECT, "subject"),
            FieldMapping.of(PERSON, new Lens.ReferenceTo("person_id", "contact")),
            FieldMapping.of(TAGS, new Lens.ReferencesTo("tag_ids", "label")));

    private final Desk desk = new Desk(
            Desk.rules(
                    Policy.named("tickets")
                            .type(
                                    TICKET,
                                    ticket -> ticket.owned(SUBJECT, "kirim")
                                            .owned(PERSON, "kirim")
                                            .owned(TAGS, "kirim")),
                    new CreateLookup.UniqueUpsert(),
                    Map.of("kirim", List.of(MAPPING))),
            "ticket");

    private static RecordRef ref(String type, String id) {
        return new RecordRef("kirim", type, id);
    }

    private LinkState ticket() {
        desk.take(new Input.Identity(desk.now, desk.next(), new IdentityChange.Born("L", desk.ref("kirim"))));
        Map<String, NativeValue> properties = new TreeMap<>(Desk.values("subject", "Help", "person_id", "p1"));
        properties.put("tag_ids", new NativeValue.Items(List.of(NativeValue.text("t1"), NativeValue.text("t2"))));
        desk.take(new Input.Observed(
                desk.now,
                desk.next(),
                "L",
                ChangeEvent.full(desk.ref("kirim"), properties, AsOf.at(Desk.START), Evidence.READ),
                Map.of(ref("contact", "p1"), "PERSON", ref("label", "t1"), "TAG1", ref("label", "t2"), "TAG2")));
        return desk.link;
    }

    @Test
    void a_link_refers_to_all_that_is_agreed_or_was_seen_anywhere() {
        LinkState link = ticket();
        assertThat(desk.agreed(PERSON)).isEqualTo(new Value.Reference("PERSON"));
        assertThat(desk.agreed(TAGS)).isEqualTo(new Value.References(new TreeSet<>(List.of("TAG1", "TAG2"))));
        assertThat(link.references()).containsExactly("PERSON", "TAG1", "TAG2");
        assertThat(LinkState.referredTo(Value.text("Help"))).isEmpty();

        LinkState seenOnly = new LinkState(
                link.id(),
                link.type(),
                link.seq(),
                link.rulesHash(),
                new TreeMap<>(),
                link.sides(),
                link.apart(),
                null,
                false);
        assertThat(seenOnly.references()).containsExactly("PERSON", "TAG1", "TAG2");
    }

    @Test
    void a_reference_to_a_link_that_was_taken_over_is_one_to_its_successor() {
        LinkState followed = ticket().referring(Map.of("PERSON", "HEIR", "TAG1", "TAG2"));
        assertThat(followed.agreed().get("person").value()).isEqualTo(new Value.Reference("HEIR"));
        assertThat(followed.agreed().get("tags").value())
                .isEqualTo(new Value.References(new TreeSet<>(List.of("TAG2"))));
        assertThat(followed.agreed().get("subject"))
                .isEqualTo(desk.link.agreed().get("subject"));
        assertThat(followed.agreed().get("person").seq())
                .isEqualTo(desk.link.agreed().get("person").seq());
        assertThat(followed.side("kirim").seen().get("person_id").links()).isEqualTo(Map.of("p1", "HEIR"));
        assertThat(followed.side("kirim").seen().get("tag_ids").links()).isEqualTo(Map.of("t1", "TAG2", "t2", "TAG2"));
        assertThat(followed.references()).containsExactly("HEIR", "TAG2");
    }

    @Test
    void other_successors_change_nothing() {
        LinkState link = ticket();
        assertThat(link.referring(Map.of("ELSE", "HEIR"))).isEqualTo(link);
    }

    @Test
    void a_record_that_is_gone_is_referred_to_by_nobody() {
        ticket();
        assertThat(desk.link.referable("kirim")).isEqualTo(desk.ref("kirim"));
        assertThat(desk.link.referable("crm")).isNull();
        desk.kind("kirim", ChangeKind.ARCHIVE, 10);
        assertThat(desk.link.referable("kirim")).isNull();
        desk.kind("kirim", ChangeKind.RESTORE, 11).kind("kirim", ChangeKind.DELETE, 12);
        assertThat(desk.link.referable("kirim")).isNull();
    }

    @Test
    void what_a_system_holds_of_a_field_is_told_in_canonical_terms() {
        ticket();
        assertThat(desk.link
                        .side("kirim")
                        .held(
                                desk.rules.lenses(),
                                "kirim",
                                SUBJECT,
                                MAPPING.fields().get(0)))
                .isEqualTo(Value.text("Help"));
    }

    @Test
    void a_parent_that_is_told_again_is_known_to_be_so_later() {
        ticket();
        told("p1", 20);
        told("p2", 10);
        assertThat(desk.reasons(PERSON)).containsExactly(Reason.STALE);
        told("p2", 30);
        assertThat(desk.agreed(PERSON)).isEqualTo(new Value.Reference("OTHER"));
    }

    private void told(String person, int second) {
        AsOf asOf = AsOf.at(Desk.START.plusSeconds(second));
        desk.take(new Input.Observed(
                desk.now,
                desk.next(),
                "L",
                ChangeEvent.partial(desk.ref("kirim"), Desk.values("person_id", person), asOf, Evidence.EVENT),
                Map.of(ref("contact", "p1"), "PERSON", ref("contact", "p2"), "OTHER")));
    }
}
