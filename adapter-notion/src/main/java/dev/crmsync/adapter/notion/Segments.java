package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.ListsSegments.Members;
import dev.crmsync.spi.adapter.ListsSegments.Segment;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.model.RecordRef;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Segments of contacts: {@code property:<name or id>=<value>} are those whose property has a value, or an option among others. A query
 * may lag, so that nothing is concluded from whom it lacks.
 */
final class Segments {
    private static final Pattern SEGMENT = Pattern.compile("property:([^=]{1,100})=(.{1,2000})", Pattern.DOTALL);
    private static final String CURSOR = "notion-segment-1:";
    private static final Set<String> OPTIONS =
            Set.of(SchemaProperty.SELECT, SchemaProperty.STATUS, SchemaProperty.MULTI_SELECT);

    private final Api api;
    private final Schema schema;
    private final String labels;

    /**
     * @param labels the property of the labels, which are no segments of their own
     */
    Segments(Api api, Schema schema, String labels) {
        this.api = api;
        this.schema = schema;
        this.labels = labels;
    }

    /** The options that contacts may have. */
    List<Segment> all() {
        List<SchemaProperty> properties = schema.refresh();
        Optional<SchemaProperty> own = schema.choose(properties, labels);
        List<Segment> segments = new ArrayList<>();
        for (SchemaProperty property : properties) {
            if (OPTIONS.contains(property.type())
                    && own.filter(property::equals).isEmpty()) {
                for (String option : property.options().keySet()) {
                    segments.add(
                            new Segment("property:" + property.id() + "=" + option, property.name() + ": " + option));
                }
            }
        }
        return segments;
    }

    Members members(String segment, @Nullable String cursor) {
        Matcher named = SEGMENT.matcher(segment);
        SchemaProperty property =
                named.matches() ? schema.sought(named.group(1)).orElse(null) : null;
        ObjectNode filter = property == null ? null : filter(property, named.group(2));
        if (filter == null) {
            throw refused("'" + segment + "' is no segment of Notion's; name the contacts that share a value as"
                    + " property:<name or id>=<value>, of a property that queries know");
        }
        Window at = cursor == null ? Window.from(Window.ALL) : parse(cursor);
        HttpAnswer answer = api.within(
                schema.dataSource(), Queries.since(schema.dataSource(), "created_time", at.from(), at.page(), filter));
        List<RecordRef> records = new ArrayList<>();
        long high = at.high();
        for (JsonNode page : Api.body(answer).path("results")) {
            high = Math.max(
                    high, Rows.created(page).map(Instant::getEpochSecond).orElse(high));
            if (page.path("object").asText("page").equals("page")) {
                Ids.of(page.path("id")).ifPresent(id -> records.add(new RecordRef(api.system(), Contact.TYPE, id)));
            }
        }
        Window next = at.next(high, Api.body(answer));
        return new Members(records, next == null ? null : CURSOR + next.text(), false);
    }

    private Window parse(String cursor) {
        return Window.parse(CURSOR, cursor)
                .orElseThrow(() -> refused("the cursor is none of a walk over a segment; begin the walk anew"));
    }

    private static @Nullable ObjectNode filter(SchemaProperty property, String value) {
        ObjectNode filter = Json.object().put("property", property.id());
        ObjectNode test = filter.putObject(property.type());
        switch (property.type()) {
            case SchemaProperty.MULTI_SELECT -> test.put("contains", value);
            case SchemaProperty.SELECT, SchemaProperty.STATUS -> test.put("equals", value);
            case SchemaProperty.CHECKBOX -> test.put("equals", value.equals("true"));
            case SchemaProperty.NUMBER -> {
                if (!value.matches("-?[0-9]{1,30}(\\.[0-9]{1,30})?")) {
                    return null;
                }
                test.put("equals", new BigDecimal(value));
            }
            default -> {
                if (!property.found()) {
                    return null;
                }
                test.put("equals", value);
            }
        }
        return filter;
    }

    private SyncException refused(String why) {
        return SyncException.of(Kind.VALIDATION, "system " + api.system() + ": " + why)
                .inSystem(api.system());
    }
}
