package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.Receipt.Keyed;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.RecordRef;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Receives webhooks: judges the signature first, and looks into the body only when it is HubSpot's. */
final class Webhooks {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Signatures signatures;
    private final WebhookEvents events;

    Webhooks(Signatures signatures, WebhookEvents events) {
        this.signatures = signatures;
        this.events = events;
    }

    Receipt receive(WebhookRequest request) {
        Signatures.Verdict verdict = signatures.judge(request);
        if (verdict == Signatures.Verdict.BAD) {
            return new Receipt.BadSignature();
        }
        Optional<JsonNode> body = parse(request.body());
        if (body.isEmpty() || !body.get().isContainerNode()) {
            return new Receipt.Malformed("the body is no JSON array of events");
        }
        return read(body.get(), verdict == Signatures.Verdict.OLD);
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

    /** Bytes that are no UTF-8 are refused instead of mended, so that no value is taken in garbled. */
    private static Optional<JsonNode> parse(Bytes body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.toArray()))
                    .toString();
            return Optional.ofNullable(STRICT.readTree(text));
        } catch (CharacterCodingException | JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
