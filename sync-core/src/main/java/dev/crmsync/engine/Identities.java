package dev.crmsync.engine;

import dev.crmsync.engine.IdentityAsOf.State;
import dev.crmsync.engine.IdentityAsOf.TakenOver;
import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Successors;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.planning.Composition;
import dev.crmsync.planning.IdentityStep;
import dev.crmsync.planning.LinkState;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Who was who in one sync, and when: reads the identity logs, and changes nothing. Of a person who was erased it tells that alone,
 * whatever time is asked about. Thread-safe.
 */
public final class Identities {
    private static final int MOST_STEPS = 5000;

    private final Ledger ledger;
    private final SyncContext context;
    private final Explanations explanations;
    private final PastReader reader;
    private final Holders holders;

    Identities(Ledger ledger, Explanations explanations, Reach reach) {
        this.ledger = ledger;
        this.context = ledger.context();
        this.explanations = explanations;
        this.reader = new PastReader(ledger, reach);
        this.holders = new Holders(ledger, reader);
    }

    /**
     * Names the link that held a record at a moment. By now another one may have taken it over.
     *
     * @param ref the record
     * @param at the moment; what changed at that moment had changed
     * @return the link's id
     * @throws SyncException of kind NOT_FOUND when the record is not known, when no link held it then, when that is not kept, or when
     *     its person was erased, and the message says what is known; VALIDATION when the moment has not come yet
     */
    public String linkOf(RecordRef ref, Instant at) {
        IdentityAsOf then = asOf(ref, at);
        if (then.state() == State.ERASED) {
            throw SyncException.of(Kind.NOT_FOUND, "sync " + context.sync() + ": " + then.text())
                    .inSystem(ref.system());
        }
        return then.link();
    }

    /**
     * Says who a record was at a moment: the link that held it then, and of which records that consisted.
     *
     * @param ref the record
     * @param at the moment; what changed at that moment had changed
     * @return who it was: a link that stood then, or one that was erased
     * @throws SyncException of kind NOT_FOUND when the record is not known, when no link held it then, or when that is not kept,
     *     and the message says what is known; VALIDATION when the moment has not come yet
     */
    public IdentityAsOf asOf(RecordRef ref, Instant at) {
        refuseFuture(at);
        return asOf(holders.of(ref, explanations.linkOf(ref), at), at);
    }

    /**
     * Says who a link was at a moment. One that had been taken over by then is answered for by the link that stood for it.
     *
     * @param link the link's id, as reviews, dead letters and explanations name it
     * @param at the moment; what changed at that moment had changed
     * @return who it was
     * @throws SyncException of kind NOT_FOUND when there is no such link; VALIDATION when the moment has not come yet
     */
    public IdentityAsOf asOf(String link, Instant at) {
        refuseFuture(at);
        LinkState stands = standing(link);
        if (stands.erased()) {
            return new IdentityAsOf(link, at, State.ERASED, erasedAt(stands.id()), List.of(), null, null, null);
        }
        List<TakenOver> chain = new ArrayList<>();
        Past past = past(link, at);
        Composition then = past.composition().orElse(null);
        while (then != null && then.takenOverBy() != null) {
            IdentityStep came = past.came();
            chain.add(new TakenOver(then.takenOverBy(), came == null ? null : came.at()));
            past = past(then.takenOverBy(), at);
            then = past.composition().orElse(null);
        }
        return answer(link, chain, past, then);
    }

    private IdentityAsOf answer(String link, List<TakenOver> chain, Past past, @Nullable Composition then) {
        Veil veil = new Veil(ledger);
        IdentityStep last = past.last();
        IdentityStep next = past.next();
        State state;
        Instant since;
        if (!chain.isEmpty()) {
            state = State.TAKEN_OVER;
            since = chain.get(0).at();
        } else if (then != null) {
            state = State.STOOD;
            since = past.came() == null ? null : past.came().at();
        } else {
            Instant began = past.beganLater().orElse(null);
            state = began == null ? State.NOT_KEPT : State.NOT_YET;
            since = began == null ? past.reach() : began;
        }
        return new IdentityAsOf(
                link,
                past.at(),
                state,
                since,
                chain,
                then == null ? null : veil.over(then),
                then == null || last == null ? null : veil.over(last),
                next == null ? null : veil.over(next));
    }

    /**
     * Tells all that has changed of which records a link consists.
     *
     * @param link the link's id; of one that was taken over, its own log until then
     * @return its log, as far as it is kept, and at most its latest 5,000 steps; of one that was erased nothing but that
     * @throws SyncException of kind NOT_FOUND when there is no such link
     */
    public IdentityLog log(String link) {
        LinkState stands = standing(link);
        List<IdentityStep> steps = new ArrayList<>();
        Veil veil = new Veil(ledger);
        reader.walk(stands.erased() ? stands.id() : link, step -> {
            if (!stands.erased() || step.erases()) {
                steps.add(veil.over(step));
            }
            return steps.size() < MOST_STEPS;
        });
        Collections.reverse(steps);
        boolean whole = stands.erased() || !steps.isEmpty() && steps.get(0).begins();
        return new IdentityLog(link, steps, whole, reader.reach());
    }

    private @Nullable Instant erasedAt(String link) {
        AtomicReference<@Nullable Instant> at = new AtomicReference<>();
        reader.walk(link, step -> {
            if (step.erases()) {
                at.set(step.at());
            }
            return at.get() == null;
        });
        return at.get();
    }

    private Past past(String link, Instant at) {
        return reader.past(link, at).orElseThrow(() -> unknown(link));
    }

    private LinkState standing(String link) {
        LinkState stands = Successors.of(link, known -> reader.link(known).orElse(null));
        if (stands == null) {
            throw unknown(link);
        }
        return stands;
    }

    private SyncException unknown(String link) {
        return SyncException.of(
                        Kind.NOT_FOUND,
                        "sync " + context.sync() + " has no link " + link
                                + "; reviews and dead letters name links, and any record leads to its own")
                .about(link);
    }

    private void refuseFuture(Instant at) {
        Instant now = context.now();
        if (at.isAfter(now)) {
            throw SyncException.of(
                    Kind.VALIDATION,
                    "who is who at " + at + " nobody knows yet: it is " + now
                            + "; ask about that moment or an earlier one");
        }
    }
}
