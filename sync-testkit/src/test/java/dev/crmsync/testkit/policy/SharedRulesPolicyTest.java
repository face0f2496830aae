package dev.crmsync.testkit.policy;

import static dev.crmsync.planning.Reason.BASELINE_KEPT;
import static dev.crmsync.planning.Reason.BASELINE_REVIEW;
import static dev.crmsync.planning.Reason.BLANK_REFUSED;
import static dev.crmsync.planning.Reason.CREATE_ONLY;
import static dev.crmsync.planning.Reason.FILLS_BLANKS_ONLY;
import static dev.crmsync.planning.Reason.MANUAL_REVIEW;
import static dev.crmsync.planning.Reason.OVERRULED_BY_PREFERRED;
import static dev.crmsync.planning.Reason.PREFERRED_EDIT;
import static dev.crmsync.planning.Reason.READ_ONLY;
import static dev.crmsync.planning.Reason.RESOLVED;
import static dev.crmsync.planning.Reason.RESOLVED_AGAINST;
import static dev.crmsync.planning.Reason.RESOLVER_FAILED;
import static dev.crmsync.planning.Reason.RESOLVER_REVIEW;
import static dev.crmsync.planning.Reason.SUPPLIED;
import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.planning.Stance;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.TypePolicyBuilder;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.resolver.Conflict;
import dev.crmsync.spi.resolver.Resolution;
import dev.crmsync.spi.resolver.Resolver;
import java.util.Comparator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SharedRulesPolicyTest {
    private static PolicyTest policy(UnaryOperator<TypePolicyBuilder> contact) {
        return PolicyTest.of(Policy.named("shared").type(RecordType.CONTACT, contact))
                .and("kirim", "crm");
    }

    // Preferred order

    private static final PolicyTest PREFERRED =
            policy(contact -> contact.preferred(NAME, "crm", "kirim")).and("shop");

    @Test
    void the_first_in_the_order_decides_against_those_after_it() {
        PREFERRED
                .given("kirim", NAME, "Budi")
                .and("crm", NAME, "Budi Santoso")
                .then("kirim", NAME, "Budi Santoso")
                .when("kirim", NAME, "Budi")
                .because(OVERRULED_BY_PREFERRED)
                .then("kirim", NAME, "Budi Santoso")
                .when("crm", NAME, "Budi S.")
                .because(PREFERRED_EDIT)
                .then("kirim", NAME, "Budi S.");
    }

    @Test
    void the_next_in_the_order_decides_while_the_first_has_supplied_nothing() {
        PREFERRED
                .given("crm", NAME, (String) null)
                .and("kirim", NAME, "Budi")
                .then("crm", NAME, "Budi")
                .when("kirim", NAME, "Budi S.")
                .because(PREFERRED_EDIT)
                .then("crm", NAME, "Budi S.")
                .when("crm", NAME, "Mr Santoso")
                .because(PREFERRED_EDIT)
                .then("kirim", NAME, "Mr Santoso");
    }

    @Test
    void a_blank_of_the_preferred_system_is_filled_again() {
        PREFERRED
                .given("crm", NAME, "Budi")
                .and("kirim", NAME, "Budi")
                .when("crm", NAME, (String) null)
                .because(BLANK_REFUSED)
                .then("crm", NAME, "Budi")
                .then("kirim", NAME, "Budi");
    }

    @Test
    void a_blank_of_the_preferred_system_travels_when_the_policy_says_so() {
        policy(contact -> contact.preferred(NAME, "crm", "kirim").blanksTravel(NAME))
                .given("crm", NAME, "Budi")
                .and("kirim", NAME, "Budi")
                .when("crm", NAME, (String) null)
                .then("kirim", NAME, (String) null)
                .when("kirim", NAME, "Budi S.")
                .because(PREFERRED_EDIT)
                .then("crm", NAME, "Budi S.");
    }

    @Test
    void a_system_that_is_not_in_the_order_decides_nothing() {
        PREFERRED
                .given("shop", NAME, "Budi")
                .because(BASELINE_KEPT)
                .and("kirim", NAME, (String) null)
                .then("kirim", NAME, (String) null)
                .then("shop", NAME, "Budi")
                .when("kirim", NAME, "Budi S.")
                .then("shop", NAME, "Budi S.");
    }

    // Fill if empty

    private static final PolicyTest FILL = policy(contact -> contact.fillIfEmpty(NAME));

    @Test
    void only_blanks_are_filled() {
        FILL.given("kirim", NAME, "Budi").and("crm", NAME, (String) null).then("crm", NAME, "Budi");
        FILL.given("kirim", NAME, "Budi")
                .and("crm", NAME, "Mr Santoso")
                .because(BASELINE_KEPT)
                .then("crm", NAME, "Mr Santoso")
                .then("kirim", NAME, "Budi")
                .stance("crm", NAME, Stance.KEPT);
    }

    @Test
    void an_edit_overwrites_no_full_value() {
        FILL.given("kirim", NAME, "Budi")
                .and("crm", NAME, (String) null)
                .when("kirim", NAME, "Budi S.")
                .because(SUPPLIED)
                .then("crm", NAME, "Budi")
                .stance("crm", NAME, Stance.KEPT)
                .when("crm", NAME, "Mr Santoso")
                .because(FILLS_BLANKS_ONLY)
                .then("kirim", NAME, "Budi S.");
    }

    @Test
    void what_was_blanked_is_filled_again_with_what_is_agreed() {
        FILL.given("kirim", NAME, "Budi")
                .and("crm", NAME, "Mr Santoso")
                .when("crm", NAME, (String) null)
                .because(BLANK_REFUSED)
                .then("crm", NAME, "Budi");
    }

    // Create only

    private static final PolicyTest CREATE =
            policy(contact -> contact.createOnly(NAME).owned(EMAIL, "kirim").records("crm", RecordRule.CREATE));

    @Test
    void a_value_that_is_only_given_to_new_records_goes_its_own_way_afterwards() {
        CREATE.given("kirim", NAME, "Budi")
                .and("kirim", EMAIL, "b@example.com")
                .then("crm", NAME, "Budi")
                .stance("crm", NAME, Stance.NOT_RECEIVED)
                .when("kirim", NAME, "Budi S.")
                .because(SUPPLIED)
                .then("crm", NAME, "Budi")
                .when("crm", NAME, "Mr Santoso")
                .because(CREATE_ONLY)
                .then("kirim", NAME, "Budi S.")
                .when("kirim", NAME, (String) null)
                .because(CREATE_ONLY)
                .then("crm", NAME, "Mr Santoso");
    }

    @Test
    void a_record_that_joins_is_given_no_value_that_is_only_given_to_new_ones() {
        CREATE.given("kirim", NAME, "Budi")
                .and("crm", NAME, (String) null)
                .then("crm", NAME, (String) null)
                .then("kirim", NAME, "Budi");
    }

    // Read only

    @Test
    void a_value_that_is_only_read_is_written_nowhere() {
        policy(contact -> contact.readOnly(NAME, "crm"))
                .given("crm", NAME, "Budi")
                .and("kirim", NAME, (String) null)
                .then("kirim", NAME, (String) null)
                .stance("kirim", NAME, Stance.NOT_RECEIVED)
                .when("crm", NAME, "Budi S.")
                .because(SUPPLIED)
                .when("kirim", NAME, "Me")
                .because(READ_ONLY)
                .then("kirim", NAME, "Me")
                .then("crm", NAME, "Budi S.")
                .when("crm", NAME, (String) null)
                .because(SUPPLIED)
                .then("kirim", NAME, "Me");
    }

    // Manual

    @Test
    void every_difference_of_full_values_waits_for_a_person() {
        PolicyTest manual = policy(contact -> contact.manual(NAME));
        manual.given("kirim", NAME, "Budi")
                .and("crm", NAME, (String) null)
                .then("crm", NAME, "Budi")
                .when("crm", NAME, "Budi S.")
                .because(MANUAL_REVIEW)
                .stance("crm", NAME, Stance.HELD)
                .then("kirim", NAME, "Budi")
                .then("crm", NAME, "Budi S.")
                .when("kirim", NAME, (String) null)
                .because(MANUAL_REVIEW)
                .then("kirim", NAME, (String) null)
                .then("crm", NAME, "Budi S.");
        manual.given("kirim", NAME, "Budi")
                .and("crm", NAME, "Mr Santoso")
                .because(BASELINE_REVIEW)
                .then("crm", NAME, "Mr Santoso")
                .then("kirim", NAME, "Budi");
    }

    // A resolver

    private static Resolver resolver(Function<Conflict, Resolution> answer) {
        return new Resolver() {
            @Override
            public String id() {
                return "longest";
            }

            @Override
            public int version() {
                return 1;
            }

            @Override
            public Resolution resolve(Conflict conflict) {
                return answer.apply(conflict);
            }
        };
    }

    private static final Resolver LONGEST =
            resolver(conflict -> new Resolution.Agree(conflict.candidates().values().stream()
                    .map(Conflict.Candidate::value)
                    .max(Comparator.comparingInt(
                                    (Value value) -> value.toString().length())
                            .thenComparing(Value::toString))
                    .orElseThrow()));

    private static PolicyTest resolved(Resolver resolver) {
        return policy(contact -> contact.resolved(NAME, "longest", 1)).resolvers(resolver);
    }

    @Test
    void a_resolver_decides_between_what_the_systems_hold() {
        resolved(LONGEST)
                .given("kirim", NAME, "Budi")
                .and("crm", NAME, "Budi Santoso")
                .then("kirim", NAME, "Budi Santoso")
                .when("kirim", NAME, "B.")
                .because(RESOLVED_AGAINST)
                .then("kirim", NAME, "Budi Santoso")
                .when("kirim", NAME, "Budi Santoso Jr")
                .because(RESOLVED)
                .then("crm", NAME, "Budi Santoso Jr")
                .when("crm", NAME, (String) null)
                .because(BLANK_REFUSED)
                .then("crm", NAME, "Budi Santoso Jr");
    }

    @Test
    void a_resolver_may_leave_it_to_a_person_and_one_that_fails_does() {
        resolved(resolver(conflict -> new Resolution.AskPerson("unsure")))
                .given("kirim", NAME, "Budi")
                .and("crm", NAME, "Budi")
                .when("crm", NAME, "Mr Santoso")
                .because(RESOLVER_REVIEW)
                .stance("crm", NAME, Stance.HELD)
                .then("kirim", NAME, "Budi");
        resolved(resolver(conflict -> {
                    throw new IllegalStateException("broken");
                }))
                .given("kirim", NAME, "Budi")
                .and("crm", NAME, "Mr Santoso")
                .because(RESOLVER_FAILED)
                .then("crm", NAME, "Mr Santoso");
        resolved(resolver(conflict -> new Resolution.Agree(new Value.Flag(true))))
                .given("kirim", NAME, "Budi")
                .and("crm", NAME, "Mr Santoso")
                .because(RESOLVER_FAILED)
                .then("crm", NAME, "Mr Santoso");
    }

    @Test
    void a_policy_whose_resolver_is_missing_or_of_another_version_is_refused() {
        assertThatThrownBy(() -> policy(contact -> contact.resolved(NAME, "longest", 2))
                        .resolvers(LONGEST)
                        .given("kirim", NAME, "Budi"))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("longest version 2")
                .hasMessageContaining("[longest version 1]")
                .hasMessageContaining("contact.name");
    }
}
