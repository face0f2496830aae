package dev.crmsync.tests.contract;

import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.Specimen;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tickets of HubSpot. */
final class HubSpotTickets implements Specimen {
    @Override
    public String type() {
        return Conversation.TYPE;
    }

    @Override
    public Map<String, NativeValue> record(int number) {
        return Map.of(
                "subject", NativeValue.text("Order " + number),
                "hs_pipeline_stage", NativeValue.text("1"));
    }

    @Override
    public Map<String, NativeValue> edited(int number) {
        return Map.of(
                "subject", NativeValue.text("Complaint " + number),
                "hs_pipeline_stage", NativeValue.text("2"));
    }

    @Override
    public Set<String> clearable() {
        return Set.of("subject");
    }

    @Override
    public RecordRef stranger() {
        return new RecordRef(SandboxAccount.SYSTEM, Conversation.TYPE, "999999999999");
    }

    @Override
    public Optional<Map.Entry<String, NativeValue>> refused() {
        return Optional.of(Map.entry("hs_pipeline_stage", NativeValue.text("no such stage")));
    }
}
