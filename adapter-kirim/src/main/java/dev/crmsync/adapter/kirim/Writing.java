package dev.crmsync.adapter.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpFaults;
import dev.crmsync.http.HttpReply;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes one contact a call, with one attempt: a PATCH of absolute values, or a POST under its idempotency key.
 *
 * @see <a href="https://developers.kirim.chat/concepts/idempotency/">Kirim: idempotency</a>
 */
final class Writing {
    private static final Set<String> TEXTS =
            Set.of(ContactMapping.NAME, ContactMapping.EMAIL, ContactMapping.PHONE_NUMBER);

    private final Api api;
    private final Rows rows;

    Writing(Api api, Rows rows) {
        this.api = api;
        this.rows = rows;
    }

    Outcome write(Write write) {
        Optional<Outcome> unspeakable = unspeakable(write);
        if (unspeakable.isPresent()) {
            return unspeakable.get();
        }
        RecordRef ref = write.ref();
        HttpCall call = ref == null
                ? create(write)
                : HttpCall.patch("/{phoneNumberId}/contacts/{id}", api.phoneNumberId(), ref.id());
        return outcome(write, api.send(call.body(body(write))));
    }

    private HttpCall create(Write write) {
        HttpCall call = HttpCall.post("/{phoneNumberId}/contacts", api.phoneNumberId());
        String key = write.idempotencyKey();
        return key == null ? call : call.header("Idempotency-Key", key);
    }

    private Outcome outcome(Write write, HttpReply reply) {
        if (!(reply instanceof HttpAnswer answer)) {
            return HttpFaults.ofWrite(reply);
        } else if (!answer.ok()) {
            return Rejections.of(answer);
        }
        RecordRef ref = write.ref();
        if (ref != null && answer.status() == 204) {
            return new Outcome.Done(ref, null);
        } else if (answer.json().isEmpty()) {
            return HttpFaults.ofWrite(answer);
        }
        Optional<ChangeEvent> record =
                rows.written(answer).filter(shown -> ref == null || shown.ref().equals(ref));
        return record.<Outcome>map(shown -> new Outcome.Done(shown.ref(), shown))
                .orElseGet(() -> new Outcome.Unknown(answer + " without the contact that was written"));
    }

    /** What Kirim has no words for is refused here, before it is sent. */
    private static Optional<Outcome> unspeakable(Write write) {
        Write.ExternalId externalId = write.externalId();
        if (externalId != null) {
            return Optional.of(refused(
                    Rejection.READ_ONLY,
                    externalId.property(),
                    "Kirim issues the join key itself; leave the external id out of its mapping"));
        }
        for (Map.Entry<String, NativeValue> property : write.properties().entrySet()) {
            String name = property.getKey();
            NativeValue value = property.getValue();
            if (!TEXTS.contains(name) && !name.equals(ContactMapping.METADATA)) {
                return Optional.of(refused(
                        Rejection.READ_ONLY, name, "Kirim's contacts have no such property that can be written"));
            }
            boolean fits = value instanceof NativeValue.Empty
                    || (name.equals(ContactMapping.METADATA)
                            ? value instanceof NativeValue.Entries
                            : value instanceof NativeValue.Text);
            if (!fits) {
                return Optional.of(refused(
                        Rejection.INVALID,
                        name,
                        name.equals(ContactMapping.METADATA) ? "it takes a map" : "it takes text or nothing"));
            }
        }
        return Optional.empty();
    }

    private static Outcome refused(Rejection kind, String property, String why) {
        return new Outcome.Rejected(kind, property, null, "property " + property + " was not sent: " + why);
    }

    /** A PATCH clears with null. A create leaves out what is empty: there is nothing to clear. */
    private static ObjectNode body(Write write) {
        ObjectNode body = Json.object();
        write.properties().forEach((name, value) -> {
            if (!write.creates()) {
                body.set(name, Json.fromNative(value));
            } else if (value instanceof NativeValue.Entries entries) {
                ObjectNode bag = body.putObject(name);
                entries.entries().forEach((key, entry) -> putUnlessEmpty(bag, key, entry));
            } else {
                putUnlessEmpty(body, name, value);
            }
        });
        return body;
    }

    private static void putUnlessEmpty(ObjectNode object, String name, NativeValue value) {
        JsonNode json = Json.fromNative(value);
        if (!json.isNull()) {
            object.set(name, json);
        }
    }
}
