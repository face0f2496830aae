package dev.crmsync.tests.contract;

import dev.crmsync.testkit.adapter.AdapterContract;
import dev.crmsync.testkit.adapter.ConformanceLevel;
import dev.crmsync.testkit.adapter.ConformanceReport;
import dev.crmsync.testkit.adapter.TestAccount;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class NotionTicketsContractTest extends AdapterContract {
    @Override
    protected TestAccount open() {
        return new NotionAccount(true);
    }

    @Test
    void tickets_of_notion_keep_the_whole_contract_as_the_page_says() throws IOException {
        ConformanceReport report = verify(ConformanceLevel.COMPLETE);
        ContractPage.says(report);
    }
}
