package dev.crmsync.testkit.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.SecretSink;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PaperSystemTest extends AdapterContract {
    @Override
    protected TestAccount open() {
        return new Desk();
    }

    @Test
    void its_adapter_breaks_no_rule() {
        ConformanceReport report = measure();
        assertThat(report.broken()).as(report.text()).isEmpty();
        assertThat(report.of(Verdict.KEPT)).as(report.text()).hasSizeGreaterThan(20);
    }

    /** A desk with a person, a clock, and a paper system on it. */
    private static final class Desk implements TestAccount, Lever.Hand, Lever.Time, Lever.Counts {
        private Instant now = Instant.parse("2026-03-01T09:00:30Z");
        private final PaperSystem paper = new PaperSystem("paper", this::now);

        @Override
        public Adapter adapter() {
            return paper.provider()
                    .create(new AdapterConfig(
                            "paper", Map.of(), Map.of(), SecretSink.refusing(), this::now, report -> {}));
        }

        @Override
        public Specimen specimen() {
            return new Sheets();
        }

        @Override
        public Set<String> secrets() {
            return Set.of();
        }

        @Override
        public RecordRef make(Map<String, NativeValue> properties) {
            return paper.make(properties);
        }

        @Override
        public void edit(RecordRef record, Map<String, NativeValue> properties) {
            paper.edit(record, properties);
        }

        @Override
        public Instant now() {
            now = now.plusMillis(1);
            return now;
        }

        @Override
        public void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public long records() {
            return paper.records().size();
        }

        @Override
        public void close() {}
    }

    private static final class Sheets implements Specimen {
        @Override
        public String type() {
            return Contact.TYPE;
        }

        @Override
        public Map<String, NativeValue> record(int number) {
            return Map.of(
                    "name", NativeValue.text("Budi " + number),
                    "email", NativeValue.text("budi" + number + "@example.com"),
                    "phone", NativeValue.text("+62812" + (1_000_000 + number)),
                    "labels", new NativeValue.Items(List.of(NativeValue.text("VIP"))),
                    "metadata", new NativeValue.Entries(Map.of("city", NativeValue.text("Bandung"))));
        }

        @Override
        public Map<String, NativeValue> edited(int number) {
            return Map.of(
                    "name", NativeValue.text("Ana " + number),
                    "email", NativeValue.text("ana" + number + "@example.com"));
        }

        @Override
        public Set<String> clearable() {
            return Set.of("name", "email", "labels", "metadata");
        }

        @Override
        public RecordRef stranger() {
            return new RecordRef("paper", Contact.TYPE, "paper-none");
        }
    }
}
