package dev.crmsync.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTextTest {
    @Test
    void markup_is_shown_as_it_was_written_and_lines_break() {
        assertThat(HtmlText.escape("a <b> & c\r\nd\ne")).isEqualTo("a &lt;b&gt; &amp; c<br>d<br>e");
    }

    @ParameterizedTest
    @CsvSource({"&lt;,<", "&gt;,>", "&amp;,&", "&#65;,A", "&#x1F334;,\uD83C\uDF34", "&#X41;,A"})
    void entities_are_the_characters_that_they_stand_for(String entity, String character) {
        assertThat(HtmlText.unescape("[" + entity + "]")).isEqualTo("[" + character + "]");
    }

    @Test
    void what_was_text_before_it_was_escaped_is_not_taken_for_an_entity() {
        assertThat(HtmlText.unescape("&amp;lt;")).isEqualTo("&lt;");
        assertThat(HtmlText.unescape(HtmlText.escape("&lt; is how < is written")))
                .isEqualTo("&lt; is how < is written");
    }

    @ParameterizedTest
    @ValueSource(strings = {"&eacute;", "&#xD800;", "&#9999999;", "& ", "&;", "&#;", "&#x110000;"})
    void unknown_and_impossible_entities_stay_as_they_are(String html) {
        assertThat(HtmlText.unescape(html)).isEqualTo(html);
    }
}
