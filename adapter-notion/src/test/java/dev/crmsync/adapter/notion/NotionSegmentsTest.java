package dev.crmsync.adapter.notion;

import static dev.crmsync.adapter.notion.Workspace.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.ListsSegments.Members;
import dev.crmsync.spi.adapter.ListsSegments.Segment;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotionSegmentsTest {
    private final FakeNotion notion = new FakeNotion();
    private final Workspace workspace = new Workspace();
    private NotionAdapter adapter;

    @BeforeEach
    void serve() {
        notion.answering(workspace);
        adapter = notion.adapter();
    }

    @AfterEach
    void stop() {
        notion.close();
    }

    private JsonNode filter() {
        return notion.seen.get(notion.seen.size() - 1).body().path("filter");
    }

    @Test
    void options_of_contacts_are_segments_and_labels_are_none() {
        assertThat(adapter.segments())
                .containsExactlyInAnyOrder(
                        new Segment("property:se%3A1=Gold", "Segment: Gold"),
                        new Segment("property:se%3A1=Silver", "Segment: Silver"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "property:Segment=Gold|{\"property\":\"se%3A1\",\"select\":{\"equals\":\"Gold\"}}",
                "property:Labels=Hot|{\"property\":\"la%3A1\",\"multi_select\":{\"contains\":\"Hot\"}}",
                "property:em%3A1=a=b@x.example|{\"property\":\"em%3A1\",\"email\":{\"equals\":\"a=b@x.example\"}}",
                "property:Vip=true|{\"property\":\"vi%3A1\",\"checkbox\":{\"equals\":true}}",
                "property:Size=12.5|{\"property\":\"si%3A1\",\"number\":{\"equals\":12.5}}",
            })
    void value_is_asked_for_as_the_type_of_its_property_has_it(String segment, String filter) {
        workspace.property(Workspace.CONTACTS, "vi%3A1", "Vip", "checkbox");
        workspace.property(Workspace.CONTACTS, "si%3A1", "Size", "number");
        adapter.members(segment, null);
        assertThat(filter().toString()).isEqualTo(filter);
    }

    @Test
    void members_are_listed_to_the_end_beyond_what_a_query_shows_and_nobody_vouches_for_them() {
        workspace.cap = 120;
        for (int minute = 0; minute < 3; minute++) {
            workspace.clock = FakeNotion.NOW.minusSeconds(7200 - 60L * minute);
            for (int i = 0; i < 70; i++) {
                workspace.set(
                        workspace.contact(0x1000 * (minute + 1) + i, "P"), "Kirim contact id", Workspace.text("same"));
            }
        }
        Set<String> ids = new TreeSet<>();
        String cursor = null;
        do {
            Members page = adapter.members("property:Kirim contact id=same", cursor);
            page.records().forEach(ref -> ids.add(ref.id()));
            assertThat(page.complete()).isFalse();
            cursor = page.next();
        } while (cursor != null);
        assertThat(ids).hasSize(210).contains(id(0x3000));
        assertThat(filter().path("and")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"list:1", "property:Nowhere=x", "property:Segment", "property:Size=many", "property:Team=x"})
    void what_is_no_segment_is_refused(String segment) {
        workspace.property(Workspace.CONTACTS, "si%3A1", "Size", "number");
        workspace.property(Workspace.CONTACTS, "te%3A1", "Team", "people");
        assertThatThrownBy(() -> adapter.members(segment, null))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        fault -> assertThat(fault.kind()).isEqualTo(SyncException.Kind.VALIDATION));
        assertThatThrownBy(() -> adapter.members("property:Segment=Gold", "notion-walk-1:-1:-1:0:"))
                .hasMessageContaining("begin the walk anew");
    }
}
