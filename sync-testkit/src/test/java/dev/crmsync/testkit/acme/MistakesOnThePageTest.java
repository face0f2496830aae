package dev.crmsync.testkit.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/writing-an-adapter.md names mistakes and the rules that find them: each is one that the kit was tested with. */
class MistakesOnThePageTest {
    @Test
    void each_mistake_is_found_by_the_rule_that_the_page_names() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "writing-an-adapter.md"));
        String table = page.substring(page.indexOf("| mistake | rule |"), page.indexOf("## Through an engine"));
        List<String> rows =
                table.lines().skip(2).filter(line -> !line.isBlank()).toList();

        assertThat(rows)
                .hasSizeGreaterThan(10)
                .isSubsetOf(BrokenAdapters.all().stream()
                        .map(broken -> "| " + broken.mistake() + " | " + broken.rule() + " |")
                        .toList());
    }
}
