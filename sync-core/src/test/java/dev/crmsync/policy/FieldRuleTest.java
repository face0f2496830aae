package dev.crmsync.policy;

import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.RecordType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What each rule answers before any value is seen: about joining, blanks, edits elsewhere, and the systems it names. */
class FieldRuleTest {
    private static final FieldRule OWNED = new FieldRule.Owned("a", Set.of("b"), NonOwnerEdit.REVIEW, OnJoin.OWNER);
    private static final FieldRule MERGED =
            new FieldRule.SetMerge(Map.of("vip", "a", "lead", "b"), "c", NonOwnerEdit.REVERT);
    private static final FieldRule LAST =
            new FieldRule.LastWriter(Skew.undeclared(), List.of("a"), OnJoin.REVIEW, false);
    private static final FieldRule PREFERRED = new FieldRule.Preferred(List.of("b", "a"), NonOwnerEdit.REVERT, false);
    private static final FieldRule RESOLVED = new FieldRule.Resolved("longest", 1, false);

    @Test
    void joining_never_overwrites_unless_an_owner_decides_and_never_loses_a_member() {
        assertThat(OWNED.onJoin()).isEqualTo(OnJoin.OWNER);
        assertThat(PREFERRED.onJoin()).isEqualTo(OnJoin.OWNER);
        assertThat(new FieldRule.ReadOnly("a").onJoin()).isEqualTo(OnJoin.OWNER);
        assertThat(MERGED.onJoin()).isEqualTo(OnJoin.UNION);
        assertThat(new FieldRule.AppendOnly().onJoin()).isEqualTo(OnJoin.FILL_EMPTY);
        assertThat(RESOLVED.onJoin()).isEqualTo(OnJoin.FILL_EMPTY);
        assertThat(new FieldRule.FillIfEmpty().onJoin()).isEqualTo(OnJoin.KEEP);
        assertThat(new FieldRule.CreateOnly().onJoin()).isEqualTo(OnJoin.KEEP);
        assertThat(new FieldRule.Manual().onJoin()).isEqualTo(OnJoin.REVIEW);
        assertThat(LAST.onJoin()).isEqualTo(OnJoin.REVIEW);
    }

    @Test
    void a_blank_is_the_decision_of_whoever_decides_alone_and_shared_fields_are_filled_again() {
        for (FieldRule rule : List.of(
                OWNED,
                MERGED,
                new FieldRule.AppendOnly(),
                new FieldRule.CreateOnly(),
                new FieldRule.ReadOnly("a"),
                new FieldRule.Manual())) {
            assertThat(rule.blanksTravel()).as(rule.toString()).isTrue();
        }
        for (FieldRule rule : List.of(LAST, PREFERRED, RESOLVED, new FieldRule.FillIfEmpty())) {
            assertThat(rule.blanksTravel()).as(rule.toString()).isFalse();
        }
    }

    @Test
    void blanks_of_shared_fields_travel_where_the_policy_says_so() {
        Policy policy = Policy.named("p")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.preferred(NAME, "a", "b").blanksTravel(NAME));
        assertThat(policy.field("contact", NAME).orElseThrow().rule())
                .isEqualTo(new FieldRule.Preferred(List.of("a", "b"), NonOwnerEdit.REVERT, true));
    }

    @Test
    void an_edit_elsewhere_stays_where_it_was_made_unless_the_rule_says_otherwise() {
        assertThat(OWNED.otherEdits()).isEqualTo(NonOwnerEdit.REVIEW);
        assertThat(MERGED.otherEdits()).isEqualTo(NonOwnerEdit.REVERT);
        for (FieldRule rule : List.of(LAST, RESOLVED, new FieldRule.FillIfEmpty(), new FieldRule.Manual())) {
            assertThat(rule.otherEdits()).as(rule.toString()).isEqualTo(NonOwnerEdit.KEEP);
        }
    }

    @Test
    void a_rule_names_every_system_that_it_speaks_of_so_that_a_misspelt_one_is_found() {
        assertThat(OWNED.systems()).containsExactly("a", "b");
        assertThat(MERGED.systems()).containsExactly("a", "b", "c");
        assertThat(new FieldRule.SetMerge(Map.of("vip", "a"), null, NonOwnerEdit.KEEP).systems())
                .containsExactly("a");
        assertThat(PREFERRED.systems()).containsExactly("a", "b");
        assertThat(new FieldRule.ReadOnly("a").systems()).containsExactly("a");
        Skew skew = Skew.undeclared().between("d", "c", Duration.ofMinutes(1));
        assertThat(new FieldRule.LastWriter(skew, List.of("a"), OnJoin.KEEP, false).systems())
                .containsExactly("a", "c", "d");
        for (FieldRule rule : List.of(
                new FieldRule.AppendOnly(),
                new FieldRule.FillIfEmpty(),
                new FieldRule.CreateOnly(),
                new FieldRule.Manual(),
                RESOLVED)) {
            assertThat(rule.systems()).as(rule.toString()).isEmpty();
        }
    }

    @Test
    void a_member_that_is_not_named_belongs_to_the_owner_of_the_others() {
        FieldRule.SetMerge merged = (FieldRule.SetMerge) MERGED;
        assertThat(merged.ownerOf("lead")).contains("b");
        assertThat(merged.ownerOf("new")).contains("c");
        assertThat(new FieldRule.SetMerge(Map.of("vip", "a"), null, NonOwnerEdit.KEEP).ownerOf("new"))
                .isEmpty();
    }

    @Test
    void nobody_is_asked_about_single_members_of_a_set() {
        assertThatThrownBy(() -> new FieldRule.SetMerge(Map.of(), null, NonOwnerEdit.REVIEW))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("kept or reverted");
    }

    @Test
    void the_first_of_a_preferred_order_ranks_before_the_others_and_a_stranger_last() {
        FieldRule.Preferred preferred = (FieldRule.Preferred) PREFERRED;
        assertThat(preferred.rank("b")).isZero();
        assertThat(preferred.rank("a")).isEqualTo(1);
        assertThat(preferred.rank("x")).isEqualTo(2);
    }
}
