package com.example.ledgerly;

import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Quota;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Contact;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/** What the engine may rely on. Each line answers a question that is asked of a vendor's documentation. */
final class LedgerlyDeclaration {
    /** The one budget of calls, by the name under which {@link LedgerlyApi} spends from it. */
    static final String CALLS = "calls";

    /** Ledgerly: "search shows a new contact within ten seconds". */
    static final Duration SEARCH_LAG = Duration.ofSeconds(10);

    private LedgerlyDeclaration() {}

    static Declaration of(LedgerlySettings settings) {
        TypeDeclaration contact = new TypeDeclaration(
                Contact.TYPE,
                // A contact has one time of change, in milliseconds, and none for each property (A52).
                AsOfGrade.RECORD,
                // A webhook names the app that made a change; without our app's id that helps nobody (A62).
                settings.appId() != null,
                // A create has no idempotency key: it is looked for by its external id (A32, A33).
                new CreateLookup.Lookup(SEARCH_LAG),
                // Reads, changes and webhooks tell archived contacts (A15, A64) and merged ones (A16, A65).
                true,
                true,
                // Ledgerly gives up on a webhook after a day, but says so nowhere: the usual horizon.
                TypeDeclaration.DEFAULT_ECHO_HORIZON,
                // Its log of changes is in the order in which changes were made: no row appears late (A75).
                Duration.ZERO,
                List.of("a contact that Ledgerly's support restores from the archive, until the next walk"));
        // All calls spend from one budget.
        Quota calls =
                new Quota(CALLS, settings.callsPerMinute(), Duration.ofMinutes(1), EnumSet.allOf(Operation.class));
        // The stable ids are issued by another system, and kept here as external_id.
        return new Declaration(LedgerlyProvider.NAME, false, List.of(contact), List.of(calls));
    }
}
