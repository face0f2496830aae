package dev.crmsync.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * One benchmark beside its floor.
 *
 * @param what the benchmark with its parameters
 * @param floor what the floor costs
 * @param subject what ours costs
 */
record Ratio(String what, Cost floor, Cost subject) {
    private static final String FLOOR = "floor";
    private static final String SUBJECT = "subject";
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /**
     * What one operation costs.
     *
     * @param nanos its time
     * @param bytes what it allocates
     */
    record Cost(double nanos, double bytes) {
        private static Cost of(RunResult result) {
            Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
            return new Cost(
                    result.getPrimaryResult().getScore(), allocated == null ? Double.NaN : allocated.getScore());
        }
    }

    /** The ratios of all benchmarks that ran together with their floor. */
    static List<Ratio> of(Collection<RunResult> results) {
        Map<String, Map<String, Cost>> costs = new TreeMap<>();
        for (RunResult result : results) {
            BenchmarkParams params = result.getParams();
            String name = params.getBenchmark();
            int method = name.lastIndexOf('.');
            StringBuilder what = new StringBuilder(name.substring(name.lastIndexOf('.', method - 1) + 1, method));
            params.getParamsKeys().forEach(key -> what.append(' ').append(params.getParam(key)));
            costs.computeIfAbsent(what.toString(), any -> new TreeMap<>())
                    .put(name.substring(method + 1), Cost.of(result));
        }
        List<Ratio> ratios = new ArrayList<>();
        costs.forEach((what, measured) -> {
            Cost floor = measured.get(FLOOR);
            Cost subject = measured.get(SUBJECT);
            if (floor != null && subject != null) {
                ratios.add(new Ratio(what, floor, subject));
            }
        });
        return ratios;
    }

    double nanos() {
        return subject.nanos() / floor.nanos();
    }

    double bytes() {
        return subject.bytes() / floor.bytes();
    }
}
