package dev.crmsync.identity;

import static dev.crmsync.identity.Registry.NOW;
import static dev.crmsync.identity.Registry.ref;
import static dev.crmsync.identity.Registry.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.User;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is looked up before an event is identified, and what a link bears that others can be recognised by. */
class LookUpsTest {
    private static final RecordRef KIRIM = ref("kirim", "k1");
    private static final RecordRef CRM = ref("crm", "1");
    private static final Mapping MAPPING = Mapping.of(
            Contact.TYPE,
            FieldMapping.direct(Contact.EMAIL, "email"),
            FieldMapping.direct(Contact.PHONE, "phone"),
            FieldMapping.of(Contact.OWNER, new Lens.ReferenceTo("owner_id", User.TYPE)));

    private static final Rules RULES = Rules.of(
            Policy.named("mine")
                    .type(
                            RecordType.CONTACT,
                            contact -> contact.owned(Contact.EMAIL, "kirim", "crm")
                                    .owned(Contact.PHONE, "kirim", "crm")
                                    .owned(Contact.OWNER, "kirim")
                                    .records("crm", RecordRule.CREATE)
                                    .same(Map.of("kirim", "k7", "crm", "1"))),
            Map.of("kirim", system(true, MAPPING), "crm", system(false, MAPPING.withExternalId("kirim_id"))),
            "ID");

    private final Registry all = new Registry(RULES);

    private static SystemRules system(boolean anchor, Mapping mapping) {
        TypeDeclaration type = new TypeDeclaration(
                Contact.TYPE,
                AsOfGrade.PROPERTY,
                false,
                new CreateLookup.None(),
                true,
                true,
                Duration.ofDays(35),
                Duration.ZERO,
                List.of());
        return new SystemRules(new Declaration("toy", anchor, List.of(type), List.of()), Map.of(Contact.TYPE, mapping));
    }

    private static Situation.Match email(String address) {
        return new Situation.Match("email", Value.text(address));
    }

    private static Situation.Match lost(String system) {
        return new Situation.Match(Identity.LOST_CREATE, Value.text(system));
    }

    // Before an event

    @Test
    void an_event_is_looked_up_by_itself_its_join_key_what_it_refers_to_and_what_the_policy_calls_the_same() {
        assertThat(Identity.lookUps(seen(CRM, "kirim_id", " k1 ", "owner_id", "u1"), RULES))
                .containsExactlyInAnyOrder(CRM, KIRIM, new RecordRef("crm", User.TYPE, "u1"), ref("kirim", "k7"));
        assertThat(Identity.lookUps(seen(ref("crm", "2"), "email", "a@example.com"), RULES))
                .containsExactly(ref("crm", "2"));
    }

    @Test
    void and_by_the_record_that_it_became() {
        ChangeEvent merged = ChangeEvent.merged(ref("crm", "2"), ref("crm", "3"), AsOf.at(NOW), Evidence.EVENT);
        assertThat(Identity.lookUps(merged, RULES)).containsExactlyInAnyOrder(ref("crm", "2"), ref("crm", "3"));
    }

    @Test
    void a_blank_join_key_names_nobody() {
        for (String blank : new String[] {"", "  "}) {
            assertThat(Identity.lookUps(seen(ref("crm", "2"), "kirim_id", blank), RULES))
                    .containsExactly(ref("crm", "2"));
        }
    }

    @Test
    void references_are_told_by_the_properties_that_carry_them_and_by_no_other() {
        assertThat(Identity.references(seen(CRM, "owner_id", "u1", "email", "u2"), RULES))
                .containsExactly(new RecordRef("crm", User.TYPE, "u1"));
        assertThat(Identity.references(seen(CRM, "email", "a@example.com"), RULES))
                .isEmpty();
        assertThat(Identity.references("elsewhere", Contact.TYPE, Registry.values("owner_id", "u1"), RULES))
                .isEmpty();
    }

    @Test
    void an_event_is_recognised_by_its_address_and_number_and_by_a_create_that_was_not_answered() {
        assertThat(Identity.matchesOf(seen(CRM, "email", "A@Example.com", "phone", "0812 1111 2222"), RULES))
                .containsExactlyInAnyOrder(
                        lost("crm"),
                        email("a@example.com"),
                        new Situation.Match("phone", Value.text("+6281211112222")));
        assertThat(Identity.matchesOf(seen(KIRIM, "email", "nobody", "phone", ""), RULES))
                .isEmpty();
    }

    // An erased person's

    @Test
    void whatever_may_have_been_an_erased_persons_is_asked_about_unless_it_is_somebodys_now() {
        ChangeEvent event = seen(CRM, "kirim_id", "k1");
        assertThat(Identity.erasures(event, ref -> false, RULES))
                .containsExactlyInAnyOrder(Identity.erased(CRM), Identity.erased(KIRIM));
        assertThat(Identity.erasures(event, KIRIM::equals, RULES)).containsExactly(Identity.erased(CRM));
        ChangeEvent merged = ChangeEvent.merged(CRM, ref("crm", "3"), AsOf.at(NOW), Evidence.EVENT);
        assertThat(Identity.erasures(merged, CRM::equals, RULES)).containsExactly(Identity.erased(ref("crm", "3")));
    }

    // What a link bears

    @Test
    void a_link_bears_what_is_agreed_and_what_was_last_seen_anywhere() {
        all.arrives(seen(KIRIM, "email", "agreed@example.com"), "A");
        all.arrives(seen(CRM, "kirim_id", "k1", "email", "shown@example.com"), "-");
        assertThat(all.links.get("A").agreed().get("email").value()).isEqualTo(Value.text("agreed@example.com"));
        assertThat(Identity.valuesOf(all.links.get("A"), RULES))
                .containsExactlyInAnyOrder(email("agreed@example.com"), email("shown@example.com"));
    }

    @Test
    void what_is_agreed_is_borne_though_nobody_shows_it() {
        all.arrives(seen(KIRIM, "email", "a@example.com"), "A");
        LinkState link = all.links.get("A");
        LinkState unseen = new LinkState(
                link.id(),
                link.type(),
                link.seq(),
                link.rulesHash(),
                link.agreed(),
                new TreeMap<>(),
                link.apart(),
                null,
                false);
        assertThat(Identity.valuesOf(unseen, RULES)).containsExactly(email("a@example.com"));
    }

    @Test
    void a_link_that_was_taken_over_or_erased_bears_nothing() {
        all.arrives(seen(KIRIM, "email", "a@example.com"), "A");
        LinkState link = all.links.get("A");
        LinkState taken = new LinkState(
                link.id(),
                link.type(),
                link.seq(),
                link.rulesHash(),
                link.agreed(),
                link.sides(),
                link.apart(),
                "B",
                false);
        assertThat(Identity.matchesOf(taken, RULES)).isEmpty();
        LinkState erased = new LinkState(
                link.id(),
                link.type(),
                link.seq(),
                link.rulesHash(),
                link.agreed(),
                link.sides(),
                link.apart(),
                null,
                true);
        assertThat(Identity.matchesOf(erased, RULES)).isEmpty();
    }

    @Test
    void a_create_that_was_not_answered_is_borne_by_what_was_sent_or_where_that_tells_nobody_by_itself() {
        all.arrives(seen(KIRIM, "email", "sent@example.com"), "A");
        InFlight flight = all.write("A", "crm");
        all.arrives(
                ChangeEvent.partial(
                        KIRIM,
                        Registry.values("email", "new@example.com"),
                        AsOf.at(NOW.plusSeconds(9)),
                        Evidence.EVENT),
                "-");
        assertThat(Identity.matchesOf(all.links.get("A"), RULES))
                .containsExactlyInAnyOrder(email("sent@example.com"), email("new@example.com"));

        all.outcome("A", "crm", flight, new Outcome.Done(CRM, null));
        assertThat(Identity.matchesOf(all.links.get("A"), RULES)).doesNotContain(lost("crm"));
    }

    @Test
    void a_link_without_address_number_or_create_is_recognised_by_nothing() {
        all.arrives(seen(KIRIM, "owner_id", "u1"), "A");
        assertThat(Identity.matchesOf(all.links.get("A"), RULES)).isEmpty();
    }

    // The gate

    private List<IdentityChange> gate(String link, String system, String... bearers) {
        return Identity.beforeCreate(
                all.links.get(link),
                system,
                Map.of(email("a@example.com"), List.of(bearers)),
                Links.of(all.links.values()));
    }

    @Test
    void no_record_is_made_where_another_link_of_the_same_address_has_one() {
        all.plan(new IdentityChange.Born("A", KIRIM));
        all.plan(new IdentityChange.Born("C", ref("crm", "3")));
        all.plan(new IdentityChange.Born("B", ref("crm", "2")));
        assertThat(gate("A", "crm", "C", "B", "A"))
                .containsExactly(
                        new IdentityChange.Suspected("A", List.of("B", "C"), "email", Value.text("a@example.com")));
    }

    @Test
    void it_is_made_where_the_other_has_none_is_not_known_or_is_somebody_else() {
        all.plan(new IdentityChange.Born("A", KIRIM));
        all.plan(new IdentityChange.Born("B", ref("crm", "2")));
        all.plan(new IdentityChange.Born("C", ref("kirim", "k3")));
        assertThat(gate("A", "crm", "A")).isEmpty();
        assertThat(gate("A", "crm", "C")).isEmpty();
        assertThat(gate("A", "crm", "unheard of")).isEmpty();
        all.plan(new IdentityChange.Separated("A", "B"));
        assertThat(gate("A", "crm", "B")).isEmpty();
    }

    @Test
    void a_link_does_not_suspect_itself_nor_one_that_it_has_just_left() {
        all.arrives(seen(KIRIM, "email", "a@example.com"), "A");
        assertThat(all.arrives(seen(KIRIM, "email", "a@example.com"), "-")).isEmpty();
    }

    @Test
    void two_links_that_both_have_records_everywhere_complete_nobody_and_are_not_asked_about() {
        all.arrives(seen(KIRIM, "email", "a@example.com"), "A");
        all.arrives(seen(ref("crm", "2"), "kirim_id", "k1", "email", "a@example.com"), "-");
        all.arrives(seen(ref("kirim", "k2"), "email", "b@example.com"), "B");
        all.arrives(seen(ref("crm", "3"), "kirim_id", "k2", "email", "b@example.com"), "-");
        assertThat(all.arrives(
                        ChangeEvent.partial(
                                ref("kirim", "k2"),
                                Registry.values("email", "a@example.com"),
                                AsOf.at(NOW.plusSeconds(9)),
                                Evidence.EVENT),
                        "-"))
                .isEmpty();
        assertThat(all.reviews).isEmpty();
    }
}
