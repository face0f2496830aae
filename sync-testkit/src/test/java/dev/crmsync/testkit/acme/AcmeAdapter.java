package dev.crmsync.testkit.acme;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.Archives;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.Describes;
import dev.crmsync.spi.adapter.FindsCreated;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.ListsChanges;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsMany;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.ReceivesWebhooks;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.adapter.WritesMany;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.Origin;
import dev.crmsync.spi.model.RecordRef;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Acme's adapter, which keeps the contract; those that break it are made of it by changing one thing. */
class AcmeAdapter
        implements Adapter,
                ReadsOne,
                ReadsMany,
                WritesOne,
                WritesMany,
                FindsCreated,
                ListsAll,
                ListsChanges,
                ReceivesWebhooks,
                Archives,
                Describes {
    static final String SYSTEM = "acme";
    static final FieldMapping NOTE =
            FieldMapping.direct(Contact.METADATA.entry("note"), "note").shownAs(Rendering.cut(AcmeVendor.NOTE));

    final AcmeCall call;
    final InstantSource clock;

    AcmeAdapter(URI base, InstantSource clock) {
        this.call = new AcmeCall(base, AcmeVendor.TOKEN);
        this.clock = clock;
    }

    /** Contacts, as the adapter declares them. */
    TypeDeclaration contacts() {
        return new TypeDeclaration(
                Contact.TYPE,
                AsOfGrade.PROPERTY,
                true,
                new CreateLookup.UniqueUpsert(),
                true,
                true,
                TypeDeclaration.DEFAULT_ECHO_HORIZON,
                Duration.ZERO,
                List.of());
    }

    @Override
    public Declaration declaration() {
        return new Declaration("acme", false, List.of(contacts()), List.of());
    }

    @Override
    public List<Mapping> defaultMappings() {
        Access whole = new Access(Access.Readable.BY_READ, Access.Writable.REPLACED);
        return List.of(Mapping.of(
                        Contact.TYPE,
                        FieldMapping.direct(Contact.NAME, "name"),
                        FieldMapping.direct(Contact.EMAIL, "email").shownAs(Rendering.TRIMMED, Rendering.LOWER_CASED),
                        FieldMapping.direct(Contact.PHONE, "phone"),
                        FieldMapping.of(Contact.LABELS, new Lens.ListOf("tags")).with(whole),
                        FieldMapping.of(Contact.METADATA, new Lens.BagOf("extra")),
                        NOTE)
                .withExternalId("key"));
    }

    // Reading

    @Override
    public Read read(RecordRef ref) {
        contact(ref.type());
        AcmeCall.Reply reply = call.get("/contacts/" + ref.id());
        return switch (reply.status()) {
            case 200 -> new Read.Found(shown(reply.values(), Evidence.READ));
            case 410 -> gone(reply.values());
            default -> new Read.NotVisible();
        };
    }

    private static Read gone(Map<String, String> values) {
        String into = values.get("into");
        return into == null
                ? new Read.Gone(AsOf.at(Instant.parse(values.get("updated"))), false)
                : new Read.MergedInto(ref(into), null);
    }

    @Override
    public int readBatchSize() {
        return 10;
    }

    @Override
    public Map<RecordRef, Read> readMany(List<RecordRef> refs) {
        Map<RecordRef, Read> answers = new LinkedHashMap<>();
        refs.forEach(ref -> answers.put(ref, read(ref)));
        return answers;
    }

    ChangeEvent shown(Map<String, String> row, Evidence evidence) {
        Map<String, NativeValue> properties = new TreeMap<>();
        row.forEach((property, text) -> {
            if (AcmeVendor.PROPERTIES.contains(property)) {
                properties.put(property, value(property, text));
            }
        });
        Map<String, NativeValue> extra = new TreeMap<>();
        row.forEach((property, text) -> {
            if (property.startsWith("extra.")) {
                extra.put(property.substring(6), NativeValue.text(text));
            }
        });
        properties.put("extra", new NativeValue.Entries(extra));
        Instant updated = Instant.parse(row.get("updated"));
        return ChangeEvent.full(ref(row.get("id")), properties, AsOf.read(updated, clock.instant()), evidence);
    }

    static NativeValue value(String property, String text) {
        if (text.isEmpty()) {
            return NativeValue.EMPTY;
        } else if (property.equals("tags")) {
            List<NativeValue> tags = new ArrayList<>();
            List.of(text.split(";")).forEach(tag -> tags.add(NativeValue.text(tag)));
            return new NativeValue.Items(tags);
        }
        return NativeValue.text(text);
    }

    static RecordRef ref(@Nullable String id) {
        return new RecordRef(SYSTEM, Contact.TYPE, Objects.requireNonNull(id));
    }

    static void contact(String type) {
        if (!type.equals(Contact.TYPE)) {
            throw SyncException.configuration("Acme has contacts only; leave other types out of the sync");
        }
    }

    // Writing

    Map<String, String> form(Write write) {
        Map<String, String> form = new TreeMap<>();
        write.properties().forEach((property, value) -> put(form, property, value));
        Write.ExternalId key = write.externalId();
        if (key != null) {
            form.put(contacts().createLookup() instanceof CreateLookup.UniqueUpsert ? "upsert" : "key", key.value());
        }
        return form;
    }

    /** A value as Acme writes it; each key of a bag by itself. */
    static void put(Map<String, String> form, String property, NativeValue value) {
        if (value instanceof NativeValue.Entries bag) {
            bag.entries().forEach((key, entry) -> form.put(property + "." + key, text(entry)));
        } else {
            form.put(property, text(value));
        }
    }

    static String text(NativeValue value) {
        if (value instanceof NativeValue.Text text) {
            return text.text();
        } else if (value instanceof NativeValue.Items items) {
            return String.join(
                    ";", items.items().stream().map(AcmeAdapter::text).toList());
        }
        return "";
    }

    @Override
    public Outcome write(Write write) {
        contact(write.type());
        RecordRef record = write.ref();
        AcmeCall.Reply reply = record == null
                ? call.send("POST", "/contacts", Form.write(form(write)), write.idempotencyKey())
                : call.send("PATCH", "/contacts/" + record.id(), Form.write(form(write)), null);
        return reply.fine() ? done(reply.values()) : AcmeCall.failed(reply);
    }

    Outcome done(Map<String, String> row) {
        ChangeEvent record = shown(row, Evidence.READ);
        return new Outcome.Done(record.ref(), record);
    }

    @Override
    public int writeBatchSize() {
        return 5;
    }

    @Override
    public boolean batches(Write write) {
        return write.type().equals(Contact.TYPE) && write.idempotencyKey() == null;
    }

    @Override
    public Map<String, Outcome> writeMany(List<Write> writes) {
        writes.forEach(write -> contact(write.type()));
        List<String> lines = new ArrayList<>();
        for (Write write : writes) {
            Map<String, String> line = form(write);
            if (write.ref() != null) {
                line.put("id", write.ref().id());
            }
            lines.add(Form.write(line));
        }
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        if (writes.isEmpty()) {
            return outcomes;
        }
        AcmeCall.Reply reply = call.send("POST", "/batch", String.join("\n", lines), null);
        List<Map<String, String>> rows = reply.fine() ? reply.lines() : List.of();
        for (int i = 0; i < writes.size(); i++) {
            outcomes.put(writes.get(i).key(), !reply.fine() ? AcmeCall.failed(reply) : outcome(rows.get(i)));
        }
        return outcomes;
    }

    Outcome outcome(Map<String, String> row) {
        String status = row.getOrDefault("status", "");
        return status.equals("200") ? done(row) : AcmeCall.rejected(status, row);
    }

    @Override
    public Read find(String type, Write.ExternalId externalId) {
        contact(type);
        AcmeCall.Reply reply = call.get("/find?" + Form.write(Map.of("key", externalId.value())));
        return reply.fine()
                ? new Read.Found(shown(reply.values(), Evidence.READ))
                : new Read.Gone(AsOf.at(clock.instant()), false);
    }

    @Override
    public Outcome archive(RecordRef ref) {
        contact(ref.type());
        AcmeCall.Reply reply = call.send("DELETE", "/contacts/" + ref.id(), null, null);
        return reply.fine() ? new Outcome.Done(ref, null) : AcmeCall.failed(reply);
    }

    // Listing

    @Override
    public Page list(String type, @Nullable String cursor) {
        contact(type);
        List<Map<String, String>> rows =
                page(cursor == null ? "/contacts" : "/contacts?" + Form.write(Map.of("after", cursor)));
        List<ChangeEvent> events =
                rows.stream().map(row -> shown(row, Evidence.LISTING)).toList();
        return new Page(
                events, rows.isEmpty() ? null : rows.get(rows.size() - 1).get("id"), true);
    }

    List<Map<String, String>> page(String path) {
        AcmeCall.Reply reply = call.get(path);
        return reply.lines().stream().filter(row -> row.containsKey("id")).toList();
    }

    @Override
    public String scopeFingerprint(String type) {
        contact(type);
        return "acme-contacts-1";
    }

    @Override
    public String cursorAt(String type, Instant time) {
        contact(type);
        return Form.write(Map.of("since", time.toString()));
    }

    @Override
    public Page changes(String type, String cursor) {
        contact(type);
        if (!cursor.matches("(since|after)=[\\w%.-]+")) {
            throw SyncException.of(SyncException.Kind.VALIDATION, "no cursor of Acme's; walk anew");
        }
        List<Map<String, String>> rows = page("/changes?" + cursor);
        List<ChangeEvent> events = new ArrayList<>();
        String next = cursor;
        for (Map<String, String> row : rows) {
            events.add(change(row));
            next = Form.write(Map.of("after", String.valueOf(row.get("sequence"))));
        }
        return new Page(events, next, true);
    }

    ChangeEvent change(Map<String, String> row) {
        AsOf at = AsOf.at(Instant.parse(row.get("updated")));
        if (row.containsKey("into")) {
            return ChangeEvent.merged(ref(row.get("id")), ref(row.get("into")), at, Evidence.LISTING);
        } else if (row.containsKey("deleted")) {
            return ChangeEvent.of(ref(row.get("id")), ChangeKind.DELETE, at, Evidence.LISTING);
        }
        return shown(row, Evidence.LISTING);
    }

    // Webhooks

    @Override
    public Receipt receive(WebhookRequest request) {
        String header = request.header(AcmePost.HEADER).orElse("");
        String body = request.body().toUtf8();
        if (!header.matches("t=\\d{1,12},v=\\w+")) {
            return new Receipt.BadSignature();
        }
        String time = header.substring(2, header.indexOf(','));
        String digest = header.substring(header.indexOf(",v=") + 3);
        if (!AcmePost.digest(time + "." + body, AcmePost.SECRET).equals(digest)) {
            return new Receipt.BadSignature();
        }
        Map<String, String> values = Form.read(body);
        if (!values.containsKey("id") || !values.containsKey("at") || !values.containsKey("event")) {
            return new Receipt.Malformed("no contact, time or event");
        }
        Instant signed = Instant.ofEpochSecond(Long.parseLong(time));
        if (signed.plus(AcmeAccount.TOLERANCE).isBefore(clock.instant())) {
            return new Receipt.Stale(List.of(ref(values.get("id"))));
        }
        return new Receipt.Accepted(List.of(new Receipt.Keyed(String.valueOf(values.get("event")), event(values))));
    }

    ChangeEvent event(Map<String, String> values) {
        AsOf at = AsOf.at(Instant.parse(values.get("at")));
        RecordRef ref = ref(values.get("id"));
        Origin origin = "app".equals(values.get("by")) ? Origin.OURS : Origin.OTHERS;
        if (values.containsKey("into")) {
            return ChangeEvent.merged(ref, ref(values.get("into")), at, Evidence.EVENT)
                    .withOrigin(origin);
        } else if ("deleted".equals(values.get("type"))) {
            return ChangeEvent.of(ref, ChangeKind.DELETE, at, Evidence.EVENT).withOrigin(origin);
        }
        Map<String, NativeValue> properties = new TreeMap<>();
        values.forEach((name, text) -> {
            if (name.startsWith("p.") && AcmeVendor.PROPERTIES.contains(name.substring(2))) {
                properties.put(name.substring(2), value(name.substring(2), text));
            }
        });
        return ChangeEvent.partial(ref, properties, at, Evidence.EVENT).withOrigin(origin);
    }

    @Override
    public List<NativeProperty> describe(String type) {
        contact(type);
        return AcmeVendor.PROPERTIES.stream()
                .map(property -> new NativeProperty(property, property, "string", true, false))
                .toList();
    }
}
