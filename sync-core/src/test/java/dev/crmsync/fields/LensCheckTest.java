package dev.crmsync.fields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LensCheckTest {
    private static final Lenses LENSES = new Lenses(Canon.withDefaultRegion("ID"));
    private static final Field STATUS = Field.of("status", FieldType.ENUMERATION);
    private static final List<Value> SAMPLES = List.of(
            Value.EMPTY,
            Value.text("Budi"),
            Value.text("Mary Ann  Lee"),
            Value.text("0812 3456 7890"),
            Value.members(),
            Value.members("VIP", "a;b"),
            new Value.Number(BigDecimal.TEN),
            new Value.Flag(true),
            new Value.Time(Instant.parse("2026-05-01T00:00:00.123456Z")),
            new Value.Reference("link"));

    @Test
    void mapping_with_every_lens_has_no_violations() {
        Mapping mapping = Mapping.of(
                "contact",
                FieldMapping.of(Contact.NAME, new Lens.Joined(List.of("first", "last"), " ")),
                FieldMapping.direct(Contact.EMAIL, "email"),
                FieldMapping.direct(Contact.PHONE, "phone"),
                FieldMapping.of(Contact.LABELS, new Lens.Delimited("labels", ";")),
                FieldMapping.of(Field.of("topics", FieldType.MEMBERS), new Lens.ListOf("topics")),
                FieldMapping.of(Contact.METADATA, new Lens.BagOf("metadata")),
                FieldMapping.of(Contact.OWNER, new Lens.ReferenceTo("owner", "user")),
                FieldMapping.of(STATUS, new Lens.Coded("status", Map.of("1", "open", "2", "closed"))),
                FieldMapping.of(Field.of("closedAt", FieldType.TIME), new Lens.Timestamp("t", Lens.TimeFormat.ISO)),
                FieldMapping.direct(Field.of("amount", FieldType.NUMBER), "amount"),
                FieldMapping.direct(Field.of("vip", FieldType.FLAG), "vip"));
        assertThat(LensCheck.check(LENSES, mapping, SAMPLES)).isEmpty();
    }

    @Test
    void property_that_looks_like_a_key_of_a_bag_is_reported() {
        Mapping mapping = Mapping.of(
                "contact",
                FieldMapping.of(Contact.METADATA, new Lens.BagOf("meta")),
                FieldMapping.direct(Contact.NAME, "meta/name"));
        assertThat(LensCheck.check(LENSES, mapping, SAMPLES))
                .singleElement()
                .asString()
                .contains("field name", "meta/name", "bag metadata");
    }
}
