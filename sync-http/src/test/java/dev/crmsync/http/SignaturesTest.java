package dev.crmsync.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.model.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {
    @Test
    void hmac_is_that_of_rfc_4231() {
        assertThat(Signatures.hex(
                        Signatures.hmacSha256("Jefe", Bytes.utf8("what do ya "), Bytes.utf8("want for nothing?"))))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void digest_is_that_of_fips_180() {
        assertThat(Signatures.hex(Signatures.sha256(Bytes.utf8("a"), Bytes.EMPTY, Bytes.utf8("bc"))))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void digests_are_the_same_only_byte_for_byte() {
        Bytes digest = Signatures.sha256(Bytes.utf8("a"));
        assertThat(Signatures.same(digest, Signatures.sha256(Bytes.utf8("a")))).isTrue();
        assertThat(Signatures.same(digest, Signatures.sha256(Bytes.utf8("b")))).isFalse();
        assertThat(Signatures.same(digest, Bytes.EMPTY)).isFalse();
        assertThat(Signatures.same(digest, Bytes.of(new byte[33]))).isFalse();
    }

    @Test
    void hex_is_read_in_either_case() {
        Bytes bytes = Bytes.of(new byte[] {0, 127, -128, -1});
        assertThat(Signatures.hex(bytes)).isEqualTo("007f80ff");
        assertThat(Signatures.fromHex("007F80fF")).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0g", "0x", " 00", "é0"})
    void what_is_no_hex_is_nothing(String digits) {
        assertThat(Signatures.fromHex(digits)).isEmpty();
    }
}
