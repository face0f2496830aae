package dev.crmsync.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is written down in a link's identity log, and why, and of which records the link consists. */
class IdentityLogTest {
    private static final List<Mapping> MAPPING = List.of(
            Mapping.of(Contact.TYPE, FieldMapping.direct(Contact.NAME, "name")).withExternalId("kirim_id"));
    private static final RecordRef REF = new RecordRef("crm", Contact.TYPE, "1");
    private static final RecordRef OTHER = new RecordRef("crm", Contact.TYPE, "2");

    private final Desk desk = new Desk(
            Desk.rules(
                    Policy.named("mine")
                            .type(
                                    RecordType.CONTACT,
                                    contact ->
                                            contact.owned(Contact.NAME, "kirim").records("crm", RecordRule.CREATE)),
                    new CreateLookup.UniqueUpsert(),
                    Map.of("kirim", MAPPING, "crm", MAPPING)),
            Contact.TYPE);

    private List<IdentityChange> told(Input input) {
        LinkState before = desk.link;
        desk.take(input);
        return Told.of(before, desk.link, input, desk.plan.decisions());
    }

    private Input.WriteStarted started() {
        return new Input.WriteStarted(desk.now, desk.next(), "L", "crm", Map.of(), null);
    }

    private Input.Observed observed(ChangeKind kind, int second) {
        return new Input.Observed(
                desk.now,
                desk.next(),
                "L",
                ChangeEvent.of(desk.ref("crm"), kind, AsOf.at(Desk.START.plusSeconds(second)), Evidence.EVENT),
                Map.of());
    }

    private Input.WriteOutcome done(RecordRef ref) {
        long seq = desk.link.side("crm").inFlight().seq();
        return new Input.WriteOutcome(desk.now, desk.next(), "L", "crm", seq, new Outcome.Done(ref, null), Map.of());
    }

    // What an input has done

    @Test
    void a_record_is_claimed_when_it_is_being_made_and_confirmed_when_it_stands() {
        desk.has("kirim", "name", "Budi");
        assertThat(told(started())).containsExactly(new IdentityChange.Claimed("L", "crm"));
        assertThat(told(started())).isEmpty();
        assertThat(told(done(desk.ref("crm")))).containsExactly(new IdentityChange.Confirmed("L", desk.ref("crm")));
    }

    @Test
    void one_that_had_joined_before_the_answer_came_is_confirmed_as_what_it_is() {
        desk.has("kirim", "name", "Budi").write("crm");
        desk.take(new Input.Identity(
                desk.now,
                desk.next(),
                new IdentityChange.Attached("L", desk.ref("crm"), IdentityChange.Attached.JOIN_KEY)));
        assertThat(told(done(desk.ref("crm")))).containsExactly(new IdentityChange.Confirmed("L", desk.ref("crm")));
    }

    @Test
    void a_second_one_beside_it_is_confirmed_too() {
        desk.has("kirim", "name", "Budi").write("crm");
        desk.take(new Input.Identity(
                desk.now,
                desk.next(),
                new IdentityChange.Attached("L", desk.ref("crm"), IdentityChange.Attached.JOIN_KEY)));
        assertThat(told(done(OTHER))).containsExactly(new IdentityChange.Confirmed("L", OTHER));
    }

    @Test
    void an_update_changes_no_identity() {
        desk.has("kirim", "name", "Budi").has("crm", "name", "Budi").event("kirim", 9, "name", "Ani");
        assertThat(told(started())).isEmpty();
        assertThat(told(done(desk.ref("crm")))).isEmpty();
    }

    @Test
    void a_record_goes_and_is_back_once_it_was_read() {
        desk.has("kirim", "name", "Budi").has("crm", "name", "Budi");
        assertThat(told(observed(ChangeKind.ARCHIVE, 10)))
                .containsExactly(new IdentityChange.Gone("L", desk.ref("crm")));
        assertThat(told(observed(ChangeKind.ARCHIVE, 10))).isEmpty();
        assertThat(told(observed(ChangeKind.RESTORE, 12))).isEmpty();
        ChangeEvent there = ChangeEvent.full(
                desk.ref("crm"), Desk.values("name", "Budi"), AsOf.at(Desk.START.plusSeconds(13)), Evidence.READ);
        assertThat(told(new Input.ReadOutcome(
                        desk.now, desk.next(), "L", "crm", desk.link.seq(), new Read.Found(there), Map.of())))
                .containsExactly(new IdentityChange.Undeleted("L", desk.ref("crm")));
    }

    @Test
    void to_be_erased_is_told_once_and_nothing_of_it_afterwards() {
        desk.has("kirim", "name", "Budi").has("crm", "name", "Budi");
        assertThat(told(new Input.Erase(desk.now, desk.next(), "L"))).containsExactly(new IdentityChange.Erased("L"));
        assertThat(told(observed(ChangeKind.DELETE, 11))).isEmpty();
    }

    @Test
    void a_change_of_identity_speaks_for_itself() {
        assertThat(told(new Input.Identity(desk.now, desk.next(), new IdentityChange.Born("L", desk.ref("kirim")))))
                .isEmpty();
    }

    // Why

    @Test
    void the_log_says_who_brought_a_change_about() {
        Input.Observed event = observed(ChangeKind.ARCHIVE, 1);
        assertThat(Cause.of(event)).isEqualTo(new Cause(Cause.By.EVENT, "crm", ChangeKind.ARCHIVE));
        assertThat(Cause.of(new Input.ReadOutcome(desk.now, 1, "L", "crm", 1, new Read.NotVisible(), Map.of())))
                .isEqualTo(new Cause(Cause.By.READ, "crm", null));
        assertThat(Cause.of(
                        new Input.WriteOutcome(desk.now, 1, "L", "kirim", 1, new Outcome.Unknown("lost"), Map.of())))
                .isEqualTo(new Cause(Cause.By.WRITE, "kirim", null));
        assertThat(Cause.of(new Input.ReviewAnswer(desk.now, 1, "L", "crm", null, Input.Answer.LEAVE)))
                .isEqualTo(Cause.PERSON);
        assertThat(Cause.of(new Input.Erase(desk.now, 1, "L"))).isEqualTo(Cause.PERSON);
        assertThat(Cause.of(started())).isEqualTo(Cause.ENGINE);
        assertThat(Cause.of(new Input.RulesChanged(desk.now, 1, "L"))).isEqualTo(Cause.ENGINE);
    }

    // Where a link begins and ends

    private static IdentityStep step(IdentityChange change) {
        return new IdentityStep("L", 1, Desk.START, List.of(change), Cause.ENGINE, null, null);
    }

    @Test
    void a_link_begins_with_a_record_or_with_one_that_was_taken_out_of_another() {
        assertThat(step(new IdentityChange.Born("L", REF)).begins()).isTrue();
        assertThat(step(new IdentityChange.Split("M", REF, "L")).begins()).isTrue();
        assertThat(step(new IdentityChange.Unlinked("M", REF, "L")).begins()).isTrue();
        assertThat(step(new IdentityChange.Split("L", REF, "M")).begins()).isFalse();
        assertThat(step(new IdentityChange.Unlinked("L", REF, "M")).begins()).isFalse();
        assertThat(step(new IdentityChange.Unlinked("L", REF, "L")).begins()).isFalse();
        assertThat(step(new IdentityChange.Born("M", REF)).begins()).isFalse();
        assertThat(step(new IdentityChange.Gone("L", REF)).begins()).isFalse();
    }

    @Test
    void a_link_ends_when_it_is_erased() {
        assertThat(step(new IdentityChange.Erased("L")).erases()).isTrue();
        assertThat(step(new IdentityChange.Gone("L", REF)).erases()).isFalse();
    }

    // Of which records

    @Test
    void a_link_consists_of_what_is_followed_gone_or_left_alone_at_each_system() {
        desk.has("kirim", "name", "Budi").has("crm", "name", "Budi");
        desk.take(new Input.Identity(
                desk.now, desk.next(), new IdentityChange.Attached("L", OTHER, IdentityChange.Attached.JOIN_KEY)));
        Composition both = Composition.of(desk.link);
        assertThat(both.parts()).containsOnlyKeys("crm", "kirim");
        assertThat(both.type()).isEqualTo(Contact.TYPE);
        assertThat(both.takenOverBy()).isNull();
        assertThat(both.parts().get("crm"))
                .isEqualTo(new Composition.Part("crm-1", new TreeSet<>(List.of("2")), Composition.Condition.FOLLOWED));
        assertThat(both.refs()).containsExactlyInAnyOrder(desk.ref("kirim"), desk.ref("crm"), OTHER);

        desk.kind("crm", ChangeKind.DELETE, 10);
        assertThat(Composition.of(desk.link).parts().get("crm").condition()).isEqualTo(Composition.Condition.GONE);
    }

    @Test
    void a_record_that_a_person_took_out_is_left_alone() {
        desk.has("kirim", "name", "Budi");
        desk.take(new Input.Identity(desk.now, desk.next(), new IdentityChange.Unlinked("L", desk.ref("kirim"), "L")));
        assertThat(Composition.of(desk.link).parts().get("kirim").condition())
                .isEqualTo(Composition.Condition.LEFT_ALONE);
    }

    @Test
    void secondaries_alone_are_part_of_it_and_a_system_without_records_is_not() {
        Composition.Part part = new Composition.Part(null, new TreeSet<>(List.of("2")), Composition.Condition.FOLLOWED);
        Composition composition = new Composition(Contact.TYPE, new TreeMap<>(Map.of("crm", part)), "M");
        assertThat(composition.refs()).containsExactly(OTHER);
        desk.has("kirim", "name", "Budi").write("crm");
        assertThat(Composition.of(desk.link).parts()).containsOnlyKeys("kirim");
    }

    // Which links it touches

    @Test
    void every_change_names_the_links_that_must_be_loaded_to_plan_it() {
        Map<IdentityChange, List<String>> links = Map.ofEntries(
                Map.entry(new IdentityChange.Born("L", REF), List.of("L")),
                Map.entry(new IdentityChange.Attached("L", REF, "email"), List.of("L")),
                Map.entry(new IdentityChange.Mentioned("L", REF), List.of("L")),
                Map.entry(new IdentityChange.Rekeyed("L", REF, OTHER), List.of("L")),
                Map.entry(
                        new IdentityChange.Suspected("L", List.of("M", "N"), "email", Value.text("x")),
                        List.of("M", "N", "L")),
                Map.entry(new IdentityChange.Joined("L", "M"), List.of("L", "M")),
                Map.entry(new IdentityChange.Merged("L", "M", REF, OTHER), List.of("L", "M")),
                Map.entry(new IdentityChange.Converted("L", REF, OTHER), List.of("L")),
                Map.entry(new IdentityChange.Split("L", REF, "M"), List.of("L", "M")),
                Map.entry(new IdentityChange.Unlinked("L", REF, "M"), List.of("L", "M")),
                Map.entry(new IdentityChange.Unlinked("L", REF, "L"), List.of("L")),
                Map.entry(new IdentityChange.Followed("L", REF), List.of("L")),
                Map.entry(new IdentityChange.Separated("L", "M"), List.of("L", "M")));
        links.forEach((change, touched) -> {
            assertThat(change.links()).as(change.toString()).isEqualTo(touched);
            assertThat(change.isTold()).as(change.toString()).isFalse();
        });
    }

    @Test
    void what_is_only_told_is_of_one_link_and_cannot_be_planned() {
        List<IdentityChange> told = List.of(
                new IdentityChange.Claimed("L", "crm"),
                new IdentityChange.Confirmed("L", REF),
                new IdentityChange.Gone("L", REF),
                new IdentityChange.Undeleted("L", REF),
                new IdentityChange.Erased("L"));
        for (IdentityChange change : new ArrayList<>(told)) {
            assertThat(change.isTold()).isTrue();
            assertThat(change.links()).containsExactly("L");
            assertThatThrownBy(() -> desk.take(new Input.Identity(desk.now, desk.next(), change)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot be planned");
        }
    }

    @Test
    void a_link_that_was_not_loaded_is_an_error_of_the_caller() {
        assertThatThrownBy(() -> Links.of(desk.link).get("M"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("M");
        assertThatThrownBy(
                        () -> desk.take(new Input.Identity(desk.now, desk.next(), new IdentityChange.Born("M", REF))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("link M was not loaded");
        LinkState other = LinkState.empty("M", Contact.TYPE);
        assertThat(Links.of(desk.link).with(other).byId()).containsOnlyKeys("L", "M");
    }
}
