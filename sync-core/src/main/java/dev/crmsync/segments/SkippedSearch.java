package dev.crmsync.segments;

import dev.crmsync.spi.adapter.TagsMany.Tagged;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds those whom a vendor passes over, where it only counts them: it is asked again about halves of halves. */
final class SkippedSearch {
    private final int mostCalls;
    private final Function<List<RecordRef>, Tagged> ask;
    private final List<RecordRef> found = new ArrayList<>();
    private long calls;
    private boolean capped;

    SkippedSearch(int mostCalls, Function<List<RecordRef>, Tagged> ask) {
        this.mostCalls = mostCalls;
        this.ask = ask;
    }

    void look(List<RecordRef> refs) {
        look(refs, null);
    }

    /** Looks among records, of whom it may be known already how many are passed over. */
    private int look(List<RecordRef> refs, @Nullable Integer known) {
        int skipped = known == null ? asked(refs) : known;
        if (skipped <= 0) {
            return 0;
        } else if (skipped >= refs.size()) {
            found.addAll(refs);
        } else {
            List<RecordRef> one = refs.subList(0, refs.size() / 2);
            List<RecordRef> other = refs.subList(refs.size() / 2, refs.size());
            int there = look(one, null);
            if (!capped) {
                look(other, skipped - there);
            }
        }
        return skipped;
    }

    private int asked(List<RecordRef> refs) {
        if (calls >= mostCalls) {
            capped = true;
            return 0;
        }
        calls++;
        return ask.apply(refs).skipped();
    }

    Skipped found() {
        return new Skipped(found, calls, capped);
    }
}
