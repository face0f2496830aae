package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Field;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Search by one field, which minds the case, and search for persons, which does not. Guarded by the stand-in's lock. */
final class PipedriveSearchApi {
    private static final Set<String> SEARCHABLE =
            Set.of("address", "varchar", "text", "varchar_auto", "double", "monetary", "phone");
    private static final Set<String> PARTS = Set.of("custom_fields", "email", "notes", "phone", "name");

    private final Map<PipedriveKind, PipedriveBook> books;
    private final PipedriveFields fields;

    PipedriveSearchApi(Map<PipedriveKind, PipedriveBook> books, PipedriveFields fields) {
        this.books = books;
        this.fields = fields;
    }

    void addTo(Routes routes) {
        routes.on("GET", PipedrivePaths.v2("itemSearch/field"), this::byField)
                .on("GET", PipedrivePaths.v2("persons/search"), this::persons);
    }

    private Reply byField(Call call) {
        Request request = call.request();
        String match = Objects.requireNonNullElse(request.query("match"), "exact");
        if (!Set.of("exact", "beginning", "middle").contains(match)) {
            throw PipedriveErrors.invalid("match: must be exact, beginning or middle");
        }
        String term = term(request, match.equals("exact"));
        PipedriveKind kind = kind(request.query("entity_type"));
        Field field = fields.find(kind, Objects.requireNonNullElse(request.query("field"), ""));
        if (field == null || !SEARCHABLE.contains(field.type)) {
            throw PipedriveErrors.invalid("field: cannot be searched");
        }
        String name = kind == PipedriveKind.PERSON ? "name" : "title";
        List<Item> found = visible(kind).stream()
                .filter(item -> texts(field, item).stream().anyMatch(text -> matches(match, text, term)))
                .toList();
        return PipedrivePages.counted(
                request, found, "itemSearch", item -> found(kind, item).set(name, item.values.path(name)));
    }

    private static ObjectNode found(PipedriveKind kind, Item item) {
        ObjectNode found = Json.object();
        return kind == PipedriveKind.LEAD ? found.put("id", item.id) : found.put("id", item.number);
    }

    private static PipedriveKind kind(@Nullable String word) {
        return switch (Objects.requireNonNullElse(word, "")) {
            case "person" -> PipedriveKind.PERSON;
            case "deal" -> PipedriveKind.DEAL;
            case "lead" -> PipedriveKind.LEAD;
            default -> throw PipedriveErrors.invalid("entity_type: must be person, deal or lead");
        };
    }

    private static boolean matches(String match, String text, String term) {
        return switch (match) {
            case "beginning" -> text.startsWith(term);
            case "middle" -> text.contains(term);
            default -> text.equals(term);
        };
    }

    private Reply persons(Call call) {
        Request request = call.request();
        boolean exact = Boolean.parseBoolean(request.query("exact_match"));
        String term = term(request, exact).toLowerCase(Locale.ROOT);
        Set<String> asked = PipedriveView.names(request, "fields");
        if (!PARTS.containsAll(asked)) {
            throw PipedriveErrors.invalid(
                    "fields: must be among " + PARTS.stream().sorted().toList());
        }
        Set<String> where = asked.isEmpty() ? PARTS : asked;
        int limit = PipedrivePages.limit(request);
        PipedriveCursor cursor = PipedriveCursor.read(request.query("cursor"), "search", "asc");
        long skip = cursor == null ? 0 : cursor.skip();
        List<Item> found = visible(PipedriveKind.PERSON).stream()
                .filter(item -> where.stream()
                        .flatMap(part -> texts(part, item).stream())
                        .map(text -> text.toLowerCase(Locale.ROOT))
                        .anyMatch(text -> exact ? text.equals(term) : text.contains(term)))
                .toList();
        ArrayNode items = Json.array();
        found.stream()
                .skip(skip)
                .limit(limit)
                .forEach(item -> items.addObject().put("result_score", 1.0).set("item", shown(item)));
        String next =
                found.size() > skip + limit ? new PipedriveCursor("search", "asc", 0, 0, skip + limit).text() : null;
        return PipedrivePages.page(Json.object().set("items", items), next);
    }

    private ObjectNode shown(Item item) {
        ObjectNode shown = Json.object().put("id", item.number).put("type", "person");
        shown.set("name", item.values.path("name"));
        for (String part : List.of("phone", "email")) {
            ArrayNode values = shown.putArray(part + "s");
            texts(part, item).forEach(values::add);
        }
        shown.set("visible_to", item.values.path("visible_to"));
        shown.putObject("owner").put("id", item.owner());
        shown.putNull("organization");
        ArrayNode customs = shown.putArray("custom_fields");
        texts("custom_fields", item).forEach(customs::add);
        shown.putArray("notes");
        return shown;
    }

    private static String term(Request request, boolean exact) {
        String term = Objects.requireNonNullElse(request.query("term"), "").strip();
        int least = exact ? 1 : 2;
        if (term.length() < least) {
            throw PipedriveErrors.invalid("term: must have at least " + least + " characters");
        }
        return term;
    }

    private List<Item> visible(PipedriveKind kind) {
        PipedriveBook book = Objects.requireNonNull(books.get(kind));
        return book.index().visible().stream()
                .filter(item -> !book.hidden(item))
                .sorted(Comparator.comparingLong(item -> item.number))
                .toList();
    }

    private List<String> texts(String part, Item item) {
        return switch (part) {
            case "email", "phone" -> {
                List<String> values = new ArrayList<>();
                item.values
                        .path(part + "s")
                        .forEach(one -> values.add(one.path("value").asText()));
                yield values;
            }
            case "name", "notes" -> List.of(item.values.path(part).asText(""));
            default ->
                fields.customs(PipedriveKind.PERSON).stream()
                        .filter(field -> SEARCHABLE.contains(field.type))
                        .flatMap(field -> texts(field, item).stream())
                        .toList();
        };
    }

    private static List<String> texts(Field field, Item item) {
        JsonNode value =
                field.custom ? item.values.path("custom_fields").path(field.code) : item.values.path(field.code);
        if (value.isArray()) {
            List<String> values = new ArrayList<>();
            value.forEach(one -> values.add(one.path("value").asText(one.asText())));
            return values;
        }
        String text = value.isObject() ? value.path("value").asText() : value.asText("");
        return text.isEmpty() ? List.of() : List.of(text);
    }
}
