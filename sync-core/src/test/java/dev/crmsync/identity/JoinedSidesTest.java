package dev.crmsync.identity;

import static dev.crmsync.identity.Registry.NOW;
import static dev.crmsync.identity.Registry.ref;
import static dev.crmsync.identity.Registry.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.Presence;
import dev.crmsync.planning.Reason;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import org.junit.jupiter.api.Test;

/** What was known of a record at one system goes on being known when its link becomes part of another one. */
class JoinedSidesTest {
    private static final RecordRef KIRIM = ref("kirim", "k1");
    private static final RecordRef CRM = ref("crm", "1");
    private static final RecordRef OTHER = ref("crm", "2");

    private final Registry all = new Registry(SurvivorsTest.rules());

    private void told(RecordRef ref, int second, String... properties) {
        all.arrives(
                ChangeEvent.partial(ref, Registry.values(properties), AsOf.at(NOW.plusSeconds(second)), Evidence.EVENT),
                "-");
    }

    /** Kirim's k2 and the CRM's 2, which we have given a phone number: the answer to that was lost. */
    private void written() {
        all.arrives(seen(ref("kirim", "k2"), "phone", "+6281211112222"), "B");
        all.arrives(seen(OTHER, "phone", "+6281211112222", "kirim_id", "k2"), "-");
        told(ref("kirim", "k2"), 10, "phone", "+6281233334444");
        InFlight flight = all.write("B", "crm");
        all.outcome("B", "crm", flight, new Outcome.Unknown("lost"));
    }

    @Test
    void a_value_that_was_sent_there_is_known_for_our_own_when_it_is_shown() {
        all.arrives(seen(KIRIM, "phone", "+6281299998888"), "A");
        written();

        all.plan(new IdentityChange.Joined("A", "B"));

        assertThat(all.side("A", "crm").record()).isEqualTo("2");
        assertThat(all.side("A", "crm").sent()).containsOnlyKeys("phone");
        assertThat(all.side("A", "crm").inFlight()).isNotNull();
    }

    @Test
    void a_record_that_is_there_takes_the_place_of_one_that_is_gone_with_what_was_seen_of_it_alone() {
        all.arrives(seen(KIRIM, "email", "a@example.com"), "A");
        all.arrives(seen(CRM, "email", "a@example.com", "name", "Ani", "kirim_id", "k1"), "-");
        told(CRM, 5, "email", "b@example.com");
        assertThat(all.reviews.values())
                .singleElement()
                .satisfies(review -> assertThat(review.reason()).isEqualTo(Reason.NON_OWNER_REVIEW));
        all.arrives(ChangeEvent.of(CRM, ChangeKind.DELETE, AsOf.at(NOW.plusSeconds(9)), Evidence.EVENT), "-");
        all.arrives(seen(OTHER, "email", "a@example.com"), "B");

        all.plan(new IdentityChange.Joined("A", "B"));

        assertThat(all.side("A", "crm").record()).isEqualTo("2");
        assertThat(all.side("A", "crm").secondaries()).containsExactly("1");
        assertThat(all.side("A", "crm").presence()).isEqualTo(Presence.PRESENT);
        assertThat(all.side("A", "crm").raw())
                .doesNotContainKey("name")
                .containsEntry("email", NativeValue.text("a@example.com"));
        assertThat(all.side("A", "crm").standings()).isEmpty();
        assertThat(all.reviews).isEmpty();
    }

    @Test
    void of_two_links_that_a_person_had_told_apart_the_one_that_stays_forgets_it() {
        all.arrives(seen(KIRIM, "name", "Ani"), "A");
        all.arrives(seen(OTHER, "name", "Ani"), "B");
        all.plan(new IdentityChange.Separated("A", "B"));

        all.plan(new IdentityChange.Joined("A", "B"));

        assertThat(all.links.get("A").apart()).isEmpty();
        assertThat(all.links.get("B").apart()).isEmpty();
    }
}
