package dev.crmsync.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Holds what both systems show against each other, field by field. */
final class Comparison {
    /** Says why a field of a Kirim contact is not held equal, or null when it should be. */
    interface Excuse {
        @Nullable String of(String kirimId, String field);
    }

    /** A field that differs without a reason. */
    record Differs(String kirimId, String field) {}

    private final List<String> unexplained = new ArrayList<>();
    private final List<Differs> differing = new ArrayList<>();
    private final Map<String, Integer> explained = new TreeMap<>();
    private int inStep;
    private int compared;
    private int reviews;

    Comparison(
            Map<String, Readback.Contact> kirim, Map<String, Readback.Contact> hubSpot, Excuse excuse, Excuse missing) {
        Map<String, Readback.Contact> byKey = new TreeMap<>();
        Map<String, String> keyless = new TreeMap<>();
        hubSpot.values().forEach(contact -> {
            if (contact.key() == null) {
                keyless.put(contact.fields().getOrDefault("email", ""), contact.id());
            } else {
                Readback.Contact twin = byKey.put(contact.key(), contact);
                if (twin != null) {
                    unexplained.add(contact.key() + ": HubSpot has it twice, as " + twin.id() + " and " + contact.id());
                }
            }
        });
        kirim.forEach((id, contact) -> {
            Readback.Contact other = byKey.remove(id);
            if (other != null) {
                compare(contact, other, excuse);
            } else if (keyless.containsKey(contact.fields().getOrDefault("email", "")) && missing.of(id, "") != null) {
                keyless.remove(contact.fields().getOrDefault("email", ""));
                reviews++;
            } else {
                unexplained.add(id + ": not in HubSpot");
            }
        });
        byKey.forEach((id, contact) -> unexplained.add(id + ": only in HubSpot, as " + contact.id()));
        keyless.values().forEach(id -> unexplained.add("HubSpot's " + id + ": has no Kirim id, and no review waits"));
    }

    private void compare(Readback.Contact kirim, Readback.Contact hubSpot, Excuse excuse) {
        boolean equal = true;
        for (Map.Entry<String, String> field : kirim.fields().entrySet()) {
            compared++;
            String theirs = Objects.requireNonNullElse(hubSpot.fields().get(field.getKey()), "");
            if (field.getValue().equals(theirs)) {
                continue;
            }
            String reason = excuse.of(kirim.id(), field.getKey());
            if (reason == null) {
                equal = false;
                unexplained.add(kirim.id() + "." + field.getKey() + ": Kirim shows \"" + field.getValue()
                        + "\", HubSpot \"" + theirs + "\"");
                differing.add(new Differs(kirim.id(), field.getKey()));
            } else {
                explained.merge(field.getKey() + " " + reason, 1, Integer::sum);
            }
        }
        if (equal) {
            inStep++;
        }
    }

    int inStep() {
        return inStep;
    }

    int compared() {
        return compared;
    }

    /** Contacts that have no record in HubSpot because a person must first say whether they are somebody else's. */
    int reviews() {
        return reviews;
    }

    Map<String, Integer> explained() {
        return explained;
    }

    List<Differs> differing() {
        return differing;
    }

    List<String> unexplained() {
        return unexplained;
    }
}
