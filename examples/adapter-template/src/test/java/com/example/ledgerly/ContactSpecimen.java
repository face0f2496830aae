package com.example.ledgerly;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.Specimen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The contacts that the kit experiments with. */
final class ContactSpecimen implements Specimen {
    @Override
    public String type() {
        return Contact.TYPE;
    }

    /** Every property that is mapped, with values that Ledgerly shows as they were given. */
    @Override
    public Map<String, NativeValue> record(int number) {
        return Map.of(
                "name", NativeValue.text("Budi " + number),
                "email", NativeValue.text("budi" + number + "@mail.example"),
                "phone", NativeValue.text("+62812" + (1_000_000 + number)),
                "note", NativeValue.text("met at stand " + number),
                "tags", new NativeValue.Items(List.of(NativeValue.text("VIP"), NativeValue.text("t" + number))),
                "custom", new NativeValue.Entries(Map.of("city", NativeValue.text("Bandung " + number))));
    }

    @Override
    public Map<String, NativeValue> edited(int number) {
        return Map.of(
                "name", NativeValue.text("Ana " + number),
                "email", NativeValue.text("ana" + number + "@mail.example"));
    }

    /** All but the name, which Ledgerly requires. */
    @Override
    public Set<String> clearable() {
        return Set.of("email", "phone", "note", "tags");
    }

    @Override
    public RecordRef stranger() {
        return new RecordRef(LedgerlyAccount.SYSTEM, Contact.TYPE, "p_9999999");
    }

    @Override
    public Optional<Map.Entry<String, NativeValue>> refused() {
        return Optional.of(Map.entry("email", NativeValue.text("no address")));
    }
}
