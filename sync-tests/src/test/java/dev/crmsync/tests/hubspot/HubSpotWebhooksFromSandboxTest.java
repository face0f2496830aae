package dev.crmsync.tests.hubspot;

import static dev.crmsync.tests.hubspot.Portal.changing;
import static dev.crmsync.tests.hubspot.Portal.contact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.Receipt;
import dev.crmsync.spi.adapter.WritesOne;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.Origin;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubSpotWebhooksFromSandboxTest {
    private final Portal portal = new Portal().setUp();

    @AfterEach
    void stop() {
        portal.close();
    }

    private void change(String id, String property, String value) {
        var edit = Json.object().put("op", "patch").put("id", id);
        edit.putObject("properties").put(property, value);
        portal.admin("POST", "/edits", edit);
    }

    private List<ChangeEvent> events() {
        portal.flush();
        return portal.accepted().stream().map(Receipt.Keyed::event).toList();
    }

    @ParameterizedTest(name = "{0} {1} at {2}")
    @CsvSource({
        "v1+v3, contact, hook",
        "v1, contact, hook",
        "v2, contact, hook",
        "v3, contact, hook",
        "v3, object, hook",
        "v3, contact, 'hook/a%3Ab%2Fc%20d?sync=a%40b&x=%26'",
        "v2, object, 'hook/a%3Ab%2Fc%20d?sync=a%40b&x=%26'",
    })
    void signed_events_of_both_shapes_are_accepted(String signatures, String family, String path) {
        portal.dial("webhooks.signatures", signatures);
        portal.subscribe(path, family, "firstname");
        String id = portal.create("ctc_1");
        change(id, "firstname", "Ana");
        assertThat(events())
                .anyMatch(event -> event.kind() == ChangeKind.GAP && event.ref().equals(contact(id)))
                .anyMatch(event ->
                        NativeValue.text("Ana").equals(event.properties().get("firstname"))
                                && event.ref().equals(contact(id)));
        assertThat(portal.receipts).allMatch(Receipt.Accepted.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"subscriptionType", "eventType"})
    void life_and_end_of_contacts_is_told(String field) {
        portal.dial("webhooks.type_field", field);
        portal.subscribe("hook", "contact", "firstname");
        String a = portal.create("ctc_a");
        String b = portal.create("ctc_b");
        String c = portal.create("ctc_c");
        portal.edit("archive", c);
        portal.edit("restore", c);
        portal.edit("gdpr_delete", c);
        String survivor = portal.admin(
                        "POST",
                        "/edits",
                        Json.object().put("op", "merge").put("primary", a).put("secondary", b))
                .path("results")
                .path(0)
                .path("id")
                .asText();
        List<ChangeEvent> events = events();
        for (ChangeKind kind : List.of(ChangeKind.ARCHIVE, ChangeKind.RESTORE, ChangeKind.DELETE)) {
            assertThat(events)
                    .anyMatch(event -> event.kind() == kind && event.ref().equals(contact(c)));
        }
        for (String merged : List.of(a, b)) {
            assertThat(events)
                    .anyMatch(event -> event.kind() == ChangeKind.MERGE
                            && event.ref().equals(contact(merged))
                            && event.other().orElseThrow().equals(contact(survivor)));
        }
    }

    @Test
    void primary_that_keeps_its_id_is_not_merged_into_itself() {
        portal.dial("merge.id", "primary");
        portal.subscribe("hook", "contact");
        String a = portal.create("ctc_a");
        String b = portal.create("ctc_b");
        portal.admin(
                "POST",
                "/edits",
                Json.object().put("op", "merge").put("primary", a).put("secondary", b));
        assertThat(events())
                .filteredOn(event -> event.kind() == ChangeKind.MERGE)
                .isNotEmpty()
                .allMatch(event -> event.ref().equals(contact(b)));
    }

    @ParameterizedTest(name = "source id {0}, marked {1}: {2}")
    @CsvSource({
        "app_id, INTEGRATION, OURS",
        "absent, INTEGRATION, UNKNOWN",
        "other, INTEGRATION, OTHERS",
        "app_id, API, OTHERS"
    })
    void origin_of_our_own_writes_is_what_the_mark_proves(String sourceId, String changeSource, Origin expected) {
        portal.dial("webhooks.source_id", sourceId);
        portal.dial("webhooks.change_source", changeSource);
        portal.subscribe("hook", "contact", "lastname");
        String id = portal.create("ctc_1");
        ((WritesOne) portal.adapter).write(changing("k", id, "lastname", "Lee"));
        assertThat(events())
                .filteredOn(event -> event.properties().containsKey("lastname"))
                .isNotEmpty()
                .allMatch(event -> event.origin() == expected);
        change(id, "lastname", "Kim");
        assertThat(events())
                .anyMatch(event ->
                        NativeValue.text("Kim").equals(event.properties().get("lastname"))
                                && event.origin() == Origin.OTHERS);
    }

    @Test
    void hidden_values_ask_for_a_read() {
        portal.dial("webhooks.sensitive", true);
        portal.subscribe("hook", "contact", "firstname");
        String id = portal.create("ctc_1");
        change(id, "firstname", "Ana");
        assertThat(events()).isNotEmpty().allMatch(event -> event.properties().isEmpty());
    }

    @Test
    void repeated_delivery_has_the_same_keys() {
        portal.dial("webhooks.event_id_repeats", 1);
        portal.subscribe("hook", "contact", "firstname", "lastname");
        String id = portal.create("ctc_1");
        for (int i = 0; i < 20; i++) {
            change(id, i % 2 == 0 ? "firstname" : "lastname", "v" + i);
        }
        portal.flush();
        Set<String> keys = new HashSet<>();
        Set<Object> values = new HashSet<>();
        portal.accepted().forEach(keyed -> {
            keys.add(keyed.dedupeKey());
            values.add(keyed.event());
        });
        assertThat(values).hasSizeGreaterThanOrEqualTo(21);
        assertThat(keys).hasSameSizeAs(values);
    }

    @Test
    void events_under_another_secret_are_refused() {
        portal.subscribe("hook", "contact", "firstname");
        portal.create("ctc_1");
        portal.flush();
        assertThat(portal.receipts).isNotEmpty().allMatch(Receipt.Accepted.class::isInstance);
        var stranger = (dev.crmsync.spi.adapter.ReceivesWebhooks) portal.adapter(
                dev.crmsync.adapter.hubspot.HubSpot.privateApp("t").clientSecret("another"));
        assertThat(stranger.receive(new dev.crmsync.spi.adapter.WebhookRequest(
                        "POST", portal.target(), java.util.Map.of(), dev.crmsync.spi.model.Bytes.utf8("[]"))))
                .isInstanceOf(Receipt.BadSignature.class);
    }
}
