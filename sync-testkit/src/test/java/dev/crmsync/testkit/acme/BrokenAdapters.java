package dev.crmsync.testkit.acme;

import dev.crmsync.spi.adapter.Adapter;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Acme's adapter with one mistake each, and the rule that is there to find it. */
final class BrokenAdapters {
    private BrokenAdapters() {}

    /** One broken adapter; where people alone make records, its account says so. */
    record Broken(String rule, String mistake, boolean madeByPeople, BiFunction<URI, InstantSource, Adapter> adapters) {
        Broken(String rule, String mistake, BiFunction<URI, InstantSource, Adapter> adapters) {
            this(rule, mistake, false, adapters);
        }

        AcmeAccount account() {
            return new AcmeAccount(adapters, madeByPeople);
        }

        @Override
        public String toString() {
            return mistake + " is found by " + rule;
        }
    }

    static List<Broken> all() {
        List<Broken> all = new ArrayList<>();
        all.addAll(BrokenWords.all());
        all.addAll(BrokenDeclarations.all());
        all.addAll(BrokenListings.all());
        all.addAll(BrokenUnderTrouble.all());
        return all;
    }
}
