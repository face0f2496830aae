package dev.crmsync.sandbox.webhook;

import java.net.URI;
import java.util.List;

/** Where subscribers may live: https anywhere, plain http on this machine only, which the real vendors would refuse. */
public final class Address {
    private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "[::1]");

    private Address() {}

    /** Whether this is an address of a subscriber. */
    public static boolean fits(String text) {
        try {
            URI url = URI.create(text);
            boolean here = "http".equals(url.getScheme()) && LOOPBACK.contains(String.valueOf(url.getHost()));
            return here || ("https".equals(url.getScheme()) && url.getHost() != null);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
