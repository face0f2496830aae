package dev.crmsync.sandbox.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.kirim.KirimState.Contact;
import dev.crmsync.sandbox.kirim.KirimState.Label;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Kirim's contact and label endpoints. */
final class KirimContactsApi {
    private static final int BULK_MOST = 1000;

    private final Parts parts;
    private final KirimState state;
    private final KirimBook book;
    private final KirimShapes shapes;
    private final KirimEvents events;
    private final KirimCursor cursors;

    KirimContactsApi(
            Parts parts,
            KirimState state,
            KirimBook book,
            KirimShapes shapes,
            KirimEvents events,
            KirimCursor cursors) {
        this.parts = parts;
        this.state = state;
        this.book = book;
        this.shapes = shapes;
        this.events = events;
        this.cursors = cursors;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/v1/labels", this::listLabels)
                .on("POST", "/v1/labels", this::createLabel)
                .on("GET", "/v1/{pid}/contacts", this::list)
                .on("POST", "/v1/{pid}/contacts", this::create)
                .on("POST", "/v1/{pid}/contacts/bulk_label", this::bulkLabel)
                .on("GET", "/v1/{pid}/contacts/{id}", call -> data(200, shapes.contact(contact(call))))
                .on("PATCH", "/v1/{pid}/contacts/{id}", this::patch)
                .on("POST", "/v1/{pid}/contacts/{id}/labels", this::attach);
    }

    static Reply data(int status, JsonNode data) {
        return Reply.json(status, Json.object().set("data", data));
    }

    private Reply list(Call call) {
        String phoneId = phoneId(call);
        String phone = call.request().query("phone");
        String search = call.request().query("search");
        String createdAfter = createdAfter(call);
        if (search != null && (search.isEmpty() || search.length() > 200)) {
            throw KirimErrors.invalid("invalid_field_value", "search must have 1 to 200 characters", "search");
        }
        long after = createdAfter == null ? Long.MIN_VALUE : millis(createdAfter);
        String needle = search == null ? "" : search.toLowerCase(Locale.ROOT);
        Predicate<Contact> wanted = c -> c.phoneId.equals(phoneId)
                && (phone == null || c.phoneNumber.equals(phone))
                && c.createdAt > after
                && (needle.isEmpty() || has(c.name, needle) || has(c.email, needle));
        String filters = KirimPage.filters(call.request().path(), Arrays.asList(phone, search, createdAfter));
        ObjectNode page = KirimPage.of(call.request(), cursors, filters, book.ordered(), wanted, shapes::contact);
        return Reply.json(200, page);
    }

    private @Nullable String createdAfter(Call call) {
        String value = call.request().query("created_after");
        if (value != null && parts.dials().is("contacts.created_after", "reject")) {
            throw KirimErrors.invalid("invalid_request", "Unknown parameter created_after", "created_after");
        }
        return parts.dials().is("contacts.created_after", "ignore") ? null : value;
    }

    private static long millis(String iso) {
        try {
            return Instant.parse(iso).toEpochMilli();
        } catch (DateTimeParseException e) {
            throw KirimErrors.invalid("invalid_field_value", "created_after must be ISO 8601 UTC", "created_after");
        }
    }

    private static boolean has(@Nullable String text, String needle) {
        return text != null && text.toLowerCase(Locale.ROOT).contains(needle);
    }

    private Reply create(Call call) {
        Contact contact = book.create(phoneId(call), call.request().json(), "api");
        events.created(contact);
        return data((int) parts.dials().whole("contacts.created_status"), shapes.contact(contact));
    }

    private Reply patch(Call call) {
        Contact contact = contact(call);
        events.updated(contact, book.patch(contact, call.request().json()));
        return data(200, shapes.contact(contact));
    }

    private Reply attach(Call call) {
        Contact contact = contact(call);
        Label label = book.label(labelId(call.request().json()));
        if (!sameTeam(contact, label)) {
            throw KirimErrors.badField("label_id", "The label belongs to another team");
        }
        if (book.label(contact, label, true)) {
            events.updated(contact, Set.of("labels"));
        }
        return data(
                200,
                Json.object()
                        .put("contact_id", contact.id)
                        .put("label_id", label.id)
                        .put("attached", true));
    }

    private Reply bulkLabel(Call call) {
        String phoneId = phoneId(call);
        JsonNode body = call.request().json();
        JsonNode contactIds = body.path("contact_ids");
        if (!contactIds.isArray()) {
            throw KirimErrors.missing("contact_ids");
        }
        if (contactIds.size() > BULK_MOST) {
            throw KirimErrors.badField("contact_ids", "At most 1000 contact_ids");
        }
        String operation = body.path("operation").asText("attach");
        if (!operation.equals("attach") && !operation.equals("detach")) {
            throw KirimErrors.badField("operation", "operation must be attach or detach");
        }
        return counters(phoneId, contactIds, book.label(labelId(body)), operation.equals("attach"));
    }

    private Reply counters(String phoneId, JsonNode contactIds, Label label, boolean attach) {
        int applied = 0;
        int crossOrg = 0;
        int mismatch = 0;
        for (JsonNode id : contactIds) {
            Contact contact = state.contacts.get(id.asText());
            if (contact == null || !contact.phoneId.equals(phoneId)) {
                crossOrg++;
            } else if (!sameTeam(contact, label)) {
                mismatch++;
            } else {
                applied++;
                if (book.label(contact, label, attach) && parts.dials().is("events.bulk_label", "per_contact")) {
                    events.updated(contact, Set.of("labels"));
                }
            }
        }
        ObjectNode counters = Json.object().put("applied", applied).put("skipped_cross_org", crossOrg);
        if (parts.dials().is("bulk_label.answer", "bare")) {
            return Reply.json(200, counters);
        }
        return data(200, counters.put("skipped_team_mismatch", mismatch));
    }

    private Reply listLabels(Call call) {
        TreeMap<String, Label> rows = new TreeMap<>();
        state.labels.values().forEach(l -> rows.put(KirimPage.key(l.createdAt, l.id), l));
        String filters = KirimPage.filters(call.request().path(), Arrays.asList());
        return Reply.json(
                200,
                KirimPage.of(call.request(), cursors, filters, rows, l -> true, (Label l) -> KirimShapes.label(l)));
    }

    private Reply createLabel(Call call) {
        return data(
                (int) parts.dials().whole("contacts.created_status"),
                KirimShapes.label(book.createLabel(call.request().json())));
    }

    private static String labelId(JsonNode body) {
        String id = KirimBook.text(body, "label_id");
        if (id == null) {
            throw KirimErrors.missing("label_id");
        }
        return id;
    }

    private static boolean sameTeam(Contact contact, Label label) {
        return contact.teamId == null || label.teamId == null || Objects.equals(contact.teamId, label.teamId);
    }

    private String phoneId(Call call) {
        String phoneId = call.param("pid");
        if (!phoneId.matches("\\d{6,20}")) {
            throw KirimErrors.notFound();
        }
        if (!state.accounts.containsKey(phoneId)) {
            throw KirimErrors.forbiddenPhone();
        }
        return phoneId;
    }

    private Contact contact(Call call) {
        return book.contact(phoneId(call), call.param("id"));
    }
}
