package dev.crmsync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.ledger.ShadowReport;
import dev.crmsync.ledger.SyncListener;
import dev.crmsync.planning.Decision;
import dev.crmsync.policy.Policies;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.replay.Disagreement;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.resolver.Conflict;
import dev.crmsync.spi.resolver.Resolution;
import dev.crmsync.spi.resolver.Resolver;
import dev.crmsync.toy.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A candidate in the shadow of the live policy: it is heard, and does nothing. */
class ShadowTest {
    private static final Policy CANDIDATE = Policy.named("kirim owns names")
            .type(
                    RecordType.CONTACT,
                    contact -> contact.owned(Contact.NAME, "kirim", "crm")
                            .owned(Contact.EMAIL, "crm", "kirim")
                            .owned(Contact.PHONE, "kirim", "crm")
                            .setMerge(Contact.LABELS)
                            .owned(Contact.METADATA, "crm", "kirim")
                            .records("crm", RecordRule.CREATE));

    private final List<Disagreement> told = new ArrayList<>();

    private World lived(Policy candidate, boolean throwing, Resolver... resolvers) {
        World world = new World();
        world.setting = builder -> {
            SyncEngineBuilder listening = builder.listener(new SyncListener() {
                @Override
                public void disagreed(String sync, Disagreement disagreement) {
                    told.add(disagreement);
                    if (throwing) {
                        throw new IllegalStateException("a listener that fails");
                    }
                }
            });
            return candidate == null ? listening : listening.shadow(World.SYNC, candidate, resolvers);
        };
        world.start();
        RecordRef kirim = world.person("k1", "Budi", "budi@example.com");
        world.settle();
        world.tell(world.crm, world.crm.edit(world.crmOf(kirim), "name", "Budi Santoso"));
        world.settle();
        world.tell(world.kirim, world.kirim.edit(kirim, "name", "budi 🌴"));
        world.settle();
        return world;
    }

    private static List<Decision> decisions(World world) {
        return world.engine
                .history(World.SYNC, world.engine.linkOf(World.SYNC, world.kirim("k1")))
                .decisions();
    }

    @Test
    void its_disagreements_are_told_and_counted_by_field_and_reason() {
        World world = lived(CANDIDATE, false);

        ShadowReport report = world.engine.shadow(World.SYNC).orElseThrow();
        assertThat(report.fields().get("name").keySet())
                .anyMatch(change -> change.startsWith("OWNER_EDIT -> OVERRULED_BY_OWNER"))
                .anyMatch(change -> change.startsWith("OVERRULED_BY_OWNER -> OWNER_EDIT"));
        assertThat(report.failures()).isZero();
        assertThat(report.inputs()).isPositive();
        assertThat(told).hasSize((int) report.disagreements());
        assertThat(told.toString()).doesNotContain("Santoso", "🌴");
    }

    @Test
    void nothing_that_the_live_policy_decides_or_writes_is_another_for_it() {
        World alone = lived(null, false);
        World shadowed = lived(CANDIDATE, true);

        assertThat(decisions(shadowed)).isEqualTo(decisions(alone));
        assertThat(shadowed.crm.writes).hasSameSizeAs(alone.crm.writes);
        assertThat(shadowed.kirim.writes).hasSameSizeAs(alone.kirim.writes);
        assertThat(shadowed.crm.records).isEqualTo(alone.crm.records);
        assertThat(alone.engine.shadow(World.SYNC)).isEmpty();
    }

    @Test
    void the_live_policy_itself_never_disagrees() {
        World world = lived(Policies.guide().primaryCrm("crm"), false);

        assertThat(world.engine.shadow(World.SYNC).orElseThrow().disagreements())
                .isZero();
        assertThat(told).isEmpty();
    }

    @Test
    void a_candidate_that_throws_is_counted_and_holds_up_nothing() {
        Policy failing = Policy.named("failing")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.resolved(Contact.NAME, "broken", 1).records("crm", RecordRule.CREATE));
        World alone = lived(null, false);

        World shadowed = lived(failing, false, new Broken());

        ShadowReport report = shadowed.engine.shadow(World.SYNC).orElseThrow();
        assertThat(report.failures()).isPositive();
        assertThat(decisions(shadowed)).isEqualTo(decisions(alone));
        assertThat(shadowed.crm.records).isEqualTo(alone.crm.records);
    }

    /** A resolver that does what none should: it throws no exception, but an error. */
    private static final class Broken implements Resolver {
        @Override
        public String id() {
            return "broken";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public Resolution resolve(Conflict conflict) {
            throw new AssertionError("broken");
        }
    }

    @Test
    void a_shadow_of_a_sync_that_is_not_there_is_refused() {
        World world = new World();
        world.setting = builder -> builder.shadow("other", CANDIDATE);

        assertThatThrownBy(world::start).isInstanceOf(SyncException.class).hasMessageContaining("other");
    }
}
