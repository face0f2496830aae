package dev.crmsync.tests.contract;

import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.Specimen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Kirim organisation and its contacts. */
final class KirimContactsAccount extends KirimAccount {
    @Override
    List<Calls> writes() {
        return List.of(new Calls("POST", "/contacts"), new Calls("PATCH", "/contacts"));
    }

    @Override
    List<Calls> reads() {
        return List.of(new Calls("GET", "/contacts"));
    }

    @Override
    public Specimen specimen() {
        return new KirimContacts();
    }

    /** As JSON, of which Kirim's admin endpoint takes maps of values. */
    private static @Nullable Object json(NativeValue value) {
        if (value instanceof NativeValue.Text text) {
            return text.text();
        } else if (value instanceof NativeValue.Entries entries) {
            return json(entries.entries());
        }
        return null;
    }

    private static Map<String, @Nullable Object> json(Map<String, NativeValue> properties) {
        Map<String, @Nullable Object> json = new HashMap<>();
        properties.forEach((property, value) -> json.put(property, json(value)));
        return json;
    }

    private String edit(Map<String, ?> more, Map<String, NativeValue> properties) {
        Map<String, Object> edit = new HashMap<>(json(properties));
        edit.putAll(more);
        return String.valueOf(admin.edit(edit).get("id"));
    }

    @Override
    public RecordRef make(Map<String, NativeValue> properties) {
        return ref(edit(Map.of("op", "create"), properties));
    }

    @Override
    public void edit(RecordRef record, Map<String, NativeValue> properties) {
        edit(Map.of("op", "patch", "id", record.id()), properties);
    }

    @Override
    public void delete(RecordRef record) {
        admin.edit(Map.of("op", "delete", "id", record.id()));
    }

    @Override
    public List<RecordRef> seed(List<Map<String, NativeValue>> records) {
        return admin.seed(records.stream().map(KirimContactsAccount::json).toList()).stream()
                .map(this::ref)
                .toList();
    }

    @Override
    public long records() {
        return admin.dump().size();
    }
}
