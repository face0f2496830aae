package dev.crmsync.policy;

import static dev.crmsync.spi.field.Contact.EMAIL;
import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.field.RecordType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A policy as a whole: its versions, its types, and the systems that it speaks of. */
class PolicyVersionTest {
    private final Policy policy =
            Policy.named("p").type(RecordType.CONTACT, contact -> contact.owned(NAME, "crm", "kirim"));

    @Test
    void another_version_decides_the_same_under_another_number() {
        Policy next = policy.version(2);
        assertThat(next.version()).isEqualTo(2);
        assertThat(next.name()).isEqualTo("p");
        assertThat(next.types()).isEqualTo(policy.types());
        assertThat(next.policies()).isEqualTo(policy.policies());
        assertThat(policy.version()).isEqualTo(1);
        assertThatThrownBy(() -> policy.version(0))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("above 0");
    }

    @Test
    void what_is_said_last_of_a_type_stands_and_other_types_keep_their_own() {
        Policy said = policy.type(RecordType.USER, user -> user.manual(NAME))
                .type(RecordType.CONTACT, contact -> contact.manual(EMAIL));
        assertThat(said.types()).containsExactly(RecordType.USER, RecordType.CONTACT);
        assertThat(said.field("contact", NAME)).isEmpty();
        assertThat(said.field("contact", EMAIL)).isPresent();
        assertThat(said.field("user", NAME)).isPresent();
    }

    @Test
    void a_type_without_a_policy_is_refused() {
        assertThatThrownBy(() -> new Policy("p", 1, List.of(RecordType.CONTACT), Map.of()))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("type contact has no policy");
    }

    @Test
    void every_system_that_a_policy_names_anywhere_is_known_by_name() {
        Policy named = Policy.named("p")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(NAME, "owner", "seed")
                                .receivedBy(NAME, "receiver")
                                .records(
                                        "records",
                                        RecordRule.CREATE.deletesFollowed(
                                                Skew.undeclared().between("clock", "other clock", Duration.ZERO)))
                                .same(Map.of("one", "1", "two", "2")));
        assertThat(named.systems())
                .containsExactly("clock", "one", "other clock", "owner", "receiver", "records", "seed", "two");
    }
}
