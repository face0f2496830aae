package dev.crmsync.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.planning.Cause;
import dev.crmsync.planning.Composition;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.IdentityStep;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.ReviewChange;
import dev.crmsync.planning.Stance;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.JournalEntry;
import dev.crmsync.spi.store.ReviewRow;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JournalCodecTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final RecordRef REF = new RecordRef("crm", "contact", "42");
    private static final Composition BEFORE = composition("42", Composition.Condition.FOLLOWED, null);
    private static final Composition AFTER = composition(null, Composition.Condition.GONE, "l9", "43", "44");

    private static Composition composition(
            @Nullable String primary, Composition.Condition condition, @Nullable String by, String... secondaries) {
        TreeMap<String, Composition.Part> parts = new TreeMap<>();
        parts.put("crm", new Composition.Part(primary, new TreeSet<>(Set.of(secondaries)), condition));
        return new Composition("contact", parts, by);
    }

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
                new IdentityChange.Separated("l1", "l3"),
                new IdentityChange.Claimed("l1", "crm"),
                new IdentityChange.Confirmed("l1", REF),
                new IdentityChange.Gone("l1", REF),
                new IdentityChange.Undeleted("l1", REF),
                new IdentityChange.Erased("l1"));
        IdentityCodec codec = new IdentityCodec();

        IdentityStep step = new IdentityStep("l1", 3, NOON, changes, Cause.PERSON, BEFORE, AFTER);

        JournalEntry entry = codec.encode(step, null);

        assertThat(codec.decode(entry)).isEqualTo(step);
        assertThat(entry.skeleton().toUtf8()).doesNotContain("budi");
    }

    @Test
    void causes_and_records_read_back_as_they_were() {
        IdentityCodec codec = new IdentityCodec();
        List<IdentityChange> claim = List.of(new IdentityChange.Claimed("l1", "crm"));
        List<Cause> causes = List.of(
                Cause.PERSON,
                Cause.ENGINE,
                Cause.read("crm"),
                Cause.write("crm"),
                new Cause(Cause.By.EVENT, "crm", ChangeKind.MERGE));

        assertThat(causes).allSatisfy(cause -> {
            for (Composition before : List.of(BEFORE, AFTER)) {
                IdentityStep step = new IdentityStep("l1", 3, NOON, claim, cause, before, AFTER);
                assertThat(codec.decode(codec.encode(step, null))).isEqualTo(step);
            }
            IdentityStep born = new IdentityStep("l1", 1, NOON, claim, cause, null, AFTER);
            assertThat(codec.decode(codec.encode(born, null))).isEqualTo(born);
        });
    }

    @Test
    void changes_that_were_written_without_causes_and_records_are_still_read() {
        JournalEntry plain = new JournalEntry(
                "l1",
                3,
                NOON,
                IdentityCodec.IDENTITY,
                Bytes.utf8("{\"v\":1,\"changes\":[[\"Joined\",\"l1\",\"l2\"]]}"),
                null);
        JournalEntry told = new JournalEntry(
                "l1",
                3,
                NOON,
                IdentityCodec.IDENTITY,
                Bytes.utf8("{\"v\":1,\"changes\":[[\"Suspected\",\"l1\",[\"l2\"],\"email\"]],"
                        + "\"event\":[[\"crm\",\"contact\",\"42\"],\"UPSERT\"],\"owners\":[],\"matches\":[]}"),
                Bytes.utf8("{\"v\":1,\"changes\":[\"budi@example.com\"],\"matches\":[]}"));

        IdentityStep bare = new IdentityCodec().decode(plain);
        IdentityStep heard = new IdentityCodec().decode(told);

        assertThat(bare.changes()).containsExactly(new IdentityChange.Joined("l1", "l2"));
        assertThat(bare.cause()).isNull();
        assertThat(bare.before()).isNull();
        assertThat(bare.after()).isNull();
        assertThat(heard.changes())
                .containsExactly(
                        new IdentityChange.Suspected("l1", List.of("l2"), "email", Value.text("budi@example.com")));
        assertThat(heard.cause()).isEqualTo(new Cause(Cause.By.EVENT, "crm", ChangeKind.UPSERT));
    }

    @Test
    void an_identity_entry_of_a_newer_version_is_refused() {
        JournalEntry newer =
                new JournalEntry("l1", 3, NOON, IdentityCodec.IDENTITY, Bytes.utf8("{\"v\":3,\"changes\":[]}"), null);

        assertThatThrownBy(() -> new IdentityCodec().decode(newer)).hasMessageContaining("reads formats 1 to 2");
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
