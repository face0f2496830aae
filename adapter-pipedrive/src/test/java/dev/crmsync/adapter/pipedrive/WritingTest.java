package dev.crmsync.adapter.pipedrive;

import static dev.crmsync.adapter.pipedrive.Company.address;
import static dev.crmsync.adapter.pipedrive.FakePipedrive.change;
import static dev.crmsync.adapter.pipedrive.FakePipedrive.contact;
import static dev.crmsync.adapter.pipedrive.FakePipedrive.error;
import static dev.crmsync.adapter.pipedrive.FakePipedrive.items;
import static dev.crmsync.adapter.pipedrive.FakePipedrive.newContact;
import static dev.crmsync.adapter.pipedrive.FakePipedrive.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.adapter.pipedrive.FakePipedrive.Answer;
import dev.crmsync.adapter.pipedrive.FakePipedrive.Seen;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.NativeValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WritingTest {
    private static final String KEY_PROPERTY = "custom_fields.Kirim contact id";

    private final FakePipedrive pipedrive = new FakePipedrive();
    private final Company company = new Company();
    private PipedriveAdapter adapter = pipedrive.adapter();

    @BeforeEach
    void serve() {
        pipedrive.answering(company);
        company.addPerson("5", "Budi");
    }

    @AfterEach
    void stop() {
        pipedrive.close();
    }

    private Outcome write(Write write) {
        return adapter.write(write);
    }

    private Outcome write(String property, NativeValue value) {
        return write(change(contact("5"), Map.of(property, value)));
    }

    private List<String> lines() {
        return pipedrive.seen.stream()
                .map(Seen::line)
                .filter(line -> !line.contains("Fields"))
                .toList();
    }

    private static Outcome.Rejected rejected(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        return (Outcome.Rejected) outcome;
    }

    @Test
    void new_person_bears_its_join_key_under_this_accounts_hash() {
        Outcome outcome = write(newContact(
                "ctc_1",
                Map.of(
                        "name", text("Ana"),
                        "email", text("ana@x.example"),
                        "phone", text("+6281234567"),
                        "label_ids", items("Hot"))));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Done.class, done -> {
            assertThat(done.ref()).isEqualTo(contact("100"));
            assertThat(done.record()).isNotNull();
            assertThat(done.record().properties())
                    .containsEntry(KEY_PROPERTY, text("ctc_1"))
                    .containsEntry("email", text("ana@x.example"))
                    .containsEntry("label_ids", items("Hot"));
        });
        JsonNode body = pipedrive.asked("POST /api/v2/persons").get(0).body();
        assertThat(body.path("custom_fields").path(Company.KEY).asText()).isEqualTo("ctc_1");
        assertThat(body.path("emails").get(0).path("primary").asBoolean()).isTrue();
        assertThat(body.path("label_ids").get(0).isInt()).isTrue();
        assertThat(lines()).containsExactly("POST /api/v2/persons");
    }

    @Test
    void what_is_empty_is_left_out_of_a_new_person() {
        write(newContact(
                "ctc_1",
                Map.of(
                        "name",
                        text("Ana"),
                        "email",
                        NativeValue.EMPTY,
                        "label_ids",
                        items(),
                        "owner_id",
                        NativeValue.EMPTY)));
        JsonNode body = pipedrive.asked("POST /api/v2/persons").get(0).body();
        assertThat(body.properties()).extracting(Map.Entry::getKey).containsExactlyInAnyOrder("name", "custom_fields");
    }

    @Test
    void create_whose_answer_is_lost_is_unknown_and_found_again_once_the_index_has_it() {
        company.unindexed.add("persons/100");
        pipedrive.answering(request -> {
            Answer answer = company.apply(request);
            return request.method().equals("POST") ? Answer.cut() : answer;
        });
        Write.ExternalId key = new Write.ExternalId(KEY_PROPERTY, "ctc_1");

        assertThat(write(newContact("ctc_1", Map.of("name", text("Ana"))))).isInstanceOf(Outcome.Unknown.class);
        assertThat(adapter.find("contact", key)).isInstanceOf(Read.Gone.class);
        company.unindexed.clear();
        assertThat(adapter.find("contact", key))
                .isInstanceOfSatisfying(
                        Read.Found.class,
                        found -> assertThat(found.record().ref()).isEqualTo(contact("100")));
        assertThat(pipedrive.asked("POST /api/v2/persons")).hasSize(1);
    }

    @Test
    void person_that_could_not_be_found_again_is_not_made() {
        company.fields
                .get("personFields")
                .removeIf(field -> field.path("field_code").asText().equals(Company.KEY));

        assertThatThrownBy(() -> write(newContact("ctc_1", Map.of("name", text("Ana")))))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.AUTH))
                .hasMessageContaining("run the set-up");
        assertThat(lines()).isEmpty();
    }

    @Test
    void join_key_in_a_field_that_no_search_looks_into_makes_nobody() {
        company.fields.get("personFields").get(1).put("field_type", "date");

        assertThatThrownBy(() -> write(newContact("ctc_1", Map.of("name", text("Ana")))))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("text field");
        assertThat(lines()).isEmpty();
    }

    @Test
    void other_addresses_stay_and_the_primary_one_keeps_its_label() {
        company.person("5")
                .withArray("emails")
                .add(address("old@x.example", "home", true))
                .add(address("office@x.example", "work", false));

        assertThat(write("email", text("new@x.example"))).isInstanceOf(Outcome.Done.class);
        assertThat(company.person("5").path("emails"))
                .containsExactly(address("new@x.example", "home", true), address("office@x.example", "work", false));
        assertThat(lines()).containsExactly("GET /api/v2/persons/5", "PATCH /api/v2/persons/5");
    }

    @ParameterizedTest
    @CsvSource({"emails, email, OFFICE@x.example", "phones, phone, +62 812-345"})
    void address_that_is_there_already_becomes_the_primary_one(String array, String property, String value) {
        company.person("5")
                .withArray(array)
                .add(address("first", "home", true))
                .add(address(property.equals("email") ? "office@x.example" : "+62812345", "work", false));

        write(property, text(value));
        assertThat(company.person("5").path(array))
                .containsExactly(address("first", "home", false), address(value, "work", true));
    }

    @Test
    void address_that_somebody_added_a_moment_ago_is_not_lost() {
        company.person("5").withArray("phones").add(address("+6281", "work", true));
        adapter.read(contact("5"));
        company.person("5").withArray("phones").add(address("+6282", "home", false));

        write("phone", text("+6289"));
        assertThat(company.person("5").path("phones").findValuesAsText("value")).containsExactly("+6289", "+6282");
    }

    @Test
    void the_only_address_is_cleared_and_one_among_others_is_not() {
        company.person("5").withArray("emails").add(address("a@x.example", "work", true));
        assertThat(write("email", NativeValue.EMPTY)).isInstanceOf(Outcome.Done.class);
        assertThat(company.person("5").path("emails")).isEmpty();

        company.person("5")
                .withArray("emails")
                .add(address("a@x.example", "work", true))
                .add(address("b@x.example", "work", false));
        assertThat(rejected(write("email", NativeValue.EMPTY)).property()).isEqualTo("email");
        assertThat(company.person("5").path("emails")).hasSize(2);
    }

    @Test
    void two_primaries_and_none_are_made_into_one() {
        company.person("5")
                .withArray("emails")
                .add(address("a@x.example", "work", true))
                .add(address("b@x.example", "work", true));
        write("email", text("c@x.example"));
        assertThat(company.person("5").path("emails"))
                .containsExactly(address("c@x.example", "work", true), address("b@x.example", "work", false));
    }

    @Test
    void labels_are_written_as_the_full_set_and_one_without_a_name_stays() {
        company.person("5").withArray("label_ids").add(1).add(999).add(2);

        assertThat(write("label_ids", items("Cold"))).isInstanceOf(Outcome.Done.class);
        assertThat(company.person("5").path("label_ids"))
                .extracting(JsonNode::asInt)
                .containsExactly(999, 2);
    }

    @Test
    void label_that_the_account_has_not_is_added_to_its_options() {
        assertThat(write("label_ids", items("Hot", "Baru \uD83C\uDF34"))).isInstanceOf(Outcome.Done.class);
        JsonNode options = company.fields.get("personFields").get(0).path("options");
        assertThat(options).hasSize(3);
        assertThat(company.person("5").path("label_ids"))
                .extracting(JsonNode::asInt)
                .containsExactly(options.get(2).path("id").asInt(), 1);
        assertThat(write("label_ids", items("Hot", "Baru \uD83C\uDF34"))).isInstanceOf(Outcome.Done.class);
        assertThat(options).hasSize(3);
    }

    @Test
    void label_that_may_not_be_added_is_no_option() {
        pipedrive.answering(request ->
                request.path().endsWith("/options") ? Answer.of(403, error("No permission")) : company.apply(request));
        assertThat(rejected(write("label_ids", items("Baru"))))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(Rejection.NOT_AN_OPTION))
                .satisfies(refused -> assertThat(refused.property()).isEqualTo("label_ids"))
                .satisfies(refused -> assertThat(refused.message()).doesNotContain("Baru"));
        assertThat(lines()).doesNotContain("PATCH /api/v2/persons/5");
    }

    @Test
    void labels_in_a_custom_field_are_cleared_with_null() {
        company.fields.get("personFields").add(Company.field("d".repeat(40), "Tags", "set", "7", "Hot"));
        adapter = pipedrive.adapter(pipedrive.definition().labels("Tags"));
        company.person("5")
                .withObjectProperty("custom_fields")
                .putArray("d".repeat(40))
                .add(7);

        assertThat(write("custom_fields.Tags", items())).isInstanceOf(Outcome.Done.class);
        assertThat(company.person("5")
                        .path("custom_fields")
                        .path("d".repeat(40))
                        .isNull())
                .isTrue();
    }

    @Test
    void metadata_is_written_to_the_fields_key_and_options_by_their_ids() {
        adapter = pipedrive.adapter(pipedrive.definition().metadata("crm_segment", "Segment"));

        assertThat(write("custom_fields.Segment", text("Silver"))).isInstanceOf(Outcome.Done.class);
        assertThat(company.person("5")
                        .path("custom_fields")
                        .path(Company.SEGMENT)
                        .asInt())
                .isEqualTo(32);
        assertThat(rejected(write("custom_fields.Segment", text("Bronze"))).kind())
                .isEqualTo(Rejection.NOT_AN_OPTION);
        assertThat(rejected(write("custom_fields.Nowhere", text("x"))).message())
                .contains("run the set-up");
    }

    @Test
    void keys_that_moved_are_read_anew_and_the_write_is_put_off() {
        adapter = pipedrive.adapter(pipedrive.definition().metadata("crm_segment", "Segment"));
        write("custom_fields.Segment", text("Gold"));
        String anew = "e".repeat(40);
        company.fields.get("personFields").set(2, Company.field(anew, "Segment", "enum", "41", "Gold"));
        pipedrive.answering(request -> request.body().path("custom_fields").has(Company.SEGMENT)
                ? Answer.of(400, error("Validation failed: custom_fields." + Company.SEGMENT + ": unknown field"))
                : company.apply(request));

        assertThat(write("custom_fields.Segment", text("Gold"))).isInstanceOf(Outcome.Deferred.class);
        assertThat(write("custom_fields.Segment", text("Gold"))).isInstanceOf(Outcome.Done.class);
        assertThat(company.person("5").path("custom_fields").path(anew).asInt()).isEqualTo(41);
    }

    @Test
    void refusal_names_our_property_and_repeats_no_value() {
        pipedrive.answering(request -> request.method().equals("PATCH")
                ? Answer.of(
                        400,
                        error("Validation failed: emails: secret@x.example is not valid")
                                .put("code", "ERR_SCHEMA_VALIDATION_FAILED"))
                : company.apply(request));
        assertThat(rejected(write("email", text("secret@x.example")))).satisfies(refused -> {
            assertThat(refused.kind()).isEqualTo(Rejection.INVALID);
            assertThat(refused.property()).isEqualTo("email");
            assertThat(refused.message())
                    .contains("ERR_SCHEMA_VALIDATION_FAILED")
                    .doesNotContain("secret");
        });
    }

    @ParameterizedTest
    @CsvSource({"404, NOT_FOUND", "403, FORBIDDEN", "415, FORBIDDEN", "400, INVALID", "422, INVALID"})
    void refusal_by_status(int status, Rejection kind) {
        pipedrive.answering(request -> request.method().equals("PATCH")
                ? Answer.of(status, error("no").put("code", "feature_capping_deals_limit"))
                : company.apply(request));
        assertThat(rejected(write("name", text("Ana"))).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402})
    void credentials_that_are_no_good_are_thrown(int status) {
        pipedrive.answering(request -> Answer.of(status, error("no")));
        assertThatThrownBy(() -> write("name", text("Ana")))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.AUTH))
                .hasMessageNotContaining(FakePipedrive.TOKEN);
    }

    @Test
    void scope_that_is_missing_is_thrown_for_it_is_missing_for_all() {
        pipedrive.answering(request -> Answer.of(403, error("Scope and URL mismatch")));
        assertThatThrownBy(() -> write("name", text("Ana")))
                .isInstanceOfSatisfying(
                        SyncException.class, fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.AUTH))
                .hasMessageContaining("scope");
    }

    @Test
    void success_that_says_it_is_none_leaves_the_outcome_open() {
        pipedrive.answering(request -> Answer.of(200, error("half")));
        assertThat(write("name", text("Ana"))).isInstanceOf(Outcome.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"success\":true,\"data\":{}}", "{\"success\":true,\"data\":{\"id\":6}}", "{}", "[]", ""})
    void answer_without_the_record_leaves_the_outcome_open(String body) {
        pipedrive.answering(request -> Answer.of(200, body));
        assertThat(write("name", text("Ana"))).isInstanceOf(Outcome.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void fault_of_the_read_before_a_write_puts_the_write_off(int status) {
        pipedrive.answering(
                request -> request.method().equals("GET") ? Answer.of(status, error("down")) : company.apply(request));
        assertThat(write("email", text("a@x.example"))).isInstanceOf(Outcome.Deferred.class);
        assertThat(lines()).containsExactly("GET /api/v2/persons/5");
    }

    @Test
    void person_that_is_gone_takes_no_address() {
        company.person("5").put("is_deleted", true);
        assertThat(rejected(write("email", text("a@x.example"))).kind()).isEqualTo(Rejection.NOT_FOUND);
        assertThat(rejected(write(change(contact("6"), Map.of("email", text("a@x.example")))))
                        .kind())
                .isEqualTo(Rejection.NOT_FOUND);
    }

    @Test
    void what_pipedrive_has_no_words_for_is_not_sent() {
        Map<String, NativeValue> wrong = new TreeMap<>();
        wrong.put("name", NativeValue.EMPTY);
        wrong.put("owner_id", text("nobody"));
        wrong.put("birthday", text("1990-01-01"));
        wrong.put("phone", new NativeValue.Entries(Map.of()));
        wrong.forEach((property, value) -> {
            if (!property.equals("phone")) {
                assertThat(rejected(write(property, value)).property()).isEqualTo(property);
            }
        });
        assertThat(rejected(write("phone", items("x"))).kind()).isEqualTo(Rejection.INVALID);
        assertThat(lines()).noneMatch(line -> line.startsWith("PATCH"));
    }

    @Test
    void hostile_names_go_out_and_come_back_as_they_are() {
        String name = "Robert'); DROP TABLE \"x\";--\u202E<b>\uD83C\uDF34&amp;";
        Outcome outcome = write("name", text(name));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> assertThat(done.record().properties()).containsEntry("name", text(name)));
    }
}
