package dev.crmsync.tests.contract;

import dev.crmsync.adapter.hubspot.HubSpot;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.SystemDefinition;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.Lever;
import dev.crmsync.testkit.adapter.Specimen;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A HubSpot portal in the sandbox. */
final class HubSpotAccount extends SandboxAccount
        implements Lever.Hand, Lever.Deletes, Lever.Merges, Lever.Seeds, Lever.Index, Lever.Segments {
    HubSpotAccount() {
        // The vendor's pace is not what is measured here.
        admin.turn("limits.search_per_second", 1_000);
        try (Adapter adapter = adapter()) {
            ((SetsUp) adapter).setUp(adapter.defaultMappings(), false);
        }
        List<Map<String, String>> changes = Stream.of("firstname", "lastname", "email", "phone", "whatsapp_labels")
                .map(property -> Map.of("subscriptionType", "contact.propertyChange", "propertyName", property))
                .toList();
        List<Map<String, String>> others = Stream.of("creation", "deletion", "merge", "restore")
                .map(action -> Map.of("subscriptionType", "contact." + action))
                .toList();
        admin.any(
                "PUT",
                "/webhooks",
                Map.of(
                        "targetUrl",
                        target().toString(),
                        "subscriptions",
                        Stream.of(changes, others).flatMap(List::stream).toList()));
    }

    @Override
    AdminClient admin() {
        return sandbox.hubSpot().adminClient();
    }

    @Override
    URI base() {
        return URI.create(sandbox.hubSpot().url());
    }

    @Override
    SystemDefinition definition(URI base) {
        return HubSpot.privateApp(sandbox.hubSpot().token())
                .clientSecret(sandbox.hubSpot().clientSecret())
                .appId(sandbox.hubSpot().appId())
                .baseUrl(base)
                .tickets(true)
                .overlap(Duration.ofSeconds(30));
    }

    @Override
    List<Calls> writes() {
        return List.of(
                new Calls("POST", "/objects/contacts/batch/upsert"),
                new Calls("POST", "/objects/contacts/batch/update"),
                new Calls("POST", "/objects/contacts/batch/create"),
                new Calls("PATCH", "/objects/contacts"));
    }

    @Override
    List<Calls> reads() {
        return List.of(
                new Calls("GET", "/objects/contacts"),
                new Calls("POST", "/objects/contacts/batch/read"),
                new Calls("POST", "/objects/contacts/search"));
    }

    @Override
    public Set<String> secrets() {
        return Set.of(sandbox.hubSpot().token(), sandbox.hubSpot().clientSecret());
    }

    @Override
    public Specimen specimen() {
        return new Specimen() {
            @Override
            public String type() {
                return Contact.TYPE;
            }

            @Override
            public Map<String, NativeValue> record(int number) {
                return Map.of(
                        "firstname", NativeValue.text("Budi" + number),
                        "lastname", NativeValue.text("Hartono" + number),
                        "email", NativeValue.text("budi" + number + "@example.com"),
                        "phone", NativeValue.text("+62812" + (1_000_000 + number)));
            }

            @Override
            public Map<String, NativeValue> edited(int number) {
                return Map.of(
                        "firstname", NativeValue.text("Anastasia" + number),
                        "email", NativeValue.text("anastasia" + number + "@example.com"));
            }

            @Override
            public Set<String> clearable() {
                return Set.of("firstname", "phone", "email");
            }

            @Override
            public RecordRef stranger() {
                return ref("999999999999");
            }

            @Override
            public Optional<Map.Entry<String, NativeValue>> refused() {
                return Optional.of(Map.entry("email", NativeValue.text("no address at all")));
            }
        };
    }

    private static Map<String, String> texts(Map<String, NativeValue> properties) {
        Map<String, String> texts = new TreeMap<>();
        properties.forEach((property, value) ->
                texts.put(property, value instanceof NativeValue.Text text ? text.text() : ""));
        return texts;
    }

    @Override
    public RecordRef make(Map<String, NativeValue> properties) {
        return ref(admin.edit(Map.of("op", "create", "properties", texts(properties)))
                .get("id"));
    }

    @Override
    public void edit(RecordRef record, Map<String, NativeValue> properties) {
        admin.edit(Map.of("op", "patch", "id", record.id(), "properties", texts(properties)));
    }

    @Override
    public void delete(RecordRef record) {
        admin.edit(Map.of("op", "archive", "id", record.id()));
    }

    @Override
    public RecordRef merge(RecordRef loser, RecordRef survivor) {
        return ref(admin.edit(Map.of("op", "merge", "primary", survivor.id(), "secondary", loser.id()))
                .get("id"));
    }

    @Override
    public List<RecordRef> seed(List<Map<String, NativeValue>> records) {
        return admin
                .seed(records.stream()
                        .map(one -> Map.of("properties", texts(one)))
                        .toList())
                .stream()
                .map(SandboxAccount::ref)
                .toList();
    }

    @Override
    public void refresh() {
        admin.any("POST", "/index", null);
    }

    @Override
    public String segment(List<RecordRef> members) {
        String list = sandbox.hubSpot().people().makeList("Kit");
        members.forEach(member -> sandbox.hubSpot().people().putInto(list, member.id()));
        return "list:" + list;
    }

    @Override
    public long records() {
        return admin.dump().stream()
                .filter(one -> !Boolean.TRUE.equals(one.get("archived")))
                .count();
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
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(genuine.headers());
        headers.replaceAll(
                (name, values) -> name.toLowerCase(java.util.Locale.ROOT).contains("signature")
                                && !name.toLowerCase(java.util.Locale.ROOT).contains("version")
                        ? List.of("f".repeat(values.get(0).length()))
                        : values);
        return new WebhookRequest(genuine.method(), genuine.uri(), headers, genuine.body());
    }
}
