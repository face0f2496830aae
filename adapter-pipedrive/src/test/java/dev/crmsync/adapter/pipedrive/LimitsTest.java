package dev.crmsync.adapter.pipedrive;

import static dev.crmsync.adapter.pipedrive.FakePipedrive.change;
import static dev.crmsync.adapter.pipedrive.FakePipedrive.contact;
import static dev.crmsync.adapter.pipedrive.FakePipedrive.error;
import static dev.crmsync.adapter.pipedrive.FakePipedrive.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crmsync.adapter.pipedrive.FakePipedrive.Answer;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Quota;
import dev.crmsync.spi.adapter.QuotaReport;
import dev.crmsync.spi.adapter.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private final FakePipedrive pipedrive = new FakePipedrive();
    private final Company company = new Company();
    private final PipedriveAdapter adapter = pipedrive.adapter();

    @BeforeEach
    void serve() {
        company.addPerson("5", "Budi");
        pipedrive.answering(company);
        adapter.read(contact("5"));
        pipedrive.reports.clear();
    }

    @AfterEach
    void stop() {
        pipedrive.close();
    }

    private Outcome.Deferred deferred(Answer answer) {
        pipedrive.answering(request -> answer);
        Outcome outcome = adapter.write(change(contact("5"), Map.of("name", text("Ana"))));
        assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
        return (Outcome.Deferred) outcome;
    }

    private SyncException thrown(Answer answer) {
        pipedrive.answering(request -> answer);
        return catchThrowableOfType(SyncException.class, () -> adapter.read(contact("5")));
    }

    private static Answer tooMany() {
        return Answer.of(429, error("request over limit"));
    }

    @Test
    void burst_and_what_is_left_of_it_are_reported() {
        pipedrive.answering(request ->
                company.apply(request).with("x-ratelimit-limit", "40").with("x-ratelimit-remaining", "39"));
        adapter.read(contact("5"));
        assertThat(pipedrive.reports).containsExactly(new QuotaReport(Limits.BURST, 40, 39, null));
    }

    @Test
    void spent_burst_comes_back_when_the_headers_say() {
        Outcome.Deferred deferred =
                deferred(tooMany().with("x-ratelimit-remaining", "0").with("x-ratelimit-reset", "3"));
        assertThat(deferred.quotaKey()).isEqualTo(Limits.BURST);
        assertThat(deferred.retryAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(pipedrive.reports).contains(new QuotaReport(Limits.BURST, -1, 0, Duration.ofSeconds(3)));
    }

    @Test
    void retry_after_is_kept_to_where_there_is_one() {
        assertThat(deferred(tooMany().with("Retry-After", "17")).retryAfter()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void refusal_while_the_burst_has_room_is_about_the_tokens_of_the_day() {
        Outcome.Deferred deferred = deferred(tooMany().with("x-ratelimit-remaining", "12"));
        assertThat(deferred.quotaKey()).isEqualTo(Limits.TOKENS);
        assertThat(deferred.retryAfter()).isEqualTo(Duration.ofMinutes(15));
        assertThat(deferred(tooMany().with("x-daily-requests-left", "0")).quotaKey())
                .isEqualTo(Limits.TOKENS);
    }

    @Test
    void refusal_that_says_nothing_is_left_alone_for_longer_than_a_burst() {
        SyncException fault = thrown(tooMany());
        assertThat(fault.kind()).isEqualTo(SyncException.Kind.RATE_LIMITED);
        assertThat(fault.retryAfter()).contains(Duration.ofMinutes(1));
    }

    @Test
    void page_of_the_firewall_is_a_limit_and_neither_a_revoked_token_nor_an_unknown_outcome() {
        SyncException fault = thrown(Answer.firewall());
        assertThat(fault.kind()).isEqualTo(SyncException.Kind.RATE_LIMITED);
        assertThat(fault.retryAfter()).contains(Duration.ofMinutes(10));
        assertThat(deferred(Answer.firewall()).retryAfter()).isEqualTo(Duration.ofMinutes(10));
        assertThat(pipedrive.reports).contains(new QuotaReport(Limits.TOKENS, -1, -1, Duration.ofMinutes(10)));
    }

    @Test
    void searches_have_a_burst_of_their_own() {
        pipedrive.answering(request -> request.path().contains("itemSearch")
                ? tooMany().with("x-ratelimit-remaining", "0")
                : company.apply(request));
        SyncException fault = catchThrowableOfType(
                SyncException.class,
                () -> adapter.find("contact", new Write.ExternalId("custom_fields.Kirim contact id", "ctc_1")));
        assertThat(fault.retryAfter()).contains(Duration.ofSeconds(2));
        assertThat(pipedrive.reports).contains(new QuotaReport(Limits.SEARCH, -1, 0, Duration.ofSeconds(2)));
    }

    @Test
    void quotas_know_what_each_kind_of_call_costs() {
        List<Quota> quotas = pipedrive
                .adapter(pipedrive.definition().limits(120, 450_000))
                .declaration()
                .quotas();
        assertThat(quotas).extracting(Quota::key).containsExactly(Limits.BURST, Limits.SEARCH, Limits.TOKENS);
        assertThat(quotas.get(0).calls()).isEqualTo(120);
        Quota tokens = quotas.get(2);
        assertThat(tokens.calls()).isEqualTo(450_000);
        assertThat(tokens.window()).isEqualTo(Duration.ofDays(1));
        assertThat(tokens.cost(Operation.READ_ONE)).isEqualTo(1);
        assertThat(tokens.cost(Operation.LIST_CHANGES)).isEqualTo(10);
        assertThat(tokens.cost(Operation.FIND)).isEqualTo(21);
        Quota ofLeads = pipedrive
                .adapter(pipedrive.definition().tickets("leads"))
                .declaration()
                .quotas()
                .get(2);
        assertThat(ofLeads.cost(Operation.LIST_CHANGES)).isEqualTo(20);
    }
}
