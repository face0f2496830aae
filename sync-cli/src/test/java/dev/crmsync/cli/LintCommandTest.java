package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.json.PolicyCodec;
import dev.crmsync.lint.LintRule;
import dev.crmsync.policy.Policies;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LintCommandTest {
    private static final List<String> SYSTEMS =
            List.of("--system", "kirim=kirim", "--system", "crm=hubspot", "--set", "kirim.phoneNumberId=123456789");

    @TempDir
    private Path files;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine command = CrmSync.command().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(args);
    }

    private int lint(Policy policy, String... more) throws IOException {
        Path file = Files.writeString(files.resolve("policy.json"), new PolicyCodec().encode(policy));
        List<String> args = new ArrayList<>(List.of("lint", file.toString()));
        args.addAll(SYSTEMS);
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    private static Policy guide() {
        return Policies.guide().kirim("kirim").primaryCrm("crm");
    }

    @Test
    void the_guides_policy_over_both_vendors_has_no_error_and_needs_no_credential() throws IOException {
        assertThat(lint(guide())).as(out + "" + err).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void a_system_that_the_policy_names_and_nobody_gave_is_told_as_the_option_that_gives_it() throws IOException {
        Policy elsewhere = Policies.guide().kirim("kirim").primaryCrm("salesforce");
        assertThat(lint(elsewhere)).isEqualTo(2);
        assertThat(err.toString()).contains("--system salesforce=ADAPTER");
    }

    @Test
    void programs_get_json_with_the_hash_of_the_rules() throws IOException {
        lint(guide(), "--json");
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.path("policy").asText()).isEqualTo(guide().name());
        assertThat(report.path("rulesHash").asText()).isNotBlank();
        assertThat(report.path("findings").isArray()).isTrue();
    }

    @Test
    void what_is_no_policy_is_told_with_the_name_of_the_file() throws IOException {
        Path file = Files.writeString(files.resolve("broken.json"), "{\"format\": 1, \"policy\": ");
        List<String> args = new ArrayList<>(List.of("lint", file.toString()));
        args.addAll(SYSTEMS);
        assertThat(run(args.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString()).contains("broken.json");
    }

    @Test
    void a_file_that_is_not_there_is_told() {
        List<String> args =
                new ArrayList<>(List.of("lint", files.resolve("none.json").toString()));
        args.addAll(SYSTEMS);
        assertThat(run(args.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString()).contains("none.json: there is no such file");
    }

    @Test
    void an_adapter_that_is_not_there_is_told_with_those_that_are() throws IOException {
        Path file = Files.writeString(files.resolve("policy.json"), new PolicyCodec().encode(guide()));
        assertThat(run("lint", file.toString(), "-s", "kirim=kirm", "-s", "crm=hubspot"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("'kirm'").contains("hubspot, kirim");
    }

    @Test
    void a_setting_that_an_adapter_needs_is_told_as_the_option_that_gives_it() throws IOException {
        Path file = Files.writeString(files.resolve("policy.json"), new PolicyCodec().encode(guide()));
        assertThat(run("lint", file.toString(), "-s", "kirim=kirim", "-s", "crm=hubspot"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--set kirim.phoneNumberId=VALUE");
    }

    @Test
    void a_mapping_in_a_file_takes_the_place_of_the_adapters_own() throws IOException {
        Path mapping = Files.writeString(files.resolve("contact.json"), """
                {"format": 1, "type": "contact", "fields": {"name": {"is": "text", "lens": "direct", "property": "firstname"}}}
                """);
        assertThat(lint(guide(), "--mapping", "crm=" + mapping)).isZero();
        assertThat(out.toString()).contains("owner-without-field").contains("What to do:");
    }

    @Test
    void strictly_a_warning_counts_like_an_error() throws IOException {
        Policy nobodyOwnsEmails =
                Policy.named("names only").type(RecordType.CONTACT, contact -> contact.owned(Contact.NAME, "crm"));
        assertThat(lint(nobodyOwnsEmails)).isZero();
        assertThat(lint(nobodyOwnsEmails, "--strict")).isEqualTo(CrmSync.FOUND);
        assertThat(out.toString()).contains("field-without-rule  contact.email").contains("0 error(s)");
    }

    @Test
    void an_error_is_found_with_its_remedy() throws IOException {
        Path mapping = Files.writeString(files.resolve("contact.json"), """
                {"format": 1, "type": "contact", "externalId": "email",
                 "fields": {"name": {"is": "text", "lens": "direct", "property": "firstname"}}}
                """);
        assertThat(lint(guide(), "--mapping", "crm=" + mapping)).isEqualTo(CrmSync.FOUND);
        assertThat(out.toString()).contains("error  mutable-match-key").contains("What to do:");
    }

    @Test
    void a_mapping_of_a_system_that_is_not_given_is_refused() throws IOException {
        assertThat(lint(guide(), "--mapping", "erp=contact.json")).isEqualTo(2);
        assertThat(err.toString()).contains("--mapping erp=contact.json").contains("[crm, kirim]");
    }

    @Test
    void all_lint_rules_are_listed_with_their_sections() {
        assertThat(run("lint-rules")).isZero();
        for (LintRule rule : LintRule.values()) {
            assertThat(out.toString()).contains(rule.id()).contains(rule.documentation());
        }
    }

    @Test
    void without_anything_to_do_the_command_says_what_there_is() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("lint");
    }
}
