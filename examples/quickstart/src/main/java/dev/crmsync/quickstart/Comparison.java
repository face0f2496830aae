package dev.crmsync.quickstart;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Holds what Kirim and a CRM show against each other, field by field. */
final class Comparison {
    /** Says why a field of a Kirim contact is not held equal, or null when it should be. */
    interface Excuse {
        @Nullable String of(String kirimId, String field);
    }

    /** What a contact waits for before the CRM gets a record of it. */
    enum Wait {
        /** That a person says whether it is somebody else's. */
        ANSWER,
        /** That somebody gives it a name, without which the CRM keeps nobody. */
        NAME
    }

    /** Says what a Kirim contact waits for, or null when it should be in the CRM. */
    interface Missing {
        @Nullable Wait of(String kirimId);
    }

    /** A field that differs, or is not there, without a reason. */
    record Differs(String kirimId, String field) {}

    private final List<String> unexplained = new ArrayList<>();
    private final List<Differs> differing = new ArrayList<>();
    private final Map<String, Integer> explained = new TreeMap<>();
    private final Map<Wait, Integer> waiting = new EnumMap<>(Wait.class);
    private final Set<String> nameless = new HashSet<>();
    private final String crmName;
    private final Set<String> inStep = new TreeSet<>();
    private int compared;

    Comparison(
            Map<String, Readback.Contact> kirim,
            String crmName,
            Map<String, Readback.Contact> crm,
            Excuse excuse,
            Missing missing,
            Predicate<String> askedAbout) {
        this.crmName = crmName;
        Map<String, Readback.Contact> byKey = new TreeMap<>();
        Map<String, String> keyless = new TreeMap<>();
        crm.values().forEach(contact -> {
            if (contact.key() == null) {
                keyless.put(address(contact), contact.id());
            } else {
                Readback.Contact twin = byKey.put(contact.key(), contact);
                if (twin != null) {
                    unexplained.add(
                            contact.key() + ": " + crmName + " has it twice, as " + twin.id() + " and " + contact.id());
                }
            }
        });
        Set<String> addresses = new HashSet<>();
        kirim.forEach((id, contact) -> {
            addresses.add(address(contact));
            Readback.Contact other = byKey.remove(id);
            if (other != null) {
                compare(contact, other, excuse);
            } else if (!waits(contact, missing.of(id))) {
                unexplained.add(id + ": not in " + crmName);
                differing.add(new Differs(id, "name"));
            }
        });
        byKey.forEach((id, contact) -> unexplained.add(id + ": only in " + crmName + ", as " + contact.id()));
        // Whoever shares no address with anybody in Kirim is the CRM's own affair.
        keyless.keySet().retainAll(addresses);
        keyless.values().stream()
                .filter(id -> !askedAbout.test(id))
                .forEach(id -> unexplained.add(crmName + "'s " + id + ": has no Kirim id, and no review waits"));
    }

    private static String address(Readback.Contact contact) {
        return contact.fields().getOrDefault("email", "");
    }

    private boolean waits(Readback.Contact kirim, @Nullable Wait wait) {
        if (wait == null) {
            return false;
        }
        if (wait == Wait.NAME) {
            nameless.add(kirim.id());
        }
        waiting.merge(wait, 1, Integer::sum);
        return true;
    }

    private void compare(Readback.Contact kirim, Readback.Contact crm, Excuse excuse) {
        boolean equal = true;
        for (Map.Entry<String, String> field : kirim.fields().entrySet()) {
            compared++;
            String theirs = Objects.requireNonNullElse(crm.fields().get(field.getKey()), "");
            if (field.getValue().equals(theirs)) {
                continue;
            }
            String reason = excuse.of(kirim.id(), field.getKey());
            if (reason == null) {
                equal = false;
                unexplained.add(kirim.id() + "." + field.getKey() + ": Kirim shows \"" + field.getValue() + "\", "
                        + crmName + " \"" + theirs + "\"");
                differing.add(new Differs(kirim.id(), field.getKey()));
            } else {
                explained.merge(field.getKey() + " " + reason, 1, Integer::sum);
            }
        }
        if (equal) {
            inStep.add(kirim.id());
        }
    }

    /** The Kirim ids of those who are equal, or have a reason not to be. */
    Set<String> inStep() {
        return inStep;
    }

    int compared() {
        return compared;
    }

    /** How many contacts have no record in the CRM yet, as they wait for this. */
    int waiting(Wait wait) {
        return waiting.getOrDefault(wait, 0);
    }

    /** The Kirim ids of those who wait for a name. */
    Set<String> nameless() {
        return nameless;
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
