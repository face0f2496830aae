package dev.crmsync.spi.adapter;

/** Is told what a vendor's answers say about the calls that are left. Thread-safe. */
@FunctionalInterface
public interface QuotaListener {
    /**
     * Takes one report.
     *
     * @param report what the answer said
     */
    void report(QuotaReport report);
}
