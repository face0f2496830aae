package dev.crmsync.sandbox.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table of methods and path templates such as {@code /v1/{pid}/contacts/{id}}; the first that fits wins. */
public final class Routes {
    private final List<Route> routes = new ArrayList<>();

    /** What a route does. */
    @FunctionalInterface
    public interface Handler {
        /** Answers a call, or throws a {@link Refusal}. */
        Reply handle(Call call);

        /** The same, while holding this lock. */
        static Handler locked(Object lock, Handler handler) {
            return call -> {
                synchronized (lock) {
                    return handler.handle(call);
                }
            };
        }
    }

    /** A request together with the values that its path template named. */
    public record Call(Request request, Map<String, String> params) {
        /** The value of a path parameter, which the template is known to have. */
        public String param(String name) {
            String value = params.get(name);
            if (value == null) {
                throw new IllegalArgumentException("No path parameter " + name);
            }
            return value;
        }
    }

    /**
     * A route that fits a request.
     *
     * @param kind method and template, for counting
     * @param handler what it does
     * @param call what it does it with
     * @param before runs first, outside of any lock, while the vendor holds the request to be under way
     */
    public record Match(String kind, Handler handler, Call call, Runnable before) {
        /** The same match, with something to run first. */
        Match after(Runnable first) {
            return new Match(kind, handler, call, first);
        }
    }

    private record Route(String method, String template, List<String> parts, Handler handler) {}

    /** Adds a route. */
    public Routes on(String method, String template, Handler handler) {
        routes.add(new Route(method, template, List.of(template.split("/", -1)), handler));
        return this;
    }

    /** The first route that fits, or null. */
    public @Nullable Match match(Request request) {
        List<String> parts = List.of(trimmed(request.path()).split("/", -1));
        for (Route route : routes) {
            if (route.method.equals(request.method())) {
                Map<String, String> params = fit(route.parts, parts);
                if (params != null) {
                    return new Match(
                            route.method + " " + route.template, route.handler, new Call(request, params), () -> {});
                }
            }
        }
        return null;
    }

    /** Every route as "METHOD template", in order. */
    public List<String> list() {
        return routes.stream().map(r -> r.method + " " + r.template).toList();
    }

    private static String trimmed(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static @Nullable Map<String, String> fit(List<String> template, List<String> parts) {
        if (template.size() != parts.size()) {
            return null;
        }
        Map<String, String> params = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String t = template.get(i);
            if (t.startsWith("{")) {
                if (parts.get(i).isEmpty()) {
                    return null;
                }
                params.put(
                        t.substring(1, t.length() - 1),
                        Request.decode(parts.get(i).replace("+", "%2B")));
            } else if (!t.equals(parts.get(i))) {
                return null;
            }
        }
        return params;
    }
}
