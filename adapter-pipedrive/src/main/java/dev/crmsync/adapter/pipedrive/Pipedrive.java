package dev.crmsync.adapter.pipedrive;

import dev.crmsync.spi.adapter.AdapterProvider;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.SystemDefinition;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Describes a Pipedrive company as a system of a sync: its persons, its deals or leads, one user's or app's credentials.
 * Immutable and thread-safe: each method returns a copy. Settings are checked when the engine makes the adapter. The text
 * form names settings and secrets and shows the values of neither.
 *
 * <pre>{@code
 * Pipedrive.company(token).webhooks(user, password).webhookTarget(URI.create("https://…"), path)
 * }</pre>
 */
public final class Pipedrive implements SystemDefinition {
    private final Map<String, String> settings;
    private final Map<String, SecretSource> secrets;

    private Pipedrive(Map<String, String> settings, Map<String, SecretSource> secrets) {
        this.settings = Collections.unmodifiableMap(settings);
        this.secrets = Collections.unmodifiableMap(secrets);
    }

    /**
     * A company that is spoken to with the API token of one of its users. That user sees what the sync sees: take one of the
     * top of the visibility groups, and one that nobody else works as.
     *
     * @param token the API token, of 40 hexadecimal digits
     * @return the description
     */
    public static Pipedrive company(String token) {
        return company(SecretSource.of(token));
    }

    /**
     * The same with a token that may be rotated.
     *
     * @param token supplies the API token, asked at every call
     * @return the description
     */
    public static Pipedrive company(SecretSource token) {
        return new Pipedrive(Map.of(), Map.of(Settings.TOKEN, Objects.requireNonNull(token, "token")));
    }

    /**
     * A company that is spoken to with the access token of an app. Such a token lives for an hour: whoever supplies it renews it.
     *
     * @param accessToken supplies the access token, asked at every call
     * @return the description
     */
    public static Pipedrive app(SecretSource accessToken) {
        return company(accessToken).with(Settings.OAUTH, "true");
    }

    /**
     * Accepts webhooks that bear this user and password (HTTP Basic), which is all that Pipedrive offers. Without a password no
     * webhook is taken.
     *
     * @param user the user's name, which is no secret from Pipedrive, without a colon
     * @param passwords the passwords that are valid now, the one for new webhooks first
     * @return a copy
     */
    public Pipedrive webhooks(String user, String... passwords) {
        return webhooks(SecretSource.of(user), SecretSource.of(passwords));
    }

    /**
     * Accepts webhooks that bear credentials that may be rotated. While no password is known, subscribing makes one and gives it
     * to the secret sink as {@code webhookPassword}.
     *
     * @param user supplies the users' names that are valid now
     * @param password supplies the passwords that are valid now
     * @return a copy
     */
    public Pipedrive webhooks(SecretSource user, SecretSource password) {
        return secret(Settings.WEBHOOK_USER, user).secret(Settings.WEBHOOK_PASSWORD, password);
    }

    /**
     * Looks after the webhooks that go to this address: the set-up registers them, and again when Pipedrive has given them up.
     *
     * @param target where the host takes webhooks, an https address that does not redirect
     * @return a copy
     */
    public Pipedrive webhookTarget(URI target) {
        return with(Settings.WEBHOOK_TARGET, target.toString());
    }

    /**
     * The same with a last part of the path that nobody can guess. Webhooks bear no signature, so a request to another path is
     * refused however it is authenticated.
     *
     * @param target where the host takes webhooks
     * @param path supplies the last part of the path that is valid now, of letters, digits, - and _
     * @return a copy
     */
    public Pipedrive webhookTarget(URI target, SecretSource path) {
        return webhookTarget(target).secret(Settings.WEBHOOK_PATH, path);
    }

    /**
     * Takes only the webhooks of this company, where one address serves several.
     *
     * @param id the company's id, which the set-up tells
     * @return a copy
     */
    public Pipedrive companyId(String id) {
        return with(Settings.COMPANY_ID, id);
    }

    /**
     * Tells which user the token belongs to, when nobody but this sync works as that user: webhooks about our own writes are
     * then marked as ours. The mark is evidence and no proof. Pipedrive knows no deal or lead without an owner: one that this user
     * owns is nobody's, and one that is taken from somebody is given to this user.
     *
     * @param id the user's id, which the set-up tells
     * @return a copy
     */
    public Pipedrive dedicatedUser(String id) {
        return with(Settings.USER_ID, id);
    }

    /**
     * Speaks to another address than {@code https://api.pipedrive.com}, such as the {@code api_domain} of an app's token.
     *
     * @param url an https address; http only on this machine
     * @return a copy
     */
    public Pipedrive baseUrl(URI url) {
        return with(Settings.BASE_URL, url.toString());
    }

    /**
     * Says what conversations are kept as.
     *
     * @param kind {@code deals}, as it is unless said otherwise, {@code leads}, or {@code none} to leave both alone
     * @return a copy
     */
    public Pipedrive tickets(String kind) {
        return with(Settings.TICKETS, kind);
    }

    /**
     * Says what messages are kept as, where the other side tells of messages.
     *
     * @param kind {@code notes}, as it is unless said otherwise, {@code activities}, or {@code none} to make neither
     * @return a copy
     */
    public Pipedrive messages(String kind) {
        return with(Settings.MESSAGES, kind);
    }

    /**
     * Follows the deals of one pipeline alone, and tells their status by its stages. Unless said otherwise deals of all pipelines
     * are followed, a deal that is neither won nor lost is open, and none is ever pending.
     *
     * @param id the pipeline's id
     * @param states its stages, and {@code won} and {@code lost}, with the status that each stands for, in the form
     *     {@code 1:open,2:open,3:pending,won:closed,lost:closed}; of several for one status the first is written, and any of
     *     them left as it is
     * @return a copy
     */
    public Pipedrive dealPipeline(String id, String states) {
        return with(Settings.PIPELINE, id).with(Settings.STATES, states);
    }

    /**
     * Gives new deals or leads another title than {@code WhatsApp conversation}; Pipedrive demands one, and Kirim has none.
     *
     * @param title not blank
     * @return a copy
     */
    public Pipedrive ticketTitle(String title) {
        return with(Settings.TICKET_TITLE, title);
    }

    /**
     * Keeps messages as activities of another type than {@code task}.
     *
     * @param key the type's key
     * @return a copy
     */
    public Pipedrive activityType(String key) {
        return with(Settings.ACTIVITY_TYPE, key);
    }

    /**
     * Follows the owners of persons as well: off unless said otherwise, for Kirim's contacts have none.
     *
     * @param follow whether to do so
     * @return a copy
     */
    public Pipedrive contactOwners(boolean follow) {
        return with(Settings.CONTACT_OWNERS, Boolean.toString(follow));
    }

    /**
     * Keeps the join key of persons in another custom field.
     *
     * @param field a text field's name, or its key of 40 digits; {@code Kirim contact id} unless said otherwise
     * @return a copy
     */
    public Pipedrive externalId(String field) {
        return with(Settings.EXTERNAL_ID, field);
    }

    /**
     * Keeps the join key of deals or leads in another custom field of deals.
     *
     * @param field a text field's name, or its key; {@code Kirim conversation id} unless said otherwise
     * @return a copy
     */
    public Pipedrive ticketExternalId(String field) {
        return with(Settings.TICKET_EXTERNAL_ID, field);
    }

    /**
     * Keeps the labels in a custom field of several options instead of Pipedrive's own labels of persons.
     *
     * @param field the field's name, or its key
     * @return a copy
     */
    public Pipedrive labels(String field) {
        return with(Settings.LABELS, field);
    }

    /**
     * Maps one entry of the contact's metadata to a custom field of persons.
     *
     * @param key the key in the bag, such as {@code crm_segment}
     * @param field the field's name, or its key of 40 digits, which stays when the field is renamed
     * @return a copy
     */
    public Pipedrive metadata(String key, String field) {
        return with(Settings.METADATA + key, field);
    }

    /**
     * Reads further custom fields, for fields that a mapping of your own ties to the properties {@code custom_fields.<field>}.
     *
     * @param fields names or keys, in addition to those given before
     * @return a copy
     */
    public Pipedrive reading(String... fields) {
        Pipedrive more = this;
        for (String field : fields) {
            more = more.with(Settings.READING + field, "true");
        }
        return more;
    }

    /**
     * Tells what the company's plan grants; 20 calls in 2 seconds and 30,000 tokens a day, as one seat of the smallest plan has
     * them, unless said otherwise.
     *
     * @param perTwoSeconds the burst of the plan: 20, 40, 100 or 120 for an API token, 80, 160, 400 or 480 for an app
     * @param tokensPerDay what this sync may spend of the daily budget, which all integrations of the company share
     * @return a copy
     * @see <a href="https://pipedrive.readme.io/docs/core-api-concepts-rate-limiting">Pipedrive: rate limiting</a>
     */
    public Pipedrive limits(long perTwoSeconds, long tokensPerDay) {
        return with(Settings.CALLS_PER_TWO_SECONDS, Long.toString(perTwoSeconds))
                .with(Settings.TOKENS_PER_DAY, Long.toString(tokensPerDay));
    }

    /**
     * Tells how late a new record may show up in searches, which Pipedrive does not document; 10 minutes unless said otherwise. A
     * create whose answer was lost is not repeated before.
     *
     * @param delay longer than 0
     * @return a copy
     */
    public Pipedrive searchLag(Duration delay) {
        return with(Settings.SEARCH_LAG, delay.toString());
    }

    /**
     * Tells how far each poll reaches back behind the one before; 2 minutes unless said otherwise.
     *
     * @param time longer than 0
     * @return a copy
     */
    public Pipedrive overlap(Duration time) {
        return with(Settings.OVERLAP, time.toString());
    }

    /**
     * Waits for an answer no longer than this; 30 seconds unless said otherwise.
     *
     * @param longest from the beginning of a call to the last byte of its answer
     * @return a copy
     */
    public Pipedrive timeout(Duration longest) {
        return with(Settings.TIMEOUT, longest.toString());
    }

    private Pipedrive with(String name, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(name, Objects.requireNonNull(value, name));
        return new Pipedrive(more, secrets);
    }

    private Pipedrive secret(String name, SecretSource source) {
        Map<String, SecretSource> more = new TreeMap<>(secrets);
        more.put(name, Objects.requireNonNull(source, name));
        return new Pipedrive(settings, more);
    }

    @Override
    public AdapterProvider provider() {
        return new PipedriveProvider();
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
        return "Pipedrive[settings=" + settings.keySet() + ", secrets=" + secrets.keySet() + "]";
    }
}
