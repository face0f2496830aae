package com.example.ledgerly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Ledgerly's books, written from what its documentation would say and from nothing else: what becomes of a value, what is
 * refused, how late the search is. People and apps change them alike; who it was stands in the webhook.
 */
final class VendorBooks {
    private static final Duration SEARCH_LAG = Duration.ofSeconds(10);
    private static final int LONGEST_NOTE = 500;

    final VendorPost post = new VendorPost();
    private final Map<String, VendorContact> contacts = new TreeMap<>();
    private Instant now = Instant.parse("2026-03-01T09:00:30Z");
    private long sequence;

    /** Each look moves the clock on, so that no two changes bear the same time. */
    synchronized Instant now() {
        now = now.plusMillis(1);
        return now;
    }

    synchronized void pass(Duration time) {
        now = now.plus(time);
    }

    // Changes; an app is null for a person at the pages

    synchronized VendorContact create(ObjectNode given, @Nullable String app) {
        VendorContact made = new VendorContact("p_" + (1_000_001 + contacts.size()), now());
        ObjectNode kept = kept(made, given);
        if (kept.path("name").asText("").isBlank()) {
            throw new Refused(422, "required", "name");
        }
        contacts.put(made.id, made);
        return keep(made, kept, "contact.created", app);
    }

    synchronized VendorContact change(String id, ObjectNode given, @Nullable String app) {
        VendorContact contact = there(id);
        return keep(contact, kept(contact, given), "contact.updated", app);
    }

    synchronized void archive(String id, @Nullable String app) {
        VendorContact contact = there(id);
        touch(contact);
        contact.archived = contact.updated;
        post.send(now(), "contact.archived", app, contact, JsonNodeFactory.instance.objectNode());
    }

    synchronized void merge(String loser, String survivor) {
        VendorContact gone = there(loser);
        there(survivor);
        touch(gone);
        gone.archived = gone.updated;
        gone.mergedInto = survivor;
        post.send(now(), "contact.merged", null, gone, JsonNodeFactory.instance.objectNode());
    }

    private VendorContact keep(VendorContact contact, ObjectNode kept, String type, @Nullable String app) {
        ObjectNode changed = JsonNodeFactory.instance.objectNode();
        kept.properties().forEach(one -> {
            if (!one.getValue().equals(contact.values.get(one.getKey()))) {
                changed.set(one.getKey(), one.getValue());
            }
        });
        // A change that changes nothing is neither dated nor told.
        if (!changed.isEmpty()) {
            contact.values.setAll(changed);
            touch(contact);
            post.send(now(), type, app, contact, changed);
        }
        return contact;
    }

    private void touch(VendorContact contact) {
        contact.updated = now();
        contact.sequence = ++sequence;
    }

    // What becomes of values

    private static ObjectNode kept(VendorContact contact, ObjectNode given) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        given.properties().forEach(one -> kept.set(one.getKey(), kept(contact, one.getKey(), one.getValue())));
        return kept;
    }

    private static JsonNode kept(VendorContact contact, String property, JsonNode value) {
        if (property.equals("tags") && (value.isArray() || value.isNull())) {
            return value.isNull() ? JsonNodeFactory.instance.arrayNode() : value;
        } else if (property.equals("custom") && value.isObject()) {
            return custom((ObjectNode) contact.values.get("custom"), (ObjectNode) value);
        } else if (!VendorContact.TEXTS.contains(property) || !(value.isTextual() || value.isNull())) {
            throw new Refused(422, "invalid", property);
        } else if (value.asText("").isEmpty() || value.isNull()) {
            if (property.equals("name")) {
                throw new Refused(422, "required", property);
            }
            return JsonNodeFactory.instance.nullNode();
        }
        return JsonNodeFactory.instance.textNode(text(property, value.textValue()));
    }

    private static String text(String property, String value) {
        if (property.equals("email")) {
            if (!value.contains("@")) {
                throw new Refused(422, "invalid", property);
            }
            return value.strip().toLowerCase(Locale.ROOT);
        }
        boolean cut = property.equals("note") && value.length() > LONGEST_NOTE;
        return cut ? value.substring(0, LONGEST_NOTE) : value;
    }

    /** Keys that are not named stay, and null takes one away. */
    private static ObjectNode custom(ObjectNode before, ObjectNode given) {
        ObjectNode after = before.deepCopy();
        given.properties().forEach(one -> {
            if (one.getValue().isNull()) {
                after.remove(one.getKey());
            } else {
                after.set(one.getKey(), one.getValue());
            }
        });
        return after;
    }

    // Looks

    /** A contact that is not archived. */
    synchronized VendorContact there(String id) {
        VendorContact contact = known(id);
        if (contact.archived != null) {
            throw new Refused(410, "archived", "");
        }
        return contact;
    }

    /** A contact, archived or not. */
    synchronized VendorContact known(String id) {
        VendorContact contact = contacts.get(id);
        if (contact == null) {
            throw new Refused(404, "not_found", "");
        }
        return contact;
    }

    synchronized List<VendorContact> after(@Nullable String id) {
        return where(one -> one.archived == null && (id == null || one.id.compareTo(id) > 0), one -> one.id);
    }

    /** The search's index lags. */
    synchronized List<VendorContact> search(String externalId) {
        Instant indexed = now().minus(SEARCH_LAG);
        return where(
                one -> one.archived == null
                        && !one.made.isAfter(indexed)
                        && externalId.equals(one.values.path("external_id").textValue()),
                one -> one.id);
    }

    synchronized List<VendorContact> changedAfter(long number) {
        return where(one -> one.sequence > number, one -> one.sequence);
    }

    synchronized List<VendorContact> changedSince(Instant time) {
        return where(one -> !one.updated.isBefore(time), one -> one.sequence);
    }

    private <K extends Comparable<K>> List<VendorContact> where(
            Predicate<VendorContact> asked, Function<VendorContact, K> order) {
        return contacts.values().stream()
                .filter(asked)
                .sorted(Comparator.comparing(order))
                .toList();
    }

    synchronized long count() {
        return after(null).size();
    }
}
