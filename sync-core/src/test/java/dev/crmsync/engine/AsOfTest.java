package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.engine.IdentityAsOf.State;
import dev.crmsync.engine.IdentityAsOf.TakenOver;
import dev.crmsync.planning.Cause;
import dev.crmsync.planning.Composition.Condition;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.IdentityStep;
import dev.crmsync.review.Answer;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who was who at a moment: asked before, at and after each kind of change. */
class AsOfTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final World world = new World();
    private final RecordRef kirim = world.kirim("k1");
    private final RecordRef stranger = world.crm("c9");
    private Instant start;

    @BeforeEach
    void begins() {
        world.setting = builder -> builder.gatherWindow(Duration.ZERO);
        world.start();
        start = world.clock.instant();
    }

    private RecordRef inStep() {
        world.peopleInStep(1, 2);
        return world.crmOf(kirim);
    }

    private Identities identities() {
        return world.engine.identities(World.SYNC);
    }

    private String linkOf(RecordRef ref) {
        return world.engine.linkOf(World.SYNC, ref);
    }

    private Set<RecordRef> records(String link, Instant at) {
        var records = identities().asOf(link, at).records();
        assertThat(records).isNotNull();
        return records.refs();
    }

    /** The one step of a link that holds a change of a kind; it was taken not before what the clock showed. */
    private IdentityStep step(String link, Class<? extends IdentityChange> kind, Instant notBefore) {
        IdentityStep found = identities().log(link).steps().stream()
                .filter(step -> step.changes().stream().anyMatch(kind::isInstance))
                .reduce((one, other) -> {
                    throw new AssertionError("more than one " + kind);
                })
                .orElseThrow(() -> new AssertionError("no " + kind));
        assertThat(found.at()).isBetween(notBefore, world.clock.instant());
        return found;
    }

    private void noLinkHeld(RecordRef ref, Instant at, String... says) {
        assertThatThrownBy(() -> world.engine.identities(World.SYNC).linkOf(ref, at))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
                .hasMessageContainingAll(says);
    }

    private RecordRef known(RecordRef ref, String name) {
        world.tell(world.crm, world.crm.edit(ref, "name", name));
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));
        return ref;
    }

    @Test
    void a_link_was_nobody_before_it_began() {
        world.clock.pass(Duration.ofMinutes(1));
        Instant began = world.clock.instant();
        world.engine.pause(World.SYNC, "crm", "so that nothing is made at the same moment");
        world.peopleInStep(1, 2);
        String link = linkOf(kirim);

        IdentityAsOf before = identities().asOf(link, began.minus(MOMENT));
        IdentityAsOf at = identities().asOf(link, began);

        assertThat(before.state()).isEqualTo(State.NOT_YET);
        assertThat(before.since()).isEqualTo(began);
        assertThat(before.text()).contains("it had not begun; it began at " + began);
        assertThat(at.state()).isEqualTo(State.STOOD);
        assertThat(at.since()).isEqualTo(began);
        assertThat(records(link, began)).containsExactly(kirim);
        assertThat(at.text()).contains("kirim: k1", "begins with kirim/contact/k1 (kirim told of it: UPSERT)");
        noLinkHeld(
                kirim,
                began.minus(MOMENT),
                "no link of sync acme held the record kirim/contact/k1 at " + began.minus(MOMENT),
                "link " + link + " held it from " + began + " on");
        assertThat(world.engine.identities(World.SYNC).linkOf(kirim, began)).isEqualTo(link);
    }

    @Test
    void a_record_was_claimed_before_it_was_made_and_part_of_the_link_once_it_was_confirmed() {
        AtomicReference<Instant> asked = new AtomicReference<>();
        world.crm.fates.add((write, takesEffect) -> {
            asked.set(world.clock.instant());
            var outcome = takesEffect.get();
            world.clock.pass(Duration.ofSeconds(5));
            return outcome;
        });
        RecordRef made = inStep();
        String link = linkOf(kirim);

        IdentityStep claim = step(link, IdentityChange.Claimed.class, start);
        IdentityStep confirm =
                step(link, IdentityChange.Confirmed.class, asked.get().plusSeconds(5));

        assertThat(claim.at()).isBeforeOrEqualTo(asked.get());
        assertThat(claim.cause()).isEqualTo(Cause.ENGINE);
        assertThat(confirm.cause()).isEqualTo(Cause.write("crm"));
        assertThat(confirm.changes()).containsExactly(new IdentityChange.Confirmed(link, made));
        assertThat(identities().asOf(link, claim.at().minus(MOMENT)).last()).isNotEqualTo(claim);
        IdentityAsOf during = identities().asOf(link, asked.get());
        assertThat(during.last()).isEqualTo(claim);
        assertThat(during.next()).isEqualTo(confirm);
        assertThat(records(link, confirm.at().minus(MOMENT))).containsExactly(kirim);
        assertThat(records(link, confirm.at())).containsExactly(made, kirim);
        noLinkHeld(made, confirm.at().minus(MOMENT), "link " + link + " held it from " + confirm.at() + " on");
        assertThat(world.engine.identities(World.SYNC).linkOf(made, confirm.at()))
                .isEqualTo(link);
    }

    @Test
    void a_record_joined_a_link_by_its_join_key() {
        RecordRef keyed = world.crm("c5");
        world.person("k1", "Budi", "budi@example.com");
        world.engine.pause(World.SYNC, "crm", "until it is known");
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));
        Instant joined = world.clock.instant();
        world.tell(world.crm, world.crm.edit(keyed, "kirim_id", "k1"));
        world.settle();
        String link = linkOf(kirim);

        assertThat(records(link, joined.minus(MOMENT))).containsExactly(kirim);
        assertThat(records(link, joined)).containsExactly(keyed, kirim);
        assertThat(identities().log(link).text()).contains("crm/contact/c5 joins it, by its join key");
    }

    @Test
    void a_record_was_re_keyed() {
        RecordRef gone = inStep();
        String link = linkOf(kirim);
        world.crm.edit(stranger, "name", "Person One");
        Instant rekeyed = world.clock.instant();

        world.tell(world.crm, world.crm.merge(gone, stranger));
        world.settle();

        assertThat(step(link, IdentityChange.Rekeyed.class, rekeyed).at()).isEqualTo(rekeyed);
        assertThat(records(link, rekeyed.minus(MOMENT))).containsExactly(gone, kirim);
        assertThat(records(link, rekeyed)).containsExactlyInAnyOrder(gone, stranger, kirim);
        assertThat(identities().asOf(link, rekeyed.minus(MOMENT)).text()).contains("crm: " + gone.id());
        assertThat(identities().asOf(link, rekeyed).text())
                .contains("crm: c9; and kept in mind: " + gone.id(), "is re-keyed", "crm told of it: MERGE");
        assertThat(world.engine.identities(World.SYNC).linkOf(gone, rekeyed)).isEqualTo(link);
        noLinkHeld(stranger, rekeyed.minus(MOMENT), "link " + link + " held it from " + rekeyed);
    }

    @Test
    void a_link_that_was_taken_over_tells_who_took_it_over_and_when() {
        RecordRef gone = inStep();
        String link = linkOf(gone);
        String other = linkOf(known(stranger, "Person One"));
        Instant merged = world.clock.instant();

        world.tell(world.crm, world.crm.merge(gone, stranger));
        world.settle();

        String stays = linkOf(kirim);
        String taken = stays.equals(link) ? other : link;
        Set<RecordRef> theirs = stays.equals(link) ? Set.of(stranger) : Set.of(gone, kirim);
        IdentityAsOf before = identities().asOf(taken, merged.minus(MOMENT));
        assertThat(before.state()).isEqualTo(State.STOOD);
        assertThat(before.takenOver()).isEmpty();
        assertThat(before.records()).isNotNull();
        assertThat(before.records().refs()).isEqualTo(theirs);
        for (Instant at : Set.of(merged, merged.plus(MOMENT))) {
            world.clock.to(at);
            IdentityAsOf after = identities().asOf(taken, at);
            assertThat(after.state()).isEqualTo(State.TAKEN_OVER);
            assertThat(after.takenOver()).containsExactly(new TakenOver(stays, merged));
            assertThat(after.stoodAs()).contains(stays);
            assertThat(records(taken, at)).containsExactlyInAnyOrder(gone, stranger, kirim);
            assertThat(after.text()).contains("taken over by link " + stays + ", since " + merged);
        }
        assertThat(world.engine.identities(World.SYNC).linkOf(gone, merged.minus(MOMENT)))
                .isEqualTo(link);
        assertThat(world.engine.identities(World.SYNC).linkOf(stranger, merged.minus(MOMENT)))
                .isEqualTo(other);
        assertThat(world.engine.identities(World.SYNC).linkOf(gone, merged)).isEqualTo(stays);
        assertThat(world.engine.identities(World.SYNC).linkOf(stranger, merged)).isEqualTo(stays);
    }

    @Test
    void of_two_merges_in_a_row_both_are_told() {
        RecordRef first = inStep();
        String one = linkOf(first);
        RecordRef second = known(world.crm("c8"), "Second");
        String two = linkOf(second);
        RecordRef third = known(world.crm("c9"), "Third");
        String three = linkOf(third);
        // The first merge is of the two that Kirim does not know, so that the second one takes over what has taken
        // over.
        Instant merged = world.clock.instant();
        world.tell(world.crm, world.crm.merge(second, third));
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));
        Instant again = world.clock.instant();
        world.tell(world.crm, world.crm.merge(third, first));
        world.settle();

        assertThat(linkOf(second)).isEqualTo(one).isEqualTo(linkOf(third));
        assertThat(world.engine.identities(World.SYNC).linkOf(second, merged.minus(MOMENT)))
                .isEqualTo(two);
        assertThat(world.engine.identities(World.SYNC).linkOf(second, merged)).isEqualTo(three);
        assertThat(world.engine.identities(World.SYNC).linkOf(second, again.minus(MOMENT)))
                .isEqualTo(three);
        assertThat(world.engine.identities(World.SYNC).linkOf(second, again)).isEqualTo(one);
        assertThat(identities().asOf(two, merged.minus(MOMENT)).state()).isEqualTo(State.STOOD);
        assertThat(identities().asOf(two, again.minus(MOMENT)).takenOver())
                .containsExactly(new TakenOver(three, merged));
        assertThat(records(two, again.minus(MOMENT))).containsExactly(second, third);
        assertThat(identities().asOf(two, again).takenOver())
                .containsExactly(new TakenOver(three, merged), new TakenOver(one, again));
        assertThat(records(two, again)).containsExactlyInAnyOrder(first, second, third, kirim);
        assertThat(records(one, again.minus(MOMENT))).containsExactlyInAnyOrder(first, kirim);
    }

    /** Two contacts at Kirim, each with a record in the CRM, and the CRM merges those. */
    private Instant personWithTwoNumbers(RecordRef second) {
        world.person("k1", "Budi", "budi@example.com");
        world.person("k2", "Budi", "other@example.com");
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));
        Instant merged = world.clock.instant();
        world.tell(world.crm, world.crm.merge(world.crmOf(second), world.crmOf(kirim)));
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));
        return merged;
    }

    @Test
    void a_record_that_was_split_off_after_a_merge_was_in_three_links_one_after_the_other() {
        RecordRef second = world.kirim("k2");
        Instant merged = personWithTwoNumbers(second);
        String link = linkOf(kirim);
        Instant split = world.clock.instant();
        String own = world.engine.split(World.SYNC, second);
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));

        String first = world.engine.identities(World.SYNC).linkOf(second, merged.minus(MOMENT));
        assertThat(first).isNotEqualTo(link).isNotEqualTo(own);
        assertThat(world.engine.identities(World.SYNC).linkOf(second, merged)).isEqualTo(link);
        assertThat(world.engine.identities(World.SYNC).linkOf(second, split.minus(MOMENT)))
                .isEqualTo(link);
        assertThat(world.engine.identities(World.SYNC).linkOf(second, split)).isEqualTo(own);
        assertThat(records(link, split.minus(MOMENT))).contains(kirim, second);
        assertThat(records(link, split)).contains(kirim).doesNotContain(second);
        assertThat(identities().asOf(own, split.minus(MOMENT)).state()).isEqualTo(State.NOT_YET);
        assertThat(records(own, split)).containsExactly(second);
        assertThat(identities().log(own).text())
                .contains("begins with kirim/contact/k2, split off link " + link + " (a person said so)");
        assertThat(identities().log(link).text()).contains("kirim/contact/k2 is split off, into link " + own);
        assertThat(identities().log(link).whole()).isTrue();
    }

    @Test
    void a_record_was_unlinked_and_followed_again() {
        RecordRef crm = inStep();
        String link = linkOf(kirim);
        Instant unlinked = world.clock.instant();
        world.engine.unlink(World.SYNC, crm);
        world.clock.pass(Duration.ofMinutes(1));
        Instant followed = world.clock.instant();
        world.engine.follow(World.SYNC, crm);
        world.settle();
        String own = linkOf(crm);

        assertThat(world.engine.identities(World.SYNC).linkOf(crm, unlinked.minus(MOMENT)))
                .isEqualTo(link);
        assertThat(world.engine.identities(World.SYNC).linkOf(crm, unlinked)).isEqualTo(own);
        assertThat(records(link, unlinked.minus(MOMENT))).containsExactly(crm, kirim);
        assertThat(records(link, unlinked)).containsExactly(kirim);
        assertThat(condition(own, unlinked)).isEqualTo(Condition.LEFT_ALONE);
        assertThat(condition(own, followed.minus(MOMENT))).isEqualTo(Condition.LEFT_ALONE);
        assertThat(condition(own, followed)).isEqualTo(Condition.FOLLOWED);
        assertThat(identities().log(own).text())
                .contains("unlinked from link " + link + " and left alone", crm + " is followed again");
    }

    private Condition condition(String link, Instant at) {
        var records = identities().asOf(link, at).records();
        assertThat(records).isNotNull();
        assertThat(records.parts()).containsKey("crm");
        return records.parts().get("crm").condition();
    }

    @Test
    void a_record_was_deleted_and_undeleted() {
        RecordRef crm = inStep();
        String link = linkOf(kirim);
        Instant gone = world.clock.instant();
        world.tell(world.crm, world.crm.archived(crm));
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));
        Instant restored = world.clock.instant();
        world.tell(world.crm, world.crm.restore(crm));
        world.settle();

        IdentityStep back = step(link, IdentityChange.Undeleted.class, restored);
        assertThat(step(link, IdentityChange.Gone.class, gone).cause())
                .isEqualTo(new Cause(Cause.By.EVENT, "crm", ChangeKind.ARCHIVE));
        assertThat(condition(link, gone.minus(MOMENT))).isEqualTo(Condition.FOLLOWED);
        assertThat(condition(link, gone)).isEqualTo(Condition.GONE);
        assertThat(condition(link, back.at().minus(MOMENT))).isEqualTo(Condition.GONE);
        assertThat(condition(link, back.at())).isEqualTo(Condition.FOLLOWED);
        assertThat(world.engine.identities(World.SYNC).linkOf(crm, gone)).isEqualTo(link);
        assertThat(identities().asOf(link, gone).text()).contains("crm: " + crm.id() + ", deleted or archived");
        assertThat(identities().log(link).text()).contains(crm + " is undeleted");
    }

    @Test
    void records_were_joined_and_separated_because_a_person_said_so() {
        inStep();
        String link = linkOf(kirim);
        String other = linkOf(known(stranger, "Person One"));
        Instant joined = world.clock.instant();
        world.engine.join(World.SYNC, kirim, stranger);
        world.settle();

        IdentityStep step = step(link, IdentityChange.Joined.class, joined);
        assertThat(step.cause()).isEqualTo(Cause.PERSON);
        assertThat(world.engine.identities(World.SYNC).linkOf(stranger, joined.minus(MOMENT)))
                .isEqualTo(other);
        assertThat(world.engine.identities(World.SYNC).linkOf(stranger, joined)).isEqualTo(link);
        assertThat(identities().asOf(other, joined).takenOver()).containsExactly(new TakenOver(link, joined));
        assertThat(identities().log(other).text()).contains("is taken over by link " + link + " (a person said so)");
    }

    @Test
    void what_a_person_was_asked_is_told_without_the_value_that_raised_it() {
        inStep();
        world.tell(world.crm, world.crm.edit(stranger, "email", "p1@example.com"));
        world.settle();
        String link = linkOf(kirim);
        String other = linkOf(stranger);
        world.clock.pass(Duration.ofMinutes(1));
        Instant answered = world.clock.instant();
        world.engine.join(World.SYNC, kirim, world.crmOf(kirim));
        world.engine
                .reviews(World.SYNC)
                .open(null, 10)
                .forEach(review -> world.engine.reviews(World.SYNC).answer(review.id(), Answer.DIFFERENT));

        String text = identities().log(link).text();
        assertThat(step(link, IdentityChange.Separated.class, answered).cause()).isEqualTo(Cause.PERSON);
        assertThat(text)
                .contains(
                        "may be the same as link " + other + ", by an equal email: a person is asked",
                        "is another thing than link " + other + " for good (a person said so)")
                .doesNotContain("p1@example.com");
        assertThat(identities().log(link).steps().toString()).doesNotContain("p1@example.com");
    }

    @Test
    void what_is_yet_to_come_is_not_told() {
        inStep();
        Instant tomorrow = world.clock.instant().plus(Duration.ofDays(1));

        assertThatThrownBy(() -> world.engine.identities(World.SYNC).linkOf(kirim, tomorrow))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.VALIDATION));
        assertThatThrownBy(() -> identities().asOf(linkOf(kirim), tomorrow)).hasMessageContaining("nobody knows yet");
    }

    @Test
    void an_unknown_link_or_record_is_refused() {
        inStep();
        Instant now = world.clock.instant();

        noLinkHeld(world.kirim("nobody"), now, "knows no record kirim/contact/nobody");
        assertThatThrownBy(() -> identities().asOf("nothing", now)).hasMessageContaining("has no link nothing");
        assertThatThrownBy(() -> identities().log("nothing")).hasMessageContaining("has no link nothing");
    }

    @Test
    void the_objects_themselves_show_no_id_of_a_record() {
        RecordRef crm = inStep();

        assertThat(identities().asOf(linkOf(kirim), world.clock.instant()).toString()
                        + identities().log(linkOf(kirim)))
                .doesNotContain(crm.id(), "k1");
    }
}
