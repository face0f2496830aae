package dev.crmsync.sandbox.pipedrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.sandbox.Receiver;
import dev.crmsync.sandbox.Rig;
import dev.crmsync.sandbox.SandboxOptions;
import dev.crmsync.sandbox.admin.AdminClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do in the company, and what a restart remembers of it. */
class PipedrivePeopleTest {
    @TempDir
    Path directory;

    @Test
    void a_deal_is_made_moved_assigned_lost_and_opened_again() {
        try (Rig rig = new Rig()) {
            PipedrivePeople people = rig.sandbox.pipedrive().people();
            String ana = people.makePerson("Ana");
            String deal = people.makeDeal("Help", ana);
            List<String> stages = people.makePipeline("Support", "New", "Done");
            String sari = people.makeUser("Sari", "sari@example.com", false);
            people.moveTo(deal, stages.get(1));
            people.assign("deal", deal, sari);
            people.lose(deal, "price");
            assertThat(people.all("deals"))
                    .singleElement()
                    .satisfies(one -> assertThat(one)
                            .containsEntry("status", "lost")
                            .containsEntry("stage_id", Integer.parseInt(stages.get(1)))
                            .containsEntry("owner_id", Integer.parseInt(sari)));
            people.reopen(deal);
            people.archive(deal);
            assertThat(people.all("deals").get(0))
                    .containsEntry("status", "open")
                    .containsEntry("is_archived", true);
            people.deactivateUser(sari);
            assertThatThrownBy(() -> people.assign("person", ana, sari)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> people.moveTo(deal, "99")).isInstanceOf(IllegalArgumentException.class);
            people.delete("person", ana);
            assertThat(people.all("persons").get(0)).containsEntry("is_deleted", true);
            assertThatThrownBy(() -> people.patch("person", ana, Map.of("name", "x")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(people.users()).hasSize(3);
        }
    }

    @Test
    void a_label_keeps_its_id_under_another_name() throws IOException {
        try (Rig rig = new Rig()) {
            PipedrivePeople people = rig.sandbox.pipedrive().people();
            String vip = people.makeLabel("person", "VIP");
            people.renameLabel("person", vip, "Very important");
            String ana = people.make("person", Map.of("name", "Ana", "label_ids", List.of(Long.parseLong(vip))));
            assertThat(rig.pipedrive("GET", "/api/v2/persons/" + ana + "?include_labels=true", null)
                            .data()
                            .at("/labels/0/label")
                            .asText())
                    .isEqualTo("Very important");
        }
    }

    @Test
    void an_edit_is_that_of_whoever_is_named() throws IOException {
        try (Rig rig = new Rig()) {
            PipedrivePeople people = rig.sandbox.pipedrive().people();
            String sari = people.makeUser("Sari", "sari@example.com", false);
            String ana = people.makePerson("Ana");
            people.patchAs(sari, "person", ana, Map.of("name", "Anna"));
            assertThat(rig.pipedrive("GET", "/v1/persons/" + ana + "/changelog", null)
                            .data()
                            .at("/0/actor_user_id")
                            .asText())
                    .isEqualTo(sari);
        }
    }

    @Test
    void a_restart_goes_on_where_the_last_one_stopped() throws IOException {
        SandboxOptions options = SandboxOptions.standard().withState(directory.resolve("state.json"));
        List<Object> before;
        String token;
        String code;
        String ana;
        try (Receiver receiver = new Receiver()) {
            try (Rig rig = new Rig(options)) {
                PipedrivePeople people = rig.sandbox.pipedrive().people();
                AdminClient admin = rig.sandbox.pipedrive().adminClient();
                token = rig.sandbox.pipedrive().token();
                code = people.makeField("person", "Kirim id", "varchar");
                rig.pipedrive(
                        "POST",
                        "/v1/webhooks",
                        Map.of(
                                "subscription_url", receiver.url(),
                                "event_action", "create",
                                "event_object", "person",
                                "name", "crm-sync"));
                admin.turn("webhooks.delay_ms", 50_000);
                ana = people.make(
                        "person",
                        Map.of(
                                "name",
                                "Ana",
                                "custom_fields",
                                Map.of(code, "ctc_1"),
                                "label_ids",
                                List.of(Long.parseLong(people.makeLabel("person", "VIP")))));
                people.makeDeal("Help", ana);
                people.writeNote("Hi", ana);
                people.make("lead", Map.of("title", "x", "person_id", Long.parseLong(ana)));
                people.make("activity", Map.of("subject", "x"));
                people.makeUser("Sari", "sari@example.com", false);
                people.delete("person", people.makePerson("Gone"));
                before = everything(people);
            }
            assertThat(receiver.received).isEmpty();
            try (Rig rig = new Rig(options.withSeed(99))) {
                PipedrivePeople people = rig.sandbox.pipedrive().people();
                assertThat(rig.sandbox.pipedrive().token()).isEqualTo(token);
                assertThat(everything(people)).isEqualTo(before);
                rig.sandbox.pipedrive().adminClient().flush(false);
                assertThat(receiver.await(2)).hasSize(2);
                String found = "/api/v2/itemSearch/field?term=ctc_1&entity_type=person&field=" + code;
                assertThat(rig.pipedrive("GET", found, null).data()).hasSize(1);
                // Nothing has changed, whatever width the numbers were read with.
                rig.clock.advance(Duration.ofMinutes(1));
                people.patch("person", ana, Map.of("visible_to", 3));
                assertThat(people.all("persons")).isEqualTo(before.get(0));
                assertThat(people.makePerson("Next")).isEqualTo("3");
                assertThat(people.makeField("person", "Other", "varchar")).isNotEqualTo(code);
            }
        }
    }

    @Test
    void a_reset_begins_anew_and_repeats_ids_and_codes() {
        try (Rig rig = new Rig()) {
            PipedrivePeople people = rig.sandbox.pipedrive().people();
            String code = people.makeField("person", "Kirim id", "varchar");
            String ana = people.makePerson("Ana");
            rig.sandbox.pipedrive().adminClient().any("POST", "/reset", null);
            assertThat(people.all("persons")).isEmpty();
            assertThat(people.makeField("person", "Kirim id", "varchar")).isEqualTo(code);
            assertThat(people.makePerson("Ana")).isEqualTo(ana);
            assertThat(people.users()).hasSize(2);
        }
    }

    private static List<Object> everything(PipedrivePeople people) {
        return List.of(
                people.all("persons"),
                people.all("deals"),
                people.all("notes"),
                people.all("leads"),
                people.all("activities"),
                people.all("pipelines"),
                people.all("stages"),
                people.webhooks(),
                people.users());
    }
}
