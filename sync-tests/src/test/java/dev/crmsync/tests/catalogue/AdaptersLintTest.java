package dev.crmsync.tests.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.adapter.hubspot.HubSpot;
import dev.crmsync.adapter.kirim.Kirim;
import dev.crmsync.adapter.notion.Notion;
import dev.crmsync.adapter.pipedrive.Pipedrive;
import dev.crmsync.lint.LintRule;
import dev.crmsync.lint.PolicyLint;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.policy.Policies;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.SystemDefinition;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.testkit.policy.LintAssert;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The guide's policy over what the adapters bring has no fault, and no warning but those that docs/lint.md tells of. */
class AdaptersLintTest {
    private static Rules rules(Policy policy, SystemDefinition kirim, SystemDefinition crm) {
        return Rules.of(policy, Map.of("kirim", system("kirim", kirim), "crm", system("crm", crm)), "ID");
    }

    private static SystemRules system(String name, SystemDefinition defined) {
        AdapterConfig config = new AdapterConfig(
                name,
                defined.settings(),
                defined.secrets(),
                (system, secret, value) -> {},
                InstantSource.system(),
                report -> {});
        try (Adapter adapter = defined.provider().create(config)) {
            Map<String, Mapping> mappings = new TreeMap<>();
            adapter.defaultMappings().forEach(mapping -> mappings.put(mapping.type(), mapping));
            return SystemRules.of(adapter, mappings);
        }
    }

    private static Kirim kirim() {
        return Kirim.organisation("key").phoneNumber("100200300").webhookSecret("secret");
    }

    private static HubSpot hubSpot() {
        return HubSpot.privateApp("token").clientSecret("secret").appId("1");
    }

    private static Pipedrive pipedrive() {
        return Pipedrive.company("token").webhooks("hook", "password").dedicatedUser("1");
    }

    private static Notion notion() {
        return Notion.connection("token")
                .contacts("248104cd477e80fdb757e945d38000bd")
                .tickets("3f0c41aa477e80fdb757e945d38000bd");
    }

    @Test
    void the_guides_policy_over_the_default_mappings() {
        Rules rules = rules(Policies.guide().kirim("kirim").primaryCrm("crm"), kirim(), hubSpot());

        LintAssert.assertNoErrors(rules);
        LintAssert.assertClean(rules, LintRule.CREATE_UNSCOPED);
    }

    @Test
    void the_guides_policy_with_keys_of_both_sides_in_the_metadata() {
        Rules rules = rules(
                Policies.guide().kirim("kirim").kirimOwnsMetadata("source").primaryCrm("crm"),
                kirim(),
                hubSpot().metadata("crm_segment", "crm_segment").metadata("source", "kirim_source"));

        // Kirim takes metadata as a whole: what it says of a PATCH leaves nothing better.
        LintAssert.assertClean(rules, LintRule.CREATE_UNSCOPED, LintRule.WHOLE_SET_REPLACED);
    }

    /** Trap T1: the guide's handler stamps each contact that it pushes. */
    @Test
    void the_guides_stamp_of_the_last_sync_is_found() {
        Rules rules = rules(
                Policies.guide().kirim("kirim").primaryCrm("crm"),
                kirim(),
                hubSpot().metadata("last_synced_at", "last_synced_at"));

        assertThat(PolicyLint.check(rules))
                .filteredOn(finding -> finding.rule() == LintRule.VOLATILE_FIELD)
                .singleElement()
                .satisfies(finding -> assertThat(finding.field()).isEqualTo("contact.metadata.last_synced_at"));
    }

    @Test
    void the_guides_policy_over_pipedrives_default_mappings() {
        Rules rules = rules(Policies.guide().kirim("kirim").primaryCrm("crm"), kirim(), pipedrive());

        LintAssert.assertNoErrors(rules);
        // Stages differ from account to account: until some are named, none means that a conversation is pending.
        LintAssert.assertClean(rules, LintRule.CREATE_UNSCOPED, LintRule.ENUMERATION_WITHOUT_INVERSE);
    }

    @Test
    void the_guides_policy_over_leads_activities_stages_and_custom_fields_of_pipedrive() {
        Policy policy =
                Policies.guide().kirim("kirim").kirimOwnsMetadata("source").primaryCrm("crm");
        Pipedrive custom = pipedrive()
                .metadata("crm_segment", "Segment")
                .metadata("source", "Source")
                .labels("Tags");

        LintAssert.assertClean(
                rules(policy, kirim(), custom.tickets("leads").messages("activities")),
                LintRule.CREATE_UNSCOPED,
                LintRule.WHOLE_SET_REPLACED,
                LintRule.ENUMERATION_WITHOUT_INVERSE);
        LintAssert.assertClean(
                rules(policy, kirim(), custom.dealPipeline("1", "1:open,2:pending,won:closed,lost:closed")),
                LintRule.CREATE_UNSCOPED,
                LintRule.WHOLE_SET_REPLACED);
    }

    @Test
    void the_guides_stamp_of_the_last_sync_is_found_at_pipedrive_too() {
        Rules rules = rules(
                Policies.guide().kirim("kirim").primaryCrm("crm"),
                kirim(),
                pipedrive().metadata("last_synced_at", "Last synced at"));

        assertThat(PolicyLint.check(rules))
                .filteredOn(finding -> finding.rule() == LintRule.VOLATILE_FIELD)
                .singleElement()
                .satisfies(finding -> assertThat(finding.field()).isEqualTo("contact.metadata.last_synced_at"));
    }

    @Test
    void the_guides_policy_over_notions_default_mappings() {
        Rules rules = rules(Policies.guide().kirim("kirim").primaryCrm("crm"), kirim(), notion());

        LintAssert.assertNoErrors(rules);
        LintAssert.assertClean(rules, LintRule.CREATE_UNSCOPED);
    }

    @Test
    void the_guides_policy_over_comments_a_status_and_further_properties_of_notion() {
        Policy policy =
                Policies.guide().kirim("kirim").kirimOwnsMetadata("source").primaryCrm("crm");
        Notion custom = notion().messages("comments")
                .status("Status", "Not started:open,In progress:pending,Done:closed")
                .metadata("crm_segment", "Segment")
                .metadata("source", "Source")
                .labels("la%3A1");

        LintAssert.assertClean(rules(policy, kirim(), custom), LintRule.CREATE_UNSCOPED, LintRule.WHOLE_SET_REPLACED);
    }

    /** A hub of four: whatever each of them lacks is found before it runs. */
    @Test
    void the_guides_policy_over_a_hub_of_four() {
        Rules rules = Rules.of(
                Policies.guide().kirim("kirim").primaryCrm("crm"),
                Map.of(
                        "kirim", system("kirim", kirim()),
                        "crm", system("crm", hubSpot()),
                        "sales", system("sales", pipedrive()),
                        "notes", system("notes", notion())),
                "ID");

        LintAssert.assertNoErrors(rules);
    }
}
