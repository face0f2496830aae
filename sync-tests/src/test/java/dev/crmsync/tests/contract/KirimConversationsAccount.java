package dev.crmsync.tests.contract;

import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.Specimen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Kirim organisation and its conversations, each of another customer. */
final class KirimConversationsAccount extends KirimAccount {
    private int customers;

    @Override
    List<Calls> writes() {
        return List.of(new Calls("PATCH", "/conversations"));
    }

    @Override
    List<Calls> reads() {
        return List.of(new Calls("GET", "/conversations"));
    }

    @Override
    public Specimen specimen() {
        return new KirimConversations(this::user);
    }

    /** A member of the team, who joins it when first named. */
    private String user(int number) {
        String id = "usr_member_" + number;
        Map<String, String> user = Map.of("id", id, "name", "Sari " + number, "email", id + "@example.com");
        admin.any("POST", "/users", Map.of("users", List.of(user)));
        return id;
    }

    @Override
    public RecordRef make(Map<String, NativeValue> properties) {
        return seed(List.of(properties)).get(0);
    }

    @Override
    public List<RecordRef> seed(List<Map<String, NativeValue>> records) {
        List<Map<String, String>> persons = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            persons.add(Map.of("name", "Customer", "phone_number", "+62812" + (1_000_000 + ++customers)));
        }
        List<Map<String, Object>> messages = new ArrayList<>();
        admin.seed(persons).forEach(id -> messages.add(Map.of("op", "message", "contact_id", id, "text", "Halo")));
        List<RecordRef> begun = new ArrayList<>();
        done(messages).forEach(message -> begun.add(ref(message.get("conversation_id"))));
        List<Map<String, Object>> edits = new ArrayList<>();
        for (int i = 0; i < begun.size(); i++) {
            edits.addAll(doings(begun.get(i), records.get(i)));
        }
        done(edits);
        return begun;
    }

    @Override
    public void edit(RecordRef record, Map<String, NativeValue> properties) {
        done(doings(record, properties));
    }

    private static List<Map<String, Object>> doings(RecordRef record, Map<String, NativeValue> properties) {
        List<Map<String, Object>> doings = new ArrayList<>();
        properties.forEach((property, value) -> {
            @Nullable String text = value instanceof NativeValue.Text given ? given.text() : null;
            Map<String, Object> doing = new HashMap<>();
            doing.put("id", record.id());
            doing.put("op", property.equals(KirimConversations.STATUS) ? "status" : "assign");
            doing.put(property.equals(KirimConversations.STATUS) ? "status" : "user_id", text);
            doings.add(doing);
        });
        return doings;
    }

    @Override
    public void delete(RecordRef record) {
        done(List.of(Map.of("op", "delete", "id", record.id())));
    }

    private List<Map<?, ?>> done(List<Map<String, Object>> doings) {
        List<?> results = (List<?>) admin.any("POST", "/conversations/doings", Map.of("doings", doings))
                .get("results");
        List<Map<?, ?>> done = new ArrayList<>();
        for (Object result : results) {
            Map<?, ?> one = (Map<?, ?>) result;
            if (one.containsKey("error")) {
                throw new IllegalStateException(String.valueOf(one.get("error")));
            }
            done.add(one);
        }
        return done;
    }

    @Override
    public long records() {
        return ((Number) admin.any("GET", "/conversations", null).get("count")).longValue();
    }
}
