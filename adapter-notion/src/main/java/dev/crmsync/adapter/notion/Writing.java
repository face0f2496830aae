package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpFaults;
import dev.crmsync.http.HttpReply;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Outcome;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.adapter.Write;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes one page a call, with one attempt. Notion knows no upsert, no unique property and no key that makes a create safe to
 * repeat: what became of one whose answer was lost, a query for the join key tells, and until then nobody knows.
 */
final class Writing {
    private final Api api;
    private final Rows rows;

    Writing(Api api, Rows rows) {
        this.api = api;
        this.rows = rows;
    }

    Outcome write(Write write) {
        Draft draft;
        try {
            JsonNode current = null;
            RecordRef ref = write.ref();
            if (ref != null && needsCurrent(write)) {
                Optional<JsonNode> found = current(ref);
                if (found.isEmpty()) {
                    return notThere();
                }
                current = found.get();
            }
            draft = draft(write, current);
        } catch (SyncException fault) {
            return notBegun(fault);
        }
        return draft.refused().orElseGet(() -> send(write, draft));
    }

    /** Puts a page into the trash; one that is in it already is done. */
    Outcome archive(RecordRef ref) {
        try {
            Optional<JsonNode> page = api.find(HttpCall.get("/v1/pages/{id}", ref.id()))
                    .map(Api::body)
                    .filter(rows::holds);
            if (page.isEmpty()) {
                return notThere();
            } else if (Rows.trashed(page.get())) {
                return new Outcome.Done(ref, null);
            }
        } catch (SyncException fault) {
            return notBegun(fault);
        }
        HttpReply reply = api.send(
                HttpCall.patch("/v1/pages/{id}", ref.id()).body(Json.object().put("in_trash", true)));
        if (!(reply instanceof HttpAnswer answer)) {
            return HttpFaults.ofWrite(reply);
        } else if (Api.succeeded(answer)) {
            return new Outcome.Done(ref, null);
        }
        return putOff(answer).orElseGet(() -> HttpFaults.ofWrite(answer));
    }

    private static Outcome notThere() {
        return new Outcome.Rejected(Rejection.NOT_FOUND, null, null, "the page is not there, or not visible");
    }

    /** Of a list of people or pages that is replaced, others have to be sent along; and of a range of dates the end would be lost. */
    private boolean needsCurrent(Write write) {
        return write.properties().keySet().stream()
                .filter(Rows::isProperty)
                .map(Rows::nameOrId)
                .anyMatch(name -> rows.schema()
                        .sought(name)
                        .filter(property -> property.refers() || property.type().equals(SchemaProperty.DATE))
                        .isPresent());
    }

    private Optional<JsonNode> current(RecordRef ref) {
        return api.find(HttpCall.get("/v1/pages/{id}", ref.id()))
                .map(Api::body)
                .filter(rows::holds)
                .filter(page -> !Rows.trashed(page));
    }

    /** A fault of what comes before the write: for certain nothing was written. */
    static Outcome notBegun(SyncException fault) {
        return switch (fault.kind()) {
            case AUTH, RATE_LIMITED -> throw fault;
            default -> new Outcome.Deferred(fault.retryAfter().orElse(null), null, String.valueOf(fault.getMessage()));
        };
    }

    private Draft draft(Write write, @Nullable JsonNode current) {
        Draft draft = new Draft();
        write.properties().forEach((property, value) -> {
            // A new page is without it anyway.
            if (!write.creates() || !value.isBlank()) {
                put(write.ref(), property, value, current, draft);
            }
        });
        if (write.creates() && !rows.kind().untitled().isEmpty()) {
            rows.schema()
                    .property(Schema.TITLE)
                    .filter(title -> !draft.has(title))
                    .ifPresent(title -> Drafting.put(
                            title, NativeValue.text(rows.kind().untitled()), Rows.property(Schema.TITLE), draft));
        }
        externalId(write, draft);
        draft.fit();
        return draft;
    }

    private void put(
            @Nullable RecordRef ref, String nativeName, NativeValue value, @Nullable JsonNode current, Draft draft) {
        SchemaProperty property = Rows.isProperty(nativeName)
                ? rows.schema().sought(Rows.nameOrId(nativeName)).orElse(null)
                : null;
        if (property == null) {
            draft.refuse(
                    Rejection.INVALID,
                    nativeName,
                    "the data source has no such property: run the set-up, or name the property's id");
        } else if (property.refers()) {
            String name = Rows.nameOrId(nativeName);
            References held = new References(
                    current == null || ref == null ? Json.array() : rows.entries(ref.id(), rows.held(current, name)));
            if (rows.kind().single(name)) {
                held.replaceFirst(property, value, nativeName, draft);
            } else {
                held.replace(property, value, nativeName, draft);
            }
        } else if (current != null && isRange(rows.held(current, Rows.nameOrId(nativeName)))) {
            draft.refuse(Rejection.INVALID, nativeName, "a range of dates stands there, whose end would be lost");
        } else {
            Drafting.put(property, value, nativeName, draft);
        }
    }

    private static boolean isRange(JsonNode held) {
        return held.path(SchemaProperty.DATE).path("end").isTextual();
    }

    /** Writes the join key of a new page. Without the property for it every new page could come to be twice: none is made. */
    private void externalId(Write write, Draft draft) {
        Write.ExternalId key = write.externalId();
        if (!write.creates() || key == null) {
            return;
        }
        String name = Rows.isProperty(key.property()) ? Rows.nameOrId(key.property()) : key.property();
        SchemaProperty property = rows.schema()
                .sought(name)
                .filter(SchemaProperty::found)
                .orElseThrow(() -> SyncException.of(
                                SyncException.Kind.AUTH,
                                "the data source has no text property '" + name
                                        + "' to keep join keys in: run the set-up, then resume the system")
                        .inSystem(api.system()));
        Drafting.put(property, NativeValue.text(key.value()), key.property(), draft);
    }

    private Outcome send(Write write, Draft draft) {
        RecordRef ref = write.ref();
        if (ref != null && draft.isEmpty()) {
            return new Outcome.Done(ref, null);
        }
        HttpReply reply = api.send(call(ref, draft));
        if (!(reply instanceof HttpAnswer answer)) {
            return HttpFaults.ofWrite(reply);
        } else if (Api.succeeded(answer)) {
            return done(ref, answer);
        }
        Outcome outcome = refused(write, draft, answer);
        boolean mayBeOld = outcome instanceof Outcome.Rejected && answer.status() == 400;
        if (mayBeOld && schemaMoved()) {
            return new Outcome.Deferred(null, null, answer + "; the data source had changed, it is written anew");
        }
        return mayBeOld && ref != null && left(ref) ? notThere() : outcome;
    }

    /** A page that was moved away has other properties, or none: what is refused then is no value. */
    private boolean left(RecordRef ref) {
        try {
            return current(ref).isEmpty();
        } catch (SyncException fault) {
            return false;
        }
    }

    private HttpCall call(@Nullable RecordRef ref, Draft draft) {
        ObjectNode body = Json.object();
        body.set("properties", draft.properties());
        if (ref != null) {
            return HttpCall.patch("/v1/pages/{id}", ref.id()).body(body);
        }
        body.putObject("parent")
                .put("type", "data_source_id")
                .put("data_source_id", rows.kind().dataSource());
        return HttpCall.post("/v1/pages").body(body);
    }

    private Outcome done(@Nullable RecordRef ref, HttpAnswer answer) {
        JsonNode page = Api.body(answer);
        String id = Ids.of(page.path("id")).orElse("");
        if (id.isEmpty() || ref != null && !ref.id().equals(id)) {
            return new Outcome.Unknown(answer + " without the page that was written");
        } else if (page.path("parent").isObject() && !rows.holds(page)) {
            return new Outcome.Unknown(answer + ": the page was moved to another place, where it is not followed");
        }
        try {
            ChangeEvent shown = page.path("properties").isObject() ? rows.shown(page, answer) : null;
            return new Outcome.Done(rows.ref(id), shown);
        } catch (SyncException fault) {
            // The rest of a long property could not be read: what was written was written all the same.
            return new Outcome.Done(rows.ref(id), null);
        }
    }

    private Outcome refused(Write write, Draft draft, HttpAnswer answer) {
        if (answer.status() == 403 && answer.error().is("restricted_resource") && write.creates()) {
            // A new page is of no one's making but the connection's: no other fares better.
            throw Api.fault(answer);
        }
        // Whether it refused for certain is HTTP's to say; on what grounds, Notion's.
        Outcome byHttp = putOff(answer).orElseGet(() -> HttpFaults.ofWrite(answer));
        return byHttp instanceof Outcome.Rejected rejected
                ? explained(rejected, write, draft, Refusal.of(Api.body(answer)), answer)
                : byHttp;
    }

    /** What Notion did not look at, or gave up because two were saving at once: for certain nothing was written. */
    static Optional<Outcome> putOff(HttpAnswer answer) {
        if (Limits.putOff(answer)) {
            return Optional.of(
                    new Outcome.Deferred(answer.retryAfter().orElse(null), Limits.CONNECTION, answer.toString()));
        }
        return answer.status() == 409 && answer.error().is("conflict_error")
                ? Optional.of(
                        new Outcome.Deferred(null, null, answer + "; somebody else was saving, it is written anew"))
                : Optional.empty();
    }

    private Outcome explained(Outcome.Rejected rejected, Write write, Draft draft, Refusal refusal, HttpAnswer answer) {
        RecordRef ref = write.ref();
        boolean notFound = rejected.kind() == Rejection.NOT_FOUND;
        boolean ofPage = ref != null && refusal.mentionsId(ref.id());
        // With which status Notion answers to a reference that leads nowhere is not documented.
        boolean leadsNowhere = notFound || answer.status() == 400 && refusal.saysNotFound();
        String parent = leadsNowhere && !ofPage ? parent(draft, refusal, notFound) : null;
        if (parent != null) {
            return new Outcome.Rejected(Rejection.MISSING_PARENT, parent, null, answer.toString());
        } else if (notFound) {
            if (write.creates()) {
                throw api.notShared(answer, rows.kind().dataSource());
            }
            return rejected;
        } else if (answer.status() != 400) {
            return rejected;
        }
        Optional<String> blamed = refusal.mentioned(draft.natives());
        if (!write.creates() && blamed.isEmpty() && refusal.saysTrashed()) {
            return new Outcome.Rejected(Rejection.NOT_FOUND, null, null, answer + ": it is in the trash");
        }
        return new Outcome.Rejected(refusal.kind(), blamed.orElse(null), null, answer.toString());
    }

    /**
     * The property whose missing page or person a refusal speaks of.
     *
     * @param likely whether it is the first reference that was sent when the refusal names none of them, nor the data source
     */
    private @Nullable String parent(Draft draft, Refusal refusal, boolean likely) {
        for (Map.Entry<String, List<String>> one : draft.references().entrySet()) {
            if (one.getValue().stream().anyMatch(refusal::mentionsId)) {
                return one.getKey();
            }
        }
        boolean named = refusal.mentionsId(rows.kind().dataSource());
        return !likely || named || draft.references().isEmpty()
                ? null
                : draft.references().firstKey();
    }

    /** A refusal may be about properties or options that are no longer those of the data source. */
    private boolean schemaMoved() {
        try {
            Set<SchemaProperty> before = Set.copyOf(rows.schema().properties());
            return !Set.copyOf(rows.schema().refresh()).equals(before);
        } catch (SyncException fault) {
            return false;
        }
    }
}
