package dev.crmsync.testkit.resolver;

import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** A few values of a type that differ in length, order and kind, and a blank. */
final class SampleValues {
    private SampleValues() {}

    static List<Value> of(FieldType type) {
        return switch (type) {
            case TEXT, ENUMERATION, BAG_ENTRY -> texts("Budi", "Mary Ann Lee", "Ana", "Li", "王小明");
            case PHONE -> texts("+6281211112222", "+6281233334444", "+4930123456", "no number");
            case EMAIL -> texts("a@example.com", "mary.ann@example.com", "z@example.org");
            case NUMBER ->
                List.of(
                        Value.EMPTY,
                        new Value.Number(BigDecimal.ZERO),
                        new Value.Number(BigDecimal.ONE),
                        new Value.Number(new BigDecimal("-12.5")));
            case FLAG -> List.of(Value.EMPTY, new Value.Flag(false), new Value.Flag(true));
            case TIME ->
                List.of(
                        Value.EMPTY,
                        new Value.Time(Instant.parse("2026-01-01T00:00:00Z")),
                        new Value.Time(Instant.parse("2026-05-01T12:00:00Z")),
                        new Value.Time(Instant.parse("2019-01-01T00:00:00Z")));
            case MEMBERS ->
                List.of(
                        Value.EMPTY,
                        Value.members(),
                        Value.members("vip"),
                        Value.members("new"),
                        Value.members("new", "vip"));
            case REFERENCES ->
                List.of(
                        Value.EMPTY,
                        new Value.References(new TreeSet<>(List.of("one"))),
                        new Value.References(new TreeSet<>(List.of("two"))),
                        new Value.References(new TreeSet<>(List.of("one", "two"))));
            case REFERENCE, BAG ->
                List.of(
                        Value.EMPTY,
                        new Value.Reference("one"),
                        new Value.Reference("two"),
                        new Value.Reference("three"));
        };
    }

    private static List<Value> texts(String... texts) {
        List<Value> values = new ArrayList<>();
        values.add(Value.EMPTY);
        for (String text : texts) {
            values.add(Value.text(text));
        }
        return List.copyOf(values);
    }
}
