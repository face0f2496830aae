package dev.crmsync.adapter.kirim;

import dev.crmsync.spi.adapter.AdapterProvider;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.SystemDefinition;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Describes a Kirim organisation as a system of a sync: one API key, the contacts of one phone number. Immutable and
 * thread-safe: each method returns a copy. Settings are checked when the engine makes the adapter. The text form names
 * settings and secrets and shows the values of neither.
 *
 * <pre>{@code
 * Kirim.organisation(apiKey).phoneNumber("119800000000001").webhookSecret(secret)
 * }</pre>
 *
 * @see <a href="https://developers.kirim.chat">Kirim: developer documentation</a>
 */
public final class Kirim implements SystemDefinition {
    private final Map<String, String> settings;
    private final Map<String, SecretSource> secrets;

    private Kirim(Map<String, String> settings, Map<String, SecretSource> secrets) {
        this.settings = Collections.unmodifiableMap(settings);
        this.secrets = Collections.unmodifiableMap(secrets);
    }

    /**
     * An organisation that is spoken to with an API key.
     *
     * @param apiKey the key, such as {@code kdv_live_…}
     * @return the description
     */
    public static Kirim organisation(String apiKey) {
        return organisation(SecretSource.of(apiKey));
    }

    /**
     * The same with a key that may be replaced.
     *
     * @param apiKey supplies the key, asked at every call
     * @return the description
     */
    public static Kirim organisation(SecretSource apiKey) {
        return new Kirim(Map.of(), Map.of(Settings.API_KEY, Objects.requireNonNull(apiKey, "apiKey")));
    }

    /**
     * Names the phone number whose contacts are followed. It must be given.
     *
     * @param phoneNumberId the id of the number (6 to 20 digits), not the number itself
     * @return a copy
     */
    public Kirim phoneNumber(String phoneNumberId) {
        return with(Settings.PHONE_NUMBER_ID, phoneNumberId);
    }

    /**
     * Takes only webhooks about contacts of this number. A subscription delivers those of every number of the
     * organisation, and names the number in its display form only; without this setting all are taken.
     *
     * @param number the number as Kirim displays it; all but its digits is ignored
     * @return a copy
     */
    public Kirim displayNumber(String number) {
        return with(Settings.DISPLAY_NUMBER, number);
    }

    /**
     * Accepts webhooks that are signed with one of these secrets. Until one is known no webhook is judged, and Kirim is asked to
     * send it again.
     *
     * @param secrets the signing secrets that are valid now, each whole, with its {@code whsec_}
     * @return a copy
     */
    public Kirim webhookSecret(String... secrets) {
        return webhookSecret(SecretSource.of(secrets));
    }

    /**
     * Accepts webhooks that are signed with a secret that may be rotated.
     *
     * @param secret supplies the signing secrets that are valid now
     * @return a copy
     */
    public Kirim webhookSecret(SecretSource secret) {
        Map<String, SecretSource> more = new TreeMap<>(secrets);
        more.put(Settings.WEBHOOK_SECRET, Objects.requireNonNull(secret, "secret"));
        return new Kirim(settings, more);
    }

    /**
     * Tells where webhooks go, so that the set-up can see to their subscription.
     *
     * @param target the public https address of the webhook
     * @return a copy
     */
    public Kirim webhookTarget(URI target) {
        return with(Settings.WEBHOOK_TARGET, target.toString());
    }

    /**
     * Speaks to another address than {@code https://api.kirim.chat/v1}.
     *
     * @param url an https address with the version in its path; http only on this machine
     * @return a copy
     */
    public Kirim baseUrl(URI url) {
        return with(Settings.BASE_URL, url.toString());
    }

    /**
     * The same from text.
     *
     * @param url an https address with the version in its path; http only on this machine
     * @return a copy
     */
    public Kirim baseUrl(String url) {
        return with(Settings.BASE_URL, url);
    }

    /**
     * Finds the signature in another header than {@code X-Kirim-Signature}; newer documentation names
     * {@code X-Kirim-Signature-256}.
     *
     * @param name the header, in any case
     * @return a copy
     */
    public Kirim signatureHeader(String name) {
        return with(Settings.SIGNATURE_HEADER, name);
    }

    /**
     * Follows messages as well. They are left alone unless this is said: how Kirim tells of messages is not documented well
     * enough to be relied on without a look at a real account.
     *
     * @param follow whether messages are followed
     * @return a copy
     */
    public Kirim messages(boolean follow) {
        return with(Settings.MESSAGES, Boolean.toString(follow));
    }

    /**
     * Makes new labels for a team: organisations of several teams require it.
     *
     * @param teamId the team's id
     * @return a copy
     */
    public Kirim team(String teamId) {
        return with(Settings.TEAM, teamId);
    }

    /**
     * Looks through at most so many pages of a hundred conversations, newest message first, for one that Kirim does not show by
     * its id; 10 unless said otherwise.
     *
     * @param pages above 0
     * @return a copy
     */
    public Kirim conversationPages(int pages) {
        return with(Settings.CONVERSATION_PAGES, Integer.toString(pages));
    }

    /**
     * Walks only contacts that were created after a time. Webhooks and reads are not narrowed by it.
     *
     * @param time the time, on Kirim's clock
     * @return a copy
     */
    public Kirim createdAfter(Instant time) {
        return with(Settings.CREATED_AFTER, time.toString());
    }

    /**
     * Tells how many writes a minute the plan grants the organisation; 60, those of the free plan, unless said otherwise.
     *
     * @param calls above 0
     * @return a copy
     * @see <a href="https://developers.kirim.chat/concepts/rate-limits/">Kirim: rate limits</a>
     */
    public Kirim writesPerMinute(long calls) {
        return with(Settings.WRITES_PER_MINUTE, Long.toString(calls));
    }

    /**
     * Tells how many reads a minute the plan grants the organisation; 600, those of the free plan, unless said otherwise.
     *
     * @param calls above 0
     * @return a copy
     */
    public Kirim readsPerMinute(long calls) {
        return with(Settings.READS_PER_MINUTE, Long.toString(calls));
    }

    /**
     * Waits for an answer no longer than this; 45 seconds unless said otherwise, because Kirim lets a repeated create wait
     * 30 seconds for the first one.
     *
     * @param longest from the beginning of a call to the last byte of its answer
     * @return a copy
     */
    public Kirim timeout(Duration longest) {
        return with(Settings.TIMEOUT, longest.toString());
    }

    private Kirim with(String name, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(name, Objects.requireNonNull(value, name));
        return new Kirim(more, secrets);
    }

    @Override
    public AdapterProvider provider() {
        return new KirimProvider();
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public Map<String, SecretSource> secrets() {
        return secrets;
    }

    @Override
    public String toString() {
        return "Kirim[settings=" + settings.keySet() + ", secrets=" + secrets.keySet() + "]";
    }
}
