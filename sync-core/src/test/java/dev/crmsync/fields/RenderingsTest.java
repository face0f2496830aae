package dev.crmsync.fields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Rendering;
import dev.crmsync.spi.model.NativeValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenderingsTest {
    private static final Lenses LENSES = new Lenses(Canon.withDefaultRegion("ID"));
    private static final FieldMapping PLAIN = FieldMapping.direct(Contact.NAME, "n");
    private static final FieldMapping ALL = PLAIN.shownAs(Rendering.TRIMMED, Rendering.LOWER_CASED, Rendering.cut(5));
    private static final FieldMapping CUT = PLAIN.shownAs(Rendering.cut(20));

    @Test
    void undeclared_difference_is_not_explained() {
        assertThat(LENSES.explains(PLAIN, text("Budi"), text("Budi"))).isTrue();
        assertThat(LENSES.explains(PLAIN, text("Budi"), text("budi"))).isFalse();
        assertThat(LENSES.explains(PLAIN, text(" Budi"), text("Budi"))).isFalse();
        assertThat(LENSES.explains(ALL, text("Budi"), text("bud"))).isFalse();
        assertThat(LENSES.explains(ALL, text("Budi"), NativeValue.EMPTY)).isFalse();
    }

    @Test
    void declared_families_explain_alone_and_together() {
        assertThat(LENSES.explains(ALL, text(" Budi S"), text("Budi S"))).isTrue();
        assertThat(LENSES.explains(ALL, text(" Budi S"), text(" budi s"))).isTrue();
        assertThat(LENSES.explains(ALL, text(" Budi S"), text(" Budi"))).isTrue();
        assertThat(LENSES.explains(ALL, text(" Budi S"), text("budi"))).isTrue();
        assertThat(LENSES.explains(ALL, text("  "), NativeValue.EMPTY)).isTrue();
    }

    @Test
    void cut_through_an_emoji_is_explained_with_and_without_its_half() {
        NativeValue sent = text("Budi\uD83C\uDF34!");
        assertThat(LENSES.explains(ALL, sent, text("Budi\uD83C"))).isTrue();
        assertThat(LENSES.explains(ALL, sent, text("Budi"))).isTrue();
        assertThat(LENSES.rendered(ALL, sent)).isEqualTo(text("budi"));
    }

    @Test
    void items_of_a_list_are_rendered_one_by_one() {
        NativeValue sent = new NativeValue.Items(List.of(text("VIP"), text("Gold")));
        NativeValue shown = new NativeValue.Items(List.of(text("vip"), text("gold")));
        FieldMapping labels =
                FieldMapping.of(Contact.LABELS, new Lens.ListOf("l")).shownAs(Rendering.LOWER_CASED);
        assertThat(LENSES.explains(labels, sent, shown)).isTrue();
        assertThat(LENSES.explains(labels, sent, new NativeValue.Items(List.of(text("vip")))))
                .isFalse();
        assertThat(LENSES.rendered(labels, sent)).isEqualTo(shown);
    }

    @Test
    void rendered_value_is_always_explained() {
        NastyTexts texts = new NastyTexts(6);
        for (int i = 0; i < 20_000; i++) {
            NativeValue sent = text(texts.next());
            assertThat(LENSES.explains(ALL, sent, LENSES.rendered(ALL, sent))).isTrue();
        }
    }

    @Test
    void edit_away_from_the_cut_is_spliced_and_the_hidden_tail_is_kept() {
        assertThat(splice("The quick brown fox jumps", "The quick brown fox ", "A quick brown fox "))
                .isEqualTo(Value.text("A quick brown fox jumps"));
        assertThat(splice("The quick brown fox jumps", "The quick brown fox ", "quick brown fox "))
                .isEqualTo(Value.text("quick brown fox jumps"));
    }

    @Test
    void edit_next_to_the_cut_needs_a_person() {
        assertThat(splice("The quick brown fox jumps", "The quick brown fox ", "The quick brown cat "))
                .isNull();
        assertThat(splice("The quick brown fox jumps", "The quick brown fox ", "The quick brown fox runs"))
                .isNull();
        assertThat(splice("The quick brown fox jumps", "The quick brown fox ", "A fox "))
                .isNull();
    }

    @Test
    void edit_of_something_that_never_showed_the_agreed_value_needs_a_person() {
        assertThat(splice("The quick brown fox jumps", "Another text", "Another test"))
                .isNull();
    }

    @Test
    void letters_outside_the_edit_keep_their_case() {
        assertThat(splice("The QUICK Brown fox jumps", "the quick brown fox ", "a quick brown fox "))
                .isEqualTo(Value.text("a QUICK Brown fox jumps"));
    }

    @Test
    void value_that_was_not_cut_takes_any_edit() {
        assertThat(splice("Budi", "Budi", "Agus")).isEqualTo(Value.text("Agus"));
    }

    @Test
    void splice_never_tears_an_emoji() {
        assertThat(splice(
                        "\uD83C\uDF34 Budi Santoso of the tail",
                        "\uD83C\uDF34 Budi Santoso of",
                        "\uD83C\uDF35 Budi Santoso of"))
                .isEqualTo(Value.text("\uD83C\uDF35 Budi Santoso of the tail"));
        assertThat(splice(
                        "\uD83D\uDC34 Budi Santoso of the tail",
                        "\uD83D\uDC34 Budi Santoso of",
                        "\uD83C\uDC34 Budi Santoso of"))
                .isEqualTo(Value.text("\uD83C\uDC34 Budi Santoso of the tail"));
    }

    @Test
    void splice_of_an_edited_nasty_text_keeps_the_tail() {
        NastyTexts texts = new NastyTexts(7);
        Canon canon = LENSES.canon();
        for (int i = 0; i < 20_000; i++) {
            if (canon.canonical(Contact.NAME, Value.text(texts.next() + texts.next() + "tail"))
                            instanceof Value.Text full
                    && full.text().length() > 20) {
                String before = full.text().substring(0, 20);
                Value spliced = splice(full.text(), before, texts.edited(before));
                assertThat(spliced == null || ((Value.Text) spliced).text().endsWith("tail"))
                        .isTrue();
            }
        }
    }

    @Test
    void phone_and_joined_name_are_never_spliced() {
        Value full = Value.text("The quick brown fox jumps");
        Value before = Value.text("The quick brown fox ");
        Value after = Value.text("A quick brown fox ");
        assertThat(LENSES.splice(FieldMapping.direct(Contact.PHONE, "p"), Contact.PHONE, full, before, after))
                .isNull();
        FieldMapping joined = FieldMapping.of(Contact.NAME, new Lens.Joined(List.of("first", "last"), " "));
        assertThat(LENSES.splice(joined, Contact.NAME, full, before, after)).isNull();
    }

    private static Value splice(String full, String before, String after) {
        return LENSES.splice(CUT, Contact.NAME, Value.text(full), Value.text(before), Value.text(after));
    }

    private static NativeValue text(String text) {
        return new NativeValue.Text(text);
    }
}
