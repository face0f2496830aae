package dev.crmsync.tests.kirim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.engine.Status;
import dev.crmsync.policy.Policies;
import dev.crmsync.pull.Unassigned;
import dev.crmsync.segments.Segment;
import dev.crmsync.segments.SegmentPlan;
import dev.crmsync.segments.SegmentReport;
import dev.crmsync.segments.Tagging;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide between Kirim and HubSpot beyond contacts: real HTTP on loopback, real signatures, both ways. */
class ConversationsThroughTheEngineTest {
    private TwoAccounts accounts = new TwoAccounts();

    /** Nothing is left to be done, but that somebody who could not be seen is looked for again tomorrow. */
    @AfterEach
    void stop() {
        Status status = accounts.engine.status("acme");
        Instant next = status.nextDue();
        boolean rests = status.inbox() == 0
                && (next == null || next.isAfter(accounts.now().plus(Duration.ofHours(12))));
        accounts.close();
        assertThat(rests).as(status.toString()).isTrue();
        assertThat(status.deadLetters() + status.reviews())
                .as(status.toString())
                .isZero();
        assertThat(accounts.answers).containsOnly(200);
    }

    private String contact(String phone) {
        return String.valueOf(accounts.kirim
                .edit(Map.of("op", "create", "phone_number", phone, "name", "Budi Santoso"))
                .get("id"));
    }

    private Map<?, ?> doing(Object... keysAndValues) {
        Map<String, Object> doing = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            doing.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        List<?> results = (List<?>) accounts.kirim
                .any("POST", "/conversations/doings", Map.of("doings", List.of(doing)))
                .get("results");
        return (Map<?, ?>) results.get(0);
    }

    private String writes(String contact) {
        return String.valueOf(
                doing("op", "message", "contact_id", contact, "text", "Halo").get("conversation_id"));
    }

    private static String first(Map<String, Object> answer) {
        return String.valueOf(((List<?>) answer.get("ids")).get(0));
    }

    /** A member of the team whom both sides know by one address; the ids at Kirim and at HubSpot. */
    private List<String> sari(String atKirim, String atHubSpot) {
        return List.of(
                first(accounts.kirim.any(
                        "POST", "/users", Map.of("users", List.of(Map.of("name", "Sari", "email", atKirim))))),
                first(accounts.crm.any(
                        "POST",
                        "/owners",
                        Map.of("owners", List.of(Map.of("firstName", "Sari", "email", atHubSpot))))));
    }

    private Map<?, ?> ticket() {
        List<?> tickets = (List<?>) accounts.crm.any("GET", "/tickets", null).get("tickets");
        assertThat(tickets).hasSize(1);
        return (Map<?, ?>) ((Map<?, ?>) tickets.get(0)).get("properties");
    }

    private String ticketId() {
        return String.valueOf(ticket().get("hs_object_id"));
    }

    private void edit(String property, String value) {
        accounts.crm.any(
                "POST",
                "/tickets/edits",
                Map.of("op", "patch", "id", ticketId(), "properties", Map.of(property, value)));
        accounts.settle();
    }

    private Map<?, ?> conversation(String id) {
        return ((List<?>) accounts.kirim.any("GET", "/conversations", null).get("conversations"))
                .stream()
                        .map(one -> (Map<?, ?>) one)
                        .filter(one -> id.equals(one.get("id")))
                        .findFirst()
                        .orElseThrow();
    }

    private List<String> associations() {
        List<String> pairs = new ArrayList<>();
        ((List<?>) accounts.crm.any("GET", "/associations", null).get("associations"))
                .forEach(pair -> pairs.add(String.valueOf(pair)));
        return pairs;
    }

    /** A walk of everything, as after an outage. */
    private void walk() {
        accounts.engine.recover("acme", accounts.now());
        for (int round = 0; round < 8; round++) {
            accounts.pass(Duration.ofSeconds(30));
            accounts.settle();
        }
    }

    @ParameterizedTest
    @CsvSource({"none, assignee", "phone, both", "root, assigned_to"})
    void an_assigned_conversation_becomes_a_ticket_of_its_contact_whatever_kirim_shows_of_it(String one, String shape) {
        accounts.kirim.turn(Map.of("conversations.get_one", one, "conversations.assignee", shape));
        List<String> sari = sari("sari@example.com", "Sari@Example.com");
        if (shape.equals("assigned_to")) {
            // Without an address nothing tells who is who.
            accounts.close();
            accounts = new TwoAccounts(Policies.guide().sameUser(sari.get(0), sari.get(1)));
            accounts.kirim.turn(Map.of("conversations.get_one", one, "conversations.assignee", shape));
            sari("sari@example.com", "Sari@Example.com");
        }
        walk();
        String contact = contact("+6281200000001");
        String id = writes(contact);
        doing("op", "assign", "id", id, "user_id", sari.get(0));
        accounts.settle();
        walk();

        assertThat(ticket().get("kirim_conversation_id")).isEqualTo(id);
        assertThat(ticket().get("hs_pipeline_stage")).isEqualTo("1");
        assertThat(ticket().get("hubspot_owner_id")).isEqualTo(sari.get(1));
        assertThat(associations())
                .contains("tickets/" + ticketId() + ">contacts/"
                        + accounts.inCrm().get("id"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void a_closing_bears_its_own_time_however_often_it_is_told(double duplicates) {
        accounts.kirim.turn("webhooks.duplicate", duplicates);
        String id = writes(contact("+6281200000001"));
        walk();
        doing("op", "status", "id", id, "status", "resolved");
        accounts.settle();
        Object closed = ticket().get("closed_date");
        assertThat(ticket().get("hs_pipeline_stage")).isEqualTo("4");
        assertThat(String.valueOf(closed)).startsWith("20");

        accounts.pass(Duration.ofHours(2));
        walk();
        assertThat(ticket().get("closed_date")).isEqualTo(closed);

        doing("op", "status", "id", id, "status", "open");
        walk();
        assertThat(ticket().get("hs_pipeline_stage")).isEqualTo("1");
        assertThat(ticket().get("closed_date")).isIn("", null);
    }

    @Test
    void a_closing_whose_webhook_was_lost_is_found_by_a_walk_and_its_time_left_to_the_crm() {
        String id = writes(contact("+6281200000001"));
        walk();
        String ticket = ticketId();
        // A listing that is empty proves nothing: another conversation stays open.
        writes(contact("+6281200000002"));
        accounts.kirim.turn("webhooks.drop", 1);
        doing("op", "status", "id", id, "status", "resolved");
        walk();

        Map<?, ?> closed =
                (Map<?, ?>) accounts.crm.any("GET", "/tickets/" + ticket, null).get("properties");
        assertThat(closed.get("hs_pipeline_stage")).isEqualTo("4");
        assertThat(String.valueOf(closed.get("closed_date"))).startsWith("20");
    }

    @Test
    void kirim_owns_the_state_of_a_conversation_and_a_stage_that_means_the_same_is_left_alone() {
        String id = writes(contact("+6281200000001"));
        walk();
        edit("hs_pipeline_stage", "3");
        assertThat(ticket().get("hs_pipeline_stage")).isEqualTo("3");
        edit("hs_pipeline_stage", "4");
        assertThat(ticket().get("hs_pipeline_stage")).isEqualTo("1");
        assertThat(conversation(id).get("status")).isEqualTo("open");
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "phone"})
    void tickets_that_answer_back_change_conversations(String path) {
        accounts.close();
        accounts = new TwoAccounts(Policies.guide().ticketsAnswerBack());
        accounts.kirim.turn("conversations.patch", path);
        List<String> sari = sari("sari@example.com", "sari@example.com");
        String contact = contact("+6281200000001");
        String id = writes(contact);
        String other = writes(contact("+6281200000002"));
        doing("op", "assign", "id", other, "user_id", sari.get(0));
        doing("op", "status", "id", other, "status", "resolved");
        walk();
        List<?> tickets = (List<?>) accounts.crm.any("GET", "/tickets", null).get("tickets");
        String own = tickets.stream()
                .map(one -> (Map<?, ?>) ((Map<?, ?>) one).get("properties"))
                .filter(one -> id.equals(one.get("kirim_conversation_id")))
                .map(one -> String.valueOf(one.get("hs_object_id")))
                .findFirst()
                .orElseThrow();

        accounts.crm.any(
                "POST",
                "/tickets/edits",
                Map.of(
                        "op",
                        "patch",
                        "id",
                        own,
                        "properties",
                        Map.of("hs_pipeline_stage", "4", "hubspot_owner_id", sari.get(1))));
        accounts.settle();

        assertThat(conversation(id).get("status")).isEqualTo("resolved");
        assertThat(conversation(id).get("assigned_to")).isEqualTo(sari.get(0));
    }

    @Test
    void messages_become_notes_of_their_ticket_once_and_are_never_written_back() {
        accounts.kirim.turn(Map.of("events.messages", true, "webhooks.duplicate", 1));
        String contact = contact("+6281200000001");
        writes(contact);
        doing("op", "message", "contact_id", contact, "text", "a < b & c", "inbound", false);
        accounts.settle();
        walk();

        List<?> notes = (List<?>) accounts.crm.any("GET", "/notes", null).get("notes");
        assertThat(notes)
                .extracting(note ->
                        String.valueOf(((Map<?, ?>) ((Map<?, ?>) note).get("properties")).get("hs_note_body")))
                .containsExactlyInAnyOrder("Halo", "a &lt; b &amp; c");
        assertThat(associations().stream().filter(pair -> pair.startsWith("notes/")))
                .hasSize(2)
                .allMatch(pair -> pair.endsWith(">tickets/" + ticketId()));
        assertThat((List<?>) accounts.kirim.any("GET", "/messages", null).get("messages"))
                .hasSize(2);
    }

    @Test
    void a_list_is_mirrored_as_a_label_and_the_label_comes_back_into_the_crm() {
        List<String> people = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            people.add(contact("+628120000000" + i));
        }
        accounts.settle();
        List<String> inCrm = accounts.crm.dump().stream()
                .map(one -> String.valueOf(one.get("id")))
                .toList();
        String list = String.valueOf(
                accounts.crm.any("POST", "/lists", Map.of("name", "VIPs")).get("listId"));
        accounts.crm.any("POST", "/lists/" + list + "/members", Map.of("add", inCrm.subList(0, 2)));
        Tagging tagging = accounts.engine.segments("acme").tagging(new Segment("crm", "list:" + list, "kirim", "VIP"));

        SegmentPlan plan = tagging.dryRun();
        SegmentReport report = tagging.apply(plan.hash());
        accounts.settle();

        assertThat(plan.attach()).isEqualTo(2);
        assertThat(report.applied()).isEqualTo(2);
        assertThat(report.skipped()).isZero();
        assertThat(people.stream()
                        .map(id -> (List<?>) accounts.inKirim(id).get("labels"))
                        .filter(labels -> labels.contains("VIP")))
                .hasSize(2);
        assertThat(accounts.crm.dump().stream()
                        .map(one -> String.valueOf(((Map<?, ?>) one.get("properties")).get("whatsapp_labels")))
                        .filter("VIP"::equals))
                .hasSize(2);

        accounts.crm.any("POST", "/lists/" + list + "/members", Map.of("remove", inCrm.subList(0, 1)));
        assertThat(tagging.apply(tagging.dryRun().hash()).removed()).isEqualTo(1);
        accounts.settle();
        assertThat(accounts.crm.dump().stream()
                        .map(one -> String.valueOf(((Map<?, ?>) one.get("properties")).get("whatsapp_labels")))
                        .filter("VIP"::equals))
                .hasSize(1);
    }

    @Test
    void open_conversations_that_nobody_attends_to_are_listed_for_routing() {
        String contact = contact("+6281200000001");
        String id = writes(contact);
        List<String> sari = sari("sari@example.com", "sari@example.com");
        doing("op", "assign", "id", writes(contact("+6281200000002")), "user_id", sari.get(0));
        walk();

        List<Unassigned> waiting = accounts.engine.unassigned("acme", "kirim");

        assertThat(waiting).singleElement().satisfies(one -> {
            assertThat(one.conversation()).isEqualTo(new RecordRef("kirim", "conversation", id));
            assertThat(one.contact()).isEqualTo(accounts.ref(contact));
            assertThat(one.elsewhere()).containsKey("crm");
            assertThat(one.contactElsewhere()).containsKey("crm");
        });
    }
}
