package dev.crmsync.engine;

import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.Agreed;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.Stance;
import dev.crmsync.policy.Policies;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The story of a link, read out of decisions without an engine. */
class TraceTest {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final Rules RULES = Rules.of(Policies.guide().primaryCrm("crm"), Map.of(), "ID");

    private static Decision decision(
            long seq, String system, @Nullable String field, Reason reason, String saw, String before, String after) {
        Instant at = START.plusSeconds(seq);
        return new Decision(
                "L",
                seq,
                at,
                system,
                field,
                reason,
                field == null ? null : "guide: contact." + field,
                saw.isEmpty() ? null : AsOf.at(at),
                saw.isEmpty() ? null : Value.text(saw),
                before.isEmpty() ? null : Value.text(before),
                after.isEmpty() ? null : Value.text(after),
                field == null ? null : Stance.FOLLOWS);
    }

    private static Trace trace(String agreed, String by, long seq, Decision... newestFirst) {
        TreeMap<String, Agreed> values = new TreeMap<>();
        values.put("name", new Agreed(Value.text(agreed), by, seq));
        LinkState link = new LinkState("L", "contact", 9, "", values, new TreeMap<>(), new TreeSet<>(), null, false);
        return new Trace(link, RULES, List.of(newestFirst));
    }

    private final Trace overruled = trace(
            "Budi Santoso",
            "crm",
            2,
            decision(6, "kirim", "name", Reason.WRITTEN, "Budi Santoso", "Budi Santoso", "Budi Santoso"),
            decision(5, "kirim", null, Reason.WRITE_STARTED, "", "", ""),
            decision(4, "kirim", "name", Reason.OVERRULED_BY_OWNER, "budi", "Budi Santoso", "Budi Santoso"),
            decision(3, "crm", "email", Reason.OWNER_EDIT, "budi", "", "budi"),
            decision(2, "crm", "name", Reason.BASELINE_AGREED, "Budi Santoso", "Budi", "Budi Santoso"),
            decision(1, "kirim", "name", Reason.BASELINE_AGREED, "Budi", "", "Budi"));

    @Test
    void a_value_that_a_rule_turned_down_is_told_with_the_rule_and_what_came_of_it() {
        WhyNot why = overruled.whyNot(NAME, Value.text(" budi "));

        assertThat(why.verdict()).isEqualTo(WhyNot.Verdict.TURNED_DOWN);
        assertThat(why.decided()).isNotNull();
        assertThat(why.decided().reason()).isEqualTo(Reason.OVERRULED_BY_OWNER);
        assertThat(why.consequences())
                .extracting(Decision::reason)
                .containsExactly(Reason.WRITE_STARTED, Reason.WRITTEN);
        assertThat(why.text())
                .contains(
                        "name of link L is not \"budi\", though it was seen.",
                        "Agreed is \"Budi Santoso\", supplied by crm.",
                        "kirim OVERRULED_BY_OWNER: saw \"budi\" as of 2026-03-01T08:00:04Z",
                        "(rule guide: contact.name)",
                        "docs/reasons.md#overruled_by_owner",
                        "2026-03-01T08:00:06Z kirim WRITTEN");
    }

    @Test
    void a_value_that_was_agreed_once_is_told_with_what_took_its_place() {
        WhyNot why = overruled.whyNot(NAME, Value.text("Budi"));

        assertThat(why.verdict()).isEqualTo(WhyNot.Verdict.WAS_REPLACED);
        assertThat(why.decided()).isNotNull();
        assertThat(why.decided().seq()).isEqualTo(2);
        assertThat(why.text()).contains("was \"Budi\" until another value took its place");
    }

    @Test
    void a_value_that_nobody_held_is_told_with_what_to_do() {
        WhyNot why = overruled.whyNot(NAME, Value.text("Joko"));

        assertThat(why.verdict()).isEqualTo(WhyNot.Verdict.NEVER_SEEN);
        assertThat(why.text()).contains("no system was ever seen to hold it", "syncNow");
    }

    @Test
    void the_agreed_value_in_another_spelling_is_the_agreed_value() {
        assertThat(overruled.whyNot(NAME, Value.text("Budi Santoso ")).verdict())
                .isEqualTo(WhyNot.Verdict.IS_AGREED);
    }

    @Test
    void the_last_writer_is_who_supplied_the_agreed_value_and_not_who_was_overruled() {
        LastWriter last = overruled.lastWriter(NAME);

        assertThat(last.system()).isEqualTo("crm");
        assertThat(last.agreedBy()).isNotNull();
        assertThat(last.agreedBy().seq()).isEqualTo(2);
        assertThat(last.edited()).isNotNull();
        assertThat(last.edited().system()).isEqualTo("kirim");
        assertThat(last.written()).containsOnlyKeys("kirim");
        assertThat(last.text())
                .contains(
                        "is \"Budi Santoso\", as crm had it",
                        "Last edit of all",
                        "Written by sync",
                        "OVERRULED_BY_OWNER");
    }

    @Test
    void a_history_is_told_from_the_beginning_and_by_inputs() {
        History history = overruled.history(true);

        assertThat(history.decisions()).extracting(Decision::seq).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(history.text())
                .startsWith("Link L:\n  2026-03-01T08:00:01Z, number 1\n    name: kirim BASELINE_AGREED: saw \"Budi\"")
                .contains("record: kirim WRITE_STARTED");
        assertThat(overruled.history(false).text()).startsWith("Link L, the latest part of its history");
    }

    @Test
    void no_text_form_of_an_object_shows_a_value() {
        assertThat(List.of(
                        overruled.whyNot(NAME, Value.text("budi")).toString(),
                        overruled.lastWriter(NAME).toString(),
                        overruled.history(true).toString()))
                .allSatisfy(text -> assertThat(text).doesNotContainIgnoringCase("budi"));
    }

    @Test
    void values_that_were_erased_leave_the_codes() {
        Trace erased = trace("x", "crm", 99, decision(1, "kirim", "name", Reason.OWNER_EDIT, "", "", ""));

        assertThat(erased.whyNot(NAME, Value.text("Budi")).verdict()).isEqualTo(WhyNot.Verdict.NEVER_SEEN);
        assertThat(erased.lastWriter(NAME).agreedBy()).isNull();
        assertThat(erased.history(true).text()).contains("name: kirim OWNER_EDIT");
    }
}
