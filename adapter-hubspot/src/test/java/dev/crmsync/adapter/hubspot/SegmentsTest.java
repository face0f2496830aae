package dev.crmsync.adapter.hubspot;

import static dev.crmsync.adapter.hubspot.FakeHubSpot.contact;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.results;
import static dev.crmsync.adapter.hubspot.FakeHubSpot.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.adapter.hubspot.FakeHubSpot.Answer;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.ListsSegments.Members;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentsTest {
    private static final String CHANGED = "2026-05-01T10:00:00.250Z";

    private final FakeHubSpot hubSpot = new FakeHubSpot();

    @AfterEach
    void stop() {
        hubSpot.close();
    }

    private static ObjectNode page(int from, int to) {
        return results(IntStream.range(from, to)
                .mapToObj(id -> row(Integer.toString(id), CHANGED))
                .toArray(JsonNode[]::new));
    }

    private Members members(String segment, String cursor) {
        return hubSpot.adapter().members(segment, cursor);
    }

    @Test
    void a_shared_value_is_walked_by_ascending_ids_and_vouches_for_nothing() {
        hubSpot.inTurn(Answer.of(200, page(1, 201)), Answer.of(200, page(201, 203)));
        Members first = members("property:segment=vip;a=b", null);
        Members second = members("property:segment=vip;a=b", first.next());
        assertThat(first.records()).hasSize(200);
        assertThat(second.records()).containsExactly(contact("201"), contact("202"));
        assertThat(second.next()).isNull();
        assertThat(first.complete()).isFalse();
        assertThat(second.complete()).isFalse();
        assertThat(hubSpot.seen.get(1).body().toString())
                .contains("{\"propertyName\":\"segment\",\"operator\":\"EQ\",\"value\":\"vip;a=b\"}")
                .contains("{\"propertyName\":\"hs_object_id\",\"operator\":\"GT\",\"value\":\"200\"}");
    }

    @Test
    void an_odd_row_ends_no_walk() {
        ObjectNode odd = page(1, 200);
        odd.withArray("results").insert(0, row("x", CHANGED));
        hubSpot.inTurn(Answer.of(200, odd));
        assertThat(members("property:segment=vip", null).next()).endsWith("199");
    }

    @Test
    void a_short_page_that_says_there_is_more_is_followed() {
        ObjectNode shorter = page(1, 3);
        shorter.putObject("paging").putObject("next").put("after", "2");
        hubSpot.inTurn(Answer.of(200, shorter));
        assertThat(members("property:segment=vip", null).next()).isNotNull();
    }

    @Test
    void a_page_that_does_not_lead_on_is_an_error_and_no_endless_walk() {
        ObjectNode again = page(1, 201);
        hubSpot.inTurn(Answer.of(200, again), Answer.of(200, again));
        String cursor = members("property:segment=vip", null).next();
        assertThatThrownBy(() -> members("property:segment=vip", cursor))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PERMANENT));
    }

    @ParameterizedTest
    @CsvSource({"property:segment=vip, hubspot-segment-1:x", "list:5, 12", "VIPs,", "list:x,", "property:=v,"})
    void strange_segments_and_cursors_are_refused_unsent(String segment, String cursor) {
        assertThatThrownBy(() -> members(segment, cursor))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.VALIDATION));
        assertThat(hubSpot.seen).isEmpty();
    }

    @Test
    void a_list_is_complete_only_when_every_member_can_be_read() {
        hubSpot.inTurn(Answer.of(
                200, "{\"results\":[{\"recordId\":\"1\"},\"2\",{}],\"paging\":{\"next\":{\"after\":\"z\"}}}"));
        Members first = members("list:5", null);
        assertThat(first.records()).containsExactly(contact("1"), contact("2"));
        assertThat(first.complete()).isFalse();
        assertThat(hubSpot.seen.get(0).line()).isEqualTo("GET /crm/v3/lists/5/memberships");
        assertThat(hubSpot.seen.get(0).query()).containsEntry("limit", "250");
        members("list:5", first.next());
        assertThat(hubSpot.seen.get(1).query()).containsEntry("after", "z");
    }

    @Test
    void a_list_whose_answer_has_no_members_at_all_vouches_for_nothing() {
        hubSpot.inTurn(Answer.of(200, "{}"));
        assertThat(members("list:5", null).complete()).isFalse();
    }
}
