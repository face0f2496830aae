package dev.crmsync.store.jdbc;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.crmsync.spi.store.Store;
import dev.crmsync.testkit.store.StoreContract;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class H2FileStoreTest {
    private Path folder;
    private Store store;

    @BeforeAll
    void open(@TempDir Path empty) {
        folder = empty;
        store = JdbcStore.h2(folder.resolve("sync"));
    }

    @AfterAll
    void close() {
        store.close();
    }

    @TestFactory
    Stream<DynamicTest> a_store_in_an_h2_file_keeps_every_rule_of_the_contract() {
        // A file is one process's: both engines of a rule share its store.
        return StoreContract.rules().stream()
                .map(rule -> dynamicTest(rule.toString(), () -> rule.verify(() -> Unclosed.view(store))));
    }

    @TestFactory
    Stream<DynamicTest> two_stores_on_one_pool_keep_every_rule_of_the_contract() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:file:" + folder.resolve("pooled") + ";WRITE_DELAY=0;LOCK_TIMEOUT=20000");
        config.setMaximumPoolSize(16);
        HikariDataSource pool = new HikariDataSource(config);
        return StoreContract.rules().stream()
                .map(rule -> dynamicTest(rule.toString(), () -> rule.verify(() -> JdbcStore.on(pool))))
                .onClose(pool::close);
    }
}
