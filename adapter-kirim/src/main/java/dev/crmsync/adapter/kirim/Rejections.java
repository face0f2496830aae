package dev.crmsync.adapter.kirim;

import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpFaults;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * Turns Kirim's refusals into typed outcomes, by their codes. Whether it refused for certain is HTTP's to say; on what
 * grounds, Kirim's.
 *
 * @see <a href="https://developers.kirim.chat/concepts/errors/">Kirim: errors</a>
 */
final class Rejections {
    private Rejections() {}

    static Outcome of(HttpAnswer answer) {
        if (Api.locked(answer)) {
            throw Api.fault(answer);
        } else if (answer.error().is("idempotency_in_progress")) {
            // The first attempt may yet take effect, so the key must be kept and repeated: nobody knows.
            return new Outcome.Unknown(answer + ": the first attempt under this key is still under way");
        } else if (answer.status() == 404 && !Api.missing(answer)) {
            return new Outcome.Unknown(answer + ": Kirim names no missing thing so; check the base URL");
        }
        return HttpFaults.ofWrite(answer) instanceof Outcome.Rejected byHttp
                ? new Outcome.Rejected(kind(answer, byHttp.kind()), property(answer), null, byHttp.message())
                : HttpFaults.ofWrite(answer);
    }

    private static Rejection kind(HttpAnswer answer, Rejection byStatus) {
        return switch (answer.error().code().orElse("")) {
            case "missing_required_field" -> Rejection.REQUIRED;
            case "invalid_phone_number", "invalid_field_value", "invalid_request" -> Rejection.INVALID;
            case "resource_not_found" -> Rejection.NOT_FOUND;
            case "idempotency_key_reuse", "idempotency_conflict" -> Rejection.KEY_REUSED;
            default -> byStatus;
        };
    }

    /** The native property at fault: a key of the bag stands for the bag. */
    private static @Nullable String property(HttpAnswer answer) {
        if (answer.error().is("invalid_phone_number")) {
            return ContactMapping.PHONE_NUMBER;
        }
        String blamed = answer.error().property().orElse("");
        int below = blamed.indexOf('.') < 0 ? blamed.indexOf('[') : blamed.indexOf('.');
        String property = below < 0 ? blamed : blamed.substring(0, below);
        return property.isEmpty() ? null : property;
    }
}
