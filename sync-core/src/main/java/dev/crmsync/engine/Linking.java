package dev.crmsync.engine;

import dev.crmsync.ledger.Draft;
import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Posting;
import dev.crmsync.ledger.Successors;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.LinkState;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.Lane;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Makes links one because a person said so. */
final class Linking {
    private final Ledger ledger;

    Linking(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Makes two links one; the link that stays. */
    String join(RecordRef ref, RecordRef other) {
        if (!ref.type().equals(other.type())) {
            throw SyncException.of(
                    Kind.VALIDATION,
                    "a " + ref.type() + " and a " + other.type() + " cannot be one link; join records of one type");
        }
        return post(List.of(owner(ref), owner(other)), draft -> {
            LinkState one = standing(draft, ref);
            LinkState two = standing(draft, other);
            if (one.id().equals(two.id())) {
                return one.id();
            }
            IdentityChange.Joined joined = joined(draft, one, two);
            draft.relink(List.of(joined), one.type(), null);
            return joined.into();
        });
    }

    /** The link that holds the record whose id the others keep stays; else the first. */
    private static IdentityChange.Joined joined(Draft draft, LinkState one, LinkState two) {
        String anchor = draft.rules().anchor();
        boolean second = anchor != null && one.ref(anchor) == null && two.ref(anchor) != null;
        return second ? new IdentityChange.Joined(two.id(), one.id()) : new IdentityChange.Joined(one.id(), two.id());
    }

    private String owner(RecordRef ref) {
        return ledger.context().store().linkIds(ledger.context().sync(), List.of(ref)).values().stream()
                .findFirst()
                .orElseThrow(() -> unknown(ref));
    }

    private static LinkState standing(Draft draft, RecordRef ref) {
        LinkState link = draft.owner(ref)
                .map(owner -> Successors.of(owner, id -> draft.link(id).orElse(null)))
                .orElse(null);
        if (link == null || link.erased()) {
            throw unknown(ref);
        }
        return link;
    }

    private static SyncException unknown(RecordRef ref) {
        return SyncException.of(
                        Kind.NOT_FOUND,
                        "no link holds this record of " + ref.system()
                                + "; syncNow(..) makes it known, when it exists there")
                .inSystem(ref.system());
    }

    private interface Script {
        String run(Draft draft);
    }

    private String post(List<String> links, Script script) {
        AtomicReference<String> stands = new AtomicReference<>("");
        Posting posting = Posting.on(links, Lane.LIVE, draft -> stands.set(script.run(draft)));
        Ledger.expect(ledger.post(List.of(posting), null).get(0));
        return stands.get();
    }
}
