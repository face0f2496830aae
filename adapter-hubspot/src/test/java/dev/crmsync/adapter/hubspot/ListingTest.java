package dev.crmsync.adapter.hubspot;

import static dev.crmsync.adapter.hubspot.FakeHubSpot.error;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.results;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.adapter.hubspot.FakeHubSpot.Answer;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.model.Evidence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {
    private static final String CHANGED = "2026-05-01T10:00:00Z";

    private final FakeHubSpot hubSpot = new FakeHubSpot();

    @AfterEach
    void stop() {
        hubSpot.close();
    }

    @Test
    void walk_follows_the_collection_to_its_end() {
        hubSpot.answering(request -> {
            ObjectNode page = results(row(request.query().getOrDefault("after", "1"), CHANGED));
            if (!request.query().containsKey("after")) {
                page.withObjectProperty("paging").putObject("next").put("after", "NTI=");
            }
            return Answer.of(200, page);
        });
        HubSpotAdapter adapter = hubSpot.adapter();

        Page first = adapter.list("contact", null);
        Page second = adapter.list("contact", first.next());

        assertThat(first.events()).hasSize(1).allMatch(event -> event.evidence() == Evidence.LISTING && event.full());
        assertThat(first.complete()).isTrue();
        assertThat(second.next()).isNull();
        assertThat(hubSpot.seen.get(0).query()).containsEntry("limit", "100").containsEntry("archived", "false");
        assertThat(hubSpot.seen.get(1).query()).containsEntry("after", "NTI=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "52", "hubspot-walk-1:", "hubspot-walk-2:52", "hubspot-changes-1:contact:from=1"})
    void cursor_of_another_kind_is_refused(String cursor) {
        assertThatThrownBy(() -> hubSpot.adapter().list("contact", cursor))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.VALIDATION));
        assertThat(hubSpot.seen).isEmpty();
    }

    @Test
    void cursor_that_hubspot_refuses_asks_for_a_new_walk() {
        hubSpot.inTurn(Answer.of(400, error("VALIDATION_ERROR", "invalid after")));
        assertThatThrownBy(() -> hubSpot.adapter().list("contact", "hubspot-walk-1:52"))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.VALIDATION));
    }

    @Test
    void fingerprint_changes_with_the_question_and_with_nothing_else() {
        String print = hubSpot.adapter().scopeFingerprint("contact");
        assertThat(hubSpot.adapter(hubSpot.definition().clientSecret("other")).scopeFingerprint("contact"))
                .isEqualTo(print);
        assertThat(hubSpot.adapter(hubSpot.definition().metadata("a", "b")).scopeFingerprint("contact"))
                .isNotEqualTo(print);
        assertThat(hubSpot.adapter(hubSpot.definition().portalId("5")).scopeFingerprint("contact"))
                .isNotEqualTo(print);
    }
}
