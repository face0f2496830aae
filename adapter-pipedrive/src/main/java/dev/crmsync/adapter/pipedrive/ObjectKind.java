package dev.crmsync.adapter.pipedrive;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kind of Pipedrive's records, as far as it is data.
 *
 * @param type the canonical record type
 * @param entity Pipedrive's name of it in webhooks and in the search for a field
 * @param v2 whether the second version of the API has it; else the first
 * @param plural Pipedrive's name of it in paths
 * @param fields the path of its fields, which leads share with deals; null where it has no custom fields
 * @see <a href="https://developers.pipedrive.com/docs/api/v1">Pipedrive: API reference</a>
 */
record ObjectKind(
        String type,
        String entity,
        boolean v2,
        String plural,
        @Nullable String fields) {
    static final ObjectKind PERSON = new ObjectKind(Contact.TYPE, "person", true, "persons", "personFields");
    static final ObjectKind DEAL = new ObjectKind(Conversation.TYPE, "deal", true, "deals", "dealFields");
    static final ObjectKind LEAD = new ObjectKind(Conversation.TYPE, "lead", false, "leads", "dealFields");
    static final ObjectKind NOTE = new ObjectKind(Message.TYPE, "note", false, "notes", null);
    static final ObjectKind ACTIVITY = new ObjectKind(Message.TYPE, "activity", true, "activities", null);

    /** The prefix of the first version of the API. */
    static final String V1 = "/v1";

    /** The prefix of the second version of the API. */
    static final String V2 = "/api/v2";

    /** The path of the records, with what follows it. */
    String path(String rest) {
        return (v2 ? V2 : V1) + "/" + plural + rest;
    }

    /**
     * One list in which changes of this kind show up.
     *
     * @param path the list's path
     * @param deleted whether it lists what was deleted, which has to be asked for
     * @param slow whether it is looked at once an hour: each look costs as much of the day's tokens as one at the others
     */
    record Feed(String path, boolean deleted, boolean slow) {}

    /** Where changes are looked for: what is archived or deleted is left out of the ordinary list. */
    List<Feed> feeds() {
        Feed main = new Feed(path(""), false, false);
        Feed archived = new Feed(path("/archived"), false, true);
        return equals(DEAL)
                ? List.of(main, new Feed(path(""), true, true), archived)
                : equals(LEAD) ? List.of(main, archived) : List.of(main);
    }

    /** The lists that make up a walk over all of them: a lead that is archived is a conversation that was closed. */
    List<String> walks() {
        return equals(LEAD) ? List.of(path(""), path("/archived")) : List.of(path(""));
    }
}
