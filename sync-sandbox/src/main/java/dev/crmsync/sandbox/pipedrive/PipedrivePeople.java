package dev.crmsync.sandbox.pipedrive;

import dev.crmsync.sandbox.admin.AdminClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people do in Pipedrive's own pages, one method for each doing: through the admin endpoint, so without limits, with
 * webhooks, and marked as theirs. Ids are Pipedrive's, as text; values are those of its API. Each method throws
 * IllegalArgumentException when the stand-in refuses. Thread-safe.
 */
public final class PipedrivePeople {
    private final AdminClient admin;

    PipedrivePeople(AdminClient admin) {
        this.admin = admin;
    }

    /** Makes a record of a kind such as {@code person} or {@code deal}; its id. */
    public String make(String kind, Map<String, ?> values) {
        return text(edit(Map.of("op", "create", "kind", kind, "values", values)), "id");
    }

    /** Makes a person of this name; its id. */
    public String makePerson(String name) {
        return make("person", Map.of("name", name));
    }

    /** Makes a deal for a person; its id. */
    public String makeDeal(String title, String person) {
        return make("deal", Map.of("title", title, "person_id", Long.parseLong(person)));
    }

    /** Writes a note about a person; its id. */
    public String writeNote(String content, String person) {
        return make("note", Map.of("content", content, "person_id", Long.parseLong(person)));
    }

    /** Changes values of a record. */
    public void patch(String kind, String id, Map<String, ?> values) {
        edit(Map.of("op", "patch", "kind", kind, "id", id, "values", values));
    }

    /** Changes values of a record, as this user. */
    public void patchAs(String user, String kind, String id, Map<String, ?> values) {
        edit(Map.of("op", "patch", "kind", kind, "id", id, "values", values, "user_id", Long.parseLong(user)));
    }

    /** Changes the same values of many records at once. */
    public void bulkEdit(String kind, List<String> ids, Map<String, ?> values) {
        edit(Map.of("op", "bulk", "kind", kind, "ids", ids, "values", values));
    }

    /** Moves a deal to a stage. */
    public void moveTo(String deal, String stage) {
        patch("deal", deal, Map.of("stage_id", Long.parseLong(stage)));
    }

    /** Wins a deal. */
    public void win(String deal) {
        patch("deal", deal, Map.of("status", "won"));
    }

    /** Loses a deal. */
    public void lose(String deal, String reason) {
        patch("deal", deal, Map.of("status", "lost", "lost_reason", reason));
    }

    /** Opens a deal again. */
    public void reopen(String deal) {
        patch("deal", deal, Map.of("status", "open"));
    }

    /** Archives a deal: it leaves the lists. */
    public void archive(String deal) {
        patch("deal", deal, Map.of("is_archived", true));
    }

    /** Gives a person or a deal to a user. */
    public void assign(String kind, String id, String user) {
        patch(kind, id, Map.of("owner_id", Long.parseLong(user)));
    }

    /** Deletes a record. */
    public void delete(String kind, String id) {
        edit(Map.of("op", "delete", "kind", kind, "id", id));
    }

    /** Takes a deletion back, which is possible for thirty days. */
    public void restore(String kind, String id) {
        edit(Map.of("op", "restore", "kind", kind, "id", id));
    }

    /** Merges one person into another, which survives. */
    public void merge(String loser, String survivor) {
        merge("person", loser, survivor);
    }

    /** Merges one person or deal into another, which survives. */
    public void merge(String kind, String loser, String survivor) {
        edit(Map.of("op", "merge", "kind", kind, "loser", loser, "survivor", survivor));
    }

    /** Makes a member of the team; the user's id. */
    public String makeUser(String name, String email, boolean isAdmin) {
        Map<String, Object> user = Map.of("name", name, "email", email, "admin", isAdmin);
        return ((List<?>) admin.any("POST", "/users", Map.of("users", List.of(user)))
                        .getOrDefault("ids", List.of()))
                .get(0)
                .toString();
    }

    /** A member of the team leaves. */
    public void deactivateUser(String user) {
        admin.any("PATCH", "/users/" + user, Map.of("active", false));
    }

    /** Makes a custom field of persons or deals; its code. */
    public String makeField(String kind, String name, String type, String... options) {
        Map<String, Object> field = new LinkedHashMap<>();
        field.put("kind", kind);
        field.put("field_name", name);
        field.put("field_type", type);
        field.put("options", List.of(options));
        return text(admin.any("POST", "/fields", field), "field_code");
    }

    /** Makes a label of persons or deals; its id. */
    public String makeLabel(String kind, String label) {
        return text(admin.any("POST", "/labels", Map.of("kind", kind, "label", label)), "id");
    }

    /** Renames a label of persons or deals; its id stays. */
    public void renameLabel(String kind, String id, String label) {
        admin.any("POST", "/labels", Map.of("kind", kind, "id", Long.parseLong(id), "label", label));
    }

    /** Saves a filter of persons: those whose field of this code is, or holds, this value; its id. */
    public String makeFilter(String name, String field, String value) {
        return text(admin.any("POST", "/filters", Map.of("name", name, "field", field, "value", value)), "id");
    }

    /** Makes a pipeline with these stages; the ids of the stages. */
    public List<String> makePipeline(String name, String... stages) {
        Object ids = admin.any("POST", "/pipelines", Map.of("name", name, "stages", List.of(stages)))
                .getOrDefault("stage_ids", List.of());
        return ((List<?>) ids).stream().map(String::valueOf).toList();
    }

    /** Every record of a kind such as {@code persons}, deleted ones too, with all that it holds. */
    public List<Map<String, Object>> all(String plural) {
        return maps(admin.any("GET", "/" + plural, null).get(plural));
    }

    /** Every field of persons and deals, with its kind, name, code and options. */
    public List<Map<String, Object>> fields() {
        return all("fields");
    }

    /** Every user. */
    public List<Map<String, Object>> users() {
        return all("users");
    }

    /** Every webhook, with its health. */
    public List<Map<String, Object>> webhooks() {
        return all("webhooks");
    }

    private Map<String, Object> edit(Map<String, ?> edit) {
        Map<String, Object> result =
                maps(admin.any("POST", "/edits", edit).get("results")).get(0);
        if (result.containsKey("error")) {
            throw new IllegalArgumentException(text(result, "error"));
        }
        return result;
    }

    private static String text(Map<String, Object> from, String key) {
        return String.valueOf(from.get(key));
    }

    @SuppressWarnings("unchecked") // What the endpoint answers is JSON, whose objects have text for keys.
    private static List<Map<String, Object>> maps(@Nullable Object list) {
        return list == null ? List.of() : (List<Map<String, Object>>) list;
    }
}
