package dev.crmsync.tests.histories;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What a vendor is like in one history, where its documents leave it open, and what goes wrong on the way to it. */
final class Habits {
    private Habits() {}

    static Map<String, Object> kirim(Random dice) {
        return chosen(
                dice,
                Map.of(
                        "contacts.order", List.of("created_desc", "created_asc"),
                        "patch.metadata", List.of("merge", "replace"),
                        "patch.noop_emits", List.of(false, true),
                        "labels.move_updated_at", List.of(true, false),
                        "conversations.get_one", List.of("none", "phone", "root"),
                        "conversations.assignee", List.of("assignee", "both"),
                        "events.labels", List.of("when_changed", "always"),
                        "events.label_shape", List.of("id_name", "full", "names")),
                Map.of("events.messages", true, "webhooks.time_scale", 0.05));
    }

    /** One of the choices of each dial, and what is always so. */
    static Map<String, Object> chosen(Random dice, Map<String, List<?>> choices, Map<String, Object> always) {
        Map<String, Object> habits = new TreeMap<>(always);
        // In the order of their names, for that of the map differs from run to run.
        new TreeMap<>(choices).forEach((dial, values) -> habits.put(dial, values.get(dice.nextInt(values.size()))));
        return habits;
    }

    static Map<String, Object> trouble(Random dice, boolean drops) {
        Map<String, Object> trouble = new TreeMap<>();
        for (String fault : List.of("rate_limited", "server_error", "reset", "html", "lost_answer", "cut_answer")) {
            trouble.put("faults." + fault, dice.nextInt(3) == 0 ? 0 : dice.nextDouble() * 0.06);
        }
        trouble.put("faults.retry_after_seconds", dice.nextInt(20) - 5);
        trouble.put("webhooks.duplicate", dice.nextDouble() * 0.5);
        trouble.put("webhooks.reorder", dice.nextDouble() * 0.5);
        trouble.put("webhooks.reorder_ms", dice.nextInt(90_000));
        trouble.put("webhooks.delay_jitter_ms", dice.nextInt(20_000));
        trouble.put("webhooks.drop", drops ? dice.nextDouble() * 0.4 : 0);
        return trouble;
    }

    static Map<String, Object> both(Map<String, Object> habits, Map<String, Object> trouble) {
        Map<String, Object> all = new TreeMap<>(habits);
        all.putAll(trouble);
        return all;
    }
}
