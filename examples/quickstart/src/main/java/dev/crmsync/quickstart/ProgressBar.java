package dev.crmsync.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** One line that grows; on a terminal it is drawn over, elsewhere it is printed at each tenth. */
final class ProgressBar {
    private static final int WIDTH = 30;

    private final PrintStream out;
    private final boolean terminal = System.console() != null;
    private int shown = -1;

    ProgressBar(PrintStream out) {
        this.out = out;
    }

    void show(String what, long done, long total, double perSecond, Duration left) {
        int tenth = total <= 0 ? 0 : (int) Math.min(10, done * 10 / total);
        if (!terminal && tenth == shown) {
            return;
        }
        shown = tenth;
        int filled = (int) (total <= 0 ? 0 : Math.min(WIDTH, done * WIDTH / total));
        String line = String.format(
                Locale.ROOT,
                "%-10s [%s%s] %d/%d, %.0f a second, %d s left",
                what,
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                done,
                total,
                perSecond,
                left.toSeconds());
        out.print(terminal ? "\r" + line + "   " : line + System.lineSeparator());
        out.flush();
    }

    void end() {
        shown = -1;
        if (terminal) {
            out.println();
        }
    }
}
