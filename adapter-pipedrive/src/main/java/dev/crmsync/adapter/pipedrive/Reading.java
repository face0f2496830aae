package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.spi.adapter.Read;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.ChangeKind;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads records of a kind by id, in ones and in hundreds, and by their join key. What Pipedrive does not find need not be gone: it
 * may be merged into another, or hidden from this user.
 */
final class Reading {
    static final int BATCH = 100;

    /** A list costs as much as ten single reads. */
    private static final int MOST_SINGLY = 9;

    /** How many records may bear a key that belongs to one: more are a question for people anyway. */
    private static final int MOST_CANDIDATES = 5;

    private static final int LONGEST_TERM = 500;

    private final Api api;
    private final Rows rows;
    private final Catalogue catalogue;

    Reading(Api api, Rows rows, Catalogue catalogue) {
        this.api = api;
        this.rows = rows;
        this.catalogue = catalogue;
    }

    ObjectKind kind() {
        return rows.kind();
    }

    Read read(RecordRef ref) {
        if (!Rows.ID.matcher(ref.id()).matches()) {
            return new Read.NotVisible();
        }
        Optional<HttpAnswer> answer = api.record(rows.kind(), ref.id());
        return answer.<Read>map(found -> told(ref, Api.data(found), found)).orElseGet(Read.NotVisible::new);
    }

    private Read told(RecordRef ref, JsonNode row, HttpAnswer answer) {
        if (!Rows.id(row).equals(ref.id())) {
            return new Read.Unknown(answer + " without the record that was asked for", null);
        }
        Optional<ChangeKind> gone = rows.shape().gone(row);
        if (gone.isPresent()) {
            return new Read.Gone(rows.goneSince(row, answer), gone.get() == ChangeKind.ARCHIVE);
        }
        return rows.shape().follows(row)
                ? new Read.Found(rows.full(row, answer, Evidence.READ))
                : new Read.NotVisible();
    }

    /** Pipedrive leaves out what it does not find in a list, and need not list what is deleted: those few are asked one by one. */
    Map<RecordRef, Read> readMany(List<RecordRef> refs) {
        Map<RecordRef, Read> reads = new LinkedHashMap<>();
        List<RecordRef> numbered =
                refs.stream().filter(ref -> ref.id().matches("[0-9]{1,18}")).toList();
        if (rows.kind().v2() && numbered.size() > MOST_SINGLY) {
            String ids = numbered.stream().map(RecordRef::id).collect(Collectors.joining(","));
            HttpAnswer answer = api.read(
                    HttpCall.get(rows.kind().path("")).query("ids", ids).query("limit", Integer.toString(BATCH)));
            Map<String, JsonNode> found = new HashMap<>();
            Api.data(answer).forEach(row -> found.put(Rows.id(row), row));
            for (RecordRef ref : numbered) {
                JsonNode row = found.get(ref.id());
                if (row != null) {
                    reads.put(ref, told(ref, row, answer));
                }
            }
        }
        for (RecordRef ref : refs) {
            if (!reads.containsKey(ref)) {
                reads.put(ref, read(ref));
            }
        }
        return reads;
    }

    /**
     * Looks up by the join key. The search is asked for the field and for the letter, and still each record is read: an index may
     * lag, and tell of what is deleted, or of what bears another key by now.
     */
    Read find(Write.ExternalId key) {
        AccountField field = catalogue
                .field(CustomFields.field(key.property()))
                .filter(AccountField::found)
                .orElse(null);
        if (field == null || key.value().length() > LONGEST_TERM) {
            return new Read.Unknown("the account has no text field to look for join keys in; run the set-up", null);
        }
        HttpAnswer answer = api.read(HttpCall.get(ObjectKind.V2 + "/itemSearch/field")
                .query("term", key.value())
                .query("entity_type", rows.kind().entity())
                .query("field", field.code())
                .query("match", "exact")
                .spending(Limits.SEARCH));
        List<String> ids = new ArrayList<>(ids(Api.data(answer)));
        // The record that was made first is the one; a later one can only be a mistake.
        ids.sort(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
        if (ids.size() > MOST_CANDIDATES) {
            return new Read.Unknown("more than " + MOST_CANDIDATES + " records bear the join key", null);
        }
        Read otherwise = new Read.Gone(AsOf.at(answer.date()), false);
        for (String id : ids) {
            Read read = read(rows.ref(id));
            if (read instanceof Read.Found record && bears(record, key)) {
                return read;
            }
            otherwise = read instanceof Read.Unknown ? read : otherwise;
        }
        return otherwise;
    }

    private static boolean bears(Read.Found found, Write.ExternalId key) {
        return NativeValue.text(key.value()).equals(found.record().properties().get(key.property()));
    }

    /** A list of hits, as the guide shows it, or hits in items with scores, as searches have them. */
    private static List<String> ids(JsonNode data) {
        List<String> ids = new ArrayList<>();
        for (JsonNode hit : data.isArray() ? data : data.path("items")) {
            String id = Rows.id(hit.has("item") ? hit.path("item") : hit);
            if (!id.isEmpty() && !ids.contains(id)) {
                ids.add(id);
            }
        }
        return ids;
    }
}
