package dev.crmsync.adapter.notion;

import dev.crmsync.http.SettingsReader;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Conversation;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a Notion system is configured with, checked. Properties are named as the data source shows them, or by their id, which
 * stays when people rename them.
 *
 * @param contacts the data source whose pages are contacts
 * @param tickets the data source whose pages are conversations, or null when they are left alone
 * @param messages what messages are kept as on the pages of tickets, or null when none are kept
 * @param bots the ids under which Notion names this connection as an author
 * @param webhookTarget where webhooks go, for the words of the set-up; null when it was not said
 * @param handshakeUntil until when the handshake of a webhook subscription is taken, or null when only the set-up opens that window
 * @param owner the people property that holds the owner of a contact, or null when it is not followed
 * @param metadata the property of each metadata key
 * @param ticketTitle the title of a new ticket that nobody gave one
 * @param states the options of {@code status} with the status that each stands for, as {@code In progress:pending}
 * @param more properties that are read besides the mapped ones
 * @param callsPerMinute what this connection may spend
 * @param queryLag how late a new page may show up in queries
 * @param overlap how far a poll reaches back
 */
record Settings(
        String baseUrl,
        String contacts,
        @Nullable String tickets,
        @Nullable MessageKind messages,
        Set<String> bots,
        @Nullable URI webhookTarget,
        @Nullable Instant handshakeUntil,
        String name,
        String email,
        String phone,
        String labels,
        @Nullable String owner,
        String externalId,
        Map<String, String> metadata,
        String subject,
        String ticketTitle,
        String status,
        List<String> states,
        String contact,
        String assignee,
        String closedAt,
        String ticketExternalId,
        Set<String> more,
        long callsPerMinute,
        Duration queryLag,
        Duration overlap,
        Duration timeout) {
    static final String TOKEN = "token";
    static final String WEBHOOK_TOKEN = "webhookToken";
    static final String BASE_URL = "baseUrl";
    static final String CONTACTS = "contacts";
    static final String TICKETS = "tickets";
    static final String MESSAGES = "messages";
    static final String BOTS = "bots";
    static final String WEBHOOK_TARGET = "webhookTarget";
    static final String HANDSHAKE_UNTIL = "handshakeUntil";
    static final String CONTACT_NAME = "contactName";
    static final String EMAIL = "email";
    static final String PHONE = "phone";
    static final String LABELS = "labels";
    static final String OWNER = "owner";
    static final String EXTERNAL_ID = "externalId";
    static final String METADATA = "metadata.";
    static final String SUBJECT = "subject";
    static final String TICKET_TITLE = "ticketTitle";
    static final String STATUS = "status";
    static final String STATES = "states";
    static final String CONTACT = "contact";
    static final String ASSIGNEE = "assignee";
    static final String CLOSED_AT = "closedAt";
    static final String TICKET_EXTERNAL_ID = "ticketExternalId";
    static final String READING = "reading.";
    static final String CALLS_PER_MINUTE = "callsPerMinute";
    static final String QUERY_LAG = "queryLag";
    static final String OVERLAP = "overlap";
    static final String TIMEOUT = "timeout";

    private static final Duration INSTANT = Duration.ofMillis(1);

    Settings {
        bots = Set.copyOf(bots);
        metadata = Map.copyOf(metadata);
        states = List.copyOf(states);
        more = Set.copyOf(more);
    }

    static Settings of(AdapterConfig config) {
        SettingsReader read = new SettingsReader(config);
        SettingForms forms = new SettingForms(config, read);
        String contacts = forms.id(CONTACTS);
        return new Settings(
                read.baseUrl(BASE_URL, "https://api.notion.com", "token"),
                contacts,
                forms.otherId(TICKETS, contacts),
                forms.messages(MESSAGES),
                forms.ids(BOTS),
                read.target(WEBHOOK_TARGET, "Notion calls no other"),
                read.instant(HANDSHAKE_UNTIL),
                forms.property(CONTACT_NAME, Schema.TITLE),
                forms.property(EMAIL, "Email"),
                forms.property(PHONE, "Phone"),
                forms.property(LABELS, "Labels"),
                forms.optionalProperty(OWNER),
                forms.property(EXTERNAL_ID, "Kirim contact id"),
                forms.properties(METADATA),
                forms.property(SUBJECT, Schema.TITLE),
                config.setting(TICKET_TITLE).orElse("WhatsApp conversation"),
                forms.property(STATUS, "Status"),
                forms.states(STATES, "Open:open,Pending:pending,Closed:closed"),
                forms.property(CONTACT, "Contact"),
                forms.property(ASSIGNEE, "Assignee"),
                forms.property(CLOSED_AT, "Closed at"),
                forms.property(TICKET_EXTERNAL_ID, "Kirim conversation id"),
                read.named(READING).keySet(),
                read.count(CALLS_PER_MINUTE, 180),
                read.duration(QUERY_LAG, Duration.ofMinutes(10), INSTANT),
                read.duration(OVERLAP, Duration.ofMinutes(5), Duration.ofMinutes(2)),
                read.duration(TIMEOUT, Duration.ofSeconds(30), INSTANT));
    }

    /** Whether messages are spoken for: they are kept with their tickets. */
    boolean keepsMessages() {
        return messages != null && tickets != null;
    }

    /** Whether the users of the workspace are told of. */
    boolean users() {
        return tickets != null || owner != null;
    }

    /** The kinds whose records are pages. */
    List<RecordKind> kinds() {
        List<RecordKind> kinds = new ArrayList<>(List.of(contactKind()));
        if (tickets != null) {
            kinds.add(ticketKind(tickets));
        }
        return kinds;
    }

    private RecordKind contactKind() {
        SortedSet<String> names = new TreeSet<>(List.of(name, email, phone, labels, externalId));
        names.addAll(metadata.values());
        names.addAll(more);
        SortedSet<String> singles = new TreeSet<>();
        if (owner != null) {
            names.add(owner);
            singles.add(owner);
        }
        return new RecordKind(Contact.TYPE, contacts, names, singles, "");
    }

    private RecordKind ticketKind(String dataSource) {
        SortedSet<String> names =
                new TreeSet<>(List.of(subject, status, contact, assignee, closedAt, ticketExternalId));
        names.addAll(more);
        return new RecordKind(
                Conversation.TYPE, dataSource, names, new TreeSet<>(List.of(contact, assignee)), ticketTitle);
    }

    /** The status that each option stands for. */
    Map<String, String> statuses() {
        Map<String, String> statuses = new TreeMap<>();
        states.forEach(state -> statuses.put(option(state), canonical(state)));
        return statuses;
    }

    /** The option that is written for each status: the first that stands for it. */
    Map<String, String> writtenStates() {
        Map<String, String> written = new TreeMap<>();
        states.forEach(state -> written.putIfAbsent(canonical(state), option(state)));
        return written;
    }

    private static String option(String state) {
        return state.substring(0, state.lastIndexOf(':')).strip();
    }

    private static String canonical(String state) {
        return state.substring(state.lastIndexOf(':') + 1);
    }
}
