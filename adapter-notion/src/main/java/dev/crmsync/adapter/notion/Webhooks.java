package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.Json;
import dev.crmsync.http.Signatures;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.SecretSink;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Receives webhooks: judges the signature over the raw bytes first, and looks into the body only when it is right. The one request
 * that bears no signature is the handshake, which brings the key of all later ones and is taken in an opened window alone.
 *
 * @see <a href="https://developers.notion.com/reference/webhooks">Notion: webhooks</a>
 */
final class Webhooks {
    private static final String SIGNATURE = "X-Notion-Signature";
    private static final String SCHEME = "sha256=";
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{8,500}");

    private final String system;
    private final SecretSource tokens;
    private final SecretSink sink;
    private final HandshakeWindow window;
    private final WebhookEvents events;

    Webhooks(String system, SecretSource tokens, SecretSink sink, HandshakeWindow window, WebhookEvents events) {
        this.system = system;
        this.tokens = tokens;
        this.sink = sink;
        this.window = window;
        this.events = events;
    }

    /** Whether a token is known by which webhooks are judged. */
    boolean isReady() {
        return !known().isEmpty();
    }

    private List<String> known() {
        return tokens.current().stream().filter(token -> !token.isBlank()).toList();
    }

    Receipt receive(WebhookRequest request) {
        if (request.body().size() > dev.crmsync.http.Webhooks.MAX_BODY_BYTES) {
            // Not even its signature is looked at: no webhook is of that length.
            return new Receipt.BadSignature();
        }
        // Whether a handshake is signed, with a key that nobody could know yet, is not documented.
        boolean unsigned = request.header(SIGNATURE).isEmpty();
        Optional<String> token = unsigned || window.isOpen() ? token(request) : Optional.empty();
        if (token.isPresent()) {
            return handshake(token.get());
        } else if (unsigned || !signed(request)) {
            return new Receipt.BadSignature();
        }
        Optional<JsonNode> body = Json.parse(request.body()).filter(JsonNode::isObject);
        if (body.isEmpty()) {
            return new Receipt.Malformed("the body is no JSON object");
        }
        return events.read(body.get())
                .<Receipt>map(Receipt.Accepted::new)
                .orElseGet(() -> new Receipt.Malformed("it names no type, no entity, or no parent of its page"));
    }

    /** Each token is tried, whatever the one before says. */
    private boolean signed(WebhookRequest request) {
        List<String> known = known();
        if (known.isEmpty()) {
            throw SyncException.configuration("system " + system + ": no secret '" + Settings.WEBHOOK_TOKEN
                            + "' is known to check webhooks with; supply the verification token of the subscription where"
                            + " the system is defined")
                    .inSystem(system)
                    .about(Settings.WEBHOOK_TOKEN);
        }
        List<String> values = request.headers().getOrDefault(SIGNATURE, List.of()).stream()
                .map(String::strip)
                .distinct()
                .toList();
        // Two that differ prove nothing.
        String value = values.size() == 1 ? values.get(0).toLowerCase(Locale.ROOT) : "";
        Bytes theirs = value.startsWith(SCHEME)
                ? Signatures.fromHex(value.substring(SCHEME.length())).orElse(Bytes.EMPTY)
                : Bytes.EMPTY;
        boolean matched = false;
        for (String token : known) {
            matched |= Signatures.same(Signatures.hmacSha256(token, request.body()), theirs);
        }
        return matched;
    }

    private static Optional<String> token(WebhookRequest request) {
        return Json.parse(request.body())
                .filter(JsonNode::isObject)
                .map(body -> body.path("verification_token").textValue())
                .filter(TOKEN.asMatchPredicate());
    }

    /**
     * Takes the key of later webhooks. One that is known already is told again when a person asks for it; another one is taken in
     * an opened window, and stored by the host before it is answered.
     */
    private Receipt handshake(String token) {
        Bytes theirs = Signatures.sha256(Bytes.utf8(token));
        boolean known = false;
        for (String one : known()) {
            known |= Signatures.same(Signatures.sha256(Bytes.utf8(one)), theirs);
        }
        if (!known) {
            synchronized (window) {
                if (!window.isOpen()) {
                    return new Receipt.BadSignature();
                }
                sink.store(system, Settings.WEBHOOK_TOKEN, token);
                window.close();
            }
        }
        return new Receipt.Accepted(List.of());
    }
}
