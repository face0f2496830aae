package dev.crmsync.sandbox.kirim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class KirimSignatureTest {
    private static final byte[] BODY = ("{\"id\":\"evt_01HXYZABCDEFGHJKMNPQRSTVWX\",\"type\":\"contact.created\","
                    + "\"data\":{\"contact\":{\"id\":\"ctc_01HXYZABCDEFGHJKMNPQRSTVWX\",\"name\":\"Budi é\"}}}")
            .getBytes(StandardCharsets.UTF_8);

    @Test
    void known_answers_of_the_facts_are_reproduced() {
        assertThat(BODY).hasSize(140);
        assertThat(KirimSignature.v1("whsec_kirim_vector_primary", 1716480000, BODY))
                .isEqualTo("90be70a17428f6b8a63c6c3c8104d89854b8e66bc247968c704d722c563f6724");
        assertThat(KirimSignature.v1("whsec_kirim_vector_rotating", 1716480000, BODY))
                .isEqualTo("937280b0699487c57a41743c9728c9e1ec120ced751b678c24934d8c9ec1dee4");
        assertThat(KirimSignature.v1("whsec_test", 1716480000, "{}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("e1f02764e09c6e0e2c5dfc87af39c366c634f1a9bbb7857063dc268deeb01aaf");
    }

    @Test
    void each_active_secret_signs() {
        assertThat(KirimSignature.header(
                        1716480000, BODY, List.of("whsec_kirim_vector_primary", "whsec_kirim_vector_rotating")))
                .isEqualTo("t=1716480000,v1=90be70a17428f6b8a63c6c3c8104d89854b8e66bc247968c704d722c563f6724"
                        + ",v1=937280b0699487c57a41743c9728c9e1ec120ced751b678c24934d8c9ec1dee4");
    }
}
