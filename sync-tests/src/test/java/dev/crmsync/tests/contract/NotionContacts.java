package dev.crmsync.tests.contract;

import static dev.crmsync.tests.contract.NotionAccount.PREFIX;
import static dev.crmsync.tests.contract.NotionAccount.TITLE;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.Specimen;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pages of Notion that are contacts. */
final class NotionContacts implements Specimen {
    @Override
    public String type() {
        return Contact.TYPE;
    }

    @Override
    public Map<String, NativeValue> record(int number) {
        return Map.of(
                TITLE,
                NativeValue.text("Budi Hartono " + number),
                PREFIX + "Email",
                NativeValue.text("budi" + number + "@example.com"),
                PREFIX + "Phone",
                NativeValue.text("+62812" + (1_000_000 + number)));
    }

    @Override
    public Map<String, NativeValue> edited(int number) {
        return Map.of(
                TITLE,
                NativeValue.text("Anastasia Wijaya " + number),
                PREFIX + "Email",
                NativeValue.text("ana" + number + "@example.com"));
    }

    @Override
    public Set<String> clearable() {
        return Set.of(PREFIX + "Email", PREFIX + "Phone");
    }

    @Override
    public RecordRef stranger() {
        return new RecordRef(SandboxAccount.SYSTEM, Contact.TYPE, "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d");
    }

    @Override
    public Optional<Map.Entry<String, NativeValue>> refused() {
        return Optional.of(Map.entry(PREFIX + "Email", NativeValue.text("e".repeat(300))));
    }

    @Override
    public int moreThanOnePage() {
        return 120;
    }
}
