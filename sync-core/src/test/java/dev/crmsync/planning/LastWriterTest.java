package dev.crmsync.planning;

import static dev.crmsync.planning.Due.Need.UPDATE;
import static dev.crmsync.planning.SharedFields.desk;
import static dev.crmsync.planning.SharedFields.named;
import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Value.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.OnJoin;
import dev.crmsync.policy.Skew;
import dev.crmsync.policy.TypePolicyBuilder;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The last writer decides: who that was is told by what they replaced, else by clocks that can be compared, else by a person. */
class LastWriterTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static UnaryOperator<TypePolicyBuilder> lastWriter(String... ties) {
        return contact -> contact.lastWriter(NAME, Skew.within(MINUTE), ties);
    }

    /** Two systems edit the name apart: a at the 600th second, and b at another. */
    private static Desk apart(Desk desk, int second) {
        return desk.event("a", 600, "name", "Ani").event("b", second, "name", "Bea");
    }

    @Test
    void the_later_of_two_edits_that_were_made_apart_is_agreed() {
        Desk desk = apart(named(lastWriter()), 661);
        assertThat(desk.reasons(NAME)).containsExactly(Reason.LATER_WRITER);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Bea"));
        assertThat(desk.write("a").sent("a")).containsKey("name");
    }

    @Test
    void the_earlier_one_is_overruled_however_late_it_is_told() {
        Desk desk = apart(named(lastWriter()), 539);
        assertThat(desk.reasons(NAME)).containsExactly(Reason.EARLIER_WRITER);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Ani"));
        assertThat(desk.due("b")).contains(UPDATE);
    }

    @Test
    void as_far_apart_as_the_clocks_may_be_nobody_knows_and_a_person_is_asked() {
        for (int second : new int[] {540, 600, 660}) {
            Desk desk = apart(named(lastWriter()), second);
            assertThat(desk.reasons(NAME)).containsExactly(Reason.TIE_REVIEW);
            assertThat(desk.agreed(NAME)).isEqualTo(text("Ani"));
            assertThat(desk.plan.reviews()).hasSize(1);
            assertThat(desk.due("b")).isEmpty();
        }
    }

    @Test
    void without_a_declared_skew_no_clock_decides() {
        Desk desk = apart(named(contact -> contact.lastWriter(NAME, Skew.undeclared())), 100_000);
        assertThat(desk.reasons(NAME)).containsExactly(Reason.TIE_REVIEW);
    }

    @Test
    void on_a_tie_the_system_that_is_named_first_decides() {
        assertThat(apart(named(lastWriter("b", "a")), 600).reasons(NAME)).containsExactly(Reason.TIE_TAKEN);
        assertThat(apart(named(lastWriter("b")), 600).reasons(NAME)).containsExactly(Reason.TIE_TAKEN);
        assertThat(apart(named(lastWriter("b")), 600).agreed(NAME)).isEqualTo(text("Bea"));
        assertThat(apart(named(lastWriter("a", "b")), 600).reasons(NAME)).containsExactly(Reason.TIE_OVERRULED);
        assertThat(apart(named(lastWriter("a")), 600).reasons(NAME)).containsExactly(Reason.TIE_OVERRULED);
        assertThat(apart(named(lastWriter("a")), 600).agreed(NAME)).isEqualTo(text("Ani"));
        assertThat(apart(named(lastWriter("a")), 600).due("b")).contains(UPDATE);
        assertThat(apart(named(lastWriter("c")), 600).reasons(NAME)).containsExactly(Reason.TIE_REVIEW);
    }

    @Test
    void an_edit_of_the_agreed_value_is_the_later_one_whatever_the_clocks_say() {
        Desk desk = named(lastWriter("a")).event("a", 600, "name", "Ani").write("b");
        desk.done("b", 2, "name", "Ani").event("b", 3, "name", "Anita");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.LATER_WRITER);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Anita"));
    }

    @Test
    void so_is_a_further_edit_by_the_system_that_the_value_came_from() {
        Desk desk = named(lastWriter()).event("a", 600, "name", "Ani").event("a", 601, "name", "Ania");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.LATER_WRITER);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Ania"));
    }

    @Test
    void a_minute_that_is_told_as_a_whole_is_later_only_when_all_of_it_is() {
        for (int second : new int[] {60, 600}) {
            Desk desk = named(AsOfGrade.COARSE, lastWriter());
            desk.observe(coarse(desk, "a", 600, "Ani")).observe(coarse(desk, "b", 600 + second, "Bea"));
            assertThat(desk.reasons(NAME)).containsExactly(Reason.TIE_REVIEW);
        }
    }

    /** The value stood since the start: of when it was entered only the end is known. */
    private static ChangeEvent coarse(Desk desk, String system, int second, String name) {
        AsOf minute = new AsOf(Desk.START.plusSeconds(second), Desk.START.plusSeconds(second + 59));
        return ChangeEvent.partial(desk.ref(system), Desk.values("name", name), minute, Evidence.EVENT);
    }

    @Test
    void a_read_that_finds_an_edit_does_not_tell_when_it_was_made_but_not_after_what_was_read_before() {
        Desk desk = named(AsOfGrade.RECORD, lastWriter()).event("a", 600, "name", "Ani");
        desk.read("b", desk.link.seq(), 700, "name", "Bea", "labels", null);
        assertThat(desk.reasons(NAME)).containsExactly(Reason.TIE_REVIEW);

        Desk known = named(AsOfGrade.RECORD, lastWriter()).event("a", 600, "name", "Ani");
        known.event("b", 690, "name", "Budi");
        known.read("b", known.link.seq(), 700, "name", "Bea", "labels", null);
        assertThat(known.reasons(NAME)).containsExactly(Reason.LATER_WRITER);
    }

    @Test
    void what_stood_a_minute_before_narrows_down_when_it_was_replaced() {
        Desk later = named(AsOfGrade.COARSE, lastWriter());
        later.observe(coarse(later, "a", 600, "Ani"));
        later.observe(coarse(later, "b", 720, "Budi")).observe(coarse(later, "b", 780, "Bea"));
        assertThat(later.reasons(NAME)).containsExactly(Reason.LATER_WRITER);

        Desk earlier = named(AsOfGrade.COARSE, lastWriter());
        earlier.observe(coarse(earlier, "a", 720, "Budi")).observe(coarse(earlier, "a", 780, "Ani"));
        earlier.observe(coarse(earlier, "b", 600, "Bea"));
        assertThat(earlier.reasons(NAME)).containsExactly(Reason.EARLIER_WRITER);
    }

    /** The record's time is when it was last changed: of a second, for vendors cut it off. */
    @Test
    void a_record_was_changed_within_the_second_of_its_time_however_late_it_is_read() {
        for (int stood : new int[] {761, 762}) {
            Desk desk = named(AsOfGrade.RECORD, lastWriter());
            desk.event("a", stood, "name", "Budi").event("a", 765, "name", "Ani");
            AsOf shown = AsOf.read(Desk.START.plusSeconds(700), Desk.START.plusSeconds(800));
            ChangeEvent record = ChangeEvent.full(desk.ref("b"), Desk.values("name", "Bea"), shown, Evidence.READ);
            desk.read("b", desk.link.seq(), new Read.Found(record));
            assertThat(desk.reasons(NAME))
                    .as("Budi stood at %d", stood)
                    .containsExactly(stood == 761 ? Reason.TIE_REVIEW : Reason.EARLIER_WRITER);
        }
    }

    @Test
    void a_value_that_we_wrote_and_nobody_has_seen_since_may_have_been_replaced_at_any_time() {
        Desk desk = named(AsOfGrade.RECORD, lastWriter())
                .event("a", 600, "name", "Ani")
                .write("b");
        desk.outcome("b", new Outcome.Done(desk.ref("b"), null)).event("a", 605, "name", "Ania");
        desk.read("b", desk.link.seq(), 700, "name", "Bea", "labels", null);
        assertThat(desk.reasons(NAME)).containsExactly(Reason.TIE_REVIEW);
    }

    @Test
    void clocks_that_tell_nothing_decide_nothing() {
        assertThat(apart(named(AsOfGrade.NONE, lastWriter()), 100_000).reasons(NAME))
                .containsExactly(Reason.TIE_REVIEW);
    }

    @Test
    void a_full_value_that_joins_is_kept_overruled_or_asked_about_as_the_policy_says() {
        Map<OnJoin, Reason> answers = Map.of(
                OnJoin.KEEP, Reason.BASELINE_KEPT,
                OnJoin.FILL_EMPTY, Reason.BASELINE_OVERRULED,
                OnJoin.REVIEW, Reason.BASELINE_REVIEW);
        answers.forEach((join, reason) -> {
            Desk desk = desk(AsOfGrade.PROPERTY, contact -> contact.lastWriter(NAME, Skew.undeclared(), join))
                    .has("a", "name", "Ani")
                    .has("b", "name", "Bea");
            assertThat(desk.reasons(NAME)).containsExactly(reason);
            assertThat(desk.agreed(NAME)).isEqualTo(text("Ani"));
        });
    }

    @Test
    void a_blank_is_filled_again_unless_blanks_travel() {
        Desk desk = named(lastWriter()).event("a", 600, "name", "");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.BLANK_REFUSED);
        assertThat(desk.due("a")).contains(UPDATE);
        Desk travels =
                named(contact -> lastWriter().apply(contact).blanksTravel(NAME)).event("a", 600, "name", "");
        assertThat(travels.reasons(NAME)).containsExactly(Reason.LATER_WRITER);
        assertThat(travels.agreed(NAME).isBlank()).isTrue();
    }

    @Test
    void what_is_entered_where_a_blank_was_refused_was_entered_by_who_knew_the_value() {
        Desk desk = named(lastWriter("a")).event("a", 600, "name", "Ani").write("b");
        desk.done("b", 601, "name", "Ani").event("b", 602, "name", "").event("b", 603, "name", "Bea");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.LATER_WRITER);
        assertThat(desk.agreed(NAME)).isEqualTo(text("Bea"));
    }

    /** Between what was last seen there and the end of time: nobody knows when the write took effect. */
    @Test
    void a_write_that_was_answered_without_a_time_stands_since_what_was_seen_before_it() {
        AsOf shown = new AsOf(Desk.START.plusSeconds(30), Desk.START.plusSeconds(50));
        Map<AsOfGrade, AsOf> since = Map.of(AsOfGrade.PROPERTY, AsOf.at(shown.to()), AsOfGrade.COARSE, shown);
        since.forEach((grade, before) -> {
            Desk desk = named(grade, lastWriter());
            desk.observe(ChangeEvent.partial(desk.ref("b"), Desk.values("name", "Budi"), shown, Evidence.EVENT));
            desk.event("a", 600, "name", "Ani").write("b").outcome("b", new Outcome.Done(desk.ref("b"), null));
            assertThat(desk.link.side("b").seen().get("name").asOf().from())
                    .as(grade.name())
                    .isEqualTo(before.from());
        });
    }
}
