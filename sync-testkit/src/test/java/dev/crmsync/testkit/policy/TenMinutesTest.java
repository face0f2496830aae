package dev.crmsync.testkit.policy;

import static dev.crmsync.planning.Reason.OVERRULED_BY_OWNER;
import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Contact.METADATA;
import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Contact.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.testkit.check.CheckReport;
import dev.crmsync.testkit.check.ConvergenceCheck;
import dev.crmsync.testkit.check.TerminationCheck;
import dev.crmsync.testkit.check.TerminationReport;
import dev.crmsync.testkit.simulation.Dials;
import dev.crmsync.testkit.simulation.History;
import dev.crmsync.testkit.simulation.SyncSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The snippets of docs/ten-minutes.md, which shows them as they stand here. */
class TenMinutesTest {
    private static final Path HERE =
            Path.of("src", "test", "java", "dev", "crmsync", "testkit", "policy", "TenMinutesTest.java");
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static Policy policy() {
        return Policy.named("mine")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(NAME, "crm", "kirim")
                                .owned(EMAIL, "crm", "kirim")
                                .owned(METADATA, "crm", "kirim")
                                .owned(PHONE, "kirim", "crm")
                                .setMerge(LABELS)
                                .records("crm", RecordRule.CREATE.within(PHONE)));
    }

    @Test
    void the_name_in_the_crm_stands() {
        PolicyTest.of(policy())
                .given("kirim", NAME, "Budi")
                .and("crm", NAME, "Budi Santoso")
                .when("kirim", NAME, "budi 🌴")
                .then("crm", NAME, "Budi Santoso")
                .because(OVERRULED_BY_OWNER);
    }

    @Test
    void lint_finds_nothing() {
        PolicyTest.of(policy()).lint();
    }

    @Test
    void a_hundred_histories_keep_every_law() {
        SyncSimulator simulator =
                SyncSimulator.of(policy()).systems("kirim", "crm").dials(Dials.storm());
        for (long seed = 0; seed < 100; seed++) {
            History history = simulator.run(seed);
            assertThat(history.lawful()).as(history.report()).isTrue();
        }
    }

    @Test
    void every_order_of_two_edits_and_a_repeated_event_keeps_every_law() {
        CheckReport report = ConvergenceCheck.of(policy())
                .systems("kirim", "crm")
                .fields(NAME)
                .edits(2)
                .duplicates(1)
                .run();
        assertThat(report.holds()).as(report.toString()).isTrue();
    }

    @Test
    void writing_ends() {
        TerminationReport report = TerminationCheck.of(policy())
                .systems("kirim", "crm")
                .fields(NAME)
                .run();
        assertThat(report.proved()).as(report.toString()).isTrue();
    }

    @Test
    void the_page_shows_what_is_run_here() throws IOException {
        String source = bare(Files.readString(HERE));
        Matcher snippets = SNIPPET.matcher(Files.readString(Path.of("..", "docs", "ten-minutes.md")));
        int found = 0;
        while (snippets.find()) {
            assertThat(source).contains(bare(snippets.group(1)));
            found++;
        }
        assertThat(found).isGreaterThanOrEqualTo(6);
    }

    private static String bare(String code) {
        return code.replaceAll("\\s", "");
    }
}
