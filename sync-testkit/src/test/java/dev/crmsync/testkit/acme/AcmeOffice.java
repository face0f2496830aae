package dev.crmsync.testkit.acme;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.ListsSegments;
import dev.crmsync.spi.adapter.ManagesSubscriptions;
import dev.crmsync.spi.adapter.ReplaysWebhooks;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.TagsMany;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.RecordRef;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Acme's adapter with all that is done with an account besides contacts. */
class AcmeOffice extends AcmeAdapter implements SetsUp, ManagesSubscriptions, TagsMany, ListsSegments, ReplaysWebhooks {
    AcmeOffice(URI base, InstantSource clock) {
        super(base, clock);
    }

    private List<Map<String, String>> rows(String method, String path, @Nullable String body, @Nullable String key) {
        AcmeCall.Reply reply = call.send(method, path, body, key);
        if (!reply.fine()) {
            throw reply.status() == 404 && reply.form()
                    ? SyncException.of(Kind.VALIDATION, "Acme has no such thing")
                    : AcmeCall.fault(reply);
        }
        return reply.lines().stream().filter(row -> !row.isEmpty()).toList();
    }

    private static String named(String name) {
        return Form.write(Map.of("name", name));
    }

    @Override
    public List<SetupStep> setUp(List<Mapping> mappings, boolean dryRun) {
        List<String> there = rows("GET", "/fields", null, null).stream()
                .map(row -> String.valueOf(row.get("name")))
                .toList();
        List<SetupStep> steps = new ArrayList<>();
        for (String field : List.of("key", "note")) {
            SetupStep.State state = SetupStep.State.PRESENT;
            if (!there.contains(field)) {
                state = dryRun ? SetupStep.State.MISSING : SetupStep.State.MADE;
                if (!dryRun) {
                    rows("POST", "/fields", named(field), null);
                }
            }
            steps.add(new SetupStep(state, "the field " + field));
        }
        return steps;
    }

    @Override
    public Subscription subscribe(URI target, List<String> types) {
        types.forEach(AcmeAdapter::contact);
        return subscriptions().stream()
                .filter(one -> one.target().equals(target))
                .findFirst()
                .orElseGet(() -> subscription(
                        rows("POST", "/hooks", named(target.toString()), null).get(0)));
    }

    private static Subscription subscription(Map<String, String> row) {
        return new Subscription(
                String.valueOf(row.get("id")), URI.create(String.valueOf(row.get("url"))), List.of("changed"), true);
    }

    @Override
    public List<Subscription> subscriptions() {
        return rows("GET", "/hooks", null, null).stream()
                .map(AcmeOffice::subscription)
                .toList();
    }

    @Override
    public void rotateSecret(String id, Duration overlap) {
        throw SyncException.configuration("Acme has one secret; change it in its pages");
    }

    @Override
    public void unsubscribe(String id) {
        try {
            rows("DELETE", "/hooks/" + id, null, null);
        } catch (SyncException fault) {
            if (fault.kind() != Kind.VALIDATION) {
                throw fault;
            }
        }
    }

    @Override
    public List<Tag> tags() {
        return rows("GET", "/labels", null, null).stream().map(AcmeOffice::tag).toList();
    }

    private static Tag tag(Map<String, String> row) {
        return new Tag(String.valueOf(row.get("id")), String.valueOf(row.get("name")));
    }

    @Override
    public Tag createTag(String name, String idempotencyKey) {
        return tags().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseGet(() ->
                        tag(rows("POST", "/labels", named(name), idempotencyKey).get(0)));
    }

    @Override
    public int tagBatchSize() {
        return 20;
    }

    @Override
    public Tagged tag(String label, List<RecordRef> records, boolean attach, String idempotencyKey) {
        String ids = String.join(";", records.stream().map(RecordRef::id).toList());
        String body = Form.write(Map.of("ids", ids, "attach", attach ? "yes" : "no"));
        Map<String, String> counted =
                rows("POST", "/labels/" + label, body, idempotencyKey).get(0);
        return new Tagged(Integer.parseInt(String.valueOf(counted.get("applied"))), 0);
    }

    @Override
    public List<Segment> segments() {
        return rows("GET", "/segments", null, null).stream()
                .map(row -> String.valueOf(row.get("id")))
                .map(id -> new Segment(id, id))
                .toList();
    }

    @Override
    public Members members(String segment, @Nullable String cursor) {
        List<RecordRef> members = rows("GET", "/segments/" + segment, null, null).stream()
                .map(row -> ref(row.get("id")))
                .toList();
        return new Members(members, null, true);
    }

    @Override
    public Replayed replay(Instant from, Instant to) {
        Map<String, String> row = rows("POST", "/replay", "", null).get(0);
        return new Replayed(Integer.parseInt(String.valueOf(row.get("deliveries"))), false);
    }
}
