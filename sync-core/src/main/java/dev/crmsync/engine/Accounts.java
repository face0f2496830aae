package dev.crmsync.engine;

import dev.crmsync.ledger.SyncContext;
import dev.crmsync.pacing.PacedCalls;
import dev.crmsync.pacing.Pacer;
import dev.crmsync.pacing.Sleeper;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.ManagesSubscriptions;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.SetsUp;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.store.Lane;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The accounts of a sync's systems: what has to be there before they can be kept in step. Thread-safe. */
public final class Accounts {
    private final SyncContext context;
    private final PacedCalls calls;

    Accounts(SyncContext context, Map<String, Pacer> pacers, Sleeper sleeper) {
        this.context = context;
        this.calls = new PacedCalls(pacers, sleeper, Lane.LIVE, () -> {});
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
        ManagesSubscriptions manager = manager(system);
        List<String> types = mappings(system).stream().map(Mapping::type).toList();
        return paced(system, () -> manager.subscribe(target, types));
    }

    /**
     * Lists the webhook subscriptions of an account, those that somebody else made included. One that its vendor has disabled
     * after too many failures is not active; {@link #subscribe} makes it active again.
     *
     * @param system the system
     * @return the subscriptions
     * @throws SyncException of kind CONFIGURATION when the vendor has no API for it
     */
    public List<ManagesSubscriptions.Subscription> subscriptions(String system) {
        return paced(system, manager(system)::subscriptions);
    }

    /**
     * Adds a new signing secret to a subscription. It goes to the {@code SecretSink} of the sync before this returns, and both
     * secrets are good while they overlap.
     *
     * @param system the system
     * @param subscription its id, as {@link #subscriptions} tells it
     * @param overlap how long the old secret goes on signing; longer than the host takes to learn of the new one. Where a vendor
     *     knows one secret at a time it cannot be kept: there the host supplies both for so long
     * @throws SyncException of kind CONFIGURATION when the vendor has no API for it
     */
    public void rotateSecret(String system, String subscription, Duration overlap) {
        if (overlap.isNegative()) {
            throw SyncException.configuration("rotateSecret of system " + system + ": overlap is negative: " + overlap
                            + "; zero ends the old secret at once")
                    .inSystem(system);
        }
        ManagesSubscriptions manager = manager(system);
        paced(system, () -> {
            manager.rotateSecret(subscription, overlap);
            return subscription;
        });
    }

    /**
     * Removes a webhook subscription. What is not told from then on is found by polls and walks alone. One that is gone already
     * is no error.
     *
     * @param system the system
     * @param subscription its id, as {@link #subscriptions} tells it
     * @throws SyncException of kind CONFIGURATION when the vendor has no API for it
     */
    public void unsubscribe(String system, String subscription) {
        ManagesSubscriptions manager = manager(system);
        paced(system, () -> {
            manager.unsubscribe(subscription);
            return subscription;
        });
    }

    private ManagesSubscriptions manager(String system) {
        if (!(context.adapter(system) instanceof ManagesSubscriptions subscriptions)) {
            throw SyncException.configuration("system " + system
                            + " has no API for webhook subscriptions; setUp says what a person must click")
                    .inSystem(system);
        }
        return subscriptions;
    }

    private <T> T paced(String system, Supplier<T> call) {
        return calls.call(system, Operation.ADMIN, call);
    }
}
