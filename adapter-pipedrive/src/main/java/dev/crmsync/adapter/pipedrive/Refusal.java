package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.crmsync.http.VendorError;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an error body of Pipedrive blames. Its sentences may repeat the values that they complain about, so nothing of them is
 * kept: they are searched for names that we know already. Bodies come in several shapes, and none of their members is promised.
 */
final class Refusal {
    /** Our name for the sentence that Pipedrive has in place of a code, when an app lacks a scope. */
    static final String SCOPE = "scope_mismatch";

    private final List<String> sentences = new ArrayList<>();

    private Refusal() {}

    static Refusal of(JsonNode body) {
        Refusal refusal = new Refusal();
        for (String member : List.of("error", "error_info", "message")) {
            String text = body.path(member).textValue();
            if (text != null) {
                refusal.sentences.add(text);
            }
        }
        body.path("errors").properties().forEach(entry -> {
            refusal.sentences.add(entry.getKey());
            entry.getValue().forEach(told -> refusal.sentences.add(told.asText("")));
        });
        return refusal;
    }

    /** The reader that puts code and property into messages. */
    static VendorError vendorError(JsonNode body) {
        boolean scope = body.path("error").asText("").equals("Scope and URL mismatch");
        JsonNode code = body.path("code").isTextual() ? body.path("code") : body.path("errorCode");
        JsonNode field = JsonNodeFactory.instance.missingNode();
        for (var entry : body.path("errors").properties()) {
            field = field.isMissingNode() ? JsonNodeFactory.instance.textNode(entry.getKey()) : field;
        }
        return VendorError.of(scope ? JsonNodeFactory.instance.textNode(SCOPE) : code, field);
    }

    /** The first of the names of what was sent that a sentence mentions as a word of its own. */
    Optional<String> mentioned(Collection<String> names) {
        for (String sentence : sentences) {
            for (String name : names) {
                if (isWord(sentence, name)) {
                    return Optional.of(name);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isWord(String sentence, String name) {
        for (int at = sentence.indexOf(name); at >= 0; at = sentence.indexOf(name, at + 1)) {
            int end = at + name.length();
            boolean before = at == 0 || !isPart(sentence.charAt(at - 1));
            boolean after = end == sentence.length() || !isPart(sentence.charAt(end));
            if (before && after) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    /** Why Pipedrive refused; what it says in words is looked at for the plainest of them alone. */
    Rejection kind(int status) {
        return switch (status) {
            case 404 -> Rejection.NOT_FOUND;
            case 403, 405, 415 -> Rejection.FORBIDDEN;
            case 409 -> Rejection.UNIQUE;
            default ->
                says("is required", "is mandatory")
                        ? Rejection.REQUIRED
                        : says("too long", "less than or equal to") ? Rejection.TOO_LONG : Rejection.INVALID;
        };
    }

    private boolean says(String... parts) {
        return sentences.stream()
                .map(sentence -> sentence.toLowerCase(Locale.ROOT))
                .anyMatch(sentence -> {
                    for (String part : parts) {
                        if (sentence.contains(part)) {
                            return true;
                        }
                    }
                    return false;
                });
    }
}
