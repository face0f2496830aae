package dev.crmsync.policy;

import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Contact.PHONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TypePolicyBuilderTest {
    @Test
    void every_rule_can_be_said() {
        Policy policy = Policy.named("all")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.lastWriter(
                                        NAME,
                                        Skew.within(Duration.ofMinutes(5)).between("a", "b", Duration.ZERO),
                                        "a",
                                        "b")
                                .blanksTravel(NAME)
                                .preferred(EMAIL, "b", "a")
                                .resolved(PHONE, "longest", 2));

        assertThat(policy.field("contact", NAME).orElseThrow().rule())
                .isEqualTo(new FieldRule.LastWriter(
                        new Skew(Duration.ofMinutes(5), new TreeMap<>(Map.of(new Skew.Pair("b", "a"), Duration.ZERO))),
                        List.of("a", "b"),
                        OnJoin.REVIEW,
                        true));
        assertThat(policy.field("contact", EMAIL).orElseThrow().rule().systems())
                .containsExactly("a", "b");
    }

    @Test
    void nonsense_is_refused_as_soon_as_it_is_said_with_the_field_and_the_remedy() {
        refused(contact -> contact.matchedBy(NAME), "contact.name", "match by email or phone");
        refused(contact -> contact.matchedBy(EMAIL, EMAIL), "contact.email", "twice", "once");
        refused(contact -> contact.same(Map.of("a", "1")), "contact", "[a]", "two systems");
        refused(contact -> contact.same(Map.of("a", "1", "b", " ")), "the id at b is blank");
        refused(
                contact -> contact.same(Map.of("a", "1", "b", "2")).same(Map.of("a", "1", "c", "3")),
                "record 1 of a",
                "twice",
                "at once");
        refused(contact -> contact.preferred(NAME), "contact.name", "names one system at least");
        refused(contact -> contact.preferred(NAME, "a", "b", "a"), "contact.name", "twice", "name each once");
        refused(contact -> contact.lastWriter(NAME, Skew.undeclared(), "a", "a"), "contact.name", "tie-break", "twice");
        refused(
                contact -> contact.lastWriter(NAME, Skew.undeclared(), OnJoin.OWNER),
                "contact.name",
                "say FILL_EMPTY, KEEP or REVIEW");
        refused(contact -> contact.lastWriter(LABELS, Skew.undeclared()), "contact.labels", "setMerge(..)");
        refused(contact -> contact.owned(NAME, "a", "a"), "contact.name", "needs no seeding");
        refused(contact -> contact.owned(NAME, "a", "b", "b"), "contact.name", "twice");
        refused(contact -> contact.resolved(NAME, "longest", 0), "contact.name", "above 0");
        refused(contact -> contact.resolved(NAME, " ", 1), "contact.name", "id");
        refused(contact -> contact.setMerge(NAME), "contact.name", "no set of members");
        refused(contact -> contact.blanksTravel(NAME), "contact.name", "say who decides");
        refused(
                contact -> contact.manual(NAME).blanksTravel(NAME),
                "contact.name",
                "Manual",
                "leave blanksTravel(..) out");
        refused(contact -> contact.readOnly(NAME, "a").receivedBy(NAME, "b"), "contact.name", "read only");
        refused(contact -> contact.manual(NAME).receivedBy(NAME), "contact.name", "received by nobody", "readOnly(..)");
        refused(
                contact -> contact.manual(NAME).debounced(NAME, Duration.ZERO),
                "contact.name",
                "above zero",
                "leave debounced(..) out");
        refused(contact -> contact.manual(NAME).receivedBy(NAME, "b", "b"), "contact.name", "twice");
    }

    @Test
    void single_links_of_a_set_have_no_owner() {
        Field tags = Field.references("tags", "label");
        RecordType person = new RecordType("person", List.of(tags));
        FieldRule merged = new FieldRule.SetMerge(Map.of("vip", "a"), null, NonOwnerEdit.REVERT);

        assertThatThrownBy(() -> Policy.named("p").type(person, type -> type.rule(tags, merged)))
                .isInstanceOf(SyncException.class)
                .hasMessageContainingAll("person.tags", "[vip]", "to one system");
        Policy.named("p").type(person, type -> type.setMerge(tags));
    }

    @Test
    void a_skew_is_not_negative_and_of_two_systems() {
        assertThatThrownBy(() -> Skew.within(Duration.ofSeconds(-1)))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("not negative");
        assertThatThrownBy(() -> Skew.undeclared().between("a", "a", Duration.ZERO))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("name two systems");
        assertThat(Skew.undeclared().between("b", "a", Duration.ofSeconds(3)).of("a", "b"))
                .contains(Duration.ofSeconds(3));
        assertThat(Skew.undeclared().of("a", "b")).isEmpty();
    }

    private static void refused(UnaryOperator<TypePolicyBuilder> definition, String... words) {
        assertThatThrownBy(() -> Policy.named("p").type(RecordType.CONTACT, definition))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(SyncException.Kind.CONFIGURATION))
                .hasMessageContainingAll(words);
    }
}
