package dev.crmsync.tests.kirim;

import dev.crmsync.sandbox.admin.AdminClient;
import java.util.Map;
import java.util.TreeMap;

/** How many calls have changed something at a vendor, by kind of call. */
final class Accounting {
    private Accounting() {}

    static Map<String, Long> writes(AdminClient vendor) {
        Map<String, Long> writes = new TreeMap<>();
        Map<?, ?> requests = (Map<?, ?>) vendor.any("GET", "/counts", null).get("requests");
        requests.forEach((kind, count) -> {
            String call = String.valueOf(kind);
            boolean reads = call.startsWith("GET ")
                    || call.endsWith("/search")
                    || call.endsWith("/batch/read")
                    || call.contains("bulk_replay")
                    || call.contains("webhook_subscriptions");
            if (!reads) {
                writes.put(call, ((Number) count).longValue());
            }
        });
        return writes;
    }
}
