package dev.crmsync.testkit.adapter;

import static dev.crmsync.testkit.adapter.AccountBench.equal;
import static dev.crmsync.testkit.adapter.AccountBench.that;

import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.testkit.adapter.AdapterContract.NotClaimed;
import dev.crmsync.testkit.adapter.AdapterContract.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which webhooks are taken, and how events are told apart. */
final class SigningRules {
    private SigningRules() {}

    static List<Rule> rules() {
        return List.of(
                new Rule("A80", ConformanceLevel.DECLARED, "a genuine webhook is taken", SigningRules::a80),
                new Rule(
                        "A81",
                        ConformanceLevel.COMPLETE,
                        "a webhook without a signature, or under another secret, is refused",
                        SigningRules::a81),
                new Rule(
                        "A82",
                        ConformanceLevel.COMPLETE,
                        "a webhook of which one byte was changed is refused, where the signature covers the body",
                        SigningRules::a82),
                new Rule(
                        "A83",
                        ConformanceLevel.COMPLETE,
                        "a webhook that is too old is stale, and names its records",
                        SigningRules::a83),
                new Rule(
                        "A84",
                        ConformanceLevel.COMPLETE,
                        "whatever a stranger sends is refused without an exception",
                        SigningRules::a84),
                new Rule(
                        "A85",
                        ConformanceLevel.COMPLETE,
                        "a webhook that comes again has the same keys and events, at any instance",
                        SigningRules::a85),
                new Rule(
                        "A86",
                        ConformanceLevel.DECLARED,
                        "two events never share a key, and no key is blank or longer than 200 characters",
                        SigningRules::a86),
                new Rule(
                        "A87",
                        ConformanceLevel.COMPLETE,
                        "webhooks that arrive in another order say the same",
                        SigningRules::a87));
    }

    /** An account where something has happened. */
    private static Post lively(AccountBench bench) {
        Post post = Post.of(bench);
        for (int i = 0; i < 2; i++) {
            var record = bench.made();
            if (bench.account instanceof Lever.Hand hand) {
                hand.edit(record, bench.specimen.edited(bench.next()));
            } else {
                bench.change(record, bench.specimen.edited(bench.next()));
            }
        }
        post.requests();
        return post;
    }

    private static void a80(AccountBench bench) {
        for (WebhookRequest request : lively(bench).requests()) {
            Receipt receipt = Post.receive(bench.adapter, request);
            that(receipt instanceof Receipt.Accepted, "a genuine webhook must be Accepted, and is " + kind(receipt));
        }
    }

    private static String kind(Receipt receipt) {
        return receipt.getClass().getSimpleName();
    }

    private static void isRefused(AccountBench bench, WebhookRequest forgery, String what) {
        Receipt receipt = Post.receive(bench.adapter, forgery);
        that(
                receipt instanceof Receipt.BadSignature,
                what + " must be refused with BadSignature, and is " + kind(receipt));
    }

    private static WebhookRequest with(WebhookRequest request, Map<String, List<String>> headers, Bytes body) {
        return new WebhookRequest(request.method(), request.uri(), headers, body);
    }

    private static void a81(AccountBench bench) {
        Post post = lively(bench);
        for (WebhookRequest request : post.requests()) {
            isRefused(bench, with(request, Map.of(), request.body()), "a webhook without headers");
            isRefused(bench, post.lever().forged(request), "a webhook under another secret");
        }
    }

    private static void a82(AccountBench bench) {
        Post post = lively(bench);
        if (!post.lever().signsBodies()) {
            throw new NotClaimed("no signature covers the body");
        }
        WebhookRequest request = post.requests().get(0);
        int length = request.body().size();
        for (int at = 0; at < length; at += Math.max(1, length / 40)) {
            byte[] bytes = request.body().toArray();
            bytes[at] ^= 1;
            isRefused(bench, with(request, request.headers(), Bytes.of(bytes)), "a webhook with another byte at " + at);
        }
        byte[] longer = Arrays.copyOf(request.body().toArray(), length + 1);
        longer[length] = ' ';
        isRefused(bench, with(request, request.headers(), Bytes.of(longer)), "a webhook with a blank at its end");
    }

    private static void a83(AccountBench bench) {
        Post post = lively(bench);
        Duration tolerance =
                post.lever().tolerance().orElseThrow(() -> new NotClaimed("no signature of the vendor covers a time"));
        WebhookRequest request = post.requests().get(0);
        bench.lever(Lever.Time.class).pass(tolerance.plusMinutes(1));
        Receipt receipt = Post.receive(bench.adapter, request);
        if (!(receipt instanceof Receipt.Stale stale)) {
            throw new AssertionError("a webhook older than " + tolerance + " must be Stale, and is " + kind(receipt));
        }
        that(!stale.records().isEmpty(), "a stale webhook must name the records that are to be read anew");
    }

    private static void a84(AccountBench bench) {
        Post post = lively(bench);
        WebhookRequest genuine = post.requests().get(0);
        List<Bytes> bodies = List.of(
                Bytes.EMPTY,
                Bytes.utf8("null"),
                Bytes.utf8("[[]]"),
                Bytes.utf8("{\"data\":{\"id\":{}},\"type\":7"),
                Bytes.utf8("[".repeat(20_000)),
                Bytes.utf8("id=%zz&%"),
                Bytes.of(new byte[] {(byte) 0xff, 0, (byte) 0xc3, 0x28}));
        List<Map<String, List<String>>> headers = new ArrayList<>(List.of(Map.of()));
        genuine.headers().forEach((name, values) -> {
            Map<String, List<String>> odd = new TreeMap<>(genuine.headers());
            odd.put(name, List.of("t=99999999999999999999,v1=zz, ¶"));
            headers.add(odd);
            Map<String, List<String>> none = new TreeMap<>(genuine.headers());
            none.put(name, List.of());
            headers.add(none);
        });
        for (Bytes body : bodies) {
            for (Map<String, List<String>> given : headers) {
                stranger(bench, with(genuine, given, body));
            }
            if (post.lever().signsBodies()) {
                stranger(bench, with(genuine, genuine.headers(), body));
            }
        }
        stranger(bench, new WebhookRequest("GET", "no address", Map.of(), genuine.body()));
    }

    private static void stranger(AccountBench bench, WebhookRequest request) {
        Receipt receipt;
        try {
            receipt = Post.receive(bench.adapter, request);
        } catch (RuntimeException thrown) {
            throw new AssertionError("what a stranger sent led to " + thrown, thrown);
        }
        if (receipt instanceof Receipt.Accepted accepted) {
            that(accepted.events().isEmpty(), "events were taken from a stranger");
        }
    }

    private static void a85(AccountBench bench) {
        Adapter other = bench.another();
        for (WebhookRequest request : lively(bench).requests()) {
            Receipt first = Post.receive(bench.adapter, request);
            equal(keys(Post.receive(bench.adapter, request)), keys(first), "keys of a webhook that came again");
            equal(keys(Post.receive(other, request)), keys(first), "keys of a webhook at another instance");
        }
    }

    private static List<String> keys(Receipt receipt) {
        return Post.keyed(List.of(receipt)).stream()
                .map(Receipt.Keyed::dedupeKey)
                .toList();
    }

    private static void a86(AccountBench bench) {
        Set<String> keys = new HashSet<>();
        Set<ChangeEvent> events = new HashSet<>();
        List<Receipt> receipts = new ArrayList<>();
        lively(bench).requests().forEach(request -> receipts.add(Post.receive(bench.adapter, request)));
        for (Receipt.Keyed one : Post.keyed(receipts)) {
            that(!one.dedupeKey().isBlank(), "a key is blank");
            that(one.dedupeKey().length() <= 200, "a key is longer than 200 characters");
            keys.add(one.dedupeKey());
            events.add(one.event());
        }
        that(
                keys.size() >= events.size(),
                events.size() + " different events share " + keys.size()
                        + " keys: some would be dropped as duplicates");
    }

    private static void a87(AccountBench bench) {
        List<WebhookRequest> requests = new ArrayList<>(lively(bench).requests());
        Map<String, Integer> inOrder = told(bench.another(), requests);
        Collections.reverse(requests);
        equal(told(bench.another(), requests), inOrder, "keys that were told in another order");
    }

    /** How often each key is told, at an instance that has seen nothing yet. */
    private static Map<String, Integer> told(Adapter adapter, List<WebhookRequest> requests) {
        Map<String, Integer> told = new TreeMap<>();
        requests.forEach(request -> Post.keyed(List.of(Post.receive(adapter, request)))
                .forEach(one -> told.merge(
                        one.dedupeKey() + " " + one.event().kind() + " "
                                + one.event().properties().keySet(),
                        1,
                        Integer::sum)));
        return told;
    }
}
