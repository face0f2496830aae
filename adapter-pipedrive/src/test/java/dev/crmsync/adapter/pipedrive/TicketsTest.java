package dev.crmsync.adapter.pipedrive;

import static dev.crmsync.adapter.pipedrive.FakePipedrive.change;
import static dev.crmsync.adapter.pipedrive.FakePipedrive.error;
import static dev.crmsync.adapter.pipedrive.FakePipedrive.newRecord;
import static dev.crmsync.adapter.pipedrive.FakePipedrive.text;
import static dev.crmsync.adapter.pipedrive.FakePipedrive.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.adapter.pipedrive.FakePipedrive.Answer;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicketsTest {
    private static final String KEY = "custom_fields.Kirim conversation id";
    private static final String LEAD = "adf21080-0e10-11eb-879b-05d71fb426ec";

    private final FakePipedrive pipedrive = new FakePipedrive();
    private final Company company = new Company();
    private PipedriveAdapter adapter = pipedrive.adapter();

    @BeforeEach
    void serve() {
        pipedrive.answering(company);
    }

    @AfterEach
    void stop() {
        pipedrive.close();
    }

    private ChangeEvent found(String id) {
        Read read = adapter.read(ticket(id));
        assertThat(read).isInstanceOf(Read.Found.class);
        return ((Read.Found) read).record();
    }

    private void staged() {
        adapter = pipedrive.adapter(
                pipedrive.definition().dealPipeline("1", "1:open,2:open,3:pending,won:closed,lost:closed"));
    }

    @Test
    void deal_shows_where_it_stands_whose_it_is_and_whom_it_is_about() {
        company.addDeal("7", "open", 2);
        assertThat(found("7").properties())
                .isEqualTo(Map.of(
                        "title",
                        text("Talk"),
                        "@state",
                        text("open"),
                        "@closed",
                        NativeValue.EMPTY,
                        "owner_id",
                        text("77"),
                        "person_id",
                        text("5"),
                        KEY,
                        text("cnv_7")));
    }

    @ParameterizedTest
    @CsvSource({"open, 3", "won, won", "lost, lost"})
    void stage_tells_the_state_while_a_deal_is_open(String status, String state) {
        staged();
        company.addDeal("7", status, 3);
        assertThat(found("7").properties()).containsEntry("@state", text(state));
    }

    @Test
    void time_of_closing_is_told_where_pipedrive_tells_it() {
        company.addDeal("7", "won", 1).put("won_time", "2026-05-01 10:00:00");
        company.addDeal("8", "lost", 1);
        assertThat(found("7").properties()).containsEntry("@closed", text("2026-05-01T10:00:00Z"));
        assertThat(found("8").properties()).doesNotContainKey("@closed");
    }

    @Test
    void archived_deal_is_archived_and_deleted_one_gone() {
        company.addDeal("7", "open", 1).put("is_archived", true);
        company.addDeal("8", "deleted", 1);
        assertThat(adapter.read(ticket("7")))
                .isInstanceOfSatisfying(
                        Read.Gone.class, gone -> assertThat(gone.restorable()).isTrue());
        assertThat(adapter.read(ticket("8")))
                .isInstanceOfSatisfying(
                        Read.Gone.class, gone -> assertThat(gone.restorable()).isFalse());
    }

    @Test
    void new_deal_has_title_person_pipeline_and_join_key() {
        staged();
        Outcome outcome = adapter.write(
                newRecord("conversation", KEY, "cnv_1", Map.of("person_id", text("5"), "owner_id", NativeValue.EMPTY)));
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        JsonNode body = pipedrive.asked("POST /api/v2/deals").get(0).body();
        ObjectNode wanted = Json.object()
                .put("title", "WhatsApp conversation")
                .put("person_id", 5)
                .put("pipeline_id", 1);
        wanted.putObject("custom_fields").put(Company.TICKET_KEY, "cnv_1");
        assertThat(body.properties()).containsExactlyInAnyOrderElementsOf(wanted.properties());
        assertThat(adapter.find("conversation", new Write.ExternalId(KEY, "cnv_1")))
                .isInstanceOf(Read.Found.class);
    }

    @ParameterizedTest
    @CsvSource({"3, open, 3", "won, won, 1", "lost, lost, 1", "open, open, 1"})
    void state_is_written_as_status_and_stage(String state, String status, int stage) {
        company.addDeal("7", "lost", 1);
        assertThat(adapter.write(change(ticket("7"), Map.of("@state", text(state)))))
                .isInstanceOf(Outcome.Done.class);
        assertThat(company.records.get("deals/7").path("status").asText()).isEqualTo(status);
        assertThat(company.records.get("deals/7").path("stage_id").asInt()).isEqualTo(stage);
    }

    @ParameterizedTest
    @CsvSource({
        "@state, NOT_AN_OPTION",
        "owner_id, READ_ONLY",
        "person_id, READ_ONLY",
        "title, REQUIRED",
        "@closed, READ_ONLY"
    })
    void what_a_deal_is_never_without_is_not_taken_away(String property, Rejection kind) {
        company.addDeal("7", "open", 1);
        assertThat(adapter.write(change(ticket("7"), Map.of(property, NativeValue.EMPTY))))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        refused -> assertThat(refused.kind()).isEqualTo(kind));
    }

    @Test
    void new_deal_of_a_person_that_is_not_there_waits_for_its_parent() {
        pipedrive.answering(request ->
                request.method().equals("POST") ? Answer.of(404, error("Person not found")) : company.apply(request));
        assertThat(adapter.write(newRecord("conversation", KEY, "cnv_1", Map.of("person_id", text("5")))))
                .isInstanceOfSatisfying(Outcome.Rejected.class, refused -> {
                    assertThat(refused.kind()).isEqualTo(Rejection.MISSING_PARENT);
                    assertThat(refused.property()).isEqualTo("person_id");
                });
    }

    @Test
    void default_mapping_speaks_of_pending_only_where_stages_do() {
        assertThat(states(adapter).nativeByCanonical())
                .isEqualTo(Map.of(Conversation.OPEN, "open", Conversation.CLOSED, "won"));
        staged();
        assertThat(states(adapter).nativeByCanonical())
                .isEqualTo(Map.of(Conversation.OPEN, "1", Conversation.PENDING, "3", Conversation.CLOSED, "won"));
    }

    private static Lens.Coded states(PipedriveAdapter adapter) {
        Mapping mapping = adapter.defaultMappings().get(1);
        return (Lens.Coded) mapping.carrying(Conversation.STATUS).orElseThrow().lens();
    }

    @Test
    void lead_keeps_its_custom_fields_at_its_root_and_is_closed_by_being_archived() {
        adapter = pipedrive.adapter(pipedrive.definition().tickets("leads"));
        ObjectNode row =
                Json.object().put("title", "Talk").put("is_archived", true).put("person_id", 5);
        row.put(Company.TICKET_KEY, "cnv_9").putObject("owner_id").put("id", 77);
        company.add("leads", LEAD, row);

        assertThat(found(LEAD).properties())
                .containsEntry("@state", text("archived"))
                .containsEntry("owner_id", text("77"))
                .containsEntry(KEY, text("cnv_9"));
        assertThat(adapter.write(change(ticket(LEAD), Map.of("@state", text("open")))))
                .isInstanceOf(Outcome.Done.class);
        assertThat(row.path("is_archived").asBoolean()).isFalse();
        assertThat(pipedrive.asked("PATCH /v1/leads/" + LEAD)).hasSize(1);
    }

    @Test
    void new_lead_bears_the_key_of_deals_and_is_found_by_it() {
        adapter = pipedrive.adapter(pipedrive.definition().tickets("leads"));
        Outcome outcome = adapter.write(
                newRecord("conversation", KEY, "cnv_1", Map.of("person_id", text("5"), "@state", text("archived"))));
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        JsonNode body = pipedrive.asked("POST /v1/leads").get(0).body();
        assertThat(body.path(Company.TICKET_KEY).asText()).isEqualTo("cnv_1");
        assertThat(body.has("is_archived")).isFalse();
        assertThat(adapter.find("conversation", new Write.ExternalId(KEY, "cnv_1")))
                .isInstanceOf(Read.Found.class);
    }

    @Test
    void archived_leads_are_part_of_a_walk() {
        adapter = pipedrive.adapter(pipedrive.definition().tickets("leads"));
        company.add("leads", LEAD, Json.object().put("title", "Talk").put("is_archived", true));
        String next = adapter.list("conversation", null).next();
        assertThat(next).isNotNull();
        assertThat(adapter.list("conversation", next).events()).hasSize(1);
        assertThat(adapter.list("conversation", next).next()).isNull();
    }
}
