package dev.crmsync.sandbox.http;

import org.jspecify.annotations.Nullable;

/** Where every request of one vendor comes in: counted, perhaps struck by a fault, then answered by its desk. */
public final class FrontDoor {
    /** The path under which the admin endpoint answers. */
    public static final String ADMIN = "/_admin";

    private final Desk desk;
    private final Routes api;
    private final Routes admin;
    private final Faults faults;
    private final Counts counts;

    /** A door to a vendor's API and to its admin endpoint. */
    public FrontDoor(Desk desk, Routes api, Routes admin, Faults faults, Counts counts) {
        this.desk = desk;
        this.api = api;
        this.admin = admin;
        this.faults = faults;
        this.counts = counts;
    }

    /** Answers one request; never throws. */
    public Reply serve(Request request) {
        if (request.path().startsWith(ADMIN)) {
            return administer(request);
        }
        Routes.Match match = api.match(request);
        String kind = match == null ? request.method() + " (unknown path)" : match.kind();
        counts.request(kind);
        Fault fault = faults.next(request);
        if (fault != null) {
            counts.fault(fault.kind());
        }
        Reply reply = fault == null ? plain(request, match) : struck(fault, request, match);
        counts.answer(kind, reply);
        return reply;
    }

    private Reply struck(Fault fault, Request request, Routes.@Nullable Match match) {
        return switch (fault.kind()) {
            case RATE_LIMITED -> desk.rateLimited(faults.retryAfter(fault));
            case SERVER_ERROR -> desk.serverError(faults.errorStatus(fault));
            case RESET -> Reply.empty(500).meets(Reply.Fate.DROPPED);
            case HTML -> Reply.html(502, "<html><head><title>502 Bad Gateway</title></head><body></body></html>");
            case UNAUTHORIZED -> desk.unauthorized();
            case LOCKED, MIGRATING, OVERLOADED, CONFLICT, BLOCKED -> desk.special(fault);
            case LOST_ANSWER -> plain(request, match).meets(Reply.Fate.DROPPED);
            case CUT_ANSWER -> plain(request, match).meets(Reply.Fate.CUT);
            case SLOW -> {
                long millis = faults.slowMs(fault);
                if (match == null) {
                    pause(millis);
                    yield plain(request, null);
                }
                yield plain(request, match.after(() -> pause(millis)));
            }
        };
    }

    private Reply plain(Request request, Routes.@Nullable Match match) {
        try {
            return desk.answer(request, match);
        } catch (Refusal refusal) {
            return refusal.reply();
        } catch (Request.NotJson e) {
            return desk.notJson(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            Trouble.tell("answering", e);
            return desk.serverError(500);
        }
    }

    private Reply administer(Request request) {
        Routes.Match match = admin.match(request);
        if (match == null) {
            return Reply.json(
                    404,
                    Json.object()
                            .put("error", "The admin endpoint has no " + request.method() + " " + request.path())
                            .set("paths", Json.tree(admin.list())));
        }
        try {
            return match.handler().handle(match.call());
        } catch (Refusal refusal) {
            return refusal.reply();
        } catch (IllegalArgumentException | Request.NotJson e) {
            return Reply.json(400, Json.object().put("error", e.getMessage()));
        } catch (RuntimeException e) {
            Trouble.tell("answering", e);
            return Reply.json(500, Json.object().put("error", e.toString()));
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
