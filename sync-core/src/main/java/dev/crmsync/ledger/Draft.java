package dev.crmsync.ledger;

import dev.crmsync.identity.Identity;
import dev.crmsync.identity.Situation;
import dev.crmsync.planning.Cause;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Plan;
import dev.crmsync.planning.Planner;
import dev.crmsync.planning.Presence;
import dev.crmsync.planning.ReviewChange;
import dev.crmsync.planning.Rules;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.DueRow;
import dev.crmsync.spi.store.JournalEntry;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.spi.store.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The working copy of the links that one posting touches: what its script plans here is committed together. Not
 * thread-safe, and of no use once the script has returned.
 */
public final class Draft {
    private final Desk desk;
    private final Lane lane;

    private final Map<String, LinkState> planned = new TreeMap<>();
    private final Map<String, List<Due>> due = new TreeMap<>();
    private final Set<String> consulted = new TreeSet<>();
    private final List<List<Decision>> decisions = new ArrayList<>();
    private final IdentityLogs identity;
    private final List<ReviewChange> reviews = new ArrayList<>();
    private final Set<String> wakes = new TreeSet<>();
    private final Map<ClaimEnd.Place, ClaimEnd> claims = new LinkedHashMap<>();
    private final Set<String> renewed = new TreeSet<>();
    private final Map<String, Set<RecordRef>> graves = new TreeMap<>();
    private final List<Taken> taken = new ArrayList<>();
    private final Unit.Builder extras = Unit.builder();

    Draft(Desk desk, Lane lane) {
        this.desk = desk;
        this.lane = lane;
        this.identity = new IdentityLogs(desk.at);
    }

    /**
     * The rules that the inputs are planned under.
     *
     * @return the rules
     */
    public Rules rules() {
        return desk.rules;
    }

    /**
     * The engine's time, the same throughout the draft.
     *
     * @return now
     */
    public Instant now() {
        return desk.at;
    }

    /**
     * A link as it is planned so far.
     *
     * @param id its id
     * @return its state, or empty when there is no such link
     */
    public Optional<LinkState> link(String id) {
        LinkState mine = planned.get(id);
        if (mine == null) {
            mine = desk.link(id);
            consulted.add(id);
        }
        return Optional.ofNullable(mine);
    }

    /**
     * The link that holds a record, as it is planned so far.
     *
     * @param ref the record
     * @return its link, or empty when it belongs to none
     */
    public Optional<String> owner(RecordRef ref) {
        for (LinkState link : planned.values()) {
            if (link.refs().contains(ref)) {
                return Optional.of(link.id());
            }
        }
        Optional<String> owner = Optional.ofNullable(desk.owner(ref)).filter(link -> !planned.containsKey(link));
        owner.ifPresent(consulted::add);
        return owner;
    }

    /**
     * The links that bear values by which records recognise each other, as they are planned so far.
     *
     * @param type the record type
     * @param matches the values
     * @return for each that is borne at all the ids of the links that bear it, sorted
     */
    public Map<Situation.Match, List<String>> bearers(String type, SortedSet<Situation.Match> matches) {
        desk.fetchBearers(type, matches);
        Map<Situation.Match, List<String>> all = new TreeMap<>();
        for (Situation.Match match : matches) {
            TreeSet<String> links = new TreeSet<>(desk.bearers(type, match));
            links.removeAll(planned.keySet());
            planned.values().stream()
                    .filter(link -> desk.keysOf(link).contains(desk.key(type, match)))
                    .forEach(link -> links.add(link.id()));
            if (!links.isEmpty()) {
                all.put(match, List.copyOf(links));
            }
        }
        return all;
    }

    /**
     * Identifies the record of an event, and plans the event.
     *
     * @param event the event
     * @return the link that holds its record now, or empty when none does and the event is of no account
     */
    public Optional<String> observe(ChangeEvent event) {
        Optional<String> link = identify(event);
        link.ifPresent(id -> {
            Map<RecordRef, String> references = references(event);
            plan(List.of(id), (links, at, seq) -> new Input.Observed(at, seq, id, event, references));
        });
        if (Identity.isConverted(event) && !erased(event.ref())) {
            event.other().filter(this::follows).ifPresent(became -> ask(became, event));
        }
        return link;
    }

    /** A record that was named and not shown is identified on its own, and read. */
    private void ask(RecordRef ref, ChangeEvent event) {
        observe(ChangeEvent.of(ref, ChangeKind.GAP, event.asOf(), event.evidence()));
    }

    private boolean erased(RecordRef ref) {
        return owner(ref).isEmpty()
                && !bearers(ref.type(), new TreeSet<>(Set.of(Identity.erased(ref))))
                        .isEmpty();
    }

    /**
     * Identifies the record of an event, without planning the event: what is read, or answered to a write, may bear a join
     * key as well as what is pushed.
     *
     * @param event the event
     * @return the link that holds its record now, or empty when none does and the event is of no account
     */
    public Optional<String> identify(ChangeEvent event) {
        Map<RecordRef, String> owners = owners(Identity.lookUps(event, rules()));
        Map<Situation.Match, List<String>> matches =
                new TreeMap<>(bearers(event.ref().type(), Identity.matchesOf(event, rules())));
        matches.putAll(bearers(event.ref().type(), Identity.erasures(event, owners::containsKey, rules())));
        TreeSet<String> known = new TreeSet<>(owners.values());
        matches.values().forEach(known::addAll);
        Situation situation = new Situation(
                event,
                owners,
                matches,
                Links.of(links(known)),
                desk.context.ids().get(),
                rules());
        relink(Identity.identify(situation), event.ref().type(), situation, Cause.event(event));
        return owner(event.ref());
    }

    /**
     * How two links become one: the one that holds the record whose id the others keep stays, else the first.
     *
     * @param one a link
     * @param other another, of the same type
     * @return the change of identity, to be planned
     */
    public IdentityChange.Joined joining(LinkState one, LinkState other) {
        String anchor = rules().anchor();
        boolean otherStays = anchor != null && one.ref(anchor) == null && other.ref(anchor) != null;
        return otherStays
                ? new IdentityChange.Joined(other.id(), one.id())
                : new IdentityChange.Joined(one.id(), other.id());
    }

    /**
     * Plans changes of identity, and appends them to the identity log of the links that they touch.
     *
     * @param changes the changes, in order
     * @param type the record type of the links
     * @param cause what has brought them about
     */
    public void relink(List<IdentityChange> changes, String type, Cause cause) {
        relink(changes, type, null, cause);
    }

    private void relink(List<IdentityChange> changes, String type, @Nullable Situation situation, Cause cause) {
        Map<String, LinkState> before = new TreeMap<>();
        Map<String, List<IdentityChange>> logs = new TreeMap<>();
        for (IdentityChange change : changes) {
            for (String id : change.links()) {
                if (link(id).isEmpty()) {
                    planned.put(id, LinkState.empty(id, type));
                }
                link(id).ifPresent(known -> before.putIfAbsent(id, known));
                logs.computeIfAbsent(id, fresh -> new ArrayList<>()).add(change);
            }
            plan(change.links(), (links, at, seq) -> new Input.Identity(at, seq, change));
        }
        before.forEach((id, earlier) -> identity.changed(
                earlier, link(id).orElse(earlier), logs.getOrDefault(id, List.of()), situation, cause));
    }

    /**
     * Erases the person that a link is: no value is kept of it, and its past is forgotten with the same commit.
     *
     * @param link the link
     */
    public void erase(String link) {
        plan(List.of(link), (links, at, seq) -> new Input.Erase(at, seq, link));
        extras.erase(link);
    }

    /**
     * Keeps in mind that a record was an erased person's, so that nobody is begun anew with it.
     *
     * @param link the erased link
     * @param ref the record
     */
    public void bury(String link, RecordRef ref) {
        graves.computeIfAbsent(link, fresh -> new TreeSet<>()).add(ref);
    }

    Set<RecordRef> graves(String link) {
        return graves.getOrDefault(link, Set.of());
    }

    /**
     * The links that records belong to, as they are planned so far.
     *
     * @param refs the records
     * @return the link of each that belongs to one
     */
    public Map<RecordRef, String> owners(Collection<RecordRef> refs) {
        desk.fetchOwners(refs);
        Map<RecordRef, String> owners = new TreeMap<>();
        refs.forEach(ref -> owner(ref).ifPresent(link -> owners.put(ref, link)));
        return owners;
    }

    /**
     * The links of the records that an event's reference properties name. A record of a synced type that nobody has told of
     * yet begins a link here, and is read: a reference that stood for nothing would be forgotten. One that could not be seen is
     * looked for again when somebody has just referred to it.
     *
     * @param event the event
     * @return the link of each record that has one
     */
    public Map<RecordRef, String> references(ChangeEvent event) {
        Set<RecordRef> named = Identity.references(event, rules());
        Map<RecordRef, String> known = owners(named);
        for (RecordRef ref : named) {
            String own = known.get(ref);
            boolean lookedFor = own == null || event.evidence() == Evidence.EVENT && outOfSight(own, ref.system());
            if (lookedFor && follows(ref)) {
                ask(ref, event);
            }
        }
        return owners(named);
    }

    private boolean outOfSight(String id, String system) {
        return link(id).map(link -> link.side(system).presence())
                .filter(Presence.NOT_VISIBLE::equals)
                .isPresent();
    }

    private boolean follows(RecordRef ref) {
        return rules().policy().type(ref.type()).isPresent()
                && rules().system(ref.system())
                        .flatMap(known -> known.mapping(ref.type()))
                        .isPresent();
    }

    /**
     * Plans one input. Links that were last planned under other rules are planned under the present ones first.
     *
     * @param links the links that it touches, all known
     * @param input makes the input
     * @return the plan
     * @throws IllegalArgumentException when a link is not known
     */
    public Plan plan(Collection<String> links, InputMaker input) {
        underPresentRules(links);
        return take(links(new TreeSet<>(links)), input);
    }

    /**
     * Holds links against the present rules that were last planned under others.
     *
     * @param links the links, all known
     * @throws IllegalArgumentException when a link is not known
     */
    public void underPresentRules(Collection<String> links) {
        for (LinkState link : links(new TreeSet<>(links))) {
            if (link.seq() > 0 && !link.rulesHash().equals(rules().hash())) {
                take(List.of(link), (own, at, seq) -> new Input.RulesChanged(at, seq, link.id()));
            }
        }
    }

    /** A link as it stands, with its references to links that others have taken over led to those. */
    private LinkState followed(LinkState link) {
        Map<String, String> successors = successors(link);
        return successors.isEmpty() ? link : link.referring(successors);
    }

    private Map<String, String> successors(LinkState link) {
        Map<String, String> successors = new TreeMap<>();
        for (String id : link.references()) {
            LinkState stands =
                    Successors.of(id, known -> planned.containsKey(known) ? planned.get(known) : desk.link(known));
            if (stands != null && !stands.id().equals(id)) {
                successors.put(id, stands.id());
            }
        }
        return successors;
    }

    private Plan take(List<LinkState> stored, InputMaker maker) {
        List<LinkState> before = stored.stream().map(this::followed).toList();
        long seq = 1 + before.stream().mapToLong(LinkState::seq).max().orElse(0);
        Links links = Links.of(before);
        Input input = maker.make(links, now(), seq);
        Plan plan = Planner.plan(links, input, rules());
        if (desk.context.beside().looksOn()) {
            taken.add(new Taken(stored, followings(stored), links, input, rules(), plan));
        }
        if (!plan.decisions().isEmpty()) {
            decisions.add(plan.decisions());
        }
        reviews.addAll(plan.reviews());
        plan.after().byId().forEach((id, after) -> {
            LinkState earlier = links.byId().get(id);
            if (earlier == null || gains(earlier, after)) {
                wakes.add(id);
            }
            if (earlier != null) {
                identity.told(earlier, after, input, plan);
            }
            planned.put(id, after);
            due.put(
                    id,
                    plan.due().stream().filter(work -> work.link().equals(id)).toList());
        });
        return plan;
    }

    private Map<String, Map<String, String>> followings(List<LinkState> stored) {
        Map<String, Map<String, String>> followings = new TreeMap<>();
        stored.forEach(link -> followings.put(link.id(), successors(link)));
        return followings;
    }

    /** Whether something that waits for the link can go on: it has a record more, or another link stands in for it. */
    private static boolean gains(LinkState before, LinkState after) {
        boolean record = after.sides().keySet().stream()
                .anyMatch(system -> after.referable(system) != null && before.referable(system) == null);
        return record || before.joinedInto() == null && after.joinedInto() != null;
    }

    private List<LinkState> links(Collection<String> ids) {
        desk.fetchLinks(ids);
        List<LinkState> links = new ArrayList<>();
        for (String id : ids) {
            links.add(link(id).orElseThrow(() -> new IllegalArgumentException("there is no link " + id)));
        }
        return links;
    }

    /**
     * Gives back a claim. What is still due stays due in the same lane, as if it had never been tried.
     *
     * @param claimed the claimed row
     */
    public void release(DueRow claimed) {
        end(ClaimEnd.released(claimed));
    }

    /**
     * Gives back a claim. What is still due waits for a while.
     *
     * @param claimed the claimed row
     * @param next the lane that it goes on in
     * @param attempts how often it was tried in vain
     * @param until the earliest time at which it is tried again
     */
    public void postpone(DueRow claimed, Lane next, int attempts, Instant until) {
        end(new ClaimEnd(claimed, false, next, attempts, until));
    }

    /**
     * Gives back a claim, and drops what is due: nothing is tried again until something else makes it due.
     *
     * @param claimed the claimed row
     */
    public void drop(DueRow claimed) {
        end(ClaimEnd.dropped(claimed));
    }

    private void end(ClaimEnd end) {
        claims.put(end.place(), end);
    }

    /**
     * Makes due again whatever is due for a link, even when nothing about it has changed: what was dropped is tried again.
     *
     * @param link the link, planned in this draft
     */
    public void renew(String link) {
        renewed.add(link);
    }

    /**
     * Gathers what else is committed with the links: inbox rows that are done, dead letters, cursors.
     *
     * @return the builder; links, journal, due work and reviews are the draft's own
     */
    public Unit.Builder unit() {
        return extras;
    }

    Lane lane() {
        return lane;
    }

    Map<String, LinkState> planned() {
        return planned;
    }

    Map<String, List<Due>> due() {
        return due;
    }

    /** The links whose state went into the plan: those planned, and those merely looked at. */
    Set<String> touched() {
        Set<String> touched = new TreeSet<>(consulted);
        touched.addAll(planned.keySet());
        claims.values().forEach(end -> touched.add(end.row().link()));
        return touched;
    }

    List<List<Decision>> decisions() {
        return decisions;
    }

    List<Taken> taken() {
        return taken;
    }

    List<JournalEntry> identity() {
        return identity.entries();
    }

    List<ReviewChange> reviews() {
        return reviews;
    }

    Set<String> wakes() {
        return wakes;
    }

    Collection<ClaimEnd> claims() {
        return claims.values();
    }

    Set<String> renewed() {
        return renewed;
    }

    Unit extras() {
        return extras.build();
    }
}
