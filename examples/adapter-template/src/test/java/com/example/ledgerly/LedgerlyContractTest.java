package com.example.ledgerly;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.crmsync.testkit.adapter.AdapterContract;
import dev.crmsync.testkit.adapter.ConformanceLevel;
import dev.crmsync.testkit.adapter.TestAccount;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The adapter against its contract, rule by rule, each at an account of its own. */
class LedgerlyContractTest extends AdapterContract {
    @Override
    protected TestAccount open() {
        return new LedgerlyAccount();
    }

    @TestFactory
    Stream<DynamicTest> each_rule_is_kept() {
        return rules().stream().map(rule -> dynamicTest(rule.toString(), () -> verify(rule)));
    }

    @Test
    void the_contract_is_kept_completely() {
        System.out.println(verify(ConformanceLevel.COMPLETE).summary());
    }
}
