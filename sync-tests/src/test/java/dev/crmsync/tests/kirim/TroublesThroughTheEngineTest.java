package dev.crmsync.tests.kirim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.segments.Segment;
import dev.crmsync.segments.Tagging;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong between two real vendors, over real HTTP: each time nothing else stops, and nothing is lost. */
class TroublesThroughTheEngineTest {
    private final TwoAccounts accounts = new TwoAccounts();

    @AfterEach
    void stop() {
        accounts.close();
    }

    private String contact(String phone, String name) {
        String id = String.valueOf(accounts.kirim
                .edit(Map.of("op", "create", "phone_number", phone, "name", name))
                .get("id"));
        accounts.settle();
        return id;
    }

    private void rename(String id, String lastName) {
        accounts.crm.edit(Map.of("op", "patch", "id", id, "properties", Map.of("lastname", lastName)));
    }

    private static Map<?, ?> properties(Map<String, Object> contact) {
        return (Map<?, ?>) contact.get("properties");
    }

    private void recover(Instant from) {
        accounts.engine.recover("acme", from);
        for (int round = 0; round < 8; round++) {
            accounts.pass(Duration.ofSeconds(30));
            accounts.settle();
        }
    }

    /** Incident 16: four days without a single event, longer than any vendor keeps what it could not deliver. */
    @Test
    void four_days_in_which_no_event_arrived_are_made_good() {
        String id = contact("+6281200000001", "Budi Santoso");
        Instant since = accounts.now();
        accounts.kirim.turn("webhooks.drop", 1);
        accounts.crm.turn("webhooks.drop", 1);
        accounts.kirim.edit(Map.of("op", "patch", "id", id, "phone_number", "+6281299999999"));
        rename(String.valueOf(accounts.inCrm().get("id")), "Hartono");
        accounts.pass(Duration.ofDays(4));
        accounts.kirim.turn("webhooks.drop", 0);
        accounts.crm.turn("webhooks.drop", 0);

        recover(since);

        assertThat(accounts.inKirim(id)).containsEntry("name", "Budi Hartono");
        assertThat(properties(accounts.inCrm()).get("phone")).isEqualTo("+6281299999999");
        assertThat(accounts.engine.status("acme").deadLetters()).isZero();
    }

    /** Incident 25: each redeployment has registered another subscription. */
    @Test
    void three_subscriptions_have_the_effect_of_one() {
        accounts.subscribeByHand("one more");
        accounts.subscribeByHand("and another");

        String id = contact("+6281200000001", "Budi Santoso");
        accounts.kirim.edit(Map.of("op", "patch", "id", id, "phone_number", "+6281299999999"));
        accounts.settle();

        assertThat(accounts.answers).hasSizeGreaterThanOrEqualTo(6).containsOnly(200);
        assertThat(properties(accounts.inCrm()).get("phone")).isEqualTo("+6281299999999");
        assertThat(accounts.crmWrites()).isEqualTo(2);
    }

    /** Incident 27: what one sync takes back is what that sync had given. */
    @Test
    void a_segment_takes_its_label_off_nobody_who_had_it_from_another_segment() {
        String first = contact("+6281200000001", "Budi Santoso");
        String inCrm = String.valueOf(accounts.inCrm().get("id"));
        Tagging gold = mirror("Gold", inCrm);
        Tagging silver = mirror("Silver", inCrm);
        assertThat((List<?>) accounts.inKirim(first).get("labels")).hasSize(2);

        accounts.crm.any("POST", "/lists/" + list("Gold") + "/members", Map.of("remove", List.of(inCrm)));
        accounts.crm.any("POST", "/lists/" + list("Gold") + "/members", Map.of("add", List.of(other())));
        gold.apply(gold.dryRun().hash());
        silver.apply(silver.dryRun().hash());
        accounts.settle();

        assertThat(accounts.inKirim(first).get("labels")).isEqualTo(List.of("Silver"));
    }

    private String other() {
        return String.valueOf(accounts.crm
                .edit(Map.of("op", "create", "properties", Map.of("firstname", "Sari")))
                .get("id"));
    }

    private String list(String name) {
        return ((List<?>) accounts.crm.any("GET", "/lists", null).get("lists"))
                .stream()
                        .map(one -> (Map<?, ?>) one)
                        .filter(one -> name.equals(one.get("name")))
                        .map(one -> String.valueOf(one.get("listId")))
                        .findFirst()
                        .orElseThrow();
    }

    private Tagging mirror(String label, String member) {
        accounts.crm.any("POST", "/lists", Map.of("name", label));
        accounts.crm.any("POST", "/lists/" + list(label) + "/members", Map.of("add", List.of(member)));
        Tagging tagging =
                accounts.engine.segments("acme").tagging(new Segment("crm", "list:" + list(label), "kirim", label));
        tagging.apply(tagging.dryRun().hash());
        accounts.settle();
        return tagging;
    }

    /** Incident 30: everything is walked anew after a deletion. */
    @Test
    void a_contact_that_was_deleted_in_the_crm_stays_deleted_when_everything_is_walked() {
        String id = contact("+6281200000001", "Budi Santoso");
        contact("+6281200000002", "Sari");
        String gone = accounts.crm.dump().stream()
                .filter(one -> id.equals(properties(one).get("kirim_contact_id")))
                .map(one -> String.valueOf(one.get("id")))
                .findFirst()
                .orElseThrow();
        accounts.crm.edit(Map.of("op", "archive", "id", gone));
        accounts.settle();

        recover(accounts.now());
        accounts.kirim.edit(Map.of("op", "patch", "id", id, "phone_number", "+6281299999999"));
        accounts.settle();
        accounts.pass(Duration.ofDays(2));
        recover(accounts.now());

        assertThat(accounts.crm.dump().stream()
                        .filter(one -> !Boolean.TRUE.equals(one.get("archived")))
                        .map(one -> String.valueOf(properties(one).get("kirim_contact_id"))))
                .hasSize(1)
                .doesNotContain(id);
        assertThat(accounts.inKirim(id)).containsEntry("phone_number", "+6281299999999");
    }

    /** A page of HTML, from a proxy in between, is no contact and no proof of anything. */
    @ParameterizedTest
    @ValueSource(strings = {"html", "server_error", "reset", "cut_answer", "lost_answer", "rate_limited"})
    void an_answer_that_is_no_answer_delays_what_it_was_about_and_loses_nothing(String fault) {
        String id = contact("+6281200000001", "Budi Santoso");
        accounts.kirim.fault(fault, 2, Map.of("method", "PATCH"));
        rename(String.valueOf(accounts.inCrm().get("id")), "Hartono");
        accounts.settle();
        accounts.kirim.edit(Map.of("op", "patch", "id", id, "phone_number", "+6281299999999"));
        for (int round = 0; round < 4; round++) {
            accounts.pass(Duration.ofMinutes(5));
            accounts.settle();
        }

        assertThat(accounts.inKirim(id)).containsEntry("name", "Budi Hartono");
        assertThat(properties(accounts.inCrm()).get("phone")).isEqualTo("+6281299999999");
        assertThat(accounts.engine.status("acme").deadLetters()).isZero();
    }

    /** A token that was revoked pauses its system; the other one goes on, and all is made good afterwards. */
    @Test
    void a_revoked_token_pauses_its_system_alone() {
        String id = contact("+6281200000001", "Budi Santoso");
        accounts.kirim.fault("unauthorized", 1, Map.of("method", "PATCH"));
        rename(String.valueOf(accounts.inCrm().get("id")), "Hartono");
        accounts.settle();
        assertThat(accounts.engine.status("acme").paused()).containsOnlyKeys("kirim");
        accounts.kirim.edit(Map.of("op", "patch", "id", id, "phone_number", "+6281299999999"));
        accounts.settle();
        assertThat(properties(accounts.inCrm()).get("phone")).isEqualTo("+6281299999999");
        assertThat(accounts.inKirim(id)).containsEntry("name", "Budi Santoso");

        accounts.engine.resume("acme", "kirim");
        accounts.settle();

        assertThat(accounts.inKirim(id)).containsEntry("name", "Budi Hartono");
    }

    /** Values that a person may really type, and some that nobody should: they arrive as they are, or a person is asked. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "🧑‍🤝‍🧑 \u202Eevil\u202C",
                "Zo\u0308e\u0301",
                "<script>alert(1)</script>",
                "'; DROP TABLE crmsync_link; --",
                "مُحَمَّد",
                "\uFEFFBudi\u200B"
            })
    void a_hostile_name_is_a_name(String name) {
        String id = contact("+6281200000001", "Budi");
        accounts.crm.edit(Map.of(
                "op",
                "patch",
                "id",
                accounts.inCrm().get("id"),
                "properties",
                Map.of("firstname", name, "lastname", "")));
        accounts.settle();
        String held = String.valueOf(accounts.inKirim(id).get("name"));
        long writes = accounts.kirim.requests("PATCH /v1/{pid}/contacts/{id}");
        accounts.settle();

        assertThat(held).isNotEqualTo("Budi").isNotBlank();
        assertThat(accounts.kirim.requests("PATCH /v1/{pid}/contacts/{id}")).isEqualTo(writes);
        assertThat(properties(accounts.inCrm()).get("firstname")).isEqualTo(name);
        assertThat(accounts.engine.status("acme").deadLetters()).isZero();
    }

    /** Nobody who does not know the secret gets a word in; what is signed and nonsense is kept for a person to see. */
    @Test
    void forged_replayed_oversized_and_senseless_webhooks_harm_nobody() throws Exception {
        String id = contact("+6281200000001", "Budi Santoso");

        assertThat(post("kirim", "{}", "t=" + accounts.now().getEpochSecond() + ",v1=" + "0".repeat(64)))
                .isEqualTo(401);
        assertThat(post("kirim", "not json", accounts.signature("not json", accounts.now())))
                .isEqualTo(200);
        String old = "{\"id\":\"evt_1\",\"type\":\"contact.updated\",\"created_at\":\"2020-01-01T00:00:00Z\",\"data\":"
                + "{\"contact\":{\"id\":\"" + id + "\",\"name\":\"Mallory\"}}}";
        assertThat(post("kirim", old, accounts.signature(old, accounts.now().minusSeconds(3600))))
                .isEqualTo(200);
        assertThat(post("kirim", "x".repeat(5_000_000), "t=1,v1=00")).isEqualTo(413);
        accounts.settle();

        assertThat(accounts.engine.status("acme").deadLetters()).isOne();
        assertThat(accounts.inKirim(id)).containsEntry("name", "Budi Santoso");
        rename(String.valueOf(accounts.inCrm().get("id")), "Hartono");
        accounts.settle();
        assertThat(accounts.inKirim(id)).containsEntry("name", "Budi Hartono");
    }

    private int post(String system, String body, String signature) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(accounts.target(system)))
                .header("X-Kirim-Signature", signature)
                .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
