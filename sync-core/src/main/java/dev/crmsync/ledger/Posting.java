package dev.crmsync.ledger;

import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.Lane;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A piece of work on links that is committed wholly or not at all.
 *
 * @param links the links that it is known to touch; others may be added while it runs
 * @param refs the records whose links it is known to ask for
 * @param lane the lane of the work that becomes due by it
 * @param script plans inputs on a draft; run again, on a new draft, when somebody else was faster
 */
public record Posting(Set<String> links, Set<RecordRef> refs, Lane lane, Consumer<Draft> script) {
    /** Copies the sets. */
    public Posting {
        links = Set.copyOf(links);
        refs = Set.copyOf(refs);
    }

    /**
     * A piece of work on one link.
     *
     * @param link the link
     * @param lane the lane of the work that becomes due by it
     * @param script plans inputs on a draft
     * @return the posting
     */
    public static Posting on(String link, Lane lane, Consumer<Draft> script) {
        return new Posting(Set.of(link), Set.of(), lane, script);
    }

    /**
     * A piece of work on several links.
     *
     * @param links the links
     * @param lane the lane of the work that becomes due by it
     * @param script plans inputs on a draft
     * @return the posting
     */
    public static Posting on(Collection<String> links, Lane lane, Consumer<Draft> script) {
        return new Posting(new TreeSet<>(links), Set.of(), lane, script);
    }
}
