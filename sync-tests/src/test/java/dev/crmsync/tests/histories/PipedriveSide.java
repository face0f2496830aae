package dev.crmsync.tests.histories;

import dev.crmsync.adapter.pipedrive.Pipedrive;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.sandbox.pipedrive.PipedrivePeople;
import dev.crmsync.sandbox.pipedrive.PipedriveStandIn;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.SystemDefinition;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Pipedrive in a history: who is deleted there can be brought back, as who is archived elsewhere. */
final class PipedriveSide implements CrmSide {
    private static final String STAGES = "1:open,2:open,3:pending,4:open,5:open,won:closed,lost:closed";
    private static final String PATH = "unguessable_7d2b";

    private final String word;
    private final PipedriveStandIn pipedrive;
    private final AdminClient admin;
    private final PipedrivePeople people;
    private List<String> owners = List.of();

    PipedriveSide(String word, PipedriveStandIn pipedrive) {
        this.word = word;
        this.pipedrive = pipedrive;
        this.admin = pipedrive.adminClient();
        this.people = pipedrive.people();
    }

    @Override
    public String name() {
        return "Pipedrive";
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
        Map<String, List<?>> choices = new HashMap<>();
        choices.put("rest.update_time_ms", List.of(false, true));
        choices.put("writes.created_status", List.of("200", "201"));
        choices.put("writes.same_value_emits", List.of(false, true));
        choices.put("custom.missing", List.of("null", "absent"));
        choices.put("deleted.get", List.of("found", "found", "404", "410"));
        choices.put("deleted.in_updated_since", List.of(false, true));
        choices.put("deleted.in_ids", List.of(false, true));
        choices.put("restore.event", List.of("change", "create", "none"));
        choices.put("labels.field_code", List.of("label_ids", "label"));
        choices.put("notes.html", List.of("sanitised", "kept"));
        choices.put("merge.custom_fields", List.of("fill", "drop"));
        choices.put("merge.channels", List.of("union", "fill"));
        choices.put("merge.related", List.of("touched", "silent", "told"));
        choices.put("webhooks.custom_fields", List.of("typed", "plain"));
        choices.put("webhooks.time_precision", List.of("seconds", "ms"));
        choices.put("webhooks.timestamp", List.of("iso", "seconds"));
        choices.put("webhooks.person_labels", List.of("label_ids", "label"));
        choices.put("webhooks.previous_update_time", List.of(false, true));
        return Habits.chosen(
                dice,
                choices,
                Map.of(
                        "webhooks.time_scale",
                        0.05,
                        "search.lag_ms",
                        dice.nextInt(30_000),
                        "limits.burst",
                        10_000,
                        "limits.daily_tokens",
                        100_000_000));
    }

    @Override
    public SystemDefinition system(String target, Supplier<List<String>> secrets) {
        return Pipedrive.company(pipedrive.token())
                .baseUrl(URI.create(pipedrive.url()))
                .companyId(String.valueOf(pipedrive.companyId()))
                .dedicatedUser(String.valueOf(pipedrive.userId()))
                .webhooks(SecretSource.of("crm-sync"), secrets::get)
                .webhookTarget(URI.create(target), SecretSource.of(PATH))
                .dealPipeline("1", STAGES)
                .metadata("crm_segment", "Segment")
                .metadata("source", "Kirim source")
                .limits(10_000, 100_000_000);
    }

    @Override
    public void subscribe(SyncEngine engine, String sync, String target) {
        engine.accounts(sync).subscribe(word, URI.create(target));
    }

    /** The codes of the fields of a kind of records, by their names. */
    private Map<String, String> codes(String kind) {
        Map<String, String> codes = new HashMap<>();
        people.fields().stream()
                .filter(field -> kind.equals(field.get("kind")))
                .forEach(field ->
                        codes.put(String.valueOf(field.get("field_name")), String.valueOf(field.get("field_code"))));
        return codes;
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new HashMap<>();
        people.fields().stream()
                .filter(field -> "person".equals(field.get("kind")) && "label_ids".equals(field.get("field_code")))
                .flatMap(field -> Judge.maps(field.get("options")).stream())
                .forEach(option -> labels.put(String.valueOf(option.get("id")), String.valueOf(option.get("label"))));
        return labels;
    }

    @Override
    public List<Shown> contacts() {
        return admin.dump().stream()
                .filter(person -> !person.containsKey("merged_into"))
                .map(this::shown)
                .toList();
    }

    private Shown shown(Map<String, Object> person) {
        Map<String, String> codes = codes("person");
        Map<?, ?> customs = (Map<?, ?>) person.getOrDefault("custom_fields", Map.of());
        Map<String, String> labels = labels();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", Shown.words(Shown.text(person.get("name"))));
        fields.put("email", primary(person.get("emails")).toLowerCase(Locale.ROOT));
        fields.put("phone", Shown.digits(primary(person.get("phones"))));
        fields.put("metadata.crm_segment", Shown.text(customs.get(codes.get("Segment"))));
        fields.put("metadata.source", Shown.text(customs.get(codes.get("Kirim source"))));
        fields.put(
                "labels",
                Shown.sorted(((List<?>) person.getOrDefault("label_ids", List.of()))
                        .stream().map(id -> labels.getOrDefault(String.valueOf(id), "label " + id))));
        return new Shown(
                Shown.text(person.get("id")),
                Shown.text(customs.get(codes.get("Kirim contact id"))),
                Boolean.TRUE.equals(person.get("is_deleted")),
                fields);
    }

    private static String primary(@Nullable Object addresses) {
        return Judge.maps(addresses).stream()
                .filter(one -> Boolean.TRUE.equals(one.get("primary")))
                .map(one -> Shown.text(one.get("value")))
                .findFirst()
                .orElse("");
    }

    @Override
    public Shown make(Person person) {
        Map<String, Object> values = new HashMap<>();
        values.put("name", person.first() + " " + person.last());
        values.put("emails", addresses(person.email()));
        values.put("phones", addresses(person.phone()));
        values.put("custom_fields", custom("Segment", person.segment()));
        return shown(admin.edit(Map.of("op", "create", "kind", "person", "values", values)));
    }

    private static List<Map<String, Object>> addresses(@Nullable String value) {
        return value == null || value.isBlank() ? List.of() : List.of(Map.of("value", value, "primary", true));
    }

    private Map<String, Object> custom(String field, String value) {
        Map<String, Object> customs = new HashMap<>();
        customs.put(String.valueOf(codes("person").get(field)), value.isEmpty() ? null : value);
        return customs;
    }

    @Override
    public Wrote edit(Shown before, Random dice, Words words) {
        Map<String, Object> values = new HashMap<>();
        String field;
        switch (dice.nextInt(9)) {
            case 0 -> field = put(values, "name", words.name() + " née №" + words.next(), "name");
            case 1 -> field = put(values, "last_name", "Hartono " + words.next(), "name");
            case 2, 3 -> field = put(values, "emails", addresses(words.email()), "email");
            case 4 -> {
                String segment = dice.nextInt(4) == 0 ? "" : "gold " + words.next();
                field = put(values, "custom_fields", custom("Segment", segment), "metadata.crm_segment");
            }
            case 5 -> field = put(values, "phones", addresses(dice.nextBoolean() ? "+1 415 555 0100" : ""), "phone");
            case 6 -> {
                List<Long> labels = dice.nextBoolean() ? List.of(label("Of Pipedrive"), label("VIP")) : List.of();
                field = put(values, "label_ids", labels, "labels");
            }
            case 7 -> {
                String source = dice.nextBoolean() ? "of Pipedrive" : "";
                field = put(values, "custom_fields", custom("Kirim source", source), "metadata.source");
            }
            default -> {
                String mixed = dice.nextBoolean() ? "" : " Mixed." + words.next() + "@Example.COM ";
                field = put(values, "emails", addresses(mixed), "email");
            }
        }
        Map<String, Object> edit = Map.of("op", "patch", "kind", "person", "id", before.id(), "values", values);
        return new Wrote(field, shown(admin.edit(edit)));
    }

    private static String put(Map<String, Object> values, String key, Object value, String field) {
        values.put(key, value);
        return field;
    }

    /** The id of a label, which is made unless it is there. */
    private long label(String name) {
        return labels().entrySet().stream()
                .filter(label -> label.getValue().equals(name))
                .map(label -> Long.parseLong(label.getKey()))
                .findFirst()
                .orElseGet(() -> Long.parseLong(people.makeLabel("person", name)));
    }

    @Override
    public void write(String id, String field, String value) {
        Map<String, Object> values = new HashMap<>();
        switch (field) {
            case "name" -> values.put("last_name", value);
            case "phone" -> values.put("phones", addresses(value));
            case "metadata.source" -> values.put("custom_fields", custom("Kirim source", value));
            default -> throw new IllegalArgumentException(field);
        }
        people.patch("person", id, values);
    }

    @Override
    public void archive(String id) {
        people.delete("person", id);
    }

    @Override
    public void restore(String id) {
        people.restore("person", id);
    }

    @Override
    public Shown merge(Shown primary, Shown secondary) {
        people.merge(secondary.id(), primary.id());
        return contacts().stream()
                .filter(one -> one.id().equals(primary.id()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void team() {
        owners = List.of(
                people.makeUser("Sari W", "Sari@Example.com", false),
                people.makeUser("Joko S", "joko@example.com", false));
    }

    @Override
    public String makeTicket(String title) {
        return people.make("deal", Map.of("title", title));
    }

    @Override
    public Map<String, String> move(Random dice) {
        int place = dice.nextInt(7);
        return switch (place) {
            case 5 -> Map.of("status", "won");
            case 6 -> Map.of("status", "lost");
            default -> Map.of("stage_id", String.valueOf(1 + place));
        };
    }

    /** Who takes a ticket from somebody without giving it to another gives it to the sync's own user. */
    @Override
    public Map<String, String> give(Random dice) {
        String owner = dice.nextInt(3) == 0 ? String.valueOf(pipedrive.userId()) : owners.get(dice.nextInt(2));
        return Map.of("owner_id", owner);
    }

    @Override
    public void changeTicket(String id, Map<String, String> change) {
        Map<String, Object> values = new HashMap<>();
        change.forEach((key, value) -> values.put(key, key.endsWith("_id") ? Long.parseLong(value) : value));
        people.patch("deal", id, values);
    }

    @Override
    public void archiveTicket(String id) {
        people.archive(id);
    }

    @Override
    public List<Ticket> tickets() {
        Map<String, String> addresses = new HashMap<>();
        people.users()
                .forEach(user -> addresses.put(
                        String.valueOf(user.get("id")),
                        Shown.text(user.get("email")).toLowerCase(Locale.ROOT)));
        // What the sync's own user owns is nobody's.
        addresses.put(String.valueOf(pipedrive.userId()), "");
        String code = codes("deal").get("Kirim conversation id");
        List<Ticket> tickets = new ArrayList<>();
        for (Map<String, Object> deal : people.all("deals")) {
            Map<?, ?> customs = (Map<?, ?>) deal.getOrDefault("custom_fields", Map.of());
            boolean away = Boolean.TRUE.equals(deal.get("is_archived")) || Boolean.TRUE.equals(deal.get("is_deleted"));
            String person = Shown.text(deal.get("person_id"));
            tickets.add(new Ticket(
                    String.valueOf(deal.get("id")),
                    Shown.text(customs.get(code)),
                    away,
                    status(deal),
                    addresses.getOrDefault(Shown.text(deal.get("owner_id")), "?"),
                    person.isEmpty() ? List.of() : List.of(person)));
        }
        return tickets;
    }

    private static String status(Map<String, Object> deal) {
        if (!"open".equals(deal.get("status"))) {
            return "resolved";
        }
        return "3".equals(Shown.text(deal.get("stage_id"))) ? "pending" : "open";
    }

    /** The last line of each says whose message it is. */
    @Override
    public List<Note> notes() {
        return people.all("notes").stream()
                .map(note -> {
                    String[] parts =
                            Shown.plain(Shown.text(note.get("content"))).split("\n\n\\[kirim_message_id=", 2);
                    String key = parts.length < 2 ? "" : parts[1].split("[ \\]]", 2)[0];
                    String deal = Shown.text(note.get("deal_id"));
                    return new Note(
                            String.valueOf(note.get("id")), key, parts[0], deal.isEmpty() ? List.of() : List.of(deal));
                })
                .toList();
    }

    /** What says whose message it is stays. */
    @Override
    public void overwrite(String note, String text) {
        String line = notes().stream()
                .filter(one -> one.id().equals(note))
                .map(one -> "<br><br>[kirim_message_id=" + one.key() + "]")
                .findFirst()
                .orElseThrow();
        people.patch("note", note, Map.of("content", text + line));
    }
}
