package dev.crmsync.testkit.store;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.crmsync.memory.MemoryStore;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class MemoryStoreTest {
    @TestFactory
    Stream<DynamicTest> the_memory_store_keeps_every_rule_of_the_contract() {
        MemoryStore store = new MemoryStore();
        return StoreContract.rules().stream().map(rule -> dynamicTest(rule.toString(), () -> rule.verify(() -> store)));
    }
}
