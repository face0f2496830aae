package dev.crmsync.sandbox.notion;

/**
 * Who does something.
 *
 * @param id the user's id
 * @param type person, bot or agent, as webhooks tell it
 */
record NotionActor(String id, String type) {
    static NotionActor person(String id) {
        return new NotionActor(id, "person");
    }

    static NotionActor bot(String id) {
        return new NotionActor(id, "bot");
    }
}
