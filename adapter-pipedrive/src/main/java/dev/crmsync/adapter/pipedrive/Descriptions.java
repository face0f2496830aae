package dev.crmsync.adapter.pipedrive;

import dev.crmsync.spi.adapter.Describes.NativeProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells which native properties a kind of records has in this account: those that every account has, and its custom fields. */
final class Descriptions {
    private final Map<ObjectKind, Catalogue> catalogues;

    Descriptions(Map<ObjectKind, Catalogue> catalogues) {
        this.catalogues = Map.copyOf(catalogues);
    }

    List<NativeProperty> of(ObjectKind kind) {
        List<NativeProperty> described = new ArrayList<>(standing(kind));
        Catalogue catalogue = catalogues.get(kind);
        if (kind.fields() != null && catalogue != null) {
            for (AccountField field : catalogue.refresh()) {
                if (field.custom()) {
                    described.add(new NativeProperty(
                            CustomFields.property(field.name()), field.name(), field.type(), field.written(), false));
                }
            }
        }
        return described;
    }

    private static List<NativeProperty> standing(ObjectKind kind) {
        if (kind.equals(ObjectKind.PERSON)) {
            return List.of(
                    property(ContactMapping.NAME, "Name", "varchar"),
                    property(ContactMapping.EMAIL, "Primary e-mail", "varchar"),
                    property(ContactMapping.PHONE, "Primary phone", "phone"),
                    property(ContactMapping.LABELS, "Labels", "set"),
                    property(ContactMapping.OWNER, "Owner", "user"));
        } else if (kind.fields() == null) {
            return List.of(
                    property(MessageMapping.BODY, "Text", "text"),
                    property(MessageMapping.TIME, "Time, settled when it is made", "time"),
                    property(MessageMapping.DIRECTION, "inbound or outbound, settled when it is made", "varchar"),
                    property(MessageMapping.TICKET, "The deal or lead, settled when it is made", "deal"));
        }
        return List.of(
                property(TicketMapping.TITLE, "Title", "varchar"),
                property(TicketMapping.STATE, "Stage, or won, lost, open, archived", "status"),
                property(TicketMapping.OWNER, "Owner", "user"),
                property(TicketMapping.PERSON, "Person", "people"),
                new NativeProperty(TicketMapping.CLOSED, "Time of closing", "time", false, false));
    }

    private static NativeProperty property(String name, String label, String type) {
        return new NativeProperty(name, label, type, true, false);
    }
}
