package dev.crmsync.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.InboxRow;
import dev.crmsync.spi.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A law that cannot be broken proves nothing: each is broken here by an adapter or a store that misbehaves as some do. */
class LawsCanBreakTest {
    private static final int SEEDS = 12;

    /** The laws that some history breaks when the toy world is sabotaged in this way. */
    private static Set<Integer> brokenBy(Sabotage how) {
        Set<Integer> laws = new TreeSet<>();
        for (SyncSimulator simulator : List.of(ToyPolicies.guide(), ToyPolicies.free())) {
            SyncSimulator sabotaged = simulator.dials(Dials.storm()).broken(how);
            for (long seed = 0; seed < SEEDS; seed++) {
                sabotaged.run(seed).violations().forEach(violation -> laws.add(violation.law()));
            }
        }
        return laws;
    }

    private static Sabotage adapters(UnaryOperator<ToySystem> broken) {
        return new Sabotage() {
            @Override
            public ToySystem adapter(ToySystem honest) {
                return broken.apply(honest);
            }
        };
    }

    @Test
    void law_1_an_adapter_that_writes_more_than_it_was_told_clobbers() {
        assertThat(brokenBy(adapters(honest -> new ToySystem(honest.vendor, honest.wire) {
                    @Override
                    public Outcome write(Write write) {
                        Map<String, NativeValue> more = new TreeMap<>(write.properties());
                        more.put(Shape.PRIVATE, NativeValue.number(0));
                        return super.write(new Write(
                                write.key(),
                                write.type(),
                                write.ref(),
                                more,
                                write.externalId(),
                                write.idempotencyKey()));
                    }
                })))
                .contains(1);
    }

    @Test
    void law_2_a_vendor_that_changes_what_it_is_given_and_does_not_declare_it_is_written_to_again_and_again() {
        assertThat(brokenBy(adapters(honest -> new ToySystem(honest.vendor, honest.wire) {
                    private int writes;

                    @Override
                    public Outcome write(Write write) {
                        Map<String, NativeValue> other = new TreeMap<>(write.properties());
                        if (writes < 3 && other.containsKey(Shape.PHONE)) {
                            other.put(Shape.PHONE, NativeValue.text("+62815000000" + writes++));
                        }
                        return super.write(new Write(
                                write.key(),
                                write.type(),
                                write.ref(),
                                other,
                                write.externalId(),
                                write.idempotencyKey()));
                    }
                })))
                .contains(2);
    }

    @Test
    void law_3_an_adapter_that_says_done_and_does_nothing_leaves_the_systems_apart() {
        assertThat(brokenBy(adapters(honest -> new ToySystem(honest.vendor, honest.wire) {
                    @Override
                    public Outcome write(Write write) {
                        Outcome outcome = super.write(
                                write.ref() == null
                                        ? write
                                        : new Write(write.key(), write.type(), write.ref(), Map.of(), null, null));
                        return outcome instanceof Outcome.Done done ? new Outcome.Done(done.ref(), null) : outcome;
                    }
                })))
                .contains(3);
    }

    @Test
    void law_4_an_adapter_that_swallows_an_event_loses_it_in_silence() {
        assertThat(brokenBy(adapters(honest -> new ToySystem(honest.vendor, honest.wire) {
                    @Override
                    public Receipt receive(WebhookRequest request) {
                        return new Receipt.Accepted(List.of());
                    }
                })))
                .contains(4);
    }

    @Test
    void law_5_an_adapter_that_dates_events_by_their_arrival_lets_a_replay_change_values() {
        assertThat(brokenBy(adapters(honest -> new ToySystem(honest.vendor, honest.wire) {
                    @Override
                    public Receipt receive(WebhookRequest request) {
                        Receipt.Accepted accepted = (Receipt.Accepted) super.receive(request);
                        return new Receipt.Accepted(accepted.events().stream()
                                .map(keyed -> new Receipt.Keyed(keyed.dedupeKey(), arrived(keyed.event())))
                                .toList());
                    }

                    private ChangeEvent arrived(ChangeEvent event) {
                        return new ChangeEvent(
                                event.ref(),
                                event.kind(),
                                event.properties(),
                                event.full(),
                                AsOf.at(vendor.clock()),
                                event.origin(),
                                event.evidence(),
                                event.otherRef());
                    }
                })))
                .contains(5);
    }

    @Test
    void law_6_an_adapter_that_forgets_the_key_makes_people_twice() {
        assertThat(brokenBy(adapters(honest -> new ToySystem(honest.vendor, honest.wire) {
                    @Override
                    public Outcome write(Write write) {
                        return super.write(
                                new Write(write.key(), write.type(), write.ref(), write.properties(), null, null));
                    }
                })))
                .contains(6);
    }

    @Test
    void law_8_a_store_that_gives_the_newest_event_first_breaks_the_order() {
        assertThat(brokenBy(new Sabotage() {
                    @Override
                    public Store store(Store honest) {
                        return newestFirst(honest);
                    }
                }))
                .contains(8);
    }

    private static Set<Integer> brokenInGriefBy(Sabotage how) {
        Set<Integer> laws = new TreeSet<>();
        for (SyncSimulator simulator : List.of(ToyPolicies.mourning(), ToyPolicies.parting())) {
            SyncSimulator sabotaged =
                    simulator.dials(Dials.storm().removing(25)).broken(how);
            for (long seed = 0; seed < SEEDS; seed++) {
                sabotaged.run(seed).violations().forEach(violation -> laws.add(violation.law()));
            }
        }
        return laws;
    }

    @Test
    void law_1_an_adapter_that_archives_another_record_than_it_was_told_archives_who_is_alive() {
        assertThat(brokenInGriefBy(adapters(honest -> new ToySystem(honest.vendor, honest.wire) {
                    @Override
                    public Outcome archive(RecordRef ref) {
                        return super.archive(vendor.all().stream()
                                .map(record -> record.ref)
                                .filter(other -> !other.equals(ref))
                                .findFirst()
                                .orElse(ref));
                    }
                })))
                .contains(1);
    }

    @Test
    void law_9_a_store_that_forgets_what_was_counted_goes_over_the_budget() {
        assertThat(brokenInGriefBy(new Sabotage() {
                    @Override
                    public Store store(Store honest) {
                        return forgetful(honest);
                    }
                }))
                .contains(9);
    }

    private static Store forgetful(Store honest) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, args) -> {
                    try {
                        boolean asked = method.getName().equals("cursor") && "archives".equals(args[1]);
                        return asked ? Optional.empty() : method.invoke(honest, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Store newestFirst(Store honest) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, args) -> {
                    try {
                        Object answer = method.invoke(honest, args);
                        if (!method.getName().equals("pending")) {
                            return answer;
                        }
                        List<InboxRow> rows = new ArrayList<>();
                        ((List<?>) answer).forEach(row -> rows.add((InboxRow) row));
                        Collections.reverse(rows);
                        return rows;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
