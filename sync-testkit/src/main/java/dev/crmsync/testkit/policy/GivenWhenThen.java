package dev.crmsync.testkit.policy;

import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Stance;
import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.Policies;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.TypePolicyBuilder;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import java.util.function.UnaryOperator;

/**
 * All that a policy test names, for one import:
 *
 * <pre>{@code
 * import static dev.crmsync.testkit.policy.GivenWhenThen.*;
 *
 * contacts(contact -> contact.owned(NAME, "crm", "kirim"))
 *         .given("kirim", NAME, "Budi")
 *         .and("crm", NAME, "Budi Santoso")
 *         .when("kirim", NAME, "budi")
 *         .then("crm", NAME, "Budi Santoso")
 *         .because(OVERRULED_BY_OWNER);
 * }</pre>
 *
 * The stance REFUSED shares its name with a reason, and is to be called {@code Stance.REFUSED}.
 */
public final class GivenWhenThen {
    /** The person's full name. */
    public static final Field NAME = Contact.NAME;

    /** The person's e-mail address. */
    public static final Field EMAIL = Contact.EMAIL;

    /** The person's phone number. */
    public static final Field PHONE = Contact.PHONE;

    /** The labels on the person. */
    public static final Field LABELS = Contact.LABELS;

    /** The bag of custom fields: {@code METADATA.entry(key)}. */
    public static final Field METADATA = Contact.METADATA;

    /** Edits of non-owners are left where they were made. */
    public static final NonOwnerEdit KEEP = NonOwnerEdit.KEEP;

    /** Edits of non-owners are written over with the owner's value. */
    public static final NonOwnerEdit REVERT = NonOwnerEdit.REVERT;

    /** Edits of non-owners wait for a person. */
    public static final NonOwnerEdit REVIEW = NonOwnerEdit.REVIEW;

    /** Records are followed, never made. */
    public static final RecordRule FOLLOW = RecordRule.FOLLOW;

    /** Records are followed and made. */
    public static final RecordRule CREATE = RecordRule.CREATE;

    /** See {@link Stance#FOLLOWS}. */
    public static final Stance FOLLOWS = Stance.FOLLOWS;

    /** See {@link Stance#NOT_RECEIVED}. */
    public static final Stance NOT_RECEIVED = Stance.NOT_RECEIVED;

    /** See {@link Stance#KEPT}. */
    public static final Stance KEPT = Stance.KEPT;

    /** See {@link Stance#HELD}. */
    public static final Stance HELD = Stance.HELD;

    /** See {@link Stance#WAITING}. */
    public static final Stance WAITING = Stance.WAITING;

    /** See {@link Stance#ASSUMED}. */
    public static final Stance ASSUMED = Stance.ASSUMED;

    /** See {@link Reason#BASELINE_AGREED}. */
    public static final Reason BASELINE_AGREED = Reason.BASELINE_AGREED;

    /** See {@link Reason#BASELINE_EQUAL}. */
    public static final Reason BASELINE_EQUAL = Reason.BASELINE_EQUAL;

    /** See {@link Reason#BASELINE_OVERRULED}. */
    public static final Reason BASELINE_OVERRULED = Reason.BASELINE_OVERRULED;

    /** See {@link Reason#BASELINE_KEPT}. */
    public static final Reason BASELINE_KEPT = Reason.BASELINE_KEPT;

    /** See {@link Reason#BASELINE_UNITED}. */
    public static final Reason BASELINE_UNITED = Reason.BASELINE_UNITED;

    /** See {@link Reason#BASELINE_REVIEW}. */
    public static final Reason BASELINE_REVIEW = Reason.BASELINE_REVIEW;

    /** See {@link Reason#STALE}. */
    public static final Reason STALE = Reason.STALE;

    /** See {@link Reason#UNORDERED}. */
    public static final Reason UNORDERED = Reason.UNORDERED;

    /** See {@link Reason#UNCHANGED}. */
    public static final Reason UNCHANGED = Reason.UNCHANGED;

    /** See {@link Reason#AMBIGUOUS}. */
    public static final Reason AMBIGUOUS = Reason.AMBIGUOUS;

    /** See {@link Reason#ECHO}. */
    public static final Reason ECHO = Reason.ECHO;

    /** See {@link Reason#ECHO_RENDERED}. */
    public static final Reason ECHO_RENDERED = Reason.ECHO_RENDERED;

    /** See {@link Reason#WRITTEN_OVER}. */
    public static final Reason WRITTEN_OVER = Reason.WRITTEN_OVER;

    /** See {@link Reason#RENDERING_AGREED}. */
    public static final Reason RENDERING_AGREED = Reason.RENDERING_AGREED;

    /** See {@link Reason#EQUIVALENT}. */
    public static final Reason EQUIVALENT = Reason.EQUIVALENT;

    /** See {@link Reason#PARTIAL}. */
    public static final Reason PARTIAL = Reason.PARTIAL;

    /** See {@link Reason#OVERTAKEN}. */
    public static final Reason OVERTAKEN = Reason.OVERTAKEN;

    /** See {@link Reason#RACED}. */
    public static final Reason RACED = Reason.RACED;

    /** See {@link Reason#OWNER_EDIT}. */
    public static final Reason OWNER_EDIT = Reason.OWNER_EDIT;

    /** See {@link Reason#SEEDED}. */
    public static final Reason SEEDED = Reason.SEEDED;

    /** See {@link Reason#NOT_SEEDED}. */
    public static final Reason NOT_SEEDED = Reason.NOT_SEEDED;

    /** See {@link Reason#OVERRULED_BY_OWNER}. */
    public static final Reason OVERRULED_BY_OWNER = Reason.OVERRULED_BY_OWNER;

    /** See {@link Reason#KEPT_LOCALLY}. */
    public static final Reason KEPT_LOCALLY = Reason.KEPT_LOCALLY;

    /** See {@link Reason#NON_OWNER_REVIEW}. */
    public static final Reason NON_OWNER_REVIEW = Reason.NON_OWNER_REVIEW;

    /** See {@link Reason#MEMBERS_MERGED}. */
    public static final Reason MEMBERS_MERGED = Reason.MEMBERS_MERGED;

    /** See {@link Reason#MEMBERS_RESTORED}. */
    public static final Reason MEMBERS_RESTORED = Reason.MEMBERS_RESTORED;

    /** See {@link Reason#APPENDED}. */
    public static final Reason APPENDED = Reason.APPENDED;

    /** See {@link Reason#APPEND_ONLY}. */
    public static final Reason APPEND_ONLY = Reason.APPEND_ONLY;

    /** See {@link Reason#LATER_WRITER}. */
    public static final Reason LATER_WRITER = Reason.LATER_WRITER;

    /** See {@link Reason#EARLIER_WRITER}. */
    public static final Reason EARLIER_WRITER = Reason.EARLIER_WRITER;

    /** See {@link Reason#TIE_TAKEN}. */
    public static final Reason TIE_TAKEN = Reason.TIE_TAKEN;

    /** See {@link Reason#TIE_OVERRULED}. */
    public static final Reason TIE_OVERRULED = Reason.TIE_OVERRULED;

    /** See {@link Reason#TIE_REVIEW}. */
    public static final Reason TIE_REVIEW = Reason.TIE_REVIEW;

    /** See {@link Reason#PREFERRED_EDIT}. */
    public static final Reason PREFERRED_EDIT = Reason.PREFERRED_EDIT;

    /** See {@link Reason#OVERRULED_BY_PREFERRED}. */
    public static final Reason OVERRULED_BY_PREFERRED = Reason.OVERRULED_BY_PREFERRED;

    /** See {@link Reason#SUPPLIED}. */
    public static final Reason SUPPLIED = Reason.SUPPLIED;

    /** See {@link Reason#FILLS_BLANKS_ONLY}. */
    public static final Reason FILLS_BLANKS_ONLY = Reason.FILLS_BLANKS_ONLY;

    /** See {@link Reason#CREATE_ONLY}. */
    public static final Reason CREATE_ONLY = Reason.CREATE_ONLY;

    /** See {@link Reason#READ_ONLY}. */
    public static final Reason READ_ONLY = Reason.READ_ONLY;

    /** See {@link Reason#MANUAL_REVIEW}. */
    public static final Reason MANUAL_REVIEW = Reason.MANUAL_REVIEW;

    /** See {@link Reason#RESOLVED}. */
    public static final Reason RESOLVED = Reason.RESOLVED;

    /** See {@link Reason#RESOLVED_AGAINST}. */
    public static final Reason RESOLVED_AGAINST = Reason.RESOLVED_AGAINST;

    /** See {@link Reason#RESOLVER_REVIEW}. */
    public static final Reason RESOLVER_REVIEW = Reason.RESOLVER_REVIEW;

    /** See {@link Reason#RESOLVER_FAILED}. */
    public static final Reason RESOLVER_FAILED = Reason.RESOLVER_FAILED;

    /** See {@link Reason#BLANK_REFUSED}. */
    public static final Reason BLANK_REFUSED = Reason.BLANK_REFUSED;

    /** See {@link Reason#LOSSY_REVIEW}. */
    public static final Reason LOSSY_REVIEW = Reason.LOSSY_REVIEW;

    /** See {@link Reason#SPLICED}. */
    public static final Reason SPLICED = Reason.SPLICED;

    /** See {@link Reason#NO_RULE}. */
    public static final Reason NO_RULE = Reason.NO_RULE;

    /** See {@link Reason#LEFT_OUT}. */
    public static final Reason LEFT_OUT = Reason.LEFT_OUT;

    /** See {@link Reason#REVERT_CAP}. */
    public static final Reason REVERT_CAP = Reason.REVERT_CAP;

    /** See {@link Reason#OSCILLATION}. */
    public static final Reason OSCILLATION = Reason.OSCILLATION;

    /** See {@link Reason#READ_BEFORE_WRITE}. */
    public static final Reason READ_BEFORE_WRITE = Reason.READ_BEFORE_WRITE;

    /** See {@link Reason#NEVER_SEEN}. */
    public static final Reason NEVER_SEEN = Reason.NEVER_SEEN;

    /** See {@link Reason#SECONDARY}. */
    public static final Reason SECONDARY = Reason.SECONDARY;

    /** See {@link Reason#GAP}. */
    public static final Reason GAP = Reason.GAP;

    /** See {@link Reason#UNIDENTIFIED}. */
    public static final Reason UNIDENTIFIED = Reason.UNIDENTIFIED;

    /** See {@link Reason#MENTIONED}. */
    public static final Reason MENTIONED = Reason.MENTIONED;

    /** See {@link Reason#WRITE_STARTED}. */
    public static final Reason WRITE_STARTED = Reason.WRITE_STARTED;

    /** See {@link Reason#WRITTEN}. */
    public static final Reason WRITTEN = Reason.WRITTEN;

    /** See {@link Reason#CREATED}. */
    public static final Reason CREATED = Reason.CREATED;

    /** See {@link Reason#DEFERRED}. */
    public static final Reason DEFERRED = Reason.DEFERRED;

    /** See {@link Reason#OUTCOME_UNKNOWN}. */
    public static final Reason OUTCOME_UNKNOWN = Reason.OUTCOME_UNKNOWN;

    /** See {@link Reason#NOT_CREATED}. */
    public static final Reason NOT_CREATED = Reason.NOT_CREATED;

    /** See {@link Reason#CREATE_REVIEW}. */
    public static final Reason CREATE_REVIEW = Reason.CREATE_REVIEW;

    /** See {@link Reason#REFUSED}. */
    public static final Reason REFUSED = Reason.REFUSED;

    /** See {@link Reason#REFUSED_OPTION}. */
    public static final Reason REFUSED_OPTION = Reason.REFUSED_OPTION;

    /** See {@link Reason#REFUSED_LENGTH}. */
    public static final Reason REFUSED_LENGTH = Reason.REFUSED_LENGTH;

    /** See {@link Reason#REFUSED_REQUIRED}. */
    public static final Reason REFUSED_REQUIRED = Reason.REFUSED_REQUIRED;

    /** See {@link Reason#REFUSED_PARENT}. */
    public static final Reason REFUSED_PARENT = Reason.REFUSED_PARENT;

    /** See {@link Reason#REFUSED_READ_ONLY}. */
    public static final Reason REFUSED_READ_ONLY = Reason.REFUSED_READ_ONLY;

    /** See {@link Reason#REFUSED_TAKEN}. */
    public static final Reason REFUSED_TAKEN = Reason.REFUSED_TAKEN;

    /** See {@link Reason#DUPLICATE_REVIEW}. */
    public static final Reason DUPLICATE_REVIEW = Reason.DUPLICATE_REVIEW;

    /** See {@link Reason#MATCH_REVIEW}. */
    public static final Reason MATCH_REVIEW = Reason.MATCH_REVIEW;

    /** See {@link Reason#WAITING_FOR_PARENT}. */
    public static final Reason WAITING_FOR_PARENT = Reason.WAITING_FOR_PARENT;

    /** See {@link Reason#GONE}. */
    public static final Reason GONE = Reason.GONE;

    /** See {@link Reason#ARCHIVE_DUE}. */
    public static final Reason ARCHIVE_DUE = Reason.ARCHIVE_DUE;

    /** See {@link Reason#ARCHIVED}. */
    public static final Reason ARCHIVED = Reason.ARCHIVED;

    /** See {@link Reason#DELETE_REVIEW}. */
    public static final Reason DELETE_REVIEW = Reason.DELETE_REVIEW;

    /** See {@link Reason#NOT_VISIBLE}. */
    public static final Reason NOT_VISIBLE = Reason.NOT_VISIBLE;

    /** See {@link Reason#BACK}. */
    public static final Reason BACK = Reason.BACK;

    /** See {@link Reason#LINKED}. */
    public static final Reason LINKED = Reason.LINKED;

    /** See {@link Reason#ATTACHED}. */
    public static final Reason ATTACHED = Reason.ATTACHED;

    /** See {@link Reason#MATCHED}. */
    public static final Reason MATCHED = Reason.MATCHED;

    /** See {@link Reason#REKEYED}. */
    public static final Reason REKEYED = Reason.REKEYED;

    /** See {@link Reason#CONVERTED}. */
    public static final Reason CONVERTED = Reason.CONVERTED;

    /** See {@link Reason#JOINED}. */
    public static final Reason JOINED = Reason.JOINED;

    /** See {@link Reason#OVERRULED_BY_JOIN}. */
    public static final Reason OVERRULED_BY_JOIN = Reason.OVERRULED_BY_JOIN;

    /** See {@link Reason#SEPARATED}. */
    public static final Reason SEPARATED = Reason.SEPARATED;

    /** See {@link Reason#SPLIT}. */
    public static final Reason SPLIT = Reason.SPLIT;

    /** See {@link Reason#UNLINKED}. */
    public static final Reason UNLINKED = Reason.UNLINKED;

    /** See {@link Reason#ANSWERED}. */
    public static final Reason ANSWERED = Reason.ANSWERED;

    /** See {@link Reason#RULES_CHANGED}. */
    public static final Reason RULES_CHANGED = Reason.RULES_CHANGED;

    /** See {@link Reason#SYSTEM_LEFT}. */
    public static final Reason SYSTEM_LEFT = Reason.SYSTEM_LEFT;

    /** See {@link Reason#ERASED}. */
    public static final Reason ERASED = Reason.ERASED;

    private GivenWhenThen() {}

    /**
     * Tests the guide's policy between {@code kirim} and the primary CRM {@code crm}.
     *
     * @return the beginning of tests
     */
    public static PolicyTest guide() {
        return PolicyTest.of(Policies.guide().kirim("kirim").primaryCrm("crm"));
    }

    /**
     * Tests a policy of contacts.
     *
     * @param definition says who decides what
     * @return the beginning of tests
     */
    public static PolicyTest contacts(UnaryOperator<TypePolicyBuilder> definition) {
        return PolicyTest.of(Policy.named("mine").type(RecordType.CONTACT, definition));
    }
}
