package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.engine.SyncEngine;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A CRM of the sandbox as people and auditors know it: by its public API and, where people use its pages, by its admin endpoint; past
 * the engine and its adapter.
 */
interface Crm {
    /** What the CRM is called. */
    String name();

    /** What it is called in the sync. */
    String word();

    /** The sandbox's admin endpoint. */
    String admin();

    /**
     * A person whom the CRM has before anybody thinks of sync.
     *
     * @param key the Kirim id, or null
     * @param phone the number in some way of writing it
     */
    record Person(
            @Nullable String key,
            String first,
            String last,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String segment) {}

    /** Whether it keeps nobody without a name. */
    boolean needsNames();

    /** Whether nobody is there yet. */
    boolean isEmpty();

    /** Makes persons, without a word to anybody. */
    void seed(List<Person> persons);

    /** Makes a team of these names, with addresses by which the other side knows them. */
    void team(List<String> names);

    /**
     * Has the CRM send its webhooks.
     *
     * @param target where this host takes them
     * @param notes where this host keeps secrets, for a person who pastes one into the CRM
     */
    void subscribe(SyncEngine engine, URI target, Notes notes);

    /** The CRM's id of each Kirim id that it knows, without those that live edits made. */
    Map<String, String> ids();

    /** Edit number k, by a person who changes this record; the sandbox's admin endpoint takes it at {@code edits}. */
    ObjectNode edit(int k, String id, Random chance);

    /** Everybody, as an auditor reads them, by their id there. */
    Map<String, Readback.Contact> contacts();

    /** A segment of so many persons, made unless an earlier run has made it, by the name that the adapter has for it. */
    String segment(String name, int size);

    /**
     * What became of a conversation.
     *
     * @param key the conversation's Kirim id
     * @param shown status, assignee and contact, in a form that does not depend on the system
     */
    record Ticket(String key, Map<String, String> shown) {}

    /** What became of all conversations. */
    List<Ticket> tickets();

    /**
     * What became of a message.
     *
     * @param key the message's Kirim id
     * @param placed whether it belongs to a ticket
     */
    record Note(String key, String body, boolean placed) {}

    /** What became of all messages. */
    List<Note> notes();
}
