package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes change events of the records in Pipedrive's answers. */
final class Rows {
    /** Numbers, and the UUIDs of leads. */
    static final Pattern ID = Pattern.compile("[0-9]{1,18}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** Record times and the times of answers are whole seconds: what an answer shows may be as much younger. */
    private static final Duration GRAIN = Duration.ofSeconds(1);

    private final String system;
    private final Shape shape;

    Rows(String system, Shape shape) {
        this.system = system;
        this.shape = shape;
    }

    Shape shape() {
        return shape;
    }

    ObjectKind kind() {
        return shape.kind();
    }

    /** What a row of a list says: the record, or that it is gone. */
    ChangeEvent event(JsonNode row, HttpAnswer answer, Evidence evidence) {
        Optional<ChangeKind> gone = shape.gone(row);
        return gone.isPresent()
                ? ChangeEvent.of(ref(row, answer), gone.get(), goneSince(row, answer), evidence)
                : full(row, answer, evidence);
    }

    /** A record that shows every property that the adapter can read, as far as the account has it. */
    ChangeEvent full(JsonNode row, HttpAnswer answer, Evidence evidence) {
        return ChangeEvent.full(ref(row, answer), shape.properties(row), asOf(row, answer), evidence);
    }

    /** What the answer to a write shows. */
    ChangeEvent shown(JsonNode row, HttpAnswer answer) {
        return ChangeEvent.partial(ref(row, answer), shape.properties(row), asOf(row, answer), Evidence.READ);
    }

    RecordRef ref(JsonNode row, HttpAnswer answer) {
        String id = id(row);
        if (id.isEmpty()) {
            throw SyncException.of(
                            Kind.TRANSIENT,
                            answer + " with a " + kind().entity() + " that has no id; it is tried again")
                    .inSystem(system);
        }
        return ref(id);
    }

    RecordRef ref(String id) {
        return new RecordRef(system, kind().type(), id);
    }

    /** The id of a row, or the empty text when it has none that can be one. */
    static String id(JsonNode row) {
        JsonNode id = row.path("id");
        String text = id.isTextual() || id.isIntegralNumber() ? id.asText() : "";
        return ID.matcher(text).matches() ? text : "";
    }

    /** When the record was changed last, on Pipedrive's clock, in whole seconds. */
    static Optional<Instant> changed(JsonNode row) {
        return Times.of(row.path("update_time"))
                .or(() -> Times.of(row.path("add_time")))
                .map(Times::second);
    }

    /** A deletion moves the time of change. */
    AsOf goneSince(JsonNode row, HttpAnswer answer) {
        return AsOf.at(Times.of(row.path("delete_time"))
                .or(() -> Times.of(row.path("archive_time")))
                .or(() -> changed(row))
                .orElse(answer.date()));
    }

    private static AsOf asOf(JsonNode row, HttpAnswer answer) {
        Instant read = answer.date().plus(GRAIN);
        return AsOf.read(changed(row).orElse(answer.date()), read);
    }
}
