package dev.crmsync.engine;

import dev.crmsync.ledger.Draft;
import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Posting;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.planning.Cause;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Presence;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.Lane;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Says who is who because a person said so. What was said before, and is said again, does nothing. */
final class Linking {
    private final Ledger ledger;
    private final SyncContext context;

    Linking(Ledger ledger) {
        this.ledger = ledger;
        this.context = ledger.context();
    }

    String join(RecordRef ref, RecordRef other) {
        if (!ref.type().equals(other.type())) {
            throw SyncException.of(
                    Kind.VALIDATION,
                    "a " + ref.type() + " and a " + other.type() + " cannot be one link; join records of one type");
        }
        AtomicReference<String> stays = new AtomicReference<>("");
        Posting posting = new Posting(Set.of(), Set.of(ref, other), Lane.LIVE, draft -> {
            LinkState one = owner(draft, ref);
            LinkState two = owner(draft, other);
            stays.set(one.id());
            if (!one.id().equals(two.id())) {
                IdentityChange.Joined joined = draft.joining(one, two);
                draft.relink(List.of(joined), one.type(), Cause.PERSON);
                stays.set(joined.into());
            }
        });
        Ledger.expect(ledger.post(List.of(posting), null).get(0));
        return stays.get();
    }

    String split(RecordRef ref) {
        return change(ref, link -> {
            boolean alone = link.refs().size() == 1;
            return alone
                    ? List.of()
                    : List.of(new IdentityChange.Split(
                            link.id(), ref, context.ids().get()));
        });
    }

    void unlink(RecordRef ref) {
        change(ref, link -> {
            boolean alone = link.refs().size() == 1;
            boolean ignored = alone && link.side(ref.system()).presence() == Presence.IGNORED;
            String own = alone ? link.id() : context.ids().get();
            return ignored ? List.of() : List.of(new IdentityChange.Unlinked(link.id(), ref, own));
        });
    }

    void follow(RecordRef ref) {
        change(ref, link -> {
            boolean ignored = link.side(ref.system()).presence() == Presence.IGNORED;
            return ignored ? List.of(new IdentityChange.Followed(link.id(), ref)) : List.of();
        });
    }

    /** What a person wants of the link that has the record. */
    private interface Wish {
        List<IdentityChange> of(LinkState link);
    }

    /** Carries out a wish, and names the link that has the record then. */
    private String change(RecordRef ref, Wish wish) {
        AtomicReference<String> owner = new AtomicReference<>("");
        Posting posting = new Posting(Set.of(), Set.of(ref), Lane.LIVE, draft -> {
            LinkState link = owner(draft, ref);
            draft.relink(wish.of(link), link.type(), Cause.PERSON);
            owner.set(draft.owner(ref).orElse(link.id()));
        });
        Ledger.expect(ledger.post(List.of(posting), null).get(0));
        return owner.get();
    }

    private LinkState owner(Draft draft, RecordRef ref) {
        return draft.owner(ref).flatMap(draft::link).orElseThrow(() -> unknown(ref));
    }

    private SyncException unknown(RecordRef ref) {
        return SyncException.of(
                        Kind.NOT_FOUND,
                        "sync " + context.sync() + " has no link with the record " + ref
                                + ": read it with syncNow, or wait until it is told or listed")
                .inSystem(ref.system())
                .about(ref.toString());
    }
}
