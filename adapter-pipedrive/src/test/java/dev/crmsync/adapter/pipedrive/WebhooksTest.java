package dev.crmsync.adapter.pipedrive;

import static dev.crmsync.adapter.pipedrive.FakePipedrive.contact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.Origin;
import dev.crmsync.spi.model.RecordRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksTest {
    private static final String URI = "https://app.example.com/webhooks/crm/s3cret-path?x=1";
    private static final Instant AT = Instant.parse("2026-05-01T11:59:58.123Z");

    private final FakePipedrive pipedrive = new FakePipedrive();
    private final PipedriveAdapter adapter = adapter(pipedrive.definition());

    @AfterEach
    void stop() {
        pipedrive.close();
    }

    private PipedriveAdapter adapter(Pipedrive definition) {
        return pipedrive.adapter(definition.companyId("4242").dedicatedUser("77"));
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static WebhookRequest request(String body, String... authorizations) {
        return new WebhookRequest("POST", URI, Map.of("authorization", List.of(authorizations)), Bytes.utf8(body));
    }

    private static String webhook(String action, String entity, String id, String more) {
        return "{\"meta\":{\"action\":\"" + action + "\",\"entity\":\"" + entity + "\",\"entity_id\":\"" + id
                + "\",\"id\":\"3fa85f64-5717-4562-b3fc-2c963f66afa6\",\"company_id\":\"4242\",\"user_id\":\"77\","
                + "\"timestamp\":\"" + AT + "\",\"version\":\"2.0\",\"is_bulk_edit\":false,\"change_source\":\"app\","
                + "\"attempt\":1" + (more.isEmpty() ? "" : "," + more) + "},\"data\":{\"id\":"
                + (id.length() > 20 ? "0" : id)
                + ",\"name\":\"Mallory\"},\"previous\":null}";
    }

    private List<Receipt.Keyed> accepted(String body) {
        Receipt receipt = adapter.receive(request(body, basic("hook", "p4ss")));
        assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
        return ((Receipt.Accepted) receipt).events();
    }

    private static ChangeEvent gap(RecordRef ref) {
        return ChangeEvent.of(ref, ChangeKind.GAP, AsOf.at(AT), Evidence.EVENT);
    }

    @ParameterizedTest
    @CsvSource({
        "create, person, contact, 501",
        "change, person, contact, 501",
        "delete, person, contact, 501",
        "create, deal, conversation, 7",
        "change, user, user, 77",
        "delete, deal, conversation, 7",
    })
    void webhook_says_what_to_read_and_its_values_are_not_believed(
            String action, String entity, String type, String id) {
        assertThat(accepted(webhook(action, entity, id, ""))).singleElement().satisfies(keyed -> {
            assertThat(keyed.event())
                    .isEqualTo(gap(new RecordRef("crm", type, id)).withOrigin(Origin.OTHERS));
            assertThat(keyed.dedupeKey()).isEqualTo("3fa85f64-5717-4562-b3fc-2c963f66afa6");
        });
    }

    @Test
    void leads_bear_uuids() {
        String id = "adf21080-0e10-11eb-879b-05d71fb426ec";
        PipedriveAdapter leads = adapter(pipedrive.definition().tickets("leads"));
        assertThat(leads.receive(request(webhook("change", "lead", id, ""), basic("hook", "p4ss"))))
                .isInstanceOfSatisfying(
                        Receipt.Accepted.class,
                        taken -> assertThat(taken.events())
                                .singleElement()
                                .satisfies(keyed ->
                                        assertThat(keyed.event().ref().id()).isEqualTo(id)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"organization", "lead", "note", "activity", "project", "phase"})
    void what_is_not_followed_is_taken_and_left_alone(String entity) {
        assertThat(accepted(webhook("change", entity, "1", ""))).isEmpty();
    }

    @Test
    void unknown_action_and_another_company_are_left_alone() {
        assertThat(accepted(webhook("archive", "person", "1", ""))).isEmpty();
        assertThat(accepted(webhook("change", "person", "1", "").replace("\"4242\"", "\"9\"")))
                .isEmpty();
    }

    private static List<ChangeEvent> merges(List<Receipt.Keyed> events) {
        Map<String, ChangeEvent> byKey = new LinkedHashMap<>();
        events.stream()
                .filter(keyed -> keyed.event().kind() == ChangeKind.MERGE)
                .forEach(keyed -> byKey.putIfAbsent(keyed.dedupeKey(), keyed.event()));
        return List.copyOf(byKey.values());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void two_halves_of_a_merge_are_one_merge_in_either_order(boolean loserFirst) {
        List<Receipt.Keyed> loser = accepted(webhook("delete", "person", "10", "\"merged_to_id\":20"));
        // Each half has an id and a time of its own.
        List<Receipt.Keyed> survivor = accepted(webhook("change", "person", "20", "\"merged_from_id\":\"10\"")
                .replace("3fa85f64", "4fa85f64")
                .replace(".123Z", ".777Z"));
        List<Receipt.Keyed> both = new ArrayList<>(loserFirst ? loser : survivor);
        both.addAll(loserFirst ? survivor : loser);

        assertThat(merges(both)).singleElement().satisfies(merge -> {
            assertThat(merge.ref()).isEqualTo(contact("10"));
            assertThat(merge.other()).contains(contact("20"));
        });
        assertThat(both)
                .filteredOn(keyed -> keyed.event().kind() == ChangeKind.GAP)
                .extracting(keyed -> keyed.event().ref())
                .containsExactly(contact("20"), contact("20"));
        assertThat(both).noneMatch(keyed -> keyed.event().kind() == ChangeKind.DELETE);
    }

    @Test
    void either_half_alone_tells_the_whole_merge() {
        assertThat(merges(accepted(webhook("delete", "person", "10", "\"merged_to_id\":20"))))
                .hasSize(1);
        assertThat(merges(accepted(webhook("change", "person", "20", "\"merged_from_id\":[10,11]"))))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"merged_to_id\":null",
                "\"merged_to_id\":{}",
                "\"merged_to_id\":\"x\"",
                "\"merged_to_id\":10"
            })
    void deletion_that_tells_of_no_merge_is_read_and_not_believed(String more) {
        assertThat(accepted(webhook("delete", "person", "10", more)))
                .singleElement()
                .satisfies(keyed ->
                        assertThat(keyed.event()).isEqualTo(gap(contact("10")).withOrigin(Origin.OTHERS)));
    }

    @ParameterizedTest
    @CsvSource({
        "app, false, 77, OTHERS",
        "api, false, 77, OURS",
        "api, true, 77, UNKNOWN",
        "api, false, 78, OTHERS",
        "'', false, 77, UNKNOWN",
        "workflow, false, 77, UNKNOWN",
    })
    void marks_of_origin_are_evidence_only_when_nobody_else_works_as_our_user(
            String source, boolean bulk, String user, Origin origin) {
        String body = webhook("change", "person", "1", "")
                .replace("\"app\"", "\"" + source + "\"")
                .replace("\"is_bulk_edit\":false", "\"is_bulk_edit\":" + bulk)
                .replace("\"user_id\":\"77\"", "\"user_id\":\"" + user + "\"");
        assertThat(accepted(body).get(0).event().origin()).isEqualTo(origin);
        Receipt undedicated = pipedrive.adapter().receive(request(body, basic("hook", "p4ss")));
        assertThat(((Receipt.Accepted) undedicated).events().get(0).event().origin())
                .isEqualTo(source.equals("app") ? Origin.OTHERS : Origin.UNKNOWN);
    }

    static List<WebhookRequest> forged() {
        String body = webhook("delete", "person", "1", "");
        return List.of(
                request(body),
                request(body, basic("hook", "wrong")),
                request(body, basic("other", "p4ss")),
                request(body, basic("hook", "p4ss!")),
                request(body, basic("hook", "")),
                request(body, basic("hook", "p4ss"), basic("hook", "wrong")),
                request(body, "Bearer p4ss"),
                request(body, "Basic"),
                request(body, "Basic ???"),
                request(body, "Basic aGk"),
                request(body, "Basic " + "A".repeat(100_000)),
                request(body, "hook:p4ss"));
    }

    @ParameterizedTest
    @MethodSource
    void forged(WebhookRequest request) {
        assertThat(adapter.receive(request)).isInstanceOf(Receipt.BadSignature.class);
    }

    @Test
    void every_password_of_a_rotation_is_good_and_the_scheme_is_spelt_as_it_likes() {
        PipedriveAdapter rotating = pipedrive.adapter(
                pipedrive.definition().webhooks(SecretSource.of("a", "b"), SecretSource.of("new", "old")));
        String body = webhook("change", "person", "1", "");
        assertThat(rotating.receive(request(body, basic("a", "old")))).isInstanceOf(Receipt.Accepted.class);
        assertThat(rotating.receive(request(body, basic("b", "new").replace("Basic", "BASIC"))))
                .isInstanceOf(Receipt.Accepted.class);
        assertThat(rotating.receive(request(body, basic("b", "older")))).isInstanceOf(Receipt.BadSignature.class);
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com/webhooks/crm/s3cret-path, true",
        "https://app.example.com/webhooks/crm/s3cret-path/, true",
        "https://app.example.com/webhooks/crm/s3cret-path?a=/b, true",
        "/webhooks/crm/s3cret-path, true",
        "https://app.example.com/webhooks/crm/s3cret-pat, false",
        "https://app.example.com/webhooks/crm, false",
        "https://app.example.com/webhooks/crm?/s3cret-path, false",
        "'', false",
        "'%%%', false",
    })
    void path_that_nobody_can_guess_is_demanded_besides(String uri, boolean good) {
        PipedriveAdapter hidden = pipedrive.adapter(pipedrive
                .definition()
                .webhookTarget(
                        java.net.URI.create("https://app.example.com/webhooks/crm"), () -> List.of("s3cret-path")));
        WebhookRequest request = new WebhookRequest(
                "POST",
                uri,
                Map.of("Authorization", List.of(basic("hook", "p4ss"))),
                Bytes.utf8(webhook("change", "person", "1", "")));
        assertThat(hidden.receive(request)).isInstanceOf(good ? Receipt.Accepted.class : Receipt.BadSignature.class);
    }

    @Test
    void without_a_password_nothing_is_taken_and_nothing_refused() {
        PipedriveAdapter open = pipedrive.adapter(Pipedrive.company(FakePipedrive.TOKEN));
        assertThatThrownBy(() -> open.receive(request("{}", basic("crm-sync", ""))))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.CONFIGURATION))
                .hasMessageContaining("webhookPassword");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "[]",
                "null",
                "7",
                "{}",
                "{\"meta\":7}",
                "{\"meta\":{}}",
                "{\"meta\":{\"version\":\"1.0\",\"action\":\"updated\",\"object\":\"person\",\"id\":1}}",
                "{\"meta\":{\"version\":\"2.0\"}}",
                "{\"meta\":{\"version\":\"2.0\",\"action\":\"change\",\"entity\":\"person\"}}",
                "{\"meta\":{\"version\":\"2.0\",\"action\":\"change\",\"entity\":\"person\",\"entity_id\":\"../7\"}}",
                "{\"meta\":{\"version\":\"2.0\",\"action\":\"change\",\"entity\":\"person\",\"entity_id\":[1]}}",
                "{\"meta\":{\"version\":\"2.0\",\"action\":{},\"entity\":\"person\",\"entity_id\":\"1\"}}",
                "{\"meta\":{\"version\":\"2.0\"},\"meta\":{\"version\":\"2.0\"}}",
                "{\"a\":1}{\"b\":2}",
            })
    void what_makes_no_sense_is_malformed(String body) {
        assertThat(adapter.receive(request(body, basic("hook", "p4ss")))).isInstanceOf(Receipt.Malformed.class);
    }

    @Test
    void huge_and_deep_bodies_are_malformed() {
        String deep = "{\"meta\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        String huge = "{\"meta\":{\"version\":\"2.0\"},\"data\":\"" + "x".repeat(2 << 20) + "\"}";
        assertThat(adapter.receive(request(deep, basic("hook", "p4ss")))).isInstanceOf(Receipt.Malformed.class);
        assertThat(adapter.receive(request(huge, basic("hook", "p4ss")))).isInstanceOf(Receipt.Malformed.class);
    }

    @Test
    void time_that_cannot_be_read_makes_a_key_of_its_own() {
        String body = webhook("change", "person", "1", "").replace(AT.toString(), "yesterday");
        String first = accepted(body).get(0).dedupeKey();
        pipedrive.now = pipedrive.now.plusSeconds(1);
        assertThat(accepted(body).get(0).dedupeKey()).isNotEqualTo(first);
    }

    @Test
    void attempts_share_a_key_also_where_the_id_is_missing() {
        String body =
                webhook("change", "person", "1", "").replace("\"id\":\"3fa85f64-5717-4562-b3fc-2c963f66afa6\",", "");
        String key = accepted(body).get(0).dedupeKey();
        assertThat(accepted(body.replace("\"attempt\":1", "\"attempt\":3"))
                        .get(0)
                        .dedupeKey())
                .isEqualTo(key)
                .hasSizeLessThanOrEqualTo(200);
        assertThat(accepted(body.replace(".123Z", ".124Z")).get(0).dedupeKey()).isNotEqualTo(key);
    }

    @Test
    void bodies_that_were_garbled_never_throw() {
        Random random = new Random(11);
        String body = webhook("delete", "person", "10", "\"merged_to_id\":20");
        assertThatCode(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                        for (int j = 0; j < 3; j++) {
                            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                        }
                        adapter.receive(new WebhookRequest(
                                "POST", URI, Map.of("Authorization", List.of(basic("hook", "p4ss"))), Bytes.of(bytes)));
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void nothing_of_a_webhook_calls_pipedrive() {
        accepted(webhook("change", "person", "1", ""));
        assertThat(pipedrive.seen).isEmpty();
    }
}
