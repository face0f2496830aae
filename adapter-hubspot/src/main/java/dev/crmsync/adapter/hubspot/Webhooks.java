package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.Receipt.Keyed;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Receives webhooks: judges the signature first, and looks into the body only when it is HubSpot's. */
final class Webhooks {
    private final RequestSignatures signatures;
    private final WebhookEvents events;

    Webhooks(RequestSignatures signatures, WebhookEvents events) {
        this.signatures = signatures;
        this.events = events;
    }

    Receipt receive(WebhookRequest request) {
        RequestSignatures.Verdict verdict = signatures.judge(request);
        if (verdict == RequestSignatures.Verdict.BAD) {
            return new Receipt.BadSignature();
        }
        Optional<JsonNode> body = Json.parse(request.body());
        if (body.isEmpty() || !body.get().isContainerNode()) {
            return new Receipt.Malformed("the body is no JSON array of events");
        }
        return read(body.get(), verdict == RequestSignatures.Verdict.OLD);
    }

    /** One odd item must not take its neighbours along, so the whole is malformed only when nothing in it makes sense. */
    private Receipt read(JsonNode body, boolean old) {
        List<JsonNode> items = new ArrayList<>();
        if (body.isArray()) {
            body.forEach(items::add);
        } else {
            items.add(body);
        }
        List<Keyed> read = new ArrayList<>();
        int strange = 0;
        for (JsonNode item : items) {
            Optional<List<Keyed>> found = events.read(new WebhookItem(item));
            found.ifPresent(read::addAll);
            strange += found.isEmpty() ? 1 : 0;
        }
        if (strange > 0 && strange == items.size()) {
            return new Receipt.Malformed("none of the " + strange + " items is an event with a type and an object id");
        }
        return old ? new Receipt.Stale(named(read)) : new Receipt.Accepted(read);
    }

    private static List<RecordRef> named(List<Keyed> read) {
        return read.stream()
                .map(Keyed::event)
                .flatMap(event -> Stream.concat(Stream.of(event.ref()), event.other().stream()))
                .distinct()
                .toList();
    }
}
