package dev.crmsync.tests.contract;

import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.Specimen;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/** Conversations of Kirim, which customers begin; of them its API takes a status and who attends to one. */
final class KirimConversations implements Specimen {
    static final String STATUS = "status";
    static final String ASSIGNED_TO = "assigned_to";

    private final IntFunction<String> users;

    /**
     * Conversations that members of the team attend to.
     *
     * @param users the id of a member, another for each number
     */
    KirimConversations(IntFunction<String> users) {
        this.users = users;
    }

    @Override
    public String type() {
        return Conversation.TYPE;
    }

    @Override
    public Map<String, NativeValue> record(int number) {
        return Map.of(STATUS, NativeValue.text("open"), ASSIGNED_TO, NativeValue.text(users.apply(number)));
    }

    @Override
    public Map<String, NativeValue> edited(int number) {
        return Map.of(STATUS, NativeValue.text("resolved"), ASSIGNED_TO, NativeValue.text(users.apply(number)));
    }

    @Override
    public Set<String> clearable() {
        return Set.of(ASSIGNED_TO);
    }

    @Override
    public RecordRef stranger() {
        return new RecordRef(SandboxAccount.SYSTEM, Conversation.TYPE, "cnv_01HXYZABCDEFGHJKMNPQRSTVWX");
    }

    @Override
    public Optional<Map.Entry<String, NativeValue>> refused() {
        return Optional.of(Map.entry(STATUS, NativeValue.text("no such status")));
    }

    @Override
    public boolean madeByPeople() {
        return true;
    }
}
