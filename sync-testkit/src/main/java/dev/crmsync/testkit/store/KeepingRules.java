package dev.crmsync.testkit.store;

import static dev.crmsync.testkit.store.Bench.CRM;
import static dev.crmsync.testkit.store.Bench.at;
import static dev.crmsync.testkit.store.Bench.entry;
import static dev.crmsync.testkit.store.Bench.equal;

import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.DeadLetterRow;
import dev.crmsync.spi.store.InboxEvent;
import dev.crmsync.spi.store.JournalEntry;
import dev.crmsync.spi.store.ReviewRow;
import dev.crmsync.spi.store.Unit;
import dev.crmsync.testkit.store.StoreContract.Rule;
import java.util.List;
import java.util.Optional;

/** What is forgotten, and what is erased. */
final class KeepingRules {
    private KeepingRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule(
                        "S70",
                        "trimming forgets old keys of processed events, and no event that waits",
                        KeepingRules::s70),
                new Rule("S71", "trimming forgets old journal entries", KeepingRules::s71),
                new Rule("S72", "trimming removes no more of each than it is told", KeepingRules::s72),
                // S73 was of a call of its own, which a kill could leave undone.
                new Rule(
                        "S74",
                        "a unit that erases a link forgets its journal and the values of its reviews and dead letters, and"
                                + " nothing of another",
                        KeepingRules::s74),
                new Rule("S75", "a unit that loses erases nothing", KeepingRules::s75));
    }

    private static InboxEvent event(String key, long receivedAt) {
        return new InboxEvent(0, CRM, key, at(receivedAt), Bytes.utf8(key));
    }

    private static void s70(Bench bench) {
        bench.store.accept(bench.sync, List.of(event("old", 1), event("new", 10)));
        InboxRules.finish(bench, 0);
        bench.store.accept(bench.sync, List.of(event("waits", 1)));
        equal(bench.store.trim(bench.sync, at(10), at(0), 99), 1, "rows removed");
        equal(bench.store.trim(bench.sync, at(10), at(0), 99), 0, "rows removed the second time");
        equal(
                bench.store.accept(bench.sync, List.of(event("old", 1), event("new", 10), event("waits", 1))),
                1,
                "new events after trimming");
    }

    private static void s71(Bench bench) {
        bench.commit(Unit.builder()
                .journal(entry("a", 1, "one"))
                .journal(entry("a", 5, "five"))
                .journal(entry("b", 2, "two"))
                .build());
        equal(bench.store.trim(bench.otherSync, at(5), at(5), 99), 0, "rows of another sync removed");
        equal(bench.store.trim(bench.sync, at(5), at(5), 99), 2, "rows removed");
        equal(bench.store.journal(bench.sync, "a", Long.MAX_VALUE, 9), List.of(entry("a", 5, "five")), "what is left");
    }

    private static void s72(Bench bench) {
        Unit.Builder unit = Unit.builder();
        for (int i = 0; i < 5; i++) {
            unit.journal(entry("a", i + 1, "entry " + i));
            unit.inbox(event("k" + i, i));
        }
        bench.commit(unit.build());
        InboxRules.finish(bench, 0);
        equal(bench.store.trim(bench.sync, at(100), at(100), 3), 6, "rows removed at first");
        equal(bench.store.trim(bench.sync, at(100), at(100), 3), 4, "rows removed then");
        equal(bench.store.trim(bench.sync, at(100), at(100), 3), 0, "rows removed at last");
    }

    private static void s75(Bench bench) {
        bench.commit(Bench.change("a", 0));
        bench.commit(Unit.builder().journal(entry("a", 1, "one")).build());
        boolean won = bench.commit(Unit.builder()
                .link(Bench.change("a", 7))
                .journal(entry("a", 8, "erased"))
                .erase("a")
                .build());
        equal(won, false, "a unit that was overtaken wins");
        equal(bench.other.journal(bench.sync, "a", Long.MAX_VALUE, 9), List.of(entry("a", 1, "one")), "journal");
    }

    private static void s74(Bench bench) {
        ReviewRow review = new ReviewRow("r1", "a", "WHO", at(1), null, Bytes.utf8("s"), Bytes.utf8("v"));
        ReviewRow otherReview = new ReviewRow("r2", "b", "WHO", at(1), null, Bytes.utf8("s"), Bytes.utf8("v"));
        DeadLetterRow letter = new DeadLetterRow("d1", CRM, "a", "write", "why", at(1), Bytes.utf8("v"));
        DeadLetterRow otherLetter = new DeadLetterRow("d2", CRM, null, "write", "why", at(1), Bytes.utf8("v"));
        bench.commit(Unit.builder()
                .journal(entry("a", 1, "one"))
                .journal(entry("b", 1, "other"))
                .review(review)
                .review(otherReview)
                .deadLetter(letter)
                .deadLetter(otherLetter)
                .build());
        JournalEntry last = new JournalEntry("a", 2, at(2), "decision", Bytes.utf8("erased"), null);
        bench.commit(Unit.builder().journal(last).erase("a").build());
        equal(bench.other.journal(bench.sync, "a", Long.MAX_VALUE, 9), List.of(last), "journal");
        equal(bench.other.journal(bench.sync, "b", 9, 9), List.of(entry("b", 1, "other")), "journal of another link");
        equal(
                bench.other.openReviews(bench.sync, null, 9),
                List.of(new ReviewRow("r1", "a", "WHO", at(1), null, Bytes.utf8("s"), null), otherReview),
                "reviews");
        equal(
                bench.other.deadLetter(bench.sync, "d1"),
                Optional.of(new DeadLetterRow("d1", CRM, "a", "write", "why", at(1), null)),
                "the link's dead letter");
        equal(bench.other.deadLetter(bench.sync, "d2"), Optional.of(otherLetter), "another dead letter");
    }
}
