package dev.crmsync.sandbox.hubspot;

import dev.crmsync.sandbox.admin.AdminClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people do in HubSpot's own pages, one method for each doing: through the admin endpoint, so without rate limits,
 * with webhooks, and marked as theirs. Ids are HubSpot's. Each method throws IllegalArgumentException when the stand-in
 * refuses. Thread-safe.
 */
public final class HubSpotPeople {
    private final AdminClient admin;

    HubSpotPeople(AdminClient admin) {
        this.admin = admin;
    }

    /** Makes a ticket in a stage and associates it with a contact; its id. */
    public String makeTicket(String subject, String stage, String contact) {
        String id = makeTicket(subject, stage);
        associate("tickets", id, "contacts", contact);
        return id;
    }

    /** Makes a ticket in a stage, for nobody yet; its id. */
    public String makeTicket(String subject, String stage) {
        Map<String, String> properties = Map.of("subject", subject, "hs_pipeline_stage", stage);
        return text(edit("tickets", Map.of("op", "create", "properties", properties)), "id");
    }

    /** Gives a ticket to an owner; an empty one takes it away from whoever has it. */
    public void assign(String ticket, String owner) {
        patch("tickets", ticket, Map.of("hubspot_owner_id", owner));
    }

    /** Moves a ticket to a stage. */
    public void moveTo(String ticket, String stage) {
        patch("tickets", ticket, Map.of("hs_pipeline_stage", stage));
    }

    /** Closes a ticket. */
    public void close(String ticket) {
        moveTo(ticket, HubSpotPipelines.CLOSED);
    }

    /** Opens a ticket again, as one that waits for us. */
    public void reopen(String ticket) {
        moveTo(ticket, HubSpotPipelines.WAITS_FOR_US);
    }

    /** Changes properties of a record of a type such as {@code tickets}. */
    public void patch(String type, String id, Map<String, String> properties) {
        edit(type, Map.of("op", "patch", "id", id, "properties", properties));
    }

    /** Associates two records. */
    public void associate(String fromType, String from, String toType, String to) {
        association(fromType, from, toType, to, false);
    }

    /** Takes the association of two records away. */
    public void separate(String fromType, String from, String toType, String to) {
        association(fromType, from, toType, to, true);
    }

    private void association(String fromType, String from, String toType, String to, boolean removed) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("from", Map.of("type", fromType, "id", from));
        body.put("to", Map.of("type", toType, "id", to));
        body.put("removed", removed);
        admin.any("POST", "/associations", body);
    }

    /** Makes a member of the team, who may own records; the owner's id. */
    public String makeOwner(String email, String firstName, String lastName) {
        Map<String, String> owner = Map.of("email", email, "firstName", firstName, "lastName", lastName);
        return ((List<?>) admin.any("POST", "/owners", Map.of("owners", List.of(owner)))
                        .getOrDefault("ids", List.of()))
                .get(0)
                .toString();
    }

    /** A member of the team leaves: their records keep them, and new ones do not get them. */
    public void archiveOwner(String owner) {
        admin.any("PATCH", "/owners/" + owner, Map.of("archived", true));
    }

    /** Makes a list whose members people choose; its id. */
    public String makeList(String name) {
        return text(admin.any("POST", "/lists", Map.of("name", name, "processingType", "MANUAL")), "listId");
    }

    /** Makes a list of all contacts that have this value of a property; its id. */
    public String makeList(String name, String property, String value) {
        Map<String, String> list =
                Map.of("name", name, "processingType", "DYNAMIC", "property", property, "value", value);
        return text(admin.any("POST", "/lists", list), "listId");
    }

    /** Puts a contact into a list. */
    public void putInto(String list, String contact) {
        admin.any("POST", "/lists/" + list + "/members", Map.of("add", List.of(contact)));
    }

    /** Takes a contact out of a list. */
    public void takeOut(String list, String contact) {
        admin.any("POST", "/lists/" + list + "/members", Map.of("remove", List.of(contact)));
    }

    /** Every record of a type such as {@code notes}, archived ones too, with all that it holds. */
    public List<Map<String, Object>> all(String type) {
        return maps(admin.any("GET", "/" + type, null).get(type));
    }

    /** Every owner, archived ones too. */
    public List<Map<String, Object>> owners() {
        return maps(admin.any("GET", "/owners", null).get("owners"));
    }

    /** Every list, with the ids of its {@code members}. */
    public List<Map<String, Object>> lists() {
        return maps(admin.any("GET", "/lists", null).get("lists"));
    }

    /** Every association as a pair such as {@code tickets/1>contacts/2}, once in each direction. */
    public List<String> associations() {
        return ((List<?>) admin.any("GET", "/associations", null).getOrDefault("associations", List.of()))
                .stream().map(String::valueOf).toList();
    }

    private Map<String, Object> edit(String type, Map<String, ?> edit) {
        String path = type.equals(ObjectType.CONTACTS.plural()) ? "/edits" : "/" + type + "/edits";
        Map<String, Object> result =
                maps(admin.any("POST", path, edit).get("results")).get(0);
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
