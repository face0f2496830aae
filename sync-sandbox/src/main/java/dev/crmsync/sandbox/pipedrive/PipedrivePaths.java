package dev.crmsync.sandbox.pipedrive;

import java.util.List;

/** The editions of a path: the older one is served at two places, the newer one below {@code /api} only. */
final class PipedrivePaths {
    /** Where the newer edition begins. */
    static final String V2 = "/api/v2/";

    private PipedrivePaths() {}

    static List<String> v1(String rest) {
        return List.of("/v1/" + rest, "/api/v1/" + rest);
    }

    static String v2(String rest) {
        return V2 + rest;
    }
}
