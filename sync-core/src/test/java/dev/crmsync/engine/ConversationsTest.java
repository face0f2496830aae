package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.policy.Policies;
import dev.crmsync.pull.Recovered;
import dev.crmsync.pull.Unassigned;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.ReplaysWebhooks;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.User;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.Origin;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.toy.Toy;
import dev.crmsync.toy.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Conversations of Kirim are tickets of the CRM, under the guide's policy. */
class ConversationsTest {
    private static final Mapping USERS = Mapping.of(
            User.TYPE,
            FieldMapping.direct(User.NAME, "name").with(Access.READ_ONLY),
            FieldMapping.direct(User.EMAIL, "email").with(Access.READ_ONLY));
    private static final Mapping CONVERSATIONS = Mapping.of(
            Conversation.TYPE,
            FieldMapping.of(
                    Conversation.STATUS,
                    new Lens.Coded("status", Map.of("open", "open", "pending", "pending", "resolved", "closed"))),
            FieldMapping.of(Conversation.ASSIGNEE, new Lens.ReferenceTo("assigned_to", User.TYPE)),
            FieldMapping.of(Conversation.CLOSED_AT, new Lens.Timestamp("closed_at", Lens.TimeFormat.ISO))
                    .with(Access.EVENT_ONLY),
            FieldMapping.of(Conversation.CONTACT, new Lens.ReferenceTo("contact_id", Contact.TYPE))
                    .with(Access.READ_ONLY));
    private static final Mapping TICKETS = Mapping.of(
                    Conversation.TYPE,
                    FieldMapping.direct(Conversation.SUBJECT, "subject"),
                    FieldMapping.of(
                            Conversation.STATUS,
                            new Lens.Coded(
                                    "stage",
                                    Map.of("1", "open", "2", "pending", "3", "open", "4", "closed"),
                                    Map.of("open", "1", "pending", "2", "closed", "4"))),
                    FieldMapping.of(Conversation.ASSIGNEE, new Lens.ReferenceTo("owner", User.TYPE)),
                    FieldMapping.of(Conversation.CLOSED_AT, new Lens.Timestamp("closed", Lens.TimeFormat.ISO)),
                    FieldMapping.of(Conversation.CONTACT, new Lens.ReferenceTo("@contact", Contact.TYPE)))
            .withExternalId("kirim_id")
            .requiring(Conversation.CONTACT);

    private final World world = new World();
    private final Replaying kirim = new Replaying(world);
    private final RecordRef conversation = new RecordRef("kirim", Conversation.TYPE, "cnv_1");

    /** Kirim, whose failed webhooks can be asked for again. */
    private static final class Replaying extends Toy implements ReplaysWebhooks {
        private final List<Instant> asked = new ArrayList<>();
        private final Set<RecordRef> hidden = new HashSet<>();
        private boolean refuses;

        Replaying(World world) {
            super("kirim", world.clock, World.contacts(), CONVERSATIONS, USERS);
            anchor();
        }

        @Override
        public Read read(RecordRef ref) {
            return hidden.contains(ref) ? new Read.NotVisible() : super.read(ref);
        }

        @Override
        public Replayed replay(Instant from, Instant to) {
            asked.add(from);
            if (refuses) {
                throw SyncException.of(Kind.PERMANENT, "no such subscription");
            }
            return new Replayed(7, true);
        }
    }

    private void start(Policies.Guide guide) {
        world.kirim = kirim;
        world.crm = new Toy("crm", world.clock, World.contacts().withExternalId("kirim_id"), TICKETS, USERS);
        world.policy = guide.primaryCrm("crm");
        world.start();
    }

    private void start() {
        start(Policies.guide());
    }

    private RecordRef user(Toy toy, String id, String email) {
        RecordRef ref = toy.ref(User.TYPE, id);
        world.tell(toy, toy.edit(ref, Map.of("name", NativeValue.text("Sari"), "email", NativeValue.text(email))));
        return ref;
    }

    private ChangeEvent conversing(String status, String assignee, String person) {
        return kirim.edit(
                conversation,
                Map.of(
                        "status", NativeValue.text(status),
                        "assigned_to", assignee.isEmpty() ? NativeValue.EMPTY : NativeValue.text(assignee),
                        "contact_id", NativeValue.text(person)));
    }

    /** What an event of Kirim tells: the conversation's id, and a little. */
    private ChangeEvent partly(String... properties) {
        Map<String, NativeValue> told = new TreeMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            told.put(properties[i], NativeValue.text(properties[i + 1]));
        }
        kirim.edit(conversation, told);
        return new ChangeEvent(
                conversation,
                ChangeKind.UPSERT,
                told,
                false,
                AsOf.at(world.clock.instant()),
                Origin.UNKNOWN,
                Evidence.EVENT,
                null);
    }

    private RecordRef ticket() {
        return world.crm.records.keySet().stream()
                .filter(ref -> ref.type().equals(Conversation.TYPE))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no ticket was made"));
    }

    private String ticket(String property) {
        return world.crm.text(ticket(), property);
    }

    private void passed() {
        world.settle();
        world.clock.pass(Duration.ofMinutes(1));
    }

    @Test
    void a_conversation_becomes_a_ticket_of_its_contact_who_is_made_first() {
        start();
        kirim.edit(world.kirim("k1"), "name", "Budi");

        world.tell(kirim, conversing("open", "", "k1"));
        world.settle();

        assertThat(ticket("stage")).isEqualTo("1");
        assertThat(ticket("kirim_id")).isEqualTo("cnv_1");
        assertThat(ticket("@contact")).isEqualTo(world.crmOf(world.kirim("k1")).id());
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void an_event_that_names_the_conversation_alone_leads_to_a_read_and_a_whole_ticket() {
        start();
        kirim.edit(world.kirim("k1"), "name", "Budi");
        conversing("open", "", "k1");

        world.tell(kirim, partly("status", "open"));
        world.settle();

        assertThat(kirim.reads).contains(conversation);
        assertThat(ticket("@contact")).isEqualTo(world.crmOf(world.kirim("k1")).id());
    }

    @Test
    void an_assignment_is_visible_on_both_sides_once_the_two_users_are_known_to_be_one() {
        start();
        user(kirim, "usr_1", "Sari@example.com");
        user(world.crm, "77", "sari@example.com");
        kirim.edit(world.kirim("k1"), "name", "Budi");
        world.tell(kirim, conversing("open", "", "k1"));
        passed();

        world.tell(kirim, partly("status", "open", "assigned_to", "usr_1"));
        world.settle();

        assertThat(ticket("owner")).isEqualTo("77");
    }

    /** Kirim shows a user only as who attends to a conversation: one who does so again may be seen again. */
    @Test
    void a_user_who_could_not_be_seen_is_looked_for_again_as_soon_as_they_are_assigned() {
        start();
        user(world.crm, "77", "sari@example.com");
        kirim.edit(world.kirim("k1"), "name", "Budi");
        RecordRef sari = kirim.ref(User.TYPE, "usr_1");
        kirim.edit(sari, Map.of("name", NativeValue.text("Sari"), "email", NativeValue.text("sari@example.com")));
        kirim.hidden.add(sari);
        world.tell(kirim, conversing("open", "usr_1", "k1"));
        passed();
        world.tell(kirim, conversing("open", "", "k1"));
        passed();
        assertThat(ticket("owner")).isEmpty();

        kirim.hidden.clear();
        world.tell(kirim, partly("assigned_to", "usr_1"));
        passed();

        assertThat(ticket("owner")).isEqualTo("77");
    }

    @Test
    void users_whose_addresses_differ_are_paired_by_the_policy() {
        start(Policies.guide().sameUser("usr_1", "77"));
        user(kirim, "usr_1", "sari@whatsapp.example.com");
        user(world.crm, "77", "sari@example.com");
        kirim.edit(world.kirim("k1"), "name", "Budi");

        world.tell(kirim, conversing("open", "usr_1", "k1"));
        world.settle();

        assertThat(ticket("owner")).isEqualTo("77");
    }

    @Test
    void an_assignee_whom_the_crm_does_not_know_waits_and_the_ticket_does_not() {
        start();
        user(kirim, "usr_1", "sari@example.com");
        kirim.edit(world.kirim("k1"), "name", "Budi");

        world.tell(kirim, conversing("open", "usr_1", "k1"));
        passed();
        assertThat(ticket("stage")).isEqualTo("1");
        assertThat(ticket("owner")).isEmpty();

        user(world.crm, "77", "sari@example.com");
        world.settle();
        assertThat(ticket("owner")).isEqualTo("77");
    }

    @Test
    void an_assignee_who_could_not_be_seen_at_first_is_matched_when_they_are() {
        start();
        user(world.crm, "77", "sari@example.com");
        kirim.edit(world.kirim("k1"), "name", "Budi");
        world.tell(kirim, conversing("open", "", "k1"));
        passed();
        kirim.readFates.add(Read.NotVisible::new);
        world.tell(kirim, partly("status", "open", "assigned_to", "usr_1"));
        passed();
        assertThat(ticket("owner")).isEmpty();

        user(kirim, "usr_1", "sari@example.com");
        passed();

        assertThat(world.engine.status(World.SYNC).reviews()).isZero();
        assertThat(ticket("owner")).isEqualTo("77");
    }

    @Test
    void users_who_turn_out_to_be_one_are_one_in_every_ticket_that_names_either() {
        start();
        RecordRef atKirim = user(kirim, "usr_1", "sari@whatsapp.example.com");
        RecordRef atCrm = user(world.crm, "77", "sari@example.com");
        kirim.edit(world.kirim("k1"), "name", "Budi");
        world.tell(kirim, conversing("open", "usr_1", "k1"));
        passed();
        assertThat(ticket("owner")).isEmpty();

        world.engine.join(World.SYNC, atCrm, atKirim);
        passed();
        assertThat(ticket("owner")).isEqualTo("77");
        int writes = world.crm.writes.size();
        for (int again = 0; again < 4; again++) {
            world.tell(world.crm, world.crm.edit(ticket(), "subject", "Again " + again));
            world.tell(kirim, partly("status", "open", "assigned_to", "usr_1"));
            passed();
        }

        assertThat(world.crm.writes).hasSize(writes);
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void a_closing_carries_the_time_of_its_event_and_told_again_changes_nothing() {
        start();
        kirim.edit(world.kirim("k1"), "name", "Budi");
        world.tell(kirim, conversing("open", "", "k1"));
        passed();

        ChangeEvent closed = partly("status", "resolved", "closed_at", "2026-05-01T10:00:00Z");
        world.tell(kirim, closed);
        passed();
        int writes = world.crm.writes.size();
        world.tell(kirim, closed);
        world.settle();

        assertThat(ticket("stage")).isEqualTo("4");
        assertThat(ticket("closed")).isEqualTo("2026-05-01T10:00:00Z");
        assertThat(world.crm.writes).hasSize(writes);
    }

    @Test
    void one_that_was_opened_again_without_an_event_is_found_by_a_sweep() {
        start();
        kirim.edit(world.kirim("k1"), "name", "Budi");
        world.tell(kirim, conversing("resolved", "", "k1"));
        passed();
        assertThat(ticket("stage")).isEqualTo("4");

        kirim.edit(conversation, "status", "open");
        world.engine.recover(World.SYNC, world.clock.instant());
        world.clock.pass(Duration.ofMinutes(1));
        world.settle(Duration.ofMinutes(5));

        assertThat(ticket("stage")).isEqualTo("1");
    }

    @Test
    void a_ticket_is_not_bound_again_to_a_contact_that_was_archived_until_that_one_is_back() {
        start();
        kirim.edit(world.kirim("k1"), "name", "Budi");
        world.tell(kirim, conversing("open", "", "k1"));
        passed();
        RecordRef contact = world.crmOf(world.kirim("k1"));

        // Whatever is archived is shown as nobody's associate any more.
        world.tell(world.crm, world.crm.archived(contact));
        passed();
        int writes = world.crm.writes.size();
        world.tell(world.crm, world.crm.edit(ticket(), Map.of("@contact", NativeValue.EMPTY)));
        passed();
        assertThat(world.crm.writes).hasSize(writes);

        world.tell(world.crm, world.crm.restore(contact));
        passed();
        assertThat(ticket("@contact")).isEqualTo(contact.id());
        assertThat(world.engine.status(World.SYNC).drained()).isTrue();
    }

    @Test
    void a_stage_that_means_the_same_is_left_as_the_crm_has_it() {
        start();
        kirim.edit(world.kirim("k1"), "name", "Budi");
        world.tell(kirim, conversing("open", "", "k1"));
        passed();
        int writes = world.crm.writes.size();

        world.tell(world.crm, world.crm.edit(ticket(), "stage", "3"));
        passed();

        assertThat(ticket("stage")).isEqualTo("3");
        assertThat(world.crm.writes).hasSize(writes);
        assertThat(kirim.text(conversation, "status")).isEqualTo("open");
    }

    @Test
    void a_ticket_that_is_closed_in_the_crm_is_opened_again_while_kirim_alone_owns_its_state() {
        start();
        kirim.edit(world.kirim("k1"), "name", "Budi");
        world.tell(kirim, conversing("open", "", "k1"));
        passed();

        world.tell(world.crm, world.crm.edit(ticket(), "stage", "4"));
        passed();

        assertThat(ticket("stage")).isEqualTo("1");
        assertThat(kirim.text(conversation, "status")).isEqualTo("open");
    }

    @Test
    void what_is_done_to_a_ticket_goes_back_to_kirim_where_tickets_answer_back() {
        start(Policies.guide().ticketsAnswerBack());
        user(kirim, "usr_1", "sari@example.com");
        user(world.crm, "77", "sari@example.com");
        kirim.edit(world.kirim("k1"), "name", "Budi");
        world.tell(kirim, conversing("open", "", "k1"));
        passed();

        world.tell(
                world.crm,
                world.crm.edit(ticket(), Map.of("stage", NativeValue.text("4"), "owner", NativeValue.text("77"))));
        passed();

        assertThat(kirim.text(conversation, "status")).isEqualTo("resolved");
        assertThat(kirim.text(conversation, "assigned_to")).isEqualTo("usr_1");

        world.tell(kirim, kirim.edit(conversation, "status", "open"));
        passed();
        assertThat(ticket("stage")).isEqualTo("1");
    }

    @Test
    void a_ticket_of_a_persons_own_making_is_followed_and_never_made_a_conversation() {
        start();
        RecordRef own = world.crm.ref(Conversation.TYPE, "9000");
        world.tell(world.crm, world.crm.edit(own, "subject", "Invoice"));
        world.settle();

        assertThat(kirim.writes).isEmpty();
    }

    @Test
    void open_conversations_that_nobody_attends_to_are_listed_in_one_call_with_what_they_are_elsewhere() {
        start();
        user(kirim, "usr_1", "sari@example.com");
        kirim.edit(world.kirim("k1"), "name", "Budi");
        world.tell(kirim, conversing("open", "", "k1"));
        passed();
        kirim.edit(
                kirim.ref(Conversation.TYPE, "cnv_2"),
                Map.of("status", NativeValue.text("open"), "assigned_to", NativeValue.text("usr_1")));
        kirim.edit(kirim.ref(Conversation.TYPE, "cnv_3"), "status", "pending");
        kirim.edit(kirim.ref(Conversation.TYPE, "cnv_4"), "status", "open");

        List<Unassigned> unassigned = world.engine.unassigned(World.SYNC, "kirim");

        assertThat(unassigned)
                .extracting(waiting -> waiting.conversation().id())
                .containsExactly("cnv_1", "cnv_4");
        assertThat(unassigned.get(0).contact()).isEqualTo(world.kirim("k1"));
        assertThat(unassigned.get(0).elsewhere()).containsEntry("crm", ticket());
        assertThat(unassigned.get(0).contactElsewhere()).containsEntry("crm", world.crmOf(world.kirim("k1")));
        assertThat(unassigned.get(1).contact()).isNull();
    }

    @Test
    void after_an_outage_webhooks_are_asked_for_again_and_everything_is_walked() {
        start();
        Instant outage = world.clock.instant();
        kirim.edit(world.kirim("k1"), "name", "Budi");
        conversing("open", "", "k1");

        Map<String, Recovered> recovered = world.engine.recover(World.SYNC, outage);
        world.clock.pass(Duration.ofMinutes(1));
        world.settle(Duration.ofMinutes(5));

        assertThat(kirim.asked).containsExactly(outage);
        assertThat(recovered.get("kirim").replayed()).isEqualTo(7);
        assertThat(recovered.get("kirim").capped()).isTrue();
        assertThat(recovered.get("kirim").walks()).contains(Contact.TYPE, Conversation.TYPE, User.TYPE);
        assertThat(recovered.get("crm").replayed()).isEqualTo(-1);
        assertThat(ticket("@contact")).isEqualTo(world.crmOf(world.kirim("k1")).id());
    }

    @Test
    void a_vendor_that_cannot_replay_keeps_no_walk_from_being_called_for() {
        start();
        kirim.refuses = true;

        Recovered recovered =
                world.engine.recover(World.SYNC, world.clock.instant()).get("kirim");

        assertThat(recovered.fault()).contains("no such subscription");
        assertThat(recovered.walks()).contains(Conversation.TYPE);
    }

    @Test
    void a_type_that_one_system_alone_carries_is_not_followed() {
        world.kirim = kirim;
        world.start();
        world.tell(kirim, conversing("open", "", "k1"));
        world.settle();

        assertThat(world.engine.census(World.SYNC).links()).isZero();
        assertThatThrownBy(() -> world.engine.unassigned(World.SYNC, "kirim"))
                .hasMessageContaining("lists no conversations");
    }
}
