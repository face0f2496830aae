package dev.crmsync.testkit.check;

/** A law that a small world has broken. */
record Breach(int law, String what) {
    String name() {
        return switch (law) {
            case 1 -> "no clobber";
            case 2 -> "no loop";
            case 3 -> "convergence";
            case 4 -> "no silent loss";
            default -> "effect once";
        };
    }

    @Override
    public String toString() {
        return "law " + law + " (" + name() + "): " + what;
    }
}
