package dev.crmsync.engine;

import dev.crmsync.delivery.DeliverySettings;
import dev.crmsync.discovery.ProviderLoader;
import dev.crmsync.discovery.Providers;
import dev.crmsync.intake.IntakeSettings;
import dev.crmsync.ledger.SyncListener;
import dev.crmsync.pacing.Sleeper;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.AdapterProvider;
import dev.crmsync.spi.resolver.Resolver;
import dev.crmsync.spi.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers what an engine is made from. A store and at least one sync are needed; the rest has defaults. Not thread-safe. */
public final class SyncEngineBuilder {
    private @Nullable Store store;
    private final Map<String, Sync> syncs = new LinkedHashMap<>();
    private final List<AdapterProvider> providers = new ArrayList<>();
    private ProviderLoader loader = ProviderLoader.of(SyncEngineBuilder.class.getClassLoader());
    private InstantSource clock = InstantSource.system();
    private @Nullable Supplier<String> ids;
    private DoubleSupplier jitter = () -> ThreadLocalRandom.current().nextDouble();
    private SyncListener listener = SyncListener.NONE;
    private Sleeper sleeper = Sleeper.SYSTEM;
    private @Nullable Executor executor;
    private Duration window = IntakeSettings.WINDOW;
    private int mostBytes = IntakeSettings.MOST_BYTES;
    private @Nullable Duration claim;
    private int attempts = DeliverySettings.of("").attempts();
    private @Nullable Predicate<String> recorded;
    private final Map<String, Options.Candidate> shadows = new LinkedHashMap<>();
    private Duration inboxAge = Duration.ofDays(35);
    private Duration journalAge = Duration.ofDays(400);

    SyncEngineBuilder() {}

    /**
     * Says where state is kept. The store stays the caller's to close.
     *
     * @param kept the store
     * @return this
     */
    public SyncEngineBuilder store(Store kept) {
        store = Objects.requireNonNull(kept, "store");
        return this;
    }

    /**
     * Adds a sync.
     *
     * @param sync its definition
     * @return this
     * @throws SyncException of kind CONFIGURATION when there is one of that name already
     */
    public SyncEngineBuilder sync(Sync sync) {
        if (syncs.putIfAbsent(sync.name(), sync) != null) {
            throw SyncException.configuration(
                    "the engine has a sync '" + sync.name() + "' already; give the second one another name");
        }
        return this;
    }

    /**
     * Registers a provider of adapters. It wins over those on the class path.
     *
     * @param provider the provider
     * @return this
     */
    public SyncEngineBuilder provider(AdapterProvider provider) {
        providers.add(Objects.requireNonNull(provider, "provider"));
        return this;
    }

    /**
     * Says how providers are found that nobody registered.
     *
     * @param found the loader; unless given, what {@link java.util.ServiceLoader} finds beside this library
     * @return this
     */
    public SyncEngineBuilder loader(ProviderLoader found) {
        loader = Objects.requireNonNull(found, "loader");
        return this;
    }

    /**
     * Gives the engine's clock.
     *
     * @param source the clock; unless given, that of the system
     * @return this
     */
    public SyncEngineBuilder clock(InstantSource source) {
        clock = Objects.requireNonNull(source, "clock");
        return this;
    }

    /**
     * Gives the source of ids.
     *
     * @param source supplies ids of 1 to 28 characters that no other call on any machine supplies
     * @return this
     */
    public SyncEngineBuilder ids(Supplier<String> source) {
        ids = Objects.requireNonNull(source, "ids");
        return this;
    }

    /**
     * Gives the source of chance for waits between attempts.
     *
     * @param source supplies numbers from 0 (inclusive) to 1 (exclusive)
     * @return this
     */
    public SyncEngineBuilder jitter(DoubleSupplier source) {
        jitter = Objects.requireNonNull(source, "jitter");
        return this;
    }

    /**
     * Gives a listener for progress and metrics.
     *
     * @param told is told what happens
     * @return this
     */
    public SyncEngineBuilder listener(SyncListener told) {
        listener = Objects.requireNonNull(told, "listener");
        return this;
    }

    /**
     * Says how a backfill lets time pass while a vendor asks to be left alone.
     *
     * @param passing the sleeper; unless given, the calling thread sleeps
     * @return this
     */
    public SyncEngineBuilder sleeper(Sleeper passing) {
        sleeper = Objects.requireNonNull(passing, "sleeper");
        return this;
    }

    /**
     * Says what runs the calls of adapters, such as virtual threads.
     *
     * @param calls the executor, the caller's to shut down; unless given, threads of the engine's own, or in a stepping
     *     engine the thread that steps
     * @return this
     */
    public SyncEngineBuilder executor(Executor calls) {
        executor = Objects.requireNonNull(calls, "executor");
        return this;
    }

    /**
     * Says how long the events of one record are gathered before they are planned together.
     *
     * @param gathered the time since the first of them, not negative; 250 ms unless given
     * @return this
     */
    public SyncEngineBuilder gatherWindow(Duration gathered) {
        refuse(gathered.isNegative(), "gatherWindow", "a time that is not negative");
        window = gathered;
        return this;
    }

    /**
     * Says how large a webhook may be.
     *
     * @param bytes the most bytes of a body, above 0; 1 MiB unless given
     * @return this
     */
    public SyncEngineBuilder mostWebhookBytes(int bytes) {
        refuse(bytes < 1, "mostWebhookBytes", "a number of bytes above 0");
        mostBytes = bytes;
        return this;
    }

    /**
     * Says after what time work that an engine has taken up and not finished is taken up by another.
     *
     * @param time longer than the slowest call of an adapter; 5 minutes unless given
     * @return this
     */
    public SyncEngineBuilder claims(Duration time) {
        refuse(notAboveZero(time), "claims", "a time above zero, longer than the slowest call of an adapter");
        claim = time;
        return this;
    }

    /**
     * Says how often work is tried before it becomes a dead letter. While its system answers nobody at all, it is the system
     * that is out, and its work is tried once an hour for about four days more.
     *
     * @param most above 0; 12 unless given
     * @return this
     */
    public SyncEngineBuilder attempts(int most) {
        refuse(most < 1, "attempts", "a number above 0");
        attempts = most;
        return this;
    }

    /**
     * Keeps the inputs of links in their journals, so that what was decided on them can be planned again elsewhere, and other
     * policies can be tried on them. They hold personal data, are kept as long as the journal, and go with whoever is erased.
     *
     * @param links which links are recorded, by id; {@code link -> true} for all of them
     * @return this
     */
    public SyncEngineBuilder recordInputs(Predicate<String> links) {
        recorded = Objects.requireNonNull(links, "links");
        return this;
    }

    /**
     * Lets a candidate plan each input of a sync once more, from the same link, after it was committed. It writes nothing and
     * changes nothing; where it would have done otherwise is told to the listener and counted in {@link SyncEngine#shadow}.
     *
     * @param sync the sync's name
     * @param candidate the policy that is tried
     * @param resolvers the resolvers that it names, beyond those of the sync
     * @return this
     */
    public SyncEngineBuilder shadow(String sync, Policy candidate, Resolver... resolvers) {
        shadows.put(sync, new Options.Candidate(candidate, List.of(resolvers)));
        return this;
    }

    /**
     * Says how long what is over is remembered.
     *
     * @param inbox how long processed events are known, so that they do nothing when they are sent again; 35 days unless
     *     given
     * @param journal how long decisions can be explained; 400 days unless given
     * @return this
     */
    public SyncEngineBuilder remember(Duration inbox, Duration journal) {
        refuse(notAboveZero(inbox) || notAboveZero(journal), "remember", "times above zero");
        inboxAge = inbox;
        journalAge = journal;
        return this;
    }

    private static boolean notAboveZero(Duration time) {
        return time.isNegative() || time.isZero();
    }

    private static void refuse(boolean wrong, String setting, String remedy) {
        if (wrong) {
            throw SyncException.configuration("the engine's setting " + setting + " makes no sense; give it " + remedy)
                    .about(setting);
        }
    }

    /**
     * Starts an engine with threads of its own.
     *
     * @return the engine, to be closed
     * @throws SyncException of kind CONFIGURATION when something is missing or wrong; the message says what to do
     */
    public SyncEngine start() {
        SyncEngine engine = build(true);
        engine.run();
        return engine;
    }

    /**
     * Makes an engine without threads: it does something only when {@link SyncEngine#step()} is called.
     *
     * @return the engine, to be closed
     * @throws SyncException of kind CONFIGURATION when something is missing or wrong; the message says what to do
     */
    public SyncEngine stepping() {
        return build(false);
    }

    private Options options() {
        for (String sync : shadows.keySet()) {
            if (!syncs.containsKey(sync)) {
                throw SyncException.configuration("a shadow is given for the sync '" + sync + "', and the engine has "
                        + syncs.keySet() + "; name one of these");
            }
        }
        return new Options(recorded, shadows);
    }

    private SyncEngine build(boolean threads) {
        Store kept = store;
        if (kept == null) {
            throw SyncException.configuration("the engine has no store: state must outlive the process. Give one with"
                    + " .store(JdbcStore.h2(path)), of dev.crmsync:store-jdbc, or in tests with"
                    + " .store(new MemoryStore())");
        }
        if (syncs.isEmpty()) {
            throw SyncException.configuration(
                    "the engine has no sync; define one with .sync(Sync.named(name).system(..).policy(..))");
        }
        Supplier<String> source = ids == null ? new Ids(clock) : ids;
        String owner = source.get();
        DeliverySettings usual = DeliverySettings.of(owner);
        DeliverySettings delivery = new DeliverySettings(
                owner,
                claim == null ? usual.claim() : claim,
                usual.rows(),
                usual.parallel(),
                attempts,
                usual.shortest(),
                usual.longest());
        return new SyncEngine(
                List.copyOf(syncs.values()),
                new Seams(kept, clock, source, jitter, Providers.of(providers, loader), listener, sleeper, options()),
                new IntakeSettings(owner, window, IntakeSettings.LEASE, mostBytes),
                delivery,
                new Upkeep.Ages(inboxAge, journalAge),
                threads ? Threads.of(executor) : Threads.none(executor));
    }
}
