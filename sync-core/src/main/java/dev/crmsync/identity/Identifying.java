package dev.crmsync.identity;

import dev.crmsync.fields.Lenses;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Presence;
import dev.crmsync.planning.Side;
import dev.crmsync.policy.TypePolicy;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One identification under way. */
final class Identifying {
    private final Situation situation;
    private final ChangeEvent event;
    private final RecordRef ref;
    private final List<IdentityChange> changes = new ArrayList<>();

    Identifying(Situation situation) {
        this.situation = situation;
        this.event = situation.event();
        this.ref = event.ref();
    }

    List<IdentityChange> changes() {
        String owner = situation.owners().get(ref);
        RecordRef became = event.otherRef();
        if (erased(owner, became) || ignored(owner)) {
            return changes;
        }
        if (became != null) {
            return new Becoming(situation, became).changes();
        }
        String link = owner != null ? together(keyed(owner)) : link();
        if (link != null) {
            suspect(link);
        }
        return changes;
    }

    /**
     * Whether the record was an erased person's, or would begin or complete a link with one that was: it is of no account, and
     * nobody is begun anew.
     */
    private boolean erased(@Nullable String owner, @Nullable RecordRef became) {
        return owner == null && isErased(ref)
                || became != null && isErased(became)
                || owner == null
                        && Identity.joinKey(event, situation.rules())
                                .filter(this::isErased)
                                .isPresent();
    }

    private boolean isErased(RecordRef record) {
        return situation.matches().containsKey(Identity.erased(record));
    }

    /** A known record may bear a join key that was not known before: then its link and that of the key are one. */
    private String keyed(String owner) {
        RecordRef key = Identity.joinKey(event, situation.rules())
                .filter(named -> !isErased(named))
                .orElse(null);
        LinkState link = situation.links().byId().get(owner);
        if (key == null && link != null && unseen(link)) {
            return matchedBeforeSeen(link);
        }
        if (key == null || link == null) {
            return owner;
        }
        if (link.ref(key.system()) != null) {
            bearsAnothers(key, link);
            return owner;
        }
        String other = situation.owners().get(key);
        if (other == null) {
            changes.add(new IdentityChange.Mentioned(owner, key));
            return owner;
        }
        LinkState keyed = situation.links().get(other);
        if (link.isApartFrom(keyed)) {
            return owner;
        }
        if (free(keyed, link) || unseen(link)) {
            changes.add(new IdentityChange.Joined(other, owner));
            return other;
        }
        changes.add(new IdentityChange.Suspected(owner, List.of(other), "join key", Value.text(key.id())));
        return owner;
    }

    /**
     * A record whose link has a record at the anchor may bear the join key of another one: it was merged there while nobody told of it, or
     * somebody has copied the key. Nothing says which, so a person does; once they have, only a record that is seen for the first time is
     * asked about again.
     */
    private void bearsAnothers(RecordRef key, LinkState link) {
        String other = situation.owners().get(key);
        LinkState keyed = other == null || other.equals(link.id())
                ? null
                : situation.links().byId().get(other);
        Side side = link.side(ref.system());
        boolean primary = ref.equals(link.ref(ref.system()));
        boolean first = side.presence() == Presence.MENTIONED;
        if (keyed != null && primary && (first || !link.isApartFrom(keyed))) {
            changes.add(new IdentityChange.Suspected(
                    link.id(), List.of(keyed.id()), IdentityChange.KEYED_RECORD, Value.text(key.id())));
        }
    }

    /** A known record whose policy says, perhaps since lately, that it is the same thing as another link's. */
    private String together(String own) {
        LinkState link = own.equals(situation.owners().get(ref))
                ? situation.links().byId().get(own)
                : null;
        String same = link == null ? null : sameElsewhere(link);
        if (same == null) {
            return own;
        }
        changes.add(new IdentityChange.Joined(same, own));
        return same;
    }

    /**
     * The link of a record that the policy says is the same thing, and that has room for this one.
     *
     * @param own the link that this record has already, if any
     */
    private @Nullable String sameElsewhere(@Nullable LinkState own) {
        for (RecordRef other : Identity.same(ref, situation.rules())) {
            String owner = situation.owners().get(other);
            LinkState link = owner == null ? null : situation.links().byId().get(owner);
            if (link == null || link.side(ref.system()).record() != null) {
                continue;
            }
            if (own == null || !own.id().equals(owner) && !own.isApartFrom(link)) {
                return owner;
            }
        }
        return null;
    }

    /** Whether a link has no record where this event's is, or has lost the one that it had there while this one is to be seen. */
    private boolean free(LinkState keyed, LinkState link) {
        Side there = keyed.side(ref.system());
        return there.record() == null
                || gone(there) && !gone(link.side(ref.system())) && ref.equals(link.ref(ref.system()));
    }

    private static boolean gone(Side side) {
        return side.presence() == Presence.ARCHIVED || side.presence() == Presence.DELETED;
    }

    /** A record that was only told of until now is matched when its values are first seen. */
    private String matchedBeforeSeen(LinkState link) {
        Matched matched = matched(link);
        if (matched == null) {
            return link.id();
        }
        changes.add(new IdentityChange.Joined(matched.link(), link.id()));
        return matched.link();
    }

    /** Whether a link was begun for this record alone, or for what was merged into it, and it is seen for the first time now. */
    private boolean unseen(LinkState link) {
        Side side = link.side(ref.system());
        // A read that did not find what was mentioned has shown nothing of it either.
        boolean hidden = side.presence() == Presence.NOT_VISIBLE && side.seen().isEmpty();
        return link.refs().stream().allMatch(known -> known.system().equals(ref.system()))
                && ref.equals(link.ref(ref.system()))
                && (side.presence() == Presence.MENTIONED || hidden);
    }

    /** The link that an unknown record joins or begins, or null when it is of no account. */
    private @Nullable String link() {
        if (event.kind() == ChangeKind.NOT_VISIBLE) {
            return null;
        }
        Optional<RecordRef> key = Identity.joinKey(event, situation.rules());
        String keyed = key.map(situation.owners()::get).orElse(null);
        if (keyed != null) {
            changes.add(new IdentityChange.Attached(keyed, ref, IdentityChange.Attached.JOIN_KEY));
            return keyed;
        }
        String same = sameElsewhere(null);
        if (same != null) {
            changes.add(new IdentityChange.Attached(same, ref, IdentityChange.Attached.POLICY));
            return same;
        }
        Matched matched = key.isPresent() ? null : matched(null);
        if (matched != null) {
            changes.add(new IdentityChange.Attached(matched.link(), ref, matched.field()));
            return matched.link();
        }
        changes.add(new IdentityChange.Born(situation.newLink(), ref));
        key.ifPresent(named -> changes.add(new IdentityChange.Mentioned(situation.newLink(), named)));
        return situation.newLink();
    }

    /**
     * The one link that bears a value which the policy matches by, and that lacks a record here. Values that tell of any other
     * link as well, matched by or not, make it a question for a person. A record that is told of in part may bear a join key that
     * was not told, so it is matched when it is seen whole.
     *
     * @param own the link that was begun for this record alone, if any
     */
    private @Nullable Matched matched(@Nullable LinkState own) {
        List<String> fields = situation
                .rules()
                .policy()
                .type(ref.type())
                .map(TypePolicy::matchedBy)
                .orElse(List.of());
        if (fields.isEmpty() || !event.full()) {
            return null;
        }
        Set<String> bearers = new TreeSet<>();
        Set<String> by = new TreeSet<>();
        situation
                .matches()
                .forEach((match, links) -> links.stream()
                        .filter(id -> own == null || !id.equals(own.id()))
                        .filter(id -> situation.links().byId().containsKey(id))
                        .filter(id -> !match.field().equals(Identity.LOST_CREATE)
                                || mayBeMadeFor(own, situation.links().get(id)))
                        .forEach(id -> {
                            bearers.add(id);
                            by.add(match.field());
                        }));
        if (bearers.size() != 1) {
            return null;
        }
        LinkState link = situation.links().get(bearers.iterator().next());
        if (own != null && own.isApartFrom(link) || !awaits(link)) {
            return null;
        }
        return fields.stream()
                .filter(by::contains)
                .findFirst()
                .map(field -> new Matched(link.id(), field))
                .orElse(null);
    }

    /** Whether a link has records elsewhere and none here, nor one that is being made or that a person was asked about. */
    private boolean awaits(LinkState link) {
        Side side = link.side(ref.system());
        return !link.refs().isEmpty() && side.record() == null && side.inFlight() == null && side.held() == null;
    }

    /** A link that was found by the value of a field. */
    private record Matched(String link, String field) {}

    /** A person said that the record is not to be followed, whatever it bears. */
    private boolean ignored(@Nullable String owner) {
        LinkState link = owner == null ? null : situation.links().byId().get(owner);
        return link != null && link.side(ref.system()).presence() == Presence.IGNORED;
    }

    /**
     * Other links that bear an equal value and lack what this link has, or have what it lacks. The link that the record had
     * until now is this one, or has just joined it.
     */
    private void suspect(String link) {
        LinkState known = situation.links().byId().get(link);
        situation.matches().forEach((match, bearers) -> {
            if (match.field().equals(Identity.ERASED_RECORD)) {
                return;
            }
            List<String> candidates = bearers.stream()
                    .filter(id -> !id.equals(link) && situation.links().byId().containsKey(id))
                    .filter(id -> !id.equals(situation.owners().get(ref)))
                    .filter(id -> known == null
                            || !known.isApartFrom(situation.links().get(id)))
                    .filter(id -> completes(known, situation.links().get(id)))
                    .filter(id -> !match.field().equals(Identity.LOST_CREATE)
                            || mayBeMadeFor(known, situation.links().get(id)))
                    .sorted()
                    .toList();
            if (!candidates.isEmpty()) {
                changes.add(new IdentityChange.Suspected(link, candidates, match.field(), match.value()));
            }
        });
    }

    /**
     * Whether a record that nobody knew until now shows something of what was sent in a create that was not answered. Of
     * creates with an e-mail address or a phone number this is not asked: those tell by themselves. One that bears the join key of
     * another link was made for that one, whatever the two have in common.
     */
    private boolean mayBeMadeFor(@Nullable LinkState link, LinkState other) {
        Mapping mapping = Identity.mapping(ref, situation.rules()).orElse(null);
        boolean known = link != null && !link.side(ref.system()).seen().isEmpty();
        String keyed = Identity.joinKey(event, situation.rules())
                .map(situation.owners()::get)
                .orElse(null);
        if (mapping == null || known || keyed != null && !keyed.equals(other.id())) {
            return false;
        }
        Lenses lenses = situation.rules().lenses();
        Map<String, NativeValue> shown = lenses.slots(mapping, event.properties());
        Map<String, NativeValue> sent = Identity.sent(other.side(ref.system()));
        return lenses.fieldsOf(mapping, sent.keySet()).stream()
                .anyMatch(field -> mapping.carrying(field)
                        .map(mapped -> shows(lenses, mapped, field, sent, shown))
                        .orElse(false));
    }

    private boolean shows(
            Lenses lenses,
            FieldMapping mapped,
            Field field,
            Map<String, NativeValue> sent,
            Map<String, NativeValue> shown) {
        Value given = lenses.get(ref.system(), mapped, field, sent, record -> null);
        Value held = lenses.get(ref.system(), mapped, field, shown, record -> null);
        if (given == null || held == null || given.isBlank() || held.isBlank()) {
            return false;
        }
        boolean shared = given instanceof Value.Members these
                && held instanceof Value.Members those
                && these.members().stream().anyMatch(those.members()::contains);
        return shared
                || lenses.canon().equivalent(field, given, held)
                || lenses.slotsOf(mapped, field).stream()
                        .allMatch(slot -> lenses.explains(
                                mapped,
                                sent.getOrDefault(slot, NativeValue.EMPTY),
                                shown.getOrDefault(slot, NativeValue.EMPTY)));
    }

    /** Whether one of the two has no record where the other has one, so that sync might make one. */
    private boolean completes(@Nullable LinkState link, LinkState other) {
        Set<String> ours = systems(link);
        ours.add(ref.system());
        Set<String> theirs = systems(other);
        return !ours.equals(theirs) || theirs.isEmpty();
    }

    private static Set<String> systems(@Nullable LinkState link) {
        Set<String> systems = new TreeSet<>();
        if (link != null) {
            for (Map.Entry<String, Side> side : link.sides().entrySet()) {
                if (side.getValue().record() != null) {
                    systems.add(side.getKey());
                }
            }
        }
        return systems;
    }
}
