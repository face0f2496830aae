package dev.crmsync.tests.kirim;

import dev.crmsync.engine.Why;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Stance;
import dev.crmsync.review.Review;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads both accounts behind the vendors' backs, and says everything that nobody can explain: a value that an owner left and that
 * is not everywhere, a contact, a ticket or a note that is missing or there twice.
 */
final class Judge {
    private static final Map<String, String> STAGES = Map.of("1", "open", "2", "pending", "3", "open", "4", "resolved");

    private final TwoAccounts accounts;
    private final String sync;
    private final People people;
    private final boolean allTold;
    private final boolean unassignedTold;
    private final List<String> faults = new ArrayList<>();

    /** Conversations of contacts whom HubSpot has not, or of whom somebody else must say who they are. */
    private final Set<String> elsewhere = new HashSet<>();

    /**
     * @param allTold whether every event was delivered, so that what only events tell must be known
     * @param unassignedTold whether Kirim has an event for it that nobody attends to a conversation any more
     */
    Judge(TwoAccounts accounts, String sync, People people, boolean allTold, boolean unassignedTold) {
        this.accounts = accounts;
        this.sync = sync;
        this.people = people;
        this.allTold = allTold;
        this.unassignedTold = unassignedTold;
    }

    List<String> faults() {
        Map<String, Map<String, Object>> byKey = new TreeMap<>();
        for (Map<String, Object> contact : present(accounts.crm.dump())) {
            String key = property(contact, "kirim_contact_id");
            if (!key.isEmpty() && byKey.put(key, contact) != null) {
                faults.add("HubSpot has " + key + " twice");
            }
        }
        Set<String> asked = asked();
        Map<String, String> inCrm = new HashMap<>();
        for (Map<String, Object> contact : accounts.kirim.dump()) {
            String id = String.valueOf(contact.get("id"));
            Map<String, Object> theirs = byKey.get(id);
            if (theirs != null) {
                inCrm.put(id, String.valueOf(theirs.get("id")));
                compare(id, contact, theirs);
            } else if (!asked.contains(accounts.engine.linkOf(sync, accounts.ref(id)))
                    && !people.entangled.contains(id)) {
                faults.add(id + " is not in HubSpot, and nobody was asked about it");
            }
        }
        tickets(inCrm);
        notes();
        if (accounts.engine.status(sync).deadLetters() > 0) {
            accounts.engine.deadLetters(sync).list(null, 5).forEach(letter -> faults.add("dead letter: " + letter));
        }
        return faults;
    }

    static List<Map<String, Object>> present(List<Map<String, Object>> contacts) {
        return new ArrayList<>(contacts.stream()
                .filter(contact -> !Boolean.TRUE.equals(contact.get("archived")))
                .toList());
    }

    static String property(Map<?, ?> object, String name) {
        Object value = ((Map<?, ?>) object.get("properties")).get(name);
        return value == null ? "" : String.valueOf(value);
    }

    /** The links about which a person is asked whether they are others. */
    private Set<String> asked() {
        Set<String> links = new HashSet<>();
        for (Review review : accounts.engine.reviews(sync).open(null, 200)) {
            if (review.reason() == Reason.MATCH_REVIEW
                    || review.reason() == Reason.DUPLICATE_REVIEW
                    || review.field() == null) {
                links.add(review.link());
                links.addAll(review.candidates());
            }
        }
        return links;
    }

    private void compare(String id, Map<String, Object> kirim, Map<String, Object> crm) {
        if (people.entangled.contains(id)) {
            return;
        }
        Map<String, String> left = people.left.getOrDefault(id, Map.of());
        Object metadata = kirim.get("metadata");
        Object segment = metadata instanceof Map<?, ?> bag ? bag.get("crm_segment") : null;
        same(
                id,
                Contact.NAME,
                text(kirim.get("name")),
                (property(crm, "firstname") + " " + property(crm, "lastname")),
                null);
        same(id, Contact.EMAIL, text(kirim.get("email")), property(crm, "email"), left.get("email"));
        same(id, Contact.PHONE, text(kirim.get("phone_number")), property(crm, "phone"), left.get("phone"));
        same(
                id,
                Contact.METADATA.entry("crm_segment"),
                text(segment),
                property(crm, "crm_segment"),
                left.get("crm_segment"));
        if (allTold) {
            Set<String> labels = new TreeSet<>();
            ((List<?>) kirim.get("labels")).forEach(label -> labels.add(String.valueOf(label)));
            Set<String> shown =
                    new TreeSet<>(Arrays.asList(property(crm, "whatsapp_labels").split(";")));
            shown.remove("");
            same(id, Contact.LABELS, String.valueOf(labels), String.valueOf(shown), null);
        }
        if (metadata instanceof Map<?, ?> bag
                && bag.containsKey("note")
                && !String.valueOf(bag.get("note")).equals("7")) {
            faults.add(id + ": a key of Kirim's own was changed to " + bag.get("note"));
        }
    }

    private static String text(Object value) {
        return value == null ? "" : String.valueOf(value);
    }

    /**
     * One field of both sides.
     *
     * @param left what its owner left it with, or null where nobody touched it there
     */
    private void same(String id, Field field, String kirim, String crm, String left) {
        boolean equal = plain(kirim).equals(plain(crm));
        if (equal && (left == null || plain(left).equals(plain(kirim)))) {
            return;
        }
        Why why = accounts.engine.why(sync, accounts.ref(id), field);
        boolean owned = field.equals(Contact.PHONE)
                ? plain(kirim).equals(plain(left == null ? kirim : left))
                : plain(crm).equals(plain(left == null ? crm : left));
        // Kirim tells labels by events alone: of one that came too late to be believed nothing is known, and nothing is
        // taken for empty.
        boolean untold = field.equals(Contact.LABELS) && why.agreed() == null;
        boolean explained = untold || why.systems().values().stream().anyMatch(at -> at.stance() != Stance.FOLLOWS);
        if (!owned || !explained) {
            faults.add(id + "." + field.name() + ": Kirim shows \"" + kirim + "\", HubSpot \"" + crm
                    + "\", its owner left \"" + left + "\"\n" + why.text());
        }
    }

    private static String plain(String value) {
        return value.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    private void tickets(Map<String, String> inCrm) {
        Map<String, Map<?, ?>> byKey = new TreeMap<>();
        for (Object one : (List<?>) accounts.crm.any("GET", "/tickets", null).get("tickets")) {
            Map<?, ?> ticket = (Map<?, ?>) one;
            String key = property(ticket, "kirim_conversation_id");
            if (byKey.put(key, ticket) != null) {
                faults.add("HubSpot has two tickets of " + key);
            }
        }
        List<?> associations =
                ((List<?>) accounts.crm.any("GET", "/associations", null).get("associations"));
        Map<String, String> addresses = new HashMap<>();
        ((List<?>) accounts.kirim.any("GET", "/users", null).get("users"))
                .forEach(user -> addresses.put(
                        String.valueOf(((Map<?, ?>) user).get("id")), String.valueOf(((Map<?, ?>) user).get("email"))));
        Map<String, String> owners = new HashMap<>(Map.of("", "", "null", ""));
        ((List<?>) accounts.crm.any("GET", "/owners", null).get("owners"))
                .forEach(owner -> owners.put(
                        String.valueOf(((Map<?, ?>) owner).get("id")),
                        String.valueOf(((Map<?, ?>) owner).get("email"))));
        for (Object one :
                (List<?>) accounts.kirim.any("GET", "/conversations", null).get("conversations")) {
            Map<?, ?> conversation = (Map<?, ?>) one;
            String id = String.valueOf(conversation.get("id"));
            String contact = String.valueOf(conversation.get("contact_id"));
            Map<?, ?> ticket = byKey.remove(id);
            if (!inCrm.containsKey(contact) || people.entangled.contains(contact)) {
                elsewhere.add(id);
                continue;
            }
            if (ticket == null) {
                // Kirim lists no conversation that is resolved: one of which nothing was ever told is not known.
                if (allTold || !"resolved".equals(conversation.get("status"))) {
                    faults.add(id + " has no ticket");
                }
                continue;
            }
            String status = STAGES.getOrDefault(property(ticket, "hs_pipeline_stage"), "?");
            String assignee = text(conversation.get("assigned_to"));
            String shown = owners.getOrDefault(property(ticket, "hubspot_owner_id"), "?");
            String attends = addresses.getOrDefault(assignee, "");
            Why why = why(id, "assignee");
            // Where Kirim never had anybody attend to it, who was put there in HubSpot stays.
            boolean kept = attends.isEmpty() && why.agreed() == null;
            // Kirim lists no resolved conversation: that nobody attends to it any more must have been told.
            boolean unheard = attends.isEmpty() && "resolved".equals(status) && !(allTold && unassignedTold);
            if (!status.equals(conversation.get("status")) || !shown.equals(attends) && !kept && !unheard) {
                faults.add(id + ": Kirim shows " + conversation.get("status") + " with " + attends + ", HubSpot "
                        + status + " with " + shown + "\n" + why(id, "status").text() + "\n" + why.text());
            }
            String pair = "tickets/" + ticket.get("id") + ">contacts/" + inCrm.get(contact);
            if (associations.stream().noneMatch(each -> pair.equals(String.valueOf(each)))) {
                faults.add(id + " is not at its contact: " + pair);
            }
        }
        byKey.keySet().stream().filter(key -> !key.isEmpty()).forEach(key -> faults.add("a ticket of nothing: " + key));
    }

    private Why why(String conversation, String field) {
        return accounts.engine.why(
                sync,
                new RecordRef("kirim", "conversation", conversation),
                RecordType.CONVERSATION.field(field).orElseThrow());
    }

    private void notes() {
        Map<String, String> notes = new TreeMap<>();
        for (Object note : (List<?>) accounts.crm.any("GET", "/notes", null).get("notes")) {
            String key = property((Map<?, ?>) note, "kirim_message_id");
            if (notes.put(key, property((Map<?, ?>) note, "hs_note_body")) != null) {
                faults.add("HubSpot has two notes of " + key);
            }
        }
        for (Object one : (List<?>) accounts.kirim.any("GET", "/messages", null).get("messages")) {
            Map<?, ?> message = (Map<?, ?>) one;
            String id = String.valueOf(message.get("id"));
            String note = notes.remove(id);
            String text = String.valueOf(((Map<?, ?>) message.get("text")).get("body"));
            boolean placed = !elsewhere.contains(String.valueOf(message.get("conversation_id")));
            if (note == null && allTold && placed) {
                faults.add(id + " has no note: " + message);
            } else if (note != null && !note.replace("&lt;", "<").equals(text)) {
                faults.add(id + " reads \"" + text + "\", its note \"" + note + "\"");
            }
        }
        notes.keySet().forEach(key -> faults.add("a note of nothing: " + key));
    }
}
