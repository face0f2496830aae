package dev.crmsync.tests.histories;

import dev.crmsync.engine.SyncEngine;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.spi.adapter.SystemDefinition;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A CRM in a history: how it is defined for the engine, what people do there, and what it holds; one class for each vendor. */
interface CrmSide {
    /** What the primary CRM is called in the sync. */
    String PRIMARY = "crm";

    /** What the vendor is called. */
    String name();

    /** What the CRM is called in the sync. */
    String word();

    /** How a contact of the CRM is named in the diary. */
    default String noted(String id) {
        return word() + "/" + id;
    }

    /** How a ticket of the CRM is named in the diary. */
    default String notedTicket(String id) {
        return word() + "/ticket/" + id;
    }

    /** The stand-in's admin endpoint. */
    AdminClient admin();

    /** What the vendor is like where its documents leave it open. */
    Map<String, Object> habits(Random dice);

    /**
     * The system of a sync.
     *
     * @param target where the host takes its webhooks
     * @param secrets what its adapter has had the host keep
     */
    SystemDefinition system(String target, Supplier<List<String>> secrets);

    /** Has webhooks sent to the host. */
    void subscribe(SyncEngine engine, String sync, String target);

    /** Every contact, archived ones too, without those that were merged away. */
    List<Shown> contacts();

    /** A person as somebody makes one. */
    record Person(
            String first,
            String last,
            String email,
            String segment,
            @Nullable String phone) {}

    /** Somebody makes a contact. */
    Shown make(Person person);

    /** What somebody wrote, and into which shared field. */
    record Wrote(String field, Shown after) {}

    /** Somebody edits a contact. */
    Wrote edit(Shown before, Random dice, Words words);

    /** Writes one shared field of a contact: {@code name}, of which the last part is changed, {@code phone} or {@code metadata.source}. */
    void write(String id, String field, String value);

    /** Somebody takes a contact away. */
    void archive(String id);

    /** Somebody takes that back. */
    void restore(String id);

    /** Somebody makes one contact of two. */
    Shown merge(Shown primary, Shown secondary);

    /** Makes Sari and Joko members of the team. */
    void team();

    /** Somebody makes a ticket that belongs to no conversation; its id. */
    String makeTicket(String title);

    /** Some place for a ticket to be moved to. */
    Map<String, String> move(Random dice);

    /** Somebody for a ticket to be given to, or nobody. */
    Map<String, String> give(Random dice);

    /** Somebody changes a ticket. */
    void changeTicket(String id, Map<String, String> change);

    /** Somebody archives a ticket. */
    void archiveTicket(String id);

    /**
     * A ticket as it stands.
     *
     * @param key the conversation whose ticket it is, or the empty text
     * @param status in Kirim's words
     * @param assignee an address in lower case, or the empty text
     * @param contacts whom it is about, by their ids
     */
    record Ticket(
            String id,
            String key,
            boolean archived,
            @Nullable String status,
            String assignee,
            List<String> contacts) {}

    /** Every ticket, archived ones too. */
    List<Ticket> tickets();

    /**
     * A note as it stands.
     *
     * @param key the message whose note it is, or the empty text
     * @param tickets where it belongs, by their ids
     */
    record Note(String id, String key, String text, List<String> tickets) {}

    /** Every note. */
    List<Note> notes();

    /** Writes another text over a note. */
    void overwrite(String note, String text);
}
