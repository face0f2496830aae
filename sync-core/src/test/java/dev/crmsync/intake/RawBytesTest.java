package dev.crmsync.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The adapter checks the very bytes that came: nothing decodes, trims or re-encodes them on the way to it. */
class RawBytesTest {
    private static final byte[] SECRET = "a secret of the toy".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BODY = {'{', ' ', (byte) 0xFF, (byte) 0xC3, 0, '\r', '\n', '}', ' '};

    private final World world = new World();
    private final Signed signed = new Signed(world);

    RawBytesTest() {
        world.defining = sync -> sync.system("desk", signed);
        world.start();
    }

    private int receive(byte[] body, String signature) {
        WebhookRequest request = new WebhookRequest(
                "POST", "https://host/desk", Map.of("X-Signature", List.of(signature)), Bytes.of(body));
        return world.engine.receive(World.SYNC, "desk", request).status();
    }

    @Test
    void bytes_that_are_no_text_are_checked_as_they_came() {
        assertThat(receive(BODY, hmac(BODY))).isEqualTo(200);
        assertThat(signed.checked).isEqualTo(BODY);
    }

    @Test
    void one_bit_more_or_less_is_a_bad_signature() {
        byte[] other = BODY.clone();
        other[3] ^= 1;

        assertThat(receive(other, hmac(BODY))).isEqualTo(401);
        assertThat(receive(BODY, hmac(BODY).substring(2))).isEqualTo(401);
        assertThat(receive(BODY, "")).isEqualTo(401);
    }

    private static String hmac(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Signs as real vendors do. */
    private static final class Signed extends Toy {
        private byte[] checked = {};

        Signed(World world) {
            super("desk", world.clock, World.contacts().withExternalId("kirim_id"));
        }

        @Override
        public Receipt receive(WebhookRequest request) {
            checked = request.body().toArray();
            byte[] told = request.header("x-signature").orElse("").getBytes(StandardCharsets.US_ASCII);
            byte[] due = hmac(checked).getBytes(StandardCharsets.US_ASCII);
            return MessageDigest.isEqual(due, told)
                    ? new Receipt.Accepted(List.of(new Receipt.Keyed(
                            "one", edit(ref("contact", "d1"), Map.of("name", NativeValue.text("Budi"))))))
                    : new Receipt.BadSignature();
        }
    }
}
