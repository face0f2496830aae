package dev.crmsync.testkit.store;

import static dev.crmsync.testkit.store.Bench.CRM;
import static dev.crmsync.testkit.store.Bench.at;
import static dev.crmsync.testkit.store.Bench.entry;
import static dev.crmsync.testkit.store.Bench.equal;

import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.DeadLetterRow;
import dev.crmsync.spi.store.JournalEntry;
import dev.crmsync.spi.store.ReviewRow;
import dev.crmsync.spi.store.Unit;
import dev.crmsync.testkit.store.StoreContract.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is kept for people: journal, reviews, dead letters; and cursors. */
final class RecordRules {
    private RecordRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule("S50", "the journal of a link is read newest first, page by page", RecordRules::s50),
                new Rule("S51", "entries of one sequence number stay in the order of their commit", RecordRules::s51),
                new Rule("S52", "a review is opened, changed and closed under one id", RecordRules::s52),
                new Rule("S53", "open reviews are walked in the order of ids", RecordRules::s53),
                new Rule("S54", "dead letters are kept, replaced, walked and removed", RecordRules::s54),
                new Rule("S55", "a cursor is set, replaced and removed", RecordRules::s55));
    }

    private static void s50(Bench bench) {
        JournalEntry bare = new JournalEntry("a", 3, at(3), "identity", Bytes.EMPTY, null);
        bench.commit(Unit.builder()
                .journal(entry("a", 1, "one"))
                .journal(entry("b", 9, "other"))
                .build());
        bench.commit(Unit.builder().journal(bare).build());
        bench.commit(Unit.builder().journal(entry("a", 2, "two")).build());
        equal(
                bench.other.journal(bench.sync, "a", Long.MAX_VALUE, 9),
                List.of(bare, entry("a", 2, "two"), entry("a", 1, "one")),
                "journal");
        equal(bench.store.journal(bench.sync, "a", 3, 1), List.of(entry("a", 2, "two")), "one entry before the third");
        equal(bench.store.journal(bench.sync, "nobody", Long.MAX_VALUE, 9), List.of(), "journal of nobody");
    }

    private static void s51(Bench bench) {
        Unit.Builder unit = Unit.builder();
        List<String> expected = List.of("z", "m", "a", "q");
        expected.forEach(text -> unit.journal(entry("a", 4, text)));
        bench.commit(unit.build());
        bench.commit(Unit.builder().journal(entry("a", 4, "late")).build());
        equal(
                bench.store.journal(bench.sync, "a", 5, 9).stream()
                        .map(entry -> entry.skeleton().toUtf8())
                        .toList(),
                List.of("z", "m", "a", "q", "late"),
                "journal");
    }

    private static void s52(Bench bench) {
        ReviewRow open = review("r", null, "first");
        bench.commit(Unit.builder().review(open).build());
        equal(bench.other.review(bench.sync, "r"), Optional.of(open), "the review when it was opened");
        ReviewRow changed = new ReviewRow("r", "link", "OTHER", at(2), null, Bytes.utf8("second"), null);
        bench.commit(Unit.builder().review(changed).build());
        equal(bench.store.review(bench.sync, "r"), Optional.of(changed), "the review after a change");
        ReviewRow closed = review("r", at(9), "third");
        bench.commit(Unit.builder().review(changed).review(closed).build());
        equal(bench.store.review(bench.sync, "r"), Optional.of(closed), "the review when it was closed");
        equal(bench.store.openReviews(bench.sync, null, 9), List.of(), "open reviews");
        bench.commit(Unit.builder().review(open).build());
        equal(bench.store.openReviews(bench.sync, null, 9), List.of(open), "open reviews after it was asked again");
        equal(bench.store.review(bench.sync, "none"), Optional.empty(), "a review that is not there");
    }

    private static ReviewRow review(String id, @Nullable Instant closedAt, String text) {
        return new ReviewRow(id, "link", "WHO_IS_IT", at(1), closedAt, Bytes.utf8(text), Bytes.utf8("values"));
    }

    private static void s53(Bench bench) {
        bench.commit(Unit.builder()
                .review(review("c", null, ""))
                .review(review("a", null, ""))
                .review(review("b", at(5), ""))
                .review(review("d", null, ""))
                .build());
        equal(
                bench.store.openReviews(bench.sync, null, 2),
                List.of(review("a", null, ""), review("c", null, "")),
                "first page");
        equal(bench.store.openReviews(bench.sync, "c", 2), List.of(review("d", null, "")), "second page");
    }

    private static void s54(Bench bench) {
        DeadLetterRow a = new DeadLetterRow("a", CRM, "link", "write", "rejected", at(1), Bytes.utf8("request"));
        DeadLetterRow b = new DeadLetterRow("b", CRM, null, "event", "malformed ".repeat(500), at(2), null);
        DeadLetterRow c = new DeadLetterRow("c", CRM, null, "event", "", at(3), Bytes.EMPTY);
        bench.commit(Unit.builder().deadLetter(c).deadLetter(a).deadLetter(b).build());
        equal(bench.other.deadLetters(bench.sync, null, 2), List.of(a, b), "first page");
        equal(bench.other.deadLetters(bench.sync, "b", 2), List.of(c), "second page");
        DeadLetterRow again = new DeadLetterRow("a", CRM, "link", "write", "again", at(9), Bytes.utf8("request 2"));
        bench.commit(Unit.builder()
                .deadLetter(again)
                .deadLetterGone("b")
                .deadLetterGone("none")
                .build());
        equal(bench.store.deadLetter(bench.sync, "a"), Optional.of(again), "the letter that was kept again");
        equal(bench.store.deadLetter(bench.sync, "b"), Optional.empty(), "the letter that was removed");
    }

    private static void s55(Bench bench) {
        equal(bench.store.cursor(bench.sync, "poll"), Optional.empty(), "the cursor at first");
        bench.commit(Unit.builder()
                .cursor("poll", Bytes.utf8("1"))
                .cursor("sweep", Bytes.utf8("x"))
                .build());
        bench.commit(List.of(
                Unit.builder().cursor("poll", Bytes.utf8("2")).build(),
                Unit.builder().cursor("poll", Bytes.utf8("3")).build()));
        equal(bench.other.cursor(bench.sync, "poll"), Optional.of(Bytes.utf8("3")), "the cursor");
        bench.commit(Unit.builder()
                .cursor("poll", Bytes.EMPTY)
                .cursor("none", Bytes.EMPTY)
                .build());
        equal(bench.store.cursor(bench.sync, "poll"), Optional.empty(), "the cursor after its removal");
        equal(bench.store.cursor(bench.sync, "sweep"), Optional.of(Bytes.utf8("x")), "the other cursor");
    }
}
