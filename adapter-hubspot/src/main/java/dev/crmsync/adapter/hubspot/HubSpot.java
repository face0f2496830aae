package dev.crmsync.adapter.hubspot;

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
 * Describes a HubSpot account as a system of a sync: one account, its contacts, one app's credentials. Immutable and
 * thread-safe: each method returns a copy. Settings are checked when the engine makes the adapter. The text form names
 * settings and secrets and shows the values of neither.
 *
 * <pre>{@code
 * HubSpot.privateApp(token).clientSecret(clientSecret).appId("1234567")
 * }</pre>
 */
public final class HubSpot implements SystemDefinition {
    private final Map<String, String> settings;
    private final Map<String, SecretSource> secrets;

    private HubSpot(Map<String, String> settings, Map<String, SecretSource> secrets) {
        this.settings = Collections.unmodifiableMap(settings);
        this.secrets = Collections.unmodifiableMap(secrets);
    }

    /**
     * An account that is spoken to with the access token of a private app, of a project-based app with static
     * authentication, or with a Service Key (which brings no webhooks).
     *
     * @param token the access token, such as {@code pat-eu1-…}
     * @return the description
     */
    public static HubSpot privateApp(String token) {
        return privateApp(SecretSource.of(token));
    }

    /**
     * The same with a token that may be rotated.
     *
     * @param token supplies the access token, asked at every call
     * @return the description
     */
    public static HubSpot privateApp(SecretSource token) {
        return new HubSpot(Map.of(), Map.of(Settings.TOKEN, Objects.requireNonNull(token, "token")));
    }

    /**
     * Accepts webhooks that are signed with the app's client secret. Without one every webhook is refused.
     *
     * @param secrets the client secrets that are valid now
     * @return a copy
     */
    public HubSpot clientSecret(String... secrets) {
        return clientSecret(SecretSource.of(secrets));
    }

    /**
     * Accepts webhooks that are signed with a client secret that may be rotated.
     *
     * @param secret supplies the client secrets that are valid now
     * @return a copy
     */
    public HubSpot clientSecret(SecretSource secret) {
        Map<String, SecretSource> more = new TreeMap<>(secrets);
        more.put(Settings.CLIENT_SECRET, Objects.requireNonNull(secret, "secret"));
        return new HubSpot(settings, more);
    }

    /**
     * Tells the id of the app whose token this is, so that webhooks about our own writes are known by their mark.
     *
     * @param id the app's id
     * @return a copy
     */
    public HubSpot appId(String id) {
        return with(Settings.APP_ID, id);
    }

    /**
     * Takes only the webhooks of this account, where one app is installed in several.
     *
     * @param id the account's id (Hub ID)
     * @return a copy
     */
    public HubSpot portalId(String id) {
        return with(Settings.PORTAL_ID, id);
    }

    /**
     * Speaks to another address than {@code https://api.hubapi.com}.
     *
     * @param url an https address; http only on this machine
     * @return a copy
     */
    public HubSpot baseUrl(URI url) {
        return with(Settings.BASE_URL, url.toString());
    }

    /**
     * Tells the public address of the webhook, which the signature covers, when the web framework behind a proxy sees
     * another one.
     *
     * @param target the target URL as it is set in HubSpot
     * @return a copy
     */
    public HubSpot webhookTarget(URI target) {
        return with(Settings.WEBHOOK_TARGET, target.toString());
    }

    /**
     * Speaks a dated version of every API family instead of v3, which HubSpot supports until September 2027.
     *
     * @param version the version, such as {@code 2026-03}
     * @return a copy
     * @see #objectsPath
     * @see #propertiesPath
     */
    public HubSpot apiVersion(String version) {
        return objectsPath("/crm/objects/" + version)
                .propertiesPath("/crm/properties/" + version)
                .with(Settings.ASSOCIATIONS_PATH, "/crm/associations/" + version)
                .with(Settings.LISTS_PATH, "/crm/lists/" + version);
    }

    /**
     * Finds the objects API below another path.
     *
     * @param prefix the path before the object type, {@code /crm/v3/objects} unless said otherwise
     * @return a copy
     */
    public HubSpot objectsPath(String prefix) {
        return with(Settings.OBJECTS_PATH, prefix);
    }

    /**
     * Finds the properties API below another path.
     *
     * @param prefix the path before the object type, {@code /crm/v3/properties} unless said otherwise
     * @return a copy
     */
    public HubSpot propertiesPath(String prefix) {
        return with(Settings.PROPERTIES_PATH, prefix);
    }

    /**
     * Keeps the join key in another property.
     *
     * @param property a text property with unique values, {@code kirim_contact_id} unless said otherwise
     * @return a copy
     */
    public HubSpot externalId(String property) {
        return with(Settings.EXTERNAL_ID, property);
    }

    /**
     * Says whether conversations are kept as tickets, and their users known as owners; so they are unless said otherwise.
     *
     * @param follow false to leave tickets and owners alone
     * @return a copy
     */
    public HubSpot tickets(boolean follow) {
        return with(Settings.TICKETS, Boolean.toString(follow));
    }

    /**
     * Says whether messages are kept as notes; so they are unless said otherwise, where the other side tells of messages.
     *
     * @param follow false to make no notes
     * @return a copy
     */
    public HubSpot notes(boolean follow) {
        return with(Settings.NOTES, Boolean.toString(follow));
    }

    /**
     * Follows the owners of contacts as well, {@code hubspot_owner_id}: off unless said otherwise, for Kirim's contacts have
     * none.
     *
     * @param follow whether to do so
     * @return a copy
     */
    public HubSpot contactOwners(boolean follow) {
        return with(Settings.CONTACT_OWNERS, Boolean.toString(follow));
    }

    /**
     * Follows the tickets of another pipeline than {@code 0}, which every account has. Tickets of others are left alone.
     *
     * @param id the pipeline's id
     * @param stages its stages with the status that each stands for, in the form {@code 1:open,3:open,2:pending,4:closed}; of
     *     several for one status the first is written, and any of them left as it is
     * @return a copy
     */
    public HubSpot ticketPipeline(String id, String stages) {
        return with(Settings.TICKET_PIPELINE, id).with(Settings.TICKET_STAGES, stages);
    }

    /**
     * Gives new tickets another subject than {@code WhatsApp conversation}; HubSpot demands one, and Kirim has none.
     *
     * @param subject not blank
     * @return a copy
     */
    public HubSpot ticketSubject(String subject) {
        return with(Settings.TICKET_SUBJECT, subject);
    }

    /**
     * Keeps the join key of tickets in another property.
     *
     * @param property a text property with unique values, {@code kirim_conversation_id} unless said otherwise
     * @return a copy
     */
    public HubSpot ticketExternalId(String property) {
        return with(Settings.TICKET_EXTERNAL_ID, property);
    }

    /**
     * Keeps the labels in another property.
     *
     * @param property a text property, {@code whatsapp_labels} unless said otherwise
     * @return a copy
     */
    public HubSpot labels(String property) {
        return with(Settings.LABELS, property);
    }

    /**
     * Maps one entry of the contact's metadata to a property.
     *
     * @param key the key in the bag, such as {@code crm_segment}
     * @param property the property
     * @return a copy
     */
    public HubSpot metadata(String key, String property) {
        return with(Settings.METADATA + key, property);
    }

    /**
     * Reads further properties, for fields that a mapping of your own ties to them. Those of the default mapping are
     * read anyway.
     *
     * @param properties internal names, in addition to those given before
     * @return a copy
     */
    public HubSpot reading(String... properties) {
        String before = settings.get(Settings.PROPERTIES);
        String added = String.join(",", properties);
        return with(Settings.PROPERTIES, before == null ? added : before + "," + added);
    }

    /**
     * Tells what the account's plan grants; 100 calls in 10 seconds and 250,000 a day unless said otherwise.
     *
     * @param perTenSeconds calls in 10 seconds for this app: 100, 190 or 250
     * @param perDay calls a day, shared by all private apps of the account
     * @return a copy
     * @see <a href="https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines">HubSpot: usage
     *     guidelines</a>
     */
    public HubSpot limits(long perTenSeconds, long perDay) {
        return with(Settings.CALLS_PER_TEN_SECONDS, Long.toString(perTenSeconds))
                .with(Settings.CALLS_PER_DAY, Long.toString(perDay));
    }

    /**
     * Tells how late a changed contact may show up in the search index; 5 minutes unless said otherwise. Each poll asks
     * again for what changed within that time.
     *
     * @param delay longer than 0
     * @return a copy
     */
    public HubSpot overlap(Duration delay) {
        return with(Settings.OVERLAP, delay.toString());
    }

    /**
     * Waits for an answer no longer than this; 30 seconds unless said otherwise.
     *
     * @param longest from the beginning of a call to the last byte of its answer
     * @return a copy
     */
    public HubSpot timeout(Duration longest) {
        return with(Settings.TIMEOUT, longest.toString());
    }

    private HubSpot with(String name, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(name, Objects.requireNonNull(value, name));
        return new HubSpot(more, secrets);
    }

    @Override
    public AdapterProvider provider() {
        return new HubSpotProvider();
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
        return "HubSpot[settings=" + settings.keySet() + ", secrets=" + secrets.keySet() + "]";
    }
}
