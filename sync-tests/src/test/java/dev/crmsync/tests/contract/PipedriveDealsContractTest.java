package dev.crmsync.tests.contract;

import dev.crmsync.testkit.adapter.AdapterContract;
import dev.crmsync.testkit.adapter.ConformanceLevel;
import dev.crmsync.testkit.adapter.ConformanceReport;
import dev.crmsync.testkit.adapter.TestAccount;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipedriveDealsContractTest extends AdapterContract {
    @Override
    protected TestAccount open() {
        return new PipedriveAccount(true);
    }

    @Override
    protected Map<String, String> notMeasured() {
        String reason = "the stand-in merges persons only";
        return Map.of("A16", reason, "A65", reason);
    }

    @Test
    void deals_of_pipedrive_keep_of_the_contract_what_the_page_says() throws IOException {
        ConformanceReport report = verify(ConformanceLevel.BASIC);
        ContractPage.says(report);
    }
}
