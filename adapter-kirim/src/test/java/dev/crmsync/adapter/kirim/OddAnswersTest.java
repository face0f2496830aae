package dev.crmsync.adapter.kirim;

import static dev.crmsync.adapter.kirim.Organisation.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.adapter.kirim.FakeKirim.Answer;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.NativeValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OddAnswersTest {
    private static final String ROW = "{\"id\":\"ctc_1\",\"object\":\"contact\",\"name\":\"Budi\","
            + "\"created_at\":\"2026-05-01T00:00:00Z\",\"updated_at\":\"2026-05-02T00:00:00Z\"}";

    private final FakeKirim kirim = new FakeKirim();

    @AfterEach
    void stop() {
        kirim.close();
    }

    private static Write create(String key) {
        return new Write(
                "k",
                "contact",
                null,
                Map.of("phone_number", NativeValue.text("+6281200000001"), "email", NativeValue.EMPTY),
                null,
                key);
    }

    private static Write patch() {
        return new Write(
                "k",
                "contact",
                ref("ctc_1"),
                Map.of(
                        "name",
                        NativeValue.text("Budi"),
                        "email",
                        NativeValue.EMPTY,
                        "metadata",
                        new NativeValue.Entries(Map.of("a", NativeValue.text("b"), "gone", NativeValue.EMPTY))),
                null,
                null);
    }

    @Test
    void requests_are_made_as_the_reference_says() {
        KirimAdapter adapter = kirim.answering(Answer.of(201, "{\"data\":" + ROW + "}"));
        adapter.write(create("key-1"));
        adapter.write(patch());
        adapter.read(ref("ctc_1"));
        String auth = "Bearer " + FakeKirim.KEY;
        assertThat(kirim.seen)
                .containsExactly(
                        new FakeKirim.Seen(
                                "POST",
                                "/v1/119800001/contacts",
                                auth,
                                "key-1",
                                "{\"phone_number\":\"+6281200000001\"}"),
                        new FakeKirim.Seen(
                                "PATCH",
                                "/v1/119800001/contacts/ctc_1",
                                auth,
                                null,
                                "{\"email\":null,\"metadata\":{\"a\":\"b\",\"gone\":null},\"name\":\"Budi\"}"),
                        new FakeKirim.Seen("GET", "/v1/119800001/contacts/ctc_1", auth, null, ""));
    }

    @Test
    void read_is_true_from_the_records_time_until_the_answers_date() {
        // The second one is of an edition that does not wrap its answers.
        KirimAdapter adapter = kirim.answering(Answer.of(200, "{\"data\":" + ROW + "}"), Answer.of(200, ROW));
        for (int i = 0; i < 2; i++) {
            Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(1);
            AsOf asOf = ((Read.Found) adapter.read(ref("ctc_1"))).record().asOf();
            assertThat(asOf.from()).isEqualTo("2026-05-02T00:00:00Z");
            assertThat(asOf.to()).isBetween(before, Instant.now());
            assertThat(asOf.to()).isEqualTo(asOf.to().truncatedTo(ChronoUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":{}}", "{\"data\":null}", "{\"data\":[]}", "[]", "{}", "{\"data\":{\"id\":7}}"})
    void answer_without_the_contact_is_not_believed(String body) {
        KirimAdapter adapter = kirim.answering(Answer.of(200, body));
        assertThat(adapter.read(ref("ctc_1"))).isInstanceOf(Read.Unknown.class);
        assertThat(adapter.write(patch())).isInstanceOf(Outcome.Unknown.class);
        assertThat(adapter.write(create("k"))).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void answer_with_another_contact_is_not_believed() {
        KirimAdapter adapter = kirim.answering(Answer.of(200, "{\"data\":" + ROW + "}"));
        assertThat(adapter.read(ref("ctc_2"))).isInstanceOf(Read.Unknown.class);
        Write other = new Write("k", "contact", ref("ctc_2"), Map.of("name", NativeValue.text("x")), null, null);
        assertThat(adapter.write(other)).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void not_found_counts_only_in_kirims_own_words() {
        KirimAdapter adapter = kirim.answering(
                Answer.error(404, "resource_not_found", "null"),
                Answer.of(404, "<html>no such page</html>"),
                Answer.of(404, "{\"message\":\"no route\"}"));
        assertThat(adapter.read(ref("ctc_1"))).isInstanceOf(Read.NotVisible.class);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> adapter.read(ref("ctc_1"))).isInstanceOf(SyncException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request, name, INVALID, name",
        "400, invalid_phone_number, , INVALID, phone_number",
        "400, missing_required_field, phone_number, REQUIRED, phone_number",
        "400, invalid_field_value, email, INVALID, email",
        "422, invalid_field_value, metadata.crm_id, INVALID, metadata",
        "422, invalid_field_value, metadata[crm_id], INVALID, metadata",
        "404, resource_not_found, , NOT_FOUND, ",
        "403, no_such_right, , FORBIDDEN, ",
        "409, some_conflict, phone_number, UNIQUE, phone_number",
        "409, idempotency_conflict, , KEY_REUSED, ",
        "422, idempotency_key_reuse, , KEY_REUSED, ",
        "422, of_later_days, , INVALID, ",
    })
    void refusal_is_typed_by_its_code(int status, String code, String param, Rejection kind, String property) {
        String blamed = param == null ? "null" : "\"" + param + "\"";
        Outcome outcome = kirim.answering(Answer.error(status, code, blamed)).write(create("k"));
        Outcome.Rejected rejected = (Outcome.Rejected) outcome;
        assertThat(rejected.kind()).isEqualTo(kind);
        assertThat(rejected.property()).isEqualTo(property);
        assertThat(rejected.toString()).contains(code).doesNotContain("Budi", "+62", FakeKirim.KEY);
    }

    @Test
    void not_found_that_is_not_kirims_own_leaves_a_write_open() {
        assertThat(kirim.answering(Answer.of(404, "{\"message\":\"no route\"}")).write(patch()))
                .isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void change_that_is_answered_with_nothing_took_effect_and_a_create_is_not_known() {
        KirimAdapter adapter = kirim.answering(new Answer(204, "", Map.of()));
        assertThat(adapter.write(patch())).isEqualTo(new Outcome.Done(ref("ctc_1"), null));
        assertThat(adapter.write(create("k"))).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void numbers_of_metadata_go_back_as_they_came() {
        KirimAdapter adapter = kirim.answering(
                Answer.of(
                        200,
                        "{\"data\":{\"id\":\"ctc_1\",\"metadata\":{\"hundred\":100,\"zero\":0,\"part\":0.5,\"long\":90071992547409930}}}"));
        NativeValue metadata =
                ((Read.Found) adapter.read(ref("ctc_1"))).record().properties().get("metadata");
        adapter.write(new Write("k", "contact", ref("ctc_1"), Map.of("metadata", metadata), null, null));
        assertThat(kirim.seen.get(1).body())
                .isEqualTo("{\"metadata\":{\"hundred\":100,\"long\":90071992547409930,\"part\":0.5,\"zero\":0}}");
    }

    @Test
    void create_whose_first_attempt_is_under_way_leaves_the_outcome_open() {
        // Deferred would say that nothing was written, and the key would be given up.
        assertThat(kirim.answering(Answer.error(409, "idempotency_in_progress", "null"))
                        .write(create("k")))
                .isInstanceOf(Outcome.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({"403, phone_number_forbidden", "422, account_not_connected", "401, invalid_api_key"})
    void what_no_record_can_get_past_pauses_the_system(int status, String code) {
        KirimAdapter adapter = kirim.answering(Answer.error(status, code, "null"));
        for (Runnable call : List.<Runnable>of(
                () -> adapter.write(patch()), () -> adapter.read(ref("ctc_1")), () -> adapter.list("contact", null))) {
            assertThatThrownBy(call::run).isInstanceOfSatisfying(SyncException.class, e -> {
                assertThat(e.kind()).isEqualTo(Kind.AUTH);
                assertThat(e.getMessage()).contains(code).doesNotContain("Budi", FakeKirim.KEY);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "503", "504", "302", "408"})
    void status_that_proves_nothing_leaves_a_write_open(int status) {
        KirimAdapter adapter = kirim.answering(Answer.error(status, "internal_error", "null"));
        assertThat(adapter.write(patch())).isInstanceOf(Outcome.Unknown.class);
        assertThat(kirim.seen).hasSize(1);
    }

    @Test
    void connection_that_does_not_come_about_defers_a_write() throws IOException {
        try (Socket taken = new Socket()) {
            // Taken, and not listened at: a port that was given back may be somebody else's by now.
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            KirimAdapter adapter =
                    kirim.adapter(kirim.definition().baseUrl("http://127.0.0.1:" + taken.getLocalPort() + "/v1"));
            assertThat(adapter.write(patch())).isInstanceOf(Outcome.Deferred.class);
        }
    }

    @Test
    void page_that_hides_a_row_or_contradicts_itself_vouches_for_nothing() {
        KirimAdapter adapter = kirim.answering(
                Answer.of(200, "{\"data\":[" + ROW + ",{\"name\":\"x\"}],\"has_more\":false,\"next_cursor\":null}"),
                Answer.of(200, "{\"data\":[" + ROW + "],\"has_more\":true,\"next_cursor\":null}"),
                Answer.of(200, "{\"data\":[" + ROW + "]}"),
                Answer.of(200, "{\"data\":{}}"));
        Page hidden = adapter.list("contact", null);
        assertThat(hidden.events()).hasSize(1);
        assertThat(hidden.complete()).isFalse();
        Page contradictory = adapter.list("contact", null);
        assertThat(contradictory.next()).isNull();
        assertThat(contradictory.complete()).isFalse();
        assertThat(adapter.list("contact", null).complete()).isTrue();
        assertThatThrownBy(() -> adapter.list("contact", null))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT));
    }

    @Test
    void filter_and_cursor_go_with_every_page_as_they_came() {
        kirim.answering(
                Answer.of(200, "{\"data\":[],\"has_more\":true,\"next_cursor\":\"a+b/c=:d\"}"),
                Answer.of(200, "{\"data\":[" + ROW + "],\"has_more\":false}"));
        KirimAdapter adapter = kirim.adapter(kirim.definition().createdAfter(Instant.parse("2026-05-01T00:00:00Z")));
        Page first = adapter.list("contact", null);
        // A contact of that very moment was not created after it.
        assertThat(adapter.list("contact", first.next()).events()).isEmpty();
        assertThat(kirim.seen)
                .extracting(FakeKirim.Seen::target)
                .containsExactly(
                        "/v1/119800001/contacts?limit=100&created_after=2026-05-01T00%3A00%3A00Z",
                        "/v1/119800001/contacts?limit=100&created_after=2026-05-01T00%3A00%3A00Z&cursor=a%2Bb%2Fc%3D%3Ad");
    }

    @Test
    void cursor_of_a_filter_that_is_configured_no_more_begins_the_walk_anew() {
        kirim.answering(Answer.of(200, "{\"data\":[],\"has_more\":true,\"next_cursor\":\"c\"}"));
        String cursor = kirim.adapter(kirim.definition().createdAfter(Instant.EPOCH))
                .list("contact", null)
                .next();
        assertThatThrownBy(() -> kirim.adapter(kirim.definition()).list("contact", cursor))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.VALIDATION));
        assertThat(kirim.seen).hasSize(1);
    }

    @Test
    void subscription_without_its_secret_gets_another_one() {
        KirimAdapter adapter = kirim.answering(
                Answer.of(200, "{\"data\":[],\"has_more\":false}"),
                Answer.of(201, "{\"data\":{\"id\":\"wbs_1\",\"status\":\"active\"}}"),
                Answer.of(201, "{\"data\":{\"id\":\"sec_1\",\"secret\":\"whsec_new\"}}"));
        assertThat(adapter.subscribe(URI.create("https://h.example/k"), List.of("contact"))
                        .id())
                .isEqualTo("wbs_1");
        assertThat(kirim.secrets).containsExactly("whsec_new");
        assertThat(kirim.seen.get(2).body()).isEqualTo("{\"expires_in_hours\":24}");
        assertThat(kirim.seen.get(1).idempotencyKey())
                .isNotEqualTo(kirim.seen.get(2).idempotencyKey());
    }

    @Test
    void rotation_whose_answer_bears_no_secret_says_what_to_do() {
        KirimAdapter adapter = kirim.answering(Answer.of(201, "{\"data\":{\"id\":\"sec_1\"}}"));
        assertThatThrownBy(() -> adapter.rotateSecret("wbs_1", Duration.ofMinutes(90)))
                .isInstanceOfSatisfying(SyncException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.PERMANENT);
                    assertThat(e.getMessage()).contains("webhookSecret");
                });
        assertThat(kirim.seen.get(0).body()).isEqualTo("{\"expires_in_hours\":2}");
    }

    @Test
    void list_of_subscriptions_that_does_not_end_makes_no_second_one() {
        KirimAdapter adapter = kirim.answering(Answer.of(200, "{\"data\":[],\"has_more\":true,\"next_cursor\":\"c\"}"));
        assertThatThrownBy(() -> adapter.subscribe(URI.create("https://h.example/k"), List.of("contact")))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PERMANENT));
        assertThat(kirim.seen).extracting(FakeKirim.Seen::method).containsOnly("GET");
    }
}
