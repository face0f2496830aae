package dev.crmsync.adapter.hubspot;

import dev.crmsync.http.SettingsReader;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.mapping.Mapping;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a HubSpot system is configured with, checked.
 *
 * @param objectsPath the path prefix of the objects API, such as {@code /crm/v3/objects}
 * @param propertiesPath the path prefix of the properties API, such as {@code /crm/v3/properties}
 * @param associationsPath the path prefix of the associations API
 * @param listsPath the path of the lists API
 * @param ownersPath the path of the owners API
 * @param pipelinesPath the path prefix of the pipelines API
 * @param tickets whether conversations are kept as tickets
 * @param notes whether messages are kept as notes
 * @param contactOwners whether the owner of a contact is followed
 * @param ticketPipeline the pipeline whose tickets are followed
 * @param ticketStages its stages with the status that each stands for, as {@code 1:open}; the first of a status is written
 * @param ticketSubject the subject of a new ticket that nobody gave one
 * @param ticketExternalId the property of tickets that holds the join key
 * @param externalId the property of contacts that holds the join key
 * @param labels the property that holds the labels
 * @param metadata the property of each metadata key
 * @param more properties that are read besides the mapped ones
 * @param overlap how late a changed contact may show up in the search index
 */
record Settings(
        String baseUrl,
        String objectsPath,
        String propertiesPath,
        @Nullable String appId,
        @Nullable String portalId,
        @Nullable String webhookTarget,
        String associationsPath,
        String listsPath,
        String ownersPath,
        String pipelinesPath,
        boolean tickets,
        boolean notes,
        boolean contactOwners,
        String ticketPipeline,
        List<String> ticketStages,
        String ticketSubject,
        String ticketExternalId,
        String externalId,
        String labels,
        Map<String, String> metadata,
        List<String> more,
        long callsPerTenSeconds,
        long callsPerDay,
        Duration overlap,
        Duration timeout) {
    static final String TOKEN = "token";
    static final String CLIENT_SECRET = "clientSecret";
    static final String BASE_URL = "baseUrl";
    static final String OBJECTS_PATH = "objectsPath";
    static final String PROPERTIES_PATH = "propertiesPath";
    static final String APP_ID = "appId";
    static final String PORTAL_ID = "portalId";
    static final String WEBHOOK_TARGET = "webhookTarget";
    static final String ASSOCIATIONS_PATH = "associationsPath";
    static final String LISTS_PATH = "listsPath";
    static final String OWNERS_PATH = "ownersPath";
    static final String PIPELINES_PATH = "pipelinesPath";
    static final String TICKETS = "tickets";
    static final String NOTES = "notes";
    static final String CONTACT_OWNERS = "contactOwners";
    static final String TICKET_PIPELINE = "ticketPipeline";
    static final String TICKET_STAGES = "ticketStages";
    static final String TICKET_SUBJECT = "ticketSubject";
    static final String TICKET_EXTERNAL_ID = "ticketExternalId";
    static final String EXTERNAL_ID = "externalId";
    static final String LABELS = "labels";
    static final String METADATA = "metadata.";
    static final String PROPERTIES = "properties";
    static final String CALLS_PER_TEN_SECONDS = "callsPerTenSeconds";
    static final String CALLS_PER_DAY = "callsPerDay";
    static final String OVERLAP = "overlap";
    static final String TIMEOUT = "timeout";

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._-]+)+");
    private static final Pattern PIPELINE_ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Pattern STAGES =
            Pattern.compile("[A-Za-z0-9_-]+:(open|pending|closed)(,[A-Za-z0-9_-]+:(open|pending|closed))*");

    /** The stages of the pipeline that every account has. */
    private static final String STANDARD_STAGES = "1:open,3:open,2:pending,4:closed";

    private static final Pattern PROPERTY = Pattern.compile("[a-z][a-z0-9_]{0,249}");

    static Settings of(AdapterConfig config) {
        SettingsReader read = new SettingsReader(config);
        return new Settings(
                read.baseUrl(BASE_URL, "https://api.hubapi.com", "token"),
                read.matching(OBJECTS_PATH, "/crm/v3/objects", PATH, "a path such as /crm/v3/objects"),
                read.matching(PROPERTIES_PATH, "/crm/v3/properties", PATH, "a path such as /crm/v3/properties"),
                read.digits(APP_ID),
                read.digits(PORTAL_ID),
                config.setting(WEBHOOK_TARGET).orElse(null),
                read.matching(ASSOCIATIONS_PATH, "/crm/v4/associations", PATH, "a path such as /crm/v4/associations"),
                read.matching(LISTS_PATH, "/crm/v3/lists", PATH, "a path such as /crm/v3/lists"),
                read.matching(OWNERS_PATH, "/crm/v3/owners", PATH, "a path such as /crm/v3/owners"),
                read.matching(PIPELINES_PATH, "/crm/v3/pipelines", PATH, "a path such as /crm/v3/pipelines"),
                read.flag(TICKETS, true),
                read.flag(NOTES, true),
                read.flag(CONTACT_OWNERS, false),
                read.matching(TICKET_PIPELINE, "0", PIPELINE_ID, "the id of a pipeline of tickets"),
                List.of(read.matching(
                                TICKET_STAGES,
                                STANDARD_STAGES,
                                STAGES,
                                "stages with the status of each, as in 1:open,2:pending,4:closed")
                        .split(",")),
                config.setting(TICKET_SUBJECT).orElse("WhatsApp conversation"),
                property(read, TICKET_EXTERNAL_ID, "kirim_conversation_id"),
                property(read, EXTERNAL_ID, "kirim_contact_id"),
                property(read, LABELS, "whatsapp_labels"),
                metadata(read),
                more(read, config),
                read.count(CALLS_PER_TEN_SECONDS, 100),
                read.count(CALLS_PER_DAY, 250_000),
                read.duration(OVERLAP, Duration.ofMinutes(5)),
                read.duration(TIMEOUT, Duration.ofSeconds(30)));
    }

    /** Every property that a read asks for by name: HubSpot shows half a dozen unless asked, and ignores unknown names. */
    SortedSet<String> known(ObjectKind kind) {
        SortedSet<String> known = new TreeSet<>(more);
        Mapping mapping = mapping(kind);
        mapping.fields().forEach(field -> known.addAll(field.lens().properties()));
        if (mapping.externalId() != null) {
            known.add(mapping.externalId());
        }
        if (kind.equals(ObjectKind.TICKET)) {
            known.add(Scope.PIPELINE);
        }
        if (kind.link() != null) {
            known.remove(kind.link().property());
        }
        return known;
    }

    /** How a kind of objects is mapped unless the user says otherwise. */
    Mapping mapping(ObjectKind kind) {
        return kind.equals(ObjectKind.CONTACT)
                ? ContactMapping.of(this)
                : kind.equals(ObjectKind.TICKET) ? TicketMapping.of(this) : NoteMapping.standard();
    }

    /** The status that each stage stands for. */
    Map<String, String> stages() {
        Map<String, String> stages = new TreeMap<>();
        ticketStages.forEach(stage -> stages.put(stage.split(":")[0], stage.split(":")[1]));
        return stages;
    }

    /** The stage that is written for each status: the first that stands for it. */
    Map<String, String> writtenStages() {
        Map<String, String> written = new TreeMap<>();
        ticketStages.forEach(stage -> written.putIfAbsent(stage.split(":")[1], stage.split(":")[0]));
        return written;
    }

    private static String property(SettingsReader read, String name, String otherwise) {
        return read.matching(name, otherwise, PROPERTY, "the internal name of a HubSpot property: a-z, 0-9 and _");
    }

    private static Map<String, String> metadata(SettingsReader read) {
        Map<String, String> byKey = new TreeMap<>();
        read.named(METADATA).forEach((key, name) -> byKey.put(key, property(read, name, "")));
        return Map.copyOf(byKey);
    }

    private static List<String> more(SettingsReader read, AdapterConfig config) {
        List<String> names = config.setting(PROPERTIES)
                .map(list -> List.of(list.split("[, ]+")))
                .orElse(List.of());
        for (String name : names) {
            if (!PROPERTY.matcher(name).matches()) {
                throw read.wrong(PROPERTIES, "must be internal names of HubSpot properties, separated by commas");
            }
        }
        return names;
    }
}
