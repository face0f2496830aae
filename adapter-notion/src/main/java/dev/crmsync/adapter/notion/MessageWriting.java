package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpFaults;
import dev.crmsync.http.HttpReply;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes messages as blocks or comments, with one attempt each. What stands in the last line is settled when one is made. */
final class MessageWriting {
    private final Messages messages;

    MessageWriting(Messages messages) {
        this.messages = messages;
    }

    Outcome write(Write write) {
        for (String property : write.properties().keySet()) {
            boolean settled = !property.equals(MessageMapping.BODY) && !write.creates();
            if (settled || !isOurs(property)) {
                return refused(Rejection.READ_ONLY, property, "it is settled when the message is kept");
            }
        }
        RecordRef ref = write.ref();
        return ref == null ? create(write) : change(write, ref);
    }

    private static boolean isOurs(String property) {
        return switch (property) {
            case MessageMapping.BODY, MessageMapping.TIME, MessageMapping.DIRECTION, MessageMapping.TICKET -> true;
            default -> false;
        };
    }

    private static Outcome refused(Rejection kind, @Nullable String property, String why) {
        return new Outcome.Rejected(kind, property, null, "the message was not sent: " + why);
    }

    private Outcome create(Write write) {
        Write.ExternalId key = write.externalId();
        Optional<String> ticket = text(write, MessageMapping.TICKET).flatMap(Ids::of);
        if (key != null && !key.value().matches("[^\\s\\[\\]]{1,200}")) {
            return refused(Rejection.INVALID, key.property(), "it has an id that a line of text cannot hold");
        } else if (ticket.isEmpty()) {
            return refused(Rejection.REQUIRED, MessageMapping.TICKET, "it is kept with its ticket");
        }
        Instant at = text(write, MessageMapping.TIME).flatMap(Times::parse).orElse(null);
        MessageText made = new MessageText(
                text(write, MessageMapping.BODY).orElse("").strip(),
                key == null ? null : key.value(),
                text(write, MessageMapping.DIRECTION)
                        .filter(way -> way.matches("inbound|outbound"))
                        .orElse(null),
                at);
        Optional<ArrayNode> pieces = made.pieces();
        return pieces.isEmpty() ? tooLong() : sent(messages.adding(ticket.get(), pieces.get()), null, made.key());
    }

    private static Outcome tooLong() {
        return refused(Rejection.TOO_LONG, MessageMapping.BODY, "one block or comment does not hold as much");
    }

    /** The last line stays, so what stands there is read first. */
    private Outcome change(Write write, RecordRef ref) {
        Optional<JsonNode> found;
        try {
            found = messages.api()
                    .find(HttpCall.get(messages.kind().path() + "/{id}", ref.id()))
                    .map(Api::body)
                    .filter(object -> !Rows.trashed(object));
        } catch (SyncException fault) {
            return Writing.notBegun(fault);
        }
        if (found.isEmpty()) {
            return refused(Rejection.NOT_FOUND, null, "it is not there, or not visible");
        }
        MessageText before = messages.text(found.get());
        MessageText after = new MessageText(
                text(write, MessageMapping.BODY).orElse(before.body()).strip(),
                before.key(),
                before.direction(),
                before.at());
        String type = found.get().path("type").asText("");
        return after.pieces()
                .map(pieces -> sent(
                        HttpCall.patch(messages.kind().path() + "/{id}", ref.id())
                                .body(messages.body(type, pieces)),
                        ref,
                        before.key()))
                .orElseGet(MessageWriting::tooLong);
    }

    private Outcome sent(HttpCall call, @Nullable RecordRef ref, @Nullable String key) {
        HttpReply reply = messages.api().send(call);
        if (!(reply instanceof HttpAnswer answer)) {
            return HttpFaults.ofWrite(reply);
        } else if (!Api.succeeded(answer)) {
            return refusedBy(answer, ref == null);
        }
        JsonNode object = ref == null ? made(Api.body(answer), key) : Api.body(answer);
        Optional<String> id = Ids.of(object.path("id"));
        if (id.isEmpty() || ref != null && !ref.id().equals(id.get())) {
            return new Outcome.Unknown(
                    answer + " without the " + messages.kind().noun() + " that was written");
        }
        boolean shows = messages.text(object).key() != null;
        return new Outcome.Done(messages.ref(id.get()), shows ? messages.shown(object, answer) : null);
    }

    /** A comment itself; of blocks a list, and which of them is ours its last line says. */
    private JsonNode made(JsonNode body, @Nullable String key) {
        if (messages.kind() == MessageKind.COMMENT) {
            return body;
        }
        JsonNode results = body.path("results");
        for (JsonNode block : results) {
            if (key != null && key.equals(messages.text(block).key())) {
                return block;
            }
        }
        return results.size() == 1 ? results.get(0) : Json.object();
    }

    private Outcome refusedBy(HttpAnswer answer, boolean creates) {
        Outcome byHttp = Writing.putOff(answer).orElseGet(() -> HttpFaults.ofWrite(answer));
        if (!(byHttp instanceof Outcome.Rejected rejected)) {
            return byHttp;
        }
        boolean trashed = answer.status() == 400 && Refusal.of(Api.body(answer)).saysTrashed();
        if (rejected.kind() != Rejection.NOT_FOUND && !trashed) {
            return rejected;
        }
        return creates
                ? new Outcome.Rejected(Rejection.MISSING_PARENT, MessageMapping.TICKET, null, answer.toString())
                : new Outcome.Rejected(Rejection.NOT_FOUND, null, null, answer.toString());
    }

    private static Optional<String> text(Write write, String property) {
        NativeValue value = write.properties().get(property);
        return value == null || value.isBlank() ? Optional.empty() : Values.asText(value);
    }
}
