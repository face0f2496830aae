package dev.crmsync.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP answer and what becomes of it on the wire.
 *
 * @param status HTTP status
 * @param headers headers to send
 * @param body raw bytes
 * @param fate whether the client gets to see it
 */
@SuppressWarnings("ArrayRecordComponent") // Raw bytes are what is signed; nobody compares these records.
public record Reply(int status, Map<String, String> headers, byte[] body, Fate fate) {

    /** What becomes of an answer on its way. */
    public enum Fate {
        /** Sent whole. */
        SENT,
        /** Never sent: the connection closes first. */
        DROPPED,
        /** Half of the body is sent, then the connection closes. */
        CUT
    }

    /** A JSON answer. */
    public static Reply json(int status, Object body) {
        return new Reply(status, Map.of("Content-Type", "application/json;charset=utf-8"), Json.bytes(body), Fate.SENT);
    }

    /** An answer without a body. */
    public static Reply empty(int status) {
        return new Reply(status, Map.of(), new byte[0], Fate.SENT);
    }

    /** An HTML answer, such as a gateway gives in a vendor's place. */
    public static Reply html(int status, String body) {
        return new Reply(status, Map.of("Content-Type", "text/html"), body.getBytes(StandardCharsets.UTF_8), Fate.SENT);
    }

    /** This answer with one more header. */
    public Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, body, fate);
    }

    /** This answer with another fate. */
    public Reply meets(Fate other) {
        return new Reply(status, headers, body, other);
    }
}
