package dev.crmsync.replay;

import dev.crmsync.planning.Rules;
import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.Scope;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a bundle one that can be shown to others: tokens stand for values and ids, and what depends on the values themselves
 * (canonical forms, what lenses read and write, what resolvers answered) is carried along as facts about tokens, so that the
 * same inputs come to the same decisions. Names, times, flags, blank texts and what the rules themselves name stay. Pure.
 */
public final class Redaction {
    /** How many bytes a key has at the least. */
    public static final int KEY_BYTES = 32;

    private Redaction() {}

    /**
     * Redacts a bundle.
     *
     * @param plain the bundle, whose values are as they are
     * @param key random bytes, at least {@link #KEY_BYTES} of them; used for this bundle alone and kept nowhere
     * @return a bundle without a value or an id
     * @throws IllegalArgumentException when the key is too short, or the bundle is redacted already
     */
    public static Bundle of(Bundle plain, byte[] key) {
        if (key.length < KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + KEY_BYTES + " random bytes or more");
        }
        if (plain.redacted()) {
            throw new IllegalArgumentException("the bundle is redacted already; redact the recording");
        }
        Recording recording = plain.recording();
        Collection<Rules> rules = recording.rules().values();
        Tokens tokens = new Tokens(key, named(rules), Ids.of(recording.steps()));
        Redacting redacting = new Redacting(tokens, referring(rules));
        Recording redacted = new Recording(
                Replay.chained(recording).steps().stream().map(redacting::step).toList(), recording.rules());
        FactBook book = FactBook.written(tokens);
        // Whatever is asked on the way is what will be asked again.
        Recording playable = Bundle.reading(redacted, book);
        Replay.of(playable);
        Backtest.rehearse(playable);
        return new Bundle(
                plain.sync(),
                plain.links().stream().map(tokens::text).toList(),
                plain.made(),
                true,
                redacted,
                book.facts());
    }

    /** Values that the rules themselves name: codes of enumerations, values of scopes, members that somebody owns. */
    private static Set<String> named(Collection<Rules> all) {
        Set<String> named = new TreeSet<>();
        for (Rules rules : all) {
            rules.policy().policies().values().forEach(type -> {
                type.records().values().stream().map(RecordRule::scope).forEach(scope -> addAll(named, scope));
                type.fields().values().forEach(field -> {
                    if (field.rule() instanceof FieldRule.SetMerge merge) {
                        named.addAll(merge.owners().keySet());
                    }
                });
            });
            lenses(rules).forEach(lens -> {
                if (lens instanceof Lens.Coded coded) {
                    named.addAll(coded.canonicalByNative().keySet());
                    named.addAll(coded.canonicalByNative().values());
                }
            });
        }
        return named;
    }

    private static void addAll(Set<String> named, @Nullable Scope scope) {
        if (scope != null) {
            named.addAll(scope.values());
        }
    }

    private static Set<String> referring(Collection<Rules> all) {
        Set<String> referring = new TreeSet<>();
        all.forEach(rules -> lenses(rules).forEach(lens -> {
            if (lens instanceof Lens.ReferenceTo || lens instanceof Lens.ReferencesTo) {
                referring.addAll(lens.properties());
            }
        }));
        return referring;
    }

    private static Collection<Lens> lenses(Rules rules) {
        return rules.systems().values().stream()
                .flatMap(system -> system.mappings().values().stream())
                .flatMap(mapping -> mapping.fields().stream())
                .map(FieldMapping::lens)
                .toList();
    }
}
