package com.example.ledgerly;

import com.sun.net.httpserver.HttpExchange;
import dev.crmsync.testkit.adapter.Trouble;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Trouble on demand: what the next calls that read, or that write, meet. */
final class VendorTroubles {
    private final Deque<Trouble> reads = new ArrayDeque<>();
    private final Deque<Trouble> writes = new ArrayDeque<>();

    synchronized void arrange(Trouble trouble, boolean writing, int calls) {
        for (int call = 0; call < calls; call++) {
            (writing ? writes : reads).add(trouble);
        }
    }

    synchronized void mend() {
        reads.clear();
        writes.clear();
    }

    private Deque<Trouble> of(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("GET") ? reads : writes;
    }

    /** Meets a trouble in which nothing is done; false when there is none, or when it strikes after the deed. */
    boolean meets(HttpExchange exchange) throws IOException {
        Trouble trouble;
        synchronized (this) {
            if (of(exchange).peek() == Trouble.LOST_ANSWER) {
                return false;
            }
            trouble = of(exchange).poll();
        }
        if (trouble == null) {
            return false;
        }
        switch (trouble) {
            case RATE_LIMITED_WITH_DELAY -> {
                String seconds = String.valueOf(Trouble.RETRY_AFTER.toSeconds());
                exchange.getResponseHeaders().set("Retry-After", seconds);
                refuse(exchange, 429, "rate_limited");
            }
            case RATE_LIMITED -> refuse(exchange, 429, "rate_limited");
            case SERVER_ERROR -> refuse(exchange, 503, "unavailable");
            case UNAUTHORIZED -> refuse(exchange, 401, "unauthorized");
            case HTML -> LedgerlyVendor.send(exchange, 200, "text/html", "<html><body>Bad gateway</body></html>");
            case RESET, LOST_ANSWER -> {
                // The connection is closed, and no word is said.
            }
        }
        return true;
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        LedgerlyVendor.send(exchange, status, "application/json", "{\"error\":{\"code\":\"" + code + "\"}}");
    }

    /** Whether the answer of a call that took effect gets lost. */
    synchronized boolean losesAnswer(HttpExchange exchange) {
        boolean lost = of(exchange).peek() == Trouble.LOST_ANSWER;
        if (lost) {
            of(exchange).remove();
        }
        return lost;
    }
}
