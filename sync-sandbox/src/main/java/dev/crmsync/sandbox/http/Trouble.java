package dev.crmsync.sandbox.http;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Where the sandbox says that it has itself failed: the error stream, because it has no logger. */
public final class Trouble {
    private Trouble() {}

    /** Tells of a failure that a vendor's answer does not explain. */
    public static void tell(String where, Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        System.err.println("sandbox: " + where + " failed: " + text);
    }
}
