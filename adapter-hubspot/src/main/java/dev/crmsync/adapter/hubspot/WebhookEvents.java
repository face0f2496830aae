package dev.crmsync.adapter.hubspot;

import dev.crmsync.spi.adapter.Receipt.Keyed;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes change events of webhook items. What an item does not tell, a read is asked for: an event of kind GAP. */
final class WebhookEvents {
    private final String system;
    private final @Nullable String appId;
    private final @Nullable String portalId;
    private final Set<ObjectKind> followed;
    private final Set<String> stages;
    private final InstantSource clock;

    /**
     * @param followed the kinds of objects whose events are taken
     * @param stages the stages of tickets that stand for a status
     */
    WebhookEvents(
            String system,
            @Nullable String appId,
            @Nullable String portalId,
            Set<ObjectKind> followed,
            Set<String> stages,
            InstantSource clock) {
        this.followed = Set.copyOf(followed);
        this.stages = Set.copyOf(stages);
        this.system = system;
        this.appId = appId;
        this.portalId = portalId;
        this.clock = clock;
    }

    /**
     * The events of one item.
     *
     * @return none when the item is of a kind that is not followed; empty when the item cannot be understood
     */
    Optional<List<Keyed>> read(WebhookItem item) {
        if (item.type().isEmpty()) {
            return Optional.empty();
        }
        ObjectKind kind = item.kind().filter(followed::contains).orElse(null);
        if (elsewhere(item)) {
            return Optional.of(List.of());
        } else if (item.action().equals("associationChange")) {
            return Optional.of(associated(item));
        } else if (kind == null) {
            return Optional.of(List.of());
        }
        return switch (item.action()) {
            case "creation", "propertyChange", "deletion", "privacyDeletion", "restore" ->
                item.objectId().map(id -> List.of(one(item, ref(kind, id))));
            case "merge" -> Optional.of(merge(item, kind)).filter(events -> !events.isEmpty());
            default -> Optional.of(List.of());
        };
    }

    /** One app may be installed in several accounts; each is a system of its own. */
    private boolean elsewhere(WebhookItem item) {
        return portalId != null
                && !item.portalId().isEmpty()
                && !item.portalId().equals(portalId);
    }

    private Keyed one(WebhookItem item, RecordRef ref) {
        Optional<Instant> occurred = item.occurredAt();
        if (occurred.isEmpty()) {
            return gap(item, ref);
        }
        AsOf asOf = AsOf.at(occurred.get());
        return switch (item.action()) {
            case "propertyChange" -> propertyChange(item, ref, asOf);
            case "deletion" -> keyed(item, "", ChangeEvent.of(ref, ChangeKind.ARCHIVE, asOf, Evidence.EVENT));
            case "privacyDeletion" -> keyed(item, "", ChangeEvent.of(ref, ChangeKind.DELETE, asOf, Evidence.EVENT));
            case "restore" -> keyed(item, "", ChangeEvent.of(ref, ChangeKind.RESTORE, asOf, Evidence.EVENT));
            // A creation bears no values.
            default -> gap(item, ref);
        };
    }

    private Keyed propertyChange(WebhookItem item, RecordRef ref, AsOf asOf) {
        Optional<String> name = item.propertyName();
        NativeValue value = item.propertyValue();
        return name.isEmpty() || value == null || leaves(ref, name.get(), value)
                ? gap(item, ref)
                : keyed(item, "", ChangeEvent.partial(ref, Map.of(name.get(), value), asOf, Evidence.EVENT));
    }

    /** Whether a ticket may have gone to another pipeline, whose stages stand for nothing here: only a read tells. */
    private boolean leaves(RecordRef ref, String name, NativeValue value) {
        return ref.type().equals(ObjectKind.TICKET.type())
                && (name.equals(Scope.PIPELINE)
                        || name.equals(TicketMapping.STAGE)
                                && value instanceof NativeValue.Text stage
                                && !stages.contains(stage.text()));
    }

    /**
     * A merge makes a new record of the primary and the merged ones. Where an account keeps the primary's id, the new
     * id is the primary's own, which then did not become anything. The survivor is read anew, for its values moved.
     */
    private List<Keyed> merge(WebhookItem item, ObjectKind kind) {
        Optional<String> primary = item.id("primaryObjectId");
        // The primary comes first, for what takes the new id first is what goes on: of two Kirim contacts, the
        // primary's.
        Set<String> sources = new LinkedHashSet<>();
        primary.ifPresent(sources::add);
        sources.addAll(item.ids("mergedObjectIds"));
        Optional<String> survivor =
                item.id("newObjectId").or(() -> primary).or(item::objectId).filter(id -> !id.equals("0"));
        List<Keyed> events = new ArrayList<>();
        if (survivor.isEmpty()) {
            sources.forEach(id -> events.add(gap(item, ref(kind, id))));
            return events;
        }
        sources.remove(survivor.get());
        RecordRef into = ref(kind, survivor.get());
        AsOf asOf = AsOf.at(item.occurredAt().orElseGet(clock::instant));
        for (String id : sources) {
            events.add(keyed(item, id, ChangeEvent.merged(ref(kind, id), into, asOf, Evidence.EVENT)));
        }
        events.add(gap(item, into));
        return events;
    }

    /** The object that bears the association as a property is read: an event does not tell which others it has. */
    private List<Keyed> associated(WebhookItem item) {
        List<Keyed> events = new ArrayList<>();
        for (ObjectKind kind : followed) {
            item.associated(kind).ifPresent(id -> events.add(gap(item, ref(kind, id))));
        }
        return events;
    }

    private Keyed gap(WebhookItem item, RecordRef ref) {
        AsOf asOf = AsOf.at(item.occurredAt().orElseGet(clock::instant));
        return keyed(item, ref.id(), ChangeEvent.of(ref, ChangeKind.GAP, asOf, Evidence.EVENT));
    }

    private Keyed keyed(WebhookItem item, String part, ChangeEvent event) {
        // Without a time two different events could share a key: better to read twice than to miss one.
        String received = item.occurredAt().isPresent() ? "" : clock.instant().toString();
        return new Keyed(DedupeKey.of(item, part + received), event.withOrigin(item.origin(appId)));
    }

    private RecordRef ref(ObjectKind kind, String id) {
        return new RecordRef(system, kind.type(), id);
    }
}
