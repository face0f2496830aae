package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.adapter.notion.Notion;
import dev.crmsync.spi.adapter.SystemDefinition;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Notion workspace.
 *
 * @param url Notion's base URL
 * @param token the token of the connection
 * @param bot the id of the connection's own user, or the empty text
 * @param contacts the data source whose pages are contacts
 * @param tickets the data source whose pages are conversations, or the empty text for none
 * @param states the options of the tickets' status with the status that each stands for
 * @param admin the sandbox's admin endpoint, or null for a real account
 */
record NotionAccount(
        String url,
        String token,
        String bot,
        String contacts,
        String tickets,
        String states,
        @Nullable String admin) implements CrmAccount {
    static final String STATES = "Open:open,Pending:pending,Closed:closed";

    /** What the sandbox is made to grant: with what is known of a real plan, the default run would take an hour. */
    private static final int CALLS_PER_MINUTE = 6_000;

    static NotionAccount sandbox(JsonNode line) {
        String admin = line.get("admin").asText();
        new Json().patch(admin + "/dials", Json.object().put("limits.per_minute", CALLS_PER_MINUTE));
        return new NotionAccount(
                line.get("url").asText(),
                line.get("token").asText(),
                line.get("botId").asText(),
                line.get("dataSourceId").asText(),
                NotionCrm.databaseOfTickets(admin),
                STATES,
                admin);
    }

    static NotionAccount real(String token, Map<String, String> environment) {
        String contacts = environment.getOrDefault("NOTION_CONTACTS", "");
        if (contacts.isBlank()) {
            throw new Options.UsageException(
                    "the environment names a real Notion workspace without NOTION_CONTACTS, the id of the data source whose"
                            + " pages are contacts");
        }
        return new NotionAccount(
                environment.getOrDefault("NOTION_URL", "https://api.notion.com"),
                token,
                environment.getOrDefault("NOTION_BOT", ""),
                contacts,
                environment.getOrDefault("NOTION_TICKETS", ""),
                environment.getOrDefault("NOTION_STATES", STATES),
                null);
    }

    @Override
    public String name() {
        return "Notion";
    }

    @Override
    public String word() {
        return CrmChoice.NOTION.word();
    }

    @Override
    public SystemDefinition system(URI webhooks, Notes notes) {
        Notion workspace = Notion.connection(token)
                .baseUrl(URI.create(url))
                .contacts(contacts)
                .webhookToken(notes.secret(word(), "webhookToken"))
                .metadata("crm_segment", "Segment")
                .metadata("source", "Kirim source");
        workspace = tickets.isEmpty() ? workspace : workspace.tickets(tickets).status("Status", states);
        workspace = bot.isEmpty() ? workspace : workspace.bot(bot);
        return admin == null
                ? workspace
                // The sandbox's queries do not lag.
                : workspace
                        .limits(CALLS_PER_MINUTE)
                        .queryLag(Duration.ofSeconds(5))
                        .webhookTarget(webhooks);
    }

    @Override
    public Crm crm() {
        return new NotionCrm(this);
    }

    @Override
    public String toString() {
        return "Notion[" + url + "]";
    }
}
