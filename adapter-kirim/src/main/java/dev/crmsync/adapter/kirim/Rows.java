package dev.crmsync.adapter.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Makes change events of the contacts in Kirim's answers. A contact was as it is shown from its time of last change until
 * it was answered; both times are of Kirim's clock, the second one in whole seconds.
 */
final class Rows {
    private static final String REPLAYED = "Idempotent-Replayed";

    private final String system;

    Rows(String system) {
        this.system = system;
    }

    RecordRef ref(String id) {
        return new RecordRef(system, Contact.TYPE, id);
    }

    /** A contact in an answer, or empty when the answer shows none. */
    Optional<ChangeEvent> of(JsonNode json, HttpAnswer answer, Evidence evidence) {
        ContactShape contact = new ContactShape(json);
        Instant answered = answer.date();
        AsOf asOf = AsOf.read(contact.updatedAt().orElse(answered), answered);
        return contact.id().map(id -> ChangeEvent.full(ref(id), contact.properties(), asOf, evidence));
    }

    /**
     * The contact in the answer to a write. An answer that is repeated under an idempotency key shows the contact as the
     * first answer did, up to a day ago: it is no news of today, and counts like a late event.
     */
    Optional<ChangeEvent> written(HttpAnswer answer) {
        JsonNode json = Api.data(answer);
        if (!"true".equalsIgnoreCase(answer.header(REPLAYED).orElse("").strip())) {
            return of(json, answer, Evidence.READ);
        }
        ContactShape contact = new ContactShape(json);
        Map<String, NativeValue> properties = contact.properties();
        AsOf asOf = AsOf.at(contact.updatedAt().or(contact::createdAt).orElseGet(answer::date));
        return contact.id().map(id -> ChangeEvent.partial(ref(id), properties, asOf, Evidence.EVENT));
    }
}
