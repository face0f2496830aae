package dev.crmsync.engine;

import dev.crmsync.delivery.Delivery;
import dev.crmsync.delivery.DeliverySettings;
import dev.crmsync.delivery.Outlet;
import dev.crmsync.intake.IntakeSettings;
import dev.crmsync.intake.WebhookAnswer;
import dev.crmsync.ledger.Shadow;
import dev.crmsync.ledger.ShadowReport;
import dev.crmsync.ledger.Worked;
import dev.crmsync.pull.Recovered;
import dev.crmsync.pull.Unassigned;
import dev.crmsync.review.DeadLetterBox;
import dev.crmsync.review.Reviews;
import dev.crmsync.safety.Backfill;
import dev.crmsync.segments.Segments;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps systems in step. One engine hosts many syncs; several engines may share one store. Begin with {@link #builder()};
 * close it when done. Thread-safe.
 */
public final class SyncEngine implements AutoCloseable {
    private static final int MOST_ROUNDS = 100_000;
    private static final Duration REST = Duration.ofSeconds(20);

    private final Map<String, Rooms> rooms = new LinkedHashMap<>();
    private final Map<String, Activity> intakes = new LinkedHashMap<>();
    private final Delivery delivery;
    private final Activity doing;
    private final Schedule schedule;
    private final Threads threads;
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable Thread coordinator;

    SyncEngine(
            List<Sync> syncs,
            Seams seams,
            IntakeSettings intake,
            DeliverySettings settings,
            Upkeep.Ages ages,
            Threads threads) {
        this.threads = threads;
        try {
            syncs.forEach(sync -> rooms.put(sync.name(), new Rooms(sync, seams, intake, ages)));
        } catch (RuntimeException e) {
            threads.shutdown();
            closeAdapters();
            throw e;
        }
        Map<String, Outlet> outlets = new TreeMap<>();
        rooms.forEach((name, room) -> outlets.put(name, room.outlet));
        delivery = new Delivery(seams.store(), outlets, settings, threads.turns(), threads.calls());
        doing = new Activity("delivery", delivery::step);
        rooms.forEach((name, room) -> intakes.put(name, new Activity(name + " intake", room.intake::step)));
        schedule = new Schedule(seams.clock(), activities(), doing);
    }

    /**
     * Begins an engine.
     *
     * @return a builder
     */
    public static SyncEngineBuilder builder() {
        return new SyncEngineBuilder();
    }

    private List<Activity> activities() {
        List<Activity> activities = new ArrayList<>(intakes.values());
        activities.add(doing);
        rooms.values().forEach(room -> activities.addAll(room.activities()));
        return activities;
    }

    void run() {
        Thread thread = new Thread(() -> schedule.run(threads.turns()), "crm-sync-engine");
        thread.setDaemon(true);
        coordinator = thread;
        thread.start();
    }

    private Rooms rooms(String sync) {
        Rooms found = rooms.get(sync);
        if (found == null) {
            throw SyncException.configuration("this engine has no sync '" + sync + "'; it has " + rooms.keySet());
        }
        return found;
    }

    /**
     * Takes in a webhook. It is stored before it is answered, and planned afterwards.
     *
     * @param sync the sync
     * @param system the system that it is said to come from
     * @param request the request as it came, from any web framework
     * @return what to answer; 404 when there is no such sync or system
     */
    public WebhookAnswer receive(String sync, String system, WebhookRequest request) {
        Rooms found = rooms.get(sync);
        if (found == null) {
            return new WebhookAnswer(404, "no such sync");
        }
        WebhookAnswer answer = found.reception.receive(system, request);
        Activity intake = intakes.get(sync);
        if (intake != null) {
            schedule.nudge(intake);
        }
        return answer;
    }

    /**
     * The backfill of a sync: walks all records, shows what would be done, and does it once it is approved.
     *
     * @param sync the sync
     * @return its backfill
     */
    public Backfill backfill(String sync) {
        return rooms(sync).backfill;
    }

    /**
     * Lists the conversations that somebody has to attend to and nobody does, as the system shows them now, for an inbox view
     * or for routing. It waits in the calling thread for as long as the system asks for, and changes nothing.
     *
     * @param sync the sync
     * @param system the system that is asked, such as {@code kirim}
     * @return the open conversations that have no assignee, in the system's order
     * @throws SyncException of kind CONFIGURATION when the system lists no conversations; otherwise what its answers come to
     */
    public List<Unassigned> unassigned(String sync, String system) {
        return rooms(sync).routing.unassigned(system);
    }

    /**
     * Looks for what may have been missed during an outage of the host: asks each vendor that can for the webhooks of that time
     * again, and calls for a comparing walk of everything that can be listed. The walks are taken in the background, and what they
     * find is done within the budget of the sync. Saying it again does no harm.
     *
     * @param sync the sync
     * @param from when the outage began, on the vendors' clocks; a little too early is better than too late
     * @return what was asked for, system by system; a vendor that failed is named and keeps no other from being asked
     */
    public SortedMap<String, Recovered> recover(String sync, Instant from) {
        SortedMap<String, Recovered> recovered = rooms(sync).recovery.recover(from);
        schedule.nudge(doing);
        return recovered;
    }

    /**
     * The segments of a sync: lists of contacts at one system, mirrored as labels at another.
     *
     * @param sync the sync
     * @return its segments
     */
    public Segments segments(String sync) {
        return rooms(sync).segments;
    }

    /**
     * The reviews of a sync.
     *
     * @param sync the sync
     * @return its reviews, to be listed and answered
     */
    public Reviews reviews(String sync) {
        return rooms(sync).reviews;
    }

    /**
     * The dead letters of a sync.
     *
     * @param sync the sync
     * @return its dead letters, to be listed and tried again
     */
    public DeadLetterBox deadLetters(String sync) {
        return rooms(sync).deadLetters;
    }

    /**
     * Pauses a system: it is neither read, listed nor written until it is resumed, not after a restart either. Its webhooks
     * are still taken.
     *
     * @param sync the sync
     * @param system the system
     * @param reason why, for people
     */
    public void pause(String sync, String system, String reason) {
        rooms(sync).pauses.pause(system, reason);
    }

    /**
     * Lets a system go on that was paused, by somebody or because its credentials were refused.
     *
     * @param sync the sync
     * @param system the system
     */
    public void resume(String sync, String system) {
        rooms(sync).pauses.resume(system);
        schedule.nudge(doing);
    }

    /**
     * Reads a record at all systems and brings it into step at once, before this method returns, as far as nobody else is at
     * it and the systems answer.
     *
     * @param sync the sync
     * @param ref the record, at any system; it may be unknown as yet
     * @throws SyncException of kind CONFIGURATION when there is no such system or it does not carry the type; TRANSIENT when
     *     others are at the same record
     */
    public void syncNow(String sync, RecordRef ref) {
        Rooms room = rooms(sync);
        room.refreshing.ask(ref);
        delivery.now(sync, () -> room.explanations.linkOf(ref));
        schedule.nudge(doing);
    }

    /**
     * Explains one field of the link that holds a record.
     *
     * @param sync the sync
     * @param ref any record of the link
     * @param field the field, bag entries expanded
     * @return why it is as it is
     * @throws SyncException of kind NOT_FOUND when the record is not known
     */
    public Why why(String sync, RecordRef ref, Field field) {
        Rooms room = rooms(sync);
        return room.explanations.why(room.explanations.linkOf(ref), field);
    }

    /**
     * Explains one field of a link.
     *
     * @param sync the sync
     * @param link the link's id, as reviews and dead letters name it
     * @param field the field, bag entries expanded
     * @return why it is as it is
     * @throws SyncException of kind NOT_FOUND when there is no such link
     */
    public Why why(String sync, String link, Field field) {
        return rooms(sync).explanations.why(link, field);
    }

    /**
     * Names the link that holds a record.
     *
     * @param sync the sync
     * @param ref any record of the link
     * @return the link's id
     * @throws SyncException of kind NOT_FOUND when the record is not known
     */
    public String linkOf(String sync, RecordRef ref) {
        return rooms(sync).explanations.linkOf(ref);
    }

    /**
     * Who was who in a sync, and when.
     *
     * @param sync the sync
     * @return its identities, to be asked
     */
    public Identities identities(String sync) {
        return rooms(sync).identities;
    }

    /**
     * Explains why one field of a link does not hold a certain value.
     *
     * @param sync the sync
     * @param link the link's id
     * @param field the field, bag entries expanded
     * @param value the value that was expected; another spelling of it is the same
     * @return why not
     * @throws SyncException of kind NOT_FOUND when there is no such link
     */
    public WhyNot whyNot(String sync, String link, Field field, Value value) {
        return rooms(sync).explanations.whyNot(link, field, value);
    }

    /**
     * Says who wrote one field of a link last.
     *
     * @param sync the sync
     * @param link the link's id
     * @param field the field, bag entries expanded
     * @return who, when and where
     * @throws SyncException of kind NOT_FOUND when there is no such link
     */
    public LastWrite lastWriter(String sync, String link, Field field) {
        return rooms(sync).explanations.lastWriter(link, field);
    }

    /**
     * Tells all that became of a link.
     *
     * @param sync the sync
     * @param link the link's id
     * @return its history, as far as the journal reaches back, and at most its latest 5,000 decisions
     * @throws SyncException of kind NOT_FOUND when there is no such link
     */
    public History history(String sync, String link) {
        return rooms(sync).explanations.history(link);
    }

    /**
     * What was recorded of a sync: to be carried elsewhere without a value, or tried under another policy.
     *
     * @param sync the sync's name
     * @return its incidents
     * @throws dev.crmsync.spi.SyncException of kind CONFIGURATION when there is no such sync
     */
    public Incidents incidents(String sync) {
        return rooms(sync).incidents;
    }

    /**
     * How often the candidate in the shadow of a sync's policy would have done otherwise, since this engine was started.
     *
     * @param sync the sync's name
     * @return the counts, or empty when the sync has no {@linkplain SyncEngineBuilder#shadow shadow}
     * @throws dev.crmsync.spi.SyncException of kind CONFIGURATION when there is no such sync
     */
    public Optional<ShadowReport> shadow(String sync) {
        return Optional.ofNullable(rooms(sync).context.beside().shadow()).map(Shadow::report);
    }

    /**
     * Counts what all links are held to. It walks all links.
     *
     * @param sync the sync
     * @return the census
     */
    public Census census(String sync) {
        return rooms(sync).explanations.census();
    }

    /**
     * Says how a sync is doing.
     *
     * @param sync the sync
     * @return its status
     */
    public Status status(String sync) {
        return rooms(sync).explanations.status();
    }

    /**
     * The accounts of a sync: to be prepared, and subscribed to.
     *
     * @param sync the sync
     * @return its accounts
     */
    public Accounts accounts(String sync) {
        return rooms(sync).accounts;
    }

    /**
     * Erases a person: forgets for good every value of the link that holds a record, what was decided about it, and which
     * records it had. What its systems hold is left there, and followed no longer; whatever is told of these records later
     * is passed over. Takes effect wholly or not at all.
     *
     * @param sync the sync
     * @param ref any record of the link
     * @throws SyncException of kind NOT_FOUND when the record is not known, TRANSIENT when others are at the same link
     */
    public void erase(String sync, RecordRef ref) {
        Rooms room = rooms(sync);
        String link = room.explanations.linkOf(ref);
        room.erasing.erase(link);
    }

    /**
     * Says that two records are the same thing, whatever else speaks for it or against it: their links become one. Where both
     * have a record at a system, the second one's becomes a secondary record there, whose values are not taken. What the two
     * hold otherwise comes together as on any joining ({@code onJoin}). Saying it again does nothing.
     *
     * @param sync the sync
     * @param ref a record
     * @param other another, of the same type
     * @return the link that holds both
     * @throws SyncException of kind NOT_FOUND when a record is not known, VALIDATION when they differ in type, TRANSIENT when
     *     others are at the same links
     */
    public String join(String sync, RecordRef ref, RecordRef other) {
        String link = rooms(sync).linking.join(ref, other);
        schedule.nudge(doing);
        return link;
    }

    /**
     * Says that a record is no part of the link that holds it, be it there as the primary record or as a secondary one. It goes on
     * in a link of its own with what was seen of it, and the two are different things for good: neither its join key nor an equal
     * address brings it back. Nothing is written for it at once; where a record might be made in the place of the one that
     * is missing now, a review asks whether it shall be. Where one other record is left at its system, that becomes the
     * primary one. Of a record that is alone in its link, and when it is said again, nothing changes. Takes effect wholly or not at
     * all.
     *
     * @param sync the sync
     * @param ref the record
     * @return the id of the link that holds the record now
     * @throws SyncException of kind NOT_FOUND when the record is not known or was erased, TRANSIENT when others are at the same link
     */
    public String split(String sync, RecordRef ref) {
        String link = rooms(sync).linking.split(ref);
        schedule.nudge(doing);
        return link;
    }

    /**
     * Takes a record out of the link that holds it, and leaves it alone: whatever is told of it is passed over, it is neither
     * read nor written, and neither its join key nor an equal address brings it back, until {@link #follow} is called. No record
     * is made in its place. Where one other record is left at its system, that becomes the primary one. When it is said again,
     * nothing changes. Takes effect wholly or not at all.
     *
     * @param sync the sync
     * @param ref the record, primary or secondary
     * @throws SyncException of kind NOT_FOUND when the record is not known or was erased, TRANSIENT when others are at the same link
     */
    public void unlink(String sync, RecordRef ref) {
        rooms(sync).linking.unlink(ref);
        schedule.nudge(doing);
    }

    /**
     * Lets a record be followed again that was {@linkplain #unlink unlinked}: it is read, in a link of its own. It stays apart from
     * the link that it was taken out of. Of a record that was not unlinked nothing changes.
     *
     * @param sync the sync
     * @param ref the record
     * @throws SyncException of kind NOT_FOUND when the record is not known or was erased, TRANSIENT when others are at the same link
     */
    public void follow(String sync, RecordRef ref) {
        rooms(sync).linking.follow(ref);
        schedule.nudge(doing);
    }

    /**
     * Does one bounded round of everything whose time has come, in this thread. For engines that were made without threads.
     *
     * @return whether anything was done, and when there will be something to do
     */
    public Worked step() {
        return schedule.step();
    }

    /**
     * Steps until nothing is left to do now: what waits for a time, a person or a paused system is left.
     *
     * @return when there will be something to do
     * @throws SyncException of kind PERMANENT when there is no end to it, which is a fault of an adapter or of the engine
     */
    public Worked drain() {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Worked worked = step();
            if (!worked.any() && !delivery.busy()) {
                return worked;
            }
            rest();
        }
        throw SyncException.of(
                Kind.PERMANENT,
                "there is still work after " + MOST_ROUNDS + " rounds: two systems may answer each other");
    }

    private void rest() {
        try {
            delivery.awaitRest(REST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SyncException.of(Kind.TRANSIENT, "the thread was interrupted; what was done is kept", e);
        }
    }

    /** Ends what is under way, for up to 20 seconds, and gives back leases. The store is left open. Once is enough. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        schedule.close();
        try {
            if (coordinator != null) {
                coordinator.join(REST.toMillis());
            }
            schedule.awaitRest(REST);
            delivery.awaitRest(REST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdown();
        rooms.values().forEach(room -> room.intake.release());
        closeAdapters();
    }

    private void closeAdapters() {
        rooms.values().forEach(room -> Assembly.close(room.context.adapters()));
    }
}
