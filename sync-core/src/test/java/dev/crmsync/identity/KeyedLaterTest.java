package dev.crmsync.identity;

import static dev.crmsync.identity.Registry.NOW;
import static dev.crmsync.identity.Registry.ref;
import static dev.crmsync.identity.Registry.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Presence;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A record that is known already bears a join key, or a value of others, that it did not bear before. */
class KeyedLaterTest {
    private static final RecordRef KIRIM = ref("kirim", "k1");
    private static final RecordRef CRM = ref("crm", "1");
    private static final Value ADDRESS = Value.text("a@example.com");

    private final Registry all = new Registry(IdentityTest.rules());

    private static IdentityChange suspected(String link, String... others) {
        return new IdentityChange.Suspected(link, List.of(others), "email", ADDRESS);
    }

    /** A link of each system's record, of different people as far as anybody knows. */
    private void apart() {
        all.arrives(seen(KIRIM, "email", "a@example.com"), "A");
        all.arrives(seen(CRM, "email", "b@example.com"), "B");
    }

    @Test
    void a_key_that_names_an_unknown_record_is_taken_down_and_an_equal_address_is_asked_about_all_the_same() {
        apart();
        assertThat(all.arrives(seen(CRM, "email", "a@example.com", "kirim_id", "k9"), "-"))
                .containsExactly(new IdentityChange.Mentioned("B", ref("kirim", "k9")), suspected("B", "A"));
        assertThat(all.links.get("B").ref("kirim")).isEqualTo(ref("kirim", "k9"));
    }

    @Test
    void a_key_that_names_a_record_whose_place_is_taken_is_a_question_of_its_own() {
        all.arrives(seen(KIRIM, "email", "k@example.com"), "A");
        all.arrives(seen(ref("crm", "2"), "kirim_id", "k1", "email", "k@example.com"), "-");
        all.arrives(seen(CRM, "email", "b@example.com"), "B");
        all.arrives(seen(ref("kirim", "k3"), "email", "a@example.com"), "C");
        assertThat(all.arrives(seen(CRM, "email", "a@example.com", "kirim_id", "k1"), "-"))
                .containsExactly(
                        new IdentityChange.Suspected("B", List.of("A"), "join key", Value.text("k1")),
                        suspected("B", "C"));
    }

    @Test
    void a_key_that_names_somebody_whom_a_person_called_different_changes_nothing() {
        apart();
        all.plan(new IdentityChange.Separated("A", "B"));
        assertThat(all.arrives(seen(CRM, "email", "b@example.com", "kirim_id", "k1"), "-"))
                .isEmpty();
    }

    @Test
    void a_record_that_takes_the_place_of_one_that_is_gone_joins_its_link() {
        all.arrives(seen(KIRIM, "email", "k@example.com"), "A");
        all.arrives(seen(ref("crm", "2"), "kirim_id", "k1", "email", "k@example.com"), "-");
        all.arrives(
                ChangeEvent.of(ref("crm", "2"), ChangeKind.DELETE, AsOf.at(NOW.plusSeconds(5)), Evidence.EVENT), "-");
        all.arrives(seen(CRM, "email", "b@example.com"), "B");
        assertThat(all.arrives(seen(CRM, "email", "b@example.com", "kirim_id", "k1"), "-"))
                .containsExactly(new IdentityChange.Joined("A", "B"));
        assertThat(all.links.get("A").ref("crm")).isEqualTo(CRM);
    }

    @Test
    void one_that_is_gone_itself_takes_nobodys_place() {
        all.arrives(seen(KIRIM, "email", "k@example.com"), "A");
        all.arrives(seen(ref("crm", "2"), "kirim_id", "k1", "email", "k@example.com"), "-");
        all.arrives(
                ChangeEvent.of(ref("crm", "2"), ChangeKind.DELETE, AsOf.at(NOW.plusSeconds(5)), Evidence.EVENT), "-");
        all.arrives(seen(CRM, "email", "b@example.com"), "B");
        all.arrives(ChangeEvent.of(CRM, ChangeKind.DELETE, AsOf.at(NOW.plusSeconds(6)), Evidence.EVENT), "-");
        assertThat(all.arrives(seen(CRM, "email", "b@example.com", "kirim_id", "k1"), "-"))
                .containsExactly(new IdentityChange.Suspected("B", List.of("A"), "join key", Value.text("k1")));
    }

    @Test
    void a_record_out_of_sight_that_showed_nothing_yet_is_one_that_is_seen_for_the_first_time() {
        all.arrives(seen(KIRIM, "email", "k@example.com"), "A");
        all.arrives(seen(ref("crm", "2"), "kirim_id", "k1", "email", "k@example.com"), "-");
        all.arrives(ChangeEvent.of(CRM, ChangeKind.GAP, AsOf.at(NOW), Evidence.EVENT), "B");
        all.arrives(ChangeEvent.of(CRM, ChangeKind.NOT_VISIBLE, AsOf.at(NOW), Evidence.EVENT), "-");
        assertThat(all.side("B", "crm").presence()).isEqualTo(Presence.NOT_VISIBLE);
        assertThat(all.identify(seen(CRM, "email", "b@example.com", "kirim_id", "k1"), "-"))
                .containsExactly(new IdentityChange.Joined("A", "B"));
        assertThat(all.side("A", "crm").secondaries()).containsExactly("1");
    }

    @Test
    void an_unknown_record_that_nobody_may_see_is_of_no_account() {
        assertThat(all.arrives(ChangeEvent.of(CRM, ChangeKind.NOT_VISIBLE, AsOf.at(NOW), Evidence.EVENT), "B"))
                .isEmpty();
        assertThat(all.links).isEmpty();
    }

    // Erased people

    private List<IdentityChange> withErased(ChangeEvent event, RecordRef... erased) {
        Map<Situation.Match, List<String>> matches = new TreeMap<>();
        for (RecordRef ref : erased) {
            matches.put(Identity.erased(ref), List.of());
        }
        return Identity.identify(
                new Situation(event, all.owners, matches, Links.of(all.links.values()), "N", all.rules));
    }

    @Test
    void a_record_of_an_erased_person_begins_nothing() {
        assertThat(withErased(seen(CRM, "email", "a@example.com"), CRM)).isEmpty();
        assertThat(withErased(seen(CRM, "kirim_id", "k1"), KIRIM)).isEmpty();
        assertThat(withErased(seen(CRM, "kirim_id", "k1"), ref("kirim", "k2")))
                .containsExactly(new IdentityChange.Born("N", CRM), new IdentityChange.Mentioned("N", KIRIM));
    }

    @Test
    void a_known_record_that_bears_an_erased_persons_key_stays_what_it_is() {
        all.arrives(seen(CRM, "email", "b@example.com"), "B");
        assertThat(withErased(seen(CRM, "email", "b@example.com", "kirim_id", "k1"), KIRIM))
                .isEmpty();
        assertThat(withErased(seen(CRM, "email", "b@example.com", "kirim_id", "k1")))
                .containsExactly(new IdentityChange.Mentioned("B", KIRIM));
    }

    @Test
    void nothing_becomes_an_erased_persons_record() {
        all.arrives(seen(CRM, "email", "b@example.com"), "B");
        RecordRef survivor = ref("crm", "2");
        ChangeEvent merged = ChangeEvent.merged(CRM, survivor, AsOf.at(NOW), Evidence.EVENT);
        assertThat(withErased(merged, survivor)).isEmpty();
        assertThat(withErased(merged)).containsExactly(new IdentityChange.Rekeyed("B", CRM, survivor));
    }
}
