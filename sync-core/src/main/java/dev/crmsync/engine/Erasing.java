package dev.crmsync.engine;

import dev.crmsync.json.EventCodec;
import dev.crmsync.json.IdentityCodec;
import dev.crmsync.ledger.DeadLetters;
import dev.crmsync.ledger.Draft;
import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Posting;
import dev.crmsync.ledger.Shards;
import dev.crmsync.ledger.Successors;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.LinkState;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.DeadLetterRow;
import dev.crmsync.spi.store.InboxRow;
import dev.crmsync.spi.store.JournalEntry;
import dev.crmsync.spi.store.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Erases persons: all that is kept of one goes with one commit, wherever it is kept. What is left is that there was somebody,
 * and salted digests by which whatever is told of them later is passed over.
 */
final class Erasing {
    private static final int PAGE = 500;
    private static final int ENTRIES = 100_000;
    /** Of a shorter value it cannot be told whose it is. */
    private static final int TELLING = 5;

    private final Ledger ledger;
    private final SyncContext context;
    private final EventCodec events = new EventCodec();
    private final IdentityCodec identities = new IdentityCodec();

    Erasing(Ledger ledger) {
        this.ledger = ledger;
        this.context = ledger.context();
    }

    void erase(String link) {
        Posting posting = Posting.on(link, Lane.LIVE, draft -> {
            LinkState standing = Successors.of(link, known -> draft.link(known).orElse(null));
            if (standing == null || standing.erased()) {
                return;
            }
            erase(draft, standing);
        });
        Ledger.expect(ledger.post(List.of(posting), null).get(0));
    }

    private void erase(Draft draft, LinkState link) {
        Set<RecordRef> refs = link.refs();
        Set<String> telling = telling(link);
        pending(draft, refs);
        deadLetters(draft, refs, telling);
        for (String former : former(link.id())) {
            draft.unit().erase(former);
        }
        draft.erase(link.id());
    }

    /** Events that wait to be planned, and would be passed over. */
    private void pending(Draft draft, Set<RecordRef> refs) {
        Set<Integer> shards = new TreeSet<>();
        refs.forEach(ref -> shards.add(Shards.of(ref)));
        for (int shard : shards) {
            for (InboxRow row : all(shard)) {
                if (concerns(row.event().content(), refs)) {
                    draft.unit().inboxDone(row.id());
                }
            }
        }
    }

    private List<InboxRow> all(int shard) {
        int limit = PAGE;
        List<InboxRow> rows = context.store().pending(context.sync(), shard, limit);
        while (rows.size() == limit) {
            limit *= 2;
            rows = context.store().pending(context.sync(), shard, limit);
        }
        return rows;
    }

    private boolean concerns(Bytes content, Set<RecordRef> refs) {
        try {
            ChangeEvent event = events.decode(content);
            return refs.contains(event.ref())
                    || event.other().filter(refs::contains).isPresent();
        } catch (RuntimeException unreadable) {
            // It becomes a dead letter when its turn comes.
            return false;
        }
    }

    /** Also those that reached no link, and webhooks that nobody understood and that hold something of the person. */
    private void deadLetters(Draft draft, Set<RecordRef> refs, Set<String> telling) {
        @Nullable String after = null;
        List<DeadLetterRow> page;
        do {
            page = context.store().deadLetters(context.sync(), after, PAGE);
            for (DeadLetterRow letter : page) {
                Bytes content = letter.content();
                boolean event = letter.kind().equals(DeadLetters.EVENT);
                if (content != null && (event ? concerns(content, refs) : holds(content, telling))) {
                    draft.unit().deadLetterGone(letter.id());
                }
                after = letter.id();
            }
        } while (page.size() == PAGE);
    }

    private static boolean holds(Bytes content, Set<String> telling) {
        String text = content.toUtf8();
        return telling.stream().anyMatch(text::contains);
    }

    private static Set<String> telling(LinkState link) {
        Set<String> telling = new TreeSet<>();
        link.refs().forEach(ref -> telling.add(ref.id()));
        link.sides()
                .values()
                .forEach(side -> side.raw().values().forEach(raw -> {
                    if (raw instanceof NativeValue.Text text) {
                        telling.add(text.text());
                    }
                }));
        telling.removeIf(text -> text.length() < TELLING);
        return telling;
    }

    /** The links that this one took over, and those that they had taken over. */
    private Set<String> former(String link) {
        Set<String> former = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(link));
        while (!open.isEmpty()) {
            String id = open.remove();
            for (IdentityChange change : log(id)) {
                if (change instanceof IdentityChange.Joined joined
                        && joined.into().equals(id)
                        && former.add(joined.from())) {
                    open.add(joined.from());
                } else if (change instanceof IdentityChange.Merged merged
                        && merged.into().equals(id)
                        && former.add(merged.from())) {
                    open.add(merged.from());
                }
            }
        }
        former.remove(link);
        return former;
    }

    private List<IdentityChange> log(String link) {
        List<IdentityChange> log = new ArrayList<>();
        for (JournalEntry entry : context.store().journal(context.sync(), link, Long.MAX_VALUE, ENTRIES)) {
            if (entry.kind().equals(IdentityCodec.IDENTITY)) {
                log.addAll(identities.decode(entry).changes());
            }
        }
        return log;
    }
}
