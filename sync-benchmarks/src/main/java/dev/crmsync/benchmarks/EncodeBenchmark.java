package dev.crmsync.benchmarks;

import dev.crmsync.spi.store.LinkRow;
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

/** Writing the document of a link in step, beside Jackson writing plain maps of the same bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EncodeBenchmark {
    private final DocumentCase measured = new DocumentCase();

    /**
     * By Jackson alone.
     *
     * @return the bytes
     */
    @Benchmark
    public byte[] floor() {
        return measured.writeMap();
    }

    /**
     * By the codec.
     *
     * @return the row
     */
    @Benchmark
    public LinkRow subject() {
        return measured.encode();
    }
}
