package dev.crmsync.spi.store;

import dev.crmsync.spi.model.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is committed wholly or not at all: changes to links, and everything that follows from them. Immutable; made by
 * {@link #builder()}.
 *
 * @param links changes to links, by compare-and-set
 * @param journal entries to append
 * @param due changes to due work
 * @param wakes links whose waiting children are due at once, at every system and in the lane in which they stand: they
 *     wait no longer and their time is {@link java.time.Instant#EPOCH}
 * @param reviews reviews to open, change or close
 * @param deadLetters dead letters to keep
 * @param deadLettersGone ids of dead letters to remove
 * @param inbox events to accept as if by {@link Store#accept}
 * @param inboxDone ids of inbox rows that are processed: they keep their key and lose their content
 * @param cursors cursors to set; empty bytes remove a cursor
 * @param erased links whose past is erased: their journal goes but for what this unit appends, and of their reviews and
 *     dead letters nothing but the rows stays
 */
public record Unit(
        List<LinkChange> links,
        List<JournalEntry> journal,
        List<DueChange> due,
        List<String> wakes,
        List<ReviewRow> reviews,
        List<DeadLetterRow> deadLetters,
        List<String> deadLettersGone,
        List<InboxEvent> inbox,
        List<Long> inboxDone,
        Map<String, Bytes> cursors,
        List<String> erased) {
    /** Copies everything. */
    public Unit {
        links = List.copyOf(links);
        journal = List.copyOf(journal);
        due = List.copyOf(due);
        wakes = List.copyOf(wakes);
        reviews = List.copyOf(reviews);
        deadLetters = List.copyOf(deadLetters);
        deadLettersGone = List.copyOf(deadLettersGone);
        inbox = List.copyOf(inbox);
        inboxDone = List.copyOf(inboxDone);
        cursors = Map.copyOf(cursors);
        erased = List.copyOf(erased);
    }

    /**
     * Begins an empty unit.
     *
     * @return a builder, not thread-safe
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Gathers what shall be committed together. Not thread-safe. */
    public static final class Builder {
        private final List<LinkChange> links = new ArrayList<>();
        private final List<JournalEntry> journal = new ArrayList<>();
        private final List<DueChange> due = new ArrayList<>();
        private final List<String> wakes = new ArrayList<>();
        private final List<ReviewRow> reviews = new ArrayList<>();
        private final List<DeadLetterRow> deadLetters = new ArrayList<>();
        private final List<String> deadLettersGone = new ArrayList<>();
        private final List<InboxEvent> inbox = new ArrayList<>();
        private final List<Long> inboxDone = new ArrayList<>();
        private final Map<String, Bytes> cursors = new LinkedHashMap<>();
        private final List<String> erased = new ArrayList<>();

        private Builder() {}

        /**
         * Adds a change to a link.
         *
         * @param change the change
         * @return this
         */
        public Builder link(LinkChange change) {
            links.add(change);
            return this;
        }

        /**
         * Appends to the journal.
         *
         * @param entry the entry
         * @return this
         */
        public Builder journal(JournalEntry entry) {
            journal.add(entry);
            return this;
        }

        /**
         * Changes due work.
         *
         * @param change the change
         * @return this
         */
        public Builder due(DueChange change) {
            due.add(change);
            return this;
        }

        /**
         * Wakes the children that wait for a link.
         *
         * @param link the link's id
         * @return this
         */
        public Builder wake(String link) {
            wakes.add(link);
            return this;
        }

        /**
         * Opens, changes or closes a review.
         *
         * @param review the review as it shall be
         * @return this
         */
        public Builder review(ReviewRow review) {
            reviews.add(review);
            return this;
        }

        /**
         * Keeps a dead letter.
         *
         * @param letter the dead letter
         * @return this
         */
        public Builder deadLetter(DeadLetterRow letter) {
            deadLetters.add(letter);
            return this;
        }

        /**
         * Removes a dead letter.
         *
         * @param id its id
         * @return this
         */
        public Builder deadLetterGone(String id) {
            deadLettersGone.add(id);
            return this;
        }

        /**
         * Accepts an event into the inbox.
         *
         * @param event the event
         * @return this
         */
        public Builder inbox(InboxEvent event) {
            inbox.add(event);
            return this;
        }

        /**
         * Marks an inbox row as processed.
         *
         * @param id its id
         * @return this
         */
        public Builder inboxDone(long id) {
            inboxDone.add(id);
            return this;
        }

        /**
         * Sets a cursor.
         *
         * @param name its name
         * @param value its bytes; empty bytes remove it
         * @return this
         */
        public Builder cursor(String name, Bytes value) {
            cursors.put(name, value);
            return this;
        }

        /**
         * Erases the past of a link.
         *
         * @param link the link's id
         * @return this
         */
        public Builder erase(String link) {
            erased.add(link);
            return this;
        }

        /**
         * Ends the gathering.
         *
         * @return the unit
         */
        public Unit build() {
            return new Unit(
                    links,
                    journal,
                    due,
                    wakes,
                    reviews,
                    deadLetters,
                    deadLettersGone,
                    inbox,
                    inboxDone,
                    cursors,
                    erased);
        }
    }
}
