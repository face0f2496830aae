package dev.crmsync.testkit.check;

import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.OnRendering;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import dev.crmsync.testkit.check.TerminationReport.OfField;
import dev.crmsync.testkit.check.TerminationReport.Rest;
import org.junit.jupiter.api.Test;

/** Fields are proved to come to rest, or are not; larger ones are in {@link LargeWorldsTest}. */
class TerminationCheckTest {
    private static TerminationCheck of(ConvergenceCheck check) {
        return TerminationCheck.of(check.setting().policy).fields(NAME);
    }

    private static OfField name(TerminationCheck check) {
        return check.run().fields().get(0);
    }

    @Test
    void fields_are_quiet_after_a_known_number_of_writes() {
        assertRests("owned, reverted", 2);
        assertRests("owned, kept", 2);
        assertRests("owned, reviewed", 2);
        assertRests("fill if empty", 2);
        assertRests("append only", 1);
        assertRests("manual", 1);
        assertRests("create only", 0);
        assertRests("read only", 0);
    }

    private static void assertRests(String rule, int writes) {
        OfField found = name(of(ShippedRules.all().get(rule)));
        assertThat(found.rest()).as("%s: %s", rule, found).isEqualTo(Rest.PROVED);
        assertThat(found.mostWrites()).as("%s: %s", rule, found).isLessThanOrEqualTo(writes);
        assertThat(found.toString()).contains("quiet after at most " + found.mostWrites() + " writes");
    }

    @Test
    void what_a_resolver_decides_is_sampled_and_said_to_be_so() {
        OfField found = name(of(ShippedRules.all().get("resolver"))
                .resolvers(new ShippedRules.LastByAlphabet())
                .values("name", "a", "b"));
        assertThat(found.rest()).isEqualTo(Rest.SAMPLED);
        assertThat(found.toString()).contains("sampled, not proved");
    }

    @Test
    void for_each_rendering_there_is_a_value_that_it_changes() {
        Policy policy =
                ShippedRules.policy(contact -> contact.owned(NAME, "kirim").onRendering(NAME, OnRendering.REMEMBER));
        OfField found = name(TerminationCheck.of(policy)
                .fields(NAME)
                .mapping(
                        "crm",
                        Mapping.of(
                                "contact",
                                FieldMapping.direct(NAME, "name").shownAs(Rendering.LOWER_CASED, Rendering.cut(2)))));
        assertThat(found.classes()).contains("a", "b", "c", "", "B", "bbc");
        assertThat(found.rest()).as(found.toString()).isEqualTo(Rest.PROVED);
    }

    @Test
    void a_planner_that_never_tires_has_a_counterexample_that_is_printed_as_a_test() {
        OfField found = name(TerminationCheck.of(ShippedRules.policy(contact -> contact.owned(NAME, "crm")))
                .fields(NAME)
                .world(world -> world.values("name", "a", "b")
                        .automation("kirim", "name", "z")
                        .mind(Spoilt.tireless().setting().mind)));
        assertThat(found.rest()).isEqualTo(Rest.NEVER);
        Counterexample broken = found.counterexample().orElseThrow();
        assertThat(broken.law()).isEqualTo(2);
        assertThat(broken.test()).contains("@Test", ".step(");
    }

    @Test
    void a_limit_that_is_reached_proves_nothing() {
        OfField found = name(of(ShippedRules.all().get("last writer")).world(world -> world.limit(100)));
        assertThat(found.rest()).isEqualTo(Rest.NOT_EXHAUSTED);
    }

    @Test
    void several_fields_are_checked_each_by_itself() {
        TerminationReport report = TerminationCheck.of(ShippedRules.policy(
                        contact -> contact.owned(NAME, "crm", NonOwnerEdit.KEEP).readOnly(LABELS, "kirim")))
                .fields(NAME, LABELS)
                .run();
        assertThat(report.proved()).as(report.toString()).isTrue();
        assertThat(report.fields()).extracting(OfField::field).containsExactly("name", "labels");
    }
}
