package dev.crmsync.testkit.acme;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What Acme keeps besides contacts: fields, webhook subscriptions, labels and segments. */
final class AcmeDesk {
    private final Set<String> fields = new TreeSet<>();
    private final Map<String, String> hooks = new LinkedHashMap<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Map<String, Set<String>> bearers = new LinkedHashMap<>();
    private final Map<String, List<String>> segments = new LinkedHashMap<>();
    private int numbers;

    /** The lines that answer a call; null when there is no such thing. */
    @Nullable List<Map<String, String>> answer(String call, String id, Map<String, String> values) {
        return switch (call) {
            case "GET /fields" ->
                fields.stream().map(name -> Map.of("name", name)).toList();
            case "POST /fields" -> fields.add(named(values)) ? List.of() : List.of(Map.of("was", "there"));
            case "GET /hooks" -> rows(hooks, "url");
            case "POST /hooks" -> made(hooks, "h", named(values), "url");
            case "DELETE /hooks/{id}" -> hooks.remove(id) == null ? null : List.of();
            case "GET /labels" -> rows(labels, "name");
            case "POST /labels" -> made(labels, "l", named(values), "name");
            case "POST /labels/{id}" -> tag(id, values);
            case "GET /segments" ->
                segments.keySet().stream().map(one -> Map.of("id", one)).toList();
            case "GET /segments/{id}" -> members(id);
            case "POST /replay" -> List.of(Map.of("deliveries", "0"));
            default -> null;
        };
    }

    private static String named(Map<String, String> values) {
        return values.getOrDefault("name", "");
    }

    private static List<Map<String, String>> rows(Map<String, String> all, String what) {
        return all.entrySet().stream()
                .map(one -> Map.of("id", one.getKey(), what, one.getValue()))
                .toList();
    }

    private List<Map<String, String>> made(Map<String, String> all, String prefix, String name, String what) {
        String id = prefix + ++numbers;
        all.put(id, name);
        return List.of(Map.of("id", id, what, name));
    }

    private @Nullable List<Map<String, String>> tag(String id, Map<String, String> values) {
        if (!labels.containsKey(id)) {
            return null;
        }
        Set<String> bearing = bearers.computeIfAbsent(id, label -> new LinkedHashSet<>());
        List<String> ids = List.of(values.getOrDefault("ids", "").split(";"));
        if ("yes".equals(values.get("attach"))) {
            bearing.addAll(ids);
        } else {
            ids.forEach(bearing::remove);
        }
        return List.of(Map.of("applied", String.valueOf(ids.size())));
    }

    private @Nullable List<Map<String, String>> members(String id) {
        List<String> members = segments.get(id);
        return members == null
                ? null
                : members.stream().map(one -> Map.of("id", one)).toList();
    }

    String segment(List<String> members) {
        String id = "s" + ++numbers;
        segments.put(id, List.copyOf(members));
        return id;
    }
}
