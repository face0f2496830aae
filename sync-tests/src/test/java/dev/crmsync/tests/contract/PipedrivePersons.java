package dev.crmsync.tests.contract;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.Specimen;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Persons of Pipedrive. */
final class PipedrivePersons implements Specimen {
    @Override
    public String type() {
        return Contact.TYPE;
    }

    @Override
    public Map<String, NativeValue> record(int number) {
        return Map.of(
                "name", NativeValue.text("Budi Hartono " + number),
                "email", NativeValue.text("budi" + number + "@example.com"),
                "phone", NativeValue.text("+62812" + (1_000_000 + number)));
    }

    @Override
    public Map<String, NativeValue> edited(int number) {
        return Map.of(
                "name", NativeValue.text("Anastasia Wijaya " + number),
                "email", NativeValue.text("ana" + number + "@example.com"));
    }

    @Override
    public Set<String> clearable() {
        return Set.of("email", "phone");
    }

    @Override
    public RecordRef stranger() {
        return new RecordRef(SandboxAccount.SYSTEM, Contact.TYPE, "99999999");
    }

    @Override
    public Optional<Map.Entry<String, NativeValue>> refused() {
        return Optional.of(Map.entry("name", NativeValue.EMPTY));
    }

    @Override
    public int moreThanOnePage() {
        return 520;
    }
}
