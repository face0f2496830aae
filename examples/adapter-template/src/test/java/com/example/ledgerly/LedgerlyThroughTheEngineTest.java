package com.example.ledgerly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.engine.Sync;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.memory.MemoryStore;
import dev.crmsync.policy.Policies;
import dev.crmsync.safety.BackfillPlan;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.testkit.adapter.PaperSystem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The adapter in an engine, beside a system on paper: found by its name, as a host finds it. */
class LedgerlyThroughTheEngineTest {
    @Test
    void a_contact_comes_over_after_a_dry_run_and_an_edit_at_ledgerly_comes_back() {
        try (LedgerlyAccount account = new LedgerlyAccount()) {
            VendorBooks books = account.vendor.books;
            PaperSystem kirim = new PaperSystem("kirim", books::now);
            RecordRef budi =
                    kirim.make(Map.of("name", NativeValue.text("Budi"), "phone", NativeValue.text("+6281234567890")));
            try (SyncEngine engine = SyncEngine.builder()
                    .store(new MemoryStore())
                    .clock(books::now)
                    .sync(Sync.named("trial")
                            .system("kirim", kirim)
                            .system(
                                    LedgerlyAccount.SYSTEM,
                                    LedgerlyProvider.NAME,
                                    LedgerlyAccount.settings(account.vendor.url()),
                                    LedgerlyAccount.keys())
                            .policy(Policies.guide().kirim("kirim").primaryCrm(LedgerlyAccount.SYSTEM)))
                    .stepping()) {

                BackfillPlan plan = engine.backfill("trial").dryRun();
                plan.forEach(System.out::println);
                assertThat(plan.changes()).isEqualTo(1);
                assertThat(books.count()).as("contacts after a dry run").isZero();

                engine.backfill("trial").apply(plan.hash());
                engine.drain();
                List<VendorContact> made = books.after(null);
                assertThat(made).hasSize(1);
                assertThat(made.get(0).values.path("name").asText()).isEqualTo("Budi");
                assertThat(made.get(0).values.path("phone").asText()).isEqualTo("+6281234567890");
                assertThat(made.get(0).values.path("external_id").asText()).isEqualTo(budi.id());

                books.pass(Duration.ofMinutes(1));
                account.edit(
                        new RecordRef(LedgerlyAccount.SYSTEM, "contact", made.get(0).id),
                        Map.of("name", NativeValue.text("Budi Santoso")));
                account.delivered().forEach(webhook -> engine.receive("trial", LedgerlyAccount.SYSTEM, webhook));
                books.pass(Duration.ofMinutes(1));
                engine.drain();
                assertThat(kirim.shown(budi)).containsEntry("name", NativeValue.text("Budi Santoso"));
                assertThat(books.count()).isEqualTo(1);
                assertThat(books.post.sent()).as("what was made and edited; an echo writes nothing").hasSize(2);
            }
        }
    }
}
