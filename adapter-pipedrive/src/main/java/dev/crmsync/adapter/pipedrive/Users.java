package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Describes.NativeProperty;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.field.User;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The users of the company, who are read and never written. Who is deactivated is gone, and may come back. */
final class Users {
    private static final String PATH = ObjectKind.V1 + "/users";

    private final Api api;

    Users(Api api) {
        this.api = api;
    }

    /** All at once: the list has no pages. */
    Page list(@Nullable String cursor) {
        if (cursor != null) {
            throw SyncException.of(
                            Kind.VALIDATION,
                            "system " + api.system() + ": Pipedrive lists its users at once; begin the walk anew")
                    .inSystem(api.system());
        }
        HttpAnswer answer = api.read(HttpCall.get(PATH));
        List<ChangeEvent> events = new ArrayList<>();
        boolean complete = Api.data(answer).isArray();
        for (JsonNode row : Api.data(answer)) {
            Optional<ChangeEvent> event = event(row, answer, Evidence.LISTING);
            complete &= event.isPresent();
            event.filter(known -> active(row)).ifPresent(events::add);
        }
        return new Page(events, null, complete);
    }

    Read read(RecordRef ref) {
        Optional<HttpAnswer> found = api.find(HttpCall.get(PATH + "/{id}", ref.id()));
        if (found.isEmpty()) {
            return new Read.NotVisible();
        }
        HttpAnswer answer = found.get();
        JsonNode row = Api.data(answer);
        if (!Rows.id(row).equals(ref.id())) {
            return new Read.Unknown(answer + " without the user that was asked for", null);
        }
        return active(row)
                ? new Read.Found(event(row, answer, Evidence.READ).orElseThrow())
                : new Read.Gone(AsOf.at(answer.date()), true);
    }

    private static boolean active(JsonNode row) {
        return row.path("active_flag").asBoolean(true);
    }

    private Optional<ChangeEvent> event(JsonNode row, HttpAnswer answer, Evidence evidence) {
        String id = Rows.id(row);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Map<String, NativeValue> values = new TreeMap<>();
        Members.text(row, ContactMapping.NAME, values);
        Members.text(row, ContactMapping.EMAIL, values);
        Instant read = answer.date();
        AsOf asOf = AsOf.read(Times.of(row.path("modified")).orElse(read), read.plusSeconds(1));
        return Optional.of(ChangeEvent.full(new RecordRef(api.system(), User.TYPE, id), values, asOf, evidence));
    }

    static List<NativeProperty> described() {
        return List.of(
                new NativeProperty(ContactMapping.NAME, "Name", "varchar", false, false),
                new NativeProperty(ContactMapping.EMAIL, "E-mail", "varchar", false, true));
    }
}
