package dev.crmsync.adapter.notion;

/** What messages are kept as on the page of their ticket. */
enum MessageKind {
    /** A paragraph at the end of the page. */
    BLOCK("block", "/v1/blocks"),
    /** A comment on the page. */
    COMMENT("comment", "/v1/comments");

    private final String noun;
    private final String path;

    MessageKind(String noun, String path) {
        this.noun = noun;
        this.path = path;
    }

    /** Notion's name of the object. */
    String noun() {
        return noun;
    }

    /** The path below which single ones are. */
    String path() {
        return path;
    }
}
