package dev.crmsync.adapter.kirim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.TagsMany.Tag;
import dev.crmsync.spi.adapter.TagsMany.Tagged;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The directory of labels, and putting one on many contacts at once. */
class LabelsAgainstSandboxTest {
    private final Organisation kirim = new Organisation();
    private final KirimAdapter adapter = kirim.adapter;

    @AfterEach
    void close() {
        kirim.close();
    }

    private List<RecordRef> people(int number) {
        List<RecordRef> refs = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            refs.add(Organisation.ref(kirim.seed(Map.of("phone_number", "+62812%06d".formatted(i)))));
        }
        return refs;
    }

    private List<?> labelsOf(RecordRef contact) {
        return (List<?>)
                kirim.admin.any("GET", "/contacts/" + contact.id(), null).get("labels");
    }

    @Test
    void a_label_is_made_once_however_often_the_call_is_repeated_and_is_listed() {
        Tag made = adapter.createTag("VIP", "key-1");
        assertThat(adapter.createTag("VIP", "key-1")).isEqualTo(made);
        assertThat(adapter.tags()).containsExactly(made);
        assertThatThrownBy(() -> adapter.createTag("x".repeat(51), "key-2")).hasMessageContaining("1 to 50 characters");
    }

    @Test
    void all_pages_of_the_directory_are_read() {
        for (int i = 0; i < 130; i++) {
            adapter.createTag("Label " + i, "key-" + i);
        }
        assertThat(adapter.tags()).hasSize(130);
    }

    @Test
    void an_organisation_of_several_teams_wants_to_know_which() {
        kirim.admin.turn("labels.multi_team", true);
        assertThatThrownBy(() -> adapter.createTag("VIP", "key-1")).hasMessageContaining("missing_required_field");
        KirimAdapter ofTeam = kirim.adapter(kirim.definition().team("sales"));
        assertThat(ofTeam.createTag("VIP", "key-2").name()).isEqualTo("VIP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "bare"})
    void a_label_is_put_on_and_taken_off_and_what_is_passed_over_is_counted(String shape) {
        kirim.admin.turn("bulk_label.answer", shape);
        Tag vip = adapter.createTag("VIP", "key-1");
        List<RecordRef> people = people(3);
        List<RecordRef> all = new ArrayList<>(people);
        all.add(Organisation.ref("ctc_01HXYZABCDEFGHJKMNPQRSTVWX"));

        assertThat(adapter.tag(vip.id(), all, true, "a")).isEqualTo(new Tagged(3, 1));
        assertThat(labelsOf(people.get(0)).toString()).contains("VIP");

        assertThat(adapter.tag(vip.id(), people, false, "b")).isEqualTo(new Tagged(3, 0));
        assertThat(labelsOf(people.get(0))).isEmpty();
    }

    @Test
    void a_label_that_is_gone_is_named_so() {
        assertThatThrownBy(() -> adapter.tag("lbl_01HXYZABCDEFGHJKMNPQRSTVWX", people(1), true, "a"))
                .isInstanceOfSatisfying(
                        SyncException.class, gone -> assertThat(gone.kind()).isEqualTo(SyncException.Kind.VALIDATION))
                .hasMessageContaining("no such label");
    }
}
