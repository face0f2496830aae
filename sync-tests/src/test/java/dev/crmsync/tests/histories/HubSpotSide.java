package dev.crmsync.tests.histories;

import dev.crmsync.adapter.hubspot.HubSpot;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.sandbox.hubspot.HubSpotPeople;
import dev.crmsync.sandbox.hubspot.HubSpotStandIn;
import dev.crmsync.spi.adapter.SystemDefinition;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** HubSpot in a history. */
final class HubSpotSide implements CrmSide {
    private static final Map<String, String> STAGES = Map.of("1", "open", "2", "pending", "3", "open", "4", "resolved");

    private final String word;
    private final HubSpotStandIn hubSpot;
    private final AdminClient admin;
    private final HubSpotPeople people;
    private List<String> owners = List.of();

    HubSpotSide(String word, HubSpotStandIn hubSpot) {
        this.word = word;
        this.hubSpot = hubSpot;
        this.admin = hubSpot.adminClient();
        this.people = hubSpot.people();
    }

    @Override
    public String name() {
        return "HubSpot";
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public AdminClient admin() {
        return admin;
    }

    @Override
    public Map<String, Object> habits(Random dice) {
        return Habits.chosen(
                dice,
                Map.of(
                        "email.normalise", List.of("lower_trim", "none"),
                        "unique.conflict", List.of("409", "400"),
                        "batch.shuffle", List.of(false, true),
                        "merge.id", List.of("new", "primary"),
                        "merge.property_changes", List.of(false, true),
                        "webhooks.shape", List.of("as_subscribed", "generic"),
                        "webhooks.source_id", List.of("app_id", "absent", "other"),
                        "webhooks.creation_flag", List.of("CREATED", "NEW"),
                        "webhooks.sensitive", List.of(false, false, true)),
                Map.of(
                        "webhooks.time_scale",
                        0.05,
                        "webhooks.batch_window_ms",
                        3,
                        "search.index_delay_ms",
                        dice.nextInt(30_000)));
    }

    @Override
    public SystemDefinition system(String target, Supplier<List<String>> secrets) {
        return HubSpot.privateApp(hubSpot.token())
                .baseUrl(URI.create(hubSpot.url()))
                .clientSecret(hubSpot.clientSecret())
                .appId(hubSpot.appId())
                .metadata("crm_segment", "crm_segment")
                .metadata("source", "kirim_source");
    }

    @Override
    public void subscribe(SyncEngine engine, String sync, String target) {
        admin.any("PUT", "/webhooks", Map.of("targetUrl", target, "subscriptions", subscriptions()));
    }

    private static List<Map<String, String>> subscriptions() {
        Stream<Map<String, String>> changes = Stream.of(
                        "contact firstname",
                        "contact lastname",
                        "contact email",
                        "contact phone",
                        "contact crm_segment",
                        "contact kirim_source",
                        "contact whatsapp_labels",
                        "ticket subject",
                        "ticket hs_pipeline_stage",
                        "ticket hubspot_owner_id",
                        "ticket closed_date")
                .map(one -> one.split(" "))
                .map(one -> Map.of("subscriptionType", one[0] + ".propertyChange", "propertyName", one[1]));
        Stream<Map<String, String>> others = Stream.of(
                        "contact.creation",
                        "contact.deletion",
                        "contact.restore",
                        "contact.merge",
                        "ticket.creation",
                        "ticket.deletion",
                        "ticket.restore",
                        "ticket.associationChange")
                .map(type -> Map.of("subscriptionType", type));
        return Stream.concat(changes, others).toList();
    }

    @Override
    public List<Shown> contacts() {
        return admin.dump().stream().map(Shown::hubSpot).toList();
    }

    @Override
    public Shown make(Person person) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("firstname", person.first());
        properties.put("lastname", person.last());
        properties.put("email", person.email());
        properties.put("crm_segment", person.segment());
        if (person.phone() != null) {
            properties.put("phone", person.phone());
        }
        return Shown.hubSpot(admin.edit(Map.of("op", "create", "properties", properties)));
    }

    @Override
    public Wrote edit(Shown before, Random dice, Words words) {
        Map<String, String> properties = new HashMap<>();
        String field;
        switch (dice.nextInt(9)) {
            case 0 -> {
                properties.put("lastname", "née №" + words.next());
                field = put(properties, "firstname", words.name());
            }
            case 1 -> field = put(properties, "lastname", "Hartono " + words.next());
            case 2, 3 -> field = put(properties, "email", words.email());
            case 4 -> field = put(properties, "crm_segment", dice.nextInt(4) == 0 ? "" : "gold " + words.next());
            case 5 -> field = put(properties, "phone", dice.nextBoolean() ? "+1 415 555 0100" : "");
            case 6 -> field = put(properties, "whatsapp_labels", dice.nextBoolean() ? "Of HubSpot;VIP" : "");
            case 7 -> field = put(properties, "kirim_source", dice.nextBoolean() ? "of HubSpot" : "");
            default ->
                field = put(properties, "email", dice.nextBoolean() ? "" : " Mixed." + words.next() + "@Example.COM ");
        }
        return new Wrote(
                field, Shown.hubSpot(admin.edit(Map.of("op", "patch", "id", before.id(), "properties", properties))));
    }

    private static String put(Map<String, String> properties, String property, String value) {
        properties.put(property, value);
        return switch (property) {
            case "firstname", "lastname" -> "name";
            case "crm_segment" -> "metadata.crm_segment";
            case "kirim_source" -> "metadata.source";
            case "whatsapp_labels" -> "labels";
            default -> property;
        };
    }

    @Override
    public void write(String id, String field, String value) {
        Map<String, String> properties =
                Map.of("name", "lastname", "phone", "phone", "metadata.source", "kirim_source");
        String property = Objects.requireNonNull(properties.get(field), field);
        admin.edit(Map.of("op", "patch", "id", id, "properties", Map.of(property, value)));
    }

    @Override
    public void archive(String id) {
        admin.edit(Map.of("op", "archive", "id", id));
    }

    @Override
    public void restore(String id) {
        admin.edit(Map.of("op", "restore", "id", id));
    }

    @Override
    public Shown merge(Shown primary, Shown secondary) {
        return Shown.hubSpot(admin.edit(Map.of("op", "merge", "primary", primary.id(), "secondary", secondary.id())));
    }

    @Override
    public void team() {
        owners = List.of(
                people.makeOwner("Sari@Example.com", "Sari", "W"), people.makeOwner("joko@example.com", "Joko", "S"));
    }

    @Override
    public String makeTicket(String title) {
        return people.makeTicket(title, "1");
    }

    @Override
    public Map<String, String> move(Random dice) {
        return Map.of("hs_pipeline_stage", String.valueOf(1 + dice.nextInt(4)));
    }

    @Override
    public Map<String, String> give(Random dice) {
        return Map.of("hubspot_owner_id", dice.nextInt(3) == 0 ? "" : owners.get(dice.nextInt(2)));
    }

    @Override
    public void changeTicket(String id, Map<String, String> change) {
        people.patch("tickets", id, change);
    }

    @Override
    public void archiveTicket(String id) {
        admin.any("POST", "/tickets/edits", Map.of("op", "archive", "id", id));
    }

    @Override
    public List<Ticket> tickets() {
        Map<String, String> addresses = new HashMap<>();
        people.owners().forEach(owner -> addresses.put(lower(owner.get("id")), lower(owner.get("email"))));
        List<String> associations = people.associations();
        return people.all("tickets").stream()
                .map(one -> new Ticket(
                        String.valueOf(one.get("id")),
                        property(one, "kirim_conversation_id"),
                        Boolean.TRUE.equals(one.get("archived")),
                        STAGES.get(property(one, "hs_pipeline_stage")),
                        addresses.getOrDefault(lower(property(one, "hubspot_owner_id")), ""),
                        associated(associations, "tickets/" + one.get("id") + ">contacts/")))
                .toList();
    }

    @Override
    public List<Note> notes() {
        List<String> associations = people.associations();
        return people.all("notes").stream()
                .map(one -> new Note(
                        String.valueOf(one.get("id")),
                        property(one, "kirim_message_id"),
                        Shown.plain(property(one, "hs_note_body")),
                        associated(associations, "notes/" + one.get("id") + ">tickets/")))
                .toList();
    }

    @Override
    public void overwrite(String note, String text) {
        people.patch("notes", note, Map.of("hs_note_body", text));
    }

    private static List<String> associated(List<String> associations, String begin) {
        return associations.stream()
                .filter(pair -> pair.startsWith(begin))
                .map(pair -> pair.substring(begin.length()))
                .toList();
    }

    private static String property(Map<String, Object> record, String name) {
        return Shown.text(((Map<?, ?>) record.getOrDefault("properties", Map.of())).get(name));
    }

    private static String lower(@Nullable Object text) {
        return Shown.text(text).toLowerCase(Locale.ROOT);
    }
}
