package dev.crmsync.planning;

import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.TypePolicyBuilder;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is first seen of a record that we made, or that may be another's under the same key. */
class OurRecordsTest {
    private static final Mapping MAPPING = Mapping.of(
            Contact.TYPE, FieldMapping.direct(NAME, "name"), FieldMapping.of(LABELS, new Lens.ListOf("tags")));

    private static Desk desk(UnaryOperator<TypePolicyBuilder> contact) {
        return desk(contact, new CreateLookup.UniqueUpsert());
    }

    private static Desk desk(UnaryOperator<TypePolicyBuilder> contact, CreateLookup lookup) {
        return desk(contact, lookup, MAPPING);
    }

    private static Desk desk(UnaryOperator<TypePolicyBuilder> contact, CreateLookup lookup, Mapping crm) {
        Policy policy = Policy.named("toy").type(RecordType.CONTACT, contact);
        return new Desk(
                Desk.rules(policy, lookup, AsOfGrade.PROPERTY, Map.of("kirim", List.of(MAPPING), "crm", List.of(crm))),
                Contact.TYPE);
    }

    private static ChangeEvent tagged(Desk desk, String system, int second, String... tags) {
        return ChangeEvent.partial(
                desk.ref(system),
                Map.of(
                        "tags",
                        new NativeValue.Items(
                                List.of(tags).stream().map(NativeValue::text).toList())),
                AsOf.at(Desk.START.plusSeconds(second)),
                Evidence.EVENT);
    }

    @Test
    void what_a_record_was_given_when_it_was_made_is_no_news_when_it_turns_out_to_be_ours() {
        UnaryOperator<TypePolicyBuilder> merged =
                contact -> contact.setMerge(LABELS).records("crm", RecordRule.CREATE);
        Desk desk = desk(merged).has("kirim", "name", "M").observe(tagged(desk(merged), "kirim", 5, "vip"));
        desk.write("crm").observe(tagged(desk, "kirim", 6, "cold"));
        Desk stranger = desk(merged).has("crm", "name", "M").observe(tagged(desk(merged), "crm", 7, "vip"));
        LinkState told = stranger.link;
        LinkState other = new LinkState(
                "M", told.type(), told.seq(), told.rulesHash(), told.agreed(), told.sides(), told.apart(), null, false);

        Plan plan = Planner.plan(
                Links.of(List.of(desk.link, other)),
                new Input.Identity(desk.now, desk.next(), new IdentityChange.Joined("L", "M")),
                desk.rules);

        assertThat(plan.after().get("L").agreed().get(LABELS.name()).value()).isEqualTo(Value.members("cold"));
    }

    @Test
    void
            members_that_a_record_was_made_with_and_that_were_removed_elsewhere_since_do_not_come_back_when_it_is_first_seen() {
        UnaryOperator<TypePolicyBuilder> merged =
                contact -> contact.setMerge(LABELS).records("crm", RecordRule.CREATE);
        Desk desk = desk(merged).has("kirim", "name", "M").observe(tagged(desk(merged), "kirim", 5, "new", "vip"));
        desk.write("crm").outcome("crm", new Outcome.Unknown("lost"));
        desk.observe(tagged(desk, "kirim", 6, "cold"));

        desk.take(new Input.Identity(
                desk.now,
                desk.next(),
                new IdentityChange.Attached("L", desk.ref("crm"), IdentityChange.Attached.JOIN_KEY)));
        ChangeEvent seen = tagged(desk, "crm", 7, "vip", "mine");
        desk.observe(ChangeEvent.full(seen.ref(), seen.properties(), seen.asOf(), Evidence.READ));

        assertThat(desk.agreed(LABELS)).isEqualTo(Value.members("cold", "mine"));
    }

    @Test
    void a_member_that_we_had_put_there_by_a_lost_write_and_that_was_removed_elsewhere_since_is_no_part_of_an_edit() {
        UnaryOperator<TypePolicyBuilder> merged = contact -> contact.setMerge(LABELS);
        Desk desk = desk(merged).has("kirim", "name", "M").has("crm", "name", "M");
        desk.observe(tagged(desk, "kirim", 5, "cold", "vip")).observe(tagged(desk, "crm", 6, "cold", "vip"));
        desk.observe(tagged(desk, "kirim", 7, "cold", "new", "vip")).write("crm");
        desk.observe(tagged(desk, "kirim", 8, "cold", "vip"));
        desk.outcome("crm", new Outcome.Unknown("lost"));

        ChangeEvent seen = tagged(desk, "crm", 9, "new", "old", "vip");
        desk.observe(ChangeEvent.full(seen.ref(), seen.properties(), seen.asOf(), Evidence.READ));

        assertThat(desk.agreed(LABELS)).isEqualTo(Value.members("old", "vip"));
    }

    @Test
    void so_it_is_while_the_write_is_still_under_way_and_with_a_member_that_it_took_away() {
        UnaryOperator<TypePolicyBuilder> merged = contact -> contact.setMerge(LABELS);
        Desk desk = desk(merged).has("kirim", "name", "M").has("crm", "name", "M");
        desk.observe(tagged(desk, "kirim", 5, "cold", "vip")).observe(tagged(desk, "crm", 6, "cold", "vip"));
        desk.observe(tagged(desk, "kirim", 7, "new", "vip")).write("crm");
        desk.observe(tagged(desk, "kirim", 8, "cold", "vip"));

        desk.observe(tagged(desk, "crm", 9, "new", "old", "vip"));

        assertThat(desk.agreed(LABELS)).isEqualTo(Value.members("cold", "old", "vip"));
    }

    @Test
    void what_a_record_lacks_that_may_be_a_strangers_was_not_removed_there_though_a_create_of_ours_got_lost() {
        UnaryOperator<TypePolicyBuilder> merged =
                contact -> contact.setMerge(LABELS).records("crm", RecordRule.CREATE);
        Desk desk = desk(merged).has("kirim", "name", "M").observe(tagged(desk(merged), "kirim", 5, "cold", "old"));
        desk.write("crm").outcome("crm", new Outcome.Unknown("lost"));

        desk.take(new Input.Identity(
                desk.now,
                desk.next(),
                new IdentityChange.Attached("L", desk.ref("crm"), IdentityChange.Attached.JOIN_KEY)));
        ChangeEvent seen = tagged(desk, "crm", 7, "cold", "vip");
        desk.observe(ChangeEvent.full(seen.ref(), seen.properties(), seen.asOf(), Evidence.READ));

        assertThat(desk.agreed(LABELS)).isEqualTo(Value.members("cold", "old", "vip"));
    }

    /** A create under an idempotency key got lost after it had made a record, which began a link of its own. */
    private static Plan joinedWithItsOwnLink(String... tagsSinceRemoved) {
        UnaryOperator<TypePolicyBuilder> merged =
                contact -> contact.setMerge(LABELS).records("crm", RecordRule.CREATE);
        Desk desk = desk(merged, new CreateLookup.IdempotencyKey(Duration.ofHours(24)));
        desk.has("kirim", "name", "M").observe(tagged(desk, "kirim", 5, "old", "vip"));
        desk.write("crm").outcome("crm", new Outcome.Unknown("lost"));
        Desk stranger = desk(merged).has("crm", "name", "M");
        stranger.observe(tagged(stranger, "crm", 7, "old", "vip"))
                .observe(tagged(stranger, "crm", 8, tagsSinceRemoved));
        LinkState told = stranger.link;
        LinkState other = new LinkState(
                "M", told.type(), told.seq(), told.rulesHash(), told.agreed(), told.sides(), told.apart(), null, false);
        Plan joined = Planner.plan(
                Links.of(List.of(desk.link, other)),
                new Input.Identity(desk.now, desk.next(), new IdentityChange.Joined("L", "M")),
                desk.rules);
        desk.link = joined.after().get("L");
        return desk.outcome("crm", new Outcome.Done(desk.ref("crm"), null)).plan;
    }

    @Test
    void what_was_removed_from_a_record_that_turns_out_to_be_ours_was_removed_by_somebody() {
        LinkState link = joinedWithItsOwnLink("old").after().get("L");

        assertThat(link.agreed().get(LABELS.name()).value()).isEqualTo(Value.members("old"));
    }

    @Test
    void and_what_was_added_was_added() {
        LinkState link = joinedWithItsOwnLink("old", "mine").after().get("L");

        assertThat(link.agreed().get(LABELS.name()).value()).isEqualTo(Value.members("old", "mine"));
    }

    @Test
    void another_record_that_a_look_up_finds_says_nothing_of_what_ours_was_given() {
        UnaryOperator<TypePolicyBuilder> owned =
                contact -> contact.owned(NAME, "crm", "kirim").records("crm", RecordRule.CREATE);
        Mapping cutting = Mapping.of(
                        Contact.TYPE, FieldMapping.direct(NAME, "name").shownAs(Rendering.cut(4)))
                .withExternalId("ext");
        Desk desk = desk(owned, new CreateLookup.Lookup(Duration.ofSeconds(20)), cutting);
        desk.has("kirim", "name", "Ana Lee").write("crm").outcome("crm", new Outcome.Unknown("lost"));
        desk.take(new Input.Identity(
                desk.now,
                desk.next(),
                new IdentityChange.Attached("L", desk.ref("crm"), IdentityChange.Attached.JOIN_KEY)));
        RecordRef stranger = new RecordRef("crm", Contact.TYPE, "stranger");
        AsOf later = AsOf.at(Desk.START.plusSeconds(30));
        desk.read(
                "crm",
                desk.link.seq(),
                new Read.Found(
                        ChangeEvent.full(stranger, Map.of("name", NativeValue.text("Budi")), later, Evidence.READ)));
        assertThat(desk.link.side("crm").lastRead()).isZero();

        desk.event("crm", 1, "name", "Ana ");

        assertThat(desk.reasons(NAME)).containsExactly(Reason.ECHO);
        assertThat(desk.agreed(NAME)).isEqualTo(Value.text("Ana Lee"));
    }
}
