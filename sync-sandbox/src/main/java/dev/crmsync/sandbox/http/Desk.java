package dev.crmsync.sandbox.http;

import org.jspecify.annotations.Nullable;

/** What is particular to a vendor when a request comes in: its gate, and its words for what goes wrong. */
public interface Desk {
    /** Checks the key and the rate limits and then answers; throws a {@link Refusal} in the vendor's words. */
    Reply answer(Request request, Routes.@Nullable Match match);

    /** The vendor's words for an unexpected failure or an injected server error. */
    Reply serverError(int status);

    /** The vendor's 429. */
    Reply rateLimited(@Nullable Integer retryAfterSeconds);

    /** The vendor's 401. */
    Reply unauthorized();

    /** The vendor's answer to a body that is not JSON. */
    Reply notJson(String message);

    /** The vendor's answer to a fault that only it knows. */
    Reply special(Fault fault);
}
