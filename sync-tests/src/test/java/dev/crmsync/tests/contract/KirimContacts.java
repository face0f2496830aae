package dev.crmsync.tests.contract;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.Specimen;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Contacts of Kirim. */
final class KirimContacts implements Specimen {
    @Override
    public String type() {
        return Contact.TYPE;
    }

    @Override
    public Map<String, NativeValue> record(int number) {
        return Map.of(
                "name", NativeValue.text("Budi " + number),
                "email", NativeValue.text("budi" + number + "@example.com"),
                "phone_number", NativeValue.text("+62812" + (1_000_000 + number)),
                "metadata", new NativeValue.Entries(Map.of("source", NativeValue.text("fair " + number))));
    }

    @Override
    public Map<String, NativeValue> edited(int number) {
        return Map.of(
                "name", NativeValue.text("Ana " + number),
                "email", NativeValue.text("ana" + number + "@example.com"));
    }

    @Override
    public Set<String> clearable() {
        return Set.of("name", "email");
    }

    @Override
    public RecordRef stranger() {
        return new RecordRef(SandboxAccount.SYSTEM, Contact.TYPE, "ctc_01HXYZABCDEFGHJKMNPQRSTVWX");
    }

    @Override
    public Optional<Map.Entry<String, NativeValue>> refused() {
        return Optional.of(Map.entry("email", NativeValue.text("no address at all")));
    }
}
