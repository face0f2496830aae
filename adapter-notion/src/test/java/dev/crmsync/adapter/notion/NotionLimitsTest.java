package dev.crmsync.adapter.notion;

import static dev.crmsync.adapter.notion.FakeNotion.change;
import static dev.crmsync.adapter.notion.FakeNotion.contact;
import static dev.crmsync.adapter.notion.FakeNotion.error;
import static dev.crmsync.adapter.notion.FakeNotion.text;
import static dev.crmsync.adapter.notion.Workspace.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crmsync.adapter.notion.FakeNotion.Answer;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Quota;
import dev.crmsync.spi.adapter.QuotaReport;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotionLimitsTest {
    private final FakeNotion notion = new FakeNotion();
    private final Workspace workspace = new Workspace();
    private NotionAdapter adapter;

    @BeforeEach
    void serve() {
        workspace.contact(5, "Budi");
        notion.answering(workspace);
        adapter = notion.adapter();
        adapter.read(contact(id(5)));
        notion.reports.clear();
    }

    @AfterEach
    void stop() {
        notion.close();
    }

    private Outcome.Deferred deferred(Answer answer) {
        notion.answering(request -> answer);
        Outcome outcome = adapter.write(change(contact(id(5)), Map.of("properties.title", text("Ana"))));
        assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
        return (Outcome.Deferred) outcome;
    }

    private SyncException thrown(Answer answer) {
        notion.answering(request -> answer);
        return catchThrowableOfType(SyncException.class, () -> adapter.read(contact(id(5))));
    }

    @ParameterizedTest
    @CsvSource({"429, rate_limited", "529, service_overload"})
    void who_puts_us_off_is_obeyed_and_has_written_nothing(int status, String code) {
        Answer answer = Answer.of(status, error(status, code, "Later.")).with("Retry-After", "17");
        Outcome.Deferred deferred = deferred(answer);
        assertThat(deferred.retryAfter()).isEqualTo(Duration.ofSeconds(17));
        assertThat(deferred.quotaKey()).isEqualTo(Limits.CONNECTION);
        assertThat(notion.reports).contains(new QuotaReport(Limits.CONNECTION, -1, 0, Duration.ofSeconds(17)));
        SyncException fault = thrown(answer);
        assertThat(fault.kind()).isEqualTo(SyncException.Kind.RATE_LIMITED);
        assertThat(fault.retryAfter()).contains(Duration.ofSeconds(17));
    }

    @Test
    void limit_of_the_workspace_may_last_longer_than_a_window() {
        Answer answer = Answer.of(429, error(429, "rate_limited", "Later.")).with("Retry-After", "300");
        assertThat(deferred(answer).retryAfter()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void limit_that_says_nothing_leaves_it_to_the_host_how_long_to_wait() {
        assertThat(thrown(Answer.of(429, error(429, "rate_limited", "Later."))).retryAfter())
                .isEmpty();
    }

    @Test
    void page_of_the_edge_is_a_limit_and_no_missing_capability() {
        assertThat(thrown(Answer.edge()).kind()).isEqualTo(SyncException.Kind.RATE_LIMITED);
        assertThat(deferred(Answer.edge()).retryAfter()).isNull();
    }

    @Test
    void missing_capability_and_a_bad_token_pause_the_system() {
        assertThat(thrown(Answer.of(403, error(403, "restricted_resource", "No.")))
                        .kind())
                .isEqualTo(SyncException.Kind.AUTH);
        assertThat(thrown(Answer.of(401, error(401, "unauthorized", "API token is invalid.")))
                        .kind())
                .isEqualTo(SyncException.Kind.AUTH);
    }

    @Test
    void budget_of_a_minute_is_granted_in_parts() {
        Quota quota = adapter.declaration().quotas().get(0);
        assertThat(quota.calls()).isEqualTo(9);
        assertThat(quota.window()).isEqualTo(Duration.ofSeconds(3));
        assertThat(quota.cost(Operation.FIND)).isEqualTo(2);
        Quota small = notion.adapter(notion.definition().limits(10))
                .declaration()
                .quotas()
                .get(0);
        assertThat(small.calls()).isEqualTo(10);
        assertThat(small.window()).isEqualTo(Duration.ofMinutes(1));
    }
}
