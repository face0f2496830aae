package dev.crmsync.planning;

/** The stable catalogue of reason codes: why a field of a link came to be as it is. */
public enum Reason {
    /** A value seen for the first time became the agreed one. */
    BASELINE_AGREED,
    /** A value seen for the first time is the agreed one. */
    BASELINE_EQUAL,
    /** A value seen for the first time gives way to the agreed one. */
    BASELINE_OVERRULED,
    /** A value seen for the first time is left where it is. */
    BASELINE_KEPT,
    /** Members seen for the first time were united with the agreed ones. */
    BASELINE_UNITED,
    /** A value seen for the first time waits for a person. */
    BASELINE_REVIEW,
    /** Older than what was last seen: ignored. */
    STALE,
    /** Neither older nor newer than what was last seen, and different: a read is wanted. */
    UNORDERED,
    /** Equal to what was last seen. */
    UNCHANGED,
    /** Equal to what was last seen while a write is unconfirmed: a read is wanted. */
    AMBIGUOUS,
    /** Equal to what we sent. */
    ECHO,
    /** A rendering of what we sent. */
    ECHO_RENDERED,
    /** Our own write of a whole was laid over an edit that nobody had told of when it was sent: what was entered is put back. */
    WRITTEN_OVER,
    /** The policy takes a system's way of showing a value for the agreed one. */
    RENDERING_AGREED,
    /** Another spelling of the agreed value, or of what was there before: nothing needs to be written. */
    EQUIVALENT,
    /** Only a part is known: a read is wanted. */
    PARTIAL,
    /** Something arrived between the issue of a read and its answer: nothing of it is taken, and it is repeated. */
    OVERTAKEN,
    /** Something arrived between the issue of a read and its answer, three times over: accepted all the same. */
    RACED,
    /** An edit by the owner was agreed. */
    OWNER_EDIT,
    /** A non-owner supplied the value before the owner had a record. */
    SEEDED,
    /** A non-owner may not supply the value. */
    NOT_SEEDED,
    /** A non-owner's edit is written over with the owner's value. */
    OVERRULED_BY_OWNER,
    /** A non-owner's edit is left where it was made. */
    KEPT_LOCALLY,
    /** A non-owner's edit waits for a person. */
    NON_OWNER_REVIEW,
    /** Members were added or removed. */
    MEMBERS_MERGED,
    /** Members of another owner were put back. */
    MEMBERS_RESTORED,
    /** The first value was agreed for good. */
    APPENDED,
    /** The value stands; the edit is left where it was made. */
    APPEND_ONLY,
    /** A later edit than the agreed value's was agreed. */
    LATER_WRITER,
    /** An earlier edit than the agreed value's is written over. */
    EARLIER_WRITER,
    /** Nobody knows which edit was the later one: the declared tie-break took this one. */
    TIE_TAKEN,
    /** Nobody knows which edit was the later one: the declared tie-break lets the agreed value stand. */
    TIE_OVERRULED,
    /** Nobody knows which edit was the later one: a person decides. */
    TIE_REVIEW,
    /** An edit by the system that the preferred order lets decide was agreed. */
    PREFERRED_EDIT,
    /** An edit is written over with the value of a system that comes first in the preferred order. */
    OVERRULED_BY_PREFERRED,
    /** The system that supplied the agreed value, or could as there was none, supplied another. */
    SUPPLIED,
    /** Only blanks are filled: the full value is left where it is. */
    FILLS_BLANKS_ONLY,
    /** The value is given only when a record is made: the edit is left where it was made. */
    CREATE_ONLY,
    /** The value is read elsewhere and written nowhere: the edit is left where it was made. */
    READ_ONLY,
    /** Every difference waits for a person. */
    MANUAL_REVIEW,
    /** The resolver agreed this value, or one made of it. */
    RESOLVED,
    /** The resolver let the agreed value stand: the edit is written over. */
    RESOLVED_AGAINST,
    /** The resolver left it to a person. */
    RESOLVER_REVIEW,
    /** The resolver failed, or answered with what the field cannot hold: a person decides. */
    RESOLVER_FAILED,
    /** A blank overwrites no full value that is shared: it is filled again. */
    BLANK_REFUSED,
    /** An edit of a value that the system had cut waits for a person. */
    LOSSY_REVIEW,
    /** The edit of a cut value was spliced into the whole; the decision after it is about the whole. */
    SPLICED,
    /** The field has no rule: it goes nowhere. */
    NO_RULE,
    /** The system is no receiver of the field: its own value is left there. */
    LEFT_OUT,
    /** Written over too often within an hour: the field is left alone until the hour has passed. */
    REVERT_CAP,
    /** Each of our writes was answered by the same other value: the field is left alone there until a person has answered. */
    OSCILLATION,
    /** A whole is about to be replaced: a read is wanted first. */
    READ_BEFORE_WRITE,
    /** A field that the system can show was never seen there: a read is wanted first. */
    NEVER_SEEN,
    /** The record is a further one of the link: its values are not taken. */
    SECONDARY,
    /** Something changed and was not told: a read is wanted. */
    GAP,
    /** A record that was never seen was told of in part: a read is wanted before anything is decided. */
    UNIDENTIFIED,
    /** Another record names this one: a read is wanted. */
    MENTIONED,
    /** A write began. */
    WRITE_STARTED,
    /** A write took effect. */
    WRITTEN,
    /** A record was made. */
    CREATED,
    /** A write was put off by the system. */
    DEFERRED,
    /** Nobody knows whether a write took effect: a read or a look-up decides. */
    OUTCOME_UNKNOWN,
    /** A look-up found that a create had not taken effect. */
    NOT_CREATED,
    /** A create may have taken effect and cannot be looked up: a person decides. */
    CREATE_REVIEW,
    /** The system refused the value, for its form or for a reason that it did not tell. */
    REFUSED,
    /** The system refused a value that is none of its options. */
    REFUSED_OPTION,
    /** The system refused a value that is too long for it. */
    REFUSED_LENGTH,
    /** The system refused the lack of a value that it requires. */
    REFUSED_REQUIRED,
    /** The system refused a reference to a record that it does not have. */
    REFUSED_PARENT,
    /** The system refused to have the property written at all. */
    REFUSED_READ_ONLY,
    /** Another record holds the value, and the policy says that the system does without it. */
    REFUSED_TAKEN,
    /** Another record holds a value that must be unique: a person decides. */
    DUPLICATE_REVIEW,
    /** A record under another id shares an e-mail address or a phone number: a person decides. */
    MATCH_REVIEW,
    /** A parent must first have a record there. */
    WAITING_FOR_PARENT,
    /** The record was deleted or archived there: it is followed no longer, and nothing else is touched. */
    GONE,
    /** The record is gone at a system whose deletions are followed: it is to be archived here. */
    ARCHIVE_DUE,
    /** The record was archived here, because it is gone elsewhere. */
    ARCHIVED,
    /** The record is gone elsewhere, and an edit that is not known to be earlier stands against archiving it: a person decides. */
    DELETE_REVIEW,
    /** The record cannot be seen with these credentials: it is left alone until it can. */
    NOT_VISIBLE,
    /** The record can be seen again. */
    BACK,
    /** A new link began. */
    LINKED,
    /** A record joined a link. */
    ATTACHED,
    /** A record joined a link because a value is equal that the policy matches by. */
    MATCHED,
    /** A record of a link has a new id. */
    REKEYED,
    /** The record became one of another type: the link follows it no longer. */
    CONVERTED,
    /** Two links became one. */
    JOINED,
    /** Two links became one, and the agreed value of the one that was taken over gave way to that of the other. */
    OVERRULED_BY_JOIN,
    /** A person said that two links are different things. */
    SEPARATED,
    /** A person said that a record is no part of the link: it has a link of its own. */
    SPLIT,
    /** A person took a record out of the link: it is not followed until a person says otherwise. */
    UNLINKED,
    /** A person answered. */
    ANSWERED,
    /** The rules changed. */
    RULES_CHANGED,
    /** The system is no part of the sync any more: what was known of it is kept, and it is read first when it is one again. */
    SYSTEM_LEFT,
    /** The link was erased: nothing of it is kept or followed. */
    ERASED
}
