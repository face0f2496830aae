package dev.crmsync.adapter.kirim;

import dev.crmsync.http.SettingsReader;
import dev.crmsync.spi.adapter.AdapterConfig;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a Kirim system is configured with, checked.
 *
 * @param phoneNumberId the segment below which the contacts stand
 * @param displayDigits the digits of the number whose webhooks are taken, or null to take those of every number
 * @param messages whether messages are followed
 * @param team the team that new labels are made for, or null
 * @param conversationPages how many pages of a hundred conversations are looked through for one
 * @param createdAfter walks leave out contacts that were created at this time or before, or null
 */
record Settings(
        String baseUrl,
        String phoneNumberId,
        @Nullable String displayDigits,
        @Nullable URI webhookTarget,
        String signatureHeader,
        boolean messages,
        @Nullable String team,
        int conversationPages,
        @Nullable Instant createdAfter,
        long writesPerMinute,
        long readsPerMinute,
        Duration timeout) {
    static final String API_KEY = "apiKey";
    static final String WEBHOOK_SECRET = "webhookSecret";
    static final String BASE_URL = "baseUrl";
    static final String PHONE_NUMBER_ID = "phoneNumberId";
    static final String DISPLAY_NUMBER = "displayNumber";
    static final String WEBHOOK_TARGET = "webhookTarget";
    static final String SIGNATURE_HEADER = "signatureHeader";
    static final String MESSAGES = "messages";
    static final String TEAM = "team";
    static final String CONVERSATION_PAGES = "conversationPages";
    static final String CREATED_AFTER = "createdAfter";
    static final String WRITES_PER_MINUTE = "writesPerMinute";
    static final String READS_PER_MINUTE = "readsPerMinute";
    static final String TIMEOUT = "timeout";

    private static final Pattern PHONE_ID = Pattern.compile("[0-9]{6,20}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,100}");
    private static final Pattern TEAM_ID = Pattern.compile("\\S{1,64}");
    private static final Pattern PAGES = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern NO_DIGITS = Pattern.compile("[^0-9]");

    static Settings of(AdapterConfig config) {
        SettingsReader read = new SettingsReader(config);
        config.secret(API_KEY);
        return new Settings(
                read.baseUrl(BASE_URL, "https://api.kirim.chat/v1", "key"),
                phoneNumberId(read, config),
                displayDigits(read, config),
                webhookTarget(read, config),
                read.matching(SIGNATURE_HEADER, "X-Kirim-Signature", HEADER, "the name of a header"),
                read.flag(MESSAGES, false),
                team(read, config),
                Integer.parseInt(read.matching(CONVERSATION_PAGES, "10", PAGES, "a number above 0")),
                read.instant(CREATED_AFTER),
                read.count(WRITES_PER_MINUTE, 60),
                read.count(READS_PER_MINUTE, 600),
                read.duration(TIMEOUT, Duration.ofSeconds(45)));
    }

    /** The digits of a number, however it is displayed. */
    static String digits(String number) {
        return NO_DIGITS.matcher(number).replaceAll("");
    }

    private static String phoneNumberId(SettingsReader read, AdapterConfig config) {
        config.required(PHONE_NUMBER_ID);
        return read.matching(
                PHONE_NUMBER_ID, "", PHONE_ID, "the id of a phone number (6 to 20 digits), not the number");
    }

    private static @Nullable String displayDigits(SettingsReader read, AdapterConfig config) {
        String digits = digits(config.setting(DISPLAY_NUMBER).orElse(""));
        if (config.setting(DISPLAY_NUMBER).isPresent() && digits.length() < 5) {
            throw read.wrong(DISPLAY_NUMBER, "must be a phone number as Kirim displays it");
        }
        return digits.isEmpty() ? null : digits;
    }

    private static @Nullable URI webhookTarget(SettingsReader read, AdapterConfig config) {
        try {
            URI target = config.setting(WEBHOOK_TARGET).map(URI::create).orElse(null);
            if (target == null || target.getHost() != null) {
                return target;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below.
        }
        throw read.wrong(WEBHOOK_TARGET, "must be the public https address of the webhook");
    }

    private static @Nullable String team(SettingsReader read, AdapterConfig config) {
        return config.setting(TEAM).isEmpty()
                ? null
                : read.matching(TEAM, "", TEAM_ID, "the id of a team, 1 to 64 characters");
    }
}
