package dev.crmsync.adapter.pipedrive;

import dev.crmsync.http.Signatures;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.spi.model.Bytes;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges the credentials of a webhook: user and password (HTTP Basic, RFC 7617), and the last part of the path where one is kept
 * secret. It is all that Pipedrive offers, and says nothing about the body, so that bodies are not believed either way.
 */
final class BasicCredentials {
    /** The user of webhooks where none was named. */
    static final String USER = "crm-sync";

    private static final Pattern HEADER = Pattern.compile("(?i)basic +([A-Za-z0-9+/]{1,4000}={0,2})");

    private final String system;
    private final SecretSource user;
    private final SecretSource password;
    private final @Nullable SecretSource path;

    /**
     * @param path supplies the last part of the path, or null where any path will do
     */
    BasicCredentials(String system, SecretSource user, SecretSource password, @Nullable SecretSource path) {
        this.system = system;
        this.user = user;
        this.password = password;
        this.path = path;
    }

    /** The users that are valid now. */
    List<String> users() {
        List<String> users = known(user);
        return users.isEmpty() ? List.of(USER) : users;
    }

    /** The passwords that are valid now, none while none is known. */
    List<String> passwords() {
        return known(password);
    }

    /** The last part of the path for new webhooks, or empty where there is none. */
    Optional<String> path() {
        return path == null
                ? Optional.empty()
                : Optional.of(checkable(Settings.WEBHOOK_PATH, known(path)).get(0));
    }

    /**
     * Whether a request bears them.
     *
     * @throws SyncException of kind CONFIGURATION while nothing is known to judge by: a refusal would count as a failure of the
     *     address just the same, and what we cannot judge yet is to be sent again
     */
    boolean bornBy(WebhookRequest request) {
        List<String> passwords = checkable(Settings.WEBHOOK_PASSWORD, passwords());
        Bytes given = digest(Bytes.of(decoded(request)));
        boolean matched = false;
        for (String name : users()) {
            for (String secret : passwords) {
                matched |= Signatures.same(digest(Bytes.utf8(name + ":" + secret)), given);
            }
        }
        // Both are judged, whatever the first says.
        boolean onPath = onPath(request);
        return matched && onPath;
    }

    private boolean onPath(WebhookRequest request) {
        if (path == null) {
            return true;
        }
        Bytes given = digest(Bytes.utf8(lastPart(request.uri())));
        boolean matched = false;
        for (String secret : checkable(Settings.WEBHOOK_PATH, known(path))) {
            matched |= Signatures.same(digest(Bytes.utf8(secret)), given);
        }
        return matched;
    }

    /** The last part of an address's path, before its query. */
    static String lastPart(String uri) {
        String path = uri.split("[?#]", 2)[0];
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return bare.substring(bare.lastIndexOf('/') + 1);
    }

    /** The header's one value; two differing ones prove nothing. */
    private static byte[] decoded(WebhookRequest request) {
        List<String> values = request.headers().getOrDefault("Authorization", List.of()).stream()
                .map(String::strip)
                .distinct()
                .toList();
        Matcher header = HEADER.matcher(values.size() == 1 ? values.get(0) : "");
        try {
            return header.matches() ? Base64.getDecoder().decode(header.group(1)) : new byte[0];
        } catch (IllegalArgumentException malformed) {
            return new byte[0];
        }
    }

    /** Of one length whatever is compared, so that no length shows. */
    private static Bytes digest(Bytes text) {
        return Signatures.sha256(text);
    }

    private static List<String> known(SecretSource source) {
        return source.current().stream().filter(secret -> !secret.isBlank()).toList();
    }

    private List<String> checkable(String name, List<String> secrets) {
        if (secrets.isEmpty()) {
            throw SyncException.configuration("system " + system + ": no secret '" + name
                            + "' is known to check webhooks with; supply it where the system is defined")
                    .inSystem(system)
                    .about(name);
        }
        return secrets;
    }
}
