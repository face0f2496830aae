package dev.crmsync.adapter.pipedrive;

import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Quota;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;

/**
 * What each kind of call costs of the day's tokens. Leads and notes are of the first version of the API, whose calls cost twice as
 * much; where a kind of call is made of several, their sum counts.
 *
 * @see <a href="https://pipedrive.readme.io/docs/core-api-concepts-rate-limiting">Pipedrive: rate limiting</a>
 */
final class Tokens {
    private static final long GET = 1;
    private static final long LIST = 10;
    private static final long WRITE = 5;
    private static final long SEARCH = 20;

    private Tokens() {}

    static Quota quota(Settings settings) {
        boolean leads = ObjectKind.LEAD.equals(settings.tickets());
        long old = leads ? 2 : 1;
        Map<Operation, Long> costs = new EnumMap<>(Operation.class);
        costs.put(Operation.READ_ONE, GET * old);
        costs.put(Operation.READ_MANY, LIST);
        costs.put(Operation.LIST_CHANGES, LIST * old);
        costs.put(Operation.LIST_ALL, LIST * old);
        costs.put(Operation.LIST_MEMBERS, LIST);
        // An array is read before it is written; a note or lead costs as much as both together.
        costs.put(Operation.WRITE_ONE, leads || ObjectKind.NOTE.equals(settings.messages()) ? 2 * WRITE : GET + WRITE);
        costs.put(Operation.FIND, SEARCH + GET * old);
        costs.put(Operation.ADMIN, SEARCH);
        return new Quota(
                Limits.TOKENS, settings.tokensPerDay(), Duration.ofDays(1), EnumSet.allOf(Operation.class), costs);
    }
}
