package dev.crmsync.adapter.pipedrive;

import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpFaults;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import java.util.Map;
import java.util.Optional;

/** What an answer that is no success means for a write, in words of our own. */
final class Rejections {
    private Rejections() {}

    /**
     * The outcome.
     *
     * @param creates whether a new record was to be made
     * @param properties the property behind each member that was sent
     */
    static Outcome of(HttpAnswer answer, boolean creates, Map<String, String> properties) {
        if (Api.unauthorised(answer)) {
            throw Api.fault(answer);
        } else if (Limits.putOff(answer)) {
            // The firewall stands before Pipedrive, which did not see the call either.
            return new Outcome.Deferred(Limits.delay(answer).orElse(null), Limits.spent(answer), answer.toString());
        } else if (answer.ok()) {
            return new Outcome.Unknown(answer + " without success in its body");
        }
        // Whether it refused for certain is HTTP's to say; on what grounds, Pipedrive's.
        Outcome byHttp = HttpFaults.ofWrite(answer);
        return byHttp instanceof Outcome.Rejected ? refused(answer, creates, properties) : byHttp;
    }

    private static Outcome refused(HttpAnswer answer, boolean creates, Map<String, String> properties) {
        Refusal refusal = Refusal.of(Api.body(answer));
        Rejection kind = refusal.kind(answer.status());
        Optional<String> blamed = refusal.mentioned(properties.keySet()).map(properties::get);
        if (creates && kind == Rejection.NOT_FOUND) {
            // A new record cannot be missing itself: it is the one that it was to belong to.
            String parent = properties.containsValue(MessageMapping.TICKET)
                    ? MessageMapping.TICKET
                    : properties.containsValue(TicketMapping.PERSON) ? TicketMapping.PERSON : blamed.orElse(null);
            return new Outcome.Rejected(Rejection.MISSING_PARENT, parent, null, answer.toString());
        }
        return new Outcome.Rejected(kind, blamed.orElse(null), null, answer.toString());
    }
}
