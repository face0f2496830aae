package dev.crmsync.spi.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An immutable run of bytes that compares by content. */
public final class Bytes {
    /** No bytes. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /**
     * A copy of these bytes.
     *
     * @param content the bytes
     * @return the immutable copy
     */
    public static Bytes of(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content.clone());
    }

    /**
     * The UTF-8 bytes of a text.
     *
     * @param text the text
     * @return its bytes
     */
    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A copy of the content.
     *
     * @return the bytes, to do with as one likes
     */
    public byte[] toArray() {
        return content.clone();
    }

    /**
     * The content read as UTF-8.
     *
     * @return the text; malformed bytes become U+FFFD
     */
    public String toUtf8() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /**
     * The number of bytes.
     *
     * @return 0 or more
     */
    public int size() {
        return content.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return content.length + " bytes";
    }
}
