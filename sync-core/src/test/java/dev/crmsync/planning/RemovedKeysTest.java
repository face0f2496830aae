package dev.crmsync.planning;

import static dev.crmsync.spi.field.Contact.METADATA;
import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.Policies;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
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

/** A key that a bag was seen without is not brought back by what is older than that. */
class RemovedKeysTest {
    private static final Field SEGMENT = METADATA.entry("segment");
    private static final Mapping KIRIM = Mapping.of(
            Contact.TYPE, FieldMapping.direct(NAME, "name"), FieldMapping.of(METADATA, new Lens.BagOf("metadata")));
    private static final Mapping CRM =
            Mapping.of(Contact.TYPE, FieldMapping.direct(NAME, "name"), FieldMapping.direct(SEGMENT, "segment"));

    private static Desk desk() {
        Policy policy = Policies.guide().kirimOwnsMetadata("segment").primaryCrm("crm");
        Desk desk = new Desk(
                Desk.rules(
                        policy, new CreateLookup.UniqueUpsert(), Map.of("kirim", List.of(KIRIM), "crm", List.of(CRM))),
                Contact.TYPE);
        return desk.has("kirim", "name", "M").has("crm", "name", "M", "segment", null);
    }

    private static ChangeEvent bag(Desk desk, AsOf asOf, String... entries) {
        return ChangeEvent.partial(
                desk.ref("kirim"),
                Map.of("metadata", new NativeValue.Entries(new TreeMap<>(Desk.values(entries)))),
                asOf,
                Evidence.EVENT);
    }

    private static ChangeEvent bag(Desk desk, int second, String... entries) {
        return bag(desk, AsOf.at(Desk.START.plusSeconds(second)), entries);
    }

    @Test
    void a_late_duplicate_does_not_bring_back_a_key_that_was_removed_meanwhile() {
        Desk desk = desk();
        ChangeEvent old = bag(desk, 10, "segment", "gold");
        desk.observe(old).observe(bag(desk, 60));
        assertThat(desk.agreed(SEGMENT)).isEqualTo(Value.EMPTY);

        desk.observe(old);

        assertThat(desk.reasons(SEGMENT)).containsExactly(Reason.STALE);
        assertThat(desk.agreed(SEGMENT)).isEqualTo(Value.EMPTY);
    }

    @Test
    void nor_one_that_was_put_there_and_removed_before_anything_was_told_of_it() {
        Desk desk = desk().observe(bag(desk(), 60, "tier", "1"));

        desk.observe(bag(desk, 10, "segment", "gold"));

        assertThat(desk.reasons(SEGMENT)).containsExactly(Reason.STALE);
        assertThat(desk.link.agreed()).doesNotContainKey(SEGMENT.name());
        assertThat(desk.due("crm")).isEmpty();
    }

    @Test
    void nor_one_that_came_back_and_went_again_before_the_whole_bag_was_last_seen() {
        Desk desk = desk();
        desk.observe(bag(desk, 10, "segment", "gold")).observe(bag(desk, 60)).observe(bag(desk, 120));

        desk.observe(bag(desk, 90, "segment", "gold"));

        assertThat(desk.reasons(SEGMENT)).containsExactly(Reason.STALE);
        assertThat(desk.agreed(SEGMENT)).isEqualTo(Value.EMPTY);
    }

    @Test
    void of_the_same_coarse_minute_nobody_knows_and_a_read_tells() {
        Desk desk = desk();
        AsOf minute = AsOf.coarse(Desk.START.plusSeconds(60), Duration.ofMinutes(1));
        desk.observe(bag(desk, minute, "tier", "1"));

        desk.observe(bag(desk, minute, "segment", "gold"));

        assertThat(desk.reasons(SEGMENT)).containsExactly(Reason.UNORDERED);
        assertThat(desk.link.agreed()).doesNotContainKey(SEGMENT.name());
        assertThat(desk.due("kirim")).contains(Due.Need.READ);
    }

    @Test
    void a_key_that_is_put_there_later_is_news() {
        Desk desk = desk().observe(bag(desk(), 60, "tier", "1"));

        desk.observe(bag(desk, 61, "segment", "gold"));

        assertThat(desk.agreed(SEGMENT)).isEqualTo(Value.text("gold"));
        assertThat(desk.due("crm")).contains(Due.Need.UPDATE);
    }

    @Test
    void a_key_that_was_sent_and_that_a_read_shows_the_bag_without_is_an_edit_when_somebody_enters_it() {
        Policy policy = Policy.named("the crm owns segments")
                .type(RecordType.CONTACT, contact -> contact.owned(SEGMENT, "crm"));
        Desk desk = new Desk(
                Desk.rules(
                        policy, new CreateLookup.UniqueUpsert(), Map.of("kirim", List.of(KIRIM), "crm", List.of(CRM))),
                Contact.TYPE);
        desk.has("kirim", "name", "M").has("crm", "name", "M", "segment", null);
        desk.event("crm", 10, "segment", "gold");
        desk.observe(bag(desk, 11)).read("kirim", desk.link.seq(), whole(desk, 12));
        desk.write("kirim").outcome("kirim", new Outcome.Unknown("lost"));
        desk.read("kirim", desk.link.seq(), whole(desk, 20));
        desk.event("crm", 30, "segment", "silver");

        desk.observe(bag(desk, 40, "segment", "gold"));

        assertThat(desk.reasons(SEGMENT)).containsExactly(Reason.OVERRULED_BY_OWNER);
    }

    private static Read whole(Desk desk, int second) {
        return new Read.Found(ChangeEvent.full(
                desk.ref("kirim"),
                Map.of("name", NativeValue.text("M"), "metadata", new NativeValue.Entries(new TreeMap<>())),
                AsOf.at(Desk.START.plusSeconds(second)),
                Evidence.READ));
    }
}
