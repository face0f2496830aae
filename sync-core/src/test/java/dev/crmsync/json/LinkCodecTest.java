package dev.crmsync.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.planning.Agreed;
import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.Life;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Parting;
import dev.crmsync.planning.Presence;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Replaced;
import dev.crmsync.planning.Rounds;
import dev.crmsync.planning.Seen;
import dev.crmsync.planning.Sent;
import dev.crmsync.planning.Settling;
import dev.crmsync.planning.Side;
import dev.crmsync.planning.Stance;
import dev.crmsync.planning.Standing;
import dev.crmsync.planning.WantedRead;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.store.LinkRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LinkCodecTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00.123Z");
    private static final int BUDGET = 1228;

    private final LinkCodec codec = new LinkCodec();

    /** A person as three systems hold them: each under its own property names, in its own forms. */
    static LinkState inStep() {
        Map<String, String> fields = new TreeMap<>(Map.ofEntries(
                Map.entry("name", "Budi Santoso Wijaya"),
                Map.entry("email", "budi.santoso@example.co.id"),
                Map.entry("phone", "+6281234567890"),
                Map.entry("metadata.crm_segment", "enterprise"),
                Map.entry("metadata.city", "Yogyakarta"),
                Map.entry("metadata.company", "PT Maju Terus"),
                Map.entry("metadata.birthday", "1987-03-14"),
                Map.entry("metadata.language", "id"),
                Map.entry("metadata.plan", "gold"),
                Map.entry("metadata.source", "instagram-ads"),
                Map.entry("metadata.last_order", "SO-2026-00417")));
        TreeMap<String, Agreed> agreed = new TreeMap<>();
        fields.forEach((field, value) ->
                agreed.put(field, new Agreed(Value.text(value), field.equals("phone") ? "kirim" : "crm", 7)));
        agreed.put("labels", new Agreed(Value.members("VIP", "Reseller"), "kirim", 7));
        TreeMap<String, Side> sides = new TreeMap<>();
        sides.put("kirim", side(fields, "", "metadata/", "0193c2f4-8d1e-7a55-b1cf-2f4c8a0d9e11", 9));
        sides.put("crm", side(fields, "", "", "151870412345", 11));
        sides.put("notion", side(fields, "", "", "1f2a9c84-55be-80d1-a3f0-c7d2b4e1a6f3", 12));
        return new LinkState(
                "01k8x2m4q6r8t0v2w4y6z8a0b2",
                "contact",
                12,
                "9f86d081884c7d65",
                agreed,
                sides,
                new TreeSet<>(),
                null,
                false);
    }

    private static Side side(Map<String, String> fields, String prefix, String bag, String record, long last) {
        AsOf asOf = new AsOf(NOON, NOON.plusMillis(480));
        TreeMap<String, Seen> seen = new TreeMap<>();
        fields.forEach((field, value) -> {
            String slot = prefix + (field.startsWith("metadata.") ? bag + field.substring(9) : field);
            if (field.equals("name") && bag.isEmpty()) {
                int blank = value.indexOf(' ');
                seen.put("firstname", new Seen(NativeValue.text(value.substring(0, blank)), asOf));
                seen.put("lastname", new Seen(NativeValue.text(value.substring(blank + 1)), asOf));
            } else {
                seen.put(slot, new Seen(NativeValue.text(value), asOf));
            }
        });
        seen.put(
                "labels",
                bag.isEmpty()
                        ? new Seen(NativeValue.text("Reseller;VIP"), asOf)
                        : new Seen(
                                new NativeValue.Items(List.of(NativeValue.text("Reseller"), NativeValue.text("VIP"))),
                                asOf));
        return new Side(
                Presence.PRESENT,
                record,
                new TreeSet<>(),
                seen,
                new TreeMap<>(),
                new TreeMap<>(),
                null,
                null,
                null,
                last,
                last,
                NOON);
    }

    @Test
    void twelve_fields_at_three_systems_in_step_fit_the_budget() {
        LinkState link = inStep();

        LinkRow row = codec.encode(link);

        assertThat(link.agreed()).hasSize(12);
        assertThat(row.document().size()).isLessThanOrEqualTo(BUDGET);
        assertThat(codec.decode(row)).isEqualTo(link);
    }

    @Test
    void a_link_with_everything_that_can_be_believed_reads_back_as_it_was() {
        LinkState link = everything();

        assertThat(codec.decode(codec.encode(link))).isEqualTo(link);
    }

    @Test
    void what_stands_in_columns_is_not_in_the_document() {
        LinkRow row = codec.encode(inStep());

        assertThat(row.version()).isEqualTo(12);
        assertThat(row.document().toUtf8()).doesNotContain(row.id(), row.rulesHash());
    }

    @Test
    void a_row_that_was_only_guarded_is_read_with_the_version_of_the_row() {
        LinkRow row = codec.encode(inStep());

        LinkRow guarded = new LinkRow(row.id(), row.type(), 13, row.rulesHash(), row.document());

        assertThat(codec.decode(guarded).seq()).isEqualTo(13);
    }

    @Test
    void a_document_of_a_newer_format_is_refused_and_not_read_half() {
        LinkRow row = with("{\"v\":2,\"t\":[],\"a\":[],\"s\":{}}");

        assertThatThrownBy(() -> codec.decode(row))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("has format 2")
                .hasMessageContaining("or a newer one");
    }

    @Test
    void a_key_that_a_newer_version_added_is_refused_because_writing_back_would_lose_it() {
        assertThatThrownBy(() -> codec.decode(with("{\"v\":1,\"t\":[],\"a\":[],\"s\":{},\"zz\":1}")))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("'zz'");
        assertThatThrownBy(() -> codec.decode(with("{\"v\":1,\"t\":[],\"a\":[],\"s\":{\"crm\":{\"zz\":1}}}")))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("'zz'");
    }

    @Test
    void a_damaged_document_is_an_error_that_does_not_quote_it() {
        assertThatThrownBy(() -> codec.decode(with("{\"v\":1,\"t\":[\"budi@example.com\"")))
                .isInstanceOf(SyncException.class)
                .hasMessageNotContaining("budi");
    }

    private static LinkRow with(String document) {
        return new LinkRow("l1", "contact", 1, "h", Bytes.utf8(document));
    }

    static LinkState everything() {
        TreeMap<String, Agreed> agreed = new TreeMap<>();
        agreed.put("name", new Agreed(Value.text("Budi 🌴"), "crm", 3));
        agreed.put("email", new Agreed(Value.EMPTY, "crm", 4));
        agreed.put("city", new Agreed(Value.text("Bandung"), "crm", 4, new AsOf(NOON, NOON.plusSeconds(1)), null));
        agreed.put("town", new Agreed(Value.text("Bandung"), "crm", 4, null, new Settling(NOON, NOON.plusSeconds(2))));
        agreed.put(
                "shire",
                new Agreed(Value.text("Java"), "crm", 4, AsOf.at(NOON), new Settling(NOON, NOON.plusSeconds(5))));
        agreed.put("labels", new Agreed(Value.members("a", "b"), "kirim", 3));
        agreed.put("none", new Agreed(Value.members(), "kirim", 3));
        agreed.put("size", new Agreed(new Value.Number(new BigDecimal("12345678901234567890.5")), "crm", 3));
        agreed.put("flag", new Agreed(new Value.Flag(false), "crm", 3));
        agreed.put("time", new Agreed(new Value.Time(Instant.parse("2026-01-01T00:00:00.000001Z")), "crm", 3));
        agreed.put("owner", new Agreed(new Value.Reference("l2"), "crm", 3));
        agreed.put("tags", new Agreed(new Value.References(new TreeSet<>(List.of("l3", "l4"))), "crm", 3));
        TreeMap<String, Seen> seen = new TreeMap<>();
        seen.put("a", new Seen(NativeValue.EMPTY, AsOf.at(NOON)));
        seen.put("b", new Seen(NativeValue.number(7), new AsOf(NOON, NOON.plusNanos(1))));
        seen.put("c", new Seen(NativeValue.flag(true), AsOf.at(NOON)));
        seen.put("d", new Seen(new NativeValue.Items(List.of(NativeValue.text(""))), AsOf.at(NOON)));
        seen.put(
                "e",
                new Seen(new NativeValue.Entries(Map.of("n", NativeValue.text("x"))), AsOf.at(NOON.plusSeconds(1))));
        seen.put("f", new Seen(NativeValue.text("77"), AsOf.at(NOON), Map.of("77", "l2")));
        seen.put(
                "g",
                new Seen(
                        new NativeValue.Items(List.of(NativeValue.text("8"), NativeValue.number(9))),
                        AsOf.at(NOON),
                        Map.of("8", "l3", "9", "l4")));
        TreeMap<String, List<Sent>> sent = new TreeMap<>();
        sent.put(
                "a",
                List.of(
                        new Sent(NativeValue.text("Budi 🌴"), null, NOON),
                        new Sent(NativeValue.text("Budi"), NativeValue.EMPTY, NOON.plusSeconds(1))));
        TreeMap<String, Standing> standings = new TreeMap<>();
        standings.put("name", Standing.of(Stance.KEPT, Reason.KEPT_LOCALLY, 4));
        standings.put("email", new Standing(Stance.HELD, Reason.REVERT_CAP, 5, 4, NOON, null));
        standings.put("phone", new Standing(Stance.HELD, Reason.OSCILLATION, 6, 0, null, new Rounds(-7, 4, NOON)));
        TreeMap<String, NativeValue> slots = new TreeMap<>(Map.of("a", NativeValue.text("z"), "c", NativeValue.EMPTY));
        TreeMap<String, Side> sides = new TreeMap<>();
        sides.put(
                "crm",
                new Side(
                        Presence.ARCHIVED,
                        "9",
                        new TreeSet<>(List.of("10", "11")),
                        seen,
                        sent,
                        standings,
                        Reason.MATCH_REVIEW,
                        new InFlight(6, NOON, true, slots, "k1", "key-1", true, 1),
                        new WantedRead(Reason.UNORDERED, 5, 2),
                        6,
                        3,
                        NOON,
                        new Life(4, NOON, 3, new Parting("kirim", 5, Parting.Stage.ASKED, NOON), null),
                        replaced()));
        sides.put(
                "help",
                new Side(
                        Presence.PRESENT,
                        "12",
                        new TreeSet<>(),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        null,
                        new InFlight(7, NOON, false, new TreeMap<>(), null, null, true, 0, true),
                        null,
                        0,
                        0,
                        null,
                        new Life(4, null, 0, null, NOON),
                        new TreeMap<>()));
        sides.put(
                "kirim",
                new Side(
                        Presence.NONE,
                        null,
                        new TreeSet<>(),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        Reason.CREATE_REVIEW,
                        new InFlight(7, NOON, false, new TreeMap<>(), null, null, false, 0),
                        null,
                        0,
                        0,
                        null));
        return new LinkState("l1", "contact", 8, "h", agreed, sides, new TreeSet<>(List.of("l3", "l4")), "l5", true);
    }

    private static SortedMap<String, Replaced> replaced() {
        TreeMap<String, NativeValue> carried =
                new TreeMap<>(Map.of("bag/a", NativeValue.EMPTY, "bag/b", NativeValue.text("z")));
        return new TreeMap<>(
                Map.of("bag", new Replaced(AsOf.at(NOON), carried), "more", new Replaced(null, new TreeMap<>())));
    }
}
