package dev.crmsync.engine;

import dev.crmsync.ledger.SyncContext;
import dev.crmsync.pacing.Pacer;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.safety.Sleeper;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.ManagesSubscriptions;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.mapping.Mapping;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The accounts of a sync's systems: what has to be there before they can be kept in step. Thread-safe. */
public final class Accounts {
    private static final int TRIES = 5;

    /** How long a system is left alone that limits us and does not say for how long. */
    private static final Duration UNTOLD = Duration.ofSeconds(10);

    private final SyncContext context;
    private final Map<String, Pacer> pacers;
    private final Sleeper sleeper;

    Accounts(SyncContext context, Map<String, Pacer> pacers, Sleeper sleeper) {
        this.context = context;
        this.pacers = Map.copyOf(pacers);
        this.sleeper = sleeper;
    }

    /**
     * Prepares all accounts: makes what is missing and can be made. Repeating it changes nothing. It waits in the calling
     * thread for as long as a vendor asks for.
     *
     * @param dryRun true to say what would be done and do nothing
     * @return for each system that can be set up the steps: found, made, or left for a person
     */
    public SortedMap<String, List<SetupStep>> setUp(boolean dryRun) {
        SortedMap<String, List<SetupStep>> steps = new TreeMap<>();
        context.adapters().forEach((system, adapter) -> {
            if (adapter instanceof SetsUp setsUp) {
                steps.put(system, paced(system, () -> setsUp.setUp(mappings(system), dryRun)));
            }
        });
        return steps;
    }

    private List<Mapping> mappings(String system) {
        var rules = context.rules().get();
        return rules.system(system).map(SystemRules::mappings).stream()
                .flatMap(mappings -> mappings.values().stream())
                .filter(mapping -> rules.policy().type(mapping.type()).isPresent())
                .toList();
    }

    /**
     * Makes sure that a system sends its webhooks to an address.
     *
     * @param system the system
     * @param target where they go: what the host hands to {@link SyncEngine#receive}
     * @return the subscription
     * @throws SyncException of kind CONFIGURATION when the vendor has no API for it
     */
    public ManagesSubscriptions.Subscription subscribe(String system, URI target) {
        if (!(context.adapter(system) instanceof ManagesSubscriptions subscriptions)) {
            throw SyncException.configuration("system " + system
                            + " has no API for webhook subscriptions; setUp says what a person must click")
                    .inSystem(system);
        }
        List<String> types = mappings(system).stream().map(Mapping::type).toList();
        return paced(system, () -> subscriptions.subscribe(target, types));
    }

    /** Makes a call when there is room for it, and again when the vendor limits us: all of them may be repeated. */
    private <T> T paced(String system, Supplier<T> call) {
        Pacer pacer = Objects.requireNonNull(pacers.get(system), system);
        for (int tries = 1; ; tries++) {
            Duration wait = pacer.acquire(Operation.ADMIN);
            while (!wait.isZero()) {
                sleep(wait);
                wait = pacer.acquire(Operation.ADMIN);
            }
            try {
                return call.get();
            } catch (SyncException e) {
                if (e.kind() != Kind.RATE_LIMITED || tries == TRIES) {
                    throw e;
                }
                pacer.block(Operation.ADMIN, e.retryAfter().orElse(UNTOLD));
            }
        }
    }

    private void sleep(Duration time) {
        try {
            sleeper.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SyncException.of(Kind.TRANSIENT, "the thread was interrupted; call again, it goes on from there", e);
        }
    }
}
