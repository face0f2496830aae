package dev.crmsync.tests.pipedrive;

import static dev.crmsync.tests.pipedrive.Office.deal;
import static dev.crmsync.tests.pipedrive.Office.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Origin;
import dev.crmsync.spi.model.RecordRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipedriveWebhooksFromSandboxTest {
    private final Office office = new Office().setUp();

    @AfterEach
    void stop() {
        office.close();
    }

    private List<RecordRef> toRead() {
        return office.told().stream()
                .filter(event -> event.kind() == ChangeKind.GAP)
                .map(ChangeEvent::ref)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"typed, seconds, iso, label_ids, false", "plain, ms, seconds, label, true"})
    void life_and_end_of_records_is_told_and_asks_for_a_read(
            String customs, String precision, String timestamp, String labels, boolean previous) {
        office.admin.turn(Map.of(
                "webhooks.custom_fields", customs,
                "webhooks.time_precision", precision,
                "webhooks.timestamp", timestamp,
                "webhooks.person_labels", labels,
                "webhooks.previous_update_time", previous));
        String id = office.people.makePerson("Ana");
        assertThat(toRead()).containsExactly(person(id));
        office.people.patch("person", id, Map.of("name", "Bob"));
        assertThat(toRead()).hasSize(2).containsOnly(person(id));
        office.people.delete("person", id);
        assertThat(toRead()).hasSize(3).containsOnly(person(id));
        office.people.restore("person", id);
        assertThat(toRead()).hasSize(4).containsOnly(person(id));
        String ticket = office.people.makeDeal("Talk", id);
        office.people.win(ticket);
        office.people.archive(ticket);
        assertThat(toRead()).hasSize(7).contains(deal(ticket));
        assertThat(office.receipts).allMatch(Receipt.Accepted.class::isInstance);
        // Notes are made and never followed: nobody registers a webhook for them.
        office.people.writeNote("hello", id);
        assertThat(toRead()).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete_first", "change_first"})
    void merge_is_told_from_its_halves_in_any_order_and_from_either_alone(String order) {
        office.admin.turn("merge.order", order);
        String loser = office.people.makePerson("Loser");
        String survivor = office.people.makePerson("Survivor");
        office.told();
        office.receipts.clear();
        office.people.merge(loser, survivor);
        List<ChangeEvent> events = office.told();
        List<String> keys = office.receipts.stream()
                .flatMap(receipt -> ((Receipt.Accepted) receipt).events().stream())
                .filter(keyed -> keyed.event().kind() == ChangeKind.MERGE)
                .map(Receipt.Keyed::dedupeKey)
                .toList();
        assertThat(keys).hasSize(2);
        assertThat(new HashSet<>(keys)).as("both halves are one event").hasSize(1);
        assertThat(events)
                .filteredOn(event -> event.kind() == ChangeKind.MERGE)
                .allMatch(event -> event.ref().equals(person(loser))
                        && event.other().orElseThrow().equals(person(survivor)));
        assertThat(events).noneMatch(event -> event.kind() == ChangeKind.DELETE);
        assertThat(events)
                .filteredOn(event -> event.kind() == ChangeKind.GAP)
                .allMatch(event -> event.ref().equals(person(survivor)));
        for (Receipt half : List.copyOf(office.receipts)) {
            assertThat(((Receipt.Accepted) half).events())
                    .anyMatch(keyed -> keyed.event().kind() == ChangeKind.MERGE);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"api, OURS", "app, OTHERS"})
    void origin_is_what_the_marks_prove(String who, Origin expected) {
        String id = office.create("ctc_1", "name", "Ana");
        office.told();
        office.receipts.clear();
        if (who.equals("api")) {
            office.change(id, "name", "Bob");
        } else {
            office.people.patch("person", id, Map.of("name", "Bob"));
        }
        assertThat(office.told()).isNotEmpty().allMatch(event -> event.origin() == expected);
    }

    @Test
    void bulk_edit_of_people_is_not_taken_for_ours() {
        office.admin.turn("auth.token_owner", "person");
        String id = office.create("ctc_1", "name", "Ana");
        office.told();
        office.receipts.clear();
        office.people.bulkEdit("person", List.of(id), Map.of("name", "Bob"));
        assertThat(office.told()).isNotEmpty().noneMatch(event -> event.origin() == Origin.OURS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iso", "seconds"})
    void repeated_delivery_has_the_same_keys(String timestamp) {
        office.admin.turn(Map.of("webhooks.duplicate", 1, "webhooks.timestamp", timestamp));
        String id = office.people.makePerson("Ana");
        for (int i = 0; i < 9; i++) {
            office.people.patch("person", id, Map.of("name", "n" + i));
        }
        office.told();
        Set<String> keys = new HashSet<>();
        office.receipts.forEach(
                receipt -> ((Receipt.Accepted) receipt).events().forEach(keyed -> keys.add(keyed.dedupeKey())));
        assertThat(office.receipts).hasSize(20);
        assertThat(keys).hasSize(10);
    }

    @Test
    void forged_webhooks_are_refused_whatever_they_know() {
        office.people.makePerson("Ana");
        office.told();
        WebhookRequest good = office.requests.get(0);
        assertThat(good.uri()).endsWith("/" + Office.PATH);
        assertThat(office.receive(good)).isInstanceOf(Receipt.Accepted.class);
        String password = office.passwords.get(0);
        for (WebhookRequest forged : List.of(
                // The right password at an address that anybody may guess.
                new WebhookRequest("POST", office.target().toString(), good.headers(), good.body()),
                // The right address, and no password or another.
                new WebhookRequest("POST", good.uri(), Map.of(), good.body()),
                new WebhookRequest("POST", good.uri(), basic("crm-sync", password + "x"), good.body()),
                new WebhookRequest("POST", good.uri(), basic("somebody", password), good.body()),
                new WebhookRequest("POST", good.uri() + "x", good.headers(), Bytes.utf8("{}")))) {
            assertThat(office.receive(forged)).isInstanceOf(Receipt.BadSignature.class);
        }
    }

    private static Map<String, List<String>> basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return Map.of("Authorization", List.of("Basic " + Base64.getEncoder().encodeToString(pair)));
    }

    @Test
    void rotated_password_is_borne_from_then_on_and_both_are_good_meanwhile() {
        String ids = office.subscriptions().subscriptions().get(0).id();
        office.people.makePerson("Ana");
        office.subscriptions().rotateSecret(ids, Duration.ofMinutes(5));
        office.people.makePerson("Bob");
        office.told();
        assertThat(office.passwords).hasSize(2);
        assertThat(office.receipts).hasSize(2).allMatch(Receipt.Accepted.class::isInstance);
        assertThat(office.people.webhooks())
                .extracting(row -> row.get("http_auth_password"))
                .containsOnly(office.passwords.get(0));
    }

    @Test
    void what_a_ban_has_lost_is_found_by_the_next_poll() {
        String before = office.cursorAt("contact", office.clock.instant());
        office.status = 500;
        for (int i = 0; i < 10; i++) {
            office.people.makePerson("p" + i);
            office.admin.flush(false);
        }
        office.status = 200;
        String lost = office.people.makePerson("during the ban");
        office.pass(Duration.ofMinutes(31));
        String after = office.people.makePerson("after it");
        List<ChangeEvent> told = office.told();
        assertThat(told).noneMatch(event -> event.ref().equals(person(lost)));
        assertThat(told).anyMatch(event -> event.ref().equals(person(after)));
        assertThat(office.poll("contact", before).events())
                .extracting(ChangeEvent::ref)
                .contains(person(lost), person(after));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void webhook_that_pipedrive_has_given_up_is_registered_anew(boolean listed) {
        office.admin.turn("webhooks.removed_listed", listed);
        office.status = 500;
        for (int i = 0; i < 3; i++) {
            office.people.makePerson("p" + i);
            office.admin.flush(true);
            office.pass(Duration.ofDays(2));
        }
        assertThat(office.people.webhooks())
                .filteredOn(row -> row.get("event_object").equals("person"))
                .allMatch(row -> Integer.valueOf(0).equals(row.get("is_active")));
        office.status = 200;
        office.setUp(false);
        String id = office.people.makePerson("Ana");
        assertThat(office.told()).extracting(ChangeEvent::ref).contains(person(id));
        assertThat(office.people.webhooks())
                .filteredOn(row -> Integer.valueOf(1).equals(row.get("is_active")))
                .hasSize(3);
    }

    @Test
    void record_that_the_webhooks_user_may_not_see_is_not_told_and_not_read() {
        office.admin.turn("auth.token_admin", false);
        String id = office.people.make("person", Map.of("name", "Secret", "visible_to", 1));
        assertThat(office.told()).isEmpty();
        assertThat(office.read(person(id))).isInstanceOf(Read.NotVisible.class);
        assertThat(office.walked(office.adapter, "contact")).isEmpty();
    }

    @Test
    void deletion_that_a_webhook_tells_is_proved_by_the_read() {
        String id = office.create("ctc_1", "name", "Ana");
        office.people.delete("person", id);
        assertThat(office.told()).noneMatch(event -> event.kind() == ChangeKind.DELETE);
        assertThat(office.read(person(id))).isInstanceOf(Read.Gone.class);
    }
}
