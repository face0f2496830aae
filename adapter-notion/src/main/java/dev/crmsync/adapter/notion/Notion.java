package dev.crmsync.adapter.notion;

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
 * Describes a Notion workspace as a system of a sync: the data source whose pages are contacts, one of tickets, one connection's
 * token. Properties are named as people see them, or by their id, which stays when they are renamed; the set-up tells the ids.
 * Immutable and thread-safe: each method returns a copy. Settings are checked when the engine makes the adapter. The text form names
 * settings and secrets and shows the values of neither.
 *
 * <pre>{@code
 * Notion.connection(token).contacts("248104cd…").tickets("3f0c41aa…").webhookToken(verificationToken)
 * }</pre>
 */
public final class Notion implements SystemDefinition {
    private final Map<String, String> settings;
    private final Map<String, SecretSource> secrets;

    private Notion(Map<String, String> settings, Map<String, SecretSource> secrets) {
        this.settings = Collections.unmodifiableMap(settings);
        this.secrets = Collections.unmodifiableMap(secrets);
    }

    /**
     * A workspace that is spoken to with the token of a connection, which Notion used to call an integration.
     *
     * @param token the token, an internal connection's or one that was granted by OAuth
     * @return the description, which still needs {@link #contacts}
     */
    public static Notion connection(String token) {
        return connection(SecretSource.of(token));
    }

    /**
     * The same with a token that may be renewed.
     *
     * @param token supplies the token, asked at every call
     * @return the description, which still needs {@link #contacts}
     */
    public static Notion connection(SecretSource token) {
        return new Notion(Map.of(), Map.of(Settings.TOKEN, Objects.requireNonNull(token, "token")));
    }

    /**
     * Says whose pages are contacts.
     *
     * @param dataSource the id of a data source, with or without hyphens; the set-up tells it for a database's id
     * @return a copy
     */
    public Notion contacts(String dataSource) {
        return with(Settings.CONTACTS, dataSource);
    }

    /**
     * Says whose pages are conversations; without it conversations are left alone.
     *
     * @param dataSource the id of another data source than that of the contacts
     * @return a copy
     */
    public Notion tickets(String dataSource) {
        return with(Settings.TICKETS, dataSource);
    }

    /**
     * Says what messages are kept as on the pages of their tickets, where the other side tells of messages.
     *
     * @param kind {@code blocks}, paragraphs at the end of the page, as it is unless said otherwise; {@code comments}, or {@code none}
     * @return a copy
     */
    public Notion messages(String kind) {
        return with(Settings.MESSAGES, kind);
    }

    /**
     * Accepts webhooks that are signed with these verification tokens. Without one no webhook is taken.
     *
     * @param tokens the tokens that are valid now
     * @return a copy
     */
    public Notion webhookToken(String... tokens) {
        return webhookToken(SecretSource.of(tokens));
    }

    /**
     * The same with tokens that may come later: the handshake of a subscription gives one to the secret sink as
     * {@code webhookToken}, while the set-up has opened the window for it.
     *
     * @param tokens supplies the tokens that are valid now
     * @return a copy
     */
    public Notion webhookToken(SecretSource tokens) {
        return secret(Settings.WEBHOOK_TOKEN, tokens);
    }

    /**
     * Takes the handshake of a webhook subscription until a time, once, in whichever process it reaches. The set-up opens such a window
     * in its own process alone, which is enough where one process takes webhooks.
     *
     * @param time when the window closes; keep it short, for a handshake is not signed
     * @return a copy
     */
    public Notion handshakeUntil(Instant time) {
        return with(Settings.HANDSHAKE_UNTIL, time.toString());
    }

    /**
     * Tells where the host takes webhooks, for the words of the set-up: a person registers the address in Notion.
     *
     * @param target an https address
     * @return a copy
     */
    public Notion webhookTarget(URI target) {
        return with(Settings.WEBHOOK_TARGET, target.toString());
    }

    /**
     * Tells under which ids Notion names this connection as the author of a change: webhooks about our own writes are then marked as
     * ours. The mark is evidence and no proof.
     *
     * @param ids the id of the bot, which the set-up tells; where OAuth or the webhooks name another one, that one as well
     * @return a copy
     */
    public Notion bot(String... ids) {
        return with(Settings.BOTS, String.join(",", ids));
    }

    /**
     * Speaks to another address than {@code https://api.notion.com}.
     *
     * @param url an https address; http only on this machine
     * @return a copy
     */
    public Notion baseUrl(URI url) {
        return with(Settings.BASE_URL, url.toString());
    }

    /**
     * Keeps the name of contacts in another property than the title.
     *
     * @param property its name or id
     * @return a copy
     */
    public Notion contactName(String property) {
        return with(Settings.CONTACT_NAME, property);
    }

    /**
     * Keeps the e-mail address in another property than {@code Email}.
     *
     * @param property its name or id
     * @return a copy
     */
    public Notion email(String property) {
        return with(Settings.EMAIL, property);
    }

    /**
     * Keeps the phone number in another property than {@code Phone}.
     *
     * @param property its name or id
     * @return a copy
     */
    public Notion phone(String property) {
        return with(Settings.PHONE, property);
    }

    /**
     * Keeps the labels in another property of several options than {@code Labels}.
     *
     * @param property its name or id
     * @return a copy
     */
    public Notion labels(String property) {
        return with(Settings.LABELS, property);
    }

    /**
     * Follows the owner of contacts in a property of people; it is not followed unless said so.
     *
     * @param property its name or id
     * @return a copy
     */
    public Notion owner(String property) {
        return with(Settings.OWNER, property);
    }

    /**
     * Keeps the join key of contacts in another text property than {@code Kirim contact id}.
     *
     * @param property its name or id
     * @return a copy
     */
    public Notion externalId(String property) {
        return with(Settings.EXTERNAL_ID, property);
    }

    /**
     * Maps one entry of the contact's metadata to a property.
     *
     * @param key the key in the bag, such as {@code crm_segment}
     * @param property the property's name or id
     * @return a copy
     */
    public Notion metadata(String key, String property) {
        return with(Settings.METADATA + key, property);
    }

    /**
     * Keeps the subject of tickets in another property than the title.
     *
     * @param property its name or id
     * @return a copy
     */
    public Notion subject(String property) {
        return with(Settings.SUBJECT, property);
    }

    /**
     * Gives new tickets another title than {@code WhatsApp conversation}, where the other side has none.
     *
     * @param title not blank
     * @return a copy
     */
    public Notion ticketTitle(String title) {
        return with(Settings.TICKET_TITLE, title);
    }

    /**
     * Tells the status of tickets by the options of a property.
     *
     * @param property the name or id of a status or a select; {@code Status} unless said otherwise
     * @param states its options with the status that each stands for, in the form
     *     {@code Not started:open,In progress:pending,Done:closed}; of several for one status the first is written, and any of them
     *     left as it is. Unless said otherwise they are called Open, Pending and Closed
     * @return a copy
     */
    public Notion status(String property, String states) {
        return with(Settings.STATUS, property).with(Settings.STATES, states);
    }

    /**
     * Keeps the contact of a ticket in another relation than {@code Contact}. Of several pages the first is the contact.
     *
     * @param property its name or id
     * @return a copy
     */
    public Notion contact(String property) {
        return with(Settings.CONTACT, property);
    }

    /**
     * Keeps the assignee of a ticket in another property of people than {@code Assignee}. Of several people the first is the assignee.
     *
     * @param property its name or id
     * @return a copy
     */
    public Notion assignee(String property) {
        return with(Settings.ASSIGNEE, property);
    }

    /**
     * Keeps the time of closing in another text property than {@code Closed at}: a date of Notion's goes by the minute.
     *
     * @param property its name or id
     * @return a copy
     */
    public Notion closedAt(String property) {
        return with(Settings.CLOSED_AT, property);
    }

    /**
     * Keeps the join key of tickets in another text property than {@code Kirim conversation id}.
     *
     * @param property its name or id
     * @return a copy
     */
    public Notion ticketExternalId(String property) {
        return with(Settings.TICKET_EXTERNAL_ID, property);
    }

    /**
     * Reads further properties, for fields that a mapping of your own ties to the native properties {@code properties.<name or id>}.
     *
     * @param properties names or ids, in addition to those given before
     * @return a copy
     */
    public Notion reading(String... properties) {
        Notion more = this;
        for (String property : properties) {
            more = more.with(Settings.READING + property, "true");
        }
        return more;
    }

    /**
     * Tells what this sync may spend; 180 calls a minute unless said otherwise. Notion grants a budget by plan, whose figures it does
     * not document, and a second one to the workspace.
     *
     * @param callsPerMinute above 0
     * @return a copy
     * @see <a href="https://developers.notion.com/reference/request-limits">Notion: request limits</a>
     */
    public Notion limits(long callsPerMinute) {
        return with(Settings.CALLS_PER_MINUTE, Long.toString(callsPerMinute));
    }

    /**
     * Tells how late a new page may show up in queries, which Notion does not document; 10 minutes unless said otherwise. A create
     * whose answer was lost is not repeated before.
     *
     * @param delay longer than 0
     * @return a copy
     */
    public Notion queryLag(Duration delay) {
        return with(Settings.QUERY_LAG, delay.toString());
    }

    /**
     * Tells how far each poll reaches back behind the one before; 5 minutes unless said otherwise.
     *
     * @param time two minutes or more, for Notion's times are floored to the minute
     * @return a copy
     */
    public Notion overlap(Duration time) {
        return with(Settings.OVERLAP, time.toString());
    }

    /**
     * Waits for an answer no longer than this; 30 seconds unless said otherwise.
     *
     * @param longest from the beginning of a call to the last byte of its answer
     * @return a copy
     */
    public Notion timeout(Duration longest) {
        return with(Settings.TIMEOUT, longest.toString());
    }

    private Notion with(String name, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(name, Objects.requireNonNull(value, name));
        return new Notion(more, secrets);
    }

    private Notion secret(String name, SecretSource source) {
        Map<String, SecretSource> more = new TreeMap<>(secrets);
        more.put(name, Objects.requireNonNull(source, name));
        return new Notion(settings, more);
    }

    @Override
    public AdapterProvider provider() {
        return new NotionProvider();
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
        return "Notion[settings=" + settings.keySet() + ", secrets=" + secrets.keySet() + "]";
    }
}
