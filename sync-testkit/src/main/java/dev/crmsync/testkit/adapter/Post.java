package dev.crmsync.testkit.adapter;

import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.ReceivesWebhooks;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.List;

/** The webhooks of an account, each received once and in time. */
final class Post {
    private final AccountBench bench;
    private final Lever.Webhooks lever;
    private final List<WebhookRequest> requests = new ArrayList<>();
    private final List<Receipt> receipts = new ArrayList<>();

    private Post(AccountBench bench) {
        this.bench = bench;
        bench.can(ReceivesWebhooks.class);
        lever = bench.lever(Lever.Webhooks.class);
    }

    static Post of(AccountBench bench) {
        return new Post(bench);
    }

    /** Receives what has arrived since, and answers with all there is. */
    List<ChangeEvent> take() {
        List<WebhookRequest> all = lever.delivered();
        for (WebhookRequest request : all.subList(requests.size(), all.size())) {
            requests.add(request);
            receipts.add(receive(bench.adapter, request));
        }
        List<ChangeEvent> events = new ArrayList<>();
        keyed(receipts).forEach(one -> events.add(one.event()));
        return events;
    }

    /** What was told of a record so far. */
    List<ChangeEvent> about(RecordRef record) {
        return take().stream().filter(event -> event.ref().equals(record)).toList();
    }

    /** The requests so far, of which there must be some. */
    List<WebhookRequest> requests() {
        take();
        AccountBench.that(!requests.isEmpty(), "no webhook has arrived: the account must be subscribed");
        return List.copyOf(requests);
    }

    Lever.Webhooks lever() {
        return lever;
    }

    static Receipt receive(Adapter adapter, WebhookRequest request) {
        return ((ReceivesWebhooks) adapter).receive(request);
    }

    static List<Receipt.Keyed> keyed(List<Receipt> receipts) {
        return receipts.stream()
                .filter(Receipt.Accepted.class::isInstance)
                .flatMap(receipt -> ((Receipt.Accepted) receipt).events().stream())
                .toList();
    }
}
