package dev.crmsync.policy;

/**
 * What becomes of the agreed value when a system shows it otherwise than it was given, in a way that its mapping declares:
 * lower-cased, or cut.
 */
public enum OnRendering {
    /** The agreed value stands, and how that system shows it is remembered: neither an edit nor a difference. */
    REMEMBER,
    /** What the system shows is agreed; the value of who supplied it is left as it is. */
    ACCEPT,
    /** What the system shows is agreed, and written to who supplied the value as well. */
    REWRITE
}
