package dev.crmsync.sandbox.limits;

/** A bucket that holds a minute's worth of tokens and refills evenly; its size is given at each use. Not thread-safe. */
public final class TokenBucket {
    private double spent;
    private long at;

    /** Lets what has dripped in since the last use count. */
    private void refill(long nowMs, double perMinute) {
        if (at != 0 && nowMs > at) {
            spent = Math.max(0, spent - (nowMs - at) * perMinute / 60_000.0);
        }
        at = nowMs;
    }

    /** Takes one token when there is one. */
    public boolean take(long nowMs, double perMinute) {
        refill(nowMs, perMinute);
        if (spent + 1 > perMinute + 1e-9) {
            return false;
        }
        spent++;
        return true;
    }

    /** Full again. */
    public void refill() {
        spent = 0;
    }

    /** Whole tokens left. */
    public long remaining(double perMinute) {
        return (long) Math.floor(Math.max(0, perMinute - spent) + 1e-9);
    }

    /** Milliseconds until one token is there. */
    public long msToOne(double perMinute) {
        double missing = spent + 1 - perMinute;
        return missing <= 0 ? 0 : (long) Math.ceil(missing * 60_000.0 / perMinute);
    }

    /** Milliseconds until the bucket is full. */
    public long msToFull(double perMinute) {
        return (long) Math.ceil(spent * 60_000.0 / perMinute);
    }
}
