package dev.crmsync.tests.contract;

import static dev.crmsync.tests.contract.NotionAccount.PREFIX;
import static dev.crmsync.tests.contract.NotionAccount.TITLE;

import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.Specimen;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pages of Notion that are tickets. */
final class NotionTickets implements Specimen {
    @Override
    public String type() {
        return Conversation.TYPE;
    }

    @Override
    public Map<String, NativeValue> record(int number) {
        return Map.of(TITLE, NativeValue.text("Order " + number), PREFIX + "Status", NativeValue.text("Open"));
    }

    @Override
    public Map<String, NativeValue> edited(int number) {
        return Map.of(TITLE, NativeValue.text("Complaint " + number), PREFIX + "Status", NativeValue.text("Closed"));
    }

    @Override
    public Set<String> clearable() {
        return Set.of(TITLE, PREFIX + "Status");
    }

    @Override
    public RecordRef stranger() {
        return new RecordRef(SandboxAccount.SYSTEM, Conversation.TYPE, "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d");
    }

    @Override
    public Optional<Map.Entry<String, NativeValue>> refused() {
        return Optional.of(Map.entry(PREFIX + "Status", NativeValue.text("no, such option")));
    }

    @Override
    public int moreThanOnePage() {
        return 120;
    }
}
