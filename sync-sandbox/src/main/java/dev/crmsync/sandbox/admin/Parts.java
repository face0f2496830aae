package dev.crmsync.sandbox.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.dials.Dials;
import dev.crmsync.sandbox.dials.Seeded;
import dev.crmsync.sandbox.http.Counts;
import dev.crmsync.sandbox.http.Fault;
import dev.crmsync.sandbox.http.Faults;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.webhook.Mischief;
import java.time.InstantSource;
import java.util.Set;

/**
 * What every stand-in is made of.
 *
 * @param clock its only clock
 * @param seed what its ids, keys and chance are derived from
 * @param chance its only source of chance
 * @param dials its dials
 * @param faults what goes wrong with requests
 * @param mischief what goes wrong with webhooks
 * @param counts what was asked of it
 * @param changed runs after each change that a snapshot should hold
 */
public record Parts(
        InstantSource clock,
        long seed,
        Seeded chance,
        Dials dials,
        Faults faults,
        Mischief mischief,
        Counts counts,
        Runnable changed) {

    /** New parts, with the dials of faults and webhooks declared. */
    public static Parts of(InstantSource clock, long seed, Set<Fault.Kind> kinds, Runnable changed) {
        Seeded chance = new Seeded(seed);
        Dials dials = new Dials();
        Mischief mischief = new Mischief(dials, chance);
        Faults faults = new Faults(dials, chance, kinds);
        return new Parts(clock, seed, chance, dials, faults, mischief, new Counts(), changed);
    }

    /** Turns the dials to where an earlier process left them: {@code turned} as JSON, or a missing node for none. */
    public void restore(JsonNode turned) {
        turned.properties().forEach(e -> dials.turn(e.getKey(), Json.as(e.getValue(), Object.class)));
    }
}
