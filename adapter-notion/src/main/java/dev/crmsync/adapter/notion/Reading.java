package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads pages by id, and by their join key. What Notion does not find need not be gone: it may be shared with this connection no
 * longer. What is in the trash is gone, and may come back.
 */
final class Reading {
    /** How many pages may bear a key that belongs to one: more are a question for people anyway. */
    private static final int MOST_CANDIDATES = 5;

    private static final int MOST_PAGES = 10;

    private final Api api;
    private final Rows rows;

    Reading(Api api, Rows rows) {
        this.api = api;
        this.rows = rows;
    }

    Read read(RecordRef ref) {
        if (Ids.of(ref.id()).isEmpty()) {
            return new Read.NotVisible();
        }
        Optional<HttpAnswer> answer = api.find(HttpCall.get("/v1/pages/{id}", ref.id()));
        return answer.<Read>map(found -> told(ref, Api.body(found), found)).orElseGet(Read.NotVisible::new);
    }

    private Read told(RecordRef ref, JsonNode page, HttpAnswer answer) {
        if (Ids.of(page.path("id")).filter(ref.id()::equals).isEmpty()) {
            return new Read.Unknown(answer + " without the page that was asked for", null);
        } else if (!rows.holds(page)) {
            return new Read.NotVisible();
        } else if (Rows.trashed(page)) {
            return new Read.Gone(Rows.goneSince(page, answer), true);
        } else if (!page.path("properties").isObject()) {
            return new Read.Unknown(answer + " without the page's properties", null);
        }
        return new Read.Found(rows.full(page, answer, Evidence.READ));
    }

    /**
     * Looks up by the join key. Each page that the query shows is read: a query may lag, and show what is in the trash, or bears
     * another key by now.
     */
    Read find(Write.ExternalId key) {
        try {
            return sought(key);
        } catch (SyncException fault) {
            if (fault.kind() != SyncException.Kind.VALIDATION) {
                throw fault;
            }
            // The property that was asked for may be gone, or another by now: the next look-up looks at the data source
            // first.
            rows.schema().forget();
            return new Read.Unknown(String.valueOf(fault.getMessage()), null);
        }
    }

    private Read sought(Write.ExternalId key) {
        SchemaProperty property = Rows.isProperty(key.property())
                ? rows.schema()
                        .sought(Rows.nameOrId(key.property()))
                        .filter(SchemaProperty::found)
                        .orElse(null)
                : null;
        if (property == null || key.value().length() > RichText.LONGEST_PIECE) {
            return new Read.Unknown(
                    "the data source has no text property to look for join keys in; run the set-up", null);
        }
        String dataSource = rows.kind().dataSource();
        List<String> ids = new ArrayList<>();
        String cursor = "";
        // A short page, or an empty one, is not the end.
        for (int asked = 0; asked < MOST_PAGES; asked++) {
            HttpAnswer answer = api.within(dataSource, Queries.bearing(dataSource, property, key.value(), cursor));
            for (JsonNode page : Api.body(answer).path("results")) {
                Ids.of(page.path("id")).filter(id -> !ids.contains(id)).ifPresent(ids::add);
            }
            cursor = Queries.next(Api.body(answer));
            if (ids.size() > MOST_CANDIDATES) {
                break;
            } else if (cursor.isEmpty()) {
                return first(ids, key, answer);
            }
        }
        return new Read.Unknown("more than " + MOST_CANDIDATES + " pages bear the join key", null);
    }

    /** The page that was made first is the one; a later one can only be a mistake. */
    private Read first(List<String> ids, Write.ExternalId key, HttpAnswer answer) {
        Read otherwise = new Read.Gone(AsOf.at(answer.date()), false);
        for (String id : ids) {
            Read read = read(rows.ref(id));
            boolean bears = read instanceof Read.Found found
                    && NativeValue.text(key.value())
                            .equals(found.record().properties().get(key.property()));
            if (bears) {
                return read;
            }
            otherwise = read instanceof Read.Unknown ? read : otherwise;
        }
        return otherwise;
    }
}
