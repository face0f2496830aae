package dev.crmsync.adapter.pipedrive;

import static dev.crmsync.adapter.pipedrive.Company.address;
import static dev.crmsync.adapter.pipedrive.FakePipedrive.contact;
import static dev.crmsync.adapter.pipedrive.FakePipedrive.error;
import static dev.crmsync.adapter.pipedrive.FakePipedrive.items;
import static dev.crmsync.adapter.pipedrive.FakePipedrive.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.adapter.pipedrive.FakePipedrive.Answer;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Describes.NativeProperty;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {
    private static final Write.ExternalId CTC_1 = new Write.ExternalId("custom_fields.Kirim contact id", "ctc_1");

    private final FakePipedrive pipedrive = new FakePipedrive();
    private final Company company = new Company();
    private PipedriveAdapter adapter;

    @BeforeEach
    void serve() {
        pipedrive.answering(company);
        adapter = pipedrive.adapter(pipedrive.definition().metadata("crm_segment", "Segment"));
    }

    @AfterEach
    void stop() {
        pipedrive.close();
    }

    private ChangeEvent found(String id) {
        Read read = adapter.read(contact(id));
        assertThat(read).isInstanceOf(Read.Found.class);
        return ((Read.Found) read).record();
    }

    private ObjectNode budi() {
        ObjectNode row = company.addPerson("5", "Budi");
        row.withArray("emails").add(address("b@x.example", "work", false)).add(address("a@x.example", "home", true));
        row.withArray("phones").add(address("0812 345", "mobile", false));
        row.withArray("label_ids").add(2).add(1);
        row.withObjectProperty("custom_fields").put(Company.KEY, "ctc_1").put(Company.SEGMENT, 31);
        return row;
    }

    @Test
    void person_shows_primaries_names_of_options_and_our_fields_by_our_names() {
        budi();
        ChangeEvent event = found("5");
        assertThat(event.properties())
                .isEqualTo(Map.of(
                        "name", text("Budi"),
                        "owner_id", text("77"),
                        "email", text("a@x.example"),
                        "phone", text("0812 345"),
                        "label_ids", items("Cold", "Hot"),
                        "custom_fields.Kirim contact id", text("ctc_1"),
                        "custom_fields.Segment", text("Gold")));
        assertThat(event.full()).isTrue();
        assertThat(event.evidence()).isEqualTo(Evidence.READ);
    }

    @Test
    void a_read_was_true_until_the_end_of_the_second_in_which_it_was_answered() {
        budi().put("update_time", "2026-05-01T11:59:59Z");
        assertThat(found("5").asOf())
                .isEqualTo(
                        new AsOf(Instant.parse("2026-05-01T11:59:59Z"), FakePipedrive.NOW.plus(Duration.ofSeconds(1))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-05-01T11:00:00.123Z", "2026-05-01 11:00:00", "2026-05-01T13:00:00+02:00"})
    void record_times_of_either_form_are_compared_by_the_second(String time) {
        budi().put("update_time", time);
        assertThat(found("5").asOf().from()).isEqualTo(Instant.parse("2026-05-01T11:00:00Z"));
    }

    @Test
    void what_a_row_does_not_tell_is_absent_and_what_is_null_is_empty() {
        ObjectNode row = budi();
        row.remove(List.of("emails", "owner_id"));
        row.withObjectProperty("custom_fields").remove(Company.KEY);
        row.withObjectProperty("custom_fields").putNull(Company.SEGMENT);
        row.putArray("phones");
        assertThat(found("5").properties())
                .doesNotContainKeys("email", "owner_id", "custom_fields.Kirim contact id")
                .containsEntry("phone", NativeValue.EMPTY)
                .containsEntry("custom_fields.Segment", NativeValue.EMPTY);
    }

    @Test
    void label_that_nobody_can_name_hides_the_labels_and_is_looked_for_once() {
        budi().withArray("label_ids").add(999);
        assertThat(found("5").properties()).doesNotContainKey("label_ids");
        assertThat(found("5").properties()).doesNotContainKey("label_ids");
        assertThat(pipedrive.asked("GET /api/v2/personFields")).hasSize(1);
        pipedrive.now = pipedrive.now.plus(Duration.ofMinutes(6));
        company.fields
                .get("personFields")
                .get(0)
                .withArray("options")
                .addObject()
                .put("id", 999)
                .put("label", "New");
        assertThat(found("5").properties()).containsEntry("label_ids", items("Cold", "Hot", "New"));
        assertThat(pipedrive.asked("GET /api/v2/personFields")).hasSize(2);
    }

    @Test
    void field_that_was_renamed_is_still_known_by_its_key() {
        company.fields.get("personFields").get(2).put("field_name", "Tier");
        adapter = pipedrive.adapter(pipedrive.definition().metadata("crm_segment", Company.SEGMENT));
        budi();
        assertThat(found("5").properties()).containsEntry("custom_fields." + Company.SEGMENT, text("Gold"));
    }

    @Test
    void two_fields_of_one_name_are_not_guessed_at() {
        company.fields.get("personFields").add(Company.field("d".repeat(40), "Segment", "varchar"));
        budi();
        assertThat(found("5").properties()).doesNotContainKey("custom_fields.Segment");
    }

    @Test
    void person_that_is_deleted_is_gone_and_one_that_is_not_found_need_not_be() {
        budi().put("is_deleted", true).put("update_time", "2026-05-01T11:30:00Z");
        assertThat(adapter.read(contact("5")))
                .isEqualTo(new Read.Gone(AsOf.at(Instant.parse("2026-05-01T11:30:00Z")), false));
        assertThat(adapter.read(contact("6"))).isEqualTo(new Read.NotVisible());
        assertThat(adapter.read(contact("../users/1"))).isEqualTo(new Read.NotVisible());
    }

    @Test
    void other_record_than_the_one_asked_for_proves_nothing() {
        pipedrive.answering(
                request -> Answer.of(200, FakePipedrive.data(Json.object().put("id", 6))));
        assertThat(adapter.read(contact("5"))).isInstanceOf(Read.Unknown.class);
    }

    @Test
    void page_that_is_no_json_is_no_proof_that_a_person_is_gone() {
        pipedrive.answering(request -> Answer.of(404, "<html>no such host</html>"));
        assertThatThrownBy(() -> adapter.read(contact("5")))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.TRANSIENT));
    }

    @Test
    void answer_that_says_it_is_no_success_is_none_whatever_its_status() {
        ObjectNode half = FakePipedrive.data(budi()).put("success", false);
        pipedrive.answering(
                request -> request.path().contains("Fields") ? company.apply(request) : Answer.of(200, half));
        assertThatThrownBy(() -> adapter.read(contact("5")))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.TRANSIENT));
    }

    @Test
    void version_that_is_served_no_longer_is_no_missing_person() {
        pipedrive.answering(request -> Answer.of(410, error("gone")));
        assertThatThrownBy(() -> adapter.read(contact("5")))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.PERMANENT));
    }

    @Test
    void few_are_read_one_by_one_and_many_by_the_hundred() {
        List<RecordRef> refs =
                IntStream.rangeClosed(1, 30).mapToObj(id -> contact("" + id)).toList();
        IntStream.rangeClosed(1, 29).forEach(id -> company.addPerson("" + id, "P" + id));
        company.person("7").put("is_deleted", true);

        Map<RecordRef, Read> reads = adapter.readMany(refs);
        assertThat(reads).hasSize(30);
        assertThat(reads.get(contact("7"))).isInstanceOf(Read.Gone.class);
        assertThat(reads.get(contact("30"))).isEqualTo(new Read.NotVisible());
        assertThat(reads.get(contact("8"))).isInstanceOf(Read.Found.class);
        assertThat(pipedrive.asked("GET /api/v2/persons")).hasSize(1);
        pipedrive.seen.clear();
        adapter.readMany(refs.subList(7, 9));
        assertThat(pipedrive.seen)
                .extracting(FakePipedrive.Seen::line)
                .containsExactly("GET /api/v2/persons/8", "GET /api/v2/persons/9");
    }

    @Test
    void looked_up_person_is_read_and_must_bear_the_key_to_the_letter() {
        budi();
        assertThat(adapter.find("contact", CTC_1)).isInstanceOf(Read.Found.class);
        assertThat(pipedrive.asked("GET /api/v2/itemSearch/field").get(0).query())
                .containsEntry("term", "ctc_1")
                .containsEntry("entity_type", "person")
                .containsEntry("field", Company.KEY)
                .containsEntry("match", "exact");

        pipedrive.answering(request -> request.path().contains("itemSearch")
                ? Answer.of(200, FakePipedrive.list(Json.object().put("id", 5).put("name", "Budi")))
                : company.apply(request));
        assertThat(adapter.find("contact", new Write.ExternalId(CTC_1.property(), "CTC_1")))
                .isInstanceOf(Read.Gone.class);
    }

    @Test
    void hit_that_is_deleted_by_now_is_none_and_of_two_the_first_made_is_the_one() {
        budi().put("is_deleted", true);
        company.addPerson("40", "Twin").withObjectProperty("custom_fields").put(Company.KEY, "ctc_1");
        company.addPerson("9", "Budi").withObjectProperty("custom_fields").put(Company.KEY, "ctc_1");
        assertThat(adapter.find("contact", CTC_1))
                .isInstanceOfSatisfying(
                        Read.Found.class,
                        found -> assertThat(found.record().ref()).isEqualTo(contact("9")));
    }

    @Test
    void hits_in_items_are_understood_too() {
        budi();
        ObjectNode data = Json.object();
        data.putArray("items")
                .addObject()
                .put("result_score", 1.2)
                .putObject("item")
                .put("id", 5);
        pipedrive.answering(request -> request.path().contains("itemSearch")
                ? Answer.of(200, FakePipedrive.data(data))
                : company.apply(request));
        assertThat(adapter.find("contact", CTC_1)).isInstanceOf(Read.Found.class);
    }

    @Test
    void look_up_that_could_not_be_made_is_no_absence() {
        budi();
        assertThat(adapter.find("contact", new Write.ExternalId(CTC_1.property(), "x".repeat(501))))
                .isInstanceOf(Read.Unknown.class);
        company.fields.get("personFields").clear();
        pipedrive.now = pipedrive.now.plus(Duration.ofDays(1));
        assertThat(pipedrive.adapter().find("contact", CTC_1)).isInstanceOf(Read.Unknown.class);
    }

    @Test
    void app_sends_its_token_in_the_other_header() {
        budi();
        Pipedrive app = Pipedrive.app(() -> List.of(FakePipedrive.TOKEN)).baseUrl(pipedrive.url());
        assertThat(pipedrive.adapter(app).read(contact("5"))).isInstanceOf(Read.Found.class);
        assertThat(pipedrive.seen.get(0).headers())
                .containsEntry("Authorization", "Bearer " + FakePipedrive.TOKEN)
                .doesNotContainKey("x-api-token");
    }

    @Test
    void account_is_described_by_names_and_not_by_hashes() {
        assertThat(adapter.describe("contact"))
                .extracting(NativeProperty::name)
                .contains("email", "custom_fields.Segment", "custom_fields.Kirim contact id");
        assertThat(adapter.describe("user")).hasSize(2);
        assertThatThrownBy(() -> adapter.describe("company")).isInstanceOf(SyncException.class);
    }

    @Test
    void users_are_listed_and_one_that_is_deactivated_is_gone() {
        ObjectNode ana = Json.object().put("id", 77).put("name", "Ana").put("email", "ana@x.example");
        ana.put("active_flag", true);
        ObjectNode left = ana.deepCopy().put("id", 78).put("active_flag", false);
        pipedrive.answering(request -> switch (request.path()) {
            case "/v1/users" -> Answer.of(200, FakePipedrive.list(ana, left));
            case "/v1/users/77" -> Answer.of(200, FakePipedrive.data(ana));
            case "/v1/users/78" -> Answer.of(200, FakePipedrive.data(left));
            default -> Answer.of(404, error("User not found"));
        });
        assertThat(adapter.list("user", null).events())
                .singleElement()
                .satisfies(event -> assertThat(event.properties())
                        .isEqualTo(Map.of("name", text("Ana"), "email", text("ana@x.example"))));
        assertThat(adapter.read(new RecordRef("crm", "user", "77"))).isInstanceOf(Read.Found.class);
        assertThat(adapter.read(new RecordRef("crm", "user", "78"))).isInstanceOf(Read.Gone.class);
        assertThat(adapter.read(new RecordRef("crm", "user", "79"))).isEqualTo(new Read.NotVisible());
    }
}
