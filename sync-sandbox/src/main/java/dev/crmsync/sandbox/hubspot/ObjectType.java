package dev.crmsync.sandbox.hubspot;

import java.util.ArrayList;
import java.util.List;

/**
 * One type of CRM object, as far as it is data.
 *
 * @param plural its name in paths
 * @param singular its name in classic webhooks
 * @param id its numeric type id
 * @param modified the property that holds the time of the last change
 * @param shown the properties that are shown when none are asked for
 * @param unique the vendor's own unique property; empty when there is none
 * @param merges whether two can be merged
 * @param takesUnique whether custom properties may be unique
 */
record ObjectType(
        String plural,
        String singular,
        String id,
        String modified,
        List<String> shown,
        String unique,
        boolean merges,
        boolean takesUnique) {
    static final ObjectType CONTACTS = new ObjectType(
            "contacts",
            "contact",
            "0-1",
            "lastmodifieddate",
            List.of("email", "firstname", "lastname"),
            HubSpotSchema.EMAIL,
            true,
            true);
    static final ObjectType TICKETS = new ObjectType(
            "tickets",
            "ticket",
            "0-5",
            "hs_lastmodifieddate",
            List.of(
                    "subject",
                    "content",
                    "hs_pipeline",
                    "hs_pipeline_stage",
                    "hs_ticket_category",
                    "hs_ticket_priority"),
            "",
            true,
            true);
    static final ObjectType NOTES =
            new ObjectType("notes", "note", "0-46", "hs_lastmodifieddate", List.of(), "", false, false);

    static final List<ObjectType> ALL = List.of(CONTACTS, TICKETS, NOTES);

    /** The type of a name or id in a path; throws as the vendor does where there is none. */
    static ObjectType named(String name) {
        return ALL.stream()
                .filter(type -> type.plural.equals(name) || type.singular.equals(name) || type.id.equals(name))
                .findFirst()
                .orElseThrow(() -> HubSpotErrors.validation("Unable to infer object type from: " + name));
    }

    /** The numbered path and the dated ones, by name and by id, below a beginning such as {@code objects}. */
    List<String> bases(String area) {
        List<String> bases = new ArrayList<>();
        for (String base : HubSpotPaths.of(area)) {
            bases.add(base + "/" + plural);
            bases.add(base + "/" + id);
        }
        return bases;
    }

    /** The word that stands for it in messages. */
    String word() {
        return Character.toUpperCase(singular.charAt(0)) + singular.substring(1);
    }
}
