package dev.crmsync.testkit.adapter;

import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an account can do for an experiment, past the adapter. A {@link TestAccount} implements those that it has; a rule
 * whose lever is missing is reported as not measured. Methods throw what they like when they fail: the rule is then
 * reported as broken with that message. {@link Missing} says instead that the lever is not there after all.
 */
public final class Lever {
    private Lever() {}

    /** Thrown by an account that has a lever for other records than these: what needs it is not measured. */
    public static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /**
         * Says what is missing.
         *
         * @param what what the account cannot do, and why
         */
        public Missing(String what) {
            super(what);
        }
    }

    /** A person works in the vendor's own user interface. */
    public interface Hand {
        /**
         * Makes a record.
         *
         * @param properties its native properties
         * @return the record
         */
        RecordRef make(Map<String, NativeValue> properties);

        /**
         * Changes a record.
         *
         * @param record the record
         * @param properties native properties; an empty one clears
         */
        void edit(RecordRef record, Map<String, NativeValue> properties);
    }

    /** A person deletes. */
    public interface Deletes {
        /**
         * Deletes a record.
         *
         * @param record the record
         */
        void delete(RecordRef record);
    }

    /** A person merges. */
    public interface Merges {
        /**
         * Merges a record into another.
         *
         * @param loser the record that goes
         * @param survivor the record that stays, where the vendor lets one stay
         * @return the record that holds both afterwards
         */
        RecordRef merge(RecordRef loser, RecordRef survivor);
    }

    /** Webhooks of the account arrive here. */
    public interface Webhooks {
        /**
         * All webhooks since the account was opened; what the vendor holds back is delivered first.
         *
         * @return the requests in the order of their arrival
         */
        List<WebhookRequest> delivered();

        /**
         * Whether the signature covers the body.
         *
         * @return false where only an address or a password shows who calls
         */
        boolean signsBodies();

        /**
         * How old a webhook may be before it is refused.
         *
         * @return the age, or empty where no signature covers a time
         */
        Optional<Duration> tolerance();

        /**
         * A webhook as a stranger sends it who knows all but the secret.
         *
         * @param genuine a webhook of {@link #delivered}
         * @return the forgery
         */
        WebhookRequest forged(WebhookRequest genuine);
    }

    /** Time passes when the experiment says so, for the vendor and for the adapter. */
    public interface Time {
        /**
         * The vendor's clock.
         *
         * @return what it shows
         */
        Instant now();

        /**
         * Lets time pass.
         *
         * @param time how much, above 0
         */
        void pass(Duration time);
    }

    /** Calls of the adapter meet trouble. */
    public interface Troubles {
        /**
         * Has the next calls about records of the specimen's type meet a trouble. What an adapter calls besides, such as for the names
         * of fields, is left alone where the account can tell it apart.
         *
         * @param trouble what goes wrong
         * @param writes true for calls that write, one record or many, and false for those that read or list
         * @param calls how many calls, above 0
         */
        void arrange(Trouble trouble, boolean writes, int calls);

        /** Forgets what was arranged and not met yet. */
        void mend();
    }

    /** All records of the specimen's type can be counted past the adapter. */
    public interface Counts {
        /**
         * How many records of the specimen's type there are, without deleted ones.
         *
         * @return 0 or more
         */
        long records();
    }

    /** Many records can be made at once, past the adapter and its limits. */
    public interface Seeds {
        /**
         * Makes records.
         *
         * @param records native properties of each
         * @return the records in the same order
         */
        List<RecordRef> seed(List<Map<String, NativeValue>> records);
    }

    /** What a listing of a vendor shows late is shown now. */
    public interface Index {
        /** Brings search and listings up to date. */
        void refresh();
    }

    /** An adapter can be made for another address, where an experiment plays the vendor. */
    public interface Elsewhere {
        /**
         * Makes an adapter with the account's configuration for an address.
         *
         * @param base the address in place of the vendor's
         * @return the adapter; closed by whoever asked
         */
        Adapter adapterAt(URI base);
    }

    /** A person keeps a segment. */
    public interface Segments {
        /**
         * Makes a segment.
         *
         * @param members the records in it
         * @return how the adapter names it
         */
        String segment(List<RecordRef> members);
    }
}
