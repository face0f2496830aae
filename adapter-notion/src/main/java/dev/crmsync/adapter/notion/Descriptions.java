package dev.crmsync.adapter.notion;

import dev.crmsync.spi.adapter.Describes.NativeProperty;
import java.util.ArrayList;
import java.util.List;

/** Tells which native properties a kind of records has. */
final class Descriptions {
    private Descriptions() {}

    static List<NativeProperty> of(Schema schema) {
        List<NativeProperty> described = new ArrayList<>();
        for (SchemaProperty property : schema.refresh()) {
            described.add(new NativeProperty(
                    Rows.property(property.name()), property.name(), property.type(), property.written(), false));
        }
        return described;
    }

    static List<NativeProperty> ofMessages() {
        return List.of(
                property(MessageMapping.BODY, "Text", "text"),
                property(MessageMapping.TIME, "Time, settled when it is made", "time"),
                property(MessageMapping.DIRECTION, "inbound or outbound, settled when it is made", "text"),
                property(MessageMapping.TICKET, "The ticket's page, settled when it is made", "page"));
    }

    private static NativeProperty property(String name, String label, String type) {
        return new NativeProperty(name, label, type, true, false);
    }
}
