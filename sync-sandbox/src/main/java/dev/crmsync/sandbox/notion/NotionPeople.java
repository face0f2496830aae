package dev.crmsync.sandbox.notion;

import dev.crmsync.sandbox.admin.AdminClient;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What people do in Notion's own pages, one method for each doing: through the admin endpoint, so without limits, with
 * webhooks, and marked as theirs. Values are plain ones by the names of properties (a text, a number, a flag, an
 * option's name, a list of names or ids, null for none), or those of Notion's API. Each method throws
 * IllegalArgumentException when the stand-in refuses. Thread-safe.
 */
public final class NotionPeople {
    private final AdminClient admin;

    NotionPeople(AdminClient admin) {
        this.admin = admin;
    }

    /** Makes a page in the workspace's first data source; its id. */
    public String make(Map<String, ?> properties) {
        return text(edit(Map.of("op", "create", "properties", properties)), "id");
    }

    /** Makes a page in this data source; its id. */
    public String makeIn(String dataSource, Map<String, ?> properties) {
        return text(edit(Map.of("op", "create", "data_source_id", dataSource, "properties", properties)), "id");
    }

    /** Changes properties of a page and leaves the others. */
    public void patch(String page, Map<String, ?> properties) {
        edit(Map.of("op", "patch", "id", page, "properties", properties));
    }

    /** Changes properties of a page, as this user. */
    public void patchAs(String user, String page, Map<String, ?> properties) {
        edit(Map.of("op", "patch", "id", page, "properties", properties, "user_id", user));
    }

    /** Puts a page into the trash. */
    public void delete(String page) {
        edit(Map.of("op", "delete", "id", page));
    }

    /** Takes a page out of the trash. */
    public void restore(String page) {
        edit(Map.of("op", "restore", "id", page));
    }

    /** Takes a page away for good, as emptying the trash does. */
    public void erase(String page) {
        edit(Map.of("op", "erase", "id", page));
    }

    /** Moves a page to a data source, or with null out of all of them. */
    public void move(String page, @Nullable String dataSource) {
        Map<String, Object> edit = new HashMap<>(Map.of("op", "move", "id", page));
        edit.put("data_source_id", dataSource);
        edit(edit);
    }

    /** Locks a page. */
    public void lock(String page) {
        edit(Map.of("op", "lock", "id", page));
    }

    /** Unlocks a page. */
    public void unlock(String page) {
        edit(Map.of("op", "unlock", "id", page));
    }

    /** Adds a paragraph to a page. */
    public void write(String page, String text) {
        edit(Map.of("op", "write", "id", page, "text", text));
    }

    /** Says something about a page. */
    public void comment(String page, String text) {
        edit(Map.of("op", "comment", "id", page, "text", text));
    }

    /** Makes a member of the workspace; the user's id. */
    public String makeUser(String name, String email) {
        Object ids = admin.any("POST", "/users", Map.of("users", List.of(Map.of("name", name, "email", email))))
                .get("ids");
        return ((List<?>) Objects.requireNonNull(ids)).get(0).toString();
    }

    /**
     * Makes a database that is shared with the integration, with one data source of these properties: types by name, or
     * maps of a type and its options. The data source's id.
     */
    public String makeDatabase(String title, Map<String, ?> properties) {
        Map<String, Object> made = admin.any("POST", "/databases", Map.of("title", title, "properties", properties));
        return text(maps(made.get("data_sources")).get(0), "id");
    }

    /** Adds a data source to a database; its id. */
    public String addDataSource(String database, String name, Map<String, ?> properties) {
        Map<String, Object> body = Map.of("name", name, "properties", properties);
        return text(admin.any("POST", "/databases/" + database + "/data_sources", body), "id");
    }

    /** Shares a database with the integration. */
    public void share(String database) {
        admin.any("POST", "/databases/" + database + "/share", null);
    }

    /** Shares a database with the integration no longer: everything in it is not found from now on. */
    public void unshare(String database) {
        admin.any("POST", "/databases/" + database + "/unshare", null);
    }

    /** Adds a property to the first data source; its id. */
    public String addProperty(String name, String type) {
        return text(admin.any("POST", "/properties", Map.of("name", name, "type", type)), "id");
    }

    /** Renames a property of the first data source, which is named by id or name; its id stays. */
    public void renameProperty(String property, String name) {
        admin.any("POST", "/properties", Map.of("op", "rename", "property", property, "name", name));
    }

    /** Gives a property of the first data source another type; its id stays. */
    public void retypeProperty(String property, String type) {
        admin.any("POST", "/properties", Map.of("op", "retype", "property", property, "type", type));
    }

    /** Removes a property of the first data source and all of its values. */
    public void removeProperty(String property) {
        admin.any("POST", "/properties", Map.of("op", "remove", "property", property));
    }

    /** Adds an option to a property of the first data source; its id. */
    public String addOption(String property, String name) {
        return text(admin.any("POST", "/options", Map.of("property", property, "name", name)), "id");
    }

    /** Renames an option of a property of the first data source; its id stays. */
    public void renameOption(String property, String option, String name) {
        admin.any("POST", "/options", Map.of("op", "rename", "property", property, "option", option, "name", name));
    }

    /** Removes an option of a property of the first data source from all pages. */
    public void removeOption(String property, String option) {
        admin.any("POST", "/options", Map.of("op", "remove", "property", property, "option", option));
    }

    /** Makes a subscription of these types of events, or of all when none is named; the token is sent to the URL. Its id. */
    public String subscribe(String url, String... types) {
        return text(admin.any("POST", "/webhooks", Map.of("url", url, "events", List.of(types))), "id");
    }

    /** Pastes the token back that was sent to a subscription's URL, after which events follow. */
    public void verify(String subscription, String token) {
        admin.any("POST", "/webhooks/" + subscription + "/verify", Map.of("token", token));
    }

    /** Every page, trashed ones too, with all that it holds; {@code plain} has its values as people see them. */
    public List<Map<String, Object>> pages() {
        return maps(admin.any("GET", "/pages", null).get("pages"));
    }

    /** One page with all that it holds, its blocks too. */
    public Map<String, Object> page(String id) {
        return admin.any("GET", "/pages/" + id, null);
    }

    /** The values of a page as people see them, by the names of properties. */
    public Map<String, Object> values(String page) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (page(page).get("plain") instanceof Map<?, ?> plain) {
            plain.forEach((name, value) -> values.put(String.valueOf(name), value));
        }
        return values;
    }

    /** Every user. */
    public List<Map<String, Object>> users() {
        return maps(admin.any("GET", "/users", null).get("users"));
    }

    /** Every database, with its data sources and their schemas. */
    public List<Map<String, Object>> databases() {
        return maps(admin.any("GET", "/databases", null).get("databases"));
    }

    /** Every comment. */
    public List<Map<String, Object>> comments() {
        return maps(admin.any("GET", "/comments", null).get("comments"));
    }

    /** Every subscription, with its token. */
    public List<Map<String, Object>> webhooks() {
        return maps(admin.any("GET", "/webhooks", null).get("webhooks"));
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
