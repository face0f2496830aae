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
import java.util.Set;
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
    void a_field_is_decided_by_one_rule_which_may_be_said_twice() {
        refused(
                contact -> contact.owned(NAME, "a").manual(NAME),
                "contact.name",
                "two rules",
                "Owned",
                "Manual",
                "keep one");
        assertThat(said(contact -> contact.manual(NAME).manual(NAME)).rule()).isEqualTo(new FieldRule.Manual());
    }

    @Test
    void the_short_words_say_what_their_names_promise() {
        assertThat(said(contact -> contact.owned(NAME, "a", "b")))
                .isEqualTo(said(contact -> contact.owned(NAME, "a", NonOwnerEdit.REVERT, "b")));
        assertThat(said(contact -> contact.owned(NAME, "a", NonOwnerEdit.KEEP)).rule())
                .isEqualTo(new FieldRule.Owned("a", Set.of(), NonOwnerEdit.KEEP, OnJoin.OWNER));
        assertThat(said(contact -> contact.appendOnly(NAME)).rule()).isEqualTo(new FieldRule.AppendOnly());
        assertThat(said(contact -> contact.fillIfEmpty(NAME)).rule()).isEqualTo(new FieldRule.FillIfEmpty());
        assertThat(said(contact -> contact.createOnly(NAME)).rule()).isEqualTo(new FieldRule.CreateOnly());
        assertThat(said(contact -> contact.resolved(NAME, "longest", 1)).rule())
                .isEqualTo(new FieldRule.Resolved("longest", 1, false));
    }

    @Test
    void what_is_said_of_a_field_is_added_to_its_rule_and_takes_nothing_back() {
        FieldPolicy name = said(contact -> contact.lastWriter(NAME, Skew.undeclared(), "a")
                .receivedBy(NAME, "a", "b")
                .debounced(NAME, Duration.ofSeconds(30))
                .onRendering(NAME, OnRendering.ACCEPT)
                .onTaken(NAME, OnTaken.LINK)
                .blanksTravel(NAME));
        assertThat(name.rule())
                .isEqualTo(new FieldRule.LastWriter(Skew.undeclared(), List.of("a"), OnJoin.REVIEW, true));
        assertThat(name.receives("a")).isTrue();
        assertThat(name.receives("c")).isFalse();
        assertThat(name.debounce()).isEqualTo(Duration.ofSeconds(30));
        assertThat(name.onRendering()).isEqualTo(OnRendering.ACCEPT);
        assertThat(name.onTaken()).isEqualTo(OnTaken.LINK);
        assertThat(name.source()).isEqualTo("p: contact.name");
    }

    @Test
    void unless_more_is_said_everybody_receives_a_field_at_once_and_renderings_are_remembered() {
        FieldPolicy name = said(contact -> contact.manual(NAME));
        assertThat(name.receives("anybody")).isTrue();
        assertThat(name.debounce()).isZero();
        assertThat(name.onRendering()).isEqualTo(OnRendering.REMEMBER);
        assertThat(name.onTaken()).isEqualTo(OnTaken.REVIEW);
        assertThatThrownBy(() -> FieldPolicy.of(name.rule(), "p: name").debounced(Duration.ofSeconds(-1)))
                .isInstanceOf(SyncException.class)
                .hasMessageContainingAll("p: name", "not negative");
    }

    @Test
    void a_rendering_is_accepted_only_where_one_systems_value_is_agreed() {
        assertThat(said(contact -> contact.owned(NAME, "a").onRendering(NAME, OnRendering.ACCEPT))
                        .onRendering())
                .isEqualTo(OnRendering.ACCEPT);
        assertThat(said(contact -> contact.preferred(NAME, "a").onRendering(NAME, OnRendering.ACCEPT))
                        .onRendering())
                .isEqualTo(OnRendering.ACCEPT);
        refused(
                contact -> contact.fillIfEmpty(NAME).onRendering(NAME, OnRendering.ACCEPT),
                "contact.name",
                "FillIfEmpty",
                "leave onRendering(..) out");
    }

    @Test
    void a_field_that_the_type_does_not_have_is_refused_with_those_that_it_has() {
        RecordType person = new RecordType("person", List.of(NAME, PHONE));
        assertThatThrownBy(() -> Policy.named("p").type(person, type -> type.owned(EMAIL, "a")))
                .isInstanceOf(SyncException.class)
                .hasMessageContainingAll("person.email", "no field of the type", "it has name, phone");
        assertThatThrownBy(() -> Policy.named("p").type(person, type -> type.matchedBy(EMAIL)))
                .isInstanceOf(SyncException.class)
                .hasMessageContainingAll("person.email", "no field of the type", "it has name, phone");
        assertThat(Policy.named("p")
                        .type(person, type -> type.matchedBy(PHONE))
                        .type("person")
                        .orElseThrow()
                        .matchedBy())
                .containsExactly("phone");
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

    private static FieldPolicy said(UnaryOperator<TypePolicyBuilder> definition) {
        return Policy.named("p")
                .type(RecordType.CONTACT, definition)
                .field("contact", NAME)
                .orElseThrow();
    }

    private static void refused(UnaryOperator<TypePolicyBuilder> definition, String... words) {
        assertThatThrownBy(() -> Policy.named("p").type(RecordType.CONTACT, definition))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(SyncException.Kind.CONFIGURATION))
                .hasMessageContainingAll(words);
    }
}
