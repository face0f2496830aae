package dev.crmsync.adapter.pipedrive;

import dev.crmsync.http.SettingsReader;
import dev.crmsync.spi.adapter.AdapterConfig;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a Pipedrive system is configured with, checked. Custom fields are named as the account displays them, or by their
 * 40-digit key, for the keys of one account are not those of another.
 *
 * @param oauth whether the token is an app's access token, which goes into another header
 * @param companyId the company whose webhooks are taken, or null for any
 * @param userId the user that nobody but this sync writes as, or null
 * @param webhookTarget where webhooks go, or null when nobody is to look after them here
 * @param tickets what conversations are kept as, or null when they are left alone
 * @param messages what messages are kept as, or null when none are made
 * @param contactOwners whether the owner of a person is followed
 * @param pipeline the pipeline whose deals are followed, or null for all
 * @param states its stages, and won and lost, with the status that each stands for, as {@code 3:pending}
 * @param ticketTitle the title of a new deal or lead that nobody gave one
 * @param activityType the type of activities that messages are kept as
 * @param externalId the custom field of persons that holds the join key
 * @param ticketExternalId the custom field of deals that holds the join key, which leads share
 * @param labels the system field {@code label_ids}, or a custom field of several options
 * @param metadata the custom field of each metadata key
 * @param more custom fields that are read besides the mapped ones
 * @param callsPerTwoSeconds the burst of the plan
 * @param tokensPerDay what of the company's daily budget this sync may spend
 * @param searchLag how late a new record may show up in searches
 * @param overlap how far a poll reaches back
 */
record Settings(
        String baseUrl,
        boolean oauth,
        @Nullable String companyId,
        @Nullable String userId,
        @Nullable URI webhookTarget,
        @Nullable ObjectKind tickets,
        @Nullable ObjectKind messages,
        boolean contactOwners,
        @Nullable String pipeline,
        List<String> states,
        String ticketTitle,
        String activityType,
        String externalId,
        String ticketExternalId,
        String labels,
        Map<String, String> metadata,
        Set<String> more,
        long callsPerTwoSeconds,
        long tokensPerDay,
        Duration searchLag,
        Duration overlap,
        Duration timeout) {
    static final String TOKEN = "token";
    static final String OAUTH = "oauth";
    static final String WEBHOOK_USER = "webhookUser";
    static final String WEBHOOK_PASSWORD = "webhookPassword";
    static final String WEBHOOK_PATH = "webhookPath";
    static final String BASE_URL = "baseUrl";
    static final String COMPANY_ID = "companyId";
    static final String USER_ID = "userId";
    static final String WEBHOOK_TARGET = "webhookTarget";
    static final String TICKETS = "tickets";
    static final String MESSAGES = "messages";
    static final String CONTACT_OWNERS = "contactOwners";
    static final String PIPELINE = "pipeline";
    static final String STATES = "states";
    static final String TICKET_TITLE = "ticketTitle";
    static final String ACTIVITY_TYPE = "activityType";
    static final String EXTERNAL_ID = "externalId";
    static final String TICKET_EXTERNAL_ID = "ticketExternalId";
    static final String LABELS = "labels";
    static final String METADATA = "metadata.";
    static final String READING = "reading.";
    static final String CALLS_PER_TWO_SECONDS = "callsPerTwoSeconds";
    static final String TOKENS_PER_DAY = "tokensPerDay";
    static final String SEARCH_LAG = "searchLag";
    static final String OVERLAP = "overlap";
    static final String TIMEOUT = "timeout";

    private static final String STANDARD_STATES = "open:open,won:closed,lost:closed";

    Settings {
        metadata = Map.copyOf(metadata);
        more = Set.copyOf(more);
    }

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    static Settings of(AdapterConfig config) {
        SettingsReader read = new SettingsReader(config);
        SettingForms forms = new SettingForms(config, read);
        String pipeline = read.digits(PIPELINE);
        return new Settings(
                read.baseUrl(BASE_URL, "https://api.pipedrive.com", "token"),
                read.flag(OAUTH, false),
                read.digits(COMPANY_ID),
                read.digits(USER_ID),
                read.target(WEBHOOK_TARGET, "the password of webhooks would travel in the open"),
                forms.oneOf(TICKETS, "deals", ObjectKind.DEAL, "leads", ObjectKind.LEAD),
                forms.oneOf(MESSAGES, "notes", ObjectKind.NOTE, "activities", ObjectKind.ACTIVITY),
                read.flag(CONTACT_OWNERS, false),
                pipeline,
                forms.states(STATES, STANDARD_STATES, pipeline != null),
                config.setting(TICKET_TITLE).orElse("WhatsApp conversation"),
                read.matching(ACTIVITY_TYPE, "task", KEY, "the key of a type of activities, such as task"),
                forms.field(EXTERNAL_ID, "Kirim contact id"),
                forms.field(TICKET_EXTERNAL_ID, "Kirim conversation id"),
                forms.field(LABELS, ContactMapping.LABELS),
                forms.fields(METADATA),
                read.named(READING).keySet(),
                read.count(CALLS_PER_TWO_SECONDS, 20),
                read.count(TOKENS_PER_DAY, 30_000),
                read.duration(SEARCH_LAG, Duration.ofMinutes(10)),
                read.duration(OVERLAP, Duration.ofMinutes(2)),
                read.duration(TIMEOUT, Duration.ofSeconds(30)));
    }

    /** The kinds that are spoken for, users apart. */
    List<ObjectKind> kinds() {
        List<ObjectKind> kinds = new ArrayList<>(List.of(ObjectKind.PERSON));
        if (tickets != null) {
            kinds.add(tickets);
        }
        if (messages != null && tickets != null) {
            kinds.add(messages);
        }
        return kinds;
    }

    /** Whether the users of the account are told of. */
    boolean users() {
        return tickets != null || contactOwners;
    }

    /** The custom fields of a kind that reads look at, by name or key. */
    SortedSet<String> customFields(ObjectKind kind) {
        SortedSet<String> names = new TreeSet<>();
        if (kind.equals(ObjectKind.PERSON)) {
            names.add(externalId);
            names.addAll(metadata.values());
            names.addAll(more);
        } else if (kind.fields() != null) {
            names.add(ticketExternalId);
            names.addAll(more);
        }
        return names;
    }

    /** The status that each state of a ticket stands for. */
    Map<String, String> statuses() {
        Map<String, String> statuses = new TreeMap<>();
        states.forEach(state -> statuses.put(state.split(":")[0], state.split(":")[1]));
        return statuses;
    }

    /** The state that is written for each status: the first that stands for it. */
    Map<String, String> writtenStates() {
        Map<String, String> written = new TreeMap<>();
        states.forEach(state -> written.putIfAbsent(state.split(":")[1], state.split(":")[0]));
        return written;
    }
}
