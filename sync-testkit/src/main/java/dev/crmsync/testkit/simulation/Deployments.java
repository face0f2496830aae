package dev.crmsync.testkit.simulation;

import dev.crmsync.planning.Rules;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.mapping.Mapping;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How the engine is deployed, and deployed anew in mid-flight: with another policy, or with a system more. */
final class Deployments {
    private final Setting setting;
    private final Dice dice;
    private final SortedMap<String, Adapter> all;
    private final SortedMap<String, Adapter> systems;
    private final @Nullable String joiner;
    private final @Nullable Policy later;
    private Policy policy;

    Deployments(Setting setting, Dice dice, SortedMap<String, Adapter> all) {
        this.setting = setting;
        this.dice = dice;
        this.all = all;
        this.policy = setting.policy();
        this.systems = new TreeMap<>(all);
        List<String> names = setting.systems();
        boolean joins =
                names.size() > 2 && dice.named("joins").chance(setting.dials().of(Dial.JOINERS));
        joiner = joins ? names.get(names.size() - 1) : null;
        if (joiner != null) {
            systems.remove(joiner);
        }
        later = dice.named("turns").chance(setting.dials().of(Dial.POLICIES)) ? setting.later() : null;
    }

    /** The systems that are kept in step by now. */
    SortedMap<String, Adapter> systems() {
        return new TreeMap<>(systems);
    }

    /** The rules by now. */
    Rules rules() {
        Map<String, SystemRules> known = new TreeMap<>();
        systems.forEach((system, adapter) -> {
            Map<String, Mapping> mappings = new TreeMap<>();
            adapter.defaultMappings().forEach(mapping -> mappings.put(mapping.type(), mapping));
            known.put(system, SystemRules.of(adapter, mappings));
        });
        return Rules.of(policy, known, "ID", setting.resolvers());
    }

    /** Plans what is to be changed in mid-flight. */
    void plan(World world, Chronicle chronicle, Host host) {
        String system = joiner;
        if (system != null) {
            world.at(sometime("join"), () -> {
                systems.putAll(all);
                chronicle.happened(Happening.SYSTEM_JOINED);
                host.deploy(systems(), rules());
            });
        }
        Policy next = later;
        if (next != null) {
            world.at(sometime("turn"), () -> {
                policy = next;
                chronicle.happened(Happening.POLICY_CHANGED);
                host.deploy(systems(), rules());
            });
        }
    }

    private Instant sometime(String what) {
        int span = (int) setting.dials().span().toMillis();
        return World.BEGIN.plusMillis(span / 5 + dice.named(what).below(span / 2));
    }
}
