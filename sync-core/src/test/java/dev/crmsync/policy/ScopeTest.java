package dev.crmsync.policy;

import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Contact.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.spi.field.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which links concern a system. */
class ScopeTest {
    @Test
    void a_link_without_a_value_is_out_of_every_scope() {
        for (Scope scope : List.of(new Scope(NAME, new TreeSet<>()), new Scope(NAME, new TreeSet<>(List.of("vip"))))) {
            assertThat(scope.holds(null)).isFalse();
            assertThat(scope.holds(new Value.Empty())).isFalse();
            assertThat(scope.holds(Value.text(""))).isFalse();
        }
    }

    @Test
    void any_full_value_will_do_where_none_is_named() {
        Scope scope = new Scope(NAME, new TreeSet<>());
        assertThat(scope.holds(Value.text("Sari"))).isTrue();
        assertThat(scope.holds(Value.members("vip"))).isTrue();
        assertThat(scope.holds(new Value.Number(BigDecimal.ONE))).isTrue();
    }

    @Test
    void a_text_must_be_one_of_those_named() {
        Scope scope = new Scope(NAME, new TreeSet<>(List.of("gold", "silver")));
        assertThat(scope.holds(Value.text("gold"))).isTrue();
        assertThat(scope.holds(Value.text("bronze"))).isFalse();
        assertThat(scope.holds(new Value.Number(BigDecimal.ONE))).isFalse();
    }

    @Test
    void one_named_member_of_a_set_is_enough() {
        Scope scope = new Scope(LABELS, new TreeSet<>(List.of("vip")));
        assertThat(scope.holds(Value.members("lead", "vip"))).isTrue();
        assertThat(scope.holds(Value.members("lead"))).isFalse();
    }
}
