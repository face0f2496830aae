package dev.crmsync.benchmarks;

import dev.crmsync.planning.LinkState;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading the document of a link in step, beside Jackson reading the same bytes into plain maps. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DecodeBenchmark {
    private final DocumentCase measured = new DocumentCase();

    /**
     * By Jackson alone.
     *
     * @return the maps
     */
    @Benchmark
    public Map<String, Object> floor() {
        return measured.readMap();
    }

    /**
     * By the codec.
     *
     * @return the link
     */
    @Benchmark
    public LinkState subject() {
        return measured.decode();
    }
}
