package dev.crmsync.tests.contract;

import dev.crmsync.adapter.hubspot.HubSpot;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.SystemDefinition;
import dev.crmsync.spi.adapter.WebhookRequest;
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
    private final boolean tickets;
    private final String plural;

    HubSpotAccount(boolean tickets) {
        this.tickets = tickets;
        plural = tickets ? "tickets" : "contacts";
        String family = tickets ? "ticket." : "contact.";
        // The vendor's pace is not what is measured here.
        admin.turn("limits.search_per_second", 1_000);
        try (Adapter adapter = adapter()) {
            ((SetsUp) adapter).setUp(adapter.defaultMappings(), false);
        }
        List<Map<String, String>> changes = Stream.of(
                        specimen().record(1).keySet().toArray(String[]::new))
                .map(property -> Map.of("subscriptionType", family + "propertyChange", "propertyName", property))
                .toList();
        List<Map<String, String>> others = Stream.of("creation", "deletion", "merge", "restore")
                .map(action -> Map.of("subscriptionType", family + action))
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
                new Calls("POST", "/objects/" + plural + "/batch/upsert"),
                new Calls("POST", "/objects/" + plural + "/batch/update"),
                new Calls("POST", "/objects/" + plural + "/batch/create"),
                new Calls("PATCH", "/objects/" + plural));
    }

    @Override
    List<Calls> reads() {
        return List.of(
                new Calls("GET", "/objects/" + plural),
                new Calls("POST", "/objects/" + plural + "/batch/read"),
                new Calls("POST", "/objects/" + plural + "/search"));
    }

    @Override
    public Set<String> secrets() {
        return Set.of(sandbox.hubSpot().token(), sandbox.hubSpot().clientSecret());
    }

    @Override
    public Specimen specimen() {
        return tickets ? new HubSpotTickets() : new HubSpotContacts();
    }

    private String edits() {
        return tickets ? "/tickets/edits" : "/edits";
    }

    private static Map<String, String> texts(Map<String, NativeValue> properties) {
        Map<String, String> texts = new TreeMap<>();
        properties.forEach((property, value) ->
                texts.put(property, value instanceof NativeValue.Text text ? text.text() : ""));
        return texts;
    }

    @Override
    public RecordRef make(Map<String, NativeValue> properties) {
        return ref(edited(edits(), Map.of("op", "create", "properties", texts(properties)))
                .get("id"));
    }

    @Override
    public void edit(RecordRef record, Map<String, NativeValue> properties) {
        edited(edits(), Map.of("op", "patch", "id", record.id(), "properties", texts(properties)));
    }

    @Override
    public void delete(RecordRef record) {
        edited(edits(), Map.of("op", "archive", "id", record.id()));
    }

    @Override
    public RecordRef merge(RecordRef loser, RecordRef survivor) {
        return ref(edited(edits(), Map.of("op", "merge", "primary", survivor.id(), "secondary", loser.id()))
                .get("id"));
    }

    @Override
    public List<RecordRef> seed(List<Map<String, NativeValue>> records) {
        List<Map<String, Map<String, String>>> given =
                records.stream().map(one -> Map.of("properties", texts(one))).toList();
        List<?> ids =
                (List<?>) admin.any("POST", "/" + plural, Map.of(plural, given)).get("ids");
        return ids.stream().map(this::ref).toList();
    }

    @Override
    public void refresh() {
        admin.any("POST", tickets ? "/tickets/index" : "/index", null);
    }

    @Override
    public String segment(List<RecordRef> members) {
        String list = sandbox.hubSpot().people().makeList("Kit");
        members.forEach(member -> sandbox.hubSpot().people().putInto(list, member.id()));
        return "list:" + list;
    }

    @Override
    public long records() {
        List<?> all = (List<?>) admin.any("GET", "/" + plural, null).get(plural);
        return all.stream()
                .filter(one -> !Boolean.TRUE.equals(((Map<?, ?>) one).get("archived")))
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
