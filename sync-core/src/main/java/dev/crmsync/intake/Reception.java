package dev.crmsync.intake;

import dev.crmsync.json.EventCodec;
import dev.crmsync.ledger.DeadLetters;
import dev.crmsync.ledger.Shards;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.planning.Rules;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.ReceivesWebhooks;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.DeadLetterRow;
import dev.crmsync.spi.store.InboxEvent;
import dev.crmsync.spi.store.Unit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers webhooks: what is answered with 200 has been stored, and nothing of it has been planned yet. Thread-safe.
 */
public final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    /** A record named by stale webhooks is read at most once in this time. */
    private static final long STALE_SECONDS = 60;

    private static final int LONGEST_KEY = 200;

    private final SyncContext context;
    private final IntakeSettings settings;
    private final EventCodec codec = new EventCodec();

    /**
     * Takes webhooks of a sync.
     *
     * @param context the sync
     * @param settings how events are taken in
     */
    public Reception(SyncContext context, IntakeSettings settings) {
        this.context = context;
        this.settings = settings;
    }

    /**
     * Checks and stores a webhook.
     *
     * @param system the system that it is said to come from
     * @param request the request as it came
     * @return 200 when it is stored, known, stale, of no account, or kept as a dead letter; 401 when its signature is
     *     missing or wrong; 404 when there is no such system or it takes no webhooks; 413 when it is too large; 503 when it
     *     cannot be checked or stored now, and the vendor is to send it again; 500 when the adapter is at fault
     */
    public WebhookAnswer receive(String system, WebhookRequest request) {
        if (request.body().size() > settings.mostBytes()) {
            return new WebhookAnswer(413, "too large");
        }
        Adapter adapter = context.adapters().get(system);
        if (!(adapter instanceof ReceivesWebhooks receiver)) {
            return new WebhookAnswer(404, "no such system");
        }
        Receipt receipt;
        try {
            receipt = Objects.requireNonNull(receiver.receive(request), "receipt");
        } catch (SyncException e) {
            LOG.warn("{}/{}: a webhook could not be checked: {}", context.sync(), system, DeadLetters.reason(e));
            return new WebhookAnswer(503, "cannot be checked now; send it again");
        } catch (RuntimeException e) {
            LOG.error("{}/{}: the adapter threw on a webhook: {}", context.sync(), system, DeadLetters.reason(e));
            return new WebhookAnswer(500, "not understood");
        }
        try {
            return keep(system, request, receipt);
        } catch (RuntimeException e) {
            LOG.warn("{}/{}: a webhook could not be stored: {}", context.sync(), system, DeadLetters.reason(e));
            return new WebhookAnswer(503, "cannot be stored now; send it again");
        }
    }

    private WebhookAnswer keep(String system, WebhookRequest request, Receipt receipt) {
        if (receipt instanceof Receipt.Accepted accepted) {
            int fresh = store(system, accepted.events());
            return new WebhookAnswer(200, fresh > 0 ? "stored" : "nothing new");
        } else if (receipt instanceof Receipt.Stale stale) {
            store(system, stale.records().stream().map(this::gap).toList());
            return new WebhookAnswer(200, "too old to be applied");
        } else if (receipt instanceof Receipt.Malformed malformed) {
            bury(system, malformed.reason(), request.body());
            return new WebhookAnswer(200, "not understood, and kept");
        }
        return new WebhookAnswer(401, "bad signature");
    }

    private int store(String system, List<Receipt.Keyed> events) {
        Rules rules = context.rules().get();
        Instant now = context.now();
        List<InboxEvent> rows = new ArrayList<>();
        for (Receipt.Keyed keyed : events) {
            RecordRef ref = keyed.event().ref();
            if (follows(rules, system, ref)) {
                String key = shortened(keyed.dedupeKey());
                rows.add(new InboxEvent(Shards.of(ref), system, key, now, codec.encode(keyed.event())));
            }
        }
        int fresh = rows.isEmpty() ? 0 : context.store().accept(context.sync(), rows);
        context.listener().received(context.sync(), system, events.size(), fresh);
        return fresh;
    }

    private static boolean follows(Rules rules, String system, RecordRef ref) {
        return ref.system().equals(system)
                && rules.policy().type(ref.type()).isPresent()
                && rules.system(system)
                        .flatMap(known -> known.mapping(ref.type()))
                        .isPresent();
    }

    /** The key is the same throughout a minute, so that a flood of stale webhooks causes one read a minute. */
    private Receipt.Keyed gap(RecordRef ref) {
        Instant now = context.now();
        String key = "stale/" + ref.type() + "/" + ref.id() + "/" + now.getEpochSecond() / STALE_SECONDS;
        ChangeEvent gap = ChangeEvent.of(ref, ChangeKind.GAP, AsOf.at(now), Evidence.EVENT);
        return new Receipt.Keyed(key, gap);
    }

    /** A key that is too long for the store would be refused each time that it is sent again. */
    private static String shortened(String key) {
        return key.length() > LONGEST_KEY ? digest(key) : key;
    }

    private static String digest(String key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return "long/" + HexFormat.of().formatHex(sha.digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void bury(String system, String reason, Bytes body) {
        DeadLetterRow letter = DeadLetters.of(context, DeadLetters.WEBHOOK, system, null, reason, body);
        context.store()
                .commit(
                        context.sync(),
                        List.of(Unit.builder().deadLetter(letter).build()),
                        null);
        context.listener().deadLetter(context.sync(), system, DeadLetters.WEBHOOK, reason);
    }
}
