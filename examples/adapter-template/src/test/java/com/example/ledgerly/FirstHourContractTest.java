package com.example.ledgerly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.SecretSink;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.AdapterContract;
import dev.crmsync.testkit.adapter.ConformanceLevel;
import dev.crmsync.testkit.adapter.ConformanceReport;
import dev.crmsync.testkit.adapter.Lever;
import dev.crmsync.testkit.adapter.Specimen;
import dev.crmsync.testkit.adapter.TestAccount;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the kit says after the first hour: reads, and an account with one lever. Delete it once you are beyond. */
class FirstHourContractTest extends AdapterContract {
    @Override
    protected TestAccount open() {
        return new FirstHourAccount(new LedgerlyAccount());
    }

    @Test
    void an_adapter_that_only_reads_reaches_basic() {
        ConformanceReport report = measure();
        System.out.println(report.summary());
        assertThat(report.level()).isEqualTo(ConformanceLevel.BASIC);
    }

    /** The hand makes the contacts that an adapter without writes cannot make. */
    private record FirstHourAccount(LedgerlyAccount whole) implements TestAccount, Lever.Hand {
        @Override
        public Adapter adapter() {
            return new FirstHourAdapter(new AdapterConfig(
                    LedgerlyAccount.SYSTEM,
                    LedgerlyAccount.settings(whole.vendor.url()),
                    LedgerlyAccount.keys(),
                    SecretSink.refusing(),
                    whole.vendor.books::now,
                    report -> {}));
        }

        @Override
        public Specimen specimen() {
            return whole.specimen();
        }

        @Override
        public Set<String> secrets() {
            return whole.secrets();
        }

        @Override
        public RecordRef make(Map<String, NativeValue> properties) {
            return whole.make(properties);
        }

        @Override
        public void edit(RecordRef record, Map<String, NativeValue> properties) {
            whole.edit(record, properties);
        }

        @Override
        public void close() {
            whole.close();
        }
    }
}
