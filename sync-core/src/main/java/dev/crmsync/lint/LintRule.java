package dev.crmsync.lint;

import java.util.List;
import java.util.Locale;

/** The stable catalogue of lint rules. Each has a section of its own in {@code docs/lint.md}. */
public enum LintRule {
    /** A field is mapped at several systems, and nobody decides it. */
    FIELD_WITHOUT_RULE(new FieldWithoutRule()),
    /** Two fields of different owners are kept in one native property. */
    PROPERTY_OWNED_TWICE(new PropertyOwnedTwice()),
    /** The owner of a field does not carry it, or cannot show it. */
    OWNER_WITHOUT_FIELD(new OwnerWithoutField()),
    /** The owner of a field that others may seed cannot be written. */
    OWNER_READ_ONLY(new OwnerReadOnly()),
    /** The policy names a system for a field that it does not carry, or that cannot be written there. */
    NAMED_WITHOUT_FIELD(new NamedWithoutField()),
    /** There are several CRMs, and none of them decides anything. */
    NO_PRIMARY(new NoPrimary()),
    /** Several systems issue the join key. */
    JOIN_KEY_ISSUED_TWICE(new JoinKeyIssuedTwice()),
    /** A system keeps no join key, so that only people can say which records belong together. */
    NO_JOIN_KEY(new NoJoinKey()),
    /** The join key is kept in a property that people change. */
    MUTABLE_MATCH_KEY(new MutableMatchKey()),
    /** A property that changes by itself is synced. */
    VOLATILE_FIELD(new VolatileField()),
    /** A set or a bag is replaced as a whole where others keep parts of their own in it. */
    WHOLE_SET_REPLACED(new WholeSetReplaced()),
    /** A set of members is decided as one value. */
    SET_DECIDED_WHOLE(new SetDecidedWhole()),
    /** A mapping loses or changes values on the way there and back. */
    LENS_ROUND_TRIP(new LensRoundTrip()),
    /** The canonical form of a canonical value is another value. */
    CANONICAL_FORM(new CanonicalForm()),
    /** A system may supply a code for which a receiver has none. */
    ENUMERATION_WITHOUT_INVERSE(new EnumerationWithoutInverse()),
    /** The latest edit decides, and a system cannot say when an edit was made. */
    LAST_WRITER_WITHOUT_TIME(new LastWriterWithoutTime(Voices::comparesTimes)),
    /** The latest edit decides, and a system shows what it was given with a loss. */
    LAST_WRITER_OVER_LOSS(new LastWriterOverLoss(Voices::comparesTimes)),
    /** What a system shows is agreed, and the system cuts the value. */
    RENDERING_LOSES(new RenderingLoses()),
    /** More systems carry a field than its resolver is made for. */
    RESOLVER_FOR_FEWER(new ResolverForFewer()),
    /** A field is written where it cannot be read back. */
    RECEIVER_CANNOT_READ_BACK(new ReceiverCannotReadBack()),
    /** Records are archived on the word of a system that cannot tell deleted from invisible. */
    DELETE_FROM_ABSENCE(new DeleteFromAbsence()),
    /** Records are to be archived where the adapter cannot archive. */
    ARCHIVE_IMPOSSIBLE(new ArchiveImpossible()),
    /** Deletions are followed and nobody follows, or archiving is allowed and nobody is followed. */
    ARCHIVE_WITHOUT_EFFECT(new ArchiveWithoutEffect()),
    /** An adapter lists changes by the time of creation, and so misses updates. */
    RECONCILED_BY_CREATION(new ReconciledByCreation()),
    /** Fields feed each other in a ring. */
    FIELD_FLOW_CYCLE(new FieldFlowCycle()),
    /** A record is made at a system for every link. */
    CREATE_UNSCOPED(new CreateUnscoped()),
    /** A record may be made only once a field is known that only that record could tell. */
    CREATE_WAITS_FOR_ITSELF(new CreateWaitsForItself()),
    /** A create whose answer is lost cannot be found again. */
    CREATE_NOT_FOUND_AGAIN(new CreateNotFoundAgain());

    /** Its checks have no state. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Check check;

    LintRule(Check check) {
        this.check = check;
    }

    /**
     * The rule's stable name, in reports and in the documentation.
     *
     * @return lower-case words with hyphens between them, such as {@code owner-without-field}
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Where the rule is explained.
     *
     * @return a path and an anchor in this library's documentation
     */
    public String documentation() {
        return "docs/lint.md#" + id();
    }

    void check(Subject subject, List<Finding> found) {
        check.check(subject, new Report(this, found));
    }
}
