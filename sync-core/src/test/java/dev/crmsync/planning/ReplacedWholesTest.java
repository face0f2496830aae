package dev.crmsync.planning;

import static dev.crmsync.spi.field.Contact.METADATA;
import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.Policies;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Where a bag is replaced as a whole, our write may lay itself over what somebody did after we had read it: that is put back. */
class ReplacedWholesTest {
    private static final Field CITY = METADATA.entry("city");
    private static final Field TIER = METADATA.entry("tier");
    private static final Access REPLACED = new Access(Access.Readable.BY_READ, Access.Writable.REPLACED);
    private static final Mapping KIRIM = Mapping.of(
            Contact.TYPE, FieldMapping.direct(NAME, "name"), FieldMapping.of(METADATA, new Lens.BagOf("metadata")));
    private static final Mapping CRM = Mapping.of(
            Contact.TYPE,
            FieldMapping.direct(NAME, "name"),
            FieldMapping.of(METADATA, new Lens.BagOf("custom")).with(REPLACED));

    /** Kirim says what the tier is, the crm everything else; the crm's bag was read, and is about to be given a tier. */
    private static Desk writing(String... bag) {
        Desk desk = new Desk(
                Desk.rules(
                        Policies.guide().kirimOwnsMetadata("tier").primaryCrm("crm"),
                        new CreateLookup.UniqueUpsert(),
                        Map.of("kirim", List.of(KIRIM), "crm", List.of(CRM))),
                Contact.TYPE);
        desk.has("kirim", "name", "M").has("crm", "name", "M");
        desk.read("crm", desk.link.seq(), read(desk, 1, bag));
        desk.observe(bag(desk, "kirim", "metadata", 2, "tier", "gold"));
        desk.read("crm", desk.link.seq(), read(desk, 3, bag));
        desk.write("crm");
        assertThat(desk.sent("crm")).containsOnlyKeys("custom/tier");
        return desk;
    }

    private static NativeValue entries(String... entries) {
        return new NativeValue.Entries(new TreeMap<>(Desk.values(entries)));
    }

    private static ChangeEvent bag(Desk desk, String system, String property, int second, String... entries) {
        return ChangeEvent.partial(
                desk.ref(system),
                Map.of(property, entries(entries)),
                AsOf.at(Desk.START.plusSeconds(second)),
                Evidence.EVENT);
    }

    private static ChangeEvent told(Desk desk, int second, String... entries) {
        return bag(desk, "crm", "custom", second, entries);
    }

    private static Read read(Desk desk, int second, String... entries) {
        return new Read.Found(ChangeEvent.full(
                desk.ref("crm"),
                Map.of("name", NativeValue.text("M"), "custom", entries(entries)),
                AsOf.at(Desk.START.plusSeconds(second)),
                Evidence.READ));
    }

    private static Desk silentlyDone(Desk desk) {
        return desk.outcome("crm", new Outcome.Done(desk.ref("crm"), null));
    }

    /** The write took effect at that second, which its answer tells without showing the bag. */
    private static Desk done(Desk desk, int second) {
        return desk.done("crm", second, "name", "M");
    }

    @Test
    void a_key_that_our_whole_did_not_carry_was_removed_by_us_and_is_put_back() {
        Desk desk = silentlyDone(writing()).observe(told(writing(), 5, "city", "Paris"));
        assertThat(desk.agreed(CITY)).isEqualTo(Value.text("Paris"));
        assertThat(desk.due("crm")).contains(Due.Need.READ);

        desk.read("crm", desk.link.seq(), read(desk, 9, "tier", "gold"));

        assertThat(desk.reasons(CITY)).containsExactly(Reason.WRITTEN_OVER);
        assertThat(desk.agreed(CITY)).isEqualTo(Value.text("Paris"));
        assertThat(desk.write("crm").sent("crm")).containsEntry("custom/city", NativeValue.text("Paris"));
    }

    @Test
    void so_is_one_that_was_told_before_our_write_was_answered() {
        Desk desk = silentlyDone(writing().observe(told(writing(), 5, "city", "Paris")));

        desk.read("crm", desk.link.seq(), read(desk, 9, "tier", "gold"));

        assertThat(desk.reasons(CITY)).containsExactly(Reason.WRITTEN_OVER);
        assertThat(desk.due("crm")).contains(Due.Need.UPDATE);
    }

    @Test
    void a_value_that_our_whole_carried_as_it_was_before_is_replaced_by_the_one_that_was_entered() {
        Desk desk = silentlyDone(writing("city", "Paris")).observe(told(writing(), 5, "city", "Rome"));

        desk.read("crm", desk.link.seq(), read(desk, 9, "city", "Paris", "tier", "gold"));

        assertThat(desk.reasons(CITY)).containsExactly(Reason.WRITTEN_OVER);
        assertThat(desk.agreed(CITY)).isEqualTo(Value.text("Rome"));
        assertThat(desk.write("crm").sent("crm")).containsEntry("custom/city", NativeValue.text("Rome"));
    }

    @Test
    void a_key_that_was_removed_and_that_our_whole_brought_back_is_removed_again() {
        Desk desk = silentlyDone(writing("city", "Paris")).observe(told(writing(), 5));
        assertThat(desk.agreed(CITY)).isEqualTo(Value.EMPTY);

        desk.read("crm", desk.link.seq(), read(desk, 9, "city", "Paris", "tier", "gold"));

        assertThat(desk.reasons(CITY)).containsExactly(Reason.WRITTEN_OVER);
        assertThat(desk.write("crm").sent("crm")).containsEntry("custom/city", NativeValue.EMPTY);
    }

    @Test
    void what_still_stands_when_it_is_read_was_entered_after_our_write_and_its_removal_is_an_edit() {
        Desk desk = silentlyDone(writing()).observe(told(writing(), 5, "city", "Paris", "tier", "gold"));
        desk.read("crm", desk.link.seq(), read(desk, 9, "city", "Paris", "tier", "gold"));
        assertThat(desk.reasons(CITY)).containsExactly(Reason.UNCHANGED);

        desk.observe(told(desk, 12, "tier", "gold"));

        assertThat(desk.reasons(CITY)).containsExactly(Reason.OWNER_EDIT);
        assertThat(desk.agreed(CITY)).isEqualTo(Value.EMPTY);
    }

    @Test
    void what_is_dated_after_our_write_was_not_written_over_by_it() {
        Desk desk = done(writing(), 7).observe(told(writing(), 8, "city", "Paris", "tier", "gold"));

        desk.observe(told(desk, 9, "tier", "gold"));

        assertThat(desk.reasons(CITY)).containsExactly(Reason.OWNER_EDIT);
        assertThat(desk.agreed(CITY)).isEqualTo(Value.EMPTY);
    }

    @Test
    void a_removal_that_is_dated_before_our_write_is_somebodys() {
        Desk desk = done(writing(), 7).observe(told(writing(), 5, "city", "Paris"));

        desk.observe(told(desk, 6));

        assertThat(desk.reasons(CITY)).containsExactly(Reason.OWNER_EDIT);
        assertThat(desk.agreed(CITY)).isEqualTo(Value.EMPTY);
    }

    @Test
    void a_write_that_was_put_off_wrote_over_nothing() {
        Desk desk = writing().observe(told(writing(), 5, "city", "Paris"));
        desk.outcome("crm", new Outcome.Deferred(Duration.ofSeconds(1), null, "busy"));

        desk.read("crm", desk.link.seq(), read(desk, 9));

        assertThat(desk.reasons(CITY)).containsExactly(Reason.OWNER_EDIT);
        assertThat(desk.agreed(CITY)).isEqualTo(Value.EMPTY);
    }

    @Test
    void one_whose_outcome_is_unknown_may_have() {
        Desk desk = writing().observe(told(writing(), 5, "city", "Paris"));
        desk.outcome("crm", new Outcome.Unknown("lost"));

        desk.read("crm", desk.link.seq(), read(desk, 9, "tier", "gold"));

        assertThat(desk.reasons(CITY)).containsExactly(Reason.WRITTEN_OVER);
        assertThat(desk.agreed(TIER)).isEqualTo(Value.text("gold"));
        assertThat(desk.due("crm")).contains(Due.Need.UPDATE);
    }

    @Test
    void what_is_dated_long_after_a_write_that_nothing_else_dates_was_not_written_over_by_it() {
        Desk desk = silentlyDone(writing()).observe(told(writing(), 40, "city", "Paris", "tier", "gold"));

        desk.read("crm", desk.link.seq(), read(desk, 50, "tier", "gold"));

        assertThat(desk.reasons(CITY)).containsExactly(Reason.OWNER_EDIT);
        assertThat(desk.agreed(CITY)).isEqualTo(Value.EMPTY);
    }

    @Test
    void once_our_whole_was_told_to_stand_nothing_later_was_written_over_by_it() {
        Desk desk = silentlyDone(writing()).observe(told(writing(), 5, "tier", "gold"));
        desk.observe(told(desk, 6, "city", "Paris", "tier", "gold"));

        desk.read("crm", desk.link.seq(), read(desk, 9, "tier", "gold"));

        assertThat(desk.reasons(CITY)).containsExactly(Reason.OWNER_EDIT);
    }

    // What is still in doubt

    private static Replaced inDoubt(Desk desk) {
        return desk.link.side("crm").replaced().get("custom");
    }

    @Test
    void a_bag_that_shows_all_that_our_whole_carried_leaves_no_doubt_and_one_that_lacks_a_key_does() {
        Desk desk = silentlyDone(writing("city", "Paris", "note", "x"));
        assertThat(inDoubt(desk)).isNotNull();
        desk.observe(told(desk, 9, "city", "Paris", "tier", "gold"));
        assertThat(inDoubt(desk)).isNotNull();

        Desk whole = silentlyDone(writing("city", "Paris", "note", "x"));
        whole.observe(told(whole, 9, "city", "Paris", "note", "x", "tier", "gold"));
        assertThat(inDoubt(whole)).isNull();
    }

    @Test
    void while_our_write_is_under_way_nothing_that_is_told_ends_the_doubt() {
        Desk desk = writing("city", "Paris");
        desk.observe(told(desk, 9, "city", "Paris", "tier", "gold"));
        assertThat(inDoubt(desk)).isNotNull();
    }

    @Test
    void an_answer_that_shows_the_bag_leaves_no_doubt_and_one_that_does_not_does() {
        Desk desk = writing("city", "Paris");
        desk.outcome("crm", new Outcome.Done(desk.ref("crm"), told(desk, 9, "city", "Paris", "tier", "gold")));
        assertThat(inDoubt(desk)).isNull();
        assertThat(inDoubt(done(writing("city", "Paris"), 9))).isNotNull();
    }

    @Test
    void a_key_that_shows_again_what_our_whole_carried_is_not_in_doubt_itself() {
        Desk desk = silentlyDone(writing("city", "Paris")).observe(told(writing(), 5, "city", "Rome", "tier", "gold"));
        assertThat(inDoubt(desk).carried()).containsOnlyKeys("custom/city");
        desk.observe(told(desk, 6, "city", "Paris"));
        assertThat(inDoubt(desk).carried()).doesNotContainKey("custom/city");
    }

    @Test
    void a_write_that_was_rejected_or_put_off_replaced_nothing() {
        Desk rejected = writing("city", "Paris");
        rejected.outcome("crm", new Outcome.Rejected(Outcome.Rejection.INVALID, null, null, "no"));
        assertThat(inDoubt(rejected)).isNull();
        Desk putOff = writing("city", "Paris");
        putOff.outcome("crm", new Outcome.Deferred(Duration.ofSeconds(1), null, "busy"));
        assertThat(inDoubt(putOff)).isNull();
    }
}
