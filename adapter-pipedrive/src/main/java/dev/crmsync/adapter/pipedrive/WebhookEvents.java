package dev.crmsync.adapter.pipedrive;

import dev.crmsync.spi.adapter.Receipt.Keyed;
import dev.crmsync.spi.field.User;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes change events of webhooks. A webhook is not signed, so its values are not believed: it says which record to read, and what
 * was read says the rest, that the record is deleted included. A merge alone is taken from it, for nothing else tells of one: its
 * two halves, the deletion of the one record and the change of the other, come in any order and make the same event.
 *
 * @see <a href="https://pipedrive.readme.io/docs/guide-for-webhooks-v2">Pipedrive: webhooks v2</a>
 */
final class WebhookEvents {
    private final String system;
    private final @Nullable String companyId;
    private final @Nullable String userId;
    private final Map<String, String> types;
    private final InstantSource clock;

    /**
     * @param types the canonical type of each entity that is followed
     */
    WebhookEvents(
            String system,
            @Nullable String companyId,
            @Nullable String userId,
            Map<String, String> types,
            InstantSource clock) {
        this.system = system;
        this.companyId = companyId;
        this.userId = userId;
        this.types = Map.copyOf(types);
        this.clock = clock;
    }

    /**
     * The events of one webhook.
     *
     * @return none when it is of a kind that is not followed; empty when it cannot be understood
     */
    Optional<List<Keyed>> read(WebhookMeta meta) {
        if (meta.entity().isEmpty() || meta.action().isEmpty()) {
            return Optional.empty();
        }
        String type = types.get(meta.entity());
        boolean elsewhere = companyId != null
                && !meta.companyId().isEmpty()
                && !meta.companyId().equals(companyId);
        if (type == null || elsewhere) {
            return Optional.of(List.of());
        }
        return switch (meta.action()) {
            case "create", "change", "delete" -> meta.entityId().map(id -> events(meta, type, id));
            default -> Optional.of(List.of());
        };
    }

    private List<Keyed> events(WebhookMeta meta, String type, String id) {
        AsOf asOf = meta.asOf(clock.instant());
        RecordRef ref = new RecordRef(system, type, id);
        List<Keyed> events = new ArrayList<>();
        // A user is no record that is merged.
        boolean merges = !type.equals(User.TYPE);
        if (merges && meta.action().equals("change")) {
            meta.mergedFrom()
                    .forEach(loser -> merged(ref(type, loser), ref, asOf).ifPresent(events::add));
        }
        Optional<Keyed> away = merges && meta.action().equals("delete")
                ? meta.mergedTo().flatMap(survivor -> merged(ref, ref(type, survivor), asOf))
                : Optional.empty();
        // What was merged away is not there to be read; its survivor is, for it may hold values of both.
        RecordRef read = away.flatMap(half -> half.event().other()).orElse(ref);
        away.ifPresent(events::add);
        ChangeEvent gap = ChangeEvent.of(read, ChangeKind.GAP, asOf, Evidence.EVENT);
        events.add(new Keyed(key(meta), gap.withOrigin(meta.origin(userId))));
        return events;
    }

    /** The same key for both halves, whose ids and times differ; who was merged away is not merged again. */
    private static Optional<Keyed> merged(RecordRef loser, RecordRef survivor, AsOf asOf) {
        return loser.equals(survivor)
                ? Optional.empty()
                : Optional.of(new Keyed(
                        "merge:" + loser.type() + ":" + loser.id() + ":" + survivor.id(),
                        ChangeEvent.merged(loser, survivor, asOf, Evidence.EVENT)));
    }

    private RecordRef ref(String type, String id) {
        return new RecordRef(system, type, id);
    }

    /** Without a time of its own two different events could share a key: better to read twice than to miss one. */
    private String key(WebhookMeta meta) {
        return meta.timestamp().isPresent() ? meta.dedupeKey() : meta.dedupeKey() + "@" + clock.instant();
    }
}
