package dev.crmsync.spi.adapter;

/** The kinds of calls that quotas are told apart by. */
public enum Operation {
    /** {@link ReadsOne#read}. */
    READ_ONE,
    /** {@link ReadsMany#readMany}. */
    READ_MANY,
    /** {@link ListsChanges#changes}. */
    LIST_CHANGES,
    /** {@link ListsAll#list}. */
    LIST_ALL,
    /** {@link WritesOne#write}. */
    WRITE_ONE,
    /** {@link WritesMany#writeMany}. */
    WRITE_MANY,
    /** {@link FindsCreated#find}. */
    FIND,
    /** {@link Archives#archive}. */
    ARCHIVE,
    /** {@link TagsMany#tag}. */
    TAG_MANY,
    /** {@link ListsSegments#members}. */
    LIST_MEMBERS,
    /** Set-up, subscriptions, descriptions, and the directories of labels and segments. */
    ADMIN
}
