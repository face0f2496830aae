package dev.crmsync.tests.histories;

import dev.crmsync.adapter.notion.Notion;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.sandbox.notion.NotionPeople;
import dev.crmsync.sandbox.notion.NotionStandIn;
import dev.crmsync.spi.adapter.SystemDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Notion in a history: a database of contacts and one of tickets. Nobody merges there, for Notion has nothing to merge with. */
final class NotionSide implements CrmSide {
    private static final int CALLS_PER_MINUTE = 100_000;

    private final String word;
    private final NotionStandIn notion;
    private final AdminClient admin;
    private final NotionPeople people;
    private final String tickets;
    private final String messages;
    private Supplier<List<String>> secrets = List::of;
    private List<String> members = List.of();

    /**
     * @param word what the CRM is called in the sync
     * @param messages what messages are kept as, blocks or comments
     */
    NotionSide(String word, NotionStandIn notion, String messages) {
        this.word = word;
        this.notion = notion;
        this.admin = notion.adminClient();
        this.people = notion.people();
        this.messages = messages;
        this.tickets = people.makeDatabase("Tickets", Map.of("Name", "title"));
    }

    @Override
    public String name() {
        return "Notion";
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
        choices.put("times.grain", List.of("minute", "minute", "ms"));
        choices.put("times.grain_elsewhere", List.of("minute", "ms"));
        choices.put("rich_text.segments", List.of("merged", "split", "kept"));
        choices.put("email_phone.trim", List.of(true, false));
        choices.put("email_phone.empty", List.of("cleared", "rejected"));
        choices.put("relation.has_more", List.of(true, false));
        choices.put("people.has_more", List.of(false, true));
        choices.put("references.missing", List.of("400", "404"));
        choices.put("writes.same_value_emits", List.of(false, true));
        choices.put("blocks.move_last_edited", List.of(false, true));
        choices.put("query.cursor", List.of("keyset", "offset"));
        choices.put("query.short_pages", List.of(0, 0.3));
        choices.put("query.status_complete", List.of(false, true));
        choices.put("filters.case_sensitive", List.of(false, true));
        choices.put("events.created_and_deleted", List.of("none", "one", "two"));
        choices.put("webhooks.author_id", List.of("bot_user", "integration", "bot_id"));
        choices.put("webhooks.accessible_by", List.of(false, true));
        choices.put("webhooks.sign_verification", List.of(false, true));
        return Habits.chosen(
                dice,
                choices,
                Map.of(
                        "webhooks.time_scale",
                        0.05,
                        "webhooks.gather_ms",
                        3,
                        "query.lag_ms",
                        dice.nextInt(30_000),
                        "limits.per_minute",
                        CALLS_PER_MINUTE));
    }

    @Override
    public SystemDefinition system(String target, Supplier<List<String>> kept) {
        secrets = kept;
        return Notion.connection(notion.token())
                .baseUrl(URI.create(notion.url()))
                .contacts(notion.dataSourceId())
                .tickets(tickets)
                .messages(messages)
                .bot(notion.botId())
                .webhookToken(kept::get)
                .webhookTarget(URI.create(target))
                .metadata("crm_segment", "Segment")
                .metadata("source", "Kirim source")
                .limits(CALLS_PER_MINUTE);
    }

    /** A person makes the subscription, and pastes back the token that the host was sent. */
    @Override
    public void subscribe(SyncEngine engine, String sync, String target) {
        String subscription = people.subscribe(target);
        admin.flush(true);
        people.verify(subscription, secrets.get().get(0));
    }

    private List<Map<String, Object>> pages(String dataSource) {
        return people.pages().stream()
                .filter(page -> dataSource.equals(page.get("data_source_id")))
                .toList();
    }

    private static Map<?, ?> plain(Map<String, Object> page) {
        return (Map<?, ?>) page.getOrDefault("plain", Map.of());
    }

    @Override
    public List<Shown> contacts() {
        return pages(notion.dataSourceId()).stream().map(NotionSide::shown).toList();
    }

    private static Shown shown(Map<String, Object> page) {
        Map<?, ?> plain = plain(page);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", Shown.words(Shown.text(plain.get("Name"))));
        fields.put("email", Shown.text(plain.get("Email")).toLowerCase(Locale.ROOT));
        fields.put("phone", Shown.digits(Shown.text(plain.get("Phone"))));
        fields.put("metadata.crm_segment", Shown.text(plain.get("Segment")));
        fields.put("metadata.source", Shown.text(plain.get("Kirim source")));
        fields.put("labels", Shown.sorted(list(plain.get("Labels")).stream()));
        return new Shown(
                Shown.text(page.get("id")),
                Shown.text(plain.get("Kirim contact id")),
                Boolean.TRUE.equals(page.get("in_trash")),
                fields);
    }

    private static List<String> list(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private Shown contact(String id) {
        return shown(people.page(id));
    }

    @Override
    public Shown make(Person person) {
        Map<String, Object> values = new HashMap<>();
        values.put("Name", person.first() + " " + person.last());
        values.put("Email", person.email());
        values.put("Phone", person.phone());
        values.put("Segment", person.segment());
        return contact(people.make(values));
    }

    @Override
    public Wrote edit(Shown before, Random dice, Words words) {
        Map<String, Object> values = new HashMap<>();
        String field;
        switch (dice.nextInt(9)) {
            case 0 -> field = put(values, "Name", words.name() + " née №" + words.next(), "name");
            case 1 -> field = put(values, "Name", last(before, "Hartono " + words.next()), "name");
            case 2, 3 -> field = put(values, "Email", words.email(), "email");
            case 4 -> {
                String segment = dice.nextInt(4) == 0 ? "" : "gold " + words.next();
                field = put(values, "Segment", segment, "metadata.crm_segment");
            }
            case 5 -> field = put(values, "Phone", dice.nextBoolean() ? "+1 415 555 0100" : null, "phone");
            case 6 -> {
                List<String> labels = dice.nextBoolean() ? List.of("Of Notion", "VIP") : List.of();
                field = put(values, "Labels", labels, "labels");
            }
            case 7 -> field = put(values, "Kirim source", dice.nextBoolean() ? "of Notion" : "", "metadata.source");
            default -> {
                String mixed = dice.nextBoolean() ? null : " Mixed." + words.next() + "@Example.COM ";
                field = put(values, "Email", mixed, "email");
            }
        }
        people.patch(before.id(), values);
        return new Wrote(field, contact(before.id()));
    }

    private static String put(Map<String, Object> values, String key, @Nullable Object value, String field) {
        values.put(key, value);
        return field;
    }

    private static String last(Shown before, String last) {
        return before.field("name").split(" ", 2)[0] + " " + last;
    }

    @Override
    public void write(String id, String field, String value) {
        switch (field) {
            case "name" -> people.patch(id, Map.of("Name", last(contact(id), value)));
            case "phone" -> people.patch(id, Map.of("Phone", value));
            case "metadata.source" -> people.patch(id, Map.of("Kirim source", value));
            default -> throw new IllegalArgumentException(field);
        }
    }

    @Override
    public void archive(String id) {
        people.delete(id);
    }

    @Override
    public void restore(String id) {
        people.restore(id);
    }

    @Override
    public Shown merge(Shown primary, Shown secondary) {
        throw new IllegalArgumentException("Notion merges no pages");
    }

    @Override
    public void team() {
        members = List.of(people.makeUser("Sari W", "Sari@Example.com"), people.makeUser("Joko S", "joko@example.com"));
    }

    @Override
    public String makeTicket(String title) {
        return people.makeIn(tickets, Map.of("Name", title));
    }

    @Override
    public Map<String, String> move(Random dice) {
        return Map.of("Status", List.of("Open", "Pending", "Closed").get(dice.nextInt(3)));
    }

    @Override
    public Map<String, String> give(Random dice) {
        return Map.of("Assignee", dice.nextInt(3) == 0 ? "" : members.get(dice.nextInt(2)));
    }

    @Override
    public void changeTicket(String id, Map<String, String> change) {
        Map<String, Object> values = new HashMap<>();
        change.forEach((name, value) ->
                values.put(name, !name.equals("Assignee") ? value : value.isEmpty() ? List.of() : List.of(value)));
        people.patch(id, values);
    }

    @Override
    public void archiveTicket(String id) {
        people.delete(id);
    }

    @Override
    public List<Ticket> tickets() {
        Map<String, String> addresses = new HashMap<>();
        people.users()
                .forEach(user -> addresses.put(
                        String.valueOf(user.get("id")),
                        Shown.text(user.get("email")).toLowerCase(Locale.ROOT)));
        return pages(tickets).stream()
                .map(page -> {
                    Map<?, ?> plain = plain(page);
                    return new Ticket(
                            String.valueOf(page.get("id")),
                            Shown.text(plain.get("Kirim conversation id")),
                            Boolean.TRUE.equals(page.get("in_trash")),
                            status(Shown.text(plain.get("Status"))),
                            list(plain.get("Assignee")).stream()
                                    .map(id -> addresses.getOrDefault(id, "?"))
                                    .collect(Collectors.joining(", ")),
                            list(plain.get("Contact")));
                })
                .toList();
    }

    private static @Nullable String status(String option) {
        return switch (option) {
            case "Open" -> "open";
            case "Pending" -> "pending";
            case "Closed" -> "resolved";
            default -> null;
        };
    }

    @Override
    public List<Note> notes() {
        List<Note> notes = new ArrayList<>();
        if (messages.equals("comments")) {
            people.comments()
                    .forEach(one ->
                            notes.add(note(one.get("id"), one.get("rich_text"), String.valueOf(one.get("page_id")))));
            return notes;
        }
        for (Map<String, Object> ticket : pages(tickets)) {
            String page = String.valueOf(ticket.get("id"));
            Judge.maps(people.page(page).get("blocks")).forEach(block -> {
                Map<?, ?> paragraph = (Map<?, ?>) block.getOrDefault("paragraph", Map.of());
                notes.add(note(block.get("id"), paragraph.get("rich_text"), page));
            });
        }
        return notes;
    }

    /** The last line says whose message it is. */
    private static Note note(@Nullable Object id, @Nullable Object pieces, String page) {
        String text = Judge.maps(pieces).stream()
                .map(piece -> String.valueOf(piece.get("plain_text")))
                .collect(Collectors.joining());
        String[] parts = text.split("\n\\[kirim_message_id=", 2);
        String key = parts.length < 2 ? "" : parts[1].split("[ \\]]", 2)[0];
        return new Note(String.valueOf(id), key, parts[0], List.of(page));
    }

    /** By the API, for people have no such doing; what says whose message it is stays. */
    @Override
    public void overwrite(String note, String text) {
        String key = notes().stream()
                .filter(one -> one.id().equals(note))
                .map(Note::key)
                .findFirst()
                .orElseThrow();
        String said = "{\"rich_text\":[{\"text\":{\"content\":\"" + text + "\\n[kirim_message_id=" + key + "]\"}}]}";
        String body = messages.equals("comments") ? said : "{\"paragraph\":" + said + "}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(notion.url() + "/v1/" + messages + "/" + note))
                .header("Authorization", "Bearer " + notion.token())
                .header("Notion-Version", "2026-03-11")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            int answered = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (answered != 200) {
                throw new IllegalStateException("the block was not written over: " + answered);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
