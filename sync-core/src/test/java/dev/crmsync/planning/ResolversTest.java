package dev.crmsync.planning;

import static dev.crmsync.planning.Due.Need.UPDATE;
import static dev.crmsync.spi.field.Contact.NAME;
import static dev.crmsync.spi.field.Value.members;
import static dev.crmsync.spi.field.Value.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.policy.Policy;
import dev.crmsync.policy.TypePolicyBuilder;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.resolver.Conflict;
import dev.crmsync.spi.resolver.Resolution;
import dev.crmsync.spi.resolver.Resolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A resolver of the embedder's own decides, from what every system that has a record holds. */
class ResolversTest {
    private static final List<Mapping> MAPPING = List.of(Mapping.of(Contact.TYPE, FieldMapping.direct(NAME, "name")));

    /** Answers as it is told to, and keeps what it was asked. */
    private record Scripted(String id, int version, Function<Conflict, Resolution> answer, List<Conflict> asked)
            implements Resolver {
        @Override
        public Resolution resolve(Conflict conflict) {
            asked.add(conflict);
            return answer.apply(conflict);
        }
    }

    private final List<Conflict> asked = new ArrayList<>();

    private Desk desk(Function<Conflict, Resolution> answer, UnaryOperator<TypePolicyBuilder> more) {
        Policy policy = Policy.named("resolved")
                .type(RecordType.CONTACT, contact -> more.apply(contact.resolved(NAME, "mine", 2)));
        Rules plain = Desk.rules(
                Policy.named("none"),
                new CreateLookup.UniqueUpsert(),
                Map.of("a", MAPPING, "b", MAPPING, "c", MAPPING));
        return new Desk(
                Rules.of(policy, plain.systems(), "ID", List.of(new Scripted("mine", 2, answer, asked))), Contact.TYPE);
    }

    private Desk desk(Function<Conflict, Resolution> answer) {
        return desk(answer, contact -> contact);
    }

    private static Function<Conflict, Resolution> says(String value) {
        return conflict -> new Resolution.Agree(text(value));
    }

    private Desk joined(Function<Conflict, Resolution> answer) {
        return desk(answer).has("a", "name", "Ani").has("b", "name", "Bea");
    }

    @Test
    void the_first_value_is_agreed_and_a_blank_is_filled_without_asking() {
        Desk desk = desk(says("never")).has("a", "name", "Ani").has("b", "name", "");
        assertThat(desk.agreed(NAME)).isEqualTo(text("Ani"));
        assertThat(desk.due("b")).contains(UPDATE);
        desk.event("a", 10, "name", "");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.BLANK_REFUSED);
        assertThat(asked).isEmpty();
    }

    @Test
    void it_is_asked_with_what_is_agreed_and_what_everybody_holds() {
        Desk desk = joined(says("Ani")).event("b", 10, "name", "Beatrice");
        Conflict conflict = asked.get(asked.size() - 1);
        assertThat(conflict.field()).isEqualTo(NAME);
        assertThat(conflict.agreed()).isEqualTo(text("Ani"));
        assertThat(conflict.candidates()).containsOnlyKeys("a", "b");
        assertThat(conflict.candidates().get("a").value()).isEqualTo(text("Ani"));
        assertThat(conflict.candidates().get("a").asOf())
                .isEqualTo(desk.link.side("a").seen().get("name").asOf());
        assertThat(conflict.candidates().get("b").value()).isEqualTo(text("Beatrice"));
    }

    @Test
    void what_is_blank_or_gone_is_no_candidate() {
        Desk desk = joined(says("Ani")).has("c", "name", "");
        desk.kind("a", ChangeKind.DELETE, 5).event("b", 10, "name", "Beatrice");
        assertThat(asked.get(asked.size() - 1).candidates()).containsOnlyKeys("b");
    }

    @Test
    void where_blanks_travel_it_is_asked_about_them_too() {
        Desk desk = desk(says(""), contact -> contact.blanksTravel(NAME))
                .has("a", "name", "Ani")
                .has("b", "name", "");
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).candidates()).containsOnlyKeys("a", "b");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.RESOLVED);
        assertThat(desk.agreed(NAME).isBlank()).isTrue();
    }

    @Test
    void its_answer_is_agreed_and_comes_from_whoever_holds_it() {
        Desk own = joined(says("Bea"));
        assertThat(own.reasons(NAME)).containsExactly(Reason.RESOLVED);
        assertThat(own.link.agreed().get("name").system()).isEqualTo("b");
        assertThat(own.due("a")).contains(UPDATE);
        Desk others = own.has("c", "name", "Citra");
        assertThat(others.reasons(NAME)).containsExactly(Reason.BASELINE_OVERRULED);

        Desk desk = desk(conflict -> conflict.candidates().containsKey("c")
                        ? says("Bea").apply(conflict)
                        : says("Ani").apply(conflict))
                .has("a", "name", "Ani")
                .has("b", "name", "Bea")
                .has("c", "name", "Citra");
        assertThat(desk.agreed(NAME)).isEqualTo(text("Bea"));
        assertThat(desk.link.agreed().get("name").system()).isEqualTo("b");
    }

    @Test
    void a_value_of_its_own_is_agreed_as_its_askers() {
        Desk desk = joined(says("Ani Bea"));
        assertThat(desk.agreed(NAME)).isEqualTo(text("Ani Bea"));
        assertThat(desk.link.agreed().get("name").system()).isEqualTo("b");
        assertThat(desk.due("a")).contains(UPDATE);
        assertThat(desk.due("b")).contains(UPDATE);
    }

    @Test
    void an_answer_for_the_agreed_value_overrules_what_joins_and_puts_an_edit_back() {
        Desk desk = joined(says("Ani"));
        assertThat(desk.reasons(NAME)).containsExactly(Reason.BASELINE_OVERRULED);
        assertThat(desk.due("b")).contains(UPDATE);
        desk.write("b").done("b", 5, "name", "Ani").event("b", 10, "name", "Beatrice");
        assertThat(desk.reasons(NAME)).containsExactly(Reason.RESOLVED_AGAINST);
        assertThat(desk.due("b")).contains(UPDATE);
    }

    @Test
    void a_person_is_asked_where_it_says_so_or_agrees_on_a_blank_that_may_not_travel() {
        for (Function<Conflict, Resolution> answer :
                List.<Function<Conflict, Resolution>>of(conflict -> new Resolution.AskPerson("unsure"), says(""))) {
            Desk desk = joined(answer);
            assertThat(desk.reasons(NAME)).containsExactly(Reason.RESOLVER_REVIEW);
            assertThat(desk.plan.reviews()).hasSize(1);
            assertThat(desk.agreed(NAME)).isEqualTo(text("Ani"));
            assertThat(desk.due("b")).isEmpty();
        }
    }

    @Test
    void one_that_fails_or_answers_nonsense_holds_its_field_and_nothing_else() {
        for (Function<Conflict, Resolution> answer : List.<Function<Conflict, Resolution>>of(
                conflict -> {
                    throw new IllegalStateException("broken");
                },
                conflict -> new Resolution.Agree(members("a", "b")))) {
            Desk desk = joined(answer);
            assertThat(desk.reasons(NAME)).containsExactly(Reason.RESOLVER_FAILED);
            assertThat(desk.agreed(NAME)).isEqualTo(text("Ani"));
            assertThat(Stances.of(desk.link, "b", NAME, desk.rules)).isEqualTo(Stance.HELD);
        }
    }

    @Test
    void what_was_held_follows_again_once_its_value_is_agreed() {
        Value[] answer = {text("")};
        Desk desk = joined(conflict -> new Resolution.Agree(answer[0]));
        assertThat(Stances.of(desk.link, "b", NAME, desk.rules)).isEqualTo(Stance.HELD);
        answer[0] = text("Beatrice");
        desk.event("b", 10, "name", "Beatrice");
        assertThat(Stances.of(desk.link, "b", NAME, desk.rules)).isEqualTo(Stance.FOLLOWS);
        assertThat(desk.plan.reviews()).singleElement().isInstanceOf(ReviewChange.Closed.class);
    }

    @Test
    void a_resolver_that_is_missing_or_of_another_version_is_refused_with_those_there_are() {
        Policy policy = Policy.named("resolved").type(RecordType.CONTACT, contact -> contact.resolved(NAME, "mine", 2));
        for (Resolver other :
                List.of(new Scripted("mine", 1, says(""), asked), new Scripted("other", 2, says(""), asked))) {
            assertThatThrownBy(() -> Rules.of(policy, Map.of(), "ID", List.of(other)))
                    .isInstanceOf(SyncException.class)
                    .hasMessageContainingAll("resolver mine version 2", other.id() + " version " + other.version());
        }
        Rules rules = Rules.of(policy, Map.of(), "ID", List.of(new Scripted("mine", 2, says(""), asked)));
        assertThat(rules.resolvers()).containsOnlyKeys("mine");
    }
}
