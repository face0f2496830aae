package dev.crmsync.adapter.hubspot;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The owners of the account: members of its team, who are read and never written. */
final class Owners {
    private static final String CURSOR = "hubspot-owners-1:";

    private final String system;
    private final Api api;

    Owners(String system, Api api) {
        this.system = system;
        this.api = api;
    }

    Page list(@Nullable String cursor) {
        HttpCall call = HttpCall.get(api.owners("")).query("limit", "100").query("archived", "false");
        if (cursor != null && !cursor.startsWith(CURSOR)) {
            throw SyncException.of(
                            Kind.VALIDATION,
                            "system " + system
                                    + ": the cursor is none of a walk over HubSpot's owners; begin the walk anew")
                    .inSystem(system);
        }
        HttpAnswer answer = api.read(cursor == null ? call : call.query("after", cursor.substring(CURSOR.length())));
        List<ChangeEvent> events = new ArrayList<>();
        boolean complete = true;
        for (JsonNode row : Api.body(answer).path("results")) {
            Optional<ChangeEvent> event = event(row, answer, Evidence.LISTING);
            complete &= event.isPresent();
            event.ifPresent(events::add);
        }
        String next = Api.body(answer).path("paging").path("next").path("after").asText("");
        return new Page(events, next.isEmpty() ? null : CURSOR + next, complete);
    }

    Read read(RecordRef ref) {
        Optional<HttpAnswer> live = api.find(get(ref, false));
        if (live.isPresent()) {
            return event(Api.body(live.get()), live.get(), Evidence.READ)
                    .filter(event -> event.ref().equals(ref))
                    .<Read>map(Read.Found::new)
                    .orElseGet(() -> new Read.Unknown(live.get() + " without the owner that was asked for", null));
        }
        return api.find(get(ref, true))
                .<Read>map(answer -> new Read.Gone(AsOf.at(answer.date()), true))
                .orElseGet(Read.NotVisible::new);
    }

    private HttpCall get(RecordRef ref, boolean archived) {
        return HttpCall.get(api.owners("/{id}"), ref.id()).query("archived", Boolean.toString(archived));
    }

    private Optional<ChangeEvent> event(JsonNode row, HttpAnswer answer, Evidence evidence) {
        String id = row.path("id").asText("");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Instant read = answer.date();
        AsOf asOf = AsOf.read(Rows.time(row.path("updatedAt")).orElse(read), read);
        String name = Stream.of(row.path("firstName"), row.path("lastName"))
                .map(part -> part.asText("").strip())
                .filter(part -> !part.isEmpty() && !part.equals("null"))
                .collect(Collectors.joining(" "));
        Map<String, NativeValue> values = Map.of(
                TicketMapping.NAME,
                name.isEmpty() ? NativeValue.EMPTY : NativeValue.text(name),
                TicketMapping.EMAIL,
                NativeText.of(row.path("email")));
        return Optional.of(ChangeEvent.full(new RecordRef(system, User.TYPE, id), values, asOf, evidence));
    }

    static List<NativeProperty> described() {
        return List.of(
                new NativeProperty(TicketMapping.NAME, "First and last name", "string", false, false),
                new NativeProperty(TicketMapping.EMAIL, "E-mail", "string", false, true));
    }
}
