package dev.crmsync.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.NativeValue;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static NativeValue parsed(String json) {
        return Json.toNative(Json.parse(Bytes.utf8(json)).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{}{}",
                "{} x",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "[1,]",
                "{a:1}",
                "'a'",
                "NaN",
                "1e99999999999",
                "<html></html>"
            })
    void what_is_not_exactly_one_value_is_refused(String json) {
        assertThat(Json.parse(Bytes.utf8(json))).isEmpty();
    }

    @Test
    void what_has_no_bounds_is_refused() {
        assertThat(Json.parse(Bytes.utf8("[".repeat(64) + "]".repeat(64)))).isPresent();
        assertThat(Json.parse(Bytes.utf8("[".repeat(65) + "]".repeat(65)))).isEmpty();
        assertThat(Json.parse(Bytes.utf8("[".repeat(200_000)))).isEmpty();
        assertThat(Json.parse(Bytes.utf8("1".repeat(100)))).isPresent();
        assertThat(Json.parse(Bytes.utf8("1".repeat(101)))).isEmpty();
        assertThat(Json.parse(Bytes.utf8("{\"" + "k".repeat(60_000) + "\":1}"))).isEmpty();
    }

    @Test
    void bytes_that_are_no_utf8_are_refused() {
        byte[] spoilt = "{\"a\":\"xx\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        spoilt[6] = (byte) 0xC3;
        assertThat(Json.parse(Bytes.of(spoilt))).isEmpty();
    }

    @Test
    void noise_is_refused_or_comes_back_as_it_was() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(40)];
            for (int at = 0; at < noise.length; at++) {
                noise[at] = (byte) "{}[]\",:0123456789eE+-.truefalsn\\u \n\u00e9".charAt(random.nextInt(36));
            }
            Optional<NativeValue> value = Json.parse(Bytes.of(noise)).map(Json::toNative);
            assertThat(value.map(Json::fromNative).map(Json::toNative)).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Budi 🌴 é\\u0000\\\"\"",
                "100",
                "0",
                "-90071992547409930",
                "0.5",
                "true",
                "null",
                "[]",
                "{}",
                "[null,[1,2],{\"a\":{\"b\":\"c\"}}]"
            })
    void value_comes_back_as_it_was(String json) {
        assertThat(Json.fromNative(parsed(json))).hasToString(json);
    }

    @Test
    void number_of_monstrous_exponent_is_carried_without_being_spelled_out() {
        NativeValue number = parsed("1e999999999");
        assertThat(Json.bytes(Json.fromNative(number)).size()).isLessThan(20);
    }

    @Test
    void keys_are_written_in_their_order() {
        assertThat(Json.fromNative(parsed("{\"b\":1,\"a\":{\"d\":2,\"c\":3}}")))
                .hasToString("{\"a\":{\"c\":3,\"d\":2},\"b\":1}");
    }
}
