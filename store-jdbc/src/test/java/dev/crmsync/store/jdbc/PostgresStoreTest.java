package dev.crmsync.store.jdbc;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.zaxxer.hikari.HikariDataSource;
import dev.crmsync.testkit.store.StoreContract;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresStoreTest {
    private HikariDataSource pool;

    @BeforeAll
    void connect() {
        pool = Postgres.pool("contract");
    }

    @AfterAll
    void disconnect() {
        pool.close();
    }

    @TestFactory
    Stream<DynamicTest> a_store_in_postgresql_keeps_every_rule_of_the_contract() {
        return StoreContract.rules().stream()
                .map(rule -> dynamicTest(rule.toString(), () -> rule.verify(() -> JdbcStore.on(pool))));
    }
}
