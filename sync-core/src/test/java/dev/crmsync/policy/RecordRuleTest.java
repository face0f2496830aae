package dev.crmsync.policy;

import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.RecordType;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What sync may do to records, and which records are the same thing. */
class RecordRuleTest {
    @Test
    void each_word_adds_to_the_rule_and_takes_nothing_from_it() {
        Skew skew = Skew.within(Duration.ofMinutes(5));
        RecordRule rule = RecordRule.CREATE
                .within(LABELS, "vip")
                .leaving(Leaving.KEEP_FOLLOWING)
                .deletesFollowed(skew)
                .archiving();
        assertThat(rule.mayCreate()).isTrue();
        assertThat(rule.mayArchive()).isTrue();
        assertThat(rule.scope().field()).isEqualTo(LABELS);
        assertThat(rule.scope().values()).containsExactly("vip");
        assertThat(rule.leaving()).isEqualTo(Leaving.KEEP_FOLLOWING);
        assertThat(rule.deletes()).isEqualTo(skew);
    }

    @Test
    void without_a_skew_no_clock_is_vouched_for_when_deletions_are_followed() {
        assertThat(RecordRule.FOLLOW.deletes()).isNull();
        assertThat(RecordRule.FOLLOW.systems()).isEmpty();
        RecordRule followed = RecordRule.FOLLOW.deletesFollowed();
        assertThat(followed.deletes()).isEqualTo(Skew.undeclared());
        assertThat(followed.mayCreate()).isFalse();
    }

    @Test
    void a_scope_is_told_by_a_field_of_the_type_and_only_what_has_one_is_left() {
        Field plan = Field.of("plan", FieldType.TEXT);
        refused(
                contact -> contact.records("crm", RecordRule.CREATE.within(plan, "gold")),
                "contact at crm",
                "plan",
                "no field of the type",
                "name, email");
        refused(
                contact -> contact.records("crm", RecordRule.CREATE.leaving(Leaving.KEEP_FOLLOWING)),
                "every contact is in scope at crm",
                "say within(..)");
        TypePolicy said = said(contact ->
                contact.records("crm", RecordRule.CREATE.within(LABELS, "vip").leaving(Leaving.KEEP_FOLLOWING)));
        assertThat(said.records("crm").leaving()).isEqualTo(Leaving.KEEP_FOLLOWING);
        assertThat(said.records("kirim")).isEqualTo(RecordRule.FOLLOW);
    }

    @Test
    void records_that_are_the_same_are_found_from_each_of_their_systems() {
        TypePolicy said = said(contact -> contact.same(Map.of("a", "1", "b", "2", "c", "3"))
                .same(Map.of("a", "9", "b", "8"))
                .manual(NAME));
        assertThat(said.sameAs("b", "2")).isEqualTo(Map.of("a", "1", "c", "3"));
        assertThat(said.sameAs("a", "9")).isEqualTo(Map.of("b", "8"));
        assertThat(said.sameAs("a", "2")).isEmpty();
        assertThat(said.sameAs("c", "8")).isEmpty();
    }

    private static TypePolicy said(UnaryOperator<TypePolicyBuilder> definition) {
        return Policy.named("p")
                .type(RecordType.CONTACT, definition)
                .type("contact")
                .orElseThrow();
    }

    private static void refused(UnaryOperator<TypePolicyBuilder> definition, String... words) {
        assertThatThrownBy(() -> said(definition))
                .isInstanceOf(SyncException.class)
                .hasMessageContainingAll(words);
    }
}
