package dev.crmsync.sandbox.pipedrive;

import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Request;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.webhook.Courier;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The company put together: its books, its team, and the endpoints that show them. Guarded by the stand-in's lock. */
final class PipedriveCompany {
    private static final List<PipedriveKind> NEWER =
            List.of(PipedriveKind.PERSON, PipedriveKind.DEAL, PipedriveKind.ACTIVITY);

    private final Parts parts;
    private final PipedriveState state;
    private final Object lock;
    private final long companyId;
    private final String domain;
    private final PipedriveTeam team;
    private final PipedriveFields fields;
    private final PipedriveReferences references;
    private final PipedriveShapes shapes;
    private final PipedriveLegacyShapes older;
    private final PipedriveHistory history;
    private final PipedriveEvents events;
    private final PipedriveLimits limits;
    private final PipedriveMerge merge;
    private final PipedrivePipelinesApi pipelines;
    private final PipedriveLeadLabelsApi leadLabels;
    private final PipedriveFilters filters;
    private final Map<PipedriveKind, PipedriveBook> books = new EnumMap<>(PipedriveKind.class);

    PipedriveCompany(Parts parts, PipedriveState state, Courier courier, Object lock, long companyId, long tokenUser) {
        this.parts = parts;
        this.state = state;
        this.lock = lock;
        this.companyId = companyId;
        this.domain = "company" + companyId;
        this.team = new PipedriveTeam(parts, state, tokenUser);
        this.fields = new PipedriveFields(parts, state);
        this.references = new PipedriveReferences(state, fields);
        this.shapes = new PipedriveShapes(parts, fields);
        this.older = new PipedriveLegacyShapes(state, fields, shapes, companyId, tokenUser);
        this.history = new PipedriveHistory(parts, state);
        this.events = new PipedriveEvents(
                parts,
                state,
                new PipedriveEventShapes(parts, fields),
                team,
                courier,
                companyId,
                domain + ".pipedrive.com");
        this.limits = new PipedriveLimits(parts, state);
        this.pipelines = new PipedrivePipelinesApi(parts, state, references, shapes);
        this.leadLabels = new PipedriveLeadLabelsApi(parts, state);
        this.filters = new PipedriveFilters(parts, state);
        PipedriveCustoms customs = new PipedriveCustoms(parts, state);
        open(PipedriveKind.PERSON, new PipedrivePersonRules(parts, references, customs));
        open(PipedriveKind.DEAL, new PipedriveDealRules(parts, state, references, customs));
        open(PipedriveKind.ACTIVITY, new PipedriveActivityRules(parts, references));
        open(PipedriveKind.NOTE, new PipedriveNoteRules(parts, state, references, team));
        open(PipedriveKind.LEAD, new PipedriveLeadRules(state, references, customs));
        this.merge = new PipedriveMerge(parts, books);
    }

    private void open(PipedriveKind kind, PipedriveRules rules) {
        books.put(kind, new PipedriveBook(kind, parts, state, rules, references, history, events, team));
    }

    PipedriveLimits limits() {
        return limits;
    }

    void addTo(Routes api, Routes admin) {
        PipedriveUsersApi users = new PipedriveUsersApi(parts, state, team, companyId, domain);
        users.addTo(api);
        // Search comes first, or its path would be taken for a person's.
        new PipedriveSearchApi(books, fields).addTo(api);
        for (PipedriveKind kind : NEWER) {
            new PipedriveObjectsApi(parts, book(kind), shapes, filters, this::api).addTo(api);
        }
        PipedriveOptions options = new PipedriveOptions(books);
        for (PipedriveKind kind : List.of(PipedriveKind.PERSON, PipedriveKind.DEAL)) {
            new PipedriveFieldsApi(kind, parts, state, fields, options).addTo(api);
        }
        pipelines.addTo(api);
        new PipedriveNotesApi(parts, book(PipedriveKind.NOTE), older, this::api).addTo(api);
        new PipedriveLeadsApi(parts, book(PipedriveKind.LEAD), fields, older, this::api).addTo(api);
        leadLabels.addTo(api);
        filters.addTo(api);
        PipedriveWebhooksApi webhooks = new PipedriveWebhooksApi(parts, state, companyId, team.tokenUser());
        webhooks.addTo(api);
        new PipedrivePersonsOlderApi(book(PipedriveKind.PERSON), merge, history, older, this::api).addTo(api);
        new PipedriveRecentsApi(parts, state, team, older).addTo(api);
        PipedriveDoings doings = new PipedriveDoings(parts, books, merge, team);
        new PipedriveAdmin(books, shapes, older, doings, lock).addTo(admin);
        new PipedriveCompanyAdmin(parts, state, team, fields, pipelines, users, webhooks, filters, limits, shapes, lock)
                .addTo(admin);
    }

    private PipedriveOrigin api(Request request) {
        String agent = Objects.requireNonNullElse(request.header("User-Agent"), "");
        return new PipedriveOrigin(PipedriveOrigin.API, team.tokenUser(), agent, false);
    }

    private PipedriveBook book(PipedriveKind kind) {
        return Objects.requireNonNull(books.get(kind));
    }

    /** As on the first day. */
    void reset() {
        state.numbers.clear();
        state.shelves.clear();
        state.fields.clear();
        state.users.clear();
        state.leadLabels.clear();
        state.webhooks.clear();
        state.filters.clear();
        state.history.clear();
        limits.reset();
        team.addStandard();
        fields.addStandard();
        pipelines.addStandard();
        leadLabels.addStandard();
        books.values().forEach(PipedriveBook::rebuild);
    }
}
