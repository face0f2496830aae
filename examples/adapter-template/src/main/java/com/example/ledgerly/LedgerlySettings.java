package com.example.ledgerly;

import dev.crmsync.http.SettingsReader;
import dev.crmsync.spi.adapter.AdapterConfig;
import org.jspecify.annotations.Nullable;

/**
 * What a Ledgerly system is configured with, checked when it is made: a fault names its setting and the remedy.
 *
 * @param baseUrl where the API is
 * @param appId the id of the app that the token belongs to, or null when it is not known: then no change is marked as ours
 * @param callsPerMinute how many calls Ledgerly grants this account
 */
record LedgerlySettings(String baseUrl, @Nullable String appId, long callsPerMinute) {
    /** The secret that signs calls. */
    static final String TOKEN = "token";
    /** The secret that signs webhooks. */
    static final String WEBHOOK_SECRET = "webhookSecret";

    static final String BASE_URL = "baseUrl";
    static final String APP_ID = "appId";
    static final String CALLS_PER_MINUTE = "callsPerMinute";

    static LedgerlySettings of(AdapterConfig config) {
        SettingsReader read = new SettingsReader(config);
        config.secret(TOKEN);
        return new LedgerlySettings(
                read.baseUrl(BASE_URL, "https://api.ledgerly.example/v1", TOKEN),
                config.setting(APP_ID).orElse(null),
                read.count(CALLS_PER_MINUTE, 600));
    }
}
