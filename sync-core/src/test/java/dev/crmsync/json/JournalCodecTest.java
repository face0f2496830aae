package dev.crmsync.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.Decision;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.ReviewChange;
import dev.crmsync.planning.Stance;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.JournalEntry;
import dev.crmsync.spi.store.ReviewRow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalCodecTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final RecordRef REF = new RecordRef("crm", "contact", "42");

    @Test
    void decisions_read_back_as_they_were_and_their_values_stand_apart() {
        List<Decision> decisions = List.of(
                new Decision(
                        "l1",
                        4,
                        NOON,
                        "kirim",
                        "name",
                        Reason.OVERRULED_BY_OWNER,
                        "guide: name",
                        AsOf.at(NOON),
                        Value.text("budi"),
                        Value.text("Budi Santoso"),
                        Value.text("Budi Santoso"),
                        Stance.FOLLOWS,
                        "9f86d081"),
                new Decision(
                        "l1", 4, NOON, "kirim", null, Reason.LINKED, null, null, null, null, null, null, "9f86d081"),
                new Decision(
                        "l1",
                        4,
                        NOON,
                        "crm",
                        "email",
                        Reason.BASELINE_EQUAL,
                        null,
                        null,
                        Value.EMPTY,
                        null,
                        null,
                        null,
                        "9f86d081"));
        JournalCodec codec = new JournalCodec();

        JournalEntry entry = codec.encode(decisions);

        assertThat(codec.decode(entry)).isEqualTo(decisions);
        assertThat(entry.skeleton().toUtf8()).doesNotContain("budi", "Budi");
    }

    @Test
    void decisions_whose_values_were_erased_still_tell_what_was_decided() {
        JournalCodec codec = new JournalCodec();
        Decision decision = new Decision(
                "l1",
                4,
                NOON,
                "crm",
                "name",
                Reason.OWNER_EDIT,
                "r",
                null,
                Value.text("x"),
                null,
                Value.text("x"),
                null,
                "9f86d081");
        JournalEntry entry = codec.encode(List.of(decision));

        JournalEntry erased =
                new JournalEntry(entry.link(), entry.seq(), entry.at(), entry.kind(), entry.skeleton(), null);

        assertThat(codec.decode(erased)).singleElement().satisfies(left -> {
            assertThat(left.reason()).isEqualTo(Reason.OWNER_EDIT);
            assertThat(left.saw()).isNull();
        });
    }

    @Test
    void changes_of_identity_read_back_as_they_were_and_the_matching_value_stands_apart() {
        List<IdentityChange> changes = List.of(
                new IdentityChange.Born("l1", REF),
                new IdentityChange.Attached("l1", REF, "join key"),
                new IdentityChange.Mentioned("l1", REF),
                new IdentityChange.Rekeyed("l1", REF, new RecordRef("crm", "contact", "43")),
                new IdentityChange.Suspected("l1", List.of("l2", "l3"), "email", Value.text("budi@example.com")),
                new IdentityChange.Joined("l1", "l2"),
                new IdentityChange.Merged("l1", "l4", REF, new RecordRef("crm", "contact", "44")),
                new IdentityChange.Converted("l1", REF, new RecordRef("crm", "deal", "45")),
                new IdentityChange.Split("l1", REF, "l5"),
                new IdentityChange.Unlinked("l1", REF, "l6"),
                new IdentityChange.Followed("l6", REF),
                new IdentityChange.Separated("l1", "l3"));
        IdentityCodec codec = new IdentityCodec();

        JournalEntry entry = codec.encode("l1", 3, NOON, changes, null);

        assertThat(codec.decode(entry)).isEqualTo(changes);
        assertThat(entry.skeleton().toUtf8()).doesNotContain("budi");
    }

    @Test
    void a_review_reads_back_as_it_was_and_its_values_stand_apart() {
        ReviewChange.Opened review = new ReviewChange.Opened(
                "r1",
                "l1",
                "kirim",
                "name",
                Reason.LOSSY_REVIEW,
                Value.text("Budi Santoso"),
                Value.EMPTY,
                List.of("l2"));
        ReviewCodec codec = new ReviewCodec();

        ReviewRow row = codec.encode(review, NOON);

        assertThat(codec.decode(row)).isEqualTo(review);
        assertThat(row.skeleton().toUtf8()).doesNotContain("Budi");
    }
}
