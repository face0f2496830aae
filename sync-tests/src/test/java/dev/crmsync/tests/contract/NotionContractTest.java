package dev.crmsync.tests.contract;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.crmsync.testkit.adapter.AdapterContract;
import dev.crmsync.testkit.adapter.TestAccount;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class NotionContractTest extends AdapterContract {
    @Override
    protected TestAccount open() {
        return new NotionAccount();
    }

    @TestFactory
    Stream<DynamicTest> contacts_of_notion_keep_the_contract() {
        return rules().stream().map(rule -> dynamicTest(rule.toString(), () -> verify(rule)));
    }
}
