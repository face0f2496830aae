package dev.crmsync.adapter.kirim;

import static dev.crmsync.adapter.kirim.Organisation.bag;
import static dev.crmsync.adapter.kirim.Organisation.ref;
import static dev.crmsync.adapter.kirim.Organisation.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.QuotaReport;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactsAgainstSandboxTest {
    private final Organisation kirim = new Organisation();

    @AfterEach
    void stop() {
        kirim.close();
    }

    private String budi() {
        return kirim.seed(Map.of("phone_number", "+6281200000001", "name", "Budi", "metadata", Map.of("theirs", 7)));
    }

    @Test
    void read_shows_everything_but_labels() {
        String id = kirim.seed(Map.of(
                "phone_number",
                "+6281200000001",
                "name",
                "Budi é",
                "labels",
                List.of("VIP"),
                "metadata",
                Map.of("n", 7, "s", "x")));
        ChangeEvent record = kirim.found(id);
        assertThat(record.properties())
                .isEqualTo(Map.of(
                        "name",
                        text("Budi é"),
                        "email",
                        NativeValue.EMPTY,
                        "phone_number",
                        text("+6281200000001"),
                        "metadata",
                        new NativeValue.Entries(Map.of("n", NativeValue.number(7), "s", text("x")))));
        assertThat(record.evidence()).isEqualTo(Evidence.READ);
        assertThat(record.full()).isTrue();
        assertThat(record.asOf().to()).isAfterOrEqualTo(record.asOf().from());
    }

    @Test
    void what_is_left_out_is_absent_and_what_is_shown_of_labels_counts() {
        String id = kirim.seed(Map.of("phone_number", "+6281200000001", "labels", List.of("VIP")));
        kirim.admin.turn(Map.of("contacts.empty", "absent", "contacts.labels_in_rest", true));
        assertThat(kirim.found(id).properties())
                .containsOnlyKeys("phone_number", "metadata", "labels")
                .containsEntry("labels", new NativeValue.Items(List.of(text("VIP"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ctc_01HXYZABCDEFGHJKMNPQRSTVWX", "nonsense", "a/b?c#d", "ctc é"})
    void unknown_contact_is_not_visible_and_not_gone(String id) {
        assertThat(kirim.adapter.read(ref(id))).isInstanceOf(Read.NotVisible.class);
    }

    @Test
    void create_is_answered_with_the_whole_contact() {
        Outcome outcome = kirim.create(
                "key-1",
                Map.of(
                        "phone_number",
                        text("+6281200000001"),
                        "name",
                        text("Budi"),
                        "email",
                        NativeValue.EMPTY,
                        "metadata",
                        new NativeValue.Entries(Map.of("crm_id", text("501"), "none", NativeValue.EMPTY))));
        Outcome.Done done = (Outcome.Done) outcome;
        assertThat(done.record()).isNotNull();
        assertThat(done.record().evidence()).isEqualTo(Evidence.READ);
        assertThat(kirim.found(done.ref().id()).properties())
                .isEqualTo(Map.of(
                        "name", text("Budi"),
                        "email", NativeValue.EMPTY,
                        "phone_number", text("+6281200000001"),
                        "metadata", bag("crm_id", text("501"))));
    }

    @Test
    void create_whose_answer_was_lost_makes_one_contact_when_repeated_and_tells_no_news_of_today() {
        kirim.admin.fault("lost_answer", 1, Map.of("method", "POST"));
        Map<String, NativeValue> budi = Map.of("phone_number", text("+6281200000001"), "name", text("Budi"));
        assertThat(kirim.create("key-1", budi)).isInstanceOf(Outcome.Unknown.class);
        String id = String.valueOf(kirim.admin.dump().get(0).get("id"));
        kirim.admin.edit(Map.of("op", "patch", "id", id, "name", "Budi Santoso"));

        Outcome.Done done = (Outcome.Done) kirim.create("key-1", budi);
        assertThat(kirim.admin.dump()).hasSize(1);
        assertThat(done.ref()).isEqualTo(ref(id));
        // The repeated answer shows the first name, which is older than the one that a read shows.
        assertThat(done.record().evidence()).isEqualTo(Evidence.EVENT);
        assertThat(done.record().asOf().compare(kirim.found(id).asOf())).isEqualTo(AsOf.Order.BEFORE);
    }

    @ParameterizedTest
    @ValueSource(ints = {422, 409})
    void key_that_was_used_for_something_else_is_a_fault_of_the_program(int status) {
        kirim.admin.turn("idempotency.reuse_status", status);
        kirim.create("key-1", Map.of("phone_number", text("+6281200000001")));
        Outcome outcome = kirim.create("key-1", Map.of("phone_number", text("+6281200000002")));
        assertThat(((Outcome.Rejected) outcome).kind()).isEqualTo(Rejection.KEY_REUSED);
    }

    @Test
    void patch_writes_what_is_named_and_leaves_the_rest() {
        String id = budi();
        Outcome.Done done = (Outcome.Done) kirim.patch(id, Map.of("email", text("budi@example.com")));
        assertThat(done.ref()).isEqualTo(ref(id));
        assertThat(done.record().full()).isTrue();
        assertThat(done.record().properties())
                .containsEntry("name", text("Budi"))
                .containsEntry("email", text("budi@example.com"));
        kirim.patch(id, Map.of("name", NativeValue.EMPTY));
        assertThat(kirim.found(id).properties())
                .containsEntry("name", NativeValue.EMPTY)
                .containsEntry("email", text("budi@example.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge", "replace"})
    void metadata_that_is_written_whole_comes_out_the_same_whether_merged_or_replaced(String way) {
        kirim.admin.turn("patch.metadata", way);
        String id = kirim.seed(
                Map.of("phone_number", "+6281200000001", "metadata", Map.of("theirs", Map.of("n", 1.5), "gone", "x")));
        NativeValue.Entries before =
                (NativeValue.Entries) kirim.found(id).properties().get("metadata");
        Map<String, NativeValue> whole = new java.util.TreeMap<>(before.entries());
        whole.put("crm_segment", text("gold"));
        whole.put("gone", NativeValue.EMPTY);
        kirim.patch(id, Map.of("metadata", new NativeValue.Entries(whole)));

        Map<String, NativeValue> after =
                ((NativeValue.Entries) kirim.found(id).properties().get("metadata")).entries();
        assertThat(after)
                .containsEntry("crm_segment", text("gold"))
                .containsEntry("theirs", before.entries().get("theirs"));
        assertThat(after.getOrDefault("gone", NativeValue.EMPTY)).isEqualTo(NativeValue.EMPTY);
    }

    @Test
    void patch_that_the_vendor_renders_otherwise_shows_what_it_holds() {
        kirim.admin.turn("contacts.trim", true);
        Outcome.Done done = (Outcome.Done) kirim.patch(budi(), Map.of("name", text(" Budi ")));
        assertThat(done.record().properties()).containsEntry("name", text("Budi"));
    }

    @ParameterizedTest
    @CsvSource({
        "email, not an address, INVALID, email",
        "labels, VIP, READ_ONLY, labels",
        "id, ctc_1, READ_ONLY, id",
        "metadata, text, INVALID, metadata",
    })
    void refused_value_names_its_property(String property, String value, Rejection kind, String blamed) {
        Outcome.Rejected rejected = (Outcome.Rejected) kirim.patch(budi(), Map.of(property, text(value)));
        assertThat(rejected.kind()).isEqualTo(kind);
        assertThat(rejected.property()).isEqualTo(blamed);
        assertThat(rejected.message()).doesNotContain(value);
    }

    @Test
    void create_without_a_phone_number_or_with_a_bad_one_is_refused() {
        Outcome.Rejected missing = (Outcome.Rejected) kirim.create("k1", Map.of("name", text("Budi")));
        assertThat(missing.kind()).isEqualTo(Rejection.REQUIRED);
        assertThat(missing.property()).isEqualTo("phone_number");
        Outcome.Rejected bad = (Outcome.Rejected) kirim.create("k2", Map.of("phone_number", text("0812-secret")));
        assertThat(bad.kind()).isEqualTo(Rejection.INVALID);
        assertThat(bad.property()).isEqualTo("phone_number");
        assertThat(bad.toString()).doesNotContain("0812");
    }

    @Test
    void taken_phone_number_is_a_unique_value() {
        kirim.admin.turn("contacts.duplicate_phone", "conflict");
        budi();
        Outcome.Rejected rejected =
                (Outcome.Rejected) kirim.create("k", Map.of("phone_number", text("+6281200000001")));
        assertThat(rejected.kind()).isEqualTo(Rejection.UNIQUE);
        assertThat(rejected.property()).isEqualTo("phone_number");
    }

    @Test
    void null_that_is_refused_and_a_contact_that_is_gone_are_told_apart() {
        kirim.admin.turn("patch.null", "rejected");
        String id = budi();
        assertThat(((Outcome.Rejected) kirim.patch(id, Map.of("name", NativeValue.EMPTY))).kind())
                .isEqualTo(Rejection.INVALID);
        kirim.admin.edit(Map.of("op", "delete", "id", id));
        assertThat(((Outcome.Rejected) kirim.patch(id, Map.of("name", text("x")))).kind())
                .isEqualTo(Rejection.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lost_answer", "cut_answer", "reset", "html", "server_error"})
    void write_whose_answer_does_not_come_leaves_the_outcome_open(String fault) {
        String id = budi();
        kirim.admin.fault(fault, 1, Map.of("method", "PATCH"));
        assertThat(kirim.patch(id, Map.of("name", text("x")))).isInstanceOf(Outcome.Unknown.class);
        assertThat(kirim.admin.requests("PATCH /v1/{pid}/contacts/{id}")).isEqualTo(1);
        assertThat(kirim.patch(id, Map.of("name", text("x")))).isInstanceOf(Outcome.Done.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut_answer", "html", "server_error"})
    void read_whose_answer_does_not_come_is_a_passing_fault(String fault) {
        String id = budi();
        kirim.admin.fault(fault, 1, Map.of("method", "GET"));
        assertThatThrownBy(() -> kirim.found(id))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT));
        assertThat(kirim.found(id).ref()).isEqualTo(ref(id));
    }

    @Test
    void limit_is_obeyed_as_the_vendor_tells_it() {
        String id = budi();
        kirim.admin.fault("rate_limited", 2, Map.of("retryAfter", 7));
        Outcome.Deferred deferred = (Outcome.Deferred) kirim.patch(id, Map.of("name", text("x")));
        assertThat(deferred.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(deferred.quotaKey()).isEqualTo("write");
        assertThatThrownBy(() -> kirim.found(id)).isInstanceOfSatisfying(SyncException.class, e -> {
            assertThat(e.kind()).isEqualTo(Kind.RATE_LIMITED);
            assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
        });
        assertThat(kirim.reports)
                .contains(new QuotaReport("write", -1, -1, Duration.ofSeconds(7)))
                .contains(new QuotaReport("read", -1, -1, Duration.ofSeconds(7)));
    }

    @Test
    void what_is_left_of_both_budgets_is_reported() {
        kirim.admin.turn("limits.plan", "free");
        kirim.patch(budi(), Map.of("name", text("x")));
        kirim.found(String.valueOf(kirim.admin.dump().get(0).get("id")));
        assertThat(kirim.reports)
                .extracting(QuotaReport::quotaKey, QuotaReport::limit)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("write", 60L),
                        org.assertj.core.groups.Tuple.tuple("read", 600L));
    }

    @Test
    void expired_key_pauses_the_system_and_shows_in_no_message() {
        String id = budi();
        kirim.admin.fault("unauthorized", 2);
        assertThatThrownBy(() -> kirim.found(id)).isInstanceOfSatisfying(SyncException.class, e -> {
            assertThat(e.kind()).isEqualTo(Kind.AUTH);
            assertThat(e.getMessage()).contains("expired_api_key").doesNotContain(kirim.token(), id, "+62");
        });
        assertThatThrownBy(() -> kirim.patch(id, Map.of("name", text("Budi"))))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.AUTH));
    }

    @Test
    void number_of_others_pauses_the_system_and_refuses_no_record() {
        KirimAdapter other = kirim.adapter(kirim.definition().phoneNumber("99999999"));
        assertThatThrownBy(() -> other.list("contact", null))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.AUTH));
        assertThatThrownBy(() -> other.write(new dev.crmsync.spi.adapter.Write(
                        "k", "contact", ref("ctc_1"), Map.of("name", text("x")), null, null)))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.AUTH));
    }

    @Test
    void many_threads_share_one_adapter() throws Exception {
        List<Map<String, Object>> contacts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            contacts.add(Map.of("phone_number", "+62812000" + (10_000 + i), "name", "n" + i));
        }
        List<String> ids = kirim.admin.seed(contacts);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Outcome>> outcomes = new ArrayList<>();
            for (String id : ids) {
                outcomes.add(threads.submit(() -> kirim.patch(id, Map.of("name", text("new " + id)))));
            }
            for (int i = 0; i < ids.size(); i++) {
                Outcome.Done done = (Outcome.Done) outcomes.get(i).get();
                assertThat(done.ref()).isEqualTo(ref(ids.get(i)));
                assertThat(done.record().properties()).containsEntry("name", text("new " + ids.get(i)));
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
