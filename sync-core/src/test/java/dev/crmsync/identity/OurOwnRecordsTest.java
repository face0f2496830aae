package dev.crmsync.identity;

import static dev.crmsync.identity.Registry.ref;
import static dev.crmsync.identity.Registry.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.InFlight;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The record that we are just making is told of before our write was answered, and begins a link of its own. */
class OurOwnRecordsTest {
    private static final Mapping MAPPING = Mapping.of(
            Contact.TYPE,
            FieldMapping.direct(Contact.NAME, "name"),
            FieldMapping.direct(Contact.EMAIL, "email"),
            FieldMapping.of(Contact.LABELS, new Lens.Delimited("labels", ";")));

    private final Registry all = new Registry(Rules.of(
            Policy.named("mine")
                    .type(
                            RecordType.CONTACT,
                            contact -> contact.owned(Contact.NAME, "crm", "kirim")
                                    .owned(Contact.EMAIL, "crm", "kirim")
                                    .setMerge(Contact.LABELS)
                                    .records("crm", RecordRule.CREATE)),
            Map.of("kirim", system(true, MAPPING), "crm", system(false, MAPPING.withExternalId("kirim_id"))),
            "ID"));

    private static SystemRules system(boolean anchor, Mapping mapping) {
        TypeDeclaration type = new TypeDeclaration(
                Contact.TYPE,
                AsOfGrade.PROPERTY,
                false,
                new CreateLookup.None(),
                true,
                true,
                Duration.ofDays(35),
                Duration.ZERO,
                List.of());
        return new SystemRules(new Declaration("toy", anchor, List.of(type), List.of()), Map.of(Contact.TYPE, mapping));
    }

    /** Kirim's record is being made in the CRM, which tells of one that looks so. */
    private InFlight told(String... properties) {
        all.arrives(seen(ref("kirim", "k1"), "name", "Budi", "labels", "lead;vip"), "A");
        InFlight flight = all.write("A", "crm");
        all.plan(new IdentityChange.Born("B", ref("crm", "1")));
        all.arrives(seen(ref("crm", "1"), properties), "-");
        all.plan(new IdentityChange.Joined("A", "B"));
        return flight;
    }

    private List<Reason> reasons(Field field) {
        return all.last.decisions().stream()
                .filter(decision -> decision.link().equals("A") && field.name().equals(decision.field()))
                .map(Decision::reason)
                .toList();
    }

    private Value agreed(Field field) {
        return all.links.get("A").agreed().get(field.name()).value();
    }

    @Test
    void what_we_gave_it_is_no_news() {
        told("name", "Budi", "labels", "lead;vip");
        assertThat(reasons(Contact.NAME)).containsExactly(Reason.ECHO);
        assertThat(reasons(Contact.LABELS)).containsExactly(Reason.ECHO);
        assertThat(all.side("A", "crm").record()).isEqualTo("1");
        assertThat(all.due()).extracting(Due::need).doesNotContain(Due.Need.CREATE, Due.Need.UPDATE);
    }

    @Test
    void what_it_shows_otherwise_joins() {
        told("name", "Budi Santoso", "labels", "lead;vip", "email", "b@example.com");
        assertThat(reasons(Contact.NAME)).containsExactly(Reason.BASELINE_AGREED);
        assertThat(reasons(Contact.EMAIL)).containsExactly(Reason.BASELINE_AGREED);
        assertThat(agreed(Contact.NAME)).isEqualTo(Value.text("Budi Santoso"));
    }

    @Test
    void a_member_that_it_has_besides_was_added_and_one_that_it_lacks_was_removed_by_nobody() {
        told("name", "Budi", "labels", "new;vip");
        assertThat(reasons(Contact.LABELS)).containsExactly(Reason.MEMBERS_MERGED);
        assertThat(agreed(Contact.LABELS)).isEqualTo(Value.members("lead", "new", "vip"));
    }

    @Test
    void and_an_answer_that_names_another_record_says_nothing_of_it() {
        InFlight flight = told("name", "Budi", "labels", "vip");
        all.outcome("A", "crm", flight, new Outcome.Done(ref("crm", "2"), null));
        assertThat(agreed(Contact.LABELS)).isEqualTo(Value.members("lead", "vip"));
        assertThat(all.side("A", "crm").secondaries()).containsExactly("2");
    }
}
