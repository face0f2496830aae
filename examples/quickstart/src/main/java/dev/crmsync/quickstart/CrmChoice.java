package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The CRMs that Kirim can be brought in step with. */
enum CrmChoice {
    /** HubSpot: contacts, tickets, notes, lists. */
    HUBSPOT,
    /** Pipedrive: persons, deals, notes, saved filters. */
    PIPEDRIVE,
    /** Notion: pages of two databases, blocks, properties with a value. */
    NOTION;

    private static final String ALL = "all";

    /** As the option names it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All of them, the primary one first, as the word for it says, or the one of this word; nothing for another word. */
    static List<CrmChoice> of(String word) {
        return Arrays.stream(values())
                .filter(one -> word.equals(ALL) || one.word().equals(word))
                .toList();
    }

    static String words() {
        List<String> words = Arrays.stream(values()).map(CrmChoice::word).toList();
        return String.join(", ", words) + " or " + ALL;
    }

    static String tokenVariables(List<CrmChoice> choices) {
        return String.join(
                " and ", choices.stream().map(CrmChoice::tokenVariable).toList());
    }

    /** The variable of the environment that holds the token of a real account. */
    String tokenVariable() {
        return name() + "_TOKEN";
    }

    /** The account that the line of a sandbox tells of. */
    CrmAccount sandbox(JsonNode line) {
        return switch (this) {
            case HUBSPOT -> HubSpotAccount.sandbox(line.get(word()));
            case PIPEDRIVE -> PipedriveAccount.sandbox(line.get(word()));
            case NOTION -> NotionAccount.sandbox(line.get(word()));
        };
    }

    /** The real account that the environment names. */
    CrmAccount real(Map<String, String> environment) {
        String token = environment.getOrDefault(tokenVariable(), "");
        return switch (this) {
            case HUBSPOT -> HubSpotAccount.real(token, environment);
            case PIPEDRIVE -> PipedriveAccount.real(token, environment);
            case NOTION -> NotionAccount.real(token, environment);
        };
    }
}
