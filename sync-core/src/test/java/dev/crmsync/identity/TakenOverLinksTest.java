package dev.crmsync.identity;

import static dev.crmsync.identity.Registry.NOW;
import static dev.crmsync.identity.Registry.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.Presence;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.ReviewChange;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.Stance;
import dev.crmsync.planning.Stances;
import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A link takes another one over: what was seen there joins, what was left there stays, and nothing vanishes without a word. */
class TakenOverLinksTest {
    private static final RecordRef KIRIM = ref("kirim", "k1");
    private static final RecordRef CRM = ref("crm", "1");

    private final Registry all = new Registry(rules(NonOwnerEdit.REVIEW));

    private static Rules rules(NonOwnerEdit edits) {
        Policy policy = Policy.named("taken over")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "kirim", edits, "crm", "help")
                                .owned(Contact.EMAIL, "kirim", edits, "crm", "help")
                                .owned(Contact.PHONE, "crm", edits, "kirim", "help")
                                .records("crm", RecordRule.CREATE)
                                .records("help", RecordRule.CREATE));
        return Rules.of(policy, UnansweredCreatesTest.rules().systems(), "ID");
    }

    private void sees(RecordRef ref, String link, int second, String... properties) {
        all.arrives(
                ChangeEvent.full(ref, Registry.values(properties), AsOf.at(NOW.plusSeconds(second)), Evidence.LISTING),
                link);
    }

    private void join() {
        all.plan(new IdentityChange.Joined("A", "B"));
    }

    private List<Reason> told(Field field) {
        return all.last.decisions().stream()
                .filter(decision -> decision.link().equals("A") && field.name().equals(decision.field()))
                .map(Decision::reason)
                .toList();
    }

    private Value agreed(Field field) {
        return all.links.get("A").agreed().get(field.name()).value();
    }

    private Stance stance(String system, Field field) {
        return Stances.of(all.links.get("A"), system, field, all.rules);
    }

    @Test
    void what_the_record_of_the_other_link_shows_joins_as_if_it_were_seen_now() {
        sees(KIRIM, "A", 0, "name", "Budi", "phone", "");
        sees(CRM, "B", 5, "name", "Other", "phone", "+6281211112222");

        join();

        assertThat(told(Contact.NAME)).containsExactly(Reason.BASELINE_OVERRULED);
        assertThat(told(Contact.PHONE)).containsExactly(Reason.BASELINE_AGREED);
        assertThat(agreed(Contact.PHONE)).isEqualTo(Value.text("+6281211112222"));
        assertThat(all.last.decisions())
                .filteredOn(decision -> "phone".equals(decision.field()))
                .extracting(Decision::asOf)
                .containsExactly(AsOf.at(NOW.plusSeconds(5)));
        assertThat(all.side("A", "crm").raw()).containsEntry("name", NativeValue.text("Other"));
        assertThat(all.due())
                .filteredOn(due -> !due.system().equals("help"))
                .extracting(Due::system, Due::need)
                .containsExactlyInAnyOrder(tuple("crm", Due.Need.UPDATE), tuple("kirim", Due.Need.UPDATE));
    }

    @Test
    void an_edit_that_waits_for_a_person_there_is_asked_about_in_its_new_link() {
        sees(KIRIM, "A", 0, "name", "Budi");
        sees(ref("help", "h1"), "B", 0, "name", "Ani", "phone", "+6281211112222");
        sees(CRM, "C", 0, "name", "Ani", "phone", "+6281211112222");
        all.plan(new IdentityChange.Joined("B", "C"));
        sees(ref("help", "h1"), "-", 9, "name", "Ani", "phone", "+6281233334444");
        assertThat(all.side("B", "help").standings()).containsKey("phone");

        join();

        assertThat(stance("help", Contact.PHONE)).isEqualTo(Stance.HELD);
        assertThat(all.reviews.values())
                .extracting(ReviewChange.Opened::link, ReviewChange.Opened::system, ReviewChange.Opened::field)
                .containsExactly(tuple("A", "help", "phone"));
        assertThat(told(Contact.PHONE)).contains(Reason.NON_OWNER_REVIEW);
    }

    @Test
    void one_that_was_left_there_still_is() {
        Registry kept = new Registry(rules(NonOwnerEdit.KEEP));
        kept.arrives(Registry.seen(KIRIM, "name", "Budi"), "A");
        kept.arrives(Registry.seen(CRM, "phone", "+6281211112222"), "B");
        kept.arrives(Registry.seen(ref("help", "h1"), "phone", "+6281211112222"), "C");
        kept.plan(new IdentityChange.Joined("B", "C"));
        kept.arrives(
                ChangeEvent.full(
                        ref("help", "h1"),
                        Registry.values("phone", "+6281233334444"),
                        AsOf.at(NOW.plusSeconds(9)),
                        Evidence.LISTING),
                "-");
        assertThat(kept.side("B", "help").standings().get("phone").stance()).isEqualTo(Stance.KEPT);

        kept.plan(new IdentityChange.Joined("A", "B"));

        assertThat(Stances.of(kept.links.get("A"), "help", Contact.PHONE, kept.rules))
                .isEqualTo(Stance.KEPT);
    }

    /** Nobody but Kirim says what the name is, and Kirim had no record of who the CRM knows. */
    private static Registry unheard(NonOwnerEdit edits) {
        Policy policy = Policy.named("taken over")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "kirim", edits).records("crm", RecordRule.CREATE));
        Registry all =
                new Registry(Rules.of(policy, UnansweredCreatesTest.rules().systems(), "ID"));
        all.arrives(Registry.seen(KIRIM, "name", "Budi"), "A");
        all.arrives(Registry.seen(CRM, "name", "Other"), "B");
        assertThat(all.side("B", "crm").standings().get("name").stance()).isEqualTo(Stance.KEPT);
        all.plan(new IdentityChange.Joined("A", "B"));
        return all;
    }

    @Test
    void a_value_that_was_left_there_for_want_of_another_gives_way_to_the_owners() {
        Registry reverted = unheard(NonOwnerEdit.REVERT);
        assertThat(reverted.due())
                .filteredOn(due -> due.system().equals("crm"))
                .extracting(Due::need)
                .containsExactly(Due.Need.UPDATE);
        Registry kept = unheard(NonOwnerEdit.KEEP);
        assertThat(Stances.of(kept.links.get("A"), "crm", Contact.NAME, kept.rules))
                .isEqualTo(Stance.KEPT);
        assertThat(kept.due()).filteredOn(due -> due.system().equals("crm")).isEmpty();
    }

    @Test
    void what_the_other_link_had_agreed_and_nobody_took_is_told() {
        sees(KIRIM, "A", 0, "email", "a@example.com");
        sees(ref("kirim", "k2"), "B", 0, "email", "b@example.com", "name", "");

        join();

        assertThat(all.links.get("A").ref("kirim")).isEqualTo(KIRIM);
        assertThat(all.side("A", "kirim").secondaries()).containsExactly("k2");
        assertThat(told(Contact.EMAIL)).containsExactly(Reason.OVERRULED_BY_JOIN);
        assertThat(all.last.decisions())
                .filteredOn(decision -> decision.reason() == Reason.OVERRULED_BY_JOIN)
                .extracting(Decision::saw)
                .containsExactly(Value.text("b@example.com"));
        assertThat(all.last.decisions()).extracting(Decision::reason).contains(Reason.SECONDARY);
    }

    @Test
    void and_is_told_once_where_both_had_agreed_on_the_same() {
        sees(KIRIM, "A", 0, "email", "a@example.com");
        sees(ref("kirim", "k2"), "B", 0, "email", "A@example.com");
        join();
        assertThat(told(Contact.EMAIL)).isEmpty();
    }

    @Test
    void a_record_that_is_gone_gives_its_place_to_one_that_is_there() {
        sees(KIRIM, "A", 0, "name", "Budi");
        sees(CRM, "-", 0, "kirim_id", "k1", "name", "Budi");
        all.arrives(ChangeEvent.of(CRM, ChangeKind.DELETE, AsOf.at(NOW.plusSeconds(5)), Evidence.EVENT), "-");
        sees(ref("crm", "2"), "B", 9, "name", "Budi");

        join();

        assertThat(all.side("A", "crm").record()).isEqualTo("2");
        assertThat(all.side("A", "crm").presence()).isEqualTo(Presence.PRESENT);
        assertThat(all.side("A", "crm").secondaries()).containsExactly("1");
        assertThat(all.last.decisions()).extracting(Decision::reason).contains(Reason.REKEYED);
    }

    @Test
    void one_that_a_person_left_alone_is_read_when_its_link_is_taken_over() {
        sees(KIRIM, "A", 0, "name", "Budi");
        sees(CRM, "B", 0, "name", "Other");
        all.plan(new IdentityChange.Unlinked("B", CRM, "B"));

        join();

        assertThat(all.side("A", "crm").presence()).isEqualTo(Presence.MENTIONED);
        assertThat(all.side("A", "crm").wanted().reason()).isEqualTo(Reason.BACK);
    }

    @Test
    void what_is_under_way_to_their_record_goes_on_under_our_name() {
        sees(KIRIM, "A", 0, "name", "Budi");
        sees(CRM, "-", 0, "kirim_id", "k1", "name", "Budi");
        sees(ref("kirim", "k2"), "B", 0, "name", "Ani");
        sees(ref("crm", "2"), "-", 0, "kirim_id", "k2", "name", "Ani");
        sees(ref("kirim", "k2"), "-", 9, "name", "Anita");
        InFlight flight = all.write("B", "crm");
        all.outcome("B", "crm", flight, new Outcome.Unknown("lost"));

        join();

        assertThat(all.side("A", "crm").inFlight().unknown()).isTrue();
        assertThat(all.side("A", "crm").wanted().reason()).isEqualTo(Reason.OUTCOME_UNKNOWN);
        assertThat(all.due())
                .filteredOn(due -> due.link().equals("A") && due.system().equals("crm"))
                .extracting(Due::need)
                .containsExactly(Due.Need.READ);
    }

    @Test
    void a_question_that_was_open_in_the_other_link_alone_is_closed_there() {
        sees(KIRIM, "A", 0, "name", "Budi");
        sees(ref("help", "h1"), "B", 0, "name", "Ani", "phone", "+6281211112222");
        sees(CRM, "C", 0, "name", "Ani", "phone", "+6281211112222");
        all.plan(new IdentityChange.Joined("B", "C"));
        sees(ref("help", "h1"), "-", 9, "name", "Ani", "phone", "+6281233334444");
        assertThat(all.reviews.values()).extracting(ReviewChange.Opened::link).containsExactly("B");

        join();

        assertThat(all.reviews.values()).extracting(ReviewChange.Opened::link).doesNotContain("B");
        assertThat(all.links.get("B").sides()).isEmpty();
        assertThat(all.links.get("B").agreed()).isEmpty();
        assertThat(all.links.get("B").apart()).isEmpty();
    }

    @Test
    void whom_a_person_called_different_from_the_other_link_is_different_from_ours() {
        sees(KIRIM, "A", 0, "name", "Budi");
        sees(CRM, "B", 0, "name", "Other");
        sees(ref("crm", "2"), "C", 0, "name", "Third");
        all.plan(new IdentityChange.Separated("B", "C"));

        join();

        assertThat(all.links.get("A").apart()).containsExactly("C");
    }
}
