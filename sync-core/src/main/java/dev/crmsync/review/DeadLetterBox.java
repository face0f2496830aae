package dev.crmsync.review;

import dev.crmsync.json.EventCodec;
import dev.crmsync.ledger.DeadLetters;
import dev.crmsync.ledger.Draft;
import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Posting;
import dev.crmsync.ledger.Shards;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.planning.Input;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.store.DeadLetterRow;
import dev.crmsync.spi.store.InboxEvent;
import dev.crmsync.spi.store.Lane;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The dead letters of a sync: to be looked at, tried again once their cause is mended, or dropped. Thread-safe. */
public final class DeadLetterBox {
    private final Ledger ledger;
    private final SyncContext context;
    private final EventCodec events = new EventCodec();

    /**
     * The dead letters of a sync.
     *
     * @param ledger takes what is tried again
     */
    public DeadLetterBox(Ledger ledger) {
        this.ledger = ledger;
        this.context = ledger.context();
    }

    /**
     * Pages through dead letters in the order of their ids.
     *
     * @param after the id of the last one of the page before, or null to begin
     * @param limit the most to return, above 0
     * @return the dead letters; fewer than the limit at the end
     */
    public List<DeadLetter> list(@Nullable String after, int limit) {
        return context.store().deadLetters(context.sync(), after, limit).stream()
                .map(row -> new DeadLetter(row.id(), row.kind(), row.system(), row.link(), row.reason(), row.at()))
                .toList();
    }

    /**
     * Tries one again: an event goes back into the inbox, work becomes due at once.
     *
     * @param id the dead letter
     * @throws SyncException of kind NOT_FOUND when there is none, VALIDATION when it cannot be tried again, TRANSIENT when
     *     that could not be kept
     */
    public void retry(String id) {
        DeadLetterRow letter = find(id);
        Posting posting;
        if (letter.kind().equals(DeadLetters.EVENT)) {
            InboxEvent event = again(letter);
            posting = alone(draft -> draft.unit().inbox(event).deadLetterGone(id));
        } else if (letter.kind().equals(DeadLetters.WORK) && letter.link() != null) {
            String link = letter.link();
            posting = Posting.on(link, Lane.LIVE, draft -> {
                draft.plan(List.of(link), (links, at, seq) -> new Input.TimerDue(at, seq, link));
                draft.renew(link);
                draft.unit().deadLetterGone(id);
            });
        } else {
            throw SyncException.of(
                            Kind.VALIDATION,
                            "dead letter " + id + " is a webhook that was not understood: update the adapter of "
                                    + letter.system() + ", ask the vendor to send it again, and discard this one")
                    .about(id);
        }
        Ledger.expect(ledger.post(List.of(posting), null).get(0));
    }

    private InboxEvent again(DeadLetterRow letter) {
        Bytes content = letter.content();
        if (content == null) {
            throw SyncException.of(
                            Kind.VALIDATION,
                            "dead letter " + letter.id() + " was erased with the person that it is about; discard it")
                    .about(letter.id());
        }
        ChangeEvent event = events.decode(content);
        // The former key is known to the inbox, which would pass the event over.
        String key = "dead/" + letter.id() + "#retry";
        return new InboxEvent(Shards.of(event.ref()), letter.system(), key, context.now(), content);
    }

    /**
     * Drops one for good.
     *
     * @param id the dead letter
     * @throws SyncException of kind NOT_FOUND when there is none
     */
    public void discard(String id) {
        find(id);
        Posting posting = alone(draft -> draft.unit().deadLetterGone(id));
        Ledger.expect(ledger.post(List.of(posting), null).get(0));
    }

    private static Posting alone(Consumer<Draft> script) {
        return new Posting(Set.of(), Set.of(), Lane.LIVE, script);
    }

    private DeadLetterRow find(String id) {
        return context.store()
                .deadLetter(context.sync(), id)
                .orElseThrow(() -> SyncException.of(
                                Kind.NOT_FOUND,
                                "sync " + context.sync() + " has no dead letter " + id
                                        + "; it may have been tried again or discarded: list them")
                        .about(id));
    }
}
