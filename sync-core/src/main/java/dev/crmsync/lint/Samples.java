package dev.crmsync.lint;

import dev.crmsync.spi.field.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/** Made-up values of every kind, which mappings and canonical forms are tried with. */
final class Samples {
    static final List<Value> VALUES = List.of(
            Value.EMPTY,
            Value.text("Mary Ann Lee"),
            Value.text("Budi"),
            Value.text("王小明"),
            Value.text("mary@example.com"),
            Value.text("+6281234567890"),
            new Value.Number(new BigDecimal("12.5")),
            new Value.Number(BigDecimal.ZERO),
            new Value.Flag(true),
            new Value.Flag(false),
            new Value.Time(Instant.parse("2026-05-01T00:00:00Z")),
            Value.members("VIP", "reseller"),
            Value.members(),
            new Value.Reference("link"),
            new Value.References(new TreeSet<>(List.of("link", "other"))));

    private Samples() {}
}
