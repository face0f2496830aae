package dev.crmsync.identity;

import static dev.crmsync.identity.Registry.ref;
import static dev.crmsync.identity.Registry.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.Rules;
import dev.crmsync.policy.Policies;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records that the policy says are one thing, whatever they bear. */
class SameRecordsTest {
    private static final Rules WITHOUT = rules(contact());

    private static Policy contact(String... pair) {
        return Policy.named("table").type(RecordType.CONTACT, contact -> {
            contact.owned(Contact.EMAIL, "crm").records("crm", RecordRule.CREATE);
            return pair.length == 0 ? contact : contact.same(Map.of("kirim", pair[0], "crm", pair[1]));
        });
    }

    private static Rules rules(Policy policy) {
        return Rules.of(policy, IdentityTest.rules().systems(), "ID");
    }

    @Test
    void the_second_one_joins_the_link_of_the_first_whichever_it_is() {
        Registry all = new Registry(rules(contact("k1", "1")));
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");

        assertThat(all.arrives(seen(ref("crm", "1"), "email", "other@example.com"), "B"))
                .containsExactly(new IdentityChange.Attached("A", ref("crm", "1"), IdentityChange.Attached.POLICY));

        Registry other = new Registry(rules(contact("k1", "1")));
        other.arrives(seen(ref("crm", "1"), "email", "other@example.com"), "A");
        other.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "B");
        assertThat(other.links.get("A").ref("kirim")).isEqualTo(ref("kirim", "k1"));
    }

    @Test
    void others_are_left_alone() {
        Registry all = new Registry(rules(contact("k1", "1")));
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");
        all.arrives(seen(ref("crm", "2"), "email", "b@example.com"), "B");
        assertThat(all.links.get("A").ref("crm")).isNull();
    }

    @Test
    void two_that_were_apart_until_the_policy_said_so_become_one_when_either_is_told_of() {
        Registry before = new Registry(WITHOUT);
        before.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");
        before.arrives(seen(ref("crm", "1"), "email", "b@example.com"), "B");
        Registry after = new Registry(rules(contact("k1", "1")));
        after.links.putAll(before.links);
        after.owners.putAll(before.owners);

        after.arrives(seen(ref("crm", "1"), "email", "b@example.com"), "C");

        assertThat(after.links.get("A").refs()).containsExactlyInAnyOrder(ref("kirim", "k1"), ref("crm", "1"));
        assertThat(after.links.get("B").joinedInto()).isEqualTo("A");
    }

    @Test
    void one_whose_place_is_taken_stays_where_it_is() {
        Registry before = new Registry(WITHOUT);
        before.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");
        before.arrives(seen(ref("crm", "9"), "kirim_id", "k1"), "B");
        Registry after = new Registry(rules(contact("k1", "1")));
        after.links.putAll(before.links);
        after.owners.putAll(before.owners);

        assertThat(after.arrives(seen(ref("crm", "1"), "email", "b@example.com"), "C"))
                .containsExactly(new IdentityChange.Born("C", ref("crm", "1")));
    }

    @Test
    void one_that_a_person_took_out_stays_apart() {
        Registry all = new Registry(rules(contact("k1", "1")));
        all.arrives(seen(ref("kirim", "k1"), "email", "a@example.com"), "A");
        all.arrives(seen(ref("crm", "1"), "email", "a@example.com"), "B");
        all.plan(new IdentityChange.Split("A", ref("crm", "1"), "S"));

        all.arrives(seen(ref("crm", "1"), "email", "a@example.com"), "C");

        assertThat(all.links.get("A").ref("crm")).isNull();
        assertThat(all.links.get("S").ref("crm")).isEqualTo(ref("crm", "1"));
    }

    @Test
    void the_guide_names_users_of_both_sides() {
        Policy guide = Policies.guide().sameUser("usr_1", "77").primaryCrm("crm");
        assertThat(guide.type("user").orElseThrow().sameAs("crm", "77")).isEqualTo(Map.of("kirim", "usr_1"));
        assertThat(guide.type("user").orElseThrow().sameAs("crm", "78")).isEmpty();
    }
}
