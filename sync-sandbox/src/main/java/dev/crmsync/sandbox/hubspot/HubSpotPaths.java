package dev.crmsync.sandbox.hubspot;

import java.util.List;

/**
 * The editions of a path. The facts name a new set each March and September; that every area of the API has one in each
 * set is inferred.
 */
final class HubSpotPaths {
    private static final List<String> DATES = List.of("2026-03", "2026-09");

    private HubSpotPaths() {}

    /** The numbered path of an area such as {@code lists}, and the dated ones. */
    static List<String> of(String area) {
        return of("/crm/v3/" + area, area);
    }

    /** Likewise, for an area whose numbered path is not of the third edition. */
    static List<String> of(String numbered, String area) {
        return List.of(numbered, dated(area, DATES.get(0)), dated(area, DATES.get(1)));
    }

    private static String dated(String area, String date) {
        return "/crm/" + area + "/" + date;
    }
}
