package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an error body of Notion blames. Its sentence may repeat the value that it complains about, so nothing of it is kept: it is
 * searched for the names of what was sent.
 */
final class Refusal {
    private final String sentence;

    private Refusal(String sentence) {
        this.sentence = sentence;
    }

    static Refusal of(JsonNode body) {
        return new Refusal(body.path("message").asText(""));
    }

    /** The native property behind the longest name of what was sent that the sentence mentions as a word of its own. */
    Optional<String> mentioned(Map<String, String> natives) {
        List<String> names = natives.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (String name : names) {
            if (isWord(name)) {
                return Optional.ofNullable(natives.get(name));
            }
        }
        return Optional.empty();
    }

    private boolean isWord(String name) {
        for (int at = sentence.indexOf(name); at >= 0; at = sentence.indexOf(name, at + 1)) {
            int end = at + name.length();
            boolean before = at == 0 || !Character.isLetterOrDigit(sentence.charAt(at - 1));
            boolean after = end == sentence.length() || !Character.isLetterOrDigit(sentence.charAt(end));
            if (before && after) {
                return true;
            }
        }
        return false;
    }

    /** Whether it speaks of an id. */
    boolean mentionsId(String id) {
        String told = sentence.toLowerCase(Locale.ROOT).replace("-", "");
        return told.contains(id.replace("-", ""));
    }

    /** Whether it is about something that is not there. */
    boolean saysNotFound() {
        return sentence.toLowerCase(Locale.ROOT).contains("could not find");
    }

    /** Whether the page is in the trash, where nothing is edited. */
    boolean saysTrashed() {
        String told = sentence.toLowerCase(Locale.ROOT);
        return told.contains("archived") || told.contains("trash");
    }

    /** Why Notion refused a value; what it says in words is looked at for the plainest of them alone. */
    Rejection kind() {
        String told = sentence.toLowerCase(Locale.ROOT);
        if (told.contains("length should be") || told.contains("should be ≤")) {
            return Rejection.TOO_LONG;
        }
        return told.contains("option") ? Rejection.NOT_AN_OPTION : Rejection.INVALID;
    }
}
