package dev.crmsync.identity;

import static dev.crmsync.identity.Registry.NOW;
import static dev.crmsync.identity.Registry.ref;
import static dev.crmsync.identity.Registry.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.planning.Decision;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.planning.Input;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.OnJoin;
import dev.crmsync.policy.Policy;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.TypeDeclaration;
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
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The primary record is merged into another one of its person: what that one holds was never looked at, and joins as first seen. */
class SurvivorsTest {
    private static final RecordRef KIRIM = ref("kirim", "k1");
    private static final RecordRef GONE = ref("crm", "1");
    private static final RecordRef SURVIVOR = ref("crm", "2");
    private static final Mapping MAPPING = Mapping.of(
            Contact.TYPE,
            FieldMapping.direct(Contact.NAME, "name"),
            FieldMapping.direct(Contact.EMAIL, "email"),
            FieldMapping.direct(Contact.PHONE, "phone"),
            FieldMapping.of(Contact.LABELS, new Lens.Delimited("labels", ";")));

    private final Registry all = new Registry(rules());

    static Rules rules() {
        return Rules.of(
                Policy.named("merging")
                        .type(
                                RecordType.CONTACT,
                                contact -> contact.owned(Contact.NAME, "crm", "kirim")
                                        .rule(
                                                Contact.EMAIL,
                                                new FieldRule.Owned(
                                                        "kirim", Set.of(), NonOwnerEdit.REVIEW, OnJoin.OWNER))
                                        .owned(Contact.PHONE, "kirim", "crm")
                                        .setMerge(Contact.LABELS)),
                Map.of("kirim", system(true, MAPPING), "crm", system(false, MAPPING.withExternalId("kirim_id"))),
                "ID");
    }

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

    /** Kirim's person has two records in the CRM, and the one that was followed was merged into the other. */
    private void merged() {
        all.arrives(seen(KIRIM, "name", "Budi", "email", "b@example.com", "labels", "lead;vip"), "A");
        all.arrives(seen(GONE, "name", "Budi", "email", "b@example.com", "labels", "lead;vip", "kirim_id", "k1"), "-");
        all.arrives(seen(SURVIVOR, "name", "B. Santoso", "kirim_id", "k1"), "-");
        edited(GONE, 10, "email", "budi@example.com");
        all.arrives(ChangeEvent.merged(GONE, SURVIVOR, AsOf.at(NOW.plusSeconds(60)), Evidence.EVENT), "-");
    }

    private void edited(RecordRef ref, int second, String... properties) {
        all.arrives(
                ChangeEvent.partial(ref, Registry.values(properties), AsOf.at(NOW.plusSeconds(second)), Evidence.EVENT),
                "-");
    }

    private void read(String... properties) {
        long seq = all.links.get("A").seq();
        AsOf asOf = AsOf.read(NOW.plusSeconds(60), NOW.plusSeconds(90));
        ChangeEvent shown = ChangeEvent.full(SURVIVOR, Registry.values(properties), asOf, Evidence.READ);
        all.take(new Input.ReadOutcome(NOW, seq + 1, "A", "crm", seq, new Read.Found(shown), Map.of()), "A");
    }

    private List<Reason> reasons(Field field) {
        return all.last.decisions().stream()
                .filter(decision -> field.name().equals(decision.field()))
                .map(Decision::reason)
                .toList();
    }

    private Value agreed(Field field) {
        return all.links.get("A").agreed().get(field.name()).value();
    }

    @Test
    void what_the_old_one_was_seen_to_hold_says_nothing_of_it() {
        merged();
        assertThat(all.side("A", "crm").record()).isEqualTo("2");
        assertThat(all.side("A", "crm").raw()).isEmpty();
    }

    @Test
    void a_member_that_it_never_had_was_taken_away_by_nobody() {
        merged();
        read("name", "B. Santoso", "email", "b@example.com", "labels", "old", "kirim_id", "k1");
        assertThat(reasons(Contact.LABELS)).containsExactly(Reason.BASELINE_UNITED);
        assertThat(agreed(Contact.LABELS)).isEqualTo(Value.members("lead", "old", "vip"));
    }

    @Test
    void the_values_of_the_field_that_it_owns_are_taken() {
        merged();
        read("name", "B. Santoso", "email", "b@example.com", "labels", "lead;vip", "kirim_id", "k1");
        assertThat(agreed(Contact.NAME)).isEqualTo(Value.text("B. Santoso"));
    }

    @Test
    void a_question_about_the_old_one_is_asked_no_longer() {
        all.arrives(seen(KIRIM, "email", "b@example.com"), "A");
        all.arrives(seen(GONE, "email", "b@example.com", "kirim_id", "k1"), "-");
        edited(GONE, 10, "email", "budi@example.com");
        assertThat(all.reviews.values())
                .singleElement()
                .satisfies(review -> assertThat(review.reason()).isEqualTo(Reason.NON_OWNER_REVIEW));

        all.arrives(ChangeEvent.merged(GONE, SURVIVOR, AsOf.at(NOW.plusSeconds(60)), Evidence.EVENT), "-");

        assertThat(all.reviews).isEmpty();
        assertThat(all.side("A", "crm").standings()).isEmpty();
    }

    @Test
    void a_value_that_was_sent_for_the_other_link_and_shows_there_before_its_answer_joins_where_nothing_is_agreed() {
        all.arrives(seen(KIRIM, "phone", "+6281211112222"), "A");
        all.arrives(seen(GONE, "phone", "+6281211112222", "kirim_id", "k1"), "-");
        edited(KIRIM, 30, "phone", "+6281299998888");
        all.write("A", "crm");
        all.arrives(seen(ref("kirim", "k2"), "phone", ""), "B");
        all.arrives(seen(SURVIVOR, "kirim_id", "k2"), "-");
        all.arrives(ChangeEvent.merged(GONE, SURVIVOR, AsOf.at(NOW.plusSeconds(60)), Evidence.EVENT), "-");
        assertThat(all.links.get("B").agreed()).doesNotContainKey("phone");

        edited(SURVIVOR, 61, "phone", "+6281299998888");

        assertThat(all.links.get("B").agreed().get("phone").value()).isEqualTo(Value.text("+6281299998888"));
    }

    @Test
    void one_that_bears_the_key_of_another_link_is_asked_about_once() {
        all.arrives(seen(KIRIM, "name", "Budi"), "A");
        all.arrives(seen(GONE, "name", "Budi", "kirim_id", "k1"), "-");
        all.arrives(seen(ref("kirim", "k2"), "name", "B. Santoso"), "B");
        all.arrives(ChangeEvent.merged(GONE, SURVIVOR, AsOf.at(NOW.plusSeconds(60)), Evidence.EVENT), "-");
        assertThat(all.side("A", "crm").record()).isEqualTo("2");

        assertThat(all.identify(seen(SURVIVOR, "name", "B. Santoso", "kirim_id", "k2"), "-"))
                .containsExactly(
                        new IdentityChange.Suspected("A", List.of("B"), IdentityChange.KEYED_RECORD, Value.text("k2")));

        assertThat(all.reviews.values()).singleElement().satisfies(review -> {
            assertThat(review.reason()).isEqualTo(Reason.MATCH_REVIEW);
            assertThat(review.candidates()).containsExactly("B");
        });
        all.arrives(seen(SURVIVOR, "name", "B. Santoso", "kirim_id", "k2"), "-");
        assertThat(all.reviews).hasSize(1);
    }

    @Test
    void nor_is_one_asked_about_again_of_which_a_person_has_said_that_it_is_another() {
        all.arrives(seen(KIRIM, "name", "Budi"), "A");
        all.arrives(seen(GONE, "name", "Budi", "kirim_id", "k1"), "-");
        all.arrives(seen(ref("kirim", "k2"), "name", "B. Santoso"), "B");
        all.plan(new IdentityChange.Separated("A", "B"));

        assertThat(all.identify(seen(GONE, "name", "Budi", "kirim_id", "k2"), "-"))
                .isEmpty();
    }
}
