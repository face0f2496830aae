package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpReply;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.AdapterConfig;
import dev.crmsync.spi.adapter.ManagesSubscriptions.Subscription;
import dev.crmsync.spi.adapter.SecretSink;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Manages the webhooks that this token's user has registered. One webhook tells of one kind of records, so a subscription is made of
 * several, and its id is all of theirs. Pipedrive changes none: another is registered, and the old one deleted then, so that nothing
 * goes untold in between. It deletes those itself that have failed for three days, and one that it has given up is replaced.
 *
 * @see <a href="https://pipedrive.readme.io/docs/guide-for-webhooks-v2">Pipedrive: webhooks v2</a>
 */
final class Subscriptions {
    private static final String PATH = ObjectKind.V1 + "/webhooks";
    private static final int PASSWORD_BYTES = 32;

    private final Api api;
    private final BasicCredentials credentials;
    private final SecretSink sink;
    private final Map<String, String> types;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param types the canonical type of each entity that is followed
     */
    Subscriptions(AdapterConfig config, Api api, BasicCredentials credentials, Map<String, String> types) {
        this.api = api;
        this.credentials = credentials;
        this.sink = config.secretSink();
        this.types = new TreeMap<>(types);
    }

    /** The entities that tell of these types, in order. */
    List<String> entities(Collection<String> wanted) {
        return types.entrySet().stream()
                .filter(entry -> wanted.contains(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    Subscription subscribe(URI target, List<String> wanted) {
        URI address = address(target);
        List<String> entities = entities(wanted);
        List<WebhookRow> present = list().stream()
                .filter(row -> row.goesTo(address))
                .filter(row -> entities.contains(row.entity()))
                .toList();
        boolean known = !credentials.passwords().isEmpty();
        // Which password the present ones bear nobody knows when we do not.
        String password = known ? credentials.passwords().get(0) : newPassword();
        List<String> ids = new ArrayList<>();
        for (String entity : entities) {
            List<WebhookRow> same =
                    present.stream().filter(row -> row.entity().equals(entity)).toList();
            String kept = same.stream()
                    .filter(row -> known && row.delivers(entity))
                    .map(WebhookRow::id)
                    .findFirst()
                    .orElseGet(() -> register(address, WebhookRow.ALL, entity, password));
            ids.add(kept);
            same.stream().map(WebhookRow::id).filter(id -> !id.equals(kept)).forEach(this::delete);
        }
        List<String> events =
                entities.stream().map(entity -> entity + "." + WebhookRow.ALL).toList();
        return new Subscription(String.join(",", ids), address, events, true);
    }

    /** The entities of which nothing is delivered to an address as it should be. */
    List<String> missing(URI target, List<String> entities) {
        URI address = address(target);
        List<WebhookRow> rows = list();
        return entities.stream()
                .filter(entity -> rows.stream().noneMatch(row -> row.goesTo(address) && row.delivers(entity)))
                .toList();
    }

    /** The address with the secret last part of its path, where there is one. */
    URI address(URI target) {
        String text = target.toString();
        return credentials
                .path()
                .filter(path -> !BasicCredentials.lastPart(text).equals(path))
                .map(path -> URI.create((text.endsWith("/") ? text : text + "/") + path))
                .orElse(target);
    }

    /** One subscription for each address. */
    List<Subscription> all() {
        Map<URI, List<WebhookRow>> byTarget = new LinkedHashMap<>();
        list().forEach(row -> byTarget.computeIfAbsent(row.target(), target -> new ArrayList<>())
                .add(row));
        List<Subscription> all = new ArrayList<>();
        byTarget.forEach((target, rows) -> all.add(new Subscription(
                String.join(",", rows.stream().map(WebhookRow::id).toList()),
                target,
                rows.stream().map(row -> row.entity() + "." + row.action()).toList(),
                rows.stream().allMatch(WebhookRow::active))));
        return all;
    }

    private List<WebhookRow> list() {
        HttpAnswer answer = api.read(HttpCall.get(PATH));
        if (!Api.data(answer).isArray() && !Api.data(answer).isNull()) {
            throw SyncException.of(Kind.TRANSIENT, answer + " without a list of webhooks; it is tried again")
                    .inSystem(api.system());
        }
        List<WebhookRow> rows = new ArrayList<>();
        Api.data(answer).forEach(row -> WebhookRow.of(row).ifPresent(rows::add));
        return rows;
    }

    /**
     * Registers each of a subscription's webhooks anew with a new password. Both are accepted for as long as the host's source
     * supplies both: Pipedrive itself knows one at a time.
     */
    void rotateSecret(String ids) {
        List<String> wanted = split(ids);
        List<WebhookRow> rows =
                list().stream().filter(row -> wanted.contains(row.id())).toList();
        if (rows.size() < wanted.size()) {
            throw SyncException.of(
                            Kind.NOT_FOUND,
                            "system " + api.system() + ": not all of the webhooks " + wanted
                                    + " are there; list the subscriptions")
                    .inSystem(api.system());
        }
        String password = newPassword();
        for (WebhookRow row : rows) {
            register(row.target(), row.action(), row.entity(), password);
            delete(row.id());
        }
    }

    void unsubscribe(String ids) {
        split(ids).forEach(this::delete);
    }

    private static List<String> split(String ids) {
        return List.copyOf(new TreeSet<>(List.of(ids.split(","))));
    }

    /** Stored by the host before anything bears it. */
    private String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        sink.store(api.system(), Settings.WEBHOOK_PASSWORD, password);
        return password;
    }

    private String register(URI address, String action, String entity, String password) {
        ObjectNode body = Json.object()
                .put("name", "crm-sync " + api.system() + " " + entity)
                .put("subscription_url", address.toString())
                .put("event_action", action)
                .put("event_object", entity)
                .put("version", "2.0")
                .put("http_auth_user", credentials.users().get(0))
                .put("http_auth_password", password);
        HttpReply reply = api.send(HttpCall.post(PATH).body(body));
        if (reply instanceof HttpAnswer answer && answer.status() == 422) {
            throw SyncException.of(
                            Kind.VALIDATION, answer + "; a user may have 40 webhooks: delete unused ones in Pipedrive")
                    .inSystem(api.system());
        } else if (!(reply instanceof HttpAnswer answer) || !Api.succeeded(answer)) {
            throw Api.fault(reply);
        } else {
            JsonNode row = Api.data(answer);
            if (Rows.id(row).isEmpty()) {
                throw SyncException.of(Kind.TRANSIENT, answer + " without the webhook's id; it is tried again")
                        .inSystem(api.system());
            }
            return Rows.id(row);
        }
    }

    private void delete(String id) {
        HttpReply reply = api.send(HttpCall.delete(PATH + "/{id}", id));
        boolean gone = reply instanceof HttpAnswer answer && (Api.succeeded(answer) || Api.missing(answer));
        if (!gone) {
            throw Api.fault(reply);
        }
    }
}
