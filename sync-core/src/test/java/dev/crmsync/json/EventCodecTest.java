package dev.crmsync.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.Origin;
import dev.crmsync.spi.model.RecordRef;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventCodecTest {
    private static final RecordRef REF = new RecordRef("crm", "contact", "42");
    private static final AsOf AS_OF =
            new AsOf(Instant.parse("2026-05-01T12:00:00.000000007Z"), Instant.parse("2026-05-01T12:00:01Z"));

    private final EventCodec codec = new EventCodec();

    @Test
    void an_event_with_values_of_every_kind_reads_back_as_it_was() {
        ChangeEvent event = ChangeEvent.full(
                        REF,
                        Map.of(
                                "text",
                                NativeValue.text("Ümit \u202e 🌴"),
                                "number",
                                new NativeValue.Number(new BigDecimal("0.10")),
                                "flag",
                                NativeValue.flag(true),
                                "empty",
                                NativeValue.EMPTY,
                                "list",
                                new NativeValue.Items(List.of(NativeValue.EMPTY, NativeValue.text("a"))),
                                "map",
                                new NativeValue.Entries(Map.of("m", NativeValue.number(1)))),
                        AS_OF,
                        Evidence.LISTING)
                .withOrigin(Origin.OURS);

        assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
    }

    @Test
    void every_kind_and_evidence_reads_back_as_it_was() {
        for (ChangeKind kind : ChangeKind.values()) {
            for (Evidence evidence : Evidence.values()) {
                boolean needsOther = kind == ChangeKind.MERGE || kind == ChangeKind.CONVERT;
                ChangeEvent event = new ChangeEvent(
                        REF,
                        kind,
                        Map.of(),
                        false,
                        AsOf.at(AS_OF.from()),
                        Origin.UNKNOWN,
                        evidence,
                        needsOther ? new RecordRef("crm", "contact", "43") : null);

                assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
            }
        }
    }

    @Test
    void what_is_no_event_is_an_error_that_does_not_quote_it() {
        assertThatThrownBy(() -> codec.decode(Bytes.utf8("{\"v\":1,\"kind\":\"budi@example.com")))
                .isInstanceOf(SyncException.class)
                .hasMessageNotContaining("budi");
        assertThatThrownBy(() -> codec.decode(Bytes.utf8("[]"))).isInstanceOf(SyncException.class);
    }
}
