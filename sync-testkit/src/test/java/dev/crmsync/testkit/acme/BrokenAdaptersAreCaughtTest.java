package dev.crmsync.testkit.acme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.testkit.adapter.AdapterContract;
import dev.crmsync.testkit.adapter.Finding;
import dev.crmsync.testkit.adapter.TestAccount;
import dev.crmsync.testkit.adapter.Verdict;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract is itself tested: each rule finds the adapter that was made to break it. */
class BrokenAdaptersAreCaughtTest {
    static List<BrokenAdapters.Broken> broken() {
        return BrokenAdapters.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void a_broken_adapter_is_found_by_the_rule_meant_for_it(BrokenAdapters.Broken broken) {
        AdapterContract contract = new AdapterContract() {
            @Override
            protected TestAccount open() {
                return broken.account();
            }
        };
        Finding finding = contract.measure(rule(broken.rule()));
        assertThat(finding.verdict()).as(finding.toString()).isEqualTo(Verdict.BROKEN);
        assertThat(finding.detail()).isNotBlank();
    }

    private static AdapterContract.Rule rule(String number) {
        return AdapterContract.rules().stream()
                .filter(rule -> rule.number().equals(number))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void each_rule_finds_at_least_one() {
        Set<String> proved = new TreeSet<>();
        broken().forEach(one -> proved.add(one.rule()));
        Set<String> all = new TreeSet<>();
        AdapterContract.rules().forEach(rule -> all.add(rule.number()));
        assertThat(proved).isEqualTo(all);
    }
}
