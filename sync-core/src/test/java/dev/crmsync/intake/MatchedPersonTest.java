package dev.crmsync.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.toy.World;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A person who is at both systems before sync knows of either, under a policy that matches by address. */
class MatchedPersonTest {
    private final World world = new World();

    @Test
    void who_is_at_both_systems_is_one_link_and_no_record_is_made_and_the_owners_value_is_written() {
        world.policy = Policy.named("matched")
                .type(
                        RecordType.CONTACT,
                        type -> type.owned(Contact.NAME, "kirim", "crm")
                                .owned(Contact.EMAIL, "kirim", "crm")
                                .records("crm", RecordRule.CREATE)
                                .matchedBy(Contact.EMAIL));
        world.start();
        ChangeEvent there = world.crm.edit(
                world.crm("c1"),
                Map.of("name", NativeValue.text("Budi"), "email", NativeValue.text("Budi@example.com")));
        ChangeEvent here = world.kirim.edit(
                world.kirim("k1"),
                Map.of("name", NativeValue.text("Budi Santoso"), "email", NativeValue.text("Budi@example.com")));

        world.tell(world.crm, there);
        world.tell(world.kirim, here);
        world.settle();

        assertThat(world.engine.reviews(World.SYNC).open(null, 10)).isEmpty();
        assertThat(world.crm.records).hasSize(1);
        assertThat(world.kirim.records).hasSize(1);
        assertThat(world.crm.text(world.crm("c1"), "name")).isEqualTo("Budi Santoso");
    }
}
