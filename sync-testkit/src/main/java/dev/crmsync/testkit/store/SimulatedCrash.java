package dev.crmsync.testkit.store;

/** The death of the process under test. An error, so that no code that survives failures survives this one. */
public final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    SimulatedCrash(long write, CrashingStore.Moment moment) {
        super("simulated crash " + (moment == CrashingStore.Moment.BEFORE ? "before" : "after") + " write " + write);
    }
}
