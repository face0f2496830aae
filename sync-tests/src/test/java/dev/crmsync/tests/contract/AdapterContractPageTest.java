package dev.crmsync.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.testkit.adapter.AdapterContract;
import dev.crmsync.testkit.adapter.Lever;
import dev.crmsync.testkit.adapter.TestAccount;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdapterContractPageTest {
    @Test
    void the_page_lists_the_rules_of_the_code_and_no_others() throws IOException {
        List<String> told = ContractPage.lines().stream()
                .filter(line -> line.startsWith("| A"))
                .map(line -> line.substring(0, line.lastIndexOf('|', line.length() - 2))
                        .strip())
                .toList();
        List<String> ruled = AdapterContract.rules().stream()
                .map(rule -> "| " + rule.number() + " | " + rule.sentence() + " | " + rule.level() + " |")
                .map(row -> row.substring(0, row.length() - 2).strip())
                .toList();
        assertThat(told).containsExactlyElementsOf(ruled);
    }

    @Test
    void rules_are_numbered_once_and_upwards() {
        List<Integer> numbers = AdapterContract.rules().stream()
                .map(rule -> Integer.parseInt(rule.number().substring(1)))
                .toList();
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void the_page_names_each_lever() throws IOException {
        String page = String.join("\n", ContractPage.lines());
        assertThat(Arrays.stream(Lever.class.getClasses())
                        .filter(Class::isInterface)
                        .map(Class::getSimpleName))
                .isNotEmpty()
                .allSatisfy(lever -> assertThat(page).contains("`" + lever + "`"));
        assertThat(page).contains(TestAccount.class.getSimpleName());
    }
}
