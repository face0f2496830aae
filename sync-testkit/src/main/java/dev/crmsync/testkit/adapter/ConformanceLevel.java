package dev.crmsync.testkit.adapter;

/** How far an adapter was held against its contract, from least to most. A level includes those before it. */
public enum ConformanceLevel {
    /** At least one rule is broken. */
    BROKEN,
    /** No rule is broken, and some of those that every account can be measured by were not measured. */
    UNPROVEN,
    /** What needs nothing but the adapter and an account: what is claimed works, what is not claimed is refused. */
    BASIC,
    /** And what is declared is so, measured with a person's hand, webhooks and time. */
    DECLARED,
    /** And it holds under faults, forgeries, cancellation and many threads. */
    COMPLETE
}
