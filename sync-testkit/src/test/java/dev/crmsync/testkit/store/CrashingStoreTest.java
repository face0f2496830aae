package dev.crmsync.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.crmsync.memory.MemoryStore;
import dev.crmsync.testkit.store.CrashingStore.Moment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CrashingStoreTest {
    private final MemoryStore beneath = new MemoryStore();

    @Test
    void a_crash_before_a_write_leaves_nothing_of_it() {
        CrashingStore store = CrashingStore.at(beneath, 2, Moment.BEFORE);
        store.commit("s", List.of(Bench.unit(Bench.change("a", 0))), null);
        assertThatThrownBy(() -> store.commit("s", List.of(Bench.unit(Bench.change("b", 0))), null))
                .isInstanceOf(SimulatedCrash.class)
                .hasMessage("simulated crash before write 2");
        assertThat(beneath.countLinks("s")).isEqualTo(1);
    }

    @Test
    void a_crash_after_a_write_leaves_it_and_tells_nobody() {
        CrashingStore store = CrashingStore.at(beneath, 1, Moment.AFTER);
        assertThatThrownBy(() -> store.accept("s", List.of(Bench.event(0, "k"))))
                .isInstanceOf(SimulatedCrash.class);
        assertThat(beneath.countPending("s")).isEqualTo(1);
    }

    @Test
    void the_dead_neither_read_nor_write() {
        CrashingStore store = CrashingStore.at(beneath, 1, Moment.BEFORE);
        assertThatThrownBy(() -> store.release("lease", "me")).isInstanceOf(SimulatedCrash.class);
        assertThat(store.crashed()).isTrue();
        assertThatThrownBy(() -> store.countLinks("s")).isInstanceOf(SimulatedCrash.class);
        assertThatThrownBy(() -> store.commit("s", List.of(Bench.unit(Bench.change("a", 0))), null))
                .isInstanceOf(SimulatedCrash.class);
        assertThat(beneath.countLinks("s")).isZero();
    }

    @Test
    void reads_are_not_counted() {
        CrashingStore store = CrashingStore.never(beneath);
        store.countLinks("s");
        store.turns(List.of("s"), Bench.T0, 1);
        store.lease("lease", "me", Bench.T0, Bench.at(9));
        assertThat(store.mutations()).isEqualTo(1);
    }

    @TestFactory
    Stream<DynamicTest> a_store_that_does_not_crash_keeps_every_rule_of_the_contract() {
        CrashingStore store = CrashingStore.never(beneath);
        return StoreContract.rules().stream().map(rule -> dynamicTest(rule.toString(), () -> rule.verify(() -> store)));
    }
}
