package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.Reason;
import dev.crmsync.review.Answer;
import dev.crmsync.review.Review;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Merges at a system, told, told in part, or found out: one link goes on, and nothing is made, written twice or lost. */
class MergedRecordsTest {
    private final World world = new World();
    private final RecordRef kirim = world.kirim("k1");
    private final RecordRef stranger = world.crm("c9");

    /** A person in step, and somebody whom the CRM alone knows. */
    private RecordRef known() {
        world.setting = builder -> builder.gatherWindow(Duration.ZERO);
        world.start();
        world.peopleInStep(1, 2);
        world.tell(world.crm, world.crm.edit(stranger, "name", "Person One"));
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));
        return world.crmOf(kirim);
    }

    private void isOneLinkAndInStep(RecordRef survivor, String name) {
        String link = world.engine.linkOf(World.SYNC, kirim);
        assertThat(world.engine.linkOf(World.SYNC, survivor)).isEqualTo(link);
        assertThat(world.engine.census(World.SYNC).links()).isEqualTo(1);
        assertThat(world.crm.records).containsOnlyKeys(survivor);
        assertThat(world.kirim.records).containsOnlyKeys(kirim);
        assertThat(world.crm.text(survivor, "name")).isEqualTo(name);
        assertThat(world.kirim.text(kirim, "name")).isEqualTo(name);
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    private boolean told(Reason reason) {
        return world.engine.history(World.SYNC, world.engine.linkOf(World.SYNC, kirim)).decisions().stream()
                .anyMatch(decision -> decision.reason() == reason);
    }

    @Test
    void a_merge_of_two_known_records_makes_one_link_and_the_survivors_values_reach_the_other_system() {
        RecordRef gone = known();

        world.tell(world.crm, world.crm.merge(gone, stranger));
        world.settle();

        isOneLinkAndInStep(stranger, "Person One");
        assertThat(world.engine.linkOf(World.SYNC, gone)).isEqualTo(world.engine.linkOf(World.SYNC, kirim));
        assertThat(world.engine.reviews(World.SYNC).open(null, 10)).isEmpty();
    }

    @Test
    void a_value_that_was_left_where_it_was_while_its_owner_had_none_gives_way_to_the_survivors() {
        world.setting = builder -> builder.gatherWindow(Duration.ZERO);
        world.start();
        world.tell(world.kirim, world.kirim.edit(kirim, "name", "Person One"));
        world.tell(
                world.crm,
                world.crm.edit(
                        stranger,
                        Map.of("name", NativeValue.text("Person One"), "email", NativeValue.text("one@example.com"))));
        world.settle();
        RecordRef gone = world.crmOf(kirim);
        world.clock.pass(Duration.ofMinutes(1));
        world.tell(world.kirim, world.kirim.edit(kirim, "email", "other@example.com"));
        world.settle();
        assertThat(told(Reason.KEPT_LOCALLY)).isTrue();
        assertThat(world.crm.text(gone, "email")).isEmpty();

        world.clock.pass(Duration.ofMinutes(1));
        world.tell(world.crm, world.crm.merge(gone, stranger));
        world.settle();

        isOneLinkAndInStep(stranger, "Person One");
        assertThat(world.kirim.text(kirim, "email")).isEqualTo("one@example.com");
        assertThat(world.crm.text(stranger, "email")).isEqualTo("one@example.com");
    }

    @Test
    void a_merge_whose_event_was_missed_is_found_out_when_the_merged_record_is_read() {
        RecordRef gone = known();
        world.crm.merge(gone, stranger);

        world.tell(world.crm, ChangeEvent.of(gone, ChangeKind.GAP, AsOf.at(world.clock.instant()), Evidence.EVENT));
        world.settle();

        isOneLinkAndInStep(stranger, "Person One");
        assertThat(told(Reason.GONE)).isFalse();
    }

    @Test
    void a_merge_whose_event_was_missed_is_found_out_when_a_write_is_answered_for_by_the_survivor() {
        RecordRef gone = known();
        world.crm.merge(gone, stranger);

        world.tell(world.kirim, world.kirim.edit(kirim, "phone", "+6281234567890"));
        world.settle();

        isOneLinkAndInStep(stranger, "Person One");
        assertThat(world.crm.text(stranger, "phone")).isEqualTo("+6281234567890");
    }

    @Test
    void a_merge_whose_survivor_nobody_had_told_of_is_followed_under_its_new_id() {
        world.start();
        world.peopleInStep(1, 2);
        RecordRef gone = world.crmOf(kirim);
        world.crm.edit(stranger, "name", "Person One");

        world.tell(world.crm, world.crm.merge(gone, stranger));
        world.settle();

        isOneLinkAndInStep(stranger, "Person One");
    }

    @Test
    void a_merge_while_a_write_is_under_way_loses_neither_its_answer_nor_the_edit_and_makes_nothing() {
        RecordRef gone = known();
        world.crm.fates.add((write, takesEffect) -> {
            var outcome = takesEffect.get();
            world.clock.pass(Duration.ofSeconds(1));
            world.tell(world.crm, world.crm.merge(gone, stranger));
            world.engine.step();
            return outcome;
        });

        world.tell(world.kirim, world.kirim.edit(kirim, "phone", "+6281234567890"));
        world.settle();

        isOneLinkAndInStep(stranger, "Person One");
        assertThat(world.crm.text(stranger, "phone")).isEqualTo("+6281234567890");
        assertThat(told(Reason.WRITTEN)).isTrue();
    }

    @Test
    void a_write_whose_answer_is_lost_during_the_merge_reaches_the_survivor_all_the_same() {
        RecordRef gone = known();
        world.crm.fates.add((write, takesEffect) -> {
            world.tell(world.crm, world.crm.merge(gone, stranger));
            world.engine.step();
            return new dev.crmsync.spi.adapter.Outcome.Unknown("lost");
        });

        world.tell(world.kirim, world.kirim.edit(kirim, "phone", "+6281234567890"));
        world.settle();

        isOneLinkAndInStep(stranger, "Person One");
        assertThat(world.crm.text(stranger, "phone")).isEqualTo("+6281234567890");
    }

    /** Two contacts at Kirim, each with a record in the CRM, and the CRM merges those. */
    private RecordRef personWithTwoNumbers() {
        world.start();
        world.person("k1", "Budi", "budi@example.com");
        world.person("k2", "Budi", "other@example.com");
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));
        RecordRef gone = world.crmOf(world.kirim("k2"));
        RecordRef survivor = world.crmOf(kirim);
        world.tell(world.crm, world.crm.merge(gone, survivor));
        world.settle();
        return survivor;
    }

    @Test
    void a_person_with_two_numbers_has_a_secondary_contact_whose_edits_are_not_taken_and_are_explained() {
        RecordRef survivor = personWithTwoNumbers();
        int writes = world.crm.writes.size() + world.kirim.writes.size();
        world.clock.pass(Duration.ofMinutes(1));

        world.tell(world.kirim, world.kirim.edit(world.kirim("k2"), "phone", "+6281234567890"));
        world.settle();

        assertThat(world.engine.linkOf(World.SYNC, world.kirim("k2")))
                .isEqualTo(world.engine.linkOf(World.SYNC, kirim));
        assertThat(world.crm.text(survivor, "phone")).isEmpty();
        assertThat(world.crm.writes.size() + world.kirim.writes.size()).isEqualTo(writes);
        assertThat(world.crm.records).containsOnlyKeys(survivor);
        assertThat(told(Reason.SECONDARY)).isTrue();
    }

    @Test
    void and_somebody_is_told_that_it_is_followed_no_longer() {
        personWithTwoNumbers();

        List<Review> open = world.engine.reviews(World.SYNC).open(null, 10);

        assertThat(open).singleElement().satisfies(review -> {
            assertThat(review.reason()).isEqualTo(Reason.DUPLICATE_REVIEW);
            assertThat(review.system()).isEqualTo("kirim");
        });
        world.engine.reviews(World.SYNC).answer(open.get(0).id(), Answer.LEAVE);
        world.settle();
        assertThat(world.kirim.records).hasSize(2);
        assertThat(world.engine.reviews(World.SYNC).open(null, 10)).isEmpty();
    }

    @Test
    void a_key_that_the_survivor_took_from_the_merged_record_changes_nothing_more() {
        RecordRef survivor = personWithTwoNumbers();
        int writes = world.crm.writes.size() + world.kirim.writes.size();

        world.tell(world.crm, world.crm.edit(survivor, Map.of("kirim_id", NativeValue.text("k2"))));
        world.settle();

        assertThat(world.engine.linkOf(World.SYNC, survivor)).isEqualTo(world.engine.linkOf(World.SYNC, kirim));
        assertThat(world.crm.writes.size() + world.kirim.writes.size()).isEqualTo(writes);
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void erasing_the_person_takes_the_link_with_it_that_was_merged() {
        RecordRef gone = known();
        String former = world.engine.linkOf(World.SYNC, gone);
        world.tell(world.crm, world.crm.merge(gone, stranger));
        world.settle();

        world.engine.erase(World.SYNC, kirim);

        assertThat(world.store.journal(World.SYNC, former, Long.MAX_VALUE, 100))
                .allSatisfy(entry -> assertThat(entry.values()).isNull());
    }
}
