package dev.crmsync.tests.histories;

/** What people write, as the dice say. */
interface Words {
    /** A name, which others may have. */
    String name();

    /** An address, which others may have. */
    String email();

    /** A number that no other has had. */
    int next();
}
