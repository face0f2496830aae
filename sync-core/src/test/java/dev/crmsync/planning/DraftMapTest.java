package dev.crmsync.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A drafted map is a sorted map like any other, and shares with the state what did not change. */
class DraftMapTest {
    @Test
    void whatever_is_done_to_it_it_holds_what_a_tree_map_holds() {
        Random random = new Random(4711);
        TreeMap<String, Integer> expected = new TreeMap<>();
        DraftMap<Integer> draft = new DraftMap<>(expected);

        for (int i = 0; i < 20_000; i++) {
            String name = "name" + random.nextInt(40);
            int value = random.nextInt(5);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> assertThat(draft.put(name, value)).isEqualTo(expected.put(name, value));
                case 3, 4 -> assertThat(draft.remove(name)).isEqualTo(expected.remove(name));
                case 5 -> {
                    draft.removeValues(held -> held == value);
                    expected.values().removeIf(held -> held == value);
                }
                case 6 -> draft = new DraftMap<>(draft.frozen());
                default -> assertThat(draft.get(name)).isEqualTo(expected.get(name));
            }
            assertThat(draft.is(expected)).isTrue();
            assertThat(draft).isEqualTo(expected);
            assertThat(draft.keySet()).containsExactlyElementsOf(expected.keySet());
        }
        draft.clear();
        assertThat(draft.frozen()).isEmpty();
    }

    @Test
    void what_came_to_nothing_leaves_the_state_as_it_was() {
        Frozen<String> state = Frozen.of(Map.of("city", "Yogyakarta", "plan", "gold"));
        DraftMap<String> draft = new DraftMap<>(state);

        draft.put("city", "Surabaya");
        draft.put("tier", "1");
        draft.remove("tier");
        draft.put("city", "Yogyakarta");

        assertThat(draft.frozen()).isSameAs(state);
    }

    @Test
    void a_value_that_changed_leaves_the_names_shared() {
        Frozen<String> state = Frozen.of(Map.of("city", "Yogyakarta", "plan", "gold"));
        DraftMap<String> draft = new DraftMap<>(state);

        draft.put("city", "Surabaya");

        assertThat(draft.frozen().names()).isSameAs(state.names());
        assertThat(state).containsEntry("city", "Yogyakarta");
    }

    @Test
    void names_of_one_hash_are_told_apart() {
        TreeMap<String, Integer> alike = new TreeMap<>();
        for (int i = 0; i < 256; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 8; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            alike.put(name.toString(), i);
        }
        assertThat(alike.keySet().stream().map(String::hashCode).distinct()).hasSize(1);

        Frozen<Integer> frozen = Frozen.of(alike);

        alike.forEach((name, value) -> assertThat(frozen.get(name)).isEqualTo(value));
        assertThat(frozen.get("AaAa")).isNull();
        assertThat(frozen).isEqualTo(alike).hasSameHashCodeAs(alike);
        assertThat(frozen.headMap("B")).isEqualTo(alike.headMap("B"));
    }
}
