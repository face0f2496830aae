package dev.crmsync.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.safety.Budget;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Quota;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A list of the CRM is mirrored as a label at Kirim. */
class TaggingTest {
    private static final Segment VIPS = new Segment("crm", "list:77", "kirim", "VIP");

    private final World world = new World();
    private final Labeller kirim = new Labeller(world);
    private final Lists crm = new Lists(world);

    TaggingTest() {
        world.kirim = kirim;
        world.crm = crm;
    }

    private Tagging started(int people) {
        world.start();
        world.peopleInStep(0, people);
        crm.list("list:77");
        return tagging();
    }

    private Tagging tagging() {
        return world.engine.segments(World.SYNC).tagging(VIPS);
    }

    /** Puts people into the list, by their numbers. */
    private void listed(int from, int to) {
        for (int i = from; i < to; i++) {
            crm.list("list:77").add(world.crmOf(world.kirim("k" + i)));
        }
    }

    private SegmentReport applied() {
        Tagging tagging = tagging();
        return tagging.apply(tagging.dryRun().hash());
    }

    private Set<RecordRef> bearers() {
        return kirim.bearing(kirim.labels.keySet().iterator().next());
    }

    @Test
    void the_members_are_counted_first_and_labelled_in_batches_when_the_plan_is_applied() {
        Tagging tagging = started(10);
        listed(0, 9);
        crm.list("list:77").add(world.crm("nobody-knows"));

        SegmentPlan plan = tagging.dryRun();

        assertThat(plan.listed()).isEqualTo(10);
        assertThat(plan.attach()).isEqualTo(9);
        assertThat(plan.added()).isEqualTo(9);
        assertThat(plan.unlinked()).isEqualTo(1);
        assertThat(plan.detach()).isZero();
        assertThat(plan.labelId()).isNull();
        assertThat(plan.calls()).isEqualTo(4);
        assertThat(plan.samples()).hasSize(5).allMatch(ref -> ref.system().equals("kirim"));
        assertThat(kirim.labels).isEmpty();
        assertThat(kirim.calls).isEmpty();

        SegmentReport report = tagging.apply(plan.hash());

        assertThat(report.applied()).isEqualTo(9);
        assertThat(report.skipped()).isZero();
        assertThat(kirim.labels).containsValue("VIP").hasSize(1);
        assertThat(bearers()).hasSize(9).doesNotContain(world.kirim("k9"));
        assertThat(kirim.calls).hasSize(3);
    }

    @Test
    void told_the_same_plan_again_nothing_is_done_and_the_report_is_the_same() {
        Tagging tagging = started(3);
        listed(0, 3);
        String hash = tagging.dryRun().hash();
        SegmentReport report = tagging.apply(hash);
        int calls = kirim.calls.size();

        assertThat(tagging.apply(hash)).isEqualTo(report);
        assertThat(kirim.calls).hasSize(calls);
    }

    @Test
    void another_plan_than_the_one_that_waits_is_refused() {
        Tagging tagging = started(3);
        listed(0, 2);
        String old = tagging.dryRun().hash();
        listed(2, 3);
        String fresh = tagging.dryRun().hash();

        assertThat(fresh).isNotEqualTo(old);
        assertThatThrownBy(() -> tagging.apply(old))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining(fresh)
                .hasMessageContaining("dryRun()");
        assertThat(kirim.calls).isEmpty();
    }

    @Test
    void who_leaves_the_segment_loses_the_label_and_what_people_labelled_stays() {
        started(4);
        listed(0, 3);
        applied();
        RecordRef byHand = world.kirim("k3");
        bearers().add(byHand);
        crm.list("list:77").remove(world.crmOf(world.kirim("k0")));

        SegmentPlan plan = tagging().dryRun();
        assertThat(plan.detach()).isEqualTo(1);
        assertThat(plan.added()).isZero();
        SegmentReport report = tagging().apply(plan.hash());

        assertThat(report.removed()).isEqualTo(1);
        assertThat(bearers()).containsExactlyInAnyOrder(world.kirim("k1"), world.kirim("k2"), byHand);
    }

    @Test
    void an_empty_or_a_partial_listing_takes_the_label_off_nobody() {
        started(4);
        listed(0, 4);
        applied();
        Set<RecordRef> before = Set.copyOf(bearers());

        crm.list("list:77").clear();
        assertThat(applied().removed()).isZero();
        assertThat(bearers()).isEqualTo(before);

        listed(0, 1);
        crm.complete = false;
        SegmentPlan partial = tagging().dryRun();
        assertThat(partial.complete()).isFalse();
        assertThat(partial.detach()).isZero();
        tagging().apply(partial.hash());
        assertThat(bearers()).isEqualTo(before);

        crm.complete = true;
        assertThat(applied().removed()).isEqualTo(3);
    }

    @Test
    void a_cursor_that_stands_still_ends_the_walk_and_proves_nothing() {
        started(9);
        listed(0, 9);
        applied();
        crm.stuck = true;

        SegmentPlan plan = tagging().dryRun();

        assertThat(plan.complete()).isFalse();
        assertThat(plan.attach()).isEqualTo(6);
        assertThat(plan.detach()).isZero();
    }

    @Test
    void a_page_that_fails_concludes_nothing() {
        Tagging tagging = started(5);
        listed(0, 5);
        String first = tagging.dryRun().hash();
        crm.fails = true;

        assertThatThrownBy(tagging::dryRun).hasMessageContaining("the second page is broken");

        crm.fails = false;
        assertThat(tagging.apply(first).applied()).isEqualTo(5);
    }

    @Test
    void a_label_that_was_renamed_is_the_same_label() {
        started(2);
        listed(0, 1);
        String id = applied().labelId();
        kirim.labels.put(id, "Very important");
        listed(1, 2);

        assertThat(tagging().dryRun().labelId()).isEqualTo(id);
        assertThat(applied().labelId()).isEqualTo(id);
        assertThat(kirim.labels).hasSize(1);
    }

    @Test
    void a_label_may_be_named_by_its_id_and_must_be_when_two_share_the_name() {
        world.start();
        world.peopleInStep(0, 1);
        listed(0, 1);
        kirim.labels.put("lbl_a", "VIP");
        kirim.labels.put("lbl_b", "VIP");

        assertThatThrownBy(() -> tagging().dryRun())
                .hasMessageContaining("2 labels named 'VIP'")
                .hasMessageContaining("[lbl_a, lbl_b]");

        Tagging byId = world.engine.segments(World.SYNC).tagging(new Segment("crm", "list:77", "kirim", "lbl_b"));
        assertThat(byId.apply(byId.dryRun().hash()).labelId()).isEqualTo("lbl_b");
    }

    @Test
    void those_passed_over_are_counted_and_found_on_demand() {
        Tagging tagging = started(9);
        listed(0, 9);
        kirim.elsewhere.addAll(Set.of(world.kirim("k2"), world.kirim("k3"), world.kirim("k8")));

        assertThat(applied().skipped()).isEqualTo(3);

        Skipped skipped = tagging.findSkipped(100);
        assertThat(skipped.records())
                .containsExactlyInAnyOrder(world.kirim("k2"), world.kirim("k3"), world.kirim("k8"));
        assertThat(skipped.capped()).isFalse();
        assertThat(skipped.calls()).isLessThan(10);
        assertThat(bearers()).hasSize(6);
    }

    @Test
    void the_search_for_those_passed_over_ends_at_its_cap() {
        Tagging tagging = started(9);
        listed(0, 9);
        kirim.elsewhere.add(world.kirim("k8"));
        applied();

        Skipped skipped = tagging.findSkipped(1);

        assertThat(skipped.capped()).isTrue();
        assertThat(skipped.calls()).isEqualTo(1);
    }

    @Test
    void a_run_that_dies_goes_on_where_it_stopped_and_its_counts_are_of_each_contact_once() {
        Tagging tagging = started(9);
        listed(0, 9);
        kirim.elsewhere.add(world.kirim("k1"));
        String hash = tagging.dryRun().hash();
        kirim.faults.add(SyncException.of(Kind.PERMANENT, "the process dies"));
        kirim.faultsAfterwards = true;
        assertThatThrownBy(() -> tagging.apply(hash)).hasMessageContaining("the process dies");

        SegmentReport report = tagging.apply(hash);

        assertThat(report.applied()).isEqualTo(8);
        assertThat(report.skipped()).isEqualTo(1);
        assertThat(bearers()).hasSize(8);
    }

    @Test
    void a_vendor_that_limits_us_or_fails_for_a_moment_is_asked_again() {
        started(3);
        listed(0, 3);
        kirim.faults.add(SyncException.of(Kind.RATE_LIMITED, "429").withRetryAfter(Duration.ofSeconds(90)));
        kirim.faults.add(SyncException.of(Kind.TRANSIENT, "502"));

        assertThat(applied().applied()).isEqualTo(3);
        assertThat(kirim.calls).hasSize(3);
    }

    @Test
    void the_plan_says_how_long_its_calls_take_under_the_targets_quota() {
        kirim.quotas = List.of(new Quota("write", 2, Duration.ofMinutes(1), Set.of(Operation.TAG_MANY)));
        kirim.size = 1;
        Tagging tagging = started(6);
        listed(0, 6);

        SegmentPlan plan = tagging.dryRun();

        assertThat(plan.time()).isGreaterThanOrEqualTo(Duration.ofMinutes(2));
        assertThat(plan.toString()).contains("6 to be labelled", "the label would be made");
    }

    @Test
    void a_run_within_the_budget_needs_no_approval_and_one_above_it_does() {
        world.defining = sync -> sync.budget(new Budget(0, 2));
        Tagging tagging = started(4);
        listed(0, 2);
        assertThat(tagging.run().applied()).isEqualTo(2);

        crm.list("list:77").clear();
        listed(2, 4);
        assertThatThrownBy(tagging::run)
                .hasMessageContaining("2 contacts would get the label and 2 lose it, and the budget is 2")
                .hasMessageContaining("apply(\"");
        assertThat(bearers()).containsExactlyInAnyOrder(world.kirim("k0"), world.kirim("k1"));
    }

    @Test
    void somebody_who_was_merged_meanwhile_keeps_the_label_under_the_new_name() {
        started(3);
        listed(0, 2);
        applied();
        world.engine.join(World.SYNC, world.kirim("k0"), world.kirim("k2"));
        world.settle();

        SegmentPlan plan = tagging().dryRun();

        assertThat(plan.detach()).isZero();
        assertThat(plan.attach()).isEqualTo(2);
    }

    @Test
    void systems_that_cannot_do_it_are_refused_with_what_to_do() {
        started(1);
        assertThatThrownBy(
                        () -> world.engine.segments(World.SYNC).tagging(new Segment("kirim", "list:77", "crm", "VIP")))
                .hasMessageContaining("system kirim keeps no segments");
        assertThatThrownBy(() -> new Segment("crm", "list:77", "crm", "VIP"))
                .hasMessageContaining("name another target");
        assertThatThrownBy(() -> new Segment("crm", " ", "kirim", "VIP"))
                .hasMessageContaining("a segment needs a segment");
        assertThatThrownBy(() -> world.engine
                        .segments(World.SYNC)
                        .tagging(new Segment("crm", "list:1", "kirim", "VIP"))
                        .dryRun())
                .hasMessageContaining("there is no list list:1");
    }

    @Test
    void the_directories_are_shown() {
        started(0);
        kirim.labels.put("lbl_a", "Trial");
        assertThat(world.engine.segments(World.SYNC).at("crm"))
                .singleElement()
                .satisfies(segment -> assertThat(segment.name()).isEqualTo("List list:77"));
        assertThat(world.engine.segments(World.SYNC).labelsAt("kirim"))
                .singleElement()
                .satisfies(label -> assertThat(label.name()).isEqualTo("Trial"));
    }
}
