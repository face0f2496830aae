package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.ListsSegments.Members;
import dev.crmsync.spi.adapter.ListsSegments.Segment;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Segments of persons: {@code filter:<id>} are those whom a saved filter of the account shows. */
final class Segments {
    private static final Pattern FILTER = Pattern.compile("filter:([0-9]{1,18})");
    private static final String CURSOR = "pipedrive-segment-1:";
    private static final String PAGE = "500";

    private final Api api;

    Segments(Api api) {
        this.api = api;
    }

    List<Segment> all() {
        HttpAnswer answer = api.read(HttpCall.get(ObjectKind.V1 + "/filters").query("type", "people"));
        List<Segment> segments = new ArrayList<>();
        for (JsonNode filter : Api.data(answer)) {
            String id = Rows.id(filter);
            boolean ofPersons = filter.path("type").asText("people").equals("people");
            if (!id.isEmpty() && ofPersons && filter.path("active_flag").asBoolean(true)) {
                segments.add(new Segment("filter:" + id, filter.path("name").asText("")));
            }
        }
        return segments;
    }

    Members members(String segment, @Nullable String cursor) {
        Matcher filter = FILTER.matcher(segment);
        if (!filter.matches()) {
            throw refused("'" + segment + "' is no segment of Pipedrive's; name a saved filter as filter:<id>");
        } else if (cursor != null && (!cursor.startsWith(CURSOR) || cursor.length() == CURSOR.length())) {
            throw refused("the cursor is none of a walk over a segment; begin the walk anew");
        }
        HttpCall call = HttpCall.get(ObjectKind.PERSON.path(""))
                .query("filter_id", filter.group(1))
                .query("limit", PAGE)
                .query("sort_by", "id")
                .query("sort_direction", "asc");
        Optional<HttpAnswer> found =
                api.find(Pages.at(ObjectKind.PERSON, call, cursor == null ? "" : cursor.substring(CURSOR.length())));
        if (found.isEmpty()) {
            throw refused("there is no " + segment + "; look at the filters that there are");
        }
        JsonNode rows = Api.data(found.get());
        List<RecordRef> records = new ArrayList<>();
        boolean complete = rows.isArray();
        for (JsonNode row : rows) {
            String id = Rows.id(row);
            complete &= !id.isEmpty();
            if (!id.isEmpty()) {
                records.add(new RecordRef(api.system(), Contact.TYPE, id));
            }
        }
        String next = Pages.next(ObjectKind.PERSON, Api.body(found.get()));
        return new Members(records, next.isEmpty() ? null : CURSOR + next, complete);
    }

    private SyncException refused(String why) {
        return SyncException.of(Kind.VALIDATION, "system " + api.system() + ": " + why)
                .inSystem(api.system());
    }
}
