package dev.crmsync.sandbox.hubspot;

import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.hubspot.HubSpotState.ContactList;
import dev.crmsync.sandbox.hubspot.HubSpotState.CrmObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who belongs to which list, and since when. Guarded by the stand-in's lock. */
final class HubSpotMembers {
    private final Parts parts;
    private final HubSpotState state;
    private final HubSpotBook contacts;

    HubSpotMembers(Parts parts, HubSpotState state, HubSpotBook contacts) {
        this.parts = parts;
        this.state = state;
        this.contacts = contacts;
    }

    /** What became of a change, by contact. */
    record Change(List<String> added, List<String> removed, List<String> missing) {}

    /** When each member came, in milliseconds, by the id under which it is known today. */
    SortedMap<Long, Long> of(ContactList list) {
        SortedMap<Long, Long> members = new TreeMap<>();
        if (dynamic(list)) {
            for (CrmObject contact : state.shelf(ObjectType.CONTACTS).objects.values()) {
                if (!contact.archived && list.value.equals(contact.properties.getOrDefault(list.property, ""))) {
                    members.put(Long.parseLong(contact.id), contact.createdAt);
                }
            }
            return members;
        }
        for (Map.Entry<String, Long> member : list.members.entrySet()) {
            CrmObject contact = contacts.byId(member.getKey());
            if (contact != null && !contact.archived) {
                members.merge(Long.parseLong(contact.id), member.getValue(), Math::min);
            }
        }
        return members;
    }

    /** Takes contacts in and out; one that is not there, or archived, is missing. */
    Change change(ContactList list, List<String> in, List<String> out) {
        if (dynamic(list)) {
            throw HubSpotErrors.validation("The memberships of a DYNAMIC list cannot be changed");
        }
        Change change = new Change(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Set<Long> present = new HashSet<>(of(list).keySet());
        for (String id : in) {
            CrmObject contact = contacts.byId(id);
            if (contact == null || contact.archived) {
                change.missing.add(id);
            } else if (present.add(Long.parseLong(contact.id))) {
                list.members.put(contact.id, parts.clock().millis());
                change.added.add(contact.id);
            }
        }
        for (String id : out) {
            CrmObject contact = contacts.byId(id);
            if (contact == null) {
                change.missing.add(id);
            } else if (list.members.keySet().removeIf(member -> same(contact, member))) {
                change.removed.add(contact.id);
            }
        }
        list.updatedAt = parts.clock().millis();
        parts.changed().run();
        return change;
    }

    private boolean same(CrmObject contact, String member) {
        CrmObject other = contacts.byId(member);
        return other != null && other.id.equals(contact.id);
    }

    static boolean dynamic(ContactList list) {
        return list.processingType.equals("DYNAMIC");
    }
}
