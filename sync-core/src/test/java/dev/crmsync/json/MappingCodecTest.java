package dev.crmsync.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MappingCodecTest {
    private final MappingCodec codec = new MappingCodec();

    @Test
    void every_lens_access_and_rendering_reads_back_equal() {
        Mapping mapping = Mapping.of(
                        "contact",
                        FieldMapping.of(Contact.NAME, new Lens.Joined(List.of("first", "last"), " "))
                                .shownAs(Rendering.TRIMMED, Rendering.cut(80)),
                        FieldMapping.direct(Contact.EMAIL, "mail").shownAs(Rendering.LOWER_CASED),
                        FieldMapping.direct(Contact.PHONE, "tel").with(Access.EVENT_ONLY),
                        FieldMapping.of(Contact.LABELS, new Lens.Delimited("tags", ";"))
                                .with(new Access(Access.Readable.BY_READ, Access.Writable.REPLACED)),
                        FieldMapping.of(Field.of("groups", FieldType.MEMBERS), new Lens.ListOf("groups")),
                        FieldMapping.of(Contact.METADATA, new Lens.BagOf("custom")),
                        FieldMapping.direct(Contact.METADATA.entry("tier"), "tier_c")
                                .with(Access.READ_AND_CREATE),
                        FieldMapping.of(Contact.OWNER, new Lens.ReferenceTo("owner_id", "user")),
                        FieldMapping.of(Field.references("tags", "label"), new Lens.ReferencesTo("tag_ids", "label")),
                        FieldMapping.of(
                                Field.of("closedAt", FieldType.TIME),
                                new Lens.Timestamp("closed", Lens.TimeFormat.EPOCH_MILLIS)),
                        FieldMapping.of(
                                Field.of("stage", FieldType.ENUMERATION),
                                new Lens.Coded("stage", Map.of("1", "lead", "2", "customer"))),
                        FieldMapping.of(
                                Field.of("standing", FieldType.ENUMERATION),
                                new Lens.Coded(
                                        "standing",
                                        Map.of("a", "good", "b", "good", "c", "bad"),
                                        Map.of("good", "b", "bad", "c"))))
                .withExternalId("kirim_id")
                .requiring(Contact.NAME, Contact.OWNER);

        String text = codec.encode(mapping);

        assertThat(codec.decode(text)).as(text).isEqualTo(mapping);
        assertThat(codec.encode(codec.decode(text))).isEqualTo(text);
    }

    @Test
    void a_complaint_names_the_place_and_the_remedy() {
        refused("{\"is\": \"text\", \"lens\": \"directly\"}", "fields.name.lens is 'directly'", "one of [direct");
        refused("{\"is\": \"text\", \"lens\": \"direct\"}", "fields.name lacks 'property'");
        refused(
                "{\"is\": \"text\", \"lens\": \"direct\", \"property\": \"n\", \"separator\": \" \"}",
                "fields.name has 'separator'",
                "take it out");
        refused(
                "{\"is\": \"members\", \"lens\": \"direct\", \"property\": \"n\"}",
                "fields.name is refused",
                "cannot carry");
        refused("{\"is\": \"txt\", \"lens\": \"direct\", \"property\": \"n\"}", "fields.name.is is 'txt'", "text");
        refused(
                "{\"is\": \"text\", \"lens\": \"direct\", \"property\": \"n\", \"shown\": [\"cut\"]}",
                "fields.name.shown[0] is refused",
                "has a length");
    }

    private void refused(String field, String... words) {
        String text = "{\"format\": 1, \"type\": \"contact\", \"fields\": {\"name\": " + field + "}}";
        assertThatThrownBy(() -> codec.decode(text))
                .as(text)
                .isInstanceOf(SyncException.class)
                .hasMessageStartingWith("the mapping")
                .hasMessageContainingAll(words);
    }
}
