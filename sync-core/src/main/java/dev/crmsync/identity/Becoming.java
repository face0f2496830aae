package dev.crmsync.identity;

import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Presence;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of links when a system says that a record has become another: by a merge, a conversion, or under a new id. */
final class Becoming {
    private final Situation situation;
    private final Links links;
    private final RecordRef ref;
    private final RecordRef became;
    private final List<IdentityChange> changes = new ArrayList<>();

    Becoming(Situation situation, RecordRef became) {
        this.situation = situation;
        this.links = situation.links();
        this.ref = situation.event().ref();
        this.became = became;
    }

    List<IdentityChange> changes() {
        String owner = situation.owners().get(ref);
        if (!Identity.isConverted(situation.event())) {
            merged(owner);
        } else if (owner != null) {
            changes.add(new IdentityChange.Converted(owner, ref, became));
        }
        return changes;
    }

    /** That the two are one is proved by the system itself; which half of it we know of already may differ. */
    private void merged(@Nullable String owner) {
        String target = situation.owners().get(became);
        if (owner == null) {
            String link = target;
            if (link == null) {
                link = situation.newLink();
                changes.add(new IdentityChange.Born(link, became));
            }
            changes.add(new IdentityChange.Rekeyed(link, ref, became));
        } else if (target == null) {
            changes.add(new IdentityChange.Rekeyed(owner, ref, became));
        } else if (target.equals(owner)) {
            moved(links.get(owner));
        } else {
            mergedLinks(links.get(owner), links.get(target));
        }
    }

    /** Both are of the link: the surviving one becomes, or is, the primary. An old merge, overtaken by later ones, is no news. */
    private void moved(LinkState link) {
        RecordRef primary = link.ref(ref.system());
        if (ref.equals(primary) || became.equals(primary)) {
            changes.add(new IdentityChange.Rekeyed(link.id(), ref, became));
        }
    }

    /** What a person has said stands until a person takes it back. */
    private void mergedLinks(LinkState owner, LinkState target) {
        boolean ignored = target.side(ref.system()).presence() == Presence.IGNORED;
        if (!owner.isApartFrom(target) && !ignored) {
            changes.add(new IdentityChange.Merged(target.id(), owner.id(), ref, became));
        } else if (owner.side(ref.system()).presence() != Presence.MENTIONED) {
            changes.add(new IdentityChange.Suspected(
                    owner.id(), List.of(target.id()), IdentityChange.MERGED_RECORD, Value.text(became.id())));
        }
    }
}
