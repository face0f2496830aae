package dev.crmsync.sandbox.pipedrive;

/** A kind of records, by its word in webhooks and its plural in paths. */
enum PipedriveKind {
    PERSON("person", "persons"),
    DEAL("deal", "deals"),
    ACTIVITY("activity", "activities"),
    NOTE("note", "notes"),
    LEAD("lead", "leads"),
    PIPELINE("pipeline", "pipelines"),
    STAGE("stage", "stages");

    private final String word;
    private final String plural;

    PipedriveKind(String word, String plural) {
        this.word = word;
        this.plural = plural;
    }

    /** As webhooks and search write it. */
    String word() {
        return word;
    }

    /** As paths write it. */
    String plural() {
        return plural;
    }

    /** The word that stands for it in messages. */
    String title() {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    /** Whose fields its custom fields are: a lead has those of deals. */
    PipedriveKind fieldsOf() {
        return this == LEAD ? DEAL : this;
    }

    /** Whether it has custom fields at all. */
    boolean hasFields() {
        return this == PERSON || this == DEAL || this == LEAD;
    }
}
