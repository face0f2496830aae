package dev.crmsync.testkit.acme;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.acme.BrokenAdapters.Broken;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls in trouble, threads, secrets and what is done besides records, with one mistake each. */
final class BrokenUnderTrouble {
    /** What {@code A104}'s adapters share. */
    private static final Set<URI> CLOSED = ConcurrentHashMap.newKeySet();

    private BrokenUnderTrouble() {}

    static List<Broken> all() {
        List<Broken> all = new ArrayList<>();
        all.addAll(troubled());
        all.addAll(unsafe());
        all.addAll(besides());
        return all;
    }

    /** Faults of reads told otherwise. */
    private static Broken faults(String rule, String mistake, Function<SyncException, @Nullable SyncException> other) {
        return new Broken(rule, mistake, (base, clock) -> new AcmeAdapter(base, clock) {
            @Override
            public Read read(RecordRef ref) {
                try {
                    return super.read(ref);
                } catch (SyncException fault) {
                    SyncException told = other.apply(fault);
                    if (told == null) {
                        return new Read.NotVisible();
                    }
                    throw told;
                }
            }
        });
    }

    private static List<Broken> troubled() {
        return List.of(
                faults(
                        "A90",
                        "a delay that is made up",
                        fault -> fault.kind() == Kind.RATE_LIMITED
                                ? fault.withRetryAfter(fault.retryAfter().orElse(Duration.ofSeconds(10)))
                                : fault),
                faults(
                        "A91",
                        "a delay in milliseconds",
                        fault -> fault.retryAfter()
                                .map(delay -> fault.withRetryAfter(Duration.ofMillis(delay.toSeconds())))
                                .orElse(fault)),
                faults(
                        "A92",
                        "an error of the server that is taken for a refusal",
                        fault -> String.valueOf(fault.getMessage()).contains("503")
                                ? SyncException.of(Kind.PERMANENT, "refused")
                                : fault),
                faults(
                        "A93",
                        "a broken connection that hides a record",
                        fault -> String.valueOf(fault.getMessage()).contains("answered 0") ? null : fault),
                faults(
                        "A94",
                        "a gateway's page that hides a record",
                        fault -> String.valueOf(fault.getMessage()).contains("answered 200") ? null : fault),
                new Broken(
                        "A95", "a lost answer that counts as put off", (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            public Outcome write(Write write) {
                                Outcome outcome = super.write(write);
                                return outcome instanceof Outcome.Unknown unknown
                                                && unknown.reason().endsWith(" 0")
                                        ? new Outcome.Deferred(null, null, "nothing came back")
                                        : outcome;
                            }
                        }),
                faults(
                        "A96",
                        "credentials that are tried again",
                        fault -> fault.kind() == Kind.AUTH ? SyncException.of(Kind.TRANSIENT, "not now") : fault),
                new Broken("A97", "reads that are tried again", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public Read read(RecordRef ref) {
                        try {
                            return super.read(ref);
                        } catch (SyncException fault) {
                            return super.read(ref);
                        }
                    }
                }),
                new Broken(
                        "A98", "a listing that is empty when it fails", (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            List<Map<String, String>> page(String path) {
                                try {
                                    return super.page(path);
                                } catch (SyncException fault) {
                                    if (fault.kind() == Kind.TRANSIENT) {
                                        return List.of();
                                    }
                                    throw fault;
                                }
                            }
                        }));
    }

    private static List<Broken> unsafe() {
        return List.of(
                new Broken(
                        "A100",
                        "the record that is read is kept in a field",
                        (base, clock) -> new AcmeAdapter(base, clock) {
                            private volatile @Nullable RecordRef current;

                            @Override
                            public Read read(RecordRef ref) {
                                current = ref;
                                super.read(ref);
                                RecordRef now = current;
                                return super.read(now == null ? ref : now);
                            }
                        }),
                new Broken("A101", "an interrupt that is swallowed", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public Outcome write(Write write) {
                        Outcome outcome = super.write(write);
                        Thread.interrupted();
                        return outcome;
                    }
                }),
                new Broken(
                        "A102", "a read that waits on another thread", (base, clock) -> new AcmeAdapter(base, clock) {
                            @Override
                            public Read read(RecordRef ref) {
                                try {
                                    return super.read(ref);
                                } catch (SyncException fault) {
                                    if (Thread.interrupted()) {
                                        return new Read.NotVisible();
                                    }
                                    throw fault;
                                }
                            }
                        }),
                faults(
                        "A103",
                        "a message with the token",
                        fault -> SyncException.of(fault.kind(), "refused: Bearer " + AcmeVendor.TOKEN)),
                new Broken("A104", "one close for all instances", (base, clock) -> new AcmeAdapter(base, clock) {
                    @Override
                    public Read read(RecordRef ref) {
                        if (CLOSED.contains(base)) {
                            throw SyncException.of(Kind.PERMANENT, "closed");
                        }
                        return super.read(ref);
                    }

                    @Override
                    public void close() {
                        CLOSED.add(base);
                    }
                }));
    }

    private static List<Broken> besides() {
        return List.of(
                new Broken(
                        "A45",
                        "a bag that is replaced and said to be patched",
                        (base, clock) -> new AcmeOffice(base, clock) {
                            @Override
                            public Outcome write(Write write) {
                                Map<String, NativeValue> all = new TreeMap<>(write.properties());
                                if (write.ref() != null
                                        && all.get("extra") instanceof NativeValue.Entries bag
                                        && read(write.ref()) instanceof Read.Found found
                                        && found.record().properties().get("extra")
                                                instanceof NativeValue.Entries held) {
                                    Map<String, NativeValue> whole = new TreeMap<>(held.entries());
                                    whole.replaceAll((key, value) -> NativeValue.EMPTY);
                                    whole.putAll(bag.entries());
                                    all.put("extra", new NativeValue.Entries(whole));
                                }
                                return super.write(new Write(
                                        write.key(),
                                        write.type(),
                                        write.ref(),
                                        all,
                                        write.externalId(),
                                        write.idempotencyKey()));
                            }
                        }),
                new Broken("A66", "new records that nobody is told of", (base, clock) -> new AcmeOffice(base, clock) {
                    @Override
                    TypeDeclaration contacts() {
                        return super.contacts().without(Operation.LIST_CHANGES);
                    }

                    @Override
                    public Receipt receive(WebhookRequest request) {
                        return request.body().toUtf8().contains("p.phone")
                                ? new Receipt.Accepted(List.of())
                                : super.receive(request);
                    }
                }),
                new Broken("A110", "a set-up that makes all again", (base, clock) -> new AcmeOffice(base, clock) {
                    @Override
                    public List<SetupStep> setUp(List<Mapping> mappings, boolean dryRun) {
                        return super.setUp(mappings, dryRun).stream()
                                .map(step -> new SetupStep(SetupStep.State.MADE, step.what()))
                                .toList();
                    }
                }),
                new Broken("A111", "a property that is described twice", (base, clock) -> new AcmeOffice(base, clock) {
                    @Override
                    public List<NativeProperty> describe(String type) {
                        List<NativeProperty> twice = new ArrayList<>(super.describe(type));
                        twice.addAll(super.describe(type));
                        return twice;
                    }
                }),
                new Broken(
                        "A112", "an archive that is done in words only", (base, clock) -> new AcmeOffice(base, clock) {
                            @Override
                            public Outcome archive(RecordRef ref) {
                                return new Outcome.Done(ref, null);
                            }
                        }),
                new Broken("A113", "a subscription at each start", (base, clock) -> new AcmeOffice(base, clock) {
                    private int starts;

                    @Override
                    public Subscription subscribe(URI target, List<String> types) {
                        return super.subscribe(URI.create(target + "?start=" + ++starts), types);
                    }
                }),
                new Broken(
                        "A114",
                        "a label that is made by each repeated call",
                        (base, clock) -> new AcmeOffice(base, clock) {
                            private int calls;

                            @Override
                            public Tag createTag(String name, String idempotencyKey) {
                                return super.createTag(name + " " + ++calls, idempotencyKey);
                            }
                        }),
                new Broken(
                        "A115",
                        "a segment that is empty where it is not there",
                        (base, clock) -> new AcmeOffice(base, clock) {
                            @Override
                            public Members members(String segment, @Nullable String cursor) {
                                return segment.matches("s\\d+")
                                        ? super.members(segment, cursor)
                                        : new Members(List.of(), null, true);
                            }
                        }),
                new Broken("A116", "a replay of what was delivered", (base, clock) -> new AcmeOffice(base, clock) {
                    @Override
                    public Replayed replay(Instant from, Instant to) {
                        return new Replayed(7, false);
                    }
                }));
    }
}
