package dev.crmsync.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One line that grows; on a terminal it is drawn over, elsewhere it is printed at each tenth. */
final class ProgressBar {
    private static final int WIDTH = 30;

    private final PrintStream out;
    private final boolean terminal = onTerminal();
    private int shown = -2;
    private String last = "";

    /** From JDK 22 on there is a console even without a terminal, so there a line is printed at each tenth. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean onTerminal() {
        return Runtime.version().feature() < 22 && System.console() != null;
    }

    ProgressBar(PrintStream out) {
        this.out = out;
    }

    synchronized void show(String what, long done, long total, double perSecond, @Nullable Duration left) {
        int tenth = total <= 0 ? -1 : (int) Math.min(10, done * 10 / total);
        if (!terminal && tenth == shown && what.equals(last)) {
            return;
        }
        if (terminal && !what.equals(last) && !last.isEmpty()) {
            out.println();
        }
        shown = tenth;
        last = what;
        int filled = (int) (total <= 0 ? 0 : Math.min(WIDTH, done * WIDTH / total));
        String line = String.format(
                Locale.ROOT,
                "%-14s [%s%s] %d%s, %.0f a second%s",
                what,
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                done,
                total < 0 ? "" : "/" + total,
                perSecond,
                left == null ? "" : ", " + left.toSeconds() + " s left");
        out.print(terminal ? "\r" + line + "   " : line + System.lineSeparator());
        out.flush();
    }

    synchronized void end() {
        shown = -2;
        if (terminal && !last.isEmpty()) {
            out.println();
        }
        last = "";
    }
}
