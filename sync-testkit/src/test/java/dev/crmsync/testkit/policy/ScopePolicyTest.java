package dev.crmsync.testkit.policy;

import static dev.crmsync.planning.Reason.OVERRULED_BY_OWNER;
import static dev.crmsync.planning.Reason.OWNER_EDIT;
import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.planning.Stance;
import dev.crmsync.policy.Leaving;
import dev.crmsync.policy.Policies;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.RecordType;
import org.junit.jupiter.api.Test;

class ScopePolicyTest {
    private static PolicyTest policy(RecordRule crm) {
        return PolicyTest.of(Policy.named("scoped")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(NAME, "kirim")
                                .owned(LABELS, "kirim")
                                .records("crm", crm)));
    }

    private static final RecordRule CUSTOMERS = RecordRule.CREATE.within(LABELS, "customer", "lead");

    @Test
    void a_record_is_made_once_the_link_comes_into_scope() {
        policy(CUSTOMERS)
                .given("kirim", NAME, "Budi")
                .and("kirim", LABELS, "friend")
                .thenNoRecord("crm")
                .when("kirim", LABELS, "friend", "lead")
                .then("crm", NAME, "Budi");
    }

    @Test
    void a_record_whose_link_leaves_the_scope_is_left_as_it_is_until_it_is_back() {
        policy(CUSTOMERS)
                .given("kirim", NAME, "Budi")
                .and("kirim", LABELS, "customer")
                .then("crm", NAME, "Budi")
                .when("kirim", LABELS, "friend")
                .because(OWNER_EDIT)
                .then("crm", LABELS, "customer")
                .when("kirim", NAME, "Budi S.")
                .then("crm", NAME, "Budi")
                .stance("crm", NAME, Stance.NOT_RECEIVED)
                .when("kirim", LABELS, "lead")
                .then("crm", NAME, "Budi S.")
                .then("crm", LABELS, "lead");
    }

    @Test
    void a_record_may_be_kept_in_step_although_its_link_has_left_the_scope() {
        policy(CUSTOMERS.leaving(Leaving.KEEP_FOLLOWING))
                .given("kirim", NAME, "Budi")
                .and("kirim", LABELS, "customer")
                .when("kirim", LABELS, "friend")
                .then("crm", LABELS, "friend");
    }

    @Test
    void of_several_crms_none_is_filled_with_the_customers_of_the_others() {
        PolicyTest hub =
                PolicyTest.of(Policies.guide().kirim("kirim").alsoCrm("sales").primaryCrm("crm"));
        hub.given("sales", NAME, "Only in sales").thenNoRecord("crm").thenNoRecord("kirim");
        hub.given("crm", NAME, "Only in the CRM").thenNoRecord("sales");
        hub.given("kirim", NAME, "Budi").then("crm", NAME, "Budi").then("sales", NAME, "Budi");
    }

    @Test
    void of_several_crms_the_primary_one_decides_and_the_others_follow() {
        PolicyTest.of(Policies.guide().kirim("kirim").alsoCrm("sales").primaryCrm("crm"))
                .given("kirim", NAME, "Budi")
                .and("crm", NAME, "Budi Santoso")
                .and("sales", NAME, "Budi Santoso")
                .when("sales", NAME, "Budi S.")
                .then("sales", NAME, "Budi Santoso")
                .because(OVERRULED_BY_OWNER)
                .when("crm", NAME, "Budi Hartono")
                .then("sales", NAME, "Budi Hartono")
                .then("kirim", NAME, "Budi Hartono");
    }

    @Test
    void nonsense_about_what_must_be_known_is_refused() {
        assertThatThrownBy(() -> policy(RecordRule.CREATE.knownAt("crm")))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("so none ever is");
        assertThatThrownBy(() -> RecordRule.FOLLOW.knownAt("kirim"))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("begin with RecordRule.CREATE");
        assertThatThrownBy(() -> Policies.guide().kirim("kirim").alsoCrm("crm").primaryCrm("crm"))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("give each system a name of its own");
    }

    @Test
    void nonsense_about_scopes_is_refused() {
        assertThatThrownBy(() -> policy(RecordRule.CREATE.leaving(Leaving.KEEP_FOLLOWING)))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("contact")
                .hasMessageContaining("say within(..)");
        assertThatThrownBy(() -> policy(RecordRule.CREATE.within(Field.of("size", FieldType.NUMBER))))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("size")
                .hasMessageContaining("it has name");
    }
}
