package dev.crmsync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.AdapterConfig;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
    private static SettingsReader with(String name, String value) {
        return reader(Map.of(name, value));
    }

    private static SettingsReader reader(Map<String, String> settings) {
        return new SettingsReader(new AdapterConfig(
                "crm", settings, Map.of(), (system, name, secret) -> {}, InstantSource.system(), report -> {}));
    }

    private static void refused(String name, String remedy, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        SyncException.class,
                        wrong -> assertThat(wrong.kind()).isEqualTo(SyncException.Kind.CONFIGURATION))
                .hasMessageContaining("system crm: setting '" + name + "' " + remedy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com/v1",
                "http://localhost:8080",
                "http://127.0.0.1:8080/v1",
                "http://[::1]:8080"
            })
    void an_address_is_https_or_of_this_machine(String url) {
        assertThat(with("baseUrl", url).baseUrl("baseUrl", "https://other.example.com", "token"))
                .isEqualTo(url);
        assertThat(with("target", url).target("target", "nobody else is called"))
                .isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example.com",
                "ftp://localhost",
                "https:nowhere",
                "https://user:s3cret@[bad",
                "http://127x.example.com"
            })
    void any_other_is_refused_and_not_repeated(String url) {
        SettingsReader reader = with("baseUrl", url);
        refused(
                "baseUrl",
                "must be an https address; plain http sends the token in the open",
                () -> reader.baseUrl("baseUrl", "https://other.example.com", "token"));
        refused("baseUrl", "must be an https address: it is called", () -> reader.target("baseUrl", "it is called"));
        assertThatThrownBy(() -> reader.target("baseUrl", "it is called")).hasMessageNotContaining("s3cret");
    }

    @Test
    void what_is_not_said_is_as_the_adapter_says() {
        SettingsReader nothing = reader(Map.of());
        assertThat(nothing.baseUrl("baseUrl", "https://api.example.com", "token"))
                .isEqualTo("https://api.example.com");
        assertThat(nothing.target("target", "it is called")).isNull();
        assertThat(nothing.matching("key", "task", Pattern.compile("[a-z]+"), "a key"))
                .isEqualTo("task");
        assertThat(nothing.digits("id")).isNull();
        assertThat(nothing.flag("follow", true)).isTrue();
        assertThat(nothing.count("calls", 20)).isEqualTo(20);
        assertThat(nothing.duration("timeout", Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
        assertThat(nothing.instant("from")).isNull();
        assertThat(nothing.named("metadata.")).isEmpty();
    }

    @Test
    void what_is_said_is_read() {
        assertThat(with("key", "call").matching("key", "task", Pattern.compile("[a-z]+"), "a key"))
                .isEqualTo("call");
        assertThat(with("id", "0042").digits("id")).isEqualTo("0042");
        assertThat(with("follow", "false").flag("follow", true)).isFalse();
        assertThat(with("calls", "1").count("calls", 20)).isEqualTo(1);
        assertThat(with("timeout", "PT2S").duration("timeout", Duration.ofSeconds(30)))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(with("overlap", "PT2M").duration("overlap", Duration.ofMinutes(5), Duration.ofMinutes(2)))
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(with("from", "2026-05-01T12:30:00Z").instant("from"))
                .isEqualTo(Instant.parse("2026-05-01T12:30:00Z"));
        assertThat(reader(Map.of("metadata.tier", "Tier", "metadata.", "none", "label", "x"))
                        .named("metadata."))
                .containsExactly(Map.entry("tier", "metadata.tier"));
    }

    @Test
    void what_does_not_fit_is_refused_with_the_remedy() {
        refused(
                "key",
                "must be a key",
                () -> with("key", "two words").matching("key", "task", Pattern.compile("[a-z]+"), "a key"));
        refused("id", "must be a number", () -> with("id", "x1").digits("id"));
        refused("follow", "must be true or false", () -> with("follow", "yes").flag("follow", true));
        refused("calls", "must be a number above 0", () -> with("calls", "0").count("calls", 20));
        refused("calls", "must be a number above 0", () -> with("calls", "-1").count("calls", 20));
        refused(
                "timeout",
                "must be longer than 0",
                () -> with("timeout", "PT0S").duration("timeout", Duration.ofSeconds(30)));
        refused(
                "timeout",
                "must be a duration such as PT30S",
                () -> with("timeout", "30 s").duration("timeout", Duration.ofSeconds(30)));
        refused(
                "overlap",
                "must be no shorter than PT2M",
                () -> with("overlap", "PT1M59S").duration("overlap", Duration.ofMinutes(5), Duration.ofMinutes(2)));
        refused(
                "from",
                "must be a time such as",
                () -> with("from", "yesterday").instant("from"));
    }
}
