package dev.crmsync.planning;

import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Contact.METADATA;
import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Contact.PHONE;
import static dev.crmsync.spi.field.Value.members;
import static dev.crmsync.spi.field.Value.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.Policy;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.NativeValue;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is in step as it stands is told without reading it through its lens; whatever is not plain is told the long way. */
class ShortCutsTest {
    private static final Field CITY = METADATA.entry("city");
    private static final Mapping PARTS = Mapping.of(
            Contact.TYPE,
            FieldMapping.of(NAME, new Lens.Joined(List.of("first", "last"), " ")),
            FieldMapping.direct(EMAIL, "mail").shownAs(Rendering.cut(10)),
            FieldMapping.direct(PHONE, "tel").with(Access.READ_AND_CREATE),
            FieldMapping.of(LABELS, new Lens.Delimited("tags", ";")),
            FieldMapping.of(METADATA, new Lens.BagOf("custom")));
    private static final Mapping LISTS = Mapping.of(
            Contact.TYPE,
            FieldMapping.direct(NAME, "name").with(Access.READ_ONLY),
            FieldMapping.of(LABELS, new Lens.ListOf("tags")));
    private static final Rules RULES = Desk.rules(
            Policy.named("shown")
                    .type(
                            RecordType.CONTACT,
                            contact -> contact.owned(NAME, "a", "b")
                                    .owned(EMAIL, "a", "b")
                                    .owned(PHONE, "b", "a")
                                    .createOnly(CITY)
                                    .setMerge(LABELS)),
            new CreateLookup.UniqueUpsert(),
            Map.of("a", List.of(PARTS), "b", List.of(LISTS)));

    private static Carried carried(String system, Field field) {
        Carried carried = RULES.carried(system, Contact.TYPE, field);
        assertThat(carried).isNotNull();
        return carried;
    }

    private static boolean shows(String system, Field field, Value agreed, Object... seen) {
        Map<String, Seen> slots = new TreeMap<>();
        for (int i = 0; i < seen.length; i += 2) {
            Object raw = seen[i + 1];
            NativeValue value = raw instanceof NativeValue given ? given : NativeValue.text((String) raw);
            slots.put((String) seen[i], new Seen(value, AsOf.at(Desk.START)));
        }
        return carried(system, field).showsAsIs(Frozen.of(slots), agreed);
    }

    private static NativeValue list(String... members) {
        return new NativeValue.Items(
                Arrays.stream(members).map(NativeValue::text).toList());
    }

    @Test
    void a_text_is_shown_by_the_same_text() {
        assertThat(shows("b", NAME, text("Ani"), "name", "Ani")).isTrue();
        assertThat(shows("a", EMAIL, text("a@b.c"), "mail", "a@b.c")).isTrue();
        assertThat(shows("a", CITY, text("Ende"), "custom/city", "Ende")).isTrue();
        assertThat(shows("b", NAME, text("Ani"), "name", "ani")).isFalse();
        assertThat(shows("b", NAME, text("Ani"))).isFalse();
        assertThat(shows("b", NAME, text("Ani"), "name", list("Ani"))).isFalse();
    }

    @Test
    void a_name_by_parts_that_spell_it_between_their_separators() {
        assertThat(shows("a", NAME, text("Ana Lee"), "first", "Ana", "last", "Lee"))
                .isTrue();
        assertThat(shows("a", NAME, text("A 1"), "first", "A", "last", "1")).isTrue();
        for (String[] parts : new String[][] {
            {"Ana", "Le"}, {"Ana", "Leer"}, {"An", "Lee"}, {"Ana", ""}, {"", "Ana Lee"}, {"Ana", "Bea"}
        }) {
            assertThat(shows("a", NAME, text("Ana Lee"), "first", parts[0], "last", parts[1]))
                    .as(Arrays.toString(parts))
                    .isFalse();
        }
        assertThat(shows("a", NAME, text("Ana-Lee"), "first", "Ana", "last", "Lee"))
                .isFalse();
        assertThat(shows("a", NAME, text("Ana Lee"), "first", "Ana")).isFalse();
    }

    /** A part that is not clean at its ends is trimmed by the lens, or is one that the canonical form changes. */
    @Test
    void a_part_that_does_not_begin_and_end_with_a_letter_or_digit_is_not_plain() {
        assertThat(shows("a", NAME, text("Ana. Lee"), "first", "Ana.", "last", "Lee"))
                .isFalse();
        assertThat(shows("a", NAME, text("(Ana Lee"), "first", "(Ana", "last", "Lee"))
                .isFalse();
        assertThat(shows("a", NAME, text("Ana   Lee"), "first", "Ana ", "last", " Lee"))
                .isFalse();
    }

    @Test
    void members_by_a_text_or_a_list_that_has_them_in_their_order() {
        assertThat(shows("a", LABELS, members("lead", "vip"), "tags", "lead;vip"))
                .isTrue();
        assertThat(shows("a", LABELS, members("lead", "vip"), "tags", "vip;lead"))
                .isFalse();
        assertThat(shows("b", LABELS, members("lead", "vip"), "tags", list("lead", "vip")))
                .isTrue();
        assertThat(shows("b", LABELS, members(), "tags", list())).isTrue();
        assertThat(shows("b", LABELS, members("lead", "vip"), "tags", list("lead", "x")))
                .isFalse();
        assertThat(shows("b", LABELS, members("lead", "vip"), "tags", list("lead")))
                .isFalse();
        assertThat(shows("b", LABELS, members("lead"), "tags", new NativeValue.Items(List.of(NativeValue.number(1)))))
                .isFalse();
        assertThat(shows("b", LABELS, members("lead"), "tags", "lead")).isFalse();
    }

    @Test
    void what_a_lens_carries_whatever_it_is_it_is_not_asked_about() {
        assertThat(carried("a", NAME).mayRefuse(text("Ana"))).isFalse();
        assertThat(carried("b", NAME).mayRefuse(text("Ana"))).isFalse();
        assertThat(carried("b", NAME).mayRefuse(Value.EMPTY)).isFalse();
        assertThat(carried("a", LABELS).mayRefuse(members("lead", "vip"))).isFalse();
        assertThat(carried("b", LABELS).mayRefuse(members("lead;vip"))).isFalse();
    }

    @Test
    void what_it_may_not_it_is() {
        assertThat(carried("a", LABELS).mayRefuse(members("lead;vip"))).isTrue();
        assertThat(carried("a", LABELS).mayRefuse(text("lead"))).isTrue();
        assertThat(carried("b", NAME).mayRefuse(members("lead"))).isTrue();
        assertThat(carried("a", NAME).mayRefuse(new Value.Number(BigDecimal.ONE)))
                .isTrue();
    }

    @Test
    void what_the_rules_alone_tell_is_worked_out_once() {
        assertThat(carried("a", EMAIL).lossy()).isTrue();
        assertThat(carried("a", NAME).lossy()).isFalse();
        assertThat(carried("a", PHONE).writable(null)).isTrue();
        assertThat(carried("a", PHONE).writable("1")).isFalse();
        assertThat(carried("b", NAME).writable(null)).isFalse();
        assertThat(carried("a", CITY).ruled(null)).isEqualTo(Stance.FOLLOWS);
        assertThat(carried("a", CITY).ruled("1")).isEqualTo(Stance.NOT_RECEIVED);
        assertThat(carried("a", NAME).isNamed("name")).isTrue();
        assertThat(carried("a", NAME).isNamed("email")).isFalse();
    }

    /** Where a thing mostly lies is looked first. */
    @Test
    void places_are_those_among_what_is_known() {
        assertThat(carried("a", CITY).place()).isPositive();
        assertThat(carried("a", NAME).place())
                .isGreaterThan(carried("a", LABELS).place());
        // custom, custom/city, first, last, mail, tags, tel
        assertThat(carried("a", NAME).slots()).containsExactly("first", "last");
        assertThat(carried("a", NAME).place(1)).isEqualTo(carried("a", NAME).place(0) + 1);
        assertThat(carried("a", PHONE).place(0)).isEqualTo(carried("a", LABELS).place(0) + 1);
    }
}
