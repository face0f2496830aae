package dev.crmsync.testkit.simulation;

/** Numbers the faults of a history as they strike, and leaves out those that are not to. */
final class Faults {
    private final Course course;
    private int struck;

    Faults(Course course) {
        this.course = course;
    }

    /** Whether a fault that the dice have chosen strikes. */
    boolean strike(boolean chosen) {
        return chosen && course.strikes(++struck);
    }

    /** How many were chosen so far. */
    int chosen() {
        return struck;
    }
}
