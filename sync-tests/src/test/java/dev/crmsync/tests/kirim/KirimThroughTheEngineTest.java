package dev.crmsync.tests.kirim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KirimThroughTheEngineTest {
    private final TwoAccounts accounts = new TwoAccounts();

    @AfterEach
    void stop() {
        boolean drained = accounts.drained();
        accounts.close();
        assertThat(drained).isTrue();
        assertThat(accounts.answers).containsOnly(200);
    }

    private String create() {
        Map<String, Object> contact = accounts.kirim.edit(Map.of(
                "op",
                "create",
                "phone_number",
                "+6281200000001",
                "name",
                "Budi Santoso",
                "metadata",
                Map.of("score", 100, "crm_segment", "gold")));
        accounts.settle();
        return String.valueOf(contact.get("id"));
    }

    private void patchKirim(String id, String what, Object value) {
        accounts.kirim.edit(Map.of("op", "patch", "id", id, what, value));
        accounts.settle();
    }

    private void patchCrm(String property, String value) {
        accounts.crm.edit(
                Map.of("op", "patch", "id", accounts.inCrm().get("id"), "properties", Map.of(property, value)));
        accounts.settle();
    }

    private Object inCrm(String property) {
        return ((Map<?, ?>) accounts.inCrm().get("properties")).get(property);
    }

    @Test
    void contact_that_writes_for_the_first_time_is_made_in_the_crm_under_its_kirim_id() {
        accounts.kirim.turn("webhooks.duplicate", 1);
        String id = create();
        assertThat(inCrm("kirim_contact_id")).isEqualTo(id);
        assertThat(inCrm("firstname")).isEqualTo("Budi");
        assertThat(inCrm("phone")).isEqualTo("+6281200000001");
        assertThat(accounts.kirim.requests("PATCH /v1/{pid}/contacts/{id}")).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void labels_follow_whether_or_not_they_move_the_contacts_time(boolean move) {
        accounts.kirim.turn("labels.move_updated_at", move);
        String id = create();
        for (List<String> labels : List.of(List.of("VIP"), List.of("Trial", "VIP"), List.of("Trial"))) {
            patchKirim(id, "labels", labels);
            assertThat(String.valueOf(inCrm("whatsapp_labels")).split(";")).containsExactlyInAnyOrderElementsOf(labels);
        }
    }

    @Test
    void edit_of_the_crm_reaches_kirim_once_and_leaves_what_others_keep_there_as_it_is() {
        String id = create();
        patchCrm("lastname", "Hartono");
        assertThat(accounts.inKirim(id)).containsEntry("name", "Budi Hartono");
        assertThat(accounts.kirim.requests("PATCH /v1/{pid}/contacts/{id}")).isOne();

        patchCrm("crm_segment", "silver");
        assertThat(accounts.inKirim(id)).containsEntry("metadata", Map.of("score", 100, "crm_segment", "silver"));
        assertThat(accounts.kirim.requests("PATCH /v1/{pid}/contacts/{id}")).isEqualTo(2);
    }

    @Test
    void change_whose_answer_was_lost_is_not_written_again() {
        String id = create();
        accounts.kirim.fault("lost_answer", 1, Map.of("method", "PATCH"));
        patchCrm("lastname", "Hartono");
        assertThat(accounts.inKirim(id)).containsEntry("name", "Budi Hartono");
        assertThat(accounts.kirim.requests("PATCH /v1/{pid}/contacts/{id}")).isOne();
    }
}
