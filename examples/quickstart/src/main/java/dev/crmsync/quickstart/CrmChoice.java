package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The CRMs that Kirim can be brought in step with. */
enum CrmChoice {
    /** HubSpot: contacts, tickets, notes, lists. */
    HUBSPOT,
    /** Pipedrive: persons, deals, notes, saved filters. */
    PIPEDRIVE,
    /** Notion: pages of two databases, blocks, properties with a value. */
    NOTION;

    /** As the option names it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<CrmChoice> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    static String words() {
        List<String> words = Arrays.stream(values()).map(CrmChoice::word).toList();
        int last = words.size() - 1;
        return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
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

    /** The real account that a token is for. */
    CrmAccount real(String token, Map<String, String> environment) {
        return switch (this) {
            case HUBSPOT -> HubSpotAccount.real(token, environment);
            case PIPEDRIVE -> PipedriveAccount.real(token, environment);
            case NOTION -> NotionAccount.real(token, environment);
        };
    }
}
