package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.json.BundleCodec;
import dev.crmsync.json.PartCodec;
import dev.crmsync.planning.Reason;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.replay.Backtest;
import dev.crmsync.replay.BacktestReport;
import dev.crmsync.replay.Bundle;
import dev.crmsync.replay.FieldReport;
import dev.crmsync.replay.Replayed;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine recorded, carried elsewhere without a value, planned again there, and tried under another policy. */
class IncidentsTest {
    private final World world = new World();

    private String link() {
        return world.engine.linkOf(World.SYNC, world.kirim("k1"));
    }

    /** Two edits that the CRM's people made, one of them of spelling alone, and one of Kirim's that is put back. */
    private RecordRef quarrel() {
        world.setting = builder -> builder.recordInputs(link -> true);
        world.start();
        RecordRef kirim = world.person("k1", "Budi", "budi@example.com");
        world.settle();
        RecordRef crm = world.crmOf(kirim);
        world.tell(world.crm, world.crm.edit(crm, "name", "Budi Santoso"));
        world.settle();
        world.tell(world.kirim, world.kirim.edit(kirim, "email", " BUDI@Example.com "));
        world.settle();
        world.tell(world.kirim, world.kirim.edit(kirim, "name", "budi 🌴"));
        world.settle();
        return kirim;
    }

    @Test
    void an_engine_that_was_not_told_to_records_nothing() {
        world.start();
        world.person("k1", "Budi", "budi@example.com");
        world.settle();

        assertThat(world.store.journal(World.SYNC, link(), Long.MAX_VALUE, 100))
                .noneMatch(entry -> entry.kind().equals(PartCodec.INPUT));
        assertThatThrownBy(() -> world.engine.incidents(World.SYNC).redacted(link()))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("recordInputs");
    }

    @Test
    void an_exported_incident_comes_to_the_same_decisions_and_holds_no_value_and_no_id(@TempDir Path files)
            throws IOException {
        quarrel();
        Path file = files.resolve("incident.json");
        world.engine.incidents(World.SYNC).export(file, link());

        String text = Files.readString(file);
        assertThat(text)
                .doesNotContainIgnoringCase("budi")
                .doesNotContainIgnoringCase("santoso")
                .doesNotContain("🌴", "example.com", "\"k1\"", link());
        Bundle bundle = new BundleCodec().decode(Bytes.utf8(text), List.of());
        Replayed replayed = bundle.replay();
        assertThat(replayed.same()).as(replayed.report()).isTrue();
        assertThat(replayed.skipped()).isZero();
        assertThat(bundle.recording().steps())
                .flatExtracting(step -> step.decisions().stream()
                        .map(decision -> decision.reason())
                        .toList())
                .contains(Reason.OWNER_EDIT, Reason.EQUIVALENT, Reason.OVERRULED_BY_OWNER, Reason.UNORDERED);
    }

    @Test
    void two_exports_have_no_token_in_common() {
        quarrel();
        String one = new BundleCodec()
                .encode(world.engine.incidents(World.SYNC).redacted(link()))
                .toUtf8();
        Bundle other = world.engine.incidents(World.SYNC).redacted(link());

        assertThat(one).doesNotContain(other.links().get(0));
    }

    @Test
    void a_bundle_whose_decisions_were_others_is_told() {
        quarrel();
        String text = new BundleCodec()
                .encode(world.engine.incidents(World.SYNC).redacted(link()))
                .toUtf8();

        String forged = text.replaceFirst("\"r\":\"OVERRULED_BY_OWNER\"", "\"r\":\"KEPT_LOCALLY\"");
        Replayed replayed =
                new BundleCodec().decode(Bytes.utf8(forged), List.of()).replay();

        assertThat(forged).isNotEqualTo(text);
        assertThat(replayed.same()).isFalse();
        assertThat(replayed.differences()).hasSize(1);
        assertThat(replayed.report()).contains("KEPT_LOCALLY", "OVERRULED_BY_OWNER");
    }

    @Test
    void of_an_erased_person_no_recorded_input_is_left() {
        RecordRef kirim = quarrel();
        String link = link();
        world.engine.erase(World.SYNC, kirim);
        world.tell(world.kirim, world.kirim.edit(kirim, "name", "Again"));
        world.settle();

        assertThat(world.store.journal(World.SYNC, link, Long.MAX_VALUE, 1_000))
                .noneMatch(entry -> entry.kind().equals(PartCodec.INPUT))
                .allSatisfy(entry -> assertThat(entry.values()).isNull());
    }

    @Test
    void a_backtest_tells_for_each_field_what_another_owner_would_have_meant() {
        quarrel();
        Policy candidate = Policy.named("kirim owns names")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "kirim", "crm")
                                .owned(Contact.EMAIL, "crm", "kirim")
                                .owned(Contact.PHONE, "kirim", "crm")
                                .setMerge(Contact.LABELS)
                                .owned(Contact.METADATA, "crm", "kirim")
                                .records("crm", RecordRule.CREATE));

        BacktestReport report = world.engine.incidents(World.SYNC).backtest(candidate);

        FieldReport name = field(report, "name");
        assertThat(name.changes())
                .containsEntry("OWNER_EDIT -> OVERRULED_BY_OWNER", 1L)
                .containsEntry("OVERRULED_BY_OWNER -> OWNER_EDIT", 1L);
        assertThat(name.lostNow()).isEqualTo(1);
        assertThat(name.losses()).singleElement().satisfies(lost -> {
            assertThat(lost.system()).isEqualTo("crm");
            assertThat(lost.link()).isEqualTo(link());
        });
        assertThat(field(report, "email").differs()).isFalse();
        assertThat(report.calls()).isNotEmpty();
        assertThat(report.text()).contains("kirim owns names version 1", "OWNER_EDIT -> OVERRULED_BY_OWNER");

        BacktestReport redacted =
                Backtest.of(world.engine.incidents(World.SYNC).redacted(link()), candidate, List.of());
        assertThat(field(redacted, "name").changes()).isEqualTo(name.changes());
        assertThat(field(redacted, "name").lostThen()).isEqualTo(name.lostThen());
    }

    @Test
    void the_policy_that_holds_makes_no_difference() {
        quarrel();

        BacktestReport report = world.engine.incidents(World.SYNC).backtest(world.policy);

        assertThat(report.differs()).as(report.text()).isFalse();
        assertThat(report.failures()).isEmpty();
    }

    private static FieldReport field(BacktestReport report, String name) {
        return report.fields().stream()
                .filter(field -> field.field().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
