package dev.crmsync.tests.contract;

import dev.crmsync.adapter.notion.Notion;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.sandbox.notion.NotionPeople;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.ReceivesWebhooks;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.SystemDefinition;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.Lever;
import dev.crmsync.testkit.adapter.Specimen;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A Notion workspace in the sandbox, with a database of contacts and one of tickets. */
final class NotionAccount extends SandboxAccount implements Lever.Hand, Lever.Deletes, Lever.Seeds, Lever.Segments {
    static final String PREFIX = "properties.";

    /** The property that titles a page bears its id in every data source. */
    static final String TITLE = PREFIX + "title";

    private static final String SEGMENT = "Kit";
    private static final String SIGNATURE = "X-Notion-Signature";
    private static final int CALLS_PER_MINUTE = 100_000;

    private final boolean inTickets;
    private final String tickets;

    NotionAccount(boolean inTickets) {
        this.inTickets = inTickets;
        tickets = people().makeDatabase("Tickets", Map.of("Name", "title"));
        // The vendor's pace is not what is measured here.
        admin.turn("limits.per_minute", CALLS_PER_MINUTE);
        people().addProperty(SEGMENT, "checkbox");
        try (Adapter adapter = adapter()) {
            ((SetsUp) adapter).setUp(adapter.defaultMappings(), false);
            String subscription = people().subscribe(target().toString());
            delivered().forEach(((ReceivesWebhooks) adapter)::receive);
            people().verify(subscription, kept.get(0));
        }
        forgetDelivered();
    }

    private NotionPeople people() {
        return sandbox.notion().people();
    }

    @Override
    AdminClient admin() {
        return sandbox.notion().adminClient();
    }

    @Override
    URI base() {
        return URI.create(sandbox.notion().url());
    }

    @Override
    SystemDefinition definition(URI base) {
        return Notion.connection(sandbox.notion().token())
                .baseUrl(base)
                .contacts(sandbox.notion().dataSourceId())
                .tickets(tickets)
                .bot(sandbox.notion().botId())
                .webhookToken(() -> List.copyOf(kept))
                .limits(CALLS_PER_MINUTE);
    }

    @Override
    List<Calls> writes() {
        return List.of(new Calls("POST", "/v1/pages"), new Calls("PATCH", "/v1/pages"));
    }

    @Override
    List<Calls> reads() {
        return List.of(new Calls("GET", "/v1/pages"), new Calls("POST", "/query"));
    }

    @Override
    public Set<String> secrets() {
        Set<String> secrets = new HashSet<>(kept);
        secrets.add(sandbox.notion().token());
        return secrets;
    }

    @Override
    public Specimen specimen() {
        return inTickets ? new NotionTickets() : new NotionContacts();
    }

    /** The data source of the records that are measured. */
    private String dataSource() {
        return inTickets ? tickets : sandbox.notion().dataSourceId();
    }

    private static Map<String, Object> values(Map<String, NativeValue> properties) {
        Map<String, Object> values = new HashMap<>();
        properties.forEach((property, value) -> values.put(
                property.equals(TITLE) ? "Name" : property.substring(PREFIX.length()),
                value instanceof NativeValue.Text text ? text.text() : null));
        return values;
    }

    @Override
    public RecordRef make(Map<String, NativeValue> properties) {
        return ref(people().makeIn(dataSource(), values(properties)));
    }

    @Override
    public void edit(RecordRef record, Map<String, NativeValue> properties) {
        people().patch(record.id(), values(properties));
    }

    @Override
    public void delete(RecordRef record) {
        // Of a page that was made a moment ago and is put into the trash no event tells: what was gathered is sent
        // first.
        delivered();
        people().delete(record.id());
    }

    @Override
    public List<RecordRef> seed(List<Map<String, NativeValue>> records) {
        return records.stream().map(this::make).toList();
    }

    @Override
    public String segment(List<RecordRef> members) {
        members.forEach(member -> people().patch(member.id(), Map.of(SEGMENT, true)));
        return "property:" + SEGMENT + "=true";
    }

    @Override
    public long records() {
        return people().pages().stream()
                .filter(page -> dataSource().equals(page.get("data_source_id")))
                .filter(page -> !Boolean.TRUE.equals(page.get("in_trash")))
                .count();
    }

    @Override
    public boolean signsBodies() {
        return true;
    }

    @Override
    public Optional<Duration> tolerance() {
        return Optional.empty();
    }

    @Override
    public WebhookRequest forged(WebhookRequest genuine) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(genuine.headers());
        headers.put(SIGNATURE, List.of("sha256=" + "0f".repeat(32)));
        return new WebhookRequest(genuine.method(), genuine.uri(), headers, genuine.body());
    }
}
