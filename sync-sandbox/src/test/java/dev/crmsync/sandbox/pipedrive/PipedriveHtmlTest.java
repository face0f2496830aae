package dev.crmsync.sandbox.pipedrive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PipedriveHtmlTest {
    @Test
    void scripts_go_known_tags_stay_and_twice_is_once() {
        Map.of(
                        "plain text", "plain text",
                        "a < b & c", "a &lt; b &amp; c",
                        "<script>alert(1)</script>x<style>p{}</style>", "x",
                        "<!-- a --><B>b</B><br />", "<b>b</b><br>",
                        "<marquee>x</marquee>", "x",
                        "<a href='https://example.com' onclick=x style=\"a\">l</a>",
                                "<a href=\"https://example.com\">l</a>",
                        "<a href=\"javascript:x\">l</a>", "<a>l</a>",
                        "&nbsp;&#39;", "&nbsp;&#39;")
                .forEach((given, kept) -> {
                    assertThat(PipedriveHtml.sanitised(given)).isEqualTo(kept);
                    assertThat(PipedriveHtml.sanitised(kept)).isEqualTo(kept);
                });
    }
}
