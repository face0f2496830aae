package dev.crmsync.tests.contract;

import dev.crmsync.adapter.pipedrive.Pipedrive;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.ManagesSubscriptions;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.SystemDefinition;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.Lever;
import dev.crmsync.testkit.adapter.Specimen;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A Pipedrive company in the sandbox. */
final class PipedriveAccount extends SandboxAccount
        implements Lever.Hand, Lever.Deletes, Lever.Merges, Lever.Seeds, Lever.Index, Lever.Segments {
    private static final String PATH = "unguessable_4f1c";
    private static final String USER = "crm-sync";

    private final boolean deals;
    private final String kind;

    PipedriveAccount(boolean deals) {
        this.deals = deals;
        kind = deals ? "deal" : "person";
        // The vendor's pace is not what is measured here.
        admin.turn(Map.of("limits.burst", 100_000, "limits.daily_tokens", 100_000_000, "limits.search_burst", 100_000));
        try (Adapter adapter = adapter()) {
            ((SetsUp) adapter).setUp(adapter.defaultMappings(), false);
            ((ManagesSubscriptions) adapter)
                    .subscribe(target(), List.of(specimen().type()));
        }
    }

    @Override
    AdminClient admin() {
        return sandbox.pipedrive().adminClient();
    }

    @Override
    URI base() {
        return URI.create(sandbox.pipedrive().url());
    }

    @Override
    SystemDefinition definition(URI base) {
        return Pipedrive.company(sandbox.pipedrive().token())
                .baseUrl(base)
                .companyId(String.valueOf(sandbox.pipedrive().companyId()))
                .dedicatedUser(String.valueOf(sandbox.pipedrive().userId()))
                .webhooks(SecretSource.of(USER), () -> List.copyOf(kept))
                .webhookTarget(target(), SecretSource.of(PATH))
                .dealPipeline("1", "1:open,2:open,3:pending,4:open,5:open,won:closed,lost:closed")
                .limits(100_000, 100_000_000);
    }

    @Override
    List<Calls> writes() {
        return List.of(new Calls("POST", "/" + kind + "s"), new Calls("PATCH", "/" + kind + "s"));
    }

    @Override
    List<Calls> reads() {
        return List.of(new Calls("GET", "/" + kind + "s"));
    }

    @Override
    public Set<String> secrets() {
        Set<String> secrets = new HashSet<>(kept);
        secrets.add(sandbox.pipedrive().token());
        secrets.add(PATH);
        return secrets;
    }

    @Override
    public Specimen specimen() {
        return deals ? new PipedriveDeals() : new PipedrivePersons();
    }

    private static Map<String, Object> values(Map<String, NativeValue> properties) {
        Map<String, Object> values = new HashMap<>();
        properties.forEach((property, value) -> {
            String text = value instanceof NativeValue.Text given ? given.text() : "";
            if (property.equals("@state")) {
                values.put("stage_id", Long.parseLong(text));
            } else if (property.equals("name") || property.equals("title")) {
                values.put(property, text);
            } else {
                values.put(
                        property + "s",
                        text.isEmpty() ? List.of() : List.of(Map.of("value", text, "primary", true, "label", "work")));
            }
        });
        return values;
    }

    @Override
    public RecordRef make(Map<String, NativeValue> properties) {
        return ref(sandbox.pipedrive().people().make(kind, values(properties)));
    }

    @Override
    public void edit(RecordRef record, Map<String, NativeValue> properties) {
        sandbox.pipedrive().people().patch(kind, record.id(), values(properties));
    }

    @Override
    public void delete(RecordRef record) {
        sandbox.pipedrive().people().delete(kind, record.id());
    }

    @Override
    public RecordRef merge(RecordRef loser, RecordRef survivor) {
        sandbox.pipedrive().people().merge(kind, loser.id(), survivor.id());
        return survivor;
    }

    @Override
    public List<RecordRef> seed(List<Map<String, NativeValue>> records) {
        List<?> ids = (List<?>) admin.any(
                        "POST",
                        "/" + kind + "s",
                        Map.of(
                                kind + "s",
                                records.stream().map(PipedriveAccount::values).toList()))
                .get("ids");
        return ids.stream().map(this::ref).toList();
    }

    @Override
    public void refresh() {
        admin.any("POST", "/index", null);
    }

    @Override
    public String segment(List<RecordRef> members) {
        var people = sandbox.pipedrive().people();
        String field = people.makeField("person", "Kit", "varchar");
        members.forEach(
                member -> people.patch("person", member.id(), Map.of("custom_fields", Map.of(field, "in the kit"))));
        return "filter:" + people.makeFilter("Kit", field, "in the kit");
    }

    @Override
    public long records() {
        return sandbox.pipedrive().people().all(kind + "s").stream()
                .filter(one -> !Boolean.TRUE.equals(one.get("is_deleted")) && !one.containsKey("merged_into"))
                .count();
    }

    @Override
    public boolean signsBodies() {
        return false;
    }

    @Override
    public Optional<Duration> tolerance() {
        return Optional.empty();
    }

    @Override
    public WebhookRequest forged(WebhookRequest genuine) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(genuine.headers());
        String guess = Base64.getEncoder().encodeToString((USER + ":a guess").getBytes(StandardCharsets.UTF_8));
        headers.put("Authorization", List.of("Basic " + guess));
        return new WebhookRequest(genuine.method(), genuine.uri(), headers, genuine.body());
    }
}
