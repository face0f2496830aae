package dev.crmsync.benchmarks;

import dev.crmsync.planning.Plan;
import dev.crmsync.spi.field.Value;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Planning one input of twelve fields on a link at three systems, beside the floor. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PlannerBenchmark {
    /** The input. */
    @Param
    public PlannerInput input = PlannerInput.UNCHANGED;

    private PlannerCase measured = PlannerCase.of(input);

    /** Makes the link and the input. */
    @Setup
    public void prepare() {
        measured = PlannerCase.of(input);
    }

    /**
     * By hand.
     *
     * @return the changed values
     */
    @Benchmark
    public Map<String, Value> floor() {
        return measured.floor();
    }

    /**
     * By the planner.
     *
     * @return the plan
     */
    @Benchmark
    public Plan subject() {
        return measured.plan();
    }
}
