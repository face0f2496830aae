package dev.crmsync.sandbox.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.Rig.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that shift while they are walked, and custom properties that come and go. */
class HubSpotListsTest {
    private final Rig rig = new Rig();
    private final HubSpotPeople people = rig.sandbox.hubSpot().people();

    @AfterEach
    void stop() {
        rig.close();
    }

    static Map<String, Object> unique(String name) {
        return Map.of(
                "name", name,
                "label", "A label",
                "type", "string",
                "fieldType", "text",
                "groupName", "a_group",
                "hasUniqueValue", true);
    }

    private List<String> contacts(int count) throws IOException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(rig.hubSpotContact(Map.of("email", "p" + i + "@example.com")));
        }
        return ids;
    }

    private static List<String> ids(Answer page) {
        return page.body().path("results").findValuesAsText("recordId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/crm/v3/lists", "/crm/lists/2026-03", "/crm/lists/2026-09"})
    void a_cursor_holds_when_the_member_that_it_was_made_from_has_left(String base) throws IOException {
        List<String> ids = contacts(4);
        String list = people.makeList("VIPs");
        ids.forEach(id -> people.putInto(list, id));
        for (String order : List.of("", "/join-order")) {
            String path = base + "/" + list + "/memberships" + order + "?limit=2";
            Answer first = rig.hubSpot("GET", path, null);
            assertThat(ids(first)).containsExactly(ids.get(0), ids.get(1));
            people.takeOut(list, ids.get(1));
            String after = first.body().at("/paging/next/after").asText();
            Answer second = rig.hubSpot("GET", path + "&after=" + after, null);
            assertThat(ids(second)).containsExactly(ids.get(2), ids.get(3));
            assertThat(second.body().has("paging")).isFalse();
            people.putInto(list, ids.get(1));
        }
        assertThat(rig.hubSpot("GET", base + "/" + list + "/memberships?after=nonsense", null)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void members_go_by_id_and_in_join_order_by_when_they_came() throws IOException {
        List<String> ids = contacts(2);
        String list = people.makeList("VIPs");
        people.putInto(list, ids.get(1));
        rig.clock.advance(Duration.ofSeconds(1));
        people.putInto(list, ids.get(0));
        String path = "/crm/v3/lists/" + list + "/memberships";
        assertThat(ids(rig.hubSpot("GET", path, null))).containsExactly(ids.get(0), ids.get(1));
        assertThat(ids(rig.hubSpot("GET", path + "/join-order", null))).containsExactly(ids.get(1), ids.get(0));
    }

    @Test
    void a_merged_contact_stays_a_member_and_can_be_taken_out_by_any_of_its_ids() throws IOException {
        List<String> ids = contacts(2);
        String list = people.makeList("VIPs");
        people.putInto(list, ids.get(1));
        String merged = rig.contacts(
                        "POST", "/merge", Map.of("primaryObjectId", ids.get(0), "objectIdToMerge", ids.get(1)))
                .body()
                .path("id")
                .asText();
        String path = "/crm/v3/lists/" + list + "/memberships";
        assertThat(ids(rig.hubSpot("GET", path, null))).containsExactly(merged);
        JsonNode again = rig.hubSpot("PUT", path + "/add", List.of(merged)).body();
        assertThat(again.path("recordsIdsAdded")).isEmpty();
        JsonNode out =
                rig.hubSpot("PUT", path + "/remove", List.of(ids.get(0), "1")).body();
        assertThat(out.at("/recordIdsRemoved/0").asText()).isEqualTo(merged);
        assertThat(out.at("/recordIdsMissing/0").asText()).isEqualTo("1");
        assertThat(ids(rig.hubSpot("GET", path, null))).isEmpty();
    }

    @Test
    void a_dynamic_list_follows_its_property_and_the_lists_of_a_contact_name_it() throws IOException {
        String ana = contacts(1).get(0);
        String list = people.makeList("In Oslo", "city", "Oslo");
        String path = "/crm/v3/lists/" + list + "/memberships";
        String own = "/crm/v3/lists/records/0-1/" + ana + "/memberships";
        assertThat(ids(rig.hubSpot("GET", path, null))).isEmpty();
        people.patch("contacts", ana, Map.of("city", "Oslo"));
        assertThat(ids(rig.hubSpot("GET", path, null))).containsExactly(ana);
        assertThat(rig.hubSpot("GET", own, null).body().path("results").findValuesAsText("listId"))
                .containsExactly(list);
        people.patch("contacts", ana, Map.of("city", "Rome"));
        assertThat(rig.hubSpot("GET", own, null).body().path("results")).isEmpty();
        for (String change : List.of("/add", "/remove")) {
            assertThat(rig.hubSpot("PUT", path + change, List.of(ana)).status()).isEqualTo(400);
        }
    }

    @Test
    void at_most_ten_properties_of_each_type_are_unique() throws IOException {
        for (String type : List.of("contacts", "tickets")) {
            String path = "/crm/v3/properties/" + type;
            for (int i = 0; i < 10; i++) {
                assertThat(rig.hubSpot("POST", path, unique("u" + i)).status()).isEqualTo(201);
            }
            assertThat(rig.hubSpot("POST", path, unique("u10")).status()).isEqualTo(400);
            assertThat(rig.hubSpot("DELETE", path + "/u3", null).status()).isEqualTo(204);
            assertThat(rig.hubSpot("POST", path, unique("u10")).status()).isEqualTo(201);
        }
        assertThat(rig.hubSpot("POST", "/crm/v3/properties/notes", unique("u")).status())
                .isEqualTo(400);
    }

    @Test
    void an_archived_property_takes_its_values_along() throws IOException {
        String path = "/crm/v3/properties/contacts";
        rig.hubSpot("POST", path, unique("kirim_id"));
        String first = rig.hubSpotContact(Map.of("kirim_id", "ctc_1"));
        rig.hubSpot("DELETE", path + "/kirim_id", null);
        assertThat(rig.contacts("GET", "/" + first + "?properties=kirim_id", null)
                        .body()
                        .path("properties")
                        .has("kirim_id"))
                .isFalse();
        rig.hubSpot("POST", path, unique("kirim_id"));
        assertThat(rig.hubSpotContact(Map.of("kirim_id", "ctc_1"))).isNotEmpty().isNotEqualTo(first);
        assertThat(rig.hubSpot("DELETE", path + "/email", null).status()).isEqualTo(400);
    }
}
