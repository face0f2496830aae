package dev.crmsync.testkit.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.store.Store;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of stores is itself tested: rules find the stores that were made to break them. */
class BrokenStoresAreCaughtTest {
    static List<BrokenStores.Broken> broken() {
        return BrokenStores.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void a_broken_store_is_found_by_the_rule_meant_for_it(BrokenStores.Broken broken) {
        StoreContract.Rule rule = StoreContract.rules().stream()
                .filter(one -> one.number().equals(broken.rule()))
                .findFirst()
                .orElseThrow();
        Store store = broken.open();
        assertThatThrownBy(() -> rule.verify(() -> store))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(broken.rule() + " ")
                .hasMessageContaining("—");
    }
}
