package dev.crmsync.adapter.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.Signatures;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.Receipt.Keyed;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.Origin;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes change events of webhook bodies.
 *
 * <p>An event carries the contact as it was at its own time of last change, so its as-of is that one moment. It is not
 * stretched to the envelope's time: that tells when the event was made, and nobody promises that the contact was not
 * changed, and its newer state told by another answer, between the two. A stretched interval would overlap the newer one,
 * and a plainly older event would want a read; a moment is always ordered before every later change. Only where the
 * contact bears no time does the envelope's stand in for it, and where neither does, nothing is believed and a read is
 * asked for.
 *
 * <p>Labels are another matter. They are no part of the contact in REST, so nobody promises that its time of change moves
 * with them; two events of one such time would be unordered, and no read could tell which is the later one. A list of
 * labels that may have changed is therefore an event of its own, as of the envelope's time.
 *
 * @see <a href="https://developers.kirim.chat/webhooks/payloads/">Kirim: payloads</a>
 */
final class WebhookEvents {
    private static final Set<String> CONTACTS = Set.of("contact.created", "contact.updated");
    private static final String ASSIGNED = "conversation.assigned";
    private static final String CLOSED = "conversation.closed";
    private static final Set<String> MESSAGES = Set.of("message.received", "message.sent");
    private static final int LONGEST_KEY = 200;

    private final Rows rows;
    private final TalkEvents talks;
    private final boolean messages;
    private final @Nullable String displayDigits;
    private final InstantSource clock;

    WebhookEvents(String system, boolean messages, @Nullable String displayDigits, InstantSource clock) {
        this.rows = new Rows(system);
        this.talks = new TalkEvents(system, clock);
        this.messages = messages;
        this.displayDigits = displayDigits;
        this.clock = clock;
    }

    /** Reads a body whose signature is good. Types that are not followed, and those of later days, are accepted. */
    Receipt read(JsonNode envelope) {
        String id = envelope.path("id").asText("");
        String type = envelope.path("type").asText("");
        if (id.isBlank() || type.isBlank() || envelope.path("id").isNull()) {
            return new Receipt.Malformed("the event is not recognised: it has no id and type");
        } else if (type.equals(ASSIGNED) || type.equals(CLOSED)) {
            return talks.conversation(key(id), type.equals(CLOSED), envelope);
        } else if (messages && MESSAGES.contains(type)) {
            return talks.message(key(id), envelope);
        } else if (!CONTACTS.contains(type)) {
            return new Receipt.Accepted(List.of());
        }
        ContactShape contact = new ContactShape(envelope.path("data").path("contact"));
        if (elsewhere(contact)) {
            return new Receipt.Accepted(List.of());
        }
        Optional<Receipt> read =
                contact.id().map(rows::ref).map(ref -> new Receipt.Accepted(events(id, ref, contact, envelope)));
        return read.orElseGet(() -> new Receipt.Malformed("the event " + type + " names no contact"));
    }

    /** A subscription delivers the events of every number of the organisation. */
    private boolean elsewhere(ContactShape contact) {
        String digits = contact.accountDigits();
        return displayDigits != null && !digits.isEmpty() && !digits.equals(displayDigits);
    }

    private List<Keyed> events(String id, RecordRef ref, ContactShape contact, JsonNode envelope) {
        Optional<Instant> made = ContactShape.time(envelope.path("created_at"));
        Optional<Instant> changed = contact.updatedAt().or(() -> made);
        if (changed.isEmpty()) {
            ChangeEvent gap = ChangeEvent.of(ref, ChangeKind.GAP, AsOf.at(clock.instant()), Evidence.EVENT);
            return List.of(new Keyed(key(id), gap));
        }
        Map<String, NativeValue> properties = contact.properties();
        NativeValue labels = properties.get(ContactMapping.LABELS);
        if (labels == null || made.isEmpty() || made.equals(changed) || othersChanged(envelope)) {
            return List.of(new Keyed(key(id), event(ref, properties, changed.get())));
        }
        properties.remove(ContactMapping.LABELS);
        return List.of(
                new Keyed(key(id), event(ref, properties, changed.get())),
                new Keyed(key(id + "/labels"), event(ref, Map.of(ContactMapping.LABELS, labels), made.get())));
    }

    /** Whether the event tells what changed, and labels are not among it. */
    private static boolean othersChanged(JsonNode envelope) {
        JsonNode fields = envelope.path("data").path("changed_fields");
        boolean labels = false;
        for (JsonNode field : fields) {
            labels |= ContactMapping.LABELS.equals(field.textValue());
        }
        return fields.isArray() && !labels;
    }

    private static ChangeEvent event(RecordRef ref, Map<String, NativeValue> properties, Instant time) {
        return new ChangeEvent(
                ref,
                ChangeKind.UPSERT,
                properties,
                ContactShape.whole(properties),
                AsOf.at(time),
                Origin.UNKNOWN,
                Evidence.EVENT,
                null);
    }

    /** The signed id is the same for every delivery; it bears no values, for keys are kept long after them. */
    private static String key(String id) {
        return id.length() <= LONGEST_KEY ? id : "sha256:" + Signatures.hex(Signatures.sha256(Bytes.utf8(id)));
    }
}
