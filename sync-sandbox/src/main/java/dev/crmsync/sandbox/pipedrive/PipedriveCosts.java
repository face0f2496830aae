package dev.crmsync.sandbox.pipedrive;

/** How many tokens of the day's budget a request costs; the newer edition costs half. */
final class PipedriveCosts {
    private PipedriveCosts() {}

    /** The cost of a kind of requests such as {@code GET /v1/notes/{id}}. */
    static int of(String kind) {
        String method = kind.substring(0, kind.indexOf(' '));
        String path = kind.substring(method.length() + 1);
        boolean newer = path.startsWith(PipedrivePaths.V2);
        if (path.contains("earch")) {
            return newer ? 20 : 40;
        }
        if (path.endsWith("/merge") || path.endsWith("/leads/archived")) {
            return 40;
        }
        if (method.equals("GET") && path.matches(".*/(pipelines|stages|leadLabels|webhooks)")) {
            return newer ? 5 : 10;
        }
        return switch (method) {
            case "GET" -> {
                boolean one = path.endsWith("}") || path.endsWith("/me");
                yield one ? (newer ? 1 : 2) : (newer ? 10 : 20);
            }
            case "DELETE" -> newer ? 3 : 6;
            default -> newer ? 5 : 10;
        };
    }
}
