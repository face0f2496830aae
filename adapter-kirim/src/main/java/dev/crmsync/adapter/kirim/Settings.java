package dev.crmsync.adapter.kirim;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.AdapterConfig;
import java.net.URI;
import java.time.DateTimeException;
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
    private static final Pattern FLAG = Pattern.compile("true|false");
    private static final Pattern TEAM_ID = Pattern.compile("\\S{1,64}");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern NO_DIGITS = Pattern.compile("[^0-9]");

    static Settings of(AdapterConfig config) {
        Reader read = new Reader(config);
        config.secret(API_KEY);
        return new Settings(
                read.baseUrl(),
                read.phoneNumberId(),
                read.displayDigits(),
                read.webhookTarget(),
                read.matching(SIGNATURE_HEADER, "X-Kirim-Signature", HEADER, "the name of a header"),
                Boolean.parseBoolean(read.matching(MESSAGES, "false", FLAG, "true or false")),
                read.team(),
                (int) read.count(CONVERSATION_PAGES, 10),
                read.createdAfter(),
                read.count(WRITES_PER_MINUTE, 60),
                read.count(READS_PER_MINUTE, 600),
                read.timeout());
    }

    /** The digits of a number, however it is displayed. */
    static String digits(String number) {
        return NO_DIGITS.matcher(number).replaceAll("");
    }

    /** Reads settings one by one, each with a message that names the remedy. */
    private record Reader(AdapterConfig config) {
        String baseUrl() {
            String url = config.setting(BASE_URL).orElse("https://api.kirim.chat/v1");
            try {
                URI uri = URI.create(url);
                String host = uri.getHost() == null ? "" : uri.getHost();
                boolean loopback = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
                if ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && loopback) {
                    return url;
                }
            } catch (IllegalArgumentException malformed) {
                // Told below, without the address: it may hold credentials.
            }
            throw wrong(
                    BASE_URL,
                    "must be an https address; plain http sends the key in the open and is only for this machine");
        }

        String phoneNumberId() {
            config.required(PHONE_NUMBER_ID);
            return matching(
                    PHONE_NUMBER_ID, "", PHONE_ID, "must be the id of a phone number (6 to 20 digits), not the number");
        }

        @Nullable String displayDigits() {
            String digits = digits(config.setting(DISPLAY_NUMBER).orElse(""));
            if (config.setting(DISPLAY_NUMBER).isPresent() && digits.length() < 5) {
                throw wrong(DISPLAY_NUMBER, "must be a phone number as Kirim displays it");
            }
            return digits.isEmpty() ? null : digits;
        }

        @Nullable URI webhookTarget() {
            try {
                URI target = config.setting(WEBHOOK_TARGET).map(URI::create).orElse(null);
                if (target == null || target.getHost() != null) {
                    return target;
                }
            } catch (IllegalArgumentException malformed) {
                // Told below.
            }
            throw wrong(WEBHOOK_TARGET, "must be the public https address of the webhook");
        }

        @Nullable String team() {
            return config.setting(TEAM).isEmpty()
                    ? null
                    : matching(TEAM, "", TEAM_ID, "must be the id of a team, 1 to 64 characters");
        }

        @Nullable Instant createdAfter() {
            try {
                return config.setting(CREATED_AFTER).map(Instant::parse).orElse(null);
            } catch (DateTimeException malformed) {
                throw wrong(CREATED_AFTER, "must be a time such as 2026-05-01T00:00:00Z");
            }
        }

        String matching(String name, String otherwise, Pattern form, String wanted) {
            String value = config.setting(name).orElse(otherwise);
            if (!form.matcher(value).matches()) {
                throw wrong(name, wanted.startsWith("must") ? wanted : "must be " + wanted);
            }
            return value;
        }

        long count(String name, long otherwise) {
            return Long.parseLong(matching(name, Long.toString(otherwise), COUNT, "a number above 0"));
        }

        Duration timeout() {
            try {
                Duration timeout = config.setting(TIMEOUT).map(Duration::parse).orElse(Duration.ofSeconds(45));
                if (timeout.isNegative() || timeout.isZero()) {
                    throw wrong(TIMEOUT, "must be longer than 0");
                }
                return timeout;
            } catch (DateTimeException malformed) {
                throw wrong(TIMEOUT, "must be a duration such as PT45S");
            }
        }

        private SyncException wrong(String name, String remedy) {
            return SyncException.configuration("system " + config.system() + ": setting '" + name + "' " + remedy)
                    .inSystem(config.system())
                    .about(name);
        }
    }
}
