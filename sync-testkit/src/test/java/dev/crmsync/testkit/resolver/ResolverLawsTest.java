package dev.crmsync.testkit.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.resolver.Conflict;
import dev.crmsync.spi.resolver.Resolution;
import dev.crmsync.spi.resolver.Resolver;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each law with a resolver that breaks it, and one nearby that does not. */
class ResolverLawsTest {
    private static final Comparator<Value> LONGER =
            Comparator.comparingInt((Value value) -> value.toString().length()).thenComparing(Value::toString);

    private static Resolver resolver(int inputs, Function<Conflict, Resolution> answer) {
        return new Resolver() {
            @Override
            public String id() {
                return "tried";
            }

            @Override
            public int version() {
                return 1;
            }

            @Override
            public int inputs() {
                return inputs;
            }

            @Override
            public Resolution resolve(Conflict conflict) {
                return answer.apply(conflict);
            }
        };
    }

    private static Stream<Value> held(Conflict conflict) {
        return conflict.candidates().values().stream().map(Conflict.Candidate::value);
    }

    private static Resolution longest(Conflict conflict) {
        return new Resolution.Agree(held(conflict).max(LONGER).orElseThrow());
    }

    private static List<ResolverLaw> broken(int inputs, Field field, Function<Conflict, Resolution> answer) {
        return ResolverLaws.of(resolver(inputs, answer), field).check().stream()
                .map(BrokenLaw::law)
                .toList();
    }

    private static List<ResolverLaw> broken(Function<Conflict, Resolution> answer) {
        return broken(2, Contact.NAME, answer);
    }

    @Test
    void a_lawful_one_passes() {
        for (Field field : List.of(Contact.NAME, Contact.EMAIL, Contact.PHONE, Contact.LABELS)) {
            assertThat(broken(4, field, ResolverLawsTest::longest))
                    .as(field.name())
                    .isEmpty();
        }
        assertThatCode(() -> ResolverLaws.of(resolver(2, ResolverLawsTest::longest), Contact.NAME)
                        .values(Value.text("Ann"), Value.text("Bob"))
                        .assertHold())
                .doesNotThrowAnyException();
    }

    @Test
    void one_that_leaves_everything_to_a_person_passes() {
        assertThat(broken(conflict -> new Resolution.AskPerson("always"))).isEmpty();
    }

    @Test
    void one_that_throws_at_a_blank_is_not_total() {
        assertThat(broken(conflict -> new Resolution.Agree(held(conflict)
                        .filter(value -> !value.isBlank())
                        .max(LONGER)
                        .orElseThrow())))
                .containsExactly(ResolverLaw.TOTAL);
        assertThat(broken(conflict -> new Resolution.Agree(held(conflict)
                        .filter(value -> !value.isBlank())
                        .max(LONGER)
                        .orElse(Value.EMPTY))))
                .isEmpty();
    }

    @Test
    void one_that_remembers_what_it_was_asked_is_not_deterministic() {
        int[] times = {0};
        assertThat(broken(conflict -> {
                    times[0]++;
                    return times[0] < 200 ? longest(conflict) : new Resolution.AskPerson("tired");
                }))
                .contains(ResolverLaw.DETERMINISTIC);
    }

    @Test
    void one_that_prefers_a_system_by_its_name_is_not_symmetric() {
        assertThat(broken(conflict ->
                        new Resolution.Agree(held(conflict).findFirst().orElseThrow())))
                .contains(ResolverLaw.SYMMETRIC);
        assertThat(broken(conflict -> new Resolution.Agree(conflict.candidates().values().stream()
                        .max(Comparator.comparing(candidate -> candidate.asOf().from()))
                        .orElseThrow()
                        .value())))
                .as("the times go with the values")
                .doesNotContain(ResolverLaw.SYMMETRIC);
    }

    @Test
    void one_that_adds_something_each_time_is_not_idempotent() {
        assertThat(broken(conflict -> new Resolution.Agree(
                        Value.text(held(conflict).max(LONGER).orElseThrow() + "!"))))
                .contains(ResolverLaw.IDEMPOTENT);
    }

    @Test
    void one_whose_answer_does_not_stand_beside_what_it_was_made_of_is_not_closed() {
        // The shorter of two unlike values, joined with the longer one, and never the same again.
        assertThat(broken(conflict -> {
                    TreeSet<String> parts = new TreeSet<>();
                    held(conflict).forEach(value -> parts.add(value.toString()));
                    return parts.size() == 1
                            ? longest(conflict)
                            : new Resolution.Agree(Value.text(String.join("+", parts)));
                }))
                .contains(ResolverLaw.CLOSED)
                .doesNotContain(ResolverLaw.IDEMPOTENT, ResolverLaw.SYMMETRIC);
        assertThat(broken(2, Contact.LABELS, conflict -> {
                    TreeSet<String> all = new TreeSet<>();
                    held(conflict).forEach(value -> {
                        if (value instanceof Value.Members members) {
                            all.addAll(members.members());
                        }
                    });
                    return new Resolution.Agree(new Value.Members(all));
                }))
                .as("the union stands beside its parts")
                .isEmpty();
    }

    @Test
    void one_that_answers_with_a_value_of_another_kind_is_not_closed() {
        assertThat(broken(conflict -> new Resolution.Agree(new Value.Flag(true))))
                .contains(ResolverLaw.CLOSED);
    }

    @Test
    void one_that_lets_the_majority_decide_is_not_associative() {
        Function<Conflict, Resolution> majority = conflict -> {
            List<Value> all = held(conflict).toList();
            return new Resolution.Agree(all.stream()
                    .max(Comparator.comparingLong((Value value) ->
                                    all.stream().filter(value::equals).count())
                            .thenComparing(LONGER))
                    .orElseThrow());
        };
        assertThat(broken(3, Contact.NAME, majority)).containsExactly(ResolverLaw.ASSOCIATIVE);
        assertThat(broken(2, Contact.NAME, majority))
                .as("of two there is no majority")
                .isEmpty();
    }

    @Test
    void a_broken_law_is_told_with_the_smallest_conflict_that_shows_it() {
        assertThatThrownBy(() -> ResolverLaws.of(
                                resolver(
                                        2,
                                        conflict -> new Resolution.Agree(
                                                held(conflict).findFirst().orElseThrow())),
                                Contact.NAME)
                        .values(Value.text("Ann"), Value.text("Bob"))
                        .assertHold())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("resolver tried version 1 breaks")
                .hasMessageContaining("SYMMETRIC: agreed nothing, a holds \"Ann\", b holds \"Bob\" gives \"Ann\"");
    }

    @Test
    void too_few_or_too_many_values_are_refused() {
        ResolverLaws laws = ResolverLaws.of(resolver(2, ResolverLawsTest::longest), Contact.NAME);
        assertThatThrownBy(() -> laws.values(Value.text("one"))).hasMessageContaining("2 to 7");
    }
}
