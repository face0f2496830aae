package dev.crmsync.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.planning.Decision;
import dev.crmsync.planning.Plan;
import dev.crmsync.planning.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A ratio means something only while both sides answer the same question. */
class FairnessTest {
    @ParameterizedTest
    @EnumSource
    void planner_and_floor_find_the_same_changed_fields(PlannerInput input) {
        PlannerCase measured = PlannerCase.of(input);

        Set<String> byPlanner = measured.changedBy(measured.plan());

        assertThat(byPlanner).isEqualTo(measured.floor().keySet());
        assertThat(byPlanner)
                .isEqualTo(
                        input == PlannerInput.OWNER_EDIT || input == PlannerInput.WRITE_STARTED
                                ? Set.of(Person.CITY.name())
                                : Set.of());
    }

    @Test
    void every_input_is_what_its_name_says() {
        assertThat(reasons(PlannerInput.UNCHANGED)).hasSize(12).containsOnly(Reason.UNCHANGED);
        assertThat(reasons(PlannerInput.ECHO)).hasSize(12).containsOnlyOnce(Reason.ECHO);
        assertThat(reasons(PlannerInput.OWNER_EDIT)).hasSize(12).containsOnlyOnce(Reason.OWNER_EDIT);
        assertThat(reasons(PlannerInput.WRITE_STARTED)).containsExactly(Reason.WRITE_STARTED);
        assertThat(reasons(PlannerInput.WRITE_OUTCOME)).containsOnlyOnce(Reason.WRITTEN);
    }

    @ParameterizedTest
    @EnumSource
    void the_benchmark_bodies_run(PlannerInput input) {
        PlannerBenchmark benchmark = new PlannerBenchmark();
        benchmark.input = input;
        benchmark.prepare();

        Plan plan = benchmark.subject();

        assertThat(plan.after().byId()).hasSize(1);
        assertThat(benchmark.floor()).isNotNull();
    }

    @Test
    void codec_and_jackson_write_the_same_bytes_and_read_them_back() throws IOException {
        DocumentCase measured = new DocumentCase();

        assertThat(measured.link().agreed()).hasSize(12);
        assertThat(measured.link().sides()).hasSize(3);
        assertThat(new EncodeBenchmark().subject()).isEqualTo(measured.encode());
        assertThat(new EncodeBenchmark().floor()).isEqualTo(measured.bytes());
        assertThat(new DecodeBenchmark().subject()).isEqualTo(measured.link());
        assertThat(new DecodeBenchmark().floor())
                .isEqualTo(new ObjectMapper().readValue(measured.bytes(), Object.class));
    }

    private static List<Reason> reasons(PlannerInput input) {
        return PlannerCase.of(input).plan().decisions().stream()
                .map(Decision::reason)
                .toList();
    }
}
