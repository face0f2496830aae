package dev.crmsync.testkit.acme;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.crmsync.testkit.adapter.AdapterContract;
import dev.crmsync.testkit.adapter.TestAccount;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class AcmeAdapterContractTest extends AdapterContract {
    @Override
    protected TestAccount open() {
        return new AcmeAccount(AcmeOffice::new);
    }

    @TestFactory
    Stream<DynamicTest> acme_keeps_every_rule() {
        return rules().stream().map(rule -> dynamicTest(rule.toString(), () -> verify(rule)));
    }
}
