package dev.crmsync.tests.contract;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.crmsync.testkit.adapter.AdapterContract;
import dev.crmsync.testkit.adapter.TestAccount;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class HubSpotContractTest extends AdapterContract {
    @Override
    protected TestAccount open() {
        return new HubSpotAccount();
    }

    @TestFactory
    Stream<DynamicTest> contacts_of_hubspot_keep_the_contract() {
        return rules().stream().map(rule -> dynamicTest(rule.toString(), () -> verify(rule)));
    }
}
