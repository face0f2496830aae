package com.example.ledgerly;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpApi;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpFaults;
import dev.crmsync.http.HttpReply;
import dev.crmsync.http.QuotaHeaders;
import dev.crmsync.http.VendorError;
import dev.crmsync.spi.adapter.AdapterConfig;
import java.time.Duration;
import java.util.Optional;

/** Ledgerly's API as the other parts call it: credentials, errors and the budget of calls in one place. */
final class LedgerlyApi {
    private final HttpApi http;

    LedgerlyApi(AdapterConfig config, LedgerlySettings settings) {
        http = HttpApi.at(config.system(), settings.baseUrl())
                // A source and no text: the token is asked for at each call, so that a rotated one is picked up.
                .bearer(LedgerlySettings.TOKEN, config.secret(LedgerlySettings.TOKEN))
                .timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30))
                .clock(config.clock())
                // {"error": {"code": "invalid", "field": "email"}}; only what looks like a name is kept (A103).
                .errors(body -> VendorError.of(
                        body.path("error").path("code"), body.path("error").path("field")))
                .quotas(QuotaHeaders.named("RateLimit-Limit", "RateLimit-Remaining"), config.quotas())
                .build();
    }

    /** One attempt, and never another one: when to try again is the engine's to decide (A97). */
    HttpReply send(HttpCall call) {
        return http.send(call.spending(LedgerlyDeclaration.CALLS));
    }

    /** The JSON of a call that reads; whatever else came is a fault, and never an empty answer (A92 to A94, A98). */
    JsonNode need(HttpCall call) {
        HttpReply reply = send(call);
        return success(reply).orElseThrow(() -> HttpFaults.ofRead(reply));
    }

    /** The JSON of an answer that says that the call succeeded. A gateway's page bears no JSON (A94). */
    static Optional<JsonNode> success(HttpReply reply) {
        return reply instanceof HttpAnswer answer && answer.ok() ? answer.json() : Optional.empty();
    }

    /** The JSON of an answer of this status, in which Ledgerly itself speaks, and no proxy. */
    static Optional<JsonNode> answered(HttpReply reply, int status) {
        return reply instanceof HttpAnswer answer && answer.status() == status ? answer.json() : Optional.empty();
    }
}
