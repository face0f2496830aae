package dev.crmsync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.QuotaReport;
import dev.crmsync.spi.adapter.SecretSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpApiTest {
    private static final String JSON = "Content-Type: application/json\n";

    @Test
    void call_arrives_as_described() {
        try (Vendor vendor = Vendor.answering(200, JSON, "{\"ok\":true}")) {
            HttpApi api = vendor.api()
                    .bearer("token", SecretSource.of("t0ken", "older"))
                    .header("X-Version", "7")
                    .build();
            HttpCall call = HttpCall.post("/contacts/{id}/notes", "a/b c?ü")
                    .query("cursor", "x+y=&z")
                    .query("limit", "5")
                    .header("Idempotency-Key", "k-1")
                    .body(Json.object().put("name", "Budi é"));
            HttpAnswer answer = api.send(call).orThrow();
            assertThat(answer.ok()).isTrue();
            assertThat(answer.json().orElseThrow().path("ok").booleanValue()).isTrue();
            String request = vendor.heard.get(0);
            assertThat(request)
                    .startsWith("POST /v1/contacts/a%2Fb%20c%3F%C3%BC/notes?cursor=x%2By%3D%26z&limit=5 HTTP/1.1\r\n")
                    .endsWith("\r\n\r\n{\"name\":\"Budi é\"}");
            assertThat(request.lines())
                    .contains(
                            "Authorization: Bearer t0ken",
                            "X-Version: 7",
                            "Idempotency-Key: k-1",
                            "Content-Type: application/json",
                            "Accept: application/json");
        }
    }

    @Test
    void credentials_are_asked_for_at_every_call() {
        List<String> current = new ArrayList<>(List.of("first"));
        try (Vendor vendor = Vendor.answering(200, JSON, "{}")) {
            HttpApi api =
                    vendor.api().bearer("token", () -> List.copyOf(current)).build();
            api.send(HttpCall.get("/a"));
            current.set(0, "second");
            api.send(HttpCall.get("/a"));
            assertThat(vendor.heard.get(0)).contains("Bearer first");
            assertThat(vendor.heard.get(1)).contains("Bearer second");
        }
    }

    @Test
    void credential_that_is_missing_or_cannot_be_sent_is_told_without_its_value() {
        try (Vendor vendor = Vendor.answering(200, JSON, "{}")) {
            assertThatThrownBy(() ->
                            vendor.api().bearer("apiKey", List::of).build().send(HttpCall.get("/a")))
                    .isInstanceOfSatisfying(
                            SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.AUTH));
            assertThatThrownBy(() -> vendor.api()
                            .bearer("apiKey", SecretSource.of("geheim\r\nX: y"))
                            .build()
                            .send(HttpCall.get("/a")))
                    .isInstanceOfSatisfying(SyncException.class, e -> {
                        assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
                        assertThat(e.subject()).contains("apiKey");
                        assertThat(e.toString()).doesNotContain("geheim");
                        assertThat(e.getCause()).isNull();
                    });
            assertThat(vendor.heard).isEmpty();
        }
    }

    @Test
    void refused_connection_was_not_sent() throws IOException {
        // A port that is taken and not listened at: one that was given back may be somebody else's by now.
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            HttpApi api = HttpApi.at("crm", "http://127.0.0.1:" + taken.getLocalPort())
                    .build();
            assertThat(api.send(HttpCall.post("/a"))).isInstanceOf(HttpReply.NotSent.class);
        }
    }

    @Test
    void reset_after_sending_is_lost_and_the_write_is_not_repeated() {
        try (Vendor vendor = new Vendor((connection, request) -> Vendor.reset(connection))) {
            HttpApi api = vendor.api().build();
            assertThat(api.send(HttpCall.post("/a").body(Json.object()))).isInstanceOf(HttpReply.Lost.class);
            assertThat(api.send(HttpCall.patch("/a").body(Json.object()))).isInstanceOf(HttpReply.Lost.class);
            assertThat(vendor.heard).hasSize(2);
        }
    }

    @Test
    void answer_that_is_cut_off_is_lost() {
        String whole = Vendor.answer(200, JSON, "{\"name\":\"Budi\"}");
        for (String part : List.of(whole.substring(0, whole.length() - 3), whole.substring(0, 20), "")) {
            try (Vendor vendor = new Vendor((connection, request) -> {
                Vendor.say(connection, part);
                connection.close();
            })) {
                assertThat(vendor.api().build().send(HttpCall.post("/a"))).isInstanceOf(HttpReply.Lost.class);
            }
        }
    }

    @Test
    void answer_that_is_too_long_is_lost_as_soon_as_it_is() {
        try (Vendor vendor = new Vendor((connection, request) -> {
            Vendor.say(connection, "HTTP/1.1 200 x\r\nContent-Type: application/json\r\n\r\n\"");
            while (true) {
                Vendor.say(connection, "x".repeat(1_000));
            }
        })) {
            HttpReply reply = vendor.api().maxAnswer(10_000).build().send(HttpCall.get("/a"));
            assertThat(reply)
                    .isInstanceOfSatisfying(
                            HttpReply.Lost.class,
                            lost -> assertThat(lost.reason()).contains("longer than 10000 bytes"));
        }
        try (Vendor vendor = Vendor.answering(200, JSON, "[\"" + "x".repeat(96) + "\"]")) {
            assertThat(vendor.api().maxAnswer(100).build().send(HttpCall.get("/a")))
                    .isInstanceOf(HttpAnswer.class);
            assertThat(vendor.api().maxAnswer(99).build().send(HttpCall.get("/a")))
                    .isInstanceOf(HttpReply.Lost.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 x\r\nContent-Length: 9\r\n\r\n{\"a\""})
    void silence_is_lost_after_the_timeout_also_within_the_body(String beginning) {
        try (Vendor vendor = new Vendor((connection, request) -> Vendor.say(connection, beginning))) {
            HttpApi api = vendor.api()
                    .timeouts(Duration.ofSeconds(5), Duration.ofMillis(150))
                    .build();
            assertThat(api.send(HttpCall.post("/a"))).isInstanceOf(HttpReply.Lost.class);
            assertThat(vendor.heard).hasSize(1);
        }
    }

    @Test
    void interrupted_thread_sends_nothing_and_stays_interrupted() {
        try (Vendor vendor = Vendor.answering(200, JSON, "{}")) {
            HttpApi api = vendor.api().build();
            Thread.currentThread().interrupt();
            assertThat(api.send(HttpCall.post("/a"))).isInstanceOf(HttpReply.NotSent.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(vendor.heard).isEmpty();
        }
    }

    @Test
    void interruption_while_waiting_loses_the_answer_and_is_kept() {
        Thread caller = Thread.currentThread();
        try (Vendor vendor = new Vendor((connection, request) -> caller.interrupt())) {
            HttpReply reply = vendor.api().build().send(HttpCall.post("/a"));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(reply).isInstanceOf(HttpReply.Lost.class);
        }
    }

    @Test
    void redirect_is_not_followed() {
        try (Vendor elsewhere = Vendor.answering(200, JSON, "{}");
                Vendor vendor = Vendor.answering(302, "Location: " + elsewhere.url() + "\n", "")) {
            HttpAnswer answer = vendor.api()
                    .bearer("token", SecretSource.of("t0ken"))
                    .build()
                    .send(HttpCall.get("/a"))
                    .orThrow();
            assertThat(answer.status()).isEqualTo(302);
            assertThat(elsewhere.heard).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "api.example",
                "ftp://api.example",
                "https://",
                "https://user:geheim@api.example",
                "https://api.example/v1?key=geheim",
                "https://api.example/v1#geheim",
                "https://geheim example/"
            })
    void address_that_is_none_is_told_without_repeating_it(String base) {
        assertThatThrownBy(() -> HttpApi.at("crm", base)).isInstanceOfSatisfying(SyncException.class, e -> {
            assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
            assertThat(e.system()).contains("crm");
            assertThat(e.getMessage()).doesNotContain("geheim");
            assertThat(e.getCause()).isNull();
        });
    }

    @Test
    void quotas_are_reported_from_successes_and_refusals() {
        List<QuotaReport> reports = new ArrayList<>();
        QuotaHeaders headers = QuotaHeaders.named("X-RateLimit-Limit", "X-RateLimit-Remaining");
        String left = "X-RateLimit-Limit: 60\nX-RateLimit-Remaining: 59\n";
        try (Vendor vendor = Vendor.answering(200, JSON + left, "{}")) {
            HttpApi api = vendor.api().quotas(headers, reports::add).build();
            api.send(HttpCall.get("/a").spending("read"));
            api.send(HttpCall.get("/a"));
        }
        String spent = "X-RateLimit-Remaining: 0\nRetry-After: 3\n";
        try (Vendor vendor = Vendor.answering(429, JSON + spent, "{}")) {
            vendor.api()
                    .quotas(headers, reports::add)
                    .build()
                    .send(HttpCall.patch("/a").spending("write"));
        }
        String garbage = "X-RateLimit-Limit: lots\nX-RateLimit-Remaining: -4\nRetry-After: 3\n";
        try (Vendor vendor = Vendor.answering(503, JSON + garbage, "{}")) {
            vendor.api()
                    .quotas(headers, reports::add)
                    .build()
                    .send(HttpCall.get("/a").spending("read"));
        }
        assertThat(reports)
                .containsExactly(
                        new QuotaReport("read", 60, 59, null), new QuotaReport("write", -1, 0, Duration.ofSeconds(3)));
    }

    @Test
    void time_of_an_answer_is_the_vendors_or_else_ours() {
        Instant ours = Instant.parse("2026-01-01T00:00:00.5Z");
        for (String date : List.of("Date: Sun, 06 Nov 1994 08:49:37 GMT\n", "Date: yesterday\n", "")) {
            try (Vendor vendor = Vendor.answering(200, date, "{}")) {
                HttpAnswer answer = vendor.api()
                        .clock(() -> ours)
                        .build()
                        .send(HttpCall.get("/a"))
                        .orThrow();
                assertThat(answer.date())
                        .isEqualTo(date.contains("1994") ? Instant.parse("1994-11-06T08:49:37Z") : ours);
            }
        }
    }

    @Test
    void threads_get_each_their_own_answer() throws Exception {
        try (Vendor vendor = new Vendor((connection, request) -> {
            String path = request.substring(0, request.indexOf(" HTTP"));
            Vendor.say(
                    connection,
                    Vendor.answer(200, JSON, Json.object().put("path", path).toString()));
        })) {
            HttpApi api = vendor.api().build();
            List<Callable<String>> calls = IntStream.range(0, 200)
                    .<Callable<String>>mapToObj(i -> () -> api.send(HttpCall.get("/c/{i}", Integer.toString(i)))
                            .orThrow()
                            .json()
                            .orElseThrow()
                            .path("path")
                            .textValue())
                    .toList();
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Future<String>> answers = threads.invokeAll(calls);
            threads.shutdown();
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo("GET /v1/c/" + i);
            }
        }
    }

    @Test
    void text_forms_show_no_secret_and_no_value() {
        try (Vendor vendor = Vendor.answering(
                400, JSON + "X-Request-Id: req_1\n", "{\"code\":\"bad_email\",\"message\":\"ana@example.com\"}")) {
            HttpApi api = vendor.api()
                    .bearer("token", SecretSource.of("t0ken"))
                    .errors(body -> VendorError.of(body.path("code"), body.path("param")))
                    .build();
            HttpCall call = HttpCall.get("/contacts/{id}", "ctc_1").query("phone", "+6281200000001");
            assertThat(api.toString()).doesNotContain("t0ken");
            assertThat(call.toString()).isEqualTo("GET /contacts/{id}");
            assertThat(api.send(call).toString())
                    .isEqualTo("GET /contacts/{id} answered 400 bad_email (request req_1)");
        }
    }
}
