package dev.crmsync.replay;

import dev.crmsync.fields.Facts;
import dev.crmsync.fields.Question;
import dev.crmsync.fields.RecalledLenses;
import dev.crmsync.planning.Rules;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was recorded of some links, to be carried elsewhere: with the rules, and, where tokens stand for values, with what is
 * known about them. Immutable.
 *
 * @param sync the sync
 * @param links what the bundle is about: ids of links
 * @param made when it was made
 * @param redacted whether tokens stand for values
 * @param recording the steps and the rules
 * @param facts what is known about tokens; empty when values are as they are
 */
public record Bundle(
        String sync,
        List<String> links,
        Instant made,
        boolean redacted,
        Recording recording,
        Map<Question, Facts.Known> facts) {
    /** Copies the collections. */
    public Bundle {
        links = List.copyOf(links);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /**
     * A bundle in which values are as they are. It holds personal data.
     *
     * @param sync the sync
     * @param links what it is about
     * @param made when it is made
     * @param recording the steps and the rules
     * @return the bundle
     */
    public static Bundle plain(String sync, List<String> links, Instant made, Recording recording) {
        return new Bundle(sync, links, made, false, recording, Map.of());
    }

    /**
     * The recording, to be planned: where tokens stand for values, rules read them through what is known.
     *
     * @return the recording
     */
    public Recording playable() {
        return redacted ? reading(recording, FactBook.of(facts)) : recording;
    }

    static Recording reading(Recording recording, FactBook book) {
        TreeMap<String, Rules> rules = new TreeMap<>();
        recording.rules().forEach((hash, one) -> rules.put(hash, reading(one, book)));
        return new Recording(recording.steps(), rules);
    }

    static Rules reading(Rules rules, FactBook book) {
        Facts facts = book.through(rules.lenses());
        return rules.restored(
                rules.hash(),
                new RecalledLenses(rules.lenses().canon(), facts),
                resolver -> new RecalledResolver(resolver, facts));
    }

    /**
     * Plans it once more.
     *
     * @return what it came to
     */
    public Replayed replay() {
        return Replay.of(playable());
    }
}
