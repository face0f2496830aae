package dev.crmsync.testkit.acme;

import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.acme.BrokenAdapters.Broken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Walks, polls and webhooks, with one mistake each. */
final class BrokenListings {
    /** What {@code A76}'s adapter remembers past its own life. */
    private static final Set<String> SHOWN = ConcurrentHashMap.newKeySet();

    private BrokenListings() {}

    static List<Broken> all() {
        List<Broken> all = new ArrayList<>();
        all.addAll(walking());
        all.addAll(signing());
        return all;
    }

    private static List<Broken> walking() {
        return List.of(
                new Broken(
                        "A70",
                        "a walk that leaves out the last of a page",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            public Page list(String type, @Nullable String cursor) {
                                Page page = super.list(type, cursor);
                                int size = page.events().size();
                                return new Page(page.events().subList(0, Math.max(0, size - 1)), page.next(), true);
                            }
                        }),
                new Broken("A71", "a cursor that only its maker knows", (base, clock) -> new AcmeAdapter(base, clock) {
                    private final Set<String> made = new HashSet<>();

                    @Override
                    public Page list(String type, @Nullable String cursor) {
                        if (cursor != null && cursor.startsWith("c") && !made.contains(cursor)) {
                            return new Page(List.of(), null, true);
                        }
                        Page page = super.list(type, cursor);
                        made.add(String.valueOf(page.next()));
                        return page;
                    }
                }),
                new Broken(
                        "A72",
                        "a bad cursor that begins anew by itself",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            public Page list(String type, @Nullable String cursor) {
                                return super.list(type, cursor != null && cursor.matches("c\\d+") ? cursor : null);
                            }
                        }),
                new Broken("A73", "a fingerprint with the time in it", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public String scopeFingerprint(String type) {
                        return super.scopeFingerprint(type) + clock.instant();
                    }
                }),
                new Broken("A74", "a cursor that goes to the present", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public String cursorAt(String type, Instant time) {
                        return super.cursorAt(type, clock.instant().plusSeconds(1));
                    }
                }),
                new Broken(
                        "A75",
                        "a cursor by the number of rows that were seen",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            private final Set<RecordRef> seen = new HashSet<>();

                            @Override
                            public Page changes(String type, String cursor) {
                                Page page = super.changes(type, cursor);
                                List<ChangeEvent> fresh = page.events().stream()
                                        .filter(event -> seen.size() % 7 != 6 || seen.add(event.ref()))
                                        .filter(event -> seen.add(event.ref()) && seen.size() % 7 != 0)
                                        .toList();
                                return new Page(fresh.isEmpty() ? page.events() : fresh, page.next(), true);
                            }
                        }),
                new Broken("A76", "a poll that shows each record once", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public Page changes(String type, String cursor) {
                        Page page = super.changes(type, cursor);
                        return new Page(
                                page.events().stream()
                                        .filter(event -> SHOWN.add(
                                                event.ref() + " " + event.asOf().from()))
                                        .toList(),
                                page.next(),
                                true);
                    }
                }));
    }

    private static List<Broken> signing() {
        AtomicInteger calls = new AtomicInteger();
        return List.of(
                new Broken("A80", "every other webhook that is refused", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public Receipt receive(WebhookRequest request) {
                        return calls.incrementAndGet() % 2 == 0 ? new Receipt.BadSignature() : super.receive(request);
                    }
                }),
                new Broken(
                        "A81",
                        "a signature that is not looked at where there is none",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            public Receipt receive(WebhookRequest request) {
                                return request.header(AcmePost.HEADER).isPresent()
                                        ? super.receive(request)
                                        : super.receive(AcmePost.signed(
                                                request.body().toUtf8(), clock.instant(), AcmePost.SECRET));
                            }
                        }),
                new Broken(
                        "A82", "a signature over a body without blanks", (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            public Receipt receive(WebhookRequest request) {
                                return super.receive(new WebhookRequest(
                                        request.method(),
                                        request.uri(),
                                        request.headers(),
                                        Bytes.utf8(request.body().toUtf8().strip())));
                            }
                        }),
                new Broken(
                        "A83",
                        "old webhooks that are taken",
                        (base, clock) -> new AcmeAdapter(base, () -> Instant.EPOCH)),
                new Broken(
                        "A84",
                        "a body that is taken apart before it is checked",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            public Receipt receive(WebhookRequest request) {
                                Instant.parse(Form.read(request.body().toUtf8()).getOrDefault("at", "never"));
                                return super.receive(request);
                            }
                        }),
                new Broken("A85", "a key that counts deliveries", (base, clock) -> new AcmeAdapter(base, clock) {
                    private int number;

                    @Override
                    public Receipt receive(WebhookRequest request) {
                        return keyed(super.receive(request), one -> one.dedupeKey() + "-" + number++);
                    }
                }),
                new Broken("A86", "a key that is the record's", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public Receipt receive(WebhookRequest request) {
                        return keyed(
                                super.receive(request), one -> one.event().ref().id());
                    }
                }),
                new Broken(
                        "A87",
                        "events that are dropped when a later one came",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            private Instant latest = Instant.EPOCH;

                            @Override
                            public Receipt receive(WebhookRequest request) {
                                Receipt receipt = super.receive(request);
                                if (receipt instanceof Receipt.Accepted accepted
                                        && !accepted.events().isEmpty()) {
                                    Instant at = accepted.events()
                                            .get(0)
                                            .event()
                                            .asOf()
                                            .from();
                                    if (at.isBefore(latest)) {
                                        return new Receipt.Accepted(List.of());
                                    }
                                    latest = at;
                                }
                                return receipt;
                            }
                        }));
    }

    private static Receipt keyed(Receipt receipt, Function<Receipt.Keyed, String> key) {
        return receipt instanceof Receipt.Accepted accepted
                ? new Receipt.Accepted(accepted.events().stream()
                        .map(one -> new Receipt.Keyed(key.apply(one), one.event()))
                        .toList())
                : receipt;
    }
}
