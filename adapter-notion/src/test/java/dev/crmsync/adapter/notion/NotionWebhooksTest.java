package dev.crmsync.adapter.notion;

import static dev.crmsync.adapter.notion.Workspace.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.http.Signatures;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.Origin;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotionWebhooksTest {
    private static final String TOKEN = "secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl";
    private static final Instant AT = Instant.parse("2026-05-01T11:59:58.123Z");
    private static final String EVENT_ID = "367cba44-b6f3-4c92-81e7-6a2e9659efd4";
    private static final String HANDSHAKE = "{\"verification_token\":\"" + TOKEN + "\"}";

    private final FakeNotion notion = new FakeNotion();
    private NotionAdapter adapter;

    @BeforeEach
    void serve() {
        notion.tokens = List.of(TOKEN);
        notion.answering(new Workspace());
        adapter = notion.adapter(notion.definition().bot(Workspace.BOT, id(0xb1)));
    }

    @AfterEach
    void stop() {
        notion.close();
    }

    private static String author(String type, String id) {
        return "{\"id\":\"" + id + "\",\"type\":\"" + type + "\"}";
    }

    private static String event(String type, String entity, String data, String... authors) {
        return "{\"id\":\"" + EVENT_ID + "\",\"timestamp\":\"" + AT + "\",\"workspace_id\":\"" + id(1)
                + "\",\"workspace_name\":\"W\",\"subscription_id\":\"" + id(2) + "\",\"integration_id\":\"" + id(3)
                + "\",\"type\":\"" + type + "\",\"authors\":[" + String.join(",", authors)
                + "],\"attempt_number\":1,\"api_version\":\"2026-03-11\",\"entity\":{\"id\":\"" + entity
                + "\",\"type\":\"page\"},\"data\":" + data + "}";
    }

    private static String in(String dataSource) {
        return "{\"parent\":{\"id\":\"" + Workspace.DATABASE + "\",\"type\":\"database\",\"data_source_id\":\""
                + dataSource + "\"},\"updated_properties\":[\"em%3A1\"]}";
    }

    private static String sign(String token, String body) {
        return "sha256=" + Signatures.hex(Signatures.hmacSha256(token, Bytes.utf8(body)));
    }

    private static WebhookRequest request(String body, String... signatures) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        if (signatures.length > 0) {
            headers.put("x-notion-signature", List.of(signatures));
        }
        return new WebhookRequest("POST", "https://app.example.com/webhooks/crm", headers, Bytes.utf8(body));
    }

    private Receipt signed(String body) {
        return adapter.receive(request(body, sign(TOKEN, body)));
    }

    private List<Receipt.Keyed> accepted(String body) {
        Receipt receipt = signed(body);
        assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
        return ((Receipt.Accepted) receipt).events();
    }

    private static ChangeEvent said(String type, ChangeKind kind, Origin origin) {
        return ChangeEvent.of(new RecordRef("crm", type, id(5)), kind, AsOf.at(AT), Evidence.EVENT)
                .withOrigin(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page.created",
                "page.properties_updated",
                "page.content_updated",
                "page.deleted",
                "page.undeleted",
                "page.moved"
            })
    void webhook_says_which_page_to_read(String type) {
        assertThat(accepted(event(type, id(5), in(Workspace.CONTACTS), author("person", id(9)))))
                .containsExactly(new Receipt.Keyed(EVENT_ID, said("contact", ChangeKind.GAP, Origin.OTHERS)));
        assertThat(accepted(event(type, id(5), in(Workspace.TICKETS), author("person", id(9)))))
                .containsExactly(new Receipt.Keyed(EVENT_ID, said("conversation", ChangeKind.GAP, Origin.OTHERS)));
    }

    @Test
    void page_whose_data_source_is_not_told_may_be_any_and_a_read_tells() {
        String older = "{\"parent\":{\"id\":\"" + Workspace.DATABASE + "\",\"type\":\"database\"}}";
        assertThat(accepted(event("page.created", id(5), older, author("person", id(9)))))
                .extracting(Receipt.Keyed::event)
                .containsExactlyInAnyOrder(
                        said("contact", ChangeKind.GAP, Origin.OTHERS),
                        said("conversation", ChangeKind.GAP, Origin.OTHERS));
    }

    @Test
    void page_of_another_data_source_is_left_alone_and_one_that_was_moved_there_is_not_visible() {
        assertThat(accepted(event("page.created", id(5), in(id(0x99))))).isEmpty();
        assertThat(accepted(event("page.moved", id(5), in(id(0x99)), author("person", id(9)))))
                .extracting(Receipt.Keyed::event)
                .containsExactlyInAnyOrder(
                        said("contact", ChangeKind.NOT_VISIBLE, Origin.OTHERS),
                        said("conversation", ChangeKind.NOT_VISIBLE, Origin.OTHERS));
        String toPage = "{\"parent\":{\"id\":\"" + id(0x98) + "\",\"type\":\"page\"}}";
        assertThat(accepted(event("page.moved", id(5), toPage)))
                .extracting(Receipt.Keyed::dedupeKey)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"comment.created", "view.created", "database.moved", "file_upload.completed", "new.kind"})
    void what_is_not_followed_is_taken_and_left_alone(String type) {
        assertThat(accepted(event(type, id(5), in(Workspace.CONTACTS)))).isEmpty();
    }

    @Test
    void properties_are_looked_at_anew_when_notion_tells_that_they_have_changed() {
        adapter.read(FakeNotion.contact(id(5)));
        adapter.find("contact", new Write.ExternalId("properties.Kirim contact id", "c"));
        adapter.find("contact", new Write.ExternalId("properties.Kirim contact id", "c"));
        String schema = "GET /v1/data_sources/" + Workspace.CONTACTS;
        assertThat(notion.asked(schema)).hasSize(1);
        assertThat(accepted(event("data_source.schema_updated", Workspace.CONTACTS, "{}")))
                .isEmpty();
        adapter.find("contact", new Write.ExternalId("properties.Kirim contact id", "c"));
        assertThat(notion.asked(schema)).hasSize(2);
    }

    @Test
    void event_is_ours_only_where_every_author_is() {
        String ours = author("bot", Workspace.BOT);
        String person = author("person", id(9));
        assertThat(origin(ours)).isEqualTo(Origin.OURS);
        assertThat(origin(ours, author("bot", id(0xb1)))).isEqualTo(Origin.OURS);
        assertThat(origin(ours, person)).isEqualTo(Origin.UNKNOWN);
        assertThat(origin(person, author("agent", id(8)))).isEqualTo(Origin.OTHERS);
        assertThat(origin(author("bot", id(0xb9)))).isEqualTo(Origin.OTHERS);
        assertThat(origin()).isEqualTo(Origin.UNKNOWN);
        adapter = notion.adapter();
        assertThat(origin(ours)).isEqualTo(Origin.UNKNOWN);
    }

    private Origin origin(String... authors) {
        return accepted(event("page.properties_updated", id(5), in(Workspace.CONTACTS), authors))
                .get(0)
                .event()
                .origin();
    }

    @Test
    void signature_is_judged_over_the_bytes_as_they_came() {
        String body = event("page.created", id(5), in(Workspace.CONTACTS));
        assertThat(adapter.receive(request(body, sign(TOKEN, body).toUpperCase(Locale.ROOT))))
                .isInstanceOf(Receipt.Accepted.class);
        assertThat(adapter.receive(request(body + " ", sign(TOKEN, body)))).isEqualTo(new Receipt.BadSignature());
        assertThat(adapter.receive(request(body, sign("another", body)))).isEqualTo(new Receipt.BadSignature());
        assertThat(adapter.receive(request(body))).isEqualTo(new Receipt.BadSignature());
        assertThat(adapter.receive(request(body, "sha256=zz"))).isEqualTo(new Receipt.BadSignature());
        assertThat(adapter.receive(request(body, sign(TOKEN, body), sign("x", body))))
                .isEqualTo(new Receipt.BadSignature());
    }

    /** An independent computation: openssl dgst -sha256 -hmac. */
    @Test
    void signature_is_the_one_that_others_compute() {
        String body = "{\"type\":\"page.created\",\"entity\":{\"id\":\"" + id(5) + "\"},\"data\":{\"parent\":{}}}";
        assertThat(sign("secret_abc", "hello"))
                .isEqualTo("sha256=ab86445e634463b937d05ccd18947f28f44989be1a91bf34d25cf272e7ebf509");
        assertThat(signed(body)).isInstanceOf(Receipt.Accepted.class);
    }

    @Test
    void token_that_is_being_replaced_is_good_as_long_as_the_host_supplies_it() {
        notion.tokens = List.of("secret_new_one", TOKEN);
        assertThat(accepted(event("page.created", id(5), in(Workspace.CONTACTS))))
                .hasSize(1);
    }

    @Test
    void webhook_that_cannot_be_judged_yet_is_to_be_sent_again() {
        notion.tokens = List.of();
        assertThatThrownBy(() -> signed(event("page.created", id(5), in(Workspace.CONTACTS))))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.CONFIGURATION));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[]", "{\"a\":1,\"a\":2}", "{}", "{\"type\":\"page.created\",\"entity\":{\"id\":\"x\"}}"})
    void what_is_signed_and_not_understood_is_kept_for_a_person(String body) {
        assertThat(signed(body)).isInstanceOf(Receipt.Malformed.class);
    }

    @Test
    void page_whose_parent_is_not_told_is_kept_for_a_person() {
        assertThat(signed(event("page.created", id(5), "{}"))).isInstanceOf(Receipt.Malformed.class);
    }

    @Test
    void handshake_is_refused_while_no_window_is_open() {
        notion.tokens = List.of();
        assertThat(adapter.receive(request(HANDSHAKE))).isEqualTo(new Receipt.BadSignature());
        assertThat(adapter.receive(request("{\"verification_token\":\"secret_of_a_stranger\"}")))
                .isEqualTo(new Receipt.BadSignature());
        assertThat(notion.stored).isEmpty();
    }

    @Test
    void handshake_is_taken_once_in_the_window_that_the_set_up_opens() {
        notion.tokens = List.of();
        adapter.setUp(adapter.defaultMappings(), true);
        assertThat(adapter.receive(request(HANDSHAKE))).isEqualTo(new Receipt.BadSignature());

        List<SetupStep> steps = adapter.setUp(adapter.defaultMappings(), false);
        assertThat(steps).anyMatch(step -> step.what().contains("Verify subscription"));
        assertThat(adapter.receive(request(HANDSHAKE))).isEqualTo(new Receipt.Accepted(List.of()));
        assertThat(notion.stored).isEqualTo(Map.of("webhookToken", TOKEN));

        assertThat(adapter.receive(request("{\"verification_token\":\"secret_of_a_stranger\"}")))
                .isEqualTo(new Receipt.BadSignature());
        assertThat(notion.stored).isEqualTo(Map.of("webhookToken", TOKEN));
    }

    @Test
    void window_closes_by_itself() {
        notion.tokens = List.of();
        adapter.setUp(adapter.defaultMappings(), false);
        notion.now = notion.now.plus(HandshakeWindow.OPEN);
        assertThat(adapter.receive(request(HANDSHAKE))).isEqualTo(new Receipt.BadSignature());
    }

    @Test
    void set_up_opens_no_window_while_a_token_is_known() {
        adapter.setUp(adapter.defaultMappings(), false);
        assertThat(adapter.receive(request("{\"verification_token\":\"secret_of_a_stranger\"}")))
                .isEqualTo(new Receipt.BadSignature());
    }

    @Test
    void window_may_be_opened_by_the_definition_for_every_process() {
        notion.tokens = List.of("secret_of_before");
        adapter = notion.adapter(notion.definition().handshakeUntil(FakeNotion.NOW.plus(Duration.ofMinutes(5))));
        assertThat(adapter.receive(request(HANDSHAKE, sign(TOKEN, HANDSHAKE))))
                .isEqualTo(new Receipt.Accepted(List.of()));
        assertThat(notion.stored).isEqualTo(Map.of("webhookToken", TOKEN));
    }

    @Test
    void token_that_is_known_may_be_told_again() {
        assertThat(adapter.receive(request(HANDSHAKE))).isEqualTo(new Receipt.Accepted(List.of()));
        assertThat(notion.stored).isEmpty();
    }

    @Test
    void no_body_brings_the_receiver_down() {
        Random random = new Random(4);
        String whole = event("page.created", id(5), in(Workspace.CONTACTS), author("person", id(9)));
        for (int i = 0; i < 300; i++) {
            char[] broken = whole.toCharArray();
            for (int j = 0; j < 1 + random.nextInt(3); j++) {
                broken[random.nextInt(broken.length)] = "{}[]\",:0x".charAt(random.nextInt(9));
            }
            assertThatCode(() -> signed(new String(broken))).doesNotThrowAnyException();
        }
    }
}
