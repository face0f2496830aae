package dev.crmsync.pull;

import dev.crmsync.spi.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;

/**
 * A set of texts, eight bytes each: enough to tell which of a million records were listed, and small enough to be kept in
 * the store piece by piece. Texts that share a digest, one in billions, are taken for the same. Not thread-safe.
 */
public final class DigestSet {
    private long[] digests = new long[16];
    private int size;
    private boolean sorted = true;

    /** Makes an empty set. */
    public DigestSet() {}

    /**
     * Adds what a row holds.
     *
     * @param row made by {@link #row}
     */
    public void addAll(Bytes row) {
        ByteBuffer buffer = ByteBuffer.wrap(row.toArray());
        while (buffer.remaining() >= Long.BYTES) {
            add(buffer.getLong());
        }
    }

    private void add(long digest) {
        if (size == digests.length) {
            digests = Arrays.copyOf(digests, size * 2);
        }
        digests[size++] = digest;
        sorted = false;
    }

    /**
     * Whether a text is in the set.
     *
     * @param text the text
     * @return true when it is
     */
    public boolean contains(String text) {
        sort();
        return Arrays.binarySearch(digests, 0, size, digest(text)) >= 0;
    }

    /**
     * How many different texts there are.
     *
     * @return 0 or more
     */
    public long size() {
        sort();
        return size;
    }

    private void sort() {
        if (sorted) {
            return;
        }
        Arrays.sort(digests, 0, size);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || digests[i] != digests[i - 1]) {
                digests[kept++] = digests[i];
            }
        }
        size = kept;
        sorted = true;
    }

    /**
     * The digests of texts, to be kept.
     *
     * @param texts the texts
     * @return eight bytes for each
     */
    public static Bytes row(Collection<String> texts) {
        ByteBuffer buffer = ByteBuffer.allocate(texts.size() * Long.BYTES);
        texts.forEach(text -> buffer.putLong(digest(text)));
        return Bytes.of(buffer.array());
    }

    private static long digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
