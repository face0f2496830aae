package dev.crmsync.tests.contract;

import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.Specimen;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Deals of Pipedrive. */
final class PipedriveDeals implements Specimen {
    @Override
    public String type() {
        return Conversation.TYPE;
    }

    @Override
    public Map<String, NativeValue> record(int number) {
        return Map.of("title", NativeValue.text("Order " + number), "@state", NativeValue.text("1"));
    }

    @Override
    public Map<String, NativeValue> edited(int number) {
        return Map.of("title", NativeValue.text("Complaint " + number), "@state", NativeValue.text("3"));
    }

    @Override
    public Set<String> clearable() {
        return Set.of();
    }

    @Override
    public RecordRef stranger() {
        return new RecordRef(SandboxAccount.SYSTEM, Conversation.TYPE, "99999999");
    }

    @Override
    public Optional<Map.Entry<String, NativeValue>> refused() {
        return Optional.of(Map.entry("@state", NativeValue.text("99")));
    }

    @Override
    public int moreThanOnePage() {
        return 520;
    }
}
