package dev.crmsync.fields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.NativeValue;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private static final Lenses LENSES = new Lenses(Canon.withDefaultRegion("ID"));
    private static final NativeValue X = NativeValue.text("x");
    private static final NativeValue Y = NativeValue.text("y");
    private static final Mapping PATCHED = Mapping.of(
                    "contact",
                    FieldMapping.of(Contact.NAME, new Lens.Joined(java.util.List.of("first", "last"), " ")),
                    FieldMapping.of(Contact.METADATA, new Lens.BagOf("metadata")),
                    FieldMapping.direct(Contact.METADATA.entry("crm_id"), "crm_id"))
            .withExternalId("kirim_id");
    private static final Mapping REPLACED = PATCHED.with(FieldMapping.of(Contact.METADATA, new Lens.BagOf("metadata"))
            .with(new Access(Access.Readable.BY_READ, Access.Writable.REPLACED)));

    @Test
    void properties_explode_into_slots_and_unmapped_ones_are_dropped() {
        assertThat(LENSES.slots(
                        PATCHED,
                        Map.of(
                                "first", X,
                                "unmapped", X,
                                "kirim_id", X,
                                "metadata", new NativeValue.Entries(Map.of("a", Y, "b/c", NativeValue.EMPTY)))))
                .isEqualTo(Map.of("first", X, "metadata/a", Y, "metadata/b/c", NativeValue.EMPTY));
    }

    @Test
    void bag_given_as_null_or_as_text_has_no_slots() {
        assertThat(LENSES.slots(PATCHED, Map.of("metadata", NativeValue.EMPTY))).isEmpty();
        assertThat(LENSES.slots(PATCHED, Map.of("metadata", X))).isEmpty();
    }

    @Test
    void slots_touch_the_fields_that_they_carry() {
        assertThat(LENSES.fieldsOf(PATCHED, Set.of("last", "metadata/a", "unknown")))
                .containsExactly(Contact.METADATA.entry("a"), Contact.NAME);
    }

    @Test
    void key_with_a_mapping_of_its_own_is_not_carried_in_the_bag() {
        assertThat(LENSES.fieldsOf(PATCHED, Set.of("metadata/crm_id"))).isEmpty();
        assertThat(LENSES.fieldsOf(PATCHED, Set.of("crm_id"))).containsExactly(Contact.METADATA.entry("crm_id"));
    }

    @Test
    void patched_bag_carries_only_the_changed_keys() {
        assertThat(LENSES.properties(
                        PATCHED,
                        Map.of("metadata/a", NativeValue.EMPTY, "last", X),
                        Map.of("metadata/a", X, "metadata/b", Y, "first", Y)))
                .isEqualTo(Map.of("metadata", new NativeValue.Entries(Map.of("a", NativeValue.EMPTY)), "last", X));
    }

    @Test
    void replaced_bag_carries_what_others_own_as_just_read() {
        assertThat(LENSES.properties(
                        REPLACED,
                        Map.of("metadata/a", NativeValue.EMPTY, "metadata/n", X),
                        Map.of("metadata/a", X, "metadata/b", Y, "metadata/crm_id", Y, "metadata/", Y)))
                .isEqualTo(Map.of(
                        "metadata",
                        new NativeValue.Entries(Map.of("a", NativeValue.EMPTY, "n", X, "b", Y, "crm_id", Y, "", Y))));
    }

    @Test
    void bag_without_changed_keys_is_not_written() {
        assertThat(LENSES.properties(REPLACED, Map.of("first", X), Map.of("metadata/b", Y)))
                .isEqualTo(Map.of("first", X));
    }
}
