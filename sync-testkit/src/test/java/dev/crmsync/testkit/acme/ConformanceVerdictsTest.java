package dev.crmsync.testkit.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReadsOne;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.AdapterContract;
import dev.crmsync.testkit.adapter.ConformanceLevel;
import dev.crmsync.testkit.adapter.ConformanceReport;
import dev.crmsync.testkit.adapter.Finding;
import dev.crmsync.testkit.adapter.Lever;
import dev.crmsync.testkit.adapter.Specimen;
import dev.crmsync.testkit.adapter.TestAccount;
import dev.crmsync.testkit.adapter.Verdict;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is made of an account that lacks levers, and of an adapter that claims little. */
class ConformanceVerdictsTest {
    /** An account without levers. */
    private static class Bare implements TestAccount {
        final AcmeAccount account = new AcmeAccount(AcmeOffice::new);

        @Override
        public Adapter adapter() {
            return account.adapter();
        }

        @Override
        public Specimen specimen() {
            return account.specimen();
        }

        @Override
        public Set<String> secrets() {
            return account.secrets();
        }

        @Override
        public void close() {
            account.close();
        }
    }

    /** Reads, and does nothing else. */
    private record Reader(AcmeAdapter acme) implements Adapter, ReadsOne {
        @Override
        public Declaration declaration() {
            return acme.declaration();
        }

        @Override
        public List<Mapping> defaultMappings() {
            return acme.defaultMappings();
        }

        @Override
        public Read read(RecordRef ref) {
            return acme.read(ref);
        }
    }

    private static class BareReader extends Bare {
        @Override
        public Adapter adapter() {
            return new Reader(new AcmeAdapter(account.vendor.url(), account::now));
        }
    }

    private static final class ReaderWithAHand extends BareReader implements Lever.Hand {
        @Override
        public RecordRef make(Map<String, NativeValue> properties) {
            return account.make(properties);
        }

        @Override
        public void edit(RecordRef record, Map<String, NativeValue> properties) {
            account.edit(record, properties);
        }
    }

    private static AdapterContract contract(Supplier<TestAccount> accounts, Map<String, String> notMeasured) {
        return new AdapterContract() {
            @Override
            protected TestAccount open() {
                return accounts.get();
            }

            @Override
            protected Map<String, String> notMeasured() {
                return notMeasured;
            }
        };
    }

    private static AdapterContract.Rule rule(String number) {
        return AdapterContract.rules().stream()
                .filter(rule -> rule.number().equals(number))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void an_account_without_levers_proves_the_first_level_and_says_what_it_lacks() {
        ConformanceReport report = contract(Bare::new, Map.of()).measure();
        assertThat(report.level()).isEqualTo(ConformanceLevel.BASIC);
        assertThat(report.broken()).isEmpty();
        assertThat(report.of(Verdict.NOT_MEASURED))
                .extracting(Finding::detail)
                .contains("the account has no Lever.Time");
        assertThat(report.text())
                .startsWith("adapter acme, contact: BASIC (")
                .contains("\n  A50 a read after an edit is later than a read before it: NOT MEASURED — ");
        assertThat(report.summary().lines())
                .as("what to do next, and nothing else")
                .hasSizeBetween(5, 12)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("  for DECLARED, the account has no Lever.Time: ")
                        .contains("A50, A51, A52"));
        assertThatThrownBy(() -> report.assertReaches(ConformanceLevel.DECLARED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("BASIC and not to DECLARED; not measured: A15");
    }

    @Test
    void what_is_not_measured_passes_only_where_it_is_named() {
        assertThatThrownBy(() -> contract(Bare::new, Map.of()).verify(rule("A50")))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("A50 ")
                .hasMessageContaining("name the rule in notMeasured()");
        assertThatCode(() ->
                        contract(Bare::new, Map.of("A50", "no clock to turn")).verify(rule("A50")))
                .doesNotThrowAnyException();
    }

    @Test
    void what_is_named_and_measured_after_all_does_not_pass() {
        assertThatThrownBy(() -> contract(Bare::new, Map.of("A10", "no reason")).verify(rule("A10")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("take it out there");
    }

    @Test
    void an_adapter_that_only_reads_is_measured_on_what_a_person_makes() {
        AdapterContract contract = contract(ReaderWithAHand::new, Map.of());
        assertThat(contract.measure(rule("A10")).verdict()).isEqualTo(Verdict.KEPT);
        assertThat(contract.measure(rule("A20")).verdict()).isEqualTo(Verdict.NOT_CLAIMED);
        assertThat(contract.measure(rule("A70")).detail()).isEqualTo("no ListsAll");
    }

    @Test
    void nothing_is_known_of_a_reader_where_nobody_can_make_a_record() {
        Finding finding = contract(BareReader::new, Map.of()).measure(rule("A10"));
        assertThat(finding.verdict()).isEqualTo(Verdict.NOT_MEASURED);
        assertThat(finding.detail()).contains("Lever.Hand");
    }

    /** Refuses to make records, as where the API has no call for it. */
    private static AcmeAdapter makingNone(URI base, InstantSource clock) {
        return new AcmeAdapter(base, clock) {
            @Override
            public Outcome write(Write write) {
                return write.creates()
                        ? new Outcome.Rejected(Outcome.Rejection.READ_ONLY, null, null, "people make them")
                        : super.write(write);
            }
        };
    }

    @Test
    void records_that_people_alone_make_are_made_by_their_hand_and_measured() {
        ConformanceReport report = contract(() -> new AcmeAccount(ConformanceVerdictsTest::makingNone, true), Map.of())
                .measure();
        assertThat(report.level()).as(report.text()).isEqualTo(ConformanceLevel.COMPLETE);
        assertThat(report.of(Verdict.KEPT))
                .extracting(finding -> finding.rule().number())
                .contains("A10", "A20", "A21", "A26", "A40", "A70", "A92");
        assertThat(report.of(Verdict.NOT_CLAIMED))
                .extracting(finding -> finding.rule().number())
                .contains("A24", "A30", "A33");
    }

    @Test
    void an_adapter_that_makes_no_records_is_broken_where_nobody_says_that_people_make_them() {
        Finding finding = contract(() -> new AcmeAccount(ConformanceVerdictsTest::makingNone), Map.of())
                .measure(rule("A10"));
        assertThat(finding.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(finding.detail()).contains("a create must be Done");
    }

    @Test
    void one_broken_rule_is_the_level_of_all() {
        BrokenAdapters.Broken one = BrokenAdapters.all().get(0);
        ConformanceReport report =
                contract(() -> new AcmeAccount(one.adapters()), Map.of()).measure();
        assertThat(report.level()).isEqualTo(ConformanceLevel.BROKEN);
        assertThat(report.broken()).containsExactly(one.rule());
        assertThat(report.summary().lines().skip(1).findFirst())
                .hasValueSatisfying(line ->
                        assertThat(line).startsWith("  " + one.rule() + " ").contains("BROKEN"));
        assertThatThrownBy(() -> report.assertReaches(ConformanceLevel.UNPROVEN))
                .hasMessageContaining("broken: " + one.rule());
    }
}
