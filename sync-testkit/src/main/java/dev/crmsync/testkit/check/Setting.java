package dev.crmsync.testkit.check;

import dev.crmsync.planning.Planner;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import dev.crmsync.spi.resolver.Resolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything that is said of a small world before it begins. Copied before it is changed, and never changed once somebody
 * else has it.
 */
final class Setting {
    /** An automation that puts a value back whenever sync has written another. */
    record Automation(String system, String field, String value) {}

    final Policy policy;
    List<Resolver> resolvers = List.of();
    List<String> systems = List.of("kirim", "crm");
    List<String> fields = List.of();
    Map<String, Mapping> mappings = Map.of();
    Map<String, List<String>> values = Map.of();
    Map<String, String> starts = Map.of();
    Set<String> missing = Set.of();
    Map<String, AsOfGrade> grades = Map.of();
    Set<String> silent = Set.of();
    Map<String, List<Rendering>> habits = Map.of();
    List<Automation> automations = List.of();
    Duration apart = Duration.ofHours(1);
    Budget budget = new Budget(2, 0, 0, 0);
    int editsEach = Integer.MAX_VALUE;
    boolean lawful = true;
    boolean unseen;
    int limit = 400_000;
    String source = "";
    Mind mind = Planner::plan;
    CheckProgress progress = (states, transitions, waiting) -> {};

    Setting(Policy policy) {
        this.policy = policy;
    }

    Setting copy() {
        Setting copy = new Setting(policy);
        copy.resolvers = resolvers;
        copy.systems = systems;
        copy.fields = fields;
        copy.mappings = mappings;
        copy.values = values;
        copy.starts = starts;
        copy.missing = missing;
        copy.grades = grades;
        copy.silent = silent;
        copy.habits = habits;
        copy.automations = automations;
        copy.apart = apart;
        copy.budget = budget;
        copy.editsEach = editsEach;
        copy.lawful = lawful;
        copy.unseen = unseen;
        copy.limit = limit;
        copy.source = source;
        copy.mind = mind;
        copy.progress = progress;
        return copy;
    }

    static <V> Map<String, V> with(Map<String, V> before, String key, V value) {
        TreeMap<String, V> all = new TreeMap<>(before);
        all.put(key, value);
        return all;
    }

    static Set<String> with(Set<String> before, String more) {
        TreeSet<String> all = new TreeSet<>(before);
        all.add(more);
        return all;
    }

    static <V> List<V> with(List<V> before, V more) {
        List<V> all = new ArrayList<>(before);
        all.add(more);
        return List.copyOf(all);
    }

    static String place(String system, Field field) {
        return place(system, field.name());
    }

    static String place(String system, String field) {
        return system + "/" + field;
    }
}
