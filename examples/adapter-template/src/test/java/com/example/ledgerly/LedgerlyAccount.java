package com.example.ledgerly;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.SecretSink;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.Lever;
import dev.crmsync.testkit.adapter.Specimen;
import dev.crmsync.testkit.adapter.TestAccount;
import dev.crmsync.testkit.adapter.Trouble;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An account at the stand-in, and all that can be done with it past the adapter. Each lever is a small interface: begin
 * with none, and add one when the report says that a rule was not measured for want of it.
 */
final class LedgerlyAccount
        implements TestAccount,
                Lever.Hand,
                Lever.Deletes,
                Lever.Merges,
                Lever.Webhooks,
                Lever.Time,
                Lever.Troubles,
                Lever.Counts,
                Lever.Seeds,
                Lever.Elsewhere {
    static final String SYSTEM = "crm";

    final LedgerlyVendor vendor = new LedgerlyVendor();

    /** What a host would write into its configuration. */
    static Map<String, String> settings(URI base) {
        return Map.of("baseUrl", base.toString(), "appId", LedgerlyVendor.APP);
    }

    static Map<String, SecretSource> keys() {
        return Map.of(
                "token", SecretSource.of(LedgerlyVendor.TOKEN), "webhookSecret", SecretSource.of(VendorPost.SECRET));
    }

    @Override
    public Adapter adapter() {
        return adapterAt(vendor.url());
    }

    @Override
    public Adapter adapterAt(URI base) {
        return new LedgerlyProvider()
                .create(new AdapterConfig(
                        SYSTEM, settings(base), keys(), SecretSink.refusing(), vendor.books::now, report -> {}));
    }

    @Override
    public Specimen specimen() {
        return new ContactSpecimen();
    }

    @Override
    public Set<String> secrets() {
        return Set.of(LedgerlyVendor.TOKEN, VendorPost.SECRET);
    }

    // A person at Ledgerly's pages

    private static RecordRef ref(VendorContact contact) {
        return new RecordRef(SYSTEM, Contact.TYPE, contact.id);
    }

    private static ObjectNode json(Map<String, NativeValue> properties) {
        return (ObjectNode) Json.fromNative(new NativeValue.Entries(properties));
    }

    @Override
    public RecordRef make(Map<String, NativeValue> properties) {
        return ref(vendor.books.create(json(properties), null));
    }

    @Override
    public List<RecordRef> seed(List<Map<String, NativeValue>> records) {
        return records.stream().map(this::make).toList();
    }

    @Override
    public void edit(RecordRef record, Map<String, NativeValue> properties) {
        vendor.books.change(record.id(), json(properties), null);
    }

    @Override
    public void delete(RecordRef record) {
        vendor.books.archive(record.id(), null);
    }

    @Override
    public RecordRef merge(RecordRef loser, RecordRef survivor) {
        vendor.books.merge(loser.id(), survivor.id());
        return survivor;
    }

    @Override
    public long records() {
        return vendor.books.count();
    }

    // Webhooks

    private static WebhookRequest request(VendorPost.Delivery delivery) {
        return new WebhookRequest(
                "POST",
                "https://host.example/hooks/ledgerly",
                Map.of(
                        "Ledgerly-Signature",
                        List.of(delivery.signature()),
                        "Content-Type",
                        List.of("application/json")),
                Bytes.utf8(delivery.body()));
    }

    @Override
    public List<WebhookRequest> delivered() {
        return vendor.books.post.sent().stream().map(LedgerlyAccount::request).toList();
    }

    @Override
    public boolean signsBodies() {
        return true;
    }

    @Override
    public Optional<Duration> tolerance() {
        return Optional.of(Duration.ofMinutes(5));
    }

    @Override
    public WebhookRequest forged(WebhookRequest genuine) {
        return request(VendorPost.signed(genuine.body().toUtf8(), vendor.books.now(), "a guess"));
    }

    // Time and trouble

    @Override
    public Instant now() {
        return vendor.books.now();
    }

    @Override
    public void pass(Duration time) {
        vendor.books.pass(time);
    }

    @Override
    public void arrange(Trouble trouble, boolean writes, int calls) {
        vendor.troubles.arrange(trouble, writes, calls);
    }

    @Override
    public void mend() {
        vendor.troubles.mend();
    }

    @Override
    public void close() {
        vendor.close();
    }
}
