package dev.crmsync.tests.contract;

import dev.crmsync.testkit.adapter.AdapterContract;
import dev.crmsync.testkit.adapter.ConformanceLevel;
import dev.crmsync.testkit.adapter.ConformanceReport;
import dev.crmsync.testkit.adapter.TestAccount;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PipedriveDealsContractTest extends AdapterContract {
    @Override
    protected TestAccount open() {
        return new PipedriveAccount(true);
    }

    @Test
    void deals_of_pipedrive_keep_the_whole_contract_as_the_page_says() throws IOException {
        ConformanceReport report = verify(ConformanceLevel.COMPLETE);
        ContractPage.says(report);
    }
}
