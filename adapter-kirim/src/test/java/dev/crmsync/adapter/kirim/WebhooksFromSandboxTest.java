package dev.crmsync.adapter.kirim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.ManagesSubscriptions.Subscription;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.ReplaysWebhooks;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.SetupStep.State;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksFromSandboxTest {
    private static final List<String> CONTACT = List.of("contact");

    private final Organisation kirim = new Organisation();

    @AfterEach
    void stop() {
        kirim.close();
    }

    private List<Receipt> received() {
        kirim.admin.flush(false);
        return kirim.webhooks.stream().map(kirim.adapter::receive).toList();
    }

    /** In the order of their as-of, for deliveries overtake each other. */
    private List<ChangeEvent> events() {
        List<ChangeEvent> events = new ArrayList<>();
        for (Receipt receipt : received()) {
            ((Receipt.Accepted) receipt).events().forEach(keyed -> events.add(keyed.event()));
        }
        events.sort(Comparator.comparing(event -> event.asOf().from()));
        return events;
    }

    private String create() {
        return String.valueOf(kirim.admin
                .edit(Map.of("op", "create", "phone_number", "+6281200000001", "name", "Budi é"))
                .get("id"));
    }

    @Test
    void contact_is_followed_from_its_creation_through_its_changes() {
        kirim.adapter.subscribe(kirim.target(), CONTACT);
        String id = create();
        kirim.admin.edit(Map.of("op", "patch", "id", id, "email", "budi@example.com", "labels", List.of("VIP", "New")));
        List<ChangeEvent> events = events();
        assertThat(events).extracting(ChangeEvent::ref).containsOnly(Organisation.ref(id));
        assertThat(events.get(0).properties()).containsEntry("name", NativeValue.text("Budi é"));
        Map<String, NativeValue> latest = new TreeMap<>();
        events.forEach(event -> latest.putAll(event.properties()));
        assertThat(latest)
                .containsEntry("email", NativeValue.text("budi@example.com"))
                .containsEntry(
                        "labels", new NativeValue.Items(List.of(NativeValue.text("VIP"), NativeValue.text("New"))));
    }

    @ParameterizedTest
    @CsvSource({"id_name, true", "full, true", "names, true", "ids, false"})
    void labels_are_known_only_where_their_names_are_told(String shape, boolean known) {
        kirim.admin.turn("events.label_shape", shape);
        kirim.adapter.subscribe(kirim.target(), CONTACT);
        kirim.admin.edit(Map.of("op", "patch", "id", create(), "labels", List.of("VIP")));
        NativeValue vip = new NativeValue.Items(List.of(NativeValue.text("VIP")));
        assertThat(events().stream()
                        .anyMatch(event -> vip.equals(event.properties().get("labels"))))
                .isEqualTo(known);
    }

    @Test
    void later_event_is_ordered_after_the_earlier_one_and_the_echo_of_our_own_write_comes() throws Exception {
        kirim.adapter.subscribe(kirim.target(), CONTACT);
        String id = create();
        ChangeEvent before = kirim.found(id);
        kirim.patch(id, Map.of("name", NativeValue.text("ours")));
        List<ChangeEvent> events = events();
        ChangeEvent echo = events.get(events.size() - 1);
        assertThat(echo.properties()).containsEntry("name", NativeValue.text("ours"));
        assertThat(echo.asOf().from()).isAfterOrEqualTo(before.asOf().from());
    }

    @Test
    void duplicate_bears_the_key_of_its_event() {
        kirim.admin.turn("webhooks.duplicate", 1);
        kirim.adapter.subscribe(kirim.target(), CONTACT);
        create();
        assertThat(received().stream()
                        .map(receipt ->
                                ((Receipt.Accepted) receipt).events().get(0).dedupeKey())
                        .distinct())
                .hasSize(1);
        assertThat(kirim.webhooks).hasSize(2);
    }

    @Test
    void envelope_of_another_page_is_kept_as_a_dead_letter() {
        kirim.admin.turn("events.envelope", "event");
        kirim.adapter.subscribe(kirim.target(), CONTACT);
        create();
        assertThat(received()).hasOnlyElementsOfType(Receipt.Malformed.class);
    }

    @Test
    void clock_that_is_ten_minutes_off_wants_reads() {
        kirim.adapter.subscribe(kirim.target(), CONTACT);
        String id = create();
        kirim.skew.set(Duration.ofMinutes(10));
        assertThat(received()).containsOnly(new Receipt.Stale(List.of(Organisation.ref(id))));
    }

    @Test
    void both_secrets_sign_while_a_rotation_overlaps() {
        Subscription subscription = kirim.adapter.subscribe(kirim.target(), CONTACT);
        kirim.adapter.rotateSecret(subscription.id(), Duration.ofHours(2));
        assertThat(kirim.secrets).hasSize(2).doesNotHaveDuplicates();
        create();
        List<String> both = List.copyOf(kirim.secrets);
        for (String one : both) {
            kirim.secrets.clear();
            kirim.secrets.add(one);
            assertThat(received()).hasOnlyElementsOfType(Receipt.Accepted.class);
        }
        kirim.secrets.clear();
        kirim.secrets.add("whsec_of_another_subscription");
        assertThat(received()).hasOnlyElementsOfType(Receipt.BadSignature.class);
    }

    @Test
    void subscription_of_an_address_is_made_once_and_brought_up_to_date() {
        Subscription made = kirim.adapter.subscribe(kirim.target(), CONTACT);
        assertThat(made.active()).isTrue();
        assertThat(made.events()).containsExactlyInAnyOrder("contact.created", "contact.updated");
        assertThat(kirim.adapter.subscribe(kirim.target(), CONTACT).id()).isEqualTo(made.id());
        assertThat(kirim.adapter.subscriptions()).hasSize(1);
        assertThat(kirim.secrets).hasSize(1);
        assertThat(kirim.secrets.get(0)).startsWith("whsec_");

        kirim.adapter.subscribe(URI.create("https://other.example/hooks"), CONTACT);
        assertThat(kirim.adapter.subscriptions()).hasSize(2);
        kirim.adapter.unsubscribe(made.id());
        kirim.adapter.unsubscribe(made.id());
        assertThat(kirim.adapter.subscriptions()).hasSize(1);
    }

    @Test
    void subscription_whose_answer_was_lost_is_not_made_twice_and_its_secret_is_replaced() {
        kirim.admin.fault("lost_answer", 1, Map.of("method", "POST"));
        assertThatThrownBy(() -> kirim.adapter.subscribe(kirim.target(), CONTACT))
                .isInstanceOf(SyncException.class);
        kirim.adapter.subscribe(kirim.target(), CONTACT);
        assertThat(kirim.adapter.subscriptions()).hasSize(1);
        assertThat(kirim.secrets).hasSize(1);
        create();
        assertThat(received()).hasOnlyElementsOfType(Receipt.Accepted.class).isNotEmpty();
    }

    @Test
    void disabled_subscription_is_made_active_again() {
        kirim.admin.turn(Map.of("webhooks.disable_after", 1));
        Subscription made = kirim.adapter.subscribe(URI.create("http://127.0.0.1:9/none"), CONTACT);
        kirim.admin.turn(Map.of("webhooks.disable_counts", "attempts"));
        create();
        kirim.admin.flush(true);
        assertThat(kirim.adapter.subscriptions())
                .extracting(Subscription::active)
                .containsExactly(false);
        assertThat(kirim.adapter.subscribe(made.target(), CONTACT).active()).isTrue();
        assertThat(kirim.adapter.subscriptions())
                .extracting(Subscription::active)
                .containsExactly(true);
    }

    @Test
    void many_subscriptions_are_found_over_pages() {
        for (int i = 0; i < 103; i++) {
            kirim.adapter.subscribe(URI.create("https://other.example/" + i), CONTACT);
        }
        assertThat(kirim.adapter.subscriptions()).hasSize(103);
    }

    @Test
    void a_subscription_is_to_the_events_of_the_types_that_are_followed() {
        assertThat(kirim.adapter.subscribe(kirim.target(), CONTACT).events())
                .containsExactlyInAnyOrder("contact.created", "contact.updated");
        assertThat(kirim.adapter
                        .subscribe(kirim.target(), List.of("contact", "conversation", "user"))
                        .events())
                .containsExactlyInAnyOrder(
                        "contact.created", "contact.updated", "conversation.assigned", "conversation.closed");
        assertThat(kirim.adapter.subscriptions()).hasSize(1);
    }

    @Test
    void what_is_told_of_a_conversation_is_taken_in() {
        kirim.adapter.subscribe(kirim.target(), List.of("conversation"));
        String id = kirim.conversation("+6281200001");
        kirim.doing("op", "assign", "id", id, "user_id", kirim.user("Sari", "sari@example.com"));
        kirim.doing("op", "status", "id", id, "status", "resolved");

        List<Receipt> received = received();

        assertThat(received)
                .hasSize(2)
                .allSatisfy(receipt -> assertThat(receipt)
                        .isInstanceOfSatisfying(
                                Receipt.Accepted.class,
                                accepted -> assertThat(accepted.events())
                                        .singleElement()
                                        .satisfies(keyed -> assertThat(
                                                        keyed.event().ref().id())
                                                .isEqualTo(id))));
    }

    @Test
    void webhooks_that_failed_are_delivered_again_when_they_are_asked_for() {
        kirim.adapter.subscribe(kirim.target(), CONTACT);
        kirim.answer.set(400);
        create();
        kirim.admin.flush(true);
        assertThat(kirim.webhooks).hasSize(1);
        kirim.answer.set(200);
        Instant now = Instant.now();

        ReplaysWebhooks.Replayed replayed = kirim.adapter.replay(now.minusSeconds(3600), now.plusSeconds(3600));

        assertThat(replayed).isEqualTo(new ReplaysWebhooks.Replayed(1, false));
        assertThat(received()).hasSize(2);
        assertThat(((Receipt.Accepted) received().get(0)).events().get(0).dedupeKey())
                .isEqualTo(
                        ((Receipt.Accepted) received().get(1)).events().get(0).dedupeKey());
        assertThat(kirim.adapter
                        .replay(now.plusSeconds(7200), now.plusSeconds(9000))
                        .deliveries())
                .isZero();
    }

    @Test
    void set_up_says_what_is_missing_makes_it_and_changes_nothing_afterwards() {
        KirimAdapter adapter = kirim.adapter(kirim.definition().webhookTarget(kirim.target()));
        assertThat(adapter.setUp(adapter.defaultMappings(), true))
                .extracting(SetupStep::state)
                .containsExactly(
                        State.PRESENT, State.PRESENT, State.PRESENT, State.PRESENT, State.MISSING, State.MISSING);
        assertThat(kirim.adapter.subscriptions()).isEmpty();
        assertThat(adapter.setUp(adapter.defaultMappings(), false))
                .extracting(SetupStep::state)
                .containsExactly(State.PRESENT, State.PRESENT, State.PRESENT, State.PRESENT, State.MADE, State.MADE);
        assertThat(adapter.setUp(adapter.defaultMappings(), false))
                .extracting(SetupStep::state)
                .containsOnly(State.PRESENT);
        assertThat(kirim.secrets).hasSize(1);
        create();
        assertThat(received()).hasOnlyElementsOfType(Receipt.Accepted.class).isNotEmpty();
    }

    @Test
    void set_up_leaves_to_a_person_what_only_a_person_can_do() {
        kirim.admin.any(
                "POST",
                "/accounts",
                Map.of("phone_number_id", "123456789", "phone_number", "+62 811-1111", "name", "two"));
        kirim.admin.turn("limits.plan", "free");
        List<SetupStep> steps = kirim.adapter.setUp(kirim.adapter.defaultMappings(), false);
        assertThat(steps)
                .filteredOn(step -> step.state() == State.BY_HAND)
                .extracting(SetupStep::what)
                .satisfiesExactlyInAnyOrder(
                        what -> assertThat(what).contains("writesPerMinute(60)"),
                        what -> assertThat(what).contains("readsPerMinute(600)"),
                        what -> assertThat(what).contains("displayNumber("),
                        what -> assertThat(what).contains("webhookTarget("),
                        what -> assertThat(what).contains("webhookSecret("));
        assertThat(steps.toString()).doesNotContain(kirim.token());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void set_up_with_a_bad_key_says_so(boolean dryRun) {
        KirimAdapter adapter = kirim.adapter(Kirim.organisation("kdv_live_wrong")
                .phoneNumber("123456")
                .baseUrl(kirim.definition().settings().get("baseUrl")));
        assertThatThrownBy(() -> adapter.setUp(adapter.defaultMappings(), dryRun))
                .isInstanceOfSatisfying(SyncException.class, e -> {
                    assertThat(e.kind()).isEqualTo(SyncException.Kind.AUTH);
                    assertThat(e.getMessage()).doesNotContain("kdv_live_wrong");
                });
    }
}
