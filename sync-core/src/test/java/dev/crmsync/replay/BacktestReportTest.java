package dev.crmsync.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BacktestReportTest {
    @Test
    void what_could_not_be_lived_through_is_told_and_is_no_proof_that_nothing_differs() {
        String failure = "input 7 of [link-1] under candidate: java.lang.IllegalStateException";
        BacktestReport failed = new BacktestReport("candidate version 2", 9, List.of(failure), 0, List.of(), List.of());
        BacktestReport lived = new BacktestReport("candidate version 2", 9, List.of(), 0, List.of(), List.of());

        assertThat(failed.differs()).isFalse();
        assertThat(failed.alike()).isFalse();
        assertThat(failed.text()).contains(failure);
        assertThat(lived.alike()).isTrue();
    }
}
