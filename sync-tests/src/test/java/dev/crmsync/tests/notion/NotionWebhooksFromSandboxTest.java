package dev.crmsync.tests.notion;

import static dev.crmsync.tests.notion.Studio.contact;
import static dev.crmsync.tests.notion.Studio.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.adapter.notion.Notion;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.Origin;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The handshake, the signature, and what events tell and do not tell. */
class NotionWebhooksFromSandboxTest {
    private static final String SIGNATURE = "X-notion-signature";

    private Studio studio = new Studio();

    @AfterEach
    void stop() {
        studio.close();
    }

    private void with(UnaryOperator<Notion> more) {
        studio.close();
        studio = new Studio(more);
    }

    /** What was told since the last time. */
    private List<ChangeEvent> news() {
        List<ChangeEvent> events = studio.told();
        studio.receipts.clear();
        return events;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void handshake_is_taken_in_the_opened_window_and_once(boolean signed) {
        studio.admin.turn("webhooks.sign_verification", signed);
        String stranger = studio.people.subscribe(studio.target().toString());
        if (signed) {
            // Signed with a key that nobody can know yet: no token is known to check anything with.
            assertThatThrownBy(() -> handshake(stranger)).hasMessageContaining("webhookToken");
        } else {
            assertThat(handshake(stranger)).isInstanceOf(Receipt.BadSignature.class);
        }
        assertThat(studio.tokens).isEmpty();

        assertThat(studio.setUp(true))
                .extracting(SetupStep::what)
                .as("a dry run opens nothing")
                .anyMatch(what -> what.contains("run the set-up without a dry run first"));
        assertThat(studio.setUp(false))
                .filteredOn(step -> step.state() == SetupStep.State.BY_HAND)
                .extracting(SetupStep::what)
                .anyMatch(what -> what.contains("create a subscription"));
        assertThat(handshake(stranger)).isInstanceOf(Receipt.Accepted.class);
        assertThat(studio.tokens).hasSize(1);
        studio.people.verify(stranger, studio.tokens.get(0));

        String late = studio.people.subscribe(studio.target().toString());
        assertThat(handshake(late)).as("the first one has closed the window").isInstanceOf(Receipt.BadSignature.class);
        assertThat(studio.tokens).hasSize(1);
        studio.people.make(Map.of("Name", "Ana"));
        assertThat(studio.told()).hasSize(1);
        assertThat(studio.setUp(true))
                .extracting(SetupStep::state, SetupStep::what)
                .anyMatch(step ->
                        step.toString().contains("PRESENT") && step.toString().contains("verification token"));
    }

    /** Sends the handshake of a subscription that waits for it once more; what the adapter said. */
    private Receipt handshake(String subscription) {
        studio.admin.flush(true);
        studio.requests.clear();
        studio.admin.any("POST", "/webhooks/" + subscription + "/resend", null);
        studio.admin.flush(true);
        WebhookRequest request = studio.requests.get(0);
        return studio.receipts.isEmpty() ? studio.receive(request) : studio.receipts.get(studio.receipts.size() - 1);
    }

    @Test
    void window_that_the_definition_opens_closes_by_itself() {
        with(one -> one.handshakeUntil(Instant.now().plusSeconds(600)));
        String subscription = studio.people.subscribe(studio.target().toString());
        studio.admin.flush(true);
        assertThat(studio.tokens).hasSize(1);
        studio.people.verify(subscription, studio.tokens.get(0));

        with(one -> one.handshakeUntil(Instant.now().plusSeconds(600)));
        studio.pass(Duration.ofMinutes(11));
        studio.people.subscribe(studio.target().toString());
        studio.admin.flush(true);
        assertThat(studio.receipts).hasOnlyElementsOfType(Receipt.BadSignature.class);
        assertThat(studio.tokens).isEmpty();
    }

    @Test
    void life_and_end_of_pages_is_told_and_asks_for_a_read() {
        studio.setUp().subscribe();
        String id = studio.people.make(Map.of("Name", "Ana"));
        assertThat(news()).singleElement().satisfies(event -> {
            assertThat(event.ref()).isEqualTo(contact(id));
            assertThat(event.kind()).isEqualTo(ChangeKind.GAP);
            assertThat(event.properties()).isEmpty();
        });
        studio.people.patch(id, Map.of("Name", "Bob"));
        studio.people.write(id, "a line on the page");
        studio.people.comment(id, "nobody follows comments");
        assertThat(news()).hasSize(2).allMatch(event -> event.ref().equals(contact(id)));
        studio.people.delete(id);
        assertThat(news())
                .singleElement()
                .satisfies(event -> assertThat(event.kind()).isEqualTo(ChangeKind.GAP));
        assertThat(studio.read(contact(id))).isInstanceOf(Read.Gone.class);
        studio.people.restore(id);
        assertThat(news()).hasSize(1);
        assertThat(studio.found(contact(id))).containsEntry("properties.title", NativeValue.text("Bob"));

        String other = studio.people.makeDatabase("Recipes", Map.of("Name", "title"));
        studio.people.makeIn(other, Map.of("Name", "Nasi goreng"));
        assertThat(news()).as("of pages of other data sources nothing is made").isEmpty();
        String ticket = studio.people.makeIn(studio.tickets, Map.of("Name", "Talk"));
        assertThat(news()).extracting(ChangeEvent::ref).containsExactly(Studio.ticket(ticket));
    }

    @Test
    void changes_of_a_moment_come_as_one_event_and_the_read_shows_the_last() {
        studio.setUp().subscribe();
        studio.admin.turn("webhooks.delay_ms", 60_000);
        String id = studio.people.make(Map.of("Name", "n0"));
        for (int i = 1; i < 10; i++) {
            studio.people.patch(id, Map.of("Name", "n" + i, "Notes", "x" + i));
        }
        assertThat(news()).hasSize(2).allMatch(event -> event.ref().equals(contact(id)));
        assertThat(studio.found(contact(id))).containsEntry("properties.title", NativeValue.text("n9"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "one", "two"})
    void page_that_comes_and_goes_before_it_is_told_of_is_gone_when_it_is_read(String told) {
        studio.setUp().subscribe();
        studio.admin.turn(Map.of("webhooks.delay_ms", 60_000, "events.created_and_deleted", told));
        String id = studio.people.make(Map.of("Name", "Ana"));
        studio.people.delete(id);
        assertThat(news()).allMatch(event -> event.ref().equals(contact(id)) && event.kind() == ChangeKind.GAP);
        assertThat(studio.read(contact(id))).isInstanceOf(Read.Gone.class);
        assertThat(studio.walked("contact")).isEmpty();
    }

    @Test
    void page_that_is_moved_in_is_read_and_one_that_is_moved_away_is_no_longer_followed() {
        studio.setUp().subscribe();
        String other = studio.people.makeDatabase("Recipes", Map.of("Name", "title"));
        String id = studio.people.makeIn(other, Map.of("Name", "Ana"));
        news();
        studio.people.move(id, studio.contacts);
        assertThat(news()).extracting(ChangeEvent::kind).containsExactly(ChangeKind.GAP);
        assertThat(studio.read(contact(id))).isInstanceOf(Read.Found.class);
        studio.people.move(id, other);
        assertThat(news())
                .filteredOn(event -> event.ref().equals(contact(id)))
                .extracting(ChangeEvent::kind)
                .containsExactly(ChangeKind.NOT_VISIBLE);
        assertThat(studio.read(contact(id))).isEqualTo(new Read.NotVisible());
        studio.people.move(id, studio.contacts);
        news();
        studio.people.move(id, null);
        assertThat(news())
                .filteredOn(event -> event.ref().equals(contact(id)))
                .extracting(ChangeEvent::kind)
                .containsExactly(ChangeKind.NOT_VISIBLE);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "bot_user, OURS",
        "integration, OTHERS",
        "bot_id, OTHERS",
    })
    void author_is_ours_by_the_ids_that_were_given(String form, Origin expected) {
        studio.admin.turn("webhooks.author_id", form);
        studio.setUp().subscribe();
        RecordRef ref = studio.create("ctc_1", "title", "Ana");
        assertThat(news()).singleElement().satisfies(event -> {
            assertThat(event.ref()).isEqualTo(ref);
            assertThat(event.origin()).isEqualTo(expected);
        });
    }

    @Test
    void event_of_several_authors_is_nobodys_and_never_taken_for_ours() {
        studio.setUp().subscribe();
        RecordRef ref = studio.create("ctc_1", "title", "Ana");
        assertThat(news()).extracting(ChangeEvent::origin).containsOnly(Origin.OURS);
        studio.people.patch(ref.id(), Map.of("Name", "Bob"));
        assertThat(news()).extracting(ChangeEvent::origin).containsOnly(Origin.OTHERS);

        studio.admin.turn("webhooks.delay_ms", 60_000);
        studio.change(ref, "title", "Cid");
        studio.people.patch(ref.id(), Map.of("Notes", "a person's"));
        assertThat(news())
                .singleElement()
                .satisfies(event -> assertThat(event.origin()).isEqualTo(Origin.UNKNOWN));
    }

    @Test
    void repeated_delivery_and_repeated_attempt_have_the_same_keys() {
        studio.setUp().subscribe();
        studio.admin.turn("webhooks.duplicate", 1);
        studio.status = 500;
        for (int i = 0; i < 5; i++) {
            studio.people.make(Map.of("Name", "n" + i));
        }
        studio.admin.flush(false);
        studio.status = 200;
        studio.admin.flush(true);
        assertThat(studio.admin.awaitQuiet(Duration.ofSeconds(10))).isTrue();
        Set<String> keys = new HashSet<>();
        studio.receipts.forEach(
                receipt -> ((Receipt.Accepted) receipt).events().forEach(keyed -> keys.add(keyed.dedupeKey())));
        assertThat(studio.requests.size()).as("some were sent again").isGreaterThan(10);
        assertThat(keys).hasSize(5);
    }

    @Test
    void forged_webhooks_are_refused_whatever_they_know() {
        studio.setUp().subscribe();
        studio.people.make(Map.of("Name", "Ana"));
        studio.told();
        WebhookRequest good = studio.requests.stream()
                .filter(request -> request.body().toUtf8().contains("page.created"))
                .findFirst()
                .orElseThrow();
        assertThat(studio.receive(good)).isInstanceOf(Receipt.Accepted.class);
        String signature = good.headers().get(SIGNATURE).get(0);
        String body = good.body().toUtf8();
        for (WebhookRequest forged : List.of(
                signed(good, good.body(), List.of()),
                signed(good, Bytes.utf8(body + " "), List.of(signature)),
                signed(good, Bytes.utf8(body.replace("page.created", "page.deleted")), List.of(signature)),
                signed(good, good.body(), List.of(signature.substring("sha256=".length()))),
                signed(good, good.body(), List.of(signature, "sha256=" + "0".repeat(64))),
                // A handshake outside of the window, with a key of the forger's own.
                signed(good, Bytes.utf8("{\"verification_token\":\"secret_of_the_forger\"}"), List.of()),
                signed(good, Bytes.utf8("{}"), List.of("sha256=" + "0".repeat(64))))) {
            assertThat(studio.receive(forged)).isInstanceOf(Receipt.BadSignature.class);
        }
        assertThat(studio.tokens).hasSize(1);
    }

    private static WebhookRequest signed(WebhookRequest like, Bytes body, List<String> signatures) {
        Map<String, List<String>> headers = new HashMap<>(like.headers());
        headers.remove(SIGNATURE);
        if (!signatures.isEmpty()) {
            headers.put(SIGNATURE, signatures);
        }
        return new WebhookRequest(like.method(), like.uri(), headers, body);
    }

    @Test
    void changed_data_source_is_looked_at_again() {
        studio.setUp().subscribe();
        RecordRef ref = studio.create("ctc_1", "title", "Ana");
        studio.people.addOption("Labels", "VIP");
        assertThat(studio.change(ref, Map.of("properties.Labels", list("VIP")))).isInstanceOf(Outcome.Done.class);
        studio.people.removeOption("Labels", "VIP");
        news();
        // The option's id was forgotten with the webhook, so its name is written, and nothing is refused.
        assertThat(studio.change(ref, Map.of("properties.Labels", list("VIP")))).isInstanceOf(Outcome.Done.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2022-06-28", "2025-09-03", "2026-03-11"})
    void subscription_of_an_older_version_still_says_which_page_to_read(String version) {
        studio.setUp();
        String id = studio.subscribe();
        studio.admin.any("PATCH", "/webhooks/" + id, Map.of("api_version", version));
        String page = studio.people.make(Map.of("Name", "Ana"));
        assertThat(news())
                .filteredOn(event -> event.ref().equals(contact(page)))
                .extracting(ChangeEvent::kind)
                .containsExactly(ChangeKind.GAP);
    }

    @Test
    void what_was_lost_while_the_host_was_away_is_found_by_the_next_poll() {
        studio.setUp().subscribe();
        String from = studio.cursorAt("contact", studio.clock.instant());
        studio.admin.turn("webhooks.drop", 1);
        String lost = studio.people.make(Map.of("Name", "lost"));
        studio.admin.turn("webhooks.drop", 0);
        String after = studio.people.make(Map.of("Name", "after it"));
        assertThat(news()).extracting(ChangeEvent::ref).containsExactly(contact(after));
        assertThat(studio.poll("contact", from).events())
                .extracting(ChangeEvent::ref)
                .contains(contact(lost), contact(after));
    }

    @Test
    void nothing_is_told_of_what_is_not_shared() {
        studio.setUp().subscribe();
        String database = studio.sandbox.notion().databaseId();
        studio.people.unshare(database);
        String hidden = studio.people.make(Map.of("Name", "hidden"));
        assertThat(news()).isEmpty();
        assertThat(studio.read(contact(hidden))).isEqualTo(new Read.NotVisible());
        studio.people.share(database);
        assertThat(studio.read(contact(hidden))).isInstanceOf(Read.Found.class);
    }
}
