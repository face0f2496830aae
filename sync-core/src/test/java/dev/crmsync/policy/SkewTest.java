package dev.crmsync.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How far clocks may be apart. */
class SkewTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void each_pair_has_its_own_skew_whichever_of_the_two_is_asked_for_first() {
        Skew skew = Skew.within(HOUR).between("b", "a", SECOND).between("a", "c", MINUTE);
        assertThat(skew.of("a", "b")).contains(SECOND);
        assertThat(skew.of("b", "a")).contains(SECOND);
        assertThat(skew.of("a", "c")).contains(MINUTE);
        assertThat(skew.of("c", "b")).contains(HOUR);
    }

    @Test
    void a_pair_is_told_by_its_names_in_order() {
        Skew.Pair pair = new Skew.Pair("b", "a");
        assertThat(pair.one()).isEqualTo("a");
        assertThat(pair.other()).isEqualTo("b");
        assertThat(pair).isEqualTo(new Skew.Pair("a", "b"));
    }

    @Test
    void the_skew_of_a_pair_is_not_negative_either() {
        assertThatThrownBy(() -> Skew.undeclared().between("a", "b", SECOND.negated()))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("not negative");
        assertThat(Skew.within(Duration.ZERO).of("a", "b")).contains(Duration.ZERO);
    }
}
